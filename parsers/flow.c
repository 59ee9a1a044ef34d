/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow.c - labels and answers in running lines.
 *
 * Knows what ends an answer: another label, known or not, a heading, an empty line;
 * and what does not: the next line of a story.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/flow.h"

#include <string.h>

#define PARTINGS_MAX 24u
#define BELOW_LEAST 2u /* answers below their labels that make it the way of the form */
#define HEADING_BYTES_MAX 110u

static bool
is_story(const ParsersAnswer *answer)
{
    return answer != NULL && answer->field != NULL && answer->field->type == PARSERS_TYPE_TEXT;
}

static void
add_slice(ParsersAnswer *answer, ParsersSlice slice)
{
    if (!parsers_slice_empty(slice) || (slice.from < slice.to && answer->slices->len > 0))
        g_array_append_val(answer->slices, slice);
}

/* "Was he hurt? Please describe.<tab>A scratch": the answer is behind the gap. */
static ParsersSlice
skip_guidance(const ParsersContext *reading, ParsersSlice value)
{
    const char *tab = value.from < value.to
                          ? memchr(value.line->text + value.from, '\t', value.to - value.from)
                          : NULL;

    if (tab == NULL || !parsers_flow_guidance(reading, value))
        return value;
    return parsers_slice_cut(value, (gsize)(tab - value.line->text), value.to);
}

/* The rest of a line behind a label, which may hold more labels. */
static void
take_rest(ParsersContext *reading, ParsersSlice line, const ParsersSplit *first)
{
    ParsersSplit split = *first;

    reading->dressed = line.line->heading > 0 || line.line->bold;
    for (guint guard = 0; guard < PARTINGS_MAX; guard++) {
        ParsersSlice rest = parsers_flow_skip_hint(parsers_slice_cut(line, split.rest, line.to));
        /* The hint belongs to the label: it may say "with postcode". */
        g_autofree char *text =
            parsers_slice_text(parsers_slice_cut(line, line.from, MAX(split.label_end, rest.from)));
        ParsersAnswer *answer =
            parsers_context_answer(reading, &split.label, text, &line.line->place);
        const gsize next = parsers_flow_next_label(reading, rest, is_story(answer));
        ParsersSlice value = parsers_slice_cut(rest, rest.from, next);

        value = skip_guidance(reading, value);
        if (!parsers_flow_guidance(reading, value))
            add_slice(answer, value);
        answer->beside = answer->slices->len > 0;
        if (next >= rest.to)
            return;
        line = parsers_slice_cut(rest, next, rest.to);
        split = parsers_flow_split(reading, line);
        if (split.label.kind == PARSERS_LABEL_NONE)
            return;
    }
}

/* ---- Lines ---- */

static bool
is_title(ParsersContext *reading, const char *text)
{
    const ParsersLexicon *lexicon = reading->form->lexicon;
    double score = 0;

    if (reading->known > 0 || strlen(text) > HEADING_BYTES_MAX * 2)
        return false;
    score = parsers_lexicon_title(lexicon, text);
    if (score < parsers_lexicon_heading(lexicon, text).score)
        return false;
    reading->title = MAX(reading->title, score);
    return score >= 0.75;
}

/* Open the story that a heading such as "What happened" asks for. */
static void
open_by_heading(ParsersContext *reading, const char *text, const ParsersPlace *place)
{
    ParsersLabel label = parsers_context_label(reading, text);

    /* Before the first question it is the title, and a subtitle follows. */
    if (reading->known == 0 || label.kind != PARSERS_LABEL_FIELD || label.score < 0.9)
        return;
    if (label.field->type == PARSERS_TYPE_TEXT || (label.own && !label.bare && label.score >= 0.99))
        parsers_context_answer(reading, &label, text, place);
    /* The first question of a part is no story: "My worry", "It happened on". */
    reading->dressed = reading->styled && label.field->type != PARSERS_TYPE_TEXT;
}

/* False for a line that can only go on with a story: a bullet, a small letter. */
static bool
starts_afresh(const ParsersContext *reading, ParsersSlice line)
{
    const char *text = line.line->text + line.from;
    const gunichar first = g_utf8_get_char(text + parsers_flow_list_letter(text));

    if (!is_story(reading->open) || reading->open->slices->len == 0)
        return true;
    return g_unichar_isalnum(first) && !g_unichar_islower(first) && !line.line->list;
}

/* The line above asked something and was not answered yet. */
static bool
waits(const ParsersContext *reading)
{
    return reading->open != NULL && reading->open->field != NULL &&
           reading->open->slices->len == 0 && !reading->gap;
}

