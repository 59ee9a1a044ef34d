/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-phrases.h - the examples that the model of labels learns from.
 *
 * Runs in:  parsers/label-train, while Postern is built.
 * Source:   templates/forms/phrases.txt
 */
#ifndef PARSERS_LABEL_PHRASES_H
#define PARSERS_LABEL_PHRASES_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    GPtrArray *keys;     /* char*: the classes; the first is "-", no field */
    GArray *examples;    /* ParsersLabelExample */
    GStringChunk *texts; /* of the examples */
} ParsersLabelPhrases;

typedef struct {
    const char *text;
    const char *section; /* whose heading is in force, or "" */
    guint key;           /* position in keys */
} ParsersLabelExample;

/* The next number of a row that is the same each time. */
guint32 parsers_label_phrases_chance(guint64 *seed);

/* Read the phrases and write out what they stand for; the same file always makes the same examples.
 *
 * text: changed.
 *
 * Returns NULL when the file is not understood, out_line being the line.  The caller frees. */
ParsersLabelPhrases *parsers_label_phrases_read(char *text, guint *out_line);
void parsers_label_phrases_free(ParsersLabelPhrases *phrases);

#endif
