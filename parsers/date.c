/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/date.c - dates as people in England write them.
 *
 * Day before month, always.  What does not give day, month and year stays text:
 * a wrong date of birth is worse than none.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/date.h"

#include "parsers/normalise.h"

#include <string.h>

#define DATE_BYTES_MAX 200u
#define MONTHS "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
#define YEAR "'?(\\d{4}|\\d{2})(?!\\d)"

typedef struct {
    const char *pattern;
    const char *needs;      /* one of these is in every text that it matches */
    guint day, month, year; /* groups */
} Shape;

#define MONTH_LETTERS "aeouAEOU"
#define ROMAN_LETTERS "ivxIVX"

/* clang-format off */
static const Shape shapes[] = {
    { "(?<!\\d)(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)", "-/.", 3, 2, 1 },
    { "(?<!\\d)(\\d{1,2})\\s?[-/.\\\\]\\s?(\\d{1,2})\\s?[-/.\\\\]\\s?" YEAR, "-/.\\", 1, 2, 3 },
    { "(?<!\\d)(\\d{1,2}) (\\d{1,2}) (\\d{4})(?!\\d)", " ", 1, 2, 3 },
    { "(?<!\\d)(\\d{1,2})\\s?(?:st|nd|rd|th)?(?:\\s?of)?[-/., ]{0,2}" MONTHS "[-/., ]{0,3}" YEAR, MONTH_LETTERS, 1, 2, 3 },
    { "(?<![a-z])" MONTHS "[. ]{0,2}(\\d{1,2})(?:st|nd|rd|th)?[, ]{1,2}(\\d{4})(?!\\d)", MONTH_LETTERS, 2, 1, 3 },
    { "(?<!\\d)(\\d{1,2})[-/. ](xii|xi|x|ix|viii|vii|vi|iv|v|iii|ii|i)[-/. ]" YEAR, ROMAN_LETTERS, 1, 2, 3 },
};
/* clang-format on */

static GRegex *
shape_regex(guint i)
{
    static GRegex *compiled[G_N_ELEMENTS(shapes)];

    if (compiled[i] == NULL)
        compiled[i] = g_regex_new(shapes[i].pattern, G_REGEX_CASELESS, 0, NULL);
    return compiled[i];
}

static guint
month_number(const char *text)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    static const char *const roman[] = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                        "vii", "viii", "ix",  "x",  "xi", "xii"};

    if (g_ascii_isdigit(text[0]))
        return (guint)g_ascii_strtoull(text, NULL, 10);
    for (guint i = 0; i < 12; i++)
        if (g_ascii_strcasecmp(roman[i], text) == 0 || g_ascii_strncasecmp(names[i], text, 3) == 0)
            return i + 1;
    return 0;
}

/* A date as ISO, or NULL if there is no such day. */
static char *
iso_of(const char *day, const char *month, const char *year)
{
    guint64 y = g_ascii_strtoull(year, NULL, 10);
    const guint64 d = g_ascii_strtoull(day, NULL, 10);
    const guint m = month_number(month);

    if (strspn(year, "0123456789") == 2)
        y += y <= 39 ? 2000 : 1900;
    if (m < 1 || m > 12 || y < 1000 || !g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y))
        return NULL;
    return g_strdup_printf("%04u-%02u-%02u", (guint)y, m, (guint)d);
}

static char *
iso_of_match(const GMatchInfo *match, const Shape *shape)
{
    g_autofree char *day = g_match_info_fetch(match, (gint)shape->day);
    g_autofree char *month = g_match_info_fetch(match, (gint)shape->month);
    g_autofree char *year = g_match_info_fetch(match, (gint)shape->year);

    return iso_of(day, month, year);
}

/* "3/4/1980" and nothing else, as most are written: where month and year begin. */
static bool
is_figures(const char *text, const char **out_month, const char **out_year)
{
    const char *p = text;

    for (guint part = 0; part < 2; part++) {
        const gsize digits = strspn(p, "0123456789");

        if (digits < 1 || digits > 2 || p[digits] == '\0' || strchr("-/.", p[digits]) == NULL)
            return false;
        p += digits + 1;
        *(part == 0 ? out_month : out_year) = p;
    }
    return (strspn(p, "0123456789") == 4 && p[4] == '\0') ||
           (strspn(p, "0123456789") == 2 && p[2] == '\0');
}

/* The first full date in a text; NULL if there is none or no such day. */
static char *
find_date(const char *text, gsize *out_start, gsize *out_end)
{
    if (strpbrk(text, "0123456789") == NULL)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
        g_autoptr(GMatchInfo) match = NULL;
        gint start = 0;
        gint end = 0;

        if (strpbrk(text, shapes[i].needs) == NULL)
            continue;
        if (!g_regex_match(shape_regex(i), text, 0, &match))
            continue;
        g_match_info_fetch_pos(match, 0, &start, &end);
        *out_start = (gsize)start;
        *out_end = (gsize)end;
        return iso_of_match(match, &shapes[i]);
    }
    return NULL;
}

