/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-text.h - characters of a Word binary file into paragraphs, tables and spans.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.4
 */
#ifndef PARSERS_DOC_TEXT_H
#define PARSERS_DOC_TEXT_H

#include "parsers/doc-box.h"
#include "parsers/doc-file.h"
#include "parsers/rtf-flow.h"

/* What all texts of a file share; borrowed, except that the reader counts down. */
typedef struct {
    const ParsersDocFile *file;
    const ParsersLimits *limits;
    const GArray *styles; /* ParsersDocStyle */
    ParsersRtfBudget budget;
    gsize work_left; /* characters, and bytes of properties, that may still be looked at */
} ParsersDocSource;

typedef struct {
    guint32 start;          /* CP */
    guint32 end;            /* CP, behind the last character */
    ParsersDocBoxes *boxes; /* those that hang on its characters, or NULL */
    guint32 origin;         /* the CP from which the places of boxes count */
} ParsersDocStory;

/* Read a story into flow, which is finished afterwards.
 *
 * Errors: PARSERS_ERROR_DAMAGED, a field without end
 *         PARSERS_ERROR_LIMIT, the message names the limit */
bool parsers_doc_text_read(ParsersDocSource *source, const ParsersDocStory *story,
                           ParsersRtfFlow *flow, GError **error);

#endif
