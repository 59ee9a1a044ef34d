/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/value.c - what stood behind a label, as a value of its field's type.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/value.h"

#include "parsers/choice.h"
#include "parsers/date.h"
#include "parsers/normalise.h"

#include <string.h>

#define VALUE_BYTES_MAX (64u * 1024)
#define SHORT_BYTES_MAX 400u
#define WORDY_DATE_BYTES 50u /* a date without a digit is shorter: "just before Easter" */

/* Prompts that a form shows in an empty field. */
static bool
is_prompt(const char *line)
{
    static const char *const prompts[] = {
        "click or tap",     "click here to", "choose an item", "enter text",   "type here",
        "select an option", "please select", "enter a date",   "[type",        "[insert",
        "[click",           "[enter",        "dd/mm/y",        "tap to enter", "click to enter",
        "--select",         "-- select",     "choose one",     "<enter",       "<insert"};

    if (line[0] == '\0' || strchr("cetspd[-<", g_ascii_tolower(line[0])) == NULL)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(prompts); i++)
        if (g_ascii_strncasecmp(line, prompts[i], strlen(prompts[i])) == 0)
            return true;
    return false;
}

/* Plain letters with single blanks between: parsers_normalise_blanks() would change nothing. */
static bool
is_normal(const char *text)
{
    const char *p = text;

    for (; *p != '\0'; p++)
        if (*p < ' ' || *p == 0x7f || (*p == ' ' && (p == text || p[-1] == ' ')))
            return false;
    return p == text || p[-1] != ' ';
}

/* One line of an answer, or NULL if it only prompts; alone: there is no other. */
static char *
line_of(ParsersSlice slice, bool alone)
{
    g_autofree char *line = parsers_slice_text(slice);

    if (is_prompt(line) || (alone && parsers_slice_empty(slice) && strchr(line, '?') == NULL))
        return NULL;
    return g_steal_pointer(&line);
}

char *
parsers_value_raw(const GArray *slices)
{
    g_autoptr(GString) all = NULL;

    if (slices->len == 1) {
        g_autofree char *line = line_of(g_array_index(slices, ParsersSlice, 0), true);

        if (line == NULL)
            return g_strdup("");
        return is_normal(line) ? g_steal_pointer(&line) : parsers_normalise_lines(line);
    }
    all = g_string_new(NULL);
    for (guint i = 0; i < slices->len && all->len < VALUE_BYTES_MAX; i++) {
        g_autofree char *line = line_of(g_array_index(slices, ParsersSlice, i), false);

        if (line == NULL)
            continue;
        if (all->len > 0)
            g_string_append_c(all, '\n');
        g_string_append(all, line);
    }
    return parsers_normalise_lines(all->str);
}

/* "yes" or "no" for the plain words, else NULL; static. */
static const char *
yes_or_no(const char *text)
{
    static const char *const yes[] = {"yes", "y", "yep", "yeah", "true", "yes please"};
    static const char *const no[] = {"no", "n", "nope", "false"};
    g_autofree char *folded = parsers_normalise_casefold(text);
    gsize length = strlen(folded);

    while (length > 0 && strchr(".!, ", folded[length - 1]) != NULL)
        folded[--length] = '\0';
    for (guint i = 0; i < G_N_ELEMENTS(yes); i++)
        if (strcmp(folded, yes[i]) == 0)
            return "yes";
    for (guint i = 0; i < G_N_ELEMENTS(no); i++)
        if (strcmp(folded, no[i]) == 0)
            return "no";
    return NULL;
}

/* Several kinds of harm typed with commas are several choices. */
static char *
join_choices(const char *text)
{
    g_auto(GStrv) parts = NULL;
    GString *joined = NULL;

    if (strlen(text) > 120 || strchr(text, ',') == NULL || strchr(text, '.') != NULL)
        return g_strdup(text);
    parts = g_strsplit(text, ",", -1);
    joined = g_string_new(NULL);
    for (guint i = 0; parts[i] != NULL; i++) {
        g_strstrip(parts[i]);
        if (parts[i][0] == '\0')
            continue;
        if (joined->len > 0)
            g_string_append(joined, "; ");
        g_string_append(joined, parts[i]);
    }
    return g_string_free(joined, FALSE);
}

static char *
typed(const char *text, ParsersType type)
{
    char *iso = NULL;

    switch (type) {
    case PARSERS_TYPE_DATE:
    case PARSERS_TYPE_BIRTH:
        iso = parsers_date_iso(text);
        return iso != NULL ? iso : g_strdup(text);
    case PARSERS_TYPE_YESNO:
        return g_strdup(yes_or_no(text) != NULL ? yes_or_no(text) : text);
    case PARSERS_TYPE_CHOICE:
        return join_choices(text);
    default:
        return g_strdup(text);
    }
}