/* Words that may stand beside a date without changing it. */
static bool
is_beside(const char *word)
{
    static const char *const words[] = {
        "mon",    "tue",      "tues",          "wed",       "weds",
        "thu",    "thur",     "thurs",         "fri",       "sat",
        "sun",    "monday",   "tuesday",       "wednesday", "thursday",
        "friday", "saturday", "sunday",        "at",        "about",
        "around", "approx",   "approximately", "am",        "pm",
        "on",     "the",      "dob",           "d",         "o",
        "b",      "born",     "edd",           "due",       "hrs",
        "hours",  "morning",  "afternoon",     "evening",   "lunchtime",
        "noon",   "midday",   "date",          "of",        "birth",
        "circa",  "c",        "time",          "in",        "night",
        "h",      "oclock",   "dated",         "roughly",   "just",
        "after",  "before",   "school",        "and",       "to",
        "until",  "from"};

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* True if the text says nothing but weekdays and times of day. */
static bool
says_nothing_else(const char *text, bool *out_words)
{
    g_autofree char *folded = parsers_normalise_casefold(text);
    g_auto(GStrv) words = NULL;

    for (char *p = folded; *p != '\0'; p++)
        if (strchr(",.;:()-/'\"~?", *p) != NULL)
            *p = ' ';
    words = g_strsplit_set(folded, " \t\n", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        const char *word = words[i];
        gsize digits = strspn(word, "0123456789");

        if (word[0] == '\0')
            continue;
        *out_words = true;
        if (digits > 0 && digits <= 4 && (word[digits] == '\0' || is_beside(word + digits)))
            continue;
        if (!is_beside(word))
            return false;
    }
    return true;
}

char *
parsers_date_iso(const char *text)
{
    g_autofree char *iso = NULL;
    g_autofree char *before = NULL;
    gsize start = 0;
    gsize end = 0;
    bool words = false;
    gsize other_start = 0;
    gsize other_end = 0;
    g_autofree char *second = NULL;
    const char *month = NULL;
    const char *year = NULL;

    if (strlen(text) > DATE_BYTES_MAX)
        return NULL;
    if (is_figures(text, &month, &year))
        return iso_of(text, month, year);
    iso = find_date(text, &start, &end);
    if (iso == NULL)
        return NULL;
    second = find_date(text + end, &other_start, &other_end);
    before = g_strndup(text, start);
    if (second != NULL || !says_nothing_else(before, &words) ||
        !says_nothing_else(text + end, &words))
        return NULL;
    return g_steal_pointer(&iso);
}

static GRegex *
age_regex(void)
{
    static GRegex *compiled;

    if (compiled == NULL)
        compiled = g_regex_new(
            "(?:\\(\\s*(\\d{1,2}\\b[^()]{0,30})\\)"
            "|\\b(?:aged?|age:)\\s*:?\\s*(\\d{1,2}\\b[^()]{0,20})"
            "|\\b((?:early|mid|late|about|around|approx\\.?|roughly|c\\.?)[ -]"
            "(?:\\d{1,2}(?:s|'s)?|teens|twenties|thirties|forties|fifties|sixties|seventies)"
            "(?: years?(?: old)?)?)"
            "|\\b(\\d{1,2}\\s?(?:years?|yrs?|months?|mths?)(?: old)?))\\s*\\)?\\s*$",
            G_REGEX_CASELESS, 0, NULL);
    return compiled;
}

/* An age is told in figures, or in tens: "teens", "thirties". */
static bool
may_tell_age(const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_isdigit(*p) || (guchar)*p >= 0x80 || g_ascii_strncasecmp(p, "ties", 4) == 0 ||
            g_ascii_strncasecmp(p, "teens", 5) == 0)
            return true;
    return false;
}

static char *
find_age(const char *text, gsize *out_start)
{
    g_autoptr(GMatchInfo) match = NULL;
    gint start = 0;

    if (!may_tell_age(text) || !g_regex_match(age_regex(), text, 0, &match))
        return NULL;
    g_match_info_fetch_pos(match, 0, &start, NULL);
    *out_start = (gsize)start;
    for (gint group = 1; group <= 4; group++) {
        char *age = g_match_info_fetch(match, group);

        if (age != NULL && age[0] != '\0')
            return g_strstrip(age);
        g_free(age);
    }
    return NULL;
}

/* Step back over "dob", brackets and commas that belong to a date. */
static gsize
step_back(const char *text, gsize start)
{
    static const char *const words[] = {"date of birth", "d.o.b.", "d.o.b", "dob", "born", "d o b"};
    bool moved = true;

    while (moved) {
        moved = false;
        while (start > 0 && strchr(" ,;:-(\t\n/", text[start - 1]) != NULL) {
            start--;
            moved = true;
        }
        for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
            const gsize n = strlen(words[i]);

            if (start < n || g_ascii_strncasecmp(text + start - n, words[i], n) != 0 ||
                (start > n && g_ascii_isalpha(text[start - n - 1])))
                continue;
            start -= n;
            moved = true;
        }
    }
    return start;
}

char *
parsers_date_tail(const char *text, bool ages, gsize *out_start)
{
    gsize start = 0;
    gsize end = 0;
    bool words = false;
    g_autofree char *found = NULL;

    if (strlen(text) > DATE_BYTES_MAX)
        return NULL;
    found = find_date(text, &start, &end);
    if (found != NULL && !says_nothing_else(text + end, &words))
        return NULL;
    if (found == NULL && ages)
        found = find_age(text, &start);
    if (found == NULL)
        return NULL;
    *out_start = step_back(text, start);
    return g_steal_pointer(&found);
}
