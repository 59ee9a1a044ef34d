/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/plausible.c - dates that cannot be right, pointed out and left as they are.
 *
 * A wrong date of birth means that nobody can check whether an adult is known, so
 * staff must see that it is doubtful.  It is still what the person wrote: nothing
 * is dropped or changed here.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/plausible.h"

#include <gmime/gmime.h>
#include <string.h>

#define ADULT_LEAST 16
#define ADULT_MOST 100
#define CHILD_MOST 18
#define WARNINGS_MAX 50u

typedef struct {
    ParsersFindings *findings;
    const ParsersForm *form;
    const char *today; /* ISO, or NULL */
} Check;

static bool
is_iso(const char *text)
{
    return text != NULL && strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
           g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[5]) && g_ascii_isdigit(text[8]);
}

static void
warn(const Check *check, const char *key, const char *why)
{
    if (check->findings->warnings->len < WARNINGS_MAX)
        g_ptr_array_add(check->findings->warnings, g_strdup_printf("%s: %s", key, why));
}

/* Whole years from one ISO date to another. */
static gint
years_between(const char *from, const char *to)
{
    const gint years = (gint)g_ascii_strtoll(to, NULL, 10) - (gint)g_ascii_strtoll(from, NULL, 10);

    return strcmp(to + 4, from + 4) < 0 ? years - 1 : years;
}

/* A date that people enter when a box wants one and they have none. */
static bool
is_filler(const char *iso)
{
    static const char *const fillers[] = {"1900-01-01", "1901-01-01", "1970-01-01",
                                          "1999-12-31", "2000-01-01", "1111-11-11"};

    for (guint i = 0; i < G_N_ELEMENTS(fillers); i++)
        if (strcmp(iso, fillers[i]) == 0)
            return true;
    return false;
}

/* "99/99/9999": one digit over and over. */
static bool
is_one_digit(const char *text)
{
    char digit = '\0';
    guint n = 0;

    for (const char *p = text; *p != '\0'; p++) {
        if (!g_ascii_isdigit(*p))
            continue;
        if (n > 0 && *p != digit)
            return false;
        digit = *p;
        n++;
    }
    return n >= 6;
}

/* "4/25/2015": month and day changed places. */
static bool
is_american(const char *text)
{
    guint month = 0;
    guint day = 0;
    char *end = NULL;

    if (!g_ascii_isdigit(text[0]))
        return false;
    month = (guint)g_ascii_strtoull(text, &end, 10);
    if (*end == '\0' || strchr("/.-", *end) == NULL || !g_ascii_isdigit(end[1]))
        return false;
    day = (guint)g_ascii_strtoull(end + 1, &end, 10);
    return month >= 1 && month <= 12 && day > 12 && day <= 31 && *end != '\0' &&
           strchr("/.-", *end) != NULL && g_ascii_isdigit(end[1]);
}

static void
check_age(const Check *check, const char *key, const char *born)
{
    gint age = 0;

    if (check->today == NULL || strcmp(born, check->today) > 0)
        return;
    age = years_between(born, check->today);
    if (g_str_has_prefix(key, "adult.") && age < ADULT_LEAST)
        warn(check, key, "an adult under 16");
    else if (g_str_has_prefix(key, "adult.") && age > ADULT_MOST)
        warn(check, key, "an adult over 100");
    else if (g_str_has_prefix(key, "child.") && age >= CHILD_MOST)
        warn(check, key, "18 or older today");
}

static void
check_date(const Check *check, const char *key, const char *text)
{
    if (!is_iso(text)) {
        if (is_one_digit(text))
            warn(check, key, "not a real date");
        else if (is_american(text))
            warn(check, key, "month and day may have changed places");
        return;
    }
    if (is_filler(text)) {
        warn(check, key, "may only fill the box");
        return;
    }
    if (check->today != NULL && strcmp(text, check->today) > 0)
        warn(check, key, "in the future");
    if (g_str_has_suffix(key, ".dob"))
        check_age(check, key, text);
}

/* One date of birth for two people, or the day on which the form was filled in. */
static void
check_birth(const Check *check, const char *key, const char *born)
{
    const char *adult = parsers_form_value(check->form, "adult.dob");
    const char *written = parsers_form_value(check->form, "referral.date");

    if (!is_iso(born))
        return;
    if (g_str_has_prefix(key, "child.") && adult != NULL && strcmp(adult, born) == 0)
        warn(check, key, "the same date of birth as the adult's");
    if (written != NULL && strcmp(written, born) == 0)
        warn(check, key, "the date of the form");
}

static bool
is_date(const char *key)
{
    return g_str_has_suffix(key, ".dob") || g_str_has_suffix(key, ".date");
}

static void
check_form(Check *check)
{
    for (guint i = 0; i < check->form->fields->len; i++) {
        const ParsersField *field = g_ptr_array_index(check->form->fields, i);

        if (!is_date(field->key))
            continue;
        check_date(check, field->key, field->value);
        if (g_str_has_suffix(field->key, ".dob"))
            check_birth(check, field->key, field->value);
    }
}

/* The day on which the mail says it was sent, or NULL; the caller frees. */
static char *
day_of_mail(const ParsersFindings *findings)
{
    GDateTime *sent =
        findings->date[0] != '\0' ? g_mime_utils_header_decode_date(findings->date) : NULL;
    char *day = sent != NULL ? g_date_time_format(sent, "%Y-%m-%d") : NULL;

    g_clear_pointer(&sent, g_date_time_unref);
    return day;
}

void
parsers_plausible_check(ParsersFindings *findings)
{
    g_autofree char *sent = day_of_mail(findings);

    for (guint i = 0; i < findings->forms->len; i++) {
        Check check = {.findings = findings, .form = g_ptr_array_index(findings->forms, i)};
        const char *written = parsers_form_value(check.form, "referral.date");

        check.today = is_iso(sent) ? sent : is_iso(written) ? written : NULL;
        check_form(&check);
    }
}
