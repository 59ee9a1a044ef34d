/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/read.h - which reader makes a document of which type.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_READ_H
#define PARSERS_READ_H

#include "parsers/document.h"

typedef struct {
    ParsersDocument *document; /* owned by the caller */
    const char *format; /* as forms say it: docx doc odt rtf pdf pdf-form html text; static */
    bool scanned;       /* only pictures of pages, nothing to read */
} ParsersReading;

/* Is there a reader for this type of parsers/sniff.h? */
bool parsers_read_knows(const char *type);

/* Read a file of that type.
 *
 * Errors: PARSERS_ERROR_UNSUPPORTED  no reader, or the reader says so
 *         and those of the reader */
bool parsers_read_document(const char *type, GBytes *bytes, const ParsersLimits *limits,
                           ParsersReading *out_reading, GError **error);

#endif
