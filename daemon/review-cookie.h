/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-cookie.h - the two cookies of the staff pages.
 *
 * Neither is readable by script, sent along from elsewhere, or, where browsers speak TLS, without
 * it.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"; RFC 6265
 */
#ifndef DAEMON_REVIEW_COOKIE_H
#define DAEMON_REVIEW_COOKIE_H

#include <microhttpd.h>
#include <stdbool.h>

typedef enum {
    DAEMON_REVIEW_COOKIE_SESSION, /* ends with the browser */
    DAEMON_REVIEW_COOKIE_DEVICE,  /* stays (spool/device.h) */
} DaemonReviewCookie;

/* What the browser sent, or NULL; borrowed from the connection.  secure: browsers speak TLS. */
const char *daemon_review_cookie_get(DaemonReviewCookie which, struct MHD_Connection *connection,
                                     bool secure);
/* Have the browser keep it; "" ends it; NULL leaves it. */
void daemon_review_cookie_set(DaemonReviewCookie which, struct MHD_Response *answer, bool secure,
                              const char *value);

#endif
