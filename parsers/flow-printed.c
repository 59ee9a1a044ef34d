/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow-printed.c - what is printed on forms and is nobody's answer.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/flow.h"

#include "parsers/choice.h"

#include <string.h>

#define SUBTITLE_BYTES_MAX 60u
#define FOLLOW_UP_BYTES_MAX 60u
#define OFFICE_BYTES_MAX 60

ParsersSlice
parsers_flow_skip_hint(ParsersSlice slice)
{
    const char *text = slice.line->text;
    guint depth = 0;

    if (slice.from >= slice.to || text[slice.from] != '(')
        return slice;
    for (gsize i = slice.from; i < slice.to; i++) {
        depth += text[i] == '(';
        depth -= text[i] == ')';
        if (depth > 0)
            continue;
        i++;
        while (i < slice.to && strchr(": \t", text[i]) != NULL)
            i++;
        return parsers_slice_cut(slice, i, slice.to);
    }
    return slice;
}

gsize
parsers_flow_marked(ParsersSlice line, const char *word)
{
    const char *text = line.line->text;
    gsize at = line.from;
    gsize n = 0;

    while (word[n] != '\0' && at + n < line.to && g_ascii_tolower(text[at + n]) == word[n])
        n++;
    if (word[n] != '\0' && n != 1 && n != 3)
        return 0;
    at += n;
    while (at < line.to && (g_ascii_isdigit(text[at]) || text[at] == ' ') && at < line.from + n + 4)
        at++;
    if (at >= line.to || strchr(":.)", text[at]) == NULL)
        return 0;
    return at + 1 - line.from;
}

/* "How?", "If so, when?": what is printed behind a question and goes on with it. */
static bool
asks_more(const char *text)
{
    static const char *const openings[] = {"how",   "what", "when", "who", "where", "why",
                                           "which", "if",   "by",   "to",  "and",   "please"};
    const gsize length = strlen(text);
    const gsize word = strcspn(text, " ?,");

    if (length > FOLLOW_UP_BYTES_MAX || length == 0 || text[length - 1] != '?')
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(openings); i++)
        if (strlen(openings[i]) == word && g_ascii_strncasecmp(text, openings[i], word) == 0)
            return true;
    return false;
}

bool
parsers_flow_guidance(const ParsersContext *reading, ParsersSlice slice)
{
    g_autofree char *text = parsers_slice_text(slice);
    const gsize length = strlen(text);

    if (parsers_line_controls(slice.line) > 0)
        return false;
    if (length > 2 && text[0] == '(' && text[length - 1] == ')')
        return true;
    if (asks_more(text))
        return true;
    return parsers_lexicon_guidance(reading->form->lexicon, text[0] == '(' ? text + 1 : text);
}

/* "Academy Trust - report of an allegation". */
static bool
names_form(ParsersSlice rest)
{
    static const char *const words[] = {" form", "referral", "lado", "allegation", "notification"};
    g_autofree char *text = parsers_slice_text(rest);
    g_autofree char *folded = g_ascii_strdown(text, -1);

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(folded, words[i]) != NULL)
            return true;
    return false;
}

bool
parsers_flow_subtitle(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *split)
{
    if (reading->known == 0 && !reading->opened && split->label.kind == PARSERS_LABEL_FIELD &&
        split->rest < line.to && names_form(parsers_slice_cut(line, split->rest, line.to)))
        return true;
    return reading->known == 0 && !reading->opened && split->label.kind == PARSERS_LABEL_FIELD &&
           split->label.field->type == PARSERS_TYPE_TEXT && split->rest < line.to &&
           line.to - split->rest < SUBTITLE_BYTES_MAX && line.line->text[line.to - 1] != '.';
}

/* "use", "only" or "to complete" is in it, without which nothing marks a line as the service's. */
static bool
names_use(const char *text)
{
    for (const char *p = strpbrk(text, "uUoO"); p != NULL; p = strpbrk(p + 1, "uUoO"))
        if (g_ascii_strncasecmp(p, "use", 3) == 0 || g_ascii_strncasecmp(p, "only", 4) == 0 ||
            g_ascii_strncasecmp(p, "o complete", 10) == 0)
            return true;
    return false;
}

bool
parsers_flow_office(const char *text)
{
    static const char *const borders[] = {":", "-", "\xe2\x80\x93", "\xe2\x80\x94"};
    static const char *const marks[] = {
        " only",       "office use", "official use", "internal use", "admin use",
        "council use", "staff use",  "service use",  "team use",     "association use",
        "union use",   "club use",   " to complete"};
    g_autofree char *folded = NULL;
    const char *only = NULL;
    const char *behind = NULL;

    if (!names_use(text))
        return false;
    folded = g_ascii_strdown(text, -1);
    for (guint i = 0; i < G_N_ELEMENTS(marks) && only == NULL; i++) {
        only = strstr(folded, marks[i]);
        behind = only != NULL ? only + strlen(marks[i]) : NULL;
    }
    if (only == NULL || only - folded > OFFICE_BYTES_MAX)
        return false;
    behind += strspn(behind, " ");
    for (guint i = 0; i < G_N_ELEMENTS(borders); i++)
        if (g_str_has_prefix(behind, borders[i]))
            return true;
    return false;
}

