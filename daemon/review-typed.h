/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-typed.h - what somebody typed into the form of an act: as posted, or kept as a
 * draft.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"
 */
#ifndef DAEMON_REVIEW_TYPED_H
#define DAEMON_REVIEW_TYPED_H

#include <jansson.h>

#include "daemon/review-http.h"
#include "spool/act.h"

/* kept: the draft, a list of values by name; NULL when there is none, or a form was posted. */
typedef struct {
    const DaemonReviewRequest *request;
    json_t *kept;
} DaemonReviewTyped;
void daemon_review_typed_clear(DaemonReviewTyped *typed);

/* The form that request posts; of a page that is only asked for, the draft of this account, item
 * and act.  A draft about another answer than the one in the query is passed over. */
bool daemon_review_typed_open(SpoolDb *db, const DaemonReviewRequest *request, const SpoolAct *act,
                              DaemonReviewTyped *out_typed, GError **error);

/* What stands in one field; NULL when it was never filled in; borrowed. */
const char *daemon_review_typed_get(const DaemonReviewTyped *typed, const char *name);
/* Whether a box or a row of a list was chosen. */
bool daemon_review_typed_has(const DaemonReviewTyped *typed, const char *name, const char *value);

/* Keep what request posts as a draft; a form in which nothing was entered forgets it.
 *
 * Errors: SPOOL_ERROR_TOO_BIG. */
bool daemon_review_typed_keep(SpoolDb *db, const DaemonReviewRequest *request, const SpoolAct *act,
                              GError **error);

#endif
