/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/evidence.c - which words of a document speak for a definition, and which against.
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

    for (guint f = 0; f < forms->len; f++) {
        const ParsersDefinition *form = g_ptr_array_index(forms, f);

        out_weights[f] = 0;
        for (guint i = 0; i < form->evidence->len; i++) {
            const ParsersEvidence *evidence = g_ptr_array_index(form->evidence, i);

            if (strstr(text, evidence->text) != NULL)
                out_weights[f] += evidence->weight;
        }
    }
}
