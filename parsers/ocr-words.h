/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-words.h - what Tesseract reads in a picture, character by character.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_OCR_WORDS_H
#define PARSERS_OCR_WORDS_H

#include "parsers/picture.h"

typedef struct {
    GArray *glyphs;    /* ParsersPdfGlyph, in pixels */
    GHashTable *sure;  /* each word, to the per cent that it is sure of at best */
    double confidence; /* 0 to 1, mean of all characters */
} ParsersOcrWords;

/* Load Tesseract's model; the process must still be able to open files.  False when there is none:
 * then nothing is ever read. */
bool parsers_ocr_words_load(void);

/* A word as it stands in `sure`: without the marks around it; the caller frees. */
char *parsers_ocr_words_bare(const char *word);

/* Microseconds of processor time that this process has used. */
gint64 parsers_ocr_words_clock(void);

/* Read a picture.
 *
 * picture: borrowed.
 * wait_ms: processor time that it may take.
 *
 * Errors: PARSERS_ERROR_UNSUPPORTED  no model was loaded
 *         PARSERS_ERROR_LIMIT        it took too long */
bool parsers_ocr_words_read(const ParsersPicture *picture, guint wait_ms,
                            ParsersOcrWords *out_words, GError **error);
void parsers_ocr_words_clear(ParsersOcrWords *words); /* frees what is in it */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ParsersOcrWords, parsers_ocr_words_clear)

#endif
