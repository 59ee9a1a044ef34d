/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/consultation-names.c - what in a summary looks as if it named a child.
 *
 * Wide rather than narrow: a needless warning costs a second look, a name that
 * stays in costs a child's privacy.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/consultations.md
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/consultation-names.h"

#define MOST 20
#define NHS_LENGTH 10

typedef struct {
    const DaemonConsultation *consultation;
    int year; /* of the consultation */
    GPtrArray *found;
} Look;

typedef bool Judge(const Look *look, const char *words);

/* Words that have capitals without being anybody's name. */
static const char *const common[] = {
    "a",         "about",    "academy",   "advice",    "advised",
    "after",     "all",      "also",      "an",        "and",
    "april",     "as",       "asked",     "at",        "august",
    "before",    "boy",      "but",       "child",     "children",
    "class",     "college",  "concern",   "concerns",  "council",
    "county",    "december", "door",      "dsl",       "early",
    "family",    "father",   "february",  "for",       "foster",
    "friday",    "front",    "girl",      "gp",        "he",
    "head",      "health",   "help",      "her",       "his",
    "hospital",  "house",    "i",         "if",        "in",
    "it",        "january",  "july",      "june",      "junior",
    "kent",      "lado",     "level",     "march",     "may",
    "medway",    "monday",   "mother",    "mum",       "dad",
    "my",        "named",    "nhs",       "no",        "not",
    "november",  "nursery",  "october",   "of",        "on",
    "one",       "our",      "parents",   "police",    "portal",
    "primary",   "pupil",    "request",   "reception", "safeguarding",
    "saturday",  "school",   "secondary", "senco",     "senior",
    "september", "service",  "services",  "she",       "since",
    "social",    "step",     "strategy",  "student",   "sunday",
    "support",   "term",     "that",      "the",       "their",
    "then",      "there",    "they",      "this",      "threshold",
    "thursday",  "today",    "tuesday",   "two",       "under",
    "visitor",   "we",       "wednesday", "when",      "while",
    "who",       "worker",   "year",      "yes",       "you",
    "young",     "youth",
};

static bool
is_common(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        if (g_ascii_strcasecmp(word, common[i]) == 0)
            return true;
    return false;
}

/* Does it stand in what was said of the adviser and of whom they advised? */
static bool
is_known(const Look *look, const char *word)
{
    const DaemonConsultation *c = look->consultation;
    const char *const texts[] = {c->name, c->organisation, c->address, c->adviser};
    g_autofree char *escaped = g_regex_escape_string(word, -1);
    g_autofree char *pattern = g_strdup_printf("\\b%s\\b", escaped);

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i] != NULL && g_regex_match_simple(pattern, texts[i], G_REGEX_CASELESS, 0))
            return true;
    return false;
}

/* Two words with capitals are somebody, unless one of them is no name or known. */
static bool
is_name(const Look *look, const char *words)
{
    g_auto(GStrv) parts = g_strsplit_set(words, " \n\t", -1);

    for (guint i = 0; parts[i] != NULL; i++)
        if (parts[i][0] != '\0' && (is_common(parts[i]) || is_known(look, parts[i])))
            return false;
    return true;
}

/* The last digits of a date are its year, with or without the century. */
static bool
is_birth(const Look *look, const char *words)
{
    const char *end = words + strlen(words);
    int year, first = atoi(words);

    while (end > words && g_ascii_isdigit(end[-1]))
        end--;
    year = first > 31 ? first : atoi(end);
    if (year < 100)
        year += year > look->year % 100 ? 1900 : 2000;
    return year < look->year && year > look->year - 20;
}

static bool
is_young(const Look *look, const char *words)
{
    const char *digit = strpbrk(words, "0123456789");

    (void)look;
    return digit == NULL || atoi(digit) <= 18;
}

/* Source: NHS Data Dictionary, "NHS number": the last digit is a check digit modulo 11. */
static bool
is_nhs_number(const Look *look, const char *words)
{
    int digits[NHS_LENGTH] = {0}, sum = 0, count = 0;

    (void)look;
    for (; *words != '\0' && count < NHS_LENGTH; words++)
        if (g_ascii_isdigit(*words))
            digits[count++] = *words - '0';
    for (int i = 0; i < NHS_LENGTH - 1; i++)
        sum += digits[i] * (NHS_LENGTH - i);
    return (11 - sum % 11) % 11 == digits[NHS_LENGTH - 1];
}

