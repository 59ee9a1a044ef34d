/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/match.c - a document and the definitions in, the fields of a form out.
 *
 * Each definition reads the document; the one that explains it best says what form
 * it is.  Values are made only then.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/match.h"

#include "parsers/fields.h"
#include "parsers/flow.h"
#include "parsers/context.h"
#include "parsers/table.h"

#include <string.h>

#define KNOWN_LEAST 5u        /* labels that make a document a form */
#define KNOWN_LEAST_TITLED 3u /* the same under a title that we know */
#define STRANGERS_LEAST 6u    /* labels without a field that make it a form that we do not know */
#define HEARD_LEAST 2u        /* labels that one definition hears if any other hears a form */
#define EVIDENCE_BYTES_MAX 20000u

static void
read_blocks(ParsersContext *reading, const GPtrArray *blocks)
{
    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        if (block->region == PARSERS_REGION_HEADER || block->region == PARSERS_REGION_FOOTER)
            continue;
        if (block->kind == PARSERS_BLOCK_TABLE) {
            parsers_table_read(reading, block);
        } else {
            GPtrArray *lines = parsers_context_lines(reading);

            parsers_line_add(lines, block);
            for (guint j = 0; j < lines->len; j++)
                parsers_flow_line(reading, g_ptr_array_index(lines, j));
        }
    }
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
weigh(const ParsersContext *reading, const char *text)
{
    const ParsersDefinition *form = reading->form;
    double weight = reading->title >= 0.6 ? reading->title * 6 : 0;

    for (guint i = 0; i < form->evidence->len; i++) {
        const ParsersEvidence *evidence = g_ptr_array_index(form->evidence, i);

        if (strstr(text, evidence->text) != NULL)
            weight += evidence->weight;
    }
    for (guint i = 0; i < form->asks->len; i++) {
        const ParsersEvidence *evidence = g_ptr_array_index(form->asks, i);

        if (asked(reading, evidence->text))
            weight += evidence->weight;
    }
    return weight + 0.1 * reading->known;
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

/* What the document says, in small letters; the caller frees. */
static char *
evidence_text(const ParsersDocument *document)
{
    g_autofree char *all = parsers_document_text(document);
    g_autofree char *head = g_strndup(all, EVIDENCE_BYTES_MAX);
    g_autofree char *valid = g_utf8_make_valid(head, -1);

    return g_utf8_casefold(valid, -1);
}

ParsersForm *
parsers_match_document(const ParsersDefinitions *definitions, const ParsersDocument *document)
{
    const GPtrArray *forms = parsers_definitions_forms(definitions);
    g_autofree char *text = NULL;
    g_autoptr(ParsersContext) best = NULL;
    double weight = 0;

    for (guint i = 0; i < forms->len; i++) {
        g_autoptr(ParsersContext) reading = parsers_context_new(g_ptr_array_index(forms, i));
        double now = 0;

        read_blocks(reading, parsers_document_blocks(document));
        /* All definitions share the people: one that hears nothing speaks for the others. */
        if (is_nothing(reading)) {
            if (best == NULL || !is_form(best))
                return NULL;
            continue;
        }
        if (text == NULL)
            text = evidence_text(document);
        now = weigh(reading, text);
        if (best != NULL && now <= weight)
            continue;
        weight = now;
        parsers_context_free(g_steal_pointer(&best));
        best = g_steal_pointer(&reading);
    }
    if (best == NULL)
        return NULL;
    if (!is_form(best) && best->others->len < STRANGERS_LEAST)
        return NULL;
    return parsers_fields_collect(best, is_form(best));
}