/* A line that looks like a heading, or reads like one that we know. */
static bool
take_heading(ParsersContext *reading, ParsersSlice line, const char *text,
             const ParsersSplit *split)
{
    const bool styled = line.line->heading > 0;
    const guint count = parsers_flow_count(text);
    const bool strong =
        parsers_flow_strong(line) || (reading->counted > 0 && count == reading->counted + 1 &&
                                      split->label.kind != PARSERS_LABEL_FIELD);
    const bool asks = g_str_has_suffix(text, ":") || g_str_has_suffix(text, "?");
    const bool whole = split->label.kind == PARSERS_LABEL_NONE || split->rest >= line.to;

    if (strlen(text) > HEADING_BYTES_MAX || parsers_line_controls(line.line) > 0 || text[0] == '\0')
        return false;
    if (!styled && ((!whole && !strong) || !starts_afresh(reading, line)))
        return false;
    /* Where headings are dressed, or answers stand below, a plain word below a label is its
     * answer: "Mother". */
    if (!styled && !strong && waits(reading) &&
        (reading->styled || (reading->below >= BELOW_LEAST && strchr(text, ' ') == NULL)))
        return false;
    if (split->label.kind == PARSERS_LABEL_FIELD && asks && split->label.score >= 0.9)
        return false;
    /* Where headings are dressed as such, a plain line is a question. */
    if (!styled && !line.line->bold && reading->styled &&
        split->label.kind == PARSERS_LABEL_FIELD && split->label.score >= 0.95)
        return false;
    if (!styled) {
        ParsersHeading heading = parsers_lexicon_heading(reading->form->lexicon, text);

        if (split->label.kind == PARSERS_LABEL_FIELD && split->label.score > heading.score)
            return false;
        /* "What are they called?" is asked of somebody, whoever else may be asked so. */
        if (g_str_has_suffix(text, "?") && heading.score < 0.9)
            return false;
        /* It opens what is open: rather one of the questions there, "Position held (coach ...)". */
        if (split->label.kind == PARSERS_LABEL_FIELD && split->label.score >= 0.97 && !strong &&
            heading.section != NULL && heading.section == reading->section &&
            !heading.section->repeats)
            return false;
        if (heading.score < (strong ? PARSERS_LEXICON_NAMED : 0.85))
            return false;
    }
    reading->styled = reading->styled || styled || line.line->bold;
    parsers_context_heading(reading, text, styled || strong);
    reading->counted = count;
    if (!parsers_context_closed(reading))
        open_by_heading(reading, text, &line.line->place);
    return true;
}

/* A line without a label goes on with the answer before it, or is nobody's. */
static void
take_more(ParsersContext *reading, ParsersSlice line, bool in_cell)
{
    ParsersAnswer *open = reading->open;

    if (open == NULL)
        return;
    /* Below an empty line comes something else, unless there is much to tell. */
    if (!in_cell && reading->gap && !is_story(open) && open->slices->len == 0)
        return;
    if (parsers_flow_drop_printed(reading, open, line)) {
        add_slice(open, line);
        return;
    }
    if (open->slices->len == 0) {
        if (parsers_flow_guidance(reading, line))
            return;
        if (!in_cell && !is_story(open) && line.to - line.from > 200)
            return;
        add_slice(open, line);
        open->below = !in_cell;
        reading->below += open->below;
        return;
    }
    if (in_cell || is_story(open) || parsers_flow_runs_on(reading, line))
        add_slice(open, line);
}

/* A question that we do not know: where it ends, or 0. */
static gsize
question_end(const ParsersContext *reading, ParsersSlice line)
{
    static const char *const openings[] = {
        "have ", "has ",   "did ",  "does ", "do ",  "is ",    "are ", "was ",   "were ",  "what ",
        "who ",  "where ", "when ", "how ",  "why ", "would ", "can ", "which ", "please "};
    const char *text = line.line->text;
    const gsize stop = MIN(line.to, line.from + 140);
    gsize at = line.from;
    bool asks = false;
    bool bold = false;

    if (line.from >= line.to)
        return 0;
    bold = (line.line->flags[line.from] & PARSERS_SPAN_BOLD) != 0;
    if (line.to - line.from < 60 && line.to > line.from + 3 && text[line.to - 1] == '-' &&
        text[line.to - 2] == ' ')
        return line.to;
    while (at < stop && text[at] != ':' && text[at] != '?')
        at++;
    if (at >= stop || !starts_afresh(reading, line))
        return 0;
    if (text[at] == ':' && at - line.from > 60)
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS(openings); i++)
        asks = asks || g_ascii_strncasecmp(text + line.from, openings[i], strlen(openings[i])) == 0;
    if (text[at] == '?' && !asks && !bold)
        return 0;
    /* Stories hold questions too; one printed on the form has words that our labels have. */
    if (is_story(reading->open) && !bold && parsers_flow_quotes(line, at))
        return 0;
    if (is_story(reading->open) && !bold) {
        g_autofree char *asked = g_strndup(text + line.from, at - line.from);

        /* A label that we know further on shows that the line is the form's. */
        if (parsers_lexicon_label(reading->form->lexicon, asked, reading->section).score < 0.65 &&
            parsers_flow_next_label(reading, parsers_slice_cut(line, at + 1, line.to), true) >=
                line.to)
            return 0;
    }
    return at + 1;
}

