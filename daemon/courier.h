/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier.h - the courier role: renders replies when they are sent, and sends them; delivers
 * records.
 *
 * Has SMTP credentials and the secret of the webhook, and no others.
 *
 * Runs in:  courier; one process.
 * Source:   doc/life-of-a-message.md, "Answer"
 */
#ifndef DAEMON_COURIER_H
#define DAEMON_COURIER_H

#include "daemon/oauth.h"
#include "daemon/settings.h"
#include "spool/db.h"

typedef struct {
    const DaemonSettings *settings;
    const char *password; /* or NULL; borrowed */
    DaemonTokens *tokens; /* instead of a password, or NULL */
    GBytes *webhook_key;  /* or NULL: records are not handed over; borrowed */
    SpoolDb *db;          /* this process's own connection */
    int doorbell_fd;      /* rung when a reply was queued; or -1 */
    int stop_fd;          /* readable: finish what is at hand and return; or -1 */
    bool once;            /* return when no reply is due */
    void (*alive)(void *data);
    void *alive_data;
} DaemonCourierWork;

/* Run the role until told to stop, or (once) until no reply is due.
 * Errors: SPOOL_ERROR_*, TEMPLATES_ERROR_*: the supervisor decides. */
bool daemon_courier_run(const DaemonCourierWork *work, GError **error);

#endif