/* An answer that was written and not chosen. */
static char *
written(const char *raw, ParsersType type)
{
    g_autofree char *folded = NULL;

    if (type == PARSERS_TYPE_TEXT || type == PARSERS_TYPE_ADDRESS || type == PARSERS_TYPE_LINE)
        return g_strdup(raw);
    if (is_normal(raw))
        return typed(raw, type);
    folded = parsers_normalise_blanks(raw);
    return typed(folded, type);
}

char *
parsers_value_typed(const GArray *slices, const char *raw, ParsersType type)
{
    g_autofree char *chosen = NULL;

    return parsers_choice_read(slices, &chosen) ? typed(chosen, type) : written(raw, type);
}

char *
parsers_value_read(const GArray *slices, ParsersType type)
{
    g_autofree char *chosen = NULL;
    g_autofree char *raw = NULL;

    if (parsers_choice_read(slices, &chosen))
        return typed(chosen, type);
    raw = parsers_value_raw(slices);
    return written(raw, type);
}

/* "always use the full name." */
static bool
is_sentence(const char *text)
{
    guint blanks = 0;

    if (!g_str_has_suffix(text, "."))
        return false;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == ' ' && g_unichar_isupper(g_utf8_get_char(p + 1)))
            return false;
        blanks += *p == ' ';
    }
    return blanks >= 3;
}

static bool
has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

bool
parsers_value_plausible(const char *text, ParsersType type)
{
    const gsize length = strlen(text);

    switch (type) {
    case PARSERS_TYPE_DATE:
    case PARSERS_TYPE_BIRTH:
        if (length > SHORT_BYTES_MAX || has_digit(text))
            return length <= SHORT_BYTES_MAX;
        /* "a rough date is better than none" is advice. */
        return length <= WORDY_DATE_BYTES && strstr(text, " date ") == NULL;
    case PARSERS_TYPE_POSTCODE:
        return length <= 40;
    case PARSERS_TYPE_EMAIL: /* or a phone number in the wrong box, or a word such as "none" */
        return strchr(text, '@') != NULL || length <= 40;
    case PARSERS_TYPE_GENDER:
        return length <= 60;
    case PARSERS_TYPE_NAME:
        return length <= SHORT_BYTES_MAX && !is_sentence(text);
    case PARSERS_TYPE_PHONE:
    case PARSERS_TYPE_ADDRESS:
        return length <= SHORT_BYTES_MAX;
    default:
        return true;
    }
}

/* ---- Taking things out of a longer text ---- */

static GRegex *
taker(ParsersType type)
{
    static GRegex *compiled[PARSERS_N_TYPES];
    const char *pattern = NULL;

    if (compiled[type] != NULL)
        return compiled[type];
    if (type == PARSERS_TYPE_EMAIL)
        pattern = "<?(?:mailto:)?([\\w.+'-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8})>?";
    else if (type == PARSERS_TYPE_PHONE)
        pattern = "((?:\\+44|\\(?0)[\\d() -]{8,20}\\d(?: ?(?:ext|x)\\.? ?\\d{1,6})?)";
    else if (type == PARSERS_TYPE_POSTCODE)
        pattern = "\\b([a-z]{1,2}\\d[a-z\\d]?\\s{0,2}\\d[abd-hjlnp-uw-z]{2})\\b";
    else if (type == PARSERS_TYPE_GENDER)
        pattern = "\\b(male|female|boy|girl|m|f)\\b";
    if (pattern != NULL)
        compiled[type] = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
    return compiled[type];
}

/* The text without [from, to), and without the separators that then stand alone. */
static char *
cut_out(const char *text, gsize from, gsize to)
{
    g_autofree char *before = g_strndup(text, from);
    const char *behind = text + to;
    gsize length = 0;

    g_strchomp(before);
    length = strlen(before);
    while (length > 0 && strchr(",;-/( \n", before[length - 1]) != NULL)
        before[--length] = '\0';
    while (*behind != '\0' && strchr(",;-/) \n", *behind) != NULL)
        behind++;
    if (length == 0 || behind[0] == '\0')
        return g_strstrip(g_strdup(length == 0 ? behind : before));
    return g_strdup_printf("%s%s%s", before, memchr(text + from, '\n', to - from) ? "\n" : ", ",
                           behind);
}

char *
parsers_value_take(const char *text, ParsersType type, char **out_rest)
{
    g_autoptr(GMatchInfo) match = NULL;
    gint start = 0;
    gint end = 0;

    if (strlen(text) > SHORT_BYTES_MAX * 4)
        return NULL;
    if (type == PARSERS_TYPE_DATE || type == PARSERS_TYPE_BIRTH) {
        gsize from = 0;
        char *date = parsers_date_tail(text, type == PARSERS_TYPE_BIRTH, &from);

        if (date != NULL)
            *out_rest = g_strndup(text, from);
        return date;
    }
    if (taker(type) == NULL || !g_regex_match(taker(type), text, 0, &match))
        return NULL;
    g_match_info_fetch_pos(match, 0, &start, &end);
    *out_rest = cut_out(text, (gsize)start, (gsize)end);
    return g_match_info_fetch(match, 1);
}
