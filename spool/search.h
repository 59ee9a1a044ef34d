/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search.h - finding records by names, dates, addresses and numbers that lie encrypted.
 *
 * Stored are eight bytes of a keyed hash of each, so that the database tells nobody who is in it.
 *
 * Runs in:  intake (stores), staff pages (stores corrections, finds).
 * Source:   doc/review.md, "Finding"
 */
#ifndef SPOOL_SEARCH_H
#define SPOOL_SEARCH_H

#include "spool/item.h"

/* Whose name or number it is. */
typedef enum {
    SPOOL_SEARCH_ANYBODY, /* in a query; not stored */
    SPOOL_SEARCH_ADULT,
    SPOOL_SEARCH_CHILD,
    SPOOL_SEARCH_REFERRER, /* or whoever sent the mail */
    SPOOL_SEARCH_OTHER,
} SpoolSearchRole;

/* How well a part of a query met what is stored; the best first. */
typedef enum {
    SPOOL_SEARCH_SAME,
    SPOOL_SEARCH_NICKNAME, /* Bob and Robert */
    SPOOL_SEARCH_NEAR,     /* one letter wrong, missing or too many */
} SpoolSearchHow;

/* Store what a record can be found by of what staff typed, in the open transaction when there is
 * one: each word of it, met as a name would be.  text: may be NULL. */
bool spool_search_store_typed(SpoolDb *db, gint64 record_id, const char *text, GError **error);
/* Is what stands under this key found at all, whoever wrote it? */
bool spool_search_knows(const char *key);
/* Store the words of all that staff typed so far: spools before version 11 kept fewer.  Inside a
 * transaction; done twice it does no harm. */
bool spool_search_mend(SpoolDb *db, GError **error);

#define SPOOL_SEARCH_PARTS 12u /* of a query; more are not looked at */

typedef struct {
    SpoolItem *item;
    SpoolSearchHow how; /* the worst that any part was met by */
    guint roles;        /* bits (1 << SpoolSearchRole): whose it is */
    /* How each part was met, and whose it was, in the order of spool_search_parts(); all 0 when the
     * query was a reference. */
    guint8 hows[SPOOL_SEARCH_PARTS], whose[SPOOL_SEARCH_PARTS];
} SpoolSearchHit;
void spool_search_hit_free(SpoolSearchHit *hit);

typedef struct {
    const char *text;     /* as typed: names, a date, a number, a post code, a reference */
    SpoolSearchRole role; /* whose; ANYBODY: anybody's */
    gint64 account;       /* who looks */
    gint64 except;        /* a record that is not wanted, or 0 */
    guint max;
} SpoolSearchQuery;

/* The records that have all parts of a query, the best met first, then the newest.
 *
 * out_hits: SpoolSearchHit; owned.  Empty when text has no part to look for. */
bool spool_search_find(SpoolDb *db, const SpoolSearchQuery *query, GPtrArray **out_hits,
                       GError **error);

#endif
