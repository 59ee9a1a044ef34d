/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow-split.c - where a line parts into a label and the rest.
 *
 * A line is parted wherever a person would see a border between question and
 * answer; the parting that explains its left side best as a label is taken.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/flow.h"

#include <string.h>

#define LABEL_BYTES_MAX 260u
#define PARTINGS_MAX 24u
#define TAILS_MAX 200u /* places in one line where another label is looked for */
#define SHORT_LABEL_BYTES 40u
#define ELLIPSIS "\xe2\x80\xa6"

/* A dash with blanks around it; its length. */
static gsize
dash(const char *p)
{
    if (*p != ' ')
        return 0;
    if (g_str_has_prefix(p, " - "))
        return 3;
    if (g_str_has_prefix(p, " \xe2\x80\x93 ") || g_str_has_prefix(p, " \xe2\x80\x94 ") ||
        g_str_has_prefix(p, " \xef\xbf\xbd "))
        return 5;
    return strcmp(p, " -") == 0 ? 2 : 0;
}

static bool
is_box(const char *p)
{
    return g_str_has_prefix(p, PARSERS_LINE_BOX) || g_str_has_prefix(p, PARSERS_LINE_TICKED);
}

/* Bold letters end here and plain ones follow. */
static bool
bold_ends(const ParsersLine *line, gsize at)
{
    if (at == 0 || at >= line->text->len)
        return false;
    return (line->flags->data[at - 1] & PARSERS_SPAN_BOLD) != 0 &&
           (line->flags->data[at] & PARSERS_SPAN_BOLD) == 0;
}

/* Dots or a stroke to write on begin here; of one sign of dots, "Name \xe2\x80\xa6Mary", only where
 * something was written behind it. */
static bool
is_leader(const char *text, gsize at)
{
    const char *p = text + at;

    if (*p != '.' && *p != '_' && *p != ELLIPSIS[0])
        return false;
    if (g_str_has_prefix(p, ELLIPSIS ELLIPSIS) || g_str_has_prefix(p, "....") ||
        g_str_has_prefix(p, "___") ||
        (g_str_has_prefix(p, "__") && at > 0 && !g_ascii_isalnum(text[at - 1])))
        return true;
    return g_str_has_prefix(p, ELLIPSIS) && at > 0 && text[at - 1] == ' ' &&
           ((guchar)p[3] >= 0x80 || g_ascii_isalnum(p[3]));
}

/* If a border between label and answer is at p: where the label ends, where the answer begins. */
static bool
border(const ParsersLine *line, gsize at, gsize *out_end, gsize *out_rest)
{
    const char *p = line->text->str + at;

    *out_end = at;
    *out_rest = at;
    if (g_ascii_isalnum(*p))
        return bold_ends(line, at);
    *out_rest = at + 1;
    if (*p == ':' && !(g_ascii_isdigit(p[1]) && at > 0 && g_ascii_isdigit(p[-1])))
        return true;
    if (*p == '?') {
        *out_end = at + 1;
        *out_rest = at + (p[1] == ':' ? 2 : 1);
        *out_rest += dash(line->text->str + *out_rest);
        return true;
    }
    if (*p == '\t' || (p[0] == ' ' && p[1] == ' '))
        return true;
    if (dash(p) > 0) {
        *out_rest = at + dash(p);
        return true;
    }
    *out_rest = at;
    if (*p == PARSERS_LINE_ANSWER || is_box(p) || bold_ends(line, at))
        return true;
    return is_leader(line->text->str, at);
}

/* A label in a text of columns: the answer begins at a tab stop after one blank. */
static bool
tab_stop(ParsersSlice line, gsize at)
{
    const char *text = line.line->text->str;

    return text[at] == ' ' && text[at + 1] != ' ' && (at + 1 - line.from) % 8 == 0;
}

ParsersLabel
parsers_flow_label(const ParsersContext *reading, ParsersSlice line, gsize end)
{
    g_autofree char *text = g_strndup(line.line->text->str + line.from, end - line.from);

    return parsers_context_label(reading, text);
}

/* Dots end the label: the first sign of a border on the line. */
static bool
leader_ends(ParsersSlice line, gsize end)
{
    const char *text = line.line->text->str;

    if (!is_leader(text, end))
        return false;
    for (gsize at = line.from; at < end; at++)
        if (text[at] == ':' || text[at] == '?' || text[at] == '_' || is_leader(text, at))
            return false;
    return true;
}

