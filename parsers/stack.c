/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/stack.c - tables that became lines of plain text, each cell a line of its own.
 *
 * Only what leaves no doubt: heads that we know, a whole number of rows below them, no label
 * among the answers, and answers that look like what was asked.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/stack.h"

#include "parsers/flow.h"

#include <string.h>

#define LABEL_BYTES_MAX 60u
#define LINE_BYTES_MAX 110u /* of a label with what it takes in */
#define ANSWER_BYTES_MAX 120u
#define STORY_BYTES 50u /* of the first line of a story */
#define HEADS_LEAST 3u
#define HEADS_MAX 12u
#define ROWS_MAX 30u
#define PAIRS_LEAST 5u /* questions with their answers below that make a document a stack */
#define SURE 0.95

static const ParsersLine *
line_at(const GPtrArray *lines, guint at)
{
    return at < lines->len ? g_ptr_array_index(lines, at) : NULL;
}

/* Nothing but words: no dress, no border, no control. */
static bool
is_plain(const ParsersLine *line, gsize most)
{
    return line != NULL && line->length > 0 && line->length <= most && !line->bold &&
           line->heading == 0 && !line->list && parsers_line_controls(line) == 0 &&
           strchr(line->text, '\t') == NULL && strstr(line->text, PARSERS_LINE_BOX) == NULL &&
           strstr(line->text, PARSERS_LINE_TICKED) == NULL;
}

static bool
is_known(const ParsersLabel *label)
{
    return label->kind == PARSERS_LABEL_FIELD && label->score >= SURE && label->strange == 0;
}

/* "Action taken including by whom": up to what the question takes in. */
static char *
question_of(const char *text)
{
    static const char *const clauses[] = {" including ", " e.g. ", " such as ", " for example ",
                                          " ("};
    gsize length = strlen(text);

    for (guint i = 0; i < G_N_ELEMENTS(clauses); i++) {
        const char *clause = strstr(text, clauses[i]);

        length = clause != NULL ? MIN(length, (gsize)(clause - text)) : length;
    }
    return g_strndup(text, length);
}

/* Could a whole line be a question?  What it means is asked later: that is dear. */
static bool
may_ask(const ParsersLine *line)
{
    const char *text = NULL;

    if (!is_plain(line, LINE_BYTES_MAX))
        return false;
    text = line->text;
    return strchr(text, ':') == NULL && parsers_flow_count(text) == 0 &&
           strchr(".)", text[1]) == NULL;
}

/* What a whole line asks for; not FIELD if it is no question.  loose: known or not. */
static ParsersLabel
head_at(const ParsersContext *reading, const GPtrArray *lines, guint at, bool loose)
{
    const ParsersLine *line = line_at(lines, at);
    ParsersLabel label = {.kind = PARSERS_LABEL_NONE};
    g_autofree char *asked = NULL;

    if (!may_ask(line))
        return label;
    asked = question_of(line->text);
    if (strlen(asked) > LABEL_BYTES_MAX)
        return label;
    label = parsers_context_label(reading, line->text);
    if (label.kind == PARSERS_LABEL_NONE && loose)
        label = parsers_context_guess(reading, line->text);
    if (label.kind == PARSERS_LABEL_NONE && strlen(asked) < line->length)
        label = parsers_context_label(reading, asked);
    return label;
}

static bool
is_answer(const ParsersContext *reading, const GPtrArray *lines, guint at)
{
    const ParsersLine *line = line_at(lines, at);
    ParsersSplit split = {0};

    if (!is_plain(line, ANSWER_BYTES_MAX))
        return false;
    if (g_ascii_strncasecmp(line->text, "yes,", 4) == 0 ||
        g_ascii_strncasecmp(line->text, "no,", 3) == 0)
        return true;
    split = parsers_flow_split(reading, parsers_slice(line));
    if (split.label.kind == PARSERS_LABEL_NONE)
        return true;
    /* "Hill Academy" is no label, though "Academy" is. */
    return split.rest >= line->length && split.label.strange > 0 && split.label.score < SURE;
}

