/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/normalise.h - the words of a label, whatever its dress.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_NORMALISE_H
#define PARSERS_NORMALISE_H

#include <glib.h>
#include <stdbool.h>

/* The text with every run of white space as one blank, without zero-width and control
 * characters, without blanks at its ends.  Letters and quotes stay as they are; the caller frees.
 */
char *parsers_normalise_blanks(const char *text);

/* As above, line by line: empty lines are dropped, "\n" separates the rest; the caller frees. */
char *parsers_normalise_lines(const char *text);

/* Is there nothing but white space, such as the five en spaces of Word's empty text fields? */
bool parsers_normalise_is_blank(const char *text);

/* As g_utf8_casefold() of good UTF-8, which is mostly ASCII; the caller frees. */
char *parsers_normalise_casefold(const char *text);

/* The words of a label: NFKC, folded case, plain stems, no punctuation.
 *
 * hints: false leaves out what stands in brackets.
 *
 * Digits and single letters are kept, as words of their own.  The caller frees the array (of owned
 * strings) with g_ptr_array_unref(). */
GPtrArray *parsers_normalise_words(const char *label, bool hints);

/* As above, without memory for each: adds the words to a text, each with a NUL behind it, and
 * returns how many there are. */
guint parsers_normalise_pack(const char *label, bool hints, GString *out_words);

/* Letters that must change to make one word the other, neighbours swapped counting as one; more
 * than limit gives limit + 1.  Words longer than 32 bytes are never alike. */
guint parsers_normalise_distance(const char *one, const char *other, guint limit);

#endif