/* A colon, a question mark, dots or a control, not only a gap or the end of the line. */
static bool
hard_border(ParsersSlice line, ParsersSplit split)
{
    const char *text = line.line->text->str;

    const char at = split.label_end < line.to ? text[split.label_end] : ' ';

    return at == ':' || at == PARSERS_LINE_ANSWER || leader_ends(line, split.label_end) ||
           bold_ends(line.line, split.label_end) ||
           (split.label_end > line.from && strchr("?:", text[split.label_end - 1]) != NULL);
}

/* A longer label is better only if what it takes in cannot be the answer. */
static bool
goes_on(ParsersSlice line, ParsersSplit shorter, ParsersSplit longer)
{
    if (hard_border(line, longer) && !hard_border(line, shorter))
        return longer.label.words >= shorter.label.words;
    if (line.line->text->str[shorter.label_end] == '\t')
        return false;
    if (longer.label.words <= shorter.label.words)
        return false;
    if (hard_border(line, longer))
        return true;
    return longer.label_end == line.to &&
           (line.line->bold || line.line->text->str[shorter.label_end - 1] == '?');
}

/* Length of a dot, stroke or blank at p that is no part of a word; else 0. */
static gsize
filler(const char *p)
{
    if (*p == ELLIPSIS[0] && g_str_has_prefix(p, ELLIPSIS))
        return strlen(ELLIPSIS);
    return *p == '.' || *p == '_' || *p == ' ' || *p == '\t';
}

/* What the line up to the end of a candidate means.  Dots or a gap behind the last one that was
 * asked do not change that: each dot of a dotted line is a border. */
static ParsersLabel
label_behind(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *last, gsize end)
{
    const char *text = line.line->text->str;
    gsize at = last->label_end;

    while (at > line.from && at < end && filler(text + at) > 0)
        at += filler(text + at);
    if (at > line.from && at >= end && last->label_end <= end)
        return last->label;
    return parsers_flow_label(reading, line, end);
}

/* candidate: its label is set. */
static void
try_split(ParsersSlice line, ParsersSplit candidate, ParsersSplit *best)
{
    if (candidate.label.kind == PARSERS_LABEL_NONE)
        return;
    if (!candidate.exact && (candidate.label.score < 0.97 || candidate.label.bare))
        return;
    /* A whole line with a word we do not know may be label and answer without a border. */
    if (candidate.label_end == line.to && candidate.label.strange > 0 && !line.line->bold &&
        !hard_border(line, candidate))
        return;
    /* "Trade: Childminder" holds words that are labels, but the colon parts them. */
    if (candidate.label_end == line.to && candidate.label.score <= 0.95 && !line.line->bold &&
        g_strstr_len(line.line->text->str + line.from, (gssize)(line.to - line.from), ": ") != NULL)
        return;
    if (best->label.kind == PARSERS_LABEL_NONE ||
        candidate.label.score > best->label.score + 0.01 ||
        (goes_on(line, *best, candidate) && candidate.label.score >= best->label.score - 0.01))
        *best = candidate;
}

/* The bracket that closes here stands apart from the word before it, unlike in "name(s)". */
static bool
spaced_bracket(const char *text, gsize close)
{
    while (close > 0 && text[close] != '(')
        close--;
    return close > 0 && text[close - 1] == ' ';
}

bool
parsers_flow_firm(ParsersSlice line, const ParsersSplit *split)
{
    return split->exact && hard_border(line, *split);
}

bool
parsers_flow_capitals(ParsersSlice line)
{
    guint letters = 0;

    for (gsize at = line.from; at < line.to; at++) {
        const char c = line.line->text->str[at];

        if (g_ascii_islower(c) || g_ascii_isdigit(c) || (guchar)c >= 0x80 || c == ':')
            return false;
        letters += g_ascii_isupper(c);
    }
    return letters >= 5;
}

/* "D.O.B. 3/4/1980", "Tel. 01632 960001", but not "D.O.B. or age: about 40" or "Tel. No: 960001".
 */
static bool
dot_ends(ParsersSlice line, gsize at)
{
    const char *text = line.line->text->str;

    return text[at] == '.' && text[at + 1] == ' ' && at - line.from <= SHORT_LABEL_BYTES &&
           (g_ascii_isdigit(text[at + 2]) || g_ascii_isupper(text[at + 2])) &&
           g_strstr_len(text + at, (gssize)(line.to - at), ":") == NULL;
}

