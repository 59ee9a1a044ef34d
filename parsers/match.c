/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/match.c - a document and the definitions in, the fields of a form out.
 *
 * Definitions read the document, the likeliest first; the one that explains it best
 * says what form it is.  Values are made only then.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/match.h"

#include "parsers/context.h"
#include "parsers/evidence.h"
#include "parsers/fields.h"
#include "parsers/flow.h"
#include "parsers/stack.h"
#include "parsers/table.h"

#include <string.h>

#define KNOWN_LEAST 5u        /* labels that make a document a form */
#define KNOWN_LEAST_TITLED 3u /* the same under a title that we know */
#define STRANGERS_LEAST 6u    /* labels without a field that make it a form that we do not know */
#define HEARD_LEAST 2u        /* labels that one definition hears if any other hears a form */
#define TITLE_WEIGHT 6.0
#define KNOWN_WEIGHT 0.1 /* of a label that was met */
#define KNOWN_MORE                                                                                 \
    10u /* labels that one definition knows and another does not, and as many again */
#define LEAD_LEAST 3.0 /* weight of words that puts a definition before the first one */

static void
read_lines(ParsersContext *reading, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len;) {
        const guint stacked = parsers_stack_read(reading, lines, i);

        if (stacked == 0)
            parsers_flow_line(reading, g_ptr_array_index(lines, i));
        i += MAX(stacked, 1u);
    }
}

/* Lines of paragraphs between two tables are read as one: what follows may tell what a line is. */
static void
read_blocks(ParsersContext *reading, const GPtrArray *blocks)
{
    GPtrArray *lines = parsers_context_lines(reading);

    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        if (block->region == PARSERS_REGION_HEADER || block->region == PARSERS_REGION_FOOTER)
            continue;
        if (block->kind == PARSERS_BLOCK_TABLE) {
            read_lines(reading, lines);
            lines = parsers_context_lines(reading);
            parsers_table_read(reading, block);
        } else {
            parsers_line_add(lines, block);
        }
    }
    read_lines(reading, lines);
}

/* Read a document, and once more if that told whose the blocks are below headings that we do not
 * know. */
static ParsersContext *
read_document(const ParsersDefinition *form, const GPtrArray *blocks)
{
    g_autoptr(ParsersContext) first = parsers_context_new(form, NULL);
    ParsersContext *second = NULL;

    read_blocks(first, blocks);
    if (!parsers_whose_decide(first->whose))
        return g_steal_pointer(&first);
    second = parsers_context_new(form, first->whose);
    read_blocks(second, blocks);
    second->given = NULL;
    return second;
}

static bool
asked(const ParsersContext *reading, const char *key)
{
    for (guint i = 0; i < reading->answers->len; i++) {
        const ParsersAnswer *answer = g_ptr_array_index(reading->answers, i);

        if (answer->field != NULL && strcmp(answer->field->key, key) == 0)
            return true;
    }
    return false;
}

/* How well a definition explains the document. */
static double
weigh(const ParsersContext *reading, double words)
{
    const ParsersDefinition *form = reading->form;
    double weight = words + (reading->title >= 0.6 ? reading->title * TITLE_WEIGHT : 0);

    for (guint i = 0; i < form->asks->len; i++) {
        const ParsersEvidence *evidence = g_ptr_array_index(form->asks, i);

        if (asked(reading, evidence->text))
            weight += evidence->weight;
    }
    return weight + KNOWN_WEIGHT * reading->known;
}

/* The most that a definition could weigh, by what another one heard: of a question that both have
 * they hear the same. */
static double
weigh_at_most(const ParsersDefinition *form, double words, const ParsersContext *other)
{
    double weight = words + TITLE_WEIGHT + KNOWN_WEIGHT * (2 * other->known + KNOWN_MORE);

    for (guint i = 0; i < form->asks->len; i++) {
        const ParsersEvidence *evidence = g_ptr_array_index(form->asks, i);
        const bool shared = parsers_definition_field(other->form, evidence->text) != NULL;

        if (shared ? asked(other, evidence->text) && evidence->weight > 0 : evidence->weight > 0)
            weight += evidence->weight;
    }
    return weight;
}

static bool
is_form(const ParsersContext *reading)
{
    const guint kinds = g_hash_table_size(reading->seen);

    return kinds >= KNOWN_LEAST || (reading->title >= 0.75 && kinds >= KNOWN_LEAST_TITLED);
}

static bool
is_nothing(const ParsersContext *reading)
{
    return g_hash_table_size(reading->seen) < HEARD_LEAST && reading->title < 0.6 &&
           reading->others->len < STRANGERS_LEAST;
}

/* ---- One document and all definitions ---- */

typedef struct {
    const GPtrArray *forms;
    const ParsersDocument *document;
    double *words;             /* weight of the evidence for each, owned */
    ParsersContext **readings; /* or NULL, owned */
} Match;

/* Words alone say which definition to try first; prose is read with the first one. */
static guint
find_lead(Match *match)
{
    guint lead = 0;

    parsers_evidence_weigh(match->forms, match->document, match->words);
    for (guint i = 0; i < match->forms->len; i++)
        if (match->words[i] > match->words[lead] + (lead == 0 ? LEAD_LEAST : 0))
            lead = i;
    return lead;
}

static ParsersContext *
read_with(Match *match, guint index)
{
    ParsersContext *reading = match->readings[index];

    if (reading == NULL) {
        reading = read_document(g_ptr_array_index(match->forms, index),
                                parsers_document_blocks(match->document));
        match->readings[index] = reading;
    }
    return reading;
}

/* The reading that explains the document best, or NULL if it is no form. */
static const ParsersContext *
find_best(Match *match)
{
    const guint lead = find_lead(match);
    const ParsersContext *first = read_with(match, lead);
    const bool sure = is_form(first);
    const double enough = sure ? weigh(first, match->words[lead]) : 0;
    const ParsersContext *best = NULL;
    double weight = 0;

    for (guint i = 0; i < match->forms->len; i++) {
        const ParsersContext *reading = NULL;
        double now = 0;

        /* Reading is dear: not with a definition that cannot win. */
        if (sure && i != lead &&
            weigh_at_most(g_ptr_array_index(match->forms, i), match->words[i], first) < enough)
            continue;
        reading = read_with(match, i);
        /* All definitions share the people: one that hears nothing speaks for the others. */
        if (is_nothing(reading)) {
            if (best == NULL || !is_form(best))
                return NULL;
            continue;
        }
        now = weigh(reading, match->words[i]);
        if (best != NULL && now <= weight)
            continue;
        weight = now;
        best = reading;
    }
    return best;
}

ParsersForm *
parsers_match_document(const ParsersDefinitions *definitions, const ParsersDocument *document)
{
    Match match = {.forms = parsers_definitions_forms(definitions), .document = document};
    const ParsersContext *best = NULL;
    ParsersForm *form = NULL;

    if (match.forms->len == 0)
        return NULL;
    match.words = g_new0(double, match.forms->len);
    match.readings = g_new0(ParsersContext *, match.forms->len);
    best = find_best(&match);
    if (best != NULL && (is_form(best) || best->others->len >= STRANGERS_LEAST))
        form = parsers_fields_collect(best, is_form(best));
    for (guint i = 0; i < match.forms->len; i++)
        parsers_context_free(match.readings[i]);
    g_free(match.readings);
    g_free(match.words);
    return form;
}
