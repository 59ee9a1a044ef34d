/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow-border.c - the signs between a question and its answer.
 *
 * Every line is walked through for them, most of its letters in vain: a table of bytes
 * says which are worth a look.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/flow.h"

#include <string.h>

#define WRAPPED_BYTES 55u /* a line of a wrapped mail is longer than this */
#define ADDRESS_LINES 6u
#define SHORT_LABEL_BYTES 40u
#define ELLIPSIS "\xe2\x80\xa6"

/* What a border can begin with; bold letters end anywhere. */
static const bool begins_border[256] = {
    [':'] = true,  ['?'] = true, ['\t'] = true,
    [' '] = true,  ['.'] = true, ['_'] = true,
    [0xe2] = true, [')'] = true, [PARSERS_LINE_ANSWER] = true,
};

/* What shows that more than a gap is a border. */
static const bool is_sign[256] = {
    [':'] = true,
    ['?'] = true,
    ['_'] = true,
    [PARSERS_LINE_ANSWER] = true,
};

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

bool
parsers_flow_box(const char *p)
{
    return *p == PARSERS_LINE_BOX[0] &&
           (g_str_has_prefix(p, PARSERS_LINE_BOX) || g_str_has_prefix(p, PARSERS_LINE_TICKED));
}

/* Bold letters end here and plain ones follow. */
static bool
bold_ends(const ParsersLine *line, gsize at)
{
    if (at == 0 || at >= line->length)
        return false;
    return (line->flags[at - 1] & PARSERS_SPAN_BOLD) != 0 &&
           (line->flags[at] & PARSERS_SPAN_BOLD) == 0;
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
    const char *p = line->text + at;

    *out_end = at;
    *out_rest = at + 1;
    if (*p == ':' && !(g_ascii_isdigit(p[1]) && at > 0 && g_ascii_isdigit(p[-1])))
        return true;
    if (*p == '?' && g_str_has_prefix(p + 1, " / ")) /* the same in another language follows */
        return false;
    if (*p == '?') {
        *out_end = at + 1;
        *out_rest = at + (p[1] == ':' ? 2 : 1);
        *out_rest += dash(line->text + *out_rest);
        return true;
    }
    if (*p == '\t' || (p[0] == ' ' && p[1] == ' '))
        return true;
    if (dash(p) > 0) {
        *out_rest = at + dash(p);
        return true;
    }
    *out_rest = at;
    if (*p == PARSERS_LINE_ANSWER || parsers_flow_box(p) || bold_ends(line, at))
        return true;
    return is_leader(line->text, at);
}

/* The bracket that closes here stands apart from the word before it, unlike in "name(s)". */
static bool
spaced_bracket(const char *text, gsize close)
{
    while (close > 0 && text[close] != '(')
        close--;
    return close > 0 && text[close - 1] == ' ';
}

/* "D.O.B. 3/4/1980", "Tel. 01632 960001", but not "D.O.B. or age: about 40" or "Tel. No: 960001".
 */
static bool
dot_ends(ParsersSlice line, gsize at)
{
    const char *text = line.line->text;

    return text[at] == '.' && text[at + 1] == ' ' && at - line.from <= SHORT_LABEL_BYTES &&
           (g_ascii_isdigit(text[at + 2]) || g_ascii_isupper(text[at + 2])) &&
           g_strstr_len(text + at, (gssize)(line.to - at), ":") == NULL;
}

/* The next place from at on that is worth a look, or stop. */
static gsize
next_sign(const ParsersLine *line, gsize at, gsize stop)
{
    const char *text = line->text;

    for (; at < stop; at++) {
        if (bold_ends(line, at))
            return at;
        /* Most blanks only part two words. */
        if (begins_border[(guchar)text[at]] && (text[at] != ' ' || !g_ascii_isalnum(text[at + 1])))
            return at;
    }
    return stop;
}

bool
parsers_flow_border(ParsersSlice line, gsize stop, gsize *at, ParsersSplit *out_split)
{
    const char *text = line.line->text;

    for (*at = next_sign(line.line, *at, stop); *at < stop;
         *at = next_sign(line.line, *at + 1, stop)) {
        *out_split = (ParsersSplit){.exact = true};
        if (border(line.line, *at, &out_split->label_end, &out_split->rest))
            return true;
        *out_split = (ParsersSplit){.label_end = *at + 1, .rest = *at + 1};
        if (dot_ends(line, *at) ||
            (text[*at] == ')' && text[*at + 1] == ' ' && spaced_bracket(text, *at)))
            return true;
    }
    return false;
}

/* Dots end the label: the first sign of a border on the line. */
static bool
leader_ends(ParsersSlice line, gsize end)
{
    const char *text = line.line->text;

    if (!is_leader(text, end))
        return false;
    for (gsize at = line.from; at < end; at++)
        if (text[at] == ':' || text[at] == '?' || text[at] == '_' || is_leader(text, at))
            return false;
    return true;
}

bool
parsers_flow_hard(ParsersSlice line, const ParsersSplit *split)
{
    const char *text = line.line->text;
    const char at = split->label_end < line.to ? text[split->label_end] : ' ';

    return at == ':' || at == PARSERS_LINE_ANSWER || leader_ends(line, split->label_end) ||
           bold_ends(line.line, split->label_end) ||
           (split->label_end > line.from && strchr("?:", text[split->label_end - 1]) != NULL);
}

bool
parsers_flow_signed(ParsersSlice line)
{
    const char *text = line.line->text;

    for (gsize at = line.from; at < line.to; at++)
        if (is_sign[(guchar)text[at]] || (text[at] == '.' && text[at + 1] == '.') ||
            (text[at] == ELLIPSIS[0] && g_str_has_prefix(text + at, ELLIPSIS)) ||
            bold_ends(line.line, at))
            return true;
    return bold_ends(line.line, line.to);
}

/* An answer that may fill more than a line: "in the week before half term", but no date in figures.
 */
static bool
wraps(const ParsersAnswer *open)
{
    const ParsersSlice *first = &g_array_index(open->slices, ParsersSlice, 0);

    if (open->field == NULL)
        return true;
    switch (open->field->type) {
    case PARSERS_TYPE_DATE:
    case PARSERS_TYPE_BIRTH: {
        g_autofree char *text = parsers_slice_text(*first);

        return strpbrk(text, "0123456789") == NULL;
    }
    case PARSERS_TYPE_GENDER:
    case PARSERS_TYPE_POSTCODE:
    case PARSERS_TYPE_EMAIL:
        return false;
    default:
        return true;
    }
}

/* An address was written as on an envelope: a line for the street, a line for the town. */
static bool
goes_on_with_address(const ParsersContext *reading, ParsersSlice line)
{
    const ParsersAnswer *open = reading->open;

    return open->field != NULL && open->field->type == PARSERS_TYPE_ADDRESS && !reading->gap &&
           open->slices->len < ADDRESS_LINES && line.to - line.from < WRAPPED_BYTES &&
           line.to > line.from && strchr(".:?", line.line->text[line.to - 1]) == NULL &&
           !line.line->bold && !parsers_flow_guidance(reading, line);
}

bool
parsers_flow_runs_on(const ParsersContext *reading, ParsersSlice line)
{
    const GArray *slices = reading->open->slices;
    const ParsersSlice *last = &g_array_index(slices, ParsersSlice, slices->len - 1);

    return (last->line->length >= WRAPPED_BYTES && wraps(reading->open)) ||
           goes_on_with_address(reading, line);
}
