/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/act.h - what people do with items: each act whole or not there, with who and why.
 *
 * An act begins with spool_act_begin() in a transaction; what it changes follows in the same one.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Acts"
 */
#ifndef SPOOL_ACT_H
#define SPOOL_ACT_H

#include "spool/item.h"

/* Who does what, to which item, as they saw it; all borrowed. */
typedef struct {
    const SpoolAccount *account;
    gint64 record_id;
    guint version;      /* of the item when they looked */
    const char *act;    /* a fixed word: "accept", "note" ... */
    const char *detail; /* fixed words and numbers as JSON, for the audit too; or NULL */
    const char *reason; /* their own words, sealed; or NULL */
} SpoolAct;

/* Begin an act, in the caller's open transaction: the item's next version, the row of the act, the
 * audit entry; its draft is gone.
 *
 * Errors: SPOOL_ERROR_STALE      somebody else changed the item meanwhile: show what it is now
 *         SPOOL_ERROR_NOT_FOUND  no such item, or not for this account
 *         SPOOL_ERROR_STATE      no transaction is open */
bool spool_act_begin(SpoolDb *db, const SpoolAct *act, GError **error);

/* What acts change; each only after spool_act_begin(), in the same transaction. */
bool spool_act_set_outcome(SpoolDb *db, gint64 record_id, const char *outcome, GError **error);
/* state: new open waiting closed; holder: account, or 0 for nobody. */
bool spool_act_set_state(SpoolDb *db, gint64 record_id, const char *state, gint64 holder,
                         GError **error);
bool spool_act_set_urgent(SpoolDb *db, gint64 record_id, GError **error); /* never taken back */
/* readers: gint64 ids of accounts that may see it, the list that is there is replaced; NULL: no
 * longer restricted. */
bool spool_act_set_readers(SpoolDb *db, gint64 record_id, const GArray *readers, GError **error);
/* Both ways; twice is harmless.  Errors: SPOOL_ERROR_NOT_FOUND, _STATE (with itself). */
bool spool_act_link(SpoolDb *db, gint64 record_id, gint64 other_id, GError **error);

typedef struct {
    gint64 id, at;
    char *who; /* as colleagues know them */
    char *act, *detail, *reason;
} SpoolActRow;
void spool_act_row_free(SpoolActRow *row);

/* What was done with an item, oldest first.  out_acts: SpoolActRow; owned. */
bool spool_act_list(SpoolDb *db, gint64 record_id, GPtrArray **out_acts, GError **error);
/* References and records of the items linked with one.  out_items: SpoolItem that account may see;
 * owned. */
bool spool_act_linked(SpoolDb *db, gint64 record_id, gint64 account, GPtrArray **out_items,
                      GError **error);

/* What somebody has begun to fill in, kept until the act is done; one for each account, item and
 * act.  text: at most SPOOL_DRAFT_MAX bytes; "" forgets it. */
#define SPOOL_DRAFT_MAX (64u * 1024)
bool spool_draft_put(SpoolDb *db, const SpoolAct *act, const char *text, GError **error);
/* out_text: NULL when there is none; the caller frees. */
bool spool_draft_get(SpoolDb *db, const SpoolAct *act, char **out_text, GError **error);

#endif
