/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-contents.hh - what a PDF page is drawn with, unpacked in one piece.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 7.4
 */
#ifndef PARSERS_PDF_CONTENTS_HH
#define PARSERS_PDF_CONTENTS_HH

#include <glib.h>

#include <Object.h>

#include <vector>

/* What a stream becomes that is packed as pages usually are.
 *
 * bytes: the file that the stream is of.
 *
 * Empty when it is packed in any other way, is damaged, or becomes more than pages usually are:
 * then poppler must unpack it. */
std::vector<char> parsers_pdf_contents_unpack(const Object &stream, GBytes *bytes);

#endif
