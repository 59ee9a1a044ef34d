/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/text.h - plain text into the neutral document.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 3676 (format=flowed); doc/reading.md
 */
#ifndef PARSERS_TEXT_H
#define PARSERS_TEXT_H

#include "parsers/document.h"

typedef enum {
    PARSERS_TEXT_FIXED,        /* lines as they were typed, perhaps broken at some 72 columns */
    PARSERS_TEXT_FLOWED,       /* format=flowed */
    PARSERS_TEXT_FLOWED_DELSP, /* format=flowed; delsp=yes */
} ParsersTextFormat;

/* Read plain text: one paragraph for each logical line.
 *
 * text:   valid UTF-8; borrowed.  limits: borrowed, must outlive the document.
 *
 * Lines that were broken by a mail program are joined again; tabs stay.  Marks of quotation are
 * taken off, and what they marked gets PARSERS_REGION_QUOTE, as does everything below the head of
 * another mail ("-----Original Message-----").
 *
 * Errors: PARSERS_ERROR_LIMIT  naming the limit that was reached */
bool parsers_text_read(const char *text, ParsersTextFormat format, const ParsersLimits *limits,
                       ParsersDocument **out_document, GError **error);

#endif
