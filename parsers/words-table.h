/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/words-table.h - the patterns of parsers/words.c.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#ifndef PARSERS_WORDS_TABLE_H
#define PARSERS_WORDS_TABLE_H

#include <glib.h>

/* Where a pattern looks. */
enum {
    PARSERS_WORDS_SUBJECT = 1 << 0,
    PARSERS_WORDS_TEXT = 1 << 1,
    PARSERS_WORDS_SIGNATURE = 1 << 2,
    PARSERS_WORDS_QUOTED = 1 << 3,
    PARSERS_WORDS_FORM = 1 << 4, /* what was told in a form: incident and wishes */
};

typedef struct {
    const char *signal;
    guint where;
    const char *pattern; /* PCRE2: caseless, multi-line, over folded text */
} ParsersWordsRow;

/* Ends with a row without a signal.  A signal may have several rows: any of them sets it. */
extern const ParsersWordsRow parsers_words_table[];

#endif
