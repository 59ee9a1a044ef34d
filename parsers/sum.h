/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/sum.h - the SHA-256 of a file, by which it is known.
 *
 * Runs in:  postern-parser.
 * Source:   FIPS 180-4
 */
#ifndef PARSERS_SUM_H
#define PARSERS_SUM_H

#include <glib.h>

/* Load what the library loads, before the cage closes. */
void parsers_sum_warm_up(void);

/* Of bytes that lie in memory, in hexadecimal.  The caller frees. */
char *parsers_sum_of(const void *data, gsize size);

/* Of bytes that come piece by piece. */
typedef struct ParsersSum ParsersSum;
ParsersSum *parsers_sum_new(void);
void parsers_sum_add(ParsersSum *sum, const void *data, gsize size);

/* Frees the sum; the caller frees what it was. */
char *parsers_sum_finish(ParsersSum *sum);

#endif
