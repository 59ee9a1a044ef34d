/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search-parts.h - a text as the parts by which it is found.
 *
 * Runs in:  intake, staff pages.
 * Source:   doc/review.md, "Finding"
 */
#ifndef SPOOL_SEARCH_PARTS_H
#define SPOOL_SEARCH_PARTS_H

#include "spool/search.h"

/* What a part is; kinds never meet each other. */
typedef enum {
    SPOOL_PART_NAME,
    SPOOL_PART_WORD, /* of an address or a note */
    SPOOL_PART_DATE,
    SPOOL_PART_POSTCODE,
    SPOOL_PART_PHONE,
    SPOOL_PART_MAIL,
} SpoolPartKind;

typedef struct {
    SpoolPartKind kind;
    char *text; /* normalised */
} SpoolPart;

/* A text in parts, each once, at most max; kind is what words in it are that are nothing else.
 * Returns SpoolPart; owned. */
GPtrArray *spool_search_parts(const char *text, SpoolPartKind kind, guint max);

/* The name, and what it is short for ("sam": "samuel", "samantha"): two names that may be one
 * person's share one.  Returns char*; owned. */
GPtrArray *spool_search_full_names(const char *name);

/* The name, and each with one letter left out: two names that are one letter apart share one.
 * Names of fewer than four letters have none.  Returns char*; owned. */
GPtrArray *spool_search_near(const char *name);

#endif