/* Is there a border between label and answer, or what may be one? */
static bool
find_border(ParsersSlice line, gsize at, ParsersSplit *out_split)
{
    const char *text = line.line->text->str;

    *out_split = (ParsersSplit){.exact = true};
    if (border(line.line, at, &out_split->label_end, &out_split->rest))
        return true;
    if (!dot_ends(line, at) &&
        (text[at] != ')' || text[at + 1] != ' ' || !spaced_bracket(text, at)))
        return false;
    *out_split = (ParsersSplit){.label_end = at + 1, .rest = at + 1};
    return true;
}

/* No label that the lexicon knows: one that it does not know has a plain border and probably asks
 * for something. */
static void
guess_split(const ParsersContext *reading, ParsersSlice line, ParsersSplit *best)
{
    const gsize stop = MIN(line.to, line.from + LABEL_BYTES_MAX);

    for (gsize at = line.from + 1; at < stop; at++) {
        ParsersSplit candidate = {.exact = true};
        g_autofree char *text = NULL;

        if (!border(line.line, at, &candidate.label_end, &candidate.rest) ||
            (!hard_border(line, candidate) && line.line->text->str[candidate.label_end] != '\t'))
            continue;
        text = g_strndup(line.line->text->str + line.from, candidate.label_end - line.from);
        candidate.label = parsers_context_guess(reading, text);
        if (candidate.label.kind != PARSERS_LABEL_NONE)
            *best = candidate;
        return;
    }
}

/* "If the club knows: who was told there": where the question behind the condition begins, or 0. */
static gsize
condition_end(ParsersSlice line)
{
    const char *text = line.line->text->str;
    const gsize stop = MIN(line.to, line.from + SHORT_LABEL_BYTES);
    gsize at = line.from;

    if (line.to - line.from < 3 || g_ascii_strncasecmp(text + at, "if ", 3) != 0)
        return 0;
    while (at < stop && text[at] != ':')
        at++;
    if (at >= stop)
        return 0;
    at++;
    return at + strspn(text + at, " ");
}

/* The split of what is asked behind a condition; NONE if there is none or we do not know it. */
static ParsersSplit
split_behind_condition(const ParsersContext *reading, ParsersSlice line)
{
    const gsize behind = condition_end(line);
    ParsersSplit split = {0};

    if (behind > 0 && behind < line.to)
        split = parsers_flow_split(reading, parsers_slice_cut(line, behind, line.to));
    return split.label.kind == PARSERS_LABEL_FIELD && split.label.score >= 0.9 ? split
                                                                               : (ParsersSplit){0};
}

ParsersSplit
parsers_flow_split(const ParsersContext *reading, ParsersSlice line)
{
    ParsersSplit best = split_behind_condition(reading, line);
    ParsersSplit last = {0};
    const gsize stop = MIN(line.to, line.from + LABEL_BYTES_MAX);
    guint tried = 0;
    bool boxed = false; /* what follows a box is no part of the label any more */

    if (best.label.kind != PARSERS_LABEL_NONE)
        return best;
    for (gsize at = line.from + 1; at < stop && tried < PARTINGS_MAX && !boxed; at++) {
        ParsersSplit candidate;

        if (!find_border(line, at, &candidate))
            continue;
        candidate.label = label_behind(reading, line, &last, candidate.label_end);
        try_split(line, candidate, &best);
        last = candidate;
        tried++;
        boxed = is_box(line.line->text->str + at);
    }
    if (!boxed && line.to - line.from <= LABEL_BYTES_MAX)
        try_split(line,
                  (ParsersSplit){.label = label_behind(reading, line, &last, line.to),
                                 .label_end = line.to,
                                 .rest = line.to,
                                 .exact = true},
                  &best);
    if (best.label.kind == PARSERS_LABEL_NONE)
        guess_split(reading, line, &best);
    best.rest = MIN(best.rest, line.to);
    return best;
}

/* "Full details of", "Action taken by": no label ends with such a word. */
static bool
goes_on_with_noun(ParsersSlice line, gsize end)
{
    static const char *const words[] = {" of",  " by", " to",  " the",
                                        " and", " or", " for", " with"};
    const char *text = line.line->text->str;

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        const gsize length = strlen(words[i]);

        if (end >= line.from + length && memcmp(text + end - length, words[i], length) == 0)
            return true;
    }
    return false;
}

