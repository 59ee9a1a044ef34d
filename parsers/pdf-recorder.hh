/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-recorder.hh - the poppler device that a PDF page is read with.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_PDF_RECORDER_HH
#define PARSERS_PDF_RECORDER_HH

#include <glib.h>

#include <TextOutputDev.h>

extern "C" {
#include "parsers/pdf-source.h"

/* A device that gathers text as poppler's own does, and notes in sheet what else is painted.
 *
 * sheet:         with its size and its array set; must outlive the device.
 * sees_pictures: false where pictures, patterns and shadings are to be passed by unread.
 *
 * The caller deletes. */
TextOutputDev *parsers_pdf_recorder_new(ParsersPdfSheet *sheet, bool sees_pictures);
}

#endif
