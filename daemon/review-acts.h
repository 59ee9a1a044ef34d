/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-acts.h - the table of what people can do with an item.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"
 */
#ifndef DAEMON_REVIEW_ACTS_H
#define DAEMON_REVIEW_ACTS_H

#include "daemon/review-item.h"

/* What the page of an act asks for. */
typedef enum {
    DAEMON_ACT_REASON = 1 << 0,     /* must be given */
    DAEMON_ACT_REASON_MAY = 1 << 1, /* may be given */
    DAEMON_ACT_OVERRIDES =
        1 << 2, /* a reason must be given when the outcome is not the machine's */
    DAEMON_ACT_COLLEAGUE = 1 << 3,  /* one account, or nobody */
    DAEMON_ACT_COLLEAGUES = 1 << 4, /* any number of accounts */
    DAEMON_ACT_REFERENCE = 1 << 5,  /* another record */
    DAEMON_ACT_ANSWER = 1 << 6,     /* one answer of the form */
    DAEMON_ACT_LETTER = 1 << 7,     /* which reply */
    DAEMON_ACT_LETTER_MAY = 1 << 8, /* its own reply, when wanted */
    DAEMON_ACT_UNDECIDED = 1 << 9,  /* a reason must be given while the item is to be decided */
} DaemonActAsks;

/* An act under way: everything was checked but what only the spool knows. */
typedef struct {
    DaemonReview *review;
    const DaemonReviewRequest *request;
    const DaemonReviewView *view;
    const char *reason; /* or "" */
} DaemonReviewDeed;

typedef struct {
    const char *name; /* last part of the path, and the act's word in the audit */
    const char *title, *lead, *button;
    guint asks;         /* DaemonActAsks */
    const char *letter; /* the reply that goes with it, or NULL */
    bool leaves;        /* the queue is shown afterwards, not the item */
    bool (*apply)(const DaemonReviewDeed *deed, GError **error); /* in the transaction */
} DaemonReviewAct;
extern const DaemonReviewAct daemon_review_acts[];
extern const gsize daemon_n_review_acts;

/* The act that ends a path, or NULL. */
const DaemonReviewAct *daemon_review_act_find(const char *path);

/* Whether an act makes sense for an item as it is now, for an account of these roles. */
bool daemon_review_act_offered(const DaemonReview *review, const DaemonReviewAct *act,
                               const DaemonReviewView *view, guint roles);

/* The answer that an act is about, by the fields "form" and "key" of query or form; NULL when it
 * has not been read yet.  out_key: borrowed from the request; NULL when that is not there. */
const SpoolField *daemon_review_act_answer(const DaemonReviewRequest *request,
                                           const SpoolRecord *record, guint *out_form,
                                           const char **out_key);

#endif
