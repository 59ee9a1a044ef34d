/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/reference.h - references such as LADO-7K3M-Q9TR.
 *
 * Seven random characters of Crockford's base 32 and a check character by Luhn
 * modulo 32 over the alphabet's order.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "References"; doc/spool.md
 */
#ifndef SPOOL_REFERENCE_H
#define SPOOL_REFERENCE_H

#include <glib.h>
#include <stdbool.h>

/* A new random reference; the caller frees.  prefix: LADO, RFS, OT or CON. */
char *spool_reference_new(const char *prefix);

/* The canonical form of a reference in any case, with or without hyphens, O read as 0, I and L as
 * 1; NULL if it is none or its check character is wrong.  The caller frees. */
char *spool_reference_canonical(const char *text);

/* The eight characters of a canonical reference without prefix and hyphens: what tells it from all
 * others, whatever the prefix; the caller frees. */
char *spool_reference_code(const char *canonical);

#endif
