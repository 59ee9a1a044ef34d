/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-http.h - one request of a browser, bounded, and its answer.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Safe pages"; RFC 9110
 */
#ifndef DAEMON_REVIEW_HTTP_H
#define DAEMON_REVIEW_HTTP_H

#include <microhttpd.h>

#include "daemon/settings.h"
#include "spool/session.h"

#define DAEMON_REVIEW_BODY_MAX (256u * 1024u) /* bytes of a form */
#define DAEMON_REVIEW_FIELDS_MAX 400u
#define DAEMON_REVIEW_ARGS 4u

/* One request.  All texts are valid UTF-8 and without NUL; they come from a stranger all the same.
 */
typedef struct {
    struct MHD_Connection *connection;
    const char *method; /* "GET" or "POST" */
    const char *path;
    char *args[DAEMON_REVIEW_ARGS]; /* what stood for the * of the route, or NULL */
    GHashTable *fields;             /* of the form that was posted: char* by name; or NULL */
    GPtrArray *field_list;          /* char*: name and value in turn, as they came */
    char *peer;                     /* address of the other end */
    char *client;          /* of the browser: not the same behind a proxy of the settings */
    char *token;           /* of the cookie, or NULL */
    char *device;          /* of the cookie that stays (spool/device.h), or NULL */
    SpoolSession *session; /* or NULL: nobody is signed in */
} DaemonReviewRequest;

/* A value of the query ("?state=closed"), of the posted form, of a header; NULL when there is none;
 * borrowed. */
const char *daemon_review_query(const DaemonReviewRequest *request, const char *name);
const char *daemon_review_field(const DaemonReviewRequest *request, const char *name);
const char *daemon_review_header(const DaemonReviewRequest *request, const char *name);
/* A number in the path or a field; false when it is none. */
bool daemon_review_number(const char *text, gint64 *out_number);

/* The answer to it; filled in by a handler. */
typedef struct {
    guint status;     /* 0 until somebody answers */
    const char *type; /* static */
    GBytes *body;     /* owned */
    char *location;   /* of a redirection within these pages; owned */
    char *token;      /* a new cookie; "" ends it; NULL leaves it; owned */
    char *device;     /* a new cookie that stays; NULL leaves it; owned */
    char *file_name;  /* ASCII, ours: the answer is a download; owned */
    bool later;       /* nothing yet: daemon_review_answer_later() brings it */
} DaemonReviewResponse;
void daemon_review_response_clear(DaemonReviewResponse *response);

/* Answer with text (taken), or go to another page of ours. */
void daemon_review_answer(DaemonReviewResponse *response, guint status, const char *type,
                          char *text);
void daemon_review_go(DaemonReviewResponse *response, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The answer to a request whose handler set later: once, after the server has run on.  The request
 * is there until then.  response: its contents are taken. */
void daemon_review_answer_later(DaemonReviewRequest *request, DaemonReviewResponse *response);
/* Whether the browser has gone meanwhile, as it does when somebody leaves the page. */
bool daemon_review_is_gone(const DaemonReviewRequest *request);

/* True when the browser says that a form was posted from our own pages. */
bool daemon_review_same_site(const DaemonReviewRequest *request, const DaemonSettings *settings);

/* What does the work: called once for each whole request. */
typedef void (*DaemonReviewServe)(DaemonReviewRequest *request, DaemonReviewResponse *response,
                                  gpointer data);

/* The server around it; fd: listening, borrowed.  Errors: DAEMON_ERROR_SYSTEM, _FILE. */
typedef struct DaemonReviewServer DaemonReviewServer;
bool daemon_review_server_new(const DaemonSettings *settings, int fd, DaemonReviewServe serve,
                              gpointer data, DaemonReviewServer **out_server, GError **error);
/* Serve what comes within ms, or until fd is readable (-1: none). */
void daemon_review_server_run(DaemonReviewServer *server, int fd, guint ms);
void daemon_review_server_free(DaemonReviewServer *server);

#endif
