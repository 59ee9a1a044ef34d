/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-route.h - the table of all pages and acts, and who may have each.
 *
 * No other place decides who may do what; a test goes through every row with every role.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"
 */
#ifndef DAEMON_REVIEW_ROUTE_H
#define DAEMON_REVIEW_ROUTE_H

#include "daemon/review.h"

/* What somebody must be to get an answer. */
typedef enum {
    DAEMON_RIGHT_NOBODY,  /* nobody need be signed in */
    DAEMON_RIGHT_HALF,    /* the password was right, the second factor is owed */
    DAEMON_RIGHT_ANYBODY, /* any account that is signed in */
    DAEMON_RIGHT_SEE,
    DAEMON_RIGHT_ACT,
    DAEMON_RIGHT_RESTRICT,
    DAEMON_RIGHT_FIGURES,
    DAEMON_RIGHT_AUDIT,
    DAEMON_RIGHT_ACCOUNTS,
    DAEMON_N_RIGHTS
} DaemonRight;

/* Answers a request.  An error becomes the page for it: SPOOL_ERROR_NOT_FOUND 404, _STALE 409, else
 * 500. */
typedef bool (*DaemonReviewHandler)(DaemonReview *review, DaemonReviewRequest *request,
                                    DaemonReviewResponse *response, GError **error);

typedef struct {
    const char *method;
    const char *path; /* a "*" stands for one segment, which becomes an argument */
    DaemonRight right;
    DaemonReviewHandler handler;
} DaemonReviewRoute;
extern const DaemonReviewRoute daemon_review_routes[];
extern const gsize daemon_n_review_routes;

/* Whether an account with these roles has a right. */
bool daemon_review_has_right(guint roles, DaemonRight right);

/* The route of a request, its arguments filled in.
 * out_other_method: the path is there, for another method.
 * Returns NULL when there is none. */
const DaemonReviewRoute *daemon_review_route_find(DaemonReviewRequest *request,
                                                  bool *out_other_method);

#endif