#define MONTH "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
#define CAPITAL "(?-i:\\p{Lu}[\\p{L}'’-]*\\p{Ll})"

/* clang-format off */
static const struct {
    const char *what;
    const char *pattern; /* the group "words", or all of it */
    Judge *judge;        /* or NULL: the pattern is enough */
} kinds[] = {
    { "a date of birth", "\\b(?:d\\.?o\\.?b\\b\\.?|date of birth|born(?: on| in)?)[: ]*[^\\n.;,]{0,30}", NULL },
    { "a date of birth", "\\b\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2}(?:\\d\\d)?\\b|\\b\\d{4}-\\d\\d-\\d\\d\\b|"
                         "\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?" MONTH ",? (?:19|20)\\d\\d\\b", is_birth },
    { "an age",          "\\baged? (?:of )?(?:\\d{1,2}\\b|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
                         "fourteen|fifteen|sixteen|seventeen)\\b)|\\b\\d{1,2}[- ]?(?:years?|yrs?|months?)[- ]old\\b|\\b\\d{1,2} ?(?:yo|y/o)\\b", is_young },
    { "an NHS number",   "(?<!\\d)\\d{3}[ -]?\\d{3}[ -]?\\d{4}(?!\\d)", is_nhs_number },
    { "a pupil number",  "\\b[A-HJ-NP-RT-Z]\\d{11}[0-9A-HJ-NP-RT-Z]?\\b", NULL },
    { "a post code",     "\\b[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}\\b", NULL },
    { "a name",          "\\b(?:called|named|name is|name's|child|boy|girl|son|daughter|pupil|student|brother|sister|sibling|baby|"
                         "known as)[, ]+(?<words>" CAPITAL "(?: " CAPITAL ")?)", is_name },
    { "a name",          "\\b(?<words>" CAPITAL "\\s" CAPITAL ")\\b", is_name },
    { "a name",          "\\b(?:mr|mrs|ms|miss|mx)\\.? (?<words>" CAPITAL ")", is_name },
};
/* clang-format on */

static void
name_free(gpointer data)
{
    DaemonConsultationName *name = data;

    g_free(name->words);
    g_free(name);
}

static void
add(const Look *look, const char *what, char *words)
{
    DaemonConsultationName *name;

    for (guint i = 0; i < look->found->len; i++) {
        name = look->found->pdata[i];
        if (strstr(name->words, words) != NULL) {
            g_free(words);
            return;
        }
    }
    name = g_new0(DaemonConsultationName, 1);
    name->what = what;
    name->words = words;
    g_ptr_array_add(look->found, name);
}

/* Matches may overlap: in "Then Sam Smith" the first two words are no name, the last two are. */
static void
find_kind(const Look *look, gsize kind)
{
    const char *text = look->consultation->summary;
    g_autoptr(GRegex) regex = g_regex_new(kinds[kind].pattern, G_REGEX_CASELESS, 0, NULL);
    gssize length = (gssize)strlen(text);
    int start = 0;

    while (look->found->len < MOST) {
        g_autoptr(GMatchInfo) match = NULL;
        g_autofree char *words = NULL;
        int from = 0, to = 0;

        if (!g_regex_match_full(regex, text, length, start, 0, &match, NULL))
            return;
        words = g_match_info_fetch_named(match, "words");
        g_match_info_fetch_pos(match, 0, &from, &to);
        if (words == NULL || words[0] == '\0') {
            g_free(words);
            words = g_match_info_fetch(match, 0);
        }
        start = to;
        if (kinds[kind].judge == NULL || kinds[kind].judge(look, words))
            add(look, kinds[kind].what, g_steal_pointer(&words));
        else
            start = from + (int)strcspn(text + from, " \n\t");
        if (start == from)
            start = to;
    }
}

GPtrArray *
daemon_consultation_names_find(const DaemonConsultation *consultation, gint64 at)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
    Look look = {consultation, g_date_time_get_year(moment),
                 g_ptr_array_new_with_free_func(name_free)};

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        find_kind(&look, i);
    return look.found;
}