bool
parsers_flow_strong(ParsersSlice line)
{
    const char *text = line.line->text;
    const char *hint = memchr(text + line.from, '(', line.to - line.from);

    if (line.line->bold || parsers_flow_capitals(line))
        return true;
    if (hint == NULL || hint == text + line.from || text[line.to - 1] != ')')
        return false;
    line = parsers_slice_cut(line, line.from, (gsize)(hint - text));
    for (gsize at = line.from; at < line.to; at++)
        if (g_ascii_isalnum(text[at]) && (line.line->flags[at] & PARSERS_SPAN_BOLD) == 0)
            return parsers_flow_capitals(line);
    return true;
}

guint
parsers_flow_count(const char *text)
{
    const gsize digits = strspn(text, "0123456789");

    if (digits == 0 || digits > 2 || strchr(".) ", text[digits]) == NULL ||
        strspn(text + digits, ".) ") == 0 ||
        !g_ascii_isalpha(text[digits + strspn(text + digits, ".) ")]))
        return 0;
    return (guint)g_ascii_strtoull(text, NULL, 10);
}

bool
parsers_flow_marking(ParsersSlice line)
{
    static const char *const markings[] = {
        "OFFICIAL",    "PROTECT", "RESTRICTED", "STRICTLY CONFIDENTIAL", "PRIVATE AND CONFIDENTIAL",
        "CONFIDENTIAL"};
    const char *text = line.line->text + line.from;

    for (guint i = 0; i < G_N_ELEMENTS(markings); i++) {
        const gsize length = strlen(markings[i]);

        if (g_ascii_strncasecmp(text, markings[i], length) == 0 && line.to - line.from < 60 &&
            (text[length] == '\0' || strchr(" -:(.", text[length]) != NULL) &&
            memchr(text, ':', line.to - line.from) == NULL)
            return true;
    }
    return false;
}

/* "She said: "he does it when ...", which is no question. */
bool
parsers_flow_quotes(ParsersSlice line, gsize at)
{
    static const char *const marks[] = {"\"", "'", "\xe2\x80\x9c", "\xe2\x80\x98"};
    const char *text = line.line->text + at;

    if (*text != ':')
        return false;
    text += 1 + strspn(text + 1, " ");
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_has_prefix(text, marks[i]))
            return true;
    return false;
}

bool
parsers_flow_vouches(const char *text)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    const bool truth = strstr(folded, "true") != NULL || strstr(folded, "correct") != NULL ||
                       strstr(folded, "accurate") != NULL;
    const bool form = strstr(folded, "statement") != NULL ||
                      strstr(folded, "information") != NULL || strstr(folded, "this form") != NULL;

    return truth && form && strlen(folded) < 200;
}

bool
parsers_flow_forbids(ParsersSlice line)
{
    static const char *const openings[] = {"do not ", "don't ", "don\xe2\x80\x99t ",
                                           "please do not ", "never "};
    const char *text = line.line->text;

    while (line.from < line.to && strchr("*-> ", text[line.from]) != NULL)
        line.from++;
    if (line.to - line.from < 12 || text[line.to - 1] != '.')
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(openings); i++)
        if (g_ascii_strncasecmp(text + line.from, openings[i], strlen(openings[i])) == 0)
            return true;
    return false;
}

/* "Yes / No" is printed behind the question, nothing of it is marked, and below stands "Yes". */
static bool
answers_choices(const ParsersAnswer *open, ParsersSlice line)
{
    static const char *const words[] = {"yes", "no", "not", "n/a", "unknown", "unsure"};
    const char *text = line.line->text + line.from;
    g_autofree char *chosen = NULL;

    if (!parsers_choice_read(open->slices, &chosen) || chosen[0] != '\0')
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        const gsize length = strlen(words[i]);

        if (line.to - line.from >= length && g_ascii_strncasecmp(text, words[i], length) == 0 &&
            !g_ascii_isalpha(text[length]))
            return true;
    }
    return false;
}

/* "**Works elsewhere? Say where**", and the line below is plain. */
static bool
is_dressed(const ParsersSlice *behind, ParsersSlice line)
{
    return behind->line->bold && parsers_line_controls(behind->line) == 0 && !line.line->bold;
}

bool
parsers_flow_drop_printed(const ParsersContext *reading, ParsersAnswer *open, ParsersSlice line)
{
    if (open->slices->len != 1)
        return false;
    if (!(open->beside && is_dressed(&g_array_index(open->slices, ParsersSlice, 0), line)) &&
        !answers_choices(open, line))
        return false;
    if (parsers_flow_guidance(reading, line))
        return false;
    g_array_set_size(open->slices, 0);
    return true;
}