ParsersSplit
parsers_flow_columns(const ParsersContext *reading, ParsersSlice line)
{
    ParsersSplit best = {0};

    /* What was told begins here, not a column. */
    if (reading->open != NULL && reading->open->field != NULL &&
        reading->open->field->type == PARSERS_TYPE_TEXT && reading->open->slices->len == 0)
        return best;
    if ((reading->open == NULL && !reading->headed) || reading->known < 1 ||
        parsers_flow_capitals(line))
        return best;
    for (gsize at = line.from; at < line.to && at < line.from + 80; at++)
        if (strchr(":?", line.line->text->str[at]) != NULL &&
            !g_ascii_isdigit(line.line->text->str[at + 1]))
            return best;
    for (gsize at = line.from + 3; at + 1 < line.to && at < line.from + 60; at++)
        if (tab_stop(line, at) && !goes_on_with_noun(line, at)) {
            ParsersSplit split = {0};

            try_split(line,
                      (ParsersSplit){.label = parsers_flow_label(reading, line, at),
                                     .label_end = at,
                                     .rest = at + 1},
                      &split);
            if (split.label.kind != PARSERS_LABEL_NONE && split.label.words >= best.label.words)
                best = split;
        }
    return best;
}

gsize
parsers_flow_list_letter(const char *text)
{
    gsize at = 1;

    if (text[0] != '(' || !g_ascii_isalnum(text[1]))
        return 0;
    while (at < 5 && g_ascii_isalnum(text[at]))
        at++;
    return text[at] == ')' && text[at + 1] == ' ' ? at + 2 : 0;
}

/* "30/07/2016 Gender: Male", where the gap was lost: a label of its own up to the colon. */
static bool
label_to_colon(const ParsersContext *reading, ParsersSlice tail)
{
    const char *text = tail.line->text->str;
    const gsize stop = MIN(tail.to, tail.from + SHORT_LABEL_BYTES);
    gsize at = tail.from;
    ParsersLabel label = {0};

    if (!g_ascii_isupper(text[at]))
        return false;
    while (at < stop && text[at] != ':' && !is_box(text + at))
        at++;
    if (at >= stop || text[at] != ':')
        return false;
    label = parsers_flow_label(reading, tail, at);
    return label.kind == PARSERS_LABEL_FIELD && label.score >= 0.95 && label.strange == 0;
}

static bool
bold_begins(const ParsersLine *line, gsize at)
{
    return at > 0 && (line->flags->data[at] & PARSERS_SPAN_BOLD) != 0 &&
           (line->flags->data[at - 1] & PARSERS_SPAN_BOLD) == 0;
}

/* A blank behind what was written on dots: "Role \xe2\x80\xa6Coach\xe2\x80\xa6 Club". */
static bool
behind_dots(const char *text, gsize at)
{
    return text[at] == ' ' && at >= 3 && memcmp(text + at - 3, "\xe2\x80\xa6", 3) == 0;
}

/* The word at "at" is what a box before it stands for. */
static bool
names_box(const char *text, gsize at)
{
    const gsize box = strlen(PARSERS_LINE_BOX);

    while (at > 0 && text[at - 1] == ' ')
        at--;
    return at >= box && is_box(text + at - box);
}

gsize
parsers_flow_next_label(const ParsersContext *reading, ParsersSlice rest, bool story)
{
    const char *text = rest.line->text->str;
    guint tried = 0;

    for (gsize at = rest.from; at < rest.to && tried < TAILS_MAX; at++) {
        const bool gap = text[at] == '\t' || text[at] == PARSERS_LINE_END || text[at] == '|' ||
                         (text[at] == ' ' && text[at + 1] == ' ') || behind_dots(text, at);
        ParsersSlice tail = {0};
        ParsersSplit split = {0};

        if (!gap && text[at] != ' ' && at > rest.from)
            continue;
        tail = parsers_slice_cut(rest, gap || text[at] == ' ' ? at + 1 : at, rest.to);
        if (tail.from >= tail.to || !g_ascii_isalpha(text[tail.from]) || names_box(text, tail.from))
            continue;
        tried += gap || g_ascii_isupper(text[tail.from]);
        if (!gap && !bold_begins(rest.line, tail.from)) {
            if (!story && label_to_colon(reading, tail))
                return tail.from;
            continue;
        }
        split = parsers_flow_split(reading, tail);
        if ((split.label.kind == PARSERS_LABEL_FIELD ||
             (split.label.kind == PARSERS_LABEL_ELSEWHERE && !story)) &&
            split.label.score >= 0.9 && (split.rest < rest.to || text[split.label_end] == ':') &&
            parsers_flow_firm(tail, &split))
            return tail.from;
    }
    return rest.to;
}
