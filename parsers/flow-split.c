/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow-split.c - where a line parts into a label and the rest.
 *
 * A line is parted wherever a person would see a border between question and
 * answer; the parting that explains its left side best as a label is taken.  To ask
 * what a text means is dear: only of a parting that could still be taken.
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
#define SCORE_MOST 1.0  /* of a label that is known word for word */
#define SCORE_MORE 0.01 /* by which a label must be better than another */
#define ELLIPSIS "\xe2\x80\xa6"

/* A label in a text of columns: the answer begins at a tab stop after one blank. */
static bool
tab_stop(ParsersSlice line, gsize at)
{
    const char *text = line.line->text;

    return text[at] == ' ' && text[at + 1] != ' ' && (at + 1 - line.from) % 8 == 0;
}

/* What the beginning of a line, up to end, means as a label. */
static ParsersLabel
label_of(const ParsersContext *reading, ParsersSlice line, gsize end)
{
    g_autofree char *text = g_strndup(line.line->text + line.from, end - line.from);

    return parsers_context_label(reading, text);
}

/* A longer label is better only if what it takes in cannot be the answer. */
static bool
goes_on(ParsersSlice line, ParsersSplit shorter, ParsersSplit longer)
{
    if (parsers_flow_hard(line, &longer) && !parsers_flow_hard(line, &shorter))
        return longer.label.words >= shorter.label.words;
    if (line.line->text[shorter.label_end] == '\t')
        return false;
    if (longer.label.words <= shorter.label.words)
        return false;
    if (parsers_flow_hard(line, &longer))
        return true;
    return longer.label_end == line.to &&
           (line.line->bold || line.line->text[shorter.label_end - 1] == '?');
}

/* Length of a dot, stroke or blank at p that is no part of a word; else 0. */
static gsize
filler(const char *p)
{
    if (*p == ELLIPSIS[0] && g_str_has_prefix(p, ELLIPSIS))
        return strlen(ELLIPSIS);
    return *p == '.' || *p == '_' || *p == ' ' || *p == '\t';
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
        !parsers_flow_hard(line, &candidate))
        return;
    /* "Trade: Childminder" holds words that are labels, but the colon parts them. */
    if (candidate.label_end == line.to && candidate.label.score <= 0.95 && !line.line->bold &&
        g_strstr_len(line.line->text + line.from, (gssize)(line.to - line.from), ": ") != NULL)
        return;
    if (best->label.kind == PARSERS_LABEL_NONE ||
        candidate.label.score > best->label.score + SCORE_MORE ||
        (goes_on(line, *best, candidate) &&
         candidate.label.score >= best->label.score - SCORE_MORE))
        *best = candidate;
}

bool
parsers_flow_firm(ParsersSlice line, const ParsersSplit *split)
{
    return split->exact && parsers_flow_hard(line, split);
}

bool
parsers_flow_capitals(ParsersSlice line)
{
    guint letters = 0;

    for (gsize at = line.from; at < line.to; at++) {
        const char c = line.line->text[at];

        if (g_ascii_islower(c) || g_ascii_isdigit(c) || (guchar)c >= 0x80 || c == ':')
            return false;
        letters += g_ascii_isupper(c);
    }
    return letters >= 5;
}

/* No label that the lexicon knows: one that it does not know has a plain border and probably asks
 * for something. */
