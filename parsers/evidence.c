/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/evidence.c - which words of a document speak for a definition, and which against.
 *
 * The definitions have a hundred of them, of which a document has few: what runs of three
 * letters it has is found out first, so that the others need not be looked for.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/evidence.h"

#include "parsers/denial.h"
#include "parsers/normalise.h"

#include <string.h>

#define EVIDENCE_BYTES_MAX 20000u
#define RUN_LETTERS 3u
#define LETTER_BITS 5u /* of each that tell the small letters apart */
#define RUNS (1u << (RUN_LETTERS * LETTER_BITS))

/* A bit for each run of three letters that a text has. */
typedef struct {
    guint64 bits[RUNS / 64];
} Runs;

/* The run that ends with a letter, from the one before it. */
static guint
next_run(guint run, char letter)
{
    return (run << LETTER_BITS | ((guchar)letter & ((1u << LETTER_BITS) - 1))) & (RUNS - 1);
}

static void
find_runs(const char *text, Runs *out_runs)
{
    guint run = 0;

    memset(out_runs, 0, sizeof *out_runs);
    for (const char *p = text; *p != '\0'; p++) {
        run = next_run(run, *p);
        out_runs->bits[run / 64] |= G_GUINT64_CONSTANT(1) << (run % 64);
    }
}

/* Could the words be in the text?  False is certain, true is not. */
static bool
may_have(const Runs *runs, const char *words)
{
    guint run = 0;
    guint letters = 0;

    for (const char *p = words; *p != '\0'; p++) {
        run = next_run(run, *p);
        if (++letters >= RUN_LETTERS && (runs->bits[run / 64] >> (run % 64) & 1) == 0)
            return false;
    }
    return true;
}

/* What the document says, in small letters; the caller frees. */
static char *
text_of(const ParsersDocument *document)
{
    g_autofree char *all = parsers_document_text(document);
    g_autofree char *valid = NULL;
    g_autofree char *folded = NULL;

    /* What is cut off may be half a character. */
    if (strnlen(all, EVIDENCE_BYTES_MAX) == EVIDENCE_BYTES_MAX)
        valid = g_utf8_make_valid(all, EVIDENCE_BYTES_MAX);
    folded = parsers_normalise_casefold(valid != NULL ? valid : all);
    return parsers_denial_remove(folded);
}

void
parsers_evidence_weigh(const GPtrArray *forms, const ParsersDocument *document, double *out_weights)
{
    g_autofree char *text = text_of(document);
    Runs runs;

    find_runs(text, &runs);
    for (guint f = 0; f < forms->len; f++) {
        const ParsersDefinition *form = g_ptr_array_index(forms, f);

        out_weights[f] = 0;
        for (guint i = 0; i < form->evidence->len; i++) {
            const ParsersEvidence *evidence = g_ptr_array_index(form->evidence, i);

            if (may_have(&runs, evidence->text) && strstr(text, evidence->text) != NULL)
                out_weights[f] += evidence->weight;
        }
    }
}
