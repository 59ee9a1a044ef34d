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

/* A page while it is interpreted. */
typedef struct {
    ParsersPdfSheet *sheet; /* with its size and its array set */
    const ParsersLimits *limits;
    bool sees_pictures; /* false where pictures, patterns and shadings are to be passed by unread */
    guint steps;        /* private */
    guint characters;   /* private */
} ParsersPdfRecording;

/* A device that gathers text as poppler's own does, and notes in the sheet what else is painted.
 *
 * recording: must outlive the device.
 *
 * The caller deletes. */
TextOutputDev *parsers_pdf_recorder_new(ParsersPdfRecording *recording);

/* For poppler to ask, every eleventh step, whether to stop: when a limit was reached.
 *
 * recording: a ParsersPdfRecording. */
bool parsers_pdf_recorder_is_over(void *recording);
}

#endif
