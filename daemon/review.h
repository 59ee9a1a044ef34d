/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review.h - the staff pages.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#ifndef DAEMON_REVIEW_H
#define DAEMON_REVIEW_H

#include "daemon/review-http.h"
#include "daemon/viewer.h"
#include "parsers/definition.h"
#include "spool/db.h"
#include "templates/calendar.h"

typedef struct DaemonReviewPainter DaemonReviewPainter;
typedef struct DaemonReviewSpared DaemonReviewSpared;

/* What a worker has; handlers use it. */
typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    TemplatesCalendar *calendar; /* for ages in working hours */
    ParsersDefinitions *definitions;
    DaemonViewer *viewer;         /* or NULL until somebody looks at an original */
    DaemonReviewPainter *painter; /* or NULL until somebody wants a picture */
    DaemonReviewSpared *spared;
    int courier_fd;            /* doorbell: a reply was queued */
    int printer_fd;            /* doorbell: somebody waits for pages */
    void (*alive)(void *data); /* says to the supervisor that this worker moves, or NULL */
    void *alive_data;
    bool stop; /* an error after which nothing may go on */
} DaemonReview;

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    int listen_fd;
    int stop_fd;
    int courier_fd;
    int printer_fd;
    void (*alive)(void *data);
    void *alive_data;
} DaemonReviewWork;

/* Serve until stop_fd is readable.  Errors: those of the server and of the spool at start. */
bool daemon_review_run(const DaemonReviewWork *work, GError **error);

/* Answer one request, as the server calls it; here for tests. */
void daemon_review_serve(DaemonReviewRequest *request, DaemonReviewResponse *response,
                         gpointer review);

#endif