/* Does an answer look like what was asked? */
static bool
fits(const ParsersLabel *head, const ParsersLine *line)
{
    const char *text = line->text;
    const bool digits = strpbrk(text, "0123456789") != NULL;

    switch (head->field->type) {
    case PARSERS_TYPE_EMAIL:
        return strchr(text, '@') != NULL;
    case PARSERS_TYPE_PHONE:
    case PARSERS_TYPE_DATE:
    case PARSERS_TYPE_BIRTH:
        return digits && strchr(text, '@') == NULL;
    case PARSERS_TYPE_POSTCODE:
        return digits && strlen(text) <= 10;
    case PARSERS_TYPE_NAME:
        return !digits;
    case PARSERS_TYPE_GENDER:
        return !digits && strlen(text) <= 20;
    default:
        return strchr(text, '@') == NULL;
    }
}

static void
take(ParsersContext *reading, const ParsersLabel *head, const ParsersLine *asked,
     const ParsersLine *line)
{
    ParsersAnswer *answer = parsers_context_answer(reading, head, asked->text, &asked->place);
    const ParsersSlice slice = parsers_slice(line);

    g_array_append_val(answer->slices, slice);
    answer->below = true;
    reading->below++;
    reading->gap = false;
}

/* ---- Heads, then rows ---- */

typedef struct {
    ParsersLabel head[HEADS_MAX];
    guint n;
    guint first; /* line of the first head */
    guint rows;
} Stack;

/* A word may be an answer though it is a label, too: "Boy" below "M/F". */
static bool
is_cell(const ParsersContext *reading, const GPtrArray *lines, guint at, const Stack *stack)
{
    const ParsersLabel *head = &stack->head[(at - stack->first) % stack->n];

    return is_plain(line_at(lines, at), ANSWER_BYTES_MAX) &&
           (head->field->type == PARSERS_TYPE_GENDER || is_answer(reading, lines, at)) &&
           fits(head, line_at(lines, at));
}

/* Enough lines for the fewest heads and one row of answers, by their looks. */
static bool
may_stack(const GPtrArray *lines, guint at)
{
    for (guint i = 0; i < HEADS_LEAST * 2; i++)
        if (i < HEADS_LEAST ? !may_ask(line_at(lines, at + i))
                            : !is_plain(line_at(lines, at + i), ANSWER_BYTES_MAX))
            return false;
    return true;
}

static bool
find_heads(const ParsersContext *reading, const GPtrArray *lines, Stack *stack)
{
    guint known = 0;

    for (guint at = stack->first; stack->n < HEADS_MAX; at++) {
        const ParsersLabel head = head_at(reading, lines, at, stack->n > 0);

        if (head.kind != PARSERS_LABEL_FIELD || (stack->n == 0 && !is_known(&head)))
            break;
        for (guint i = 0; i < stack->n; i++)
            if (stack->head[i].field == head.field)
                return false;
        stack->head[stack->n++] = head;
        known += is_known(&head);
    }
    return stack->n >= HEADS_LEAST && known * 3 >= stack->n * 2;
}

static bool
find_rows(const ParsersContext *reading, const GPtrArray *lines, Stack *stack)
{
    const ParsersType last = stack->head[stack->n - 1].field->type;
    guint cells = 0;

    while (cells < ROWS_MAX * stack->n &&
           is_cell(reading, lines, stack->first + stack->n + cells, stack))
        cells++;
    stack->rows = cells / stack->n;
    if (cells == 0 || cells % stack->n != 0)
        return false;
    /* What looks like an answer of one row may be the many lines of the last one. */
    return stack->rows > 1 || (last != PARSERS_TYPE_ADDRESS && last != PARSERS_TYPE_TEXT);
}

