/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-chunk.h - files of another format that a Word document is partly made of.
 *
 * Runs in:  postern-parser.
 * Source:   ECMA-376 part 1, 17.17.2.1 (altChunk)
 */
#ifndef PARSERS_DOCX_CHUNK_H
#define PARSERS_DOCX_CHUNK_H

#include "parsers/document.h"

/* Read such a file: HTML, a web archive, RTF, text or OpenDocument, known by its bytes.
 *
 * Errors: PARSERS_ERROR_DAMAGED, of a format that is not read here
 *         and those of the reader */
bool parsers_docx_chunk_read(GBytes *bytes, const ParsersLimits *limits,
                             ParsersDocument **out_document, GError **error);

#endif