/* A label we do not know, but that looks like one, ends the answer before it. */
static bool
take_stranger(ParsersContext *reading, ParsersSlice line)
{
    ParsersLabel label = {0};
    ParsersAnswer *answer = NULL;
    g_autofree char *words = NULL;
    ParsersSplit split = {0};
    ParsersSlice rest = {0};
    gsize end = 0;
    gsize next = 0;

    if (reading->open == NULL && reading->known == 0)
        return false;
    end = question_end(reading, line);
    if (end == 0)
        return false;
    words = g_strndup(line.line->text + line.from, end - line.from);
    /* "For example: mum, dad, neighbour", below a question. */
    if (reading->open != NULL && reading->open->slices->len == 0 &&
        parsers_lexicon_guidance(reading->form->lexicon, words))
        return false;
    label = parsers_context_stranger(reading, words);
    answer = parsers_context_answer(reading, &label, words, &line.line->place);
    rest = parsers_slice_cut(line, end, line.to);
    next = parsers_flow_next_label(reading, rest, false);
    add_slice(answer, parsers_slice_cut(rest, rest.from, next));
    rest = parsers_slice_cut(rest, next, rest.to);
    split = rest.from < rest.to ? parsers_flow_split(reading, rest) : split;
    if (split.label.kind != PARSERS_LABEL_NONE)
        take_rest(reading, rest, &split);
    return true;
}

/* Boxes one below the other are the options of one question. */
static bool
goes_on_with_boxes(const ParsersContext *reading)
{
    const GArray *slices = reading->open->slices;
    const ParsersSlice *last = &g_array_index(slices, ParsersSlice, slices->len - 1);
    const char *text = last->line->text + last->from;

    return reading->open->field->type == PARSERS_TYPE_CHOICE && !reading->gap &&
           (g_str_has_prefix(text, PARSERS_LINE_BOX) ||
            g_str_has_prefix(text, PARSERS_LINE_TICKED));
}

/* A control that stands alone answers the label before it, or says itself what it asks. */
static bool
take_bare_control(ParsersContext *reading, ParsersSlice line)
{
    const char *text = line.line->text + line.from;
    const bool boxes =
        g_str_has_prefix(text, PARSERS_LINE_BOX) || g_str_has_prefix(text, PARSERS_LINE_TICKED);

    if (!boxes && (parsers_line_controls(line.line) == 0 || *text != PARSERS_LINE_ANSWER))
        return false;
    if (reading->open != NULL && reading->open->field != NULL &&
        (reading->open->slices->len == 0 || (boxes && goes_on_with_boxes(reading)))) {
        g_array_append_val(reading->open->slices, line);
        return true;
    }
    return !boxes && parsers_flow_controls(reading, line);
}

/* In the middle of a story only what clearly is a label ends it. */
static bool
breaks_story(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *split)
{
    if (!is_story(reading->open) || reading->open->slices->len == 0)
        return true;
    if (!starts_afresh(reading, line) ||
        (!line.line->bold && parsers_flow_quotes(line, split->label_end)))
        return false;
    if (split->label.kind == PARSERS_LABEL_ELSEWHERE)
        return line.line->text[split->label_end] == ':' && split->label.score >= 0.99;
    return parsers_flow_firm(line, split) || (split->exact && split->label.score >= 0.95);
}

/* A word below a label that would be a label too, such as "Dad" below "Relationship". */
static bool
answers_label(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *split,
              bool in_cell)
{
    const ParsersAnswer *open = reading->open;

    if (open == NULL || open->field == NULL || open->slices->len > 0 || split->rest < line.to ||
        parsers_flow_firm(line, split) || line.line->bold)
        return false;
    /* "Boy", below "Are they a boy or a girl?" */
    if (split->label.bare && open->field->type == PARSERS_TYPE_GENDER)
        return true;
    return in_cell || split->label.kind != PARSERS_LABEL_FIELD || reading->dressed;
}

/* Begins like the open question, which has no answer yet. */
static bool
repeats(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *split)
{
    const ParsersAnswer *open = reading->open;

    return open != NULL && open->field != NULL && open->slices->len == 0 &&
           split->label.field == open->field && !parsers_flow_firm(line, split);
}

/* "Name of the school or club", below "Where do they work?": no answer. */
static bool
asks_again(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *split)
{
    return repeats(reading, line, split) && reading->open->field->type != PARSERS_TYPE_BIRTH &&
           split->exact && split->rest >= line.to && split->label.score >= 0.95 &&
           split->label.words > 2 && split->label.strange == 0;
}

