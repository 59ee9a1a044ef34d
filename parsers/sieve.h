/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/sieve.h - which patterns could match in which lines of a text.
 *
 * Runs in:  postern-parser.
 * Source:   doc/deciding.md, "Signals"
 */
#ifndef PARSERS_SIEVE_H
#define PARSERS_SIEVE_H

#include <glib.h>
#include <stdbool.h>

#include "parsers/pattern.h"

#define PARSERS_SIEVE_PATTERNS 64u

typedef struct ParsersSieve ParsersSieve;

typedef struct {
    ParsersPatternSpan span;
    guint64 patterns; /* bit n: the n-th could match in here */
} ParsersSieveLine;

/* What is to be asked of a text. */
typedef struct {
    guint64 whole; /* patterns that could match anywhere in it, across its lines */
    guint64 some;  /* those, and all that could in one of the lines */
    GArray *lines; /* ParsersSieveLine, only those in which something could */
} ParsersSieved;

/* Can a word be looked up?  It has three characters or is a sign. */
bool parsers_sieve_knows(const char *word);

/* needs: of parsers_needs_of() for each pattern, at most PARSERS_SIEVE_PATTERNS; what of them is
 * NULL could match anywhere; borrowed.
 *
 * There is no way to free one: it is made once. */
ParsersSieve *parsers_sieve_new(GPtrArray *const *needs, guint n_patterns);

/* Walk once along a text (UTF-8).  What the answer leaves out cannot match: certainly.
 *
 * out_sieved: cleared with parsers_sieved_clear(). */
void parsers_sieve_look(const ParsersSieve *sieve, const char *text, gsize length,
                        ParsersSieved *out_sieved);

void parsers_sieved_clear(ParsersSieved *sieved);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ParsersSieved, parsers_sieved_clear)

#endif
