/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/denial.h - "this is not for allegations about staff": what a text says it is not.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_DENIAL_H
#define PARSERS_DENIAL_H

/* A text without the sentences in which it says what it is not, or not for.
 *
 * text: UTF-8 in small letters; borrowed.
 *
 * Of a sentence at most 80 characters before such words go, and 200 behind.  The caller frees. */
char *parsers_denial_remove(const char *text);

#endif