/* "8 years old", below "When were they born?" */
static bool
tells_age(const ParsersContext *reading, ParsersSlice line, const ParsersSplit *split)
{
    return repeats(reading, line, split) && reading->open->field->type == PARSERS_TYPE_BIRTH &&
           strpbrk(line.line->text + line.from, "0123456789") != NULL;
}

/* "I confirm that ...": the one who signs says so, and the date behind it is the form's. */
static bool
take_declaration(ParsersContext *reading, const char *text)
{
    if (is_story(reading->open) && reading->open->slices->len > 0 && !reading->gap &&
        !parsers_flow_vouches(text))
        return false;
    if (!parsers_lexicon_declaration(reading->form->lexicon, text))
        return false;
    reading->open = NULL;
    reading->signature = true;
    return true;
}

/* "A: Stepdad", below the question. */
static bool
take_marked(ParsersContext *reading, ParsersSlice line)
{
    const gsize mark = reading->marked ? parsers_flow_marked(line, "answer") : 0;

    if (mark == 0 || reading->open == NULL)
        return false;
    line = parsers_slice_cut(line, line.from + mark, line.to);
    add_slice(reading->open, line);
    reading->open->beside = true;
    return true;
}

static void
read_line(ParsersContext *reading, ParsersSlice line, bool in_cell)
{
    const gsize mark = parsers_flow_marked(line, "question");
    g_autofree char *text = NULL;
    ParsersSplit split = {0};

    reading->marked = reading->marked || mark > 0;
    line = parsers_slice_cut(line, line.from + mark, line.to);
    if (line.from >= line.to)
        return;
    text = in_cell ? NULL : parsers_slice_text(line);
    if (!in_cell && (is_title(reading, text) || take_marked(reading, line)))
        return;
    if (!in_cell && (parsers_flow_marking(line) || parsers_flow_office(text) ||
                     take_declaration(reading, text)))
        return;
    if (parsers_flow_forbids(line) && !(is_story(reading->open) && reading->open->slices->len > 0))
        return;
    if (take_bare_control(reading, line))
        return;
    split = parsers_flow_split(reading, line);
    if ((!in_cell && parsers_flow_subtitle(reading, line, &split)) ||
        asks_again(reading, line, &split))
        return;
    if (split.label.kind != PARSERS_LABEL_NONE &&
        (tells_age(reading, line, &split) || answers_label(reading, line, &split, in_cell)))
        split = (ParsersSplit){0};
    if (split.label.kind != PARSERS_LABEL_NONE && !breaks_story(reading, line, &split))
        split = (ParsersSplit){0};
    if (!in_cell && take_heading(reading, line, text, &split))
        return;
    if (split.label.kind == PARSERS_LABEL_NONE && !in_cell && starts_afresh(reading, line) &&
        !(reading->dressed && waits(reading)))
        split = parsers_flow_columns(reading, line);
    if (parsers_context_closed(reading))
        return;
    if (in_cell && is_story(reading->open) && reading->open->slices->len > 0 &&
        (line.line->flags[line.from] & PARSERS_SPAN_BOLD) == 0)
        split.label.kind = PARSERS_LABEL_NONE;
    if (split.label.kind != PARSERS_LABEL_NONE)
        take_rest(reading, line, &split);
    else if (!take_stranger(reading, line) && !parsers_flow_controls(reading, line))
        take_more(reading, line, in_cell);
}

void
parsers_flow_line(ParsersContext *reading, const ParsersLine *line)
{
    read_line(reading, parsers_slice(line), false);
    reading->gap = line->length == 0;
}

bool
parsers_flow_question(const ParsersContext *reading, ParsersSlice line)
{
    return question_end(reading, line) > 0;
}

/* A bold line above others that are not: a label, even if we do not know it word for word. */
static bool
begin_stranger(ParsersContext *reading, ParsersSlice line)
{
    g_autofree char *text = parsers_slice_text(line);
    ParsersLabel label = {0};

    if (!line.line->bold)
        return false;
    label = parsers_context_stranger(reading, text);
    if (label.kind != PARSERS_LABEL_FIELD)
        return false;
    parsers_context_answer(reading, &label, text, &line.line->place);
    return true;
}

bool
parsers_flow_cell(ParsersContext *reading, const GPtrArray *lines)
{
    bool began = false;

    for (guint i = 0; i < lines->len; i++) {
        ParsersSlice line = parsers_slice(g_ptr_array_index(lines, i));

        if (line.from >= line.to)
            continue;
        if (!began && parsers_flow_split(reading, line).label.kind == PARSERS_LABEL_NONE) {
            if (i + 1 >= lines->len || !begin_stranger(reading, line))
                return false;
            began = true;
            continue;
        }
        began = true;
        read_line(reading, line, true);
    }
    reading->open = NULL;
    return began;
}
