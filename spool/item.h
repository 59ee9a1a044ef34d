/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/item.h - what people see of a decided mail, and what they have done with it.
 *
 * The machine's decision stays in its record; an item says what a person made of it.
 *
 * Runs in:  staff pages; intake (made with the decision).
 * Source:   doc/review.md, "Items"
 */
#ifndef SPOOL_ITEM_H
#define SPOOL_ITEM_H

#include "spool/account.h"

typedef struct {
    gint64 record_id, mail_id;
    char *reference; /* or NULL */
    char *mailbox, *kind, *sender, *form, *reply_state;
    char *action;      /* the machine's */
    char *outcome;     /* the same words; a person's once they have said so */
    char *state;       /* new open waiting closed */
    gint64 holder;     /* account it waits for, or 0 */
    char *holder_name; /* or NULL */
    guint version;     /* what an act must show */
    bool urgent, restricted;
    bool news;    /* a mail was filed with it since somebody looked */
    bool damaged; /* what a list shows fails authentication: restore it from a backup */
    gint64 received, viewed, settled, closed; /* 0 when it has not happened */
    char *from, *subject, *adult;             /* from strangers: shown as text only */
    char *address, *message_id;               /* of the mail, for a reply; "" when not known */
} SpoolItem;
void spool_item_free(SpoolItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolItem, spool_item_free)

/* Which items, and from where on; texts borrowed, NULL for any. */
typedef struct {
    const char *mailbox, *outcome;
    const char *state; /* NULL: all that are not closed; "any": closed ones as well */
    bool urgent;       /* only urgent ones */
    gint64 holder;     /* only this account's, or 0 */
    gint64 account;    /* who looks: restricted items are left out unless they are named on them */
    const char *after; /* where the page before ended, or NULL */
    guint max;
} SpoolItemFilter;

/* A page of items.  Urgent ones first, then the oldest receipt; with state "closed" or "any" the
 * newest receipt first.
 *
 * out_items: SpoolItem; owned.
 * out_after: where the next page begins, or NULL when this is the last one; the caller frees.
 *
 * Errors: SPOOL_ERROR_NOT_FOUND when after is not from here. */
bool spool_item_list(SpoolDb *db, const SpoolItemFilter *filter, GPtrArray **out_items,
                     char **out_after, GError **error);

/* How many urgent items wait that account may see, for the head of each page; at most 1000 are
 * counted. */
bool spool_item_count_urgent(SpoolDb *db, gint64 account, guint *out_urgent, GError **error);

/* One item.  Errors: SPOOL_ERROR_NOT_FOUND, also when it is restricted and account is not named:
 * who asks must not learn that it is there. */
bool spool_item_get(SpoolDb *db, gint64 record_id, gint64 account, SpoolItem **out_item,
                    GError **error);
/* The item of a reference or of a mail's number, for account; as above. */
bool spool_item_find(SpoolDb *db, const char *ref, gint64 account, SpoolItem **out_item,
                     GError **error);

/* Note in the audit that account saw an item, and, when it is one of those who act on items, that
 * it is no longer new.  Changes no version. */
bool spool_item_viewed(SpoolDb *db, gint64 record_id, const SpoolAccount *account, GError **error);

#endif