static void
guess_split(const ParsersContext *reading, ParsersSlice line, ParsersSplit *best)
{
    const gsize stop = MIN(line.to, line.from + LABEL_BYTES_MAX);

    ParsersSplit candidate = {0};

    for (gsize at = line.from + 1; parsers_flow_border(line, stop, &at, &candidate); at++) {
        g_autofree char *text = NULL;

        if (!candidate.exact ||
            (!parsers_flow_hard(line, &candidate) && line.line->text[candidate.label_end] != '\t'))
            continue;
        text = g_strndup(line.line->text + line.from, candidate.label_end - line.from);
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
    const char *text = line.line->text;
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

/* One line while its best parting is looked for. */
typedef struct {
    const ParsersContext *reading;
    ParsersSlice line;
    ParsersSplit best;
    gsize last;  /* where the label of the last candidate ends; 0: there was none */
    gsize end;   /* where what it says ends */
    gsize asked; /* the end for which label was asked; 0: none */
    ParsersLabel label;
} Search;

/* Nothing but dots or a gap is between the last candidate and this one, so that they say the same:
 * each dot of a dotted line is a border. */
static bool
says_the_same(const Search *search, gsize end)
{
    const char *text = search->line.line->text;
    gsize at = search->last;

    if (at <= search->line.from || at > end)
        return false;
    while (at < end && filler(text + at) > 0)
        at += filler(text + at);
    return at >= end;
}

/* Could this parting be taken, whatever its label means? */
static bool
may_prevail(const Search *search, ParsersSplit candidate)
{
    const ParsersLabel *best = &search->best.label;

    if (best->kind == PARSERS_LABEL_NONE || SCORE_MOST > best->score + SCORE_MORE)
        return true;
    candidate.label.words = G_MAXUINT;
    return goes_on(search->line, search->best, candidate);
}

static void
consider(Search *search, ParsersSplit candidate)
{
    if (!says_the_same(search, candidate.label_end))
        search->end = candidate.label_end;
    search->last = candidate.label_end;
    if (!may_prevail(search, candidate))
        return;
    if (search->asked != search->end)
        search->label = label_of(search->reading, search->line, search->end);
    search->asked = search->end;
    candidate.label = search->label;
    try_split(search->line, candidate, &search->best);
}

ParsersSplit
parsers_flow_split(const ParsersContext *reading, ParsersSlice line)
{
    Search search = {
        .reading = reading, .line = line, .best = split_behind_condition(reading, line)};
    const gsize stop = MIN(line.to, line.from + LABEL_BYTES_MAX);
    ParsersSplit candidate = {0};
    guint tried = 0;
    bool boxed = false; /* what follows a box is no part of the label any more */

    if (search.best.label.kind != PARSERS_LABEL_NONE)
        return search.best;
    for (gsize at = line.from + 1;
         tried < PARTINGS_MAX && !boxed && parsers_flow_border(line, stop, &at, &candidate); at++) {
        consider(&search, candidate);
        tried++;
        boxed = parsers_flow_box(line.line->text + at);
    }
    if (!boxed && line.to - line.from <= LABEL_BYTES_MAX)
        consider(&search, (ParsersSplit){.label_end = line.to, .rest = line.to, .exact = true});
    if (search.best.label.kind == PARSERS_LABEL_NONE)
        guess_split(reading, line, &search.best);
    search.best.rest = MIN(search.best.rest, line.to);
    return search.best;
}

/* "Full details of", "Action taken by": no label ends with such a word. */
static bool
goes_on_with_noun(ParsersSlice line, gsize end)
{
    static const char *const words[] = {" of",  " by", " to",  " the",
                                        " and", " or", " for", " with"};
    const char *text = line.line->text;

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
        if (strchr(":?", line.line->text[at]) != NULL && !g_ascii_isdigit(line.line->text[at + 1]))
            return best;
    for (gsize at = line.from + 3; at + 1 < line.to && at < line.from + 60; at++)
        if (tab_stop(line, at) && !goes_on_with_noun(line, at)) {
            ParsersSplit split = {0};

            try_split(line,
                      (ParsersSplit){
                          .label = label_of(reading, line, at), .label_end = at, .rest = at + 1},
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
    const char *text = tail.line->text;
    const gsize stop = MIN(tail.to, tail.from + SHORT_LABEL_BYTES);
    gsize at = tail.from;
    ParsersLabel label = {0};

    if (!g_ascii_isupper(text[at]))
        return false;
    while (at < stop && text[at] != ':' && !parsers_flow_box(text + at))
        at++;
    if (at >= stop || text[at] != ':')
        return false;
    label = label_of(reading, tail, at);
    return label.kind == PARSERS_LABEL_FIELD && label.score >= 0.95 && label.strange == 0;
}

static bool
bold_begins(const ParsersLine *line, gsize at)
{
    return at > 0 && (line->flags[at] & PARSERS_SPAN_BOLD) != 0 &&
           (line->flags[at - 1] & PARSERS_SPAN_BOLD) == 0;
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
    return at >= box && parsers_flow_box(text + at - box);
}

gsize
parsers_flow_next_label(const ParsersContext *reading, ParsersSlice rest, bool story)
{
    const char *text = rest.line->text;
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