static guint
read_rows(ParsersContext *reading, const GPtrArray *lines, const Stack *stack)
{
    const ParsersSectionDef *section = stack->head[0].field->section;
    guint at = stack->first + stack->n;
    guint base = 0;

    for (guint row = 1; row <= stack->rows; row++) {
        if (section->repeats)
            parsers_context_row(reading, section, row, &base);
        for (guint i = 0; i < stack->n; i++, at++)
            take(reading, &stack->head[i], line_at(lines, stack->first + i), line_at(lines, at));
    }
    reading->open = NULL;
    return at - stack->first;
}

/* ---- One question, and its answer below ---- */

/* By its looks: could this line be a question, and the next one its answer? */
static bool
may_pair(const GPtrArray *lines, guint at)
{
    return may_ask(line_at(lines, at)) && is_plain(line_at(lines, at + 1), ANSWER_BYTES_MAX);
}

static bool
is_pair(const ParsersContext *reading, const GPtrArray *lines, guint at)
{
    const ParsersLabel head = head_at(reading, lines, at, false);
    const bool elsewhere = head.kind == PARSERS_LABEL_ELSEWHERE && head.score >= SURE;

    return (is_known(&head) || elsewhere) && is_answer(reading, lines, at + 1);
}

/* The line has its answer behind a colon. */
static bool
answers_beside(const ParsersLine *line)
{
    const char *colon = strstr(line->text, ": ");

    return colon != NULL && (gsize)(colon - line->text) < LABEL_BYTES_MAX;
}

/* True if far more lines are answers below their question than beside it. */
static bool
find_stacked(const ParsersContext *reading, const GPtrArray *lines)
{
    guint pairs = 0;
    guint beside = 0;
    guint left = 0; /* that could be pairs */

    for (guint i = 0; i < lines->len; i++) {
        beside += answers_beside(line_at(lines, i));
        left += may_pair(lines, i);
    }
    for (guint i = 0; i < lines->len; i++) {
        if (pairs + left < PAIRS_LEAST || pairs + left <= 3 * beside)
            return false;
        if (!may_pair(lines, i))
            continue;
        left--;
        pairs += is_pair(reading, lines, i);
    }
    return pairs >= PAIRS_LEAST && pairs > 3 * beside;
}

static bool
is_stacked(ParsersContext *reading, const GPtrArray *lines)
{
    if (lines != reading->stacked_of)
        reading->stacked = find_stacked(reading, lines);
    reading->stacked_of = lines;
    return reading->stacked;
}

static guint
read_pair(ParsersContext *reading, const GPtrArray *lines, guint at)
{
    const ParsersLabel head = head_at(reading, lines, at, true);
    const ParsersLine *asked = line_at(lines, at);

    if (!is_known(&head) && !(head.kind == PARSERS_LABEL_FIELD && head.guessed))
        return 0;
    if (parsers_flow_guidance(reading, parsers_slice(line_at(lines, at + 1))))
        return 0;
    /* A story has many lines, which are read as stories are. */
    if (head.field->type == PARSERS_TYPE_TEXT) {
        if (line_at(lines, at + 1)->length < STORY_BYTES)
            return 0;
        parsers_context_answer(reading, &head, asked->text, &asked->place);
        reading->gap = false;
        return 1;
    }
    if (!is_answer(reading, lines, at + 1) || !fits(&head, line_at(lines, at + 1)))
        return 0;
    take(reading, &head, asked, line_at(lines, at + 1));
    return 2;
}

guint
parsers_stack_read(ParsersContext *reading, const GPtrArray *lines, guint at)
{
    Stack stack = {.first = at};

    if (!is_plain(line_at(lines, at), LINE_BYTES_MAX) || line_at(lines, at + 1) == NULL ||
        line_at(lines, at + 1)->length == 0 || parsers_context_closed(reading))
        return 0;
    if (may_stack(lines, at) && find_heads(reading, lines, &stack) &&
        find_rows(reading, lines, &stack))
        return read_rows(reading, lines, &stack);
    if (!is_stacked(reading, lines))
        return 0;
    return read_pair(reading, lines, at);
}
