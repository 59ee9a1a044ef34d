/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/disposition.h - what follows from each error, decided in one table.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md, "Errors"
 */
#ifndef DAEMON_DISPOSITION_H
#define DAEMON_DISPOSITION_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    DAEMON_RETRY,   /* the role tries again, with backoff */
    DAEMON_HOLD_IT, /* this mail is held for a person; the role goes on */
    DAEMON_REFUSE,  /* this reply is given up and becomes a task for staff; the role goes on */
    DAEMON_STOP,    /* nothing may go on until an operator has acted */
} DaemonDisposition;

/* What follows from error.  An error of a foreign domain (GLib's own) is tried again.
 * out_advice: what an operator is told to do, static; may be NULL. */
DaemonDisposition daemon_disposition(const GError *error, const char **out_advice);

/* True when the table has a row for this code: every code of ours must, and a test asks. */
bool daemon_disposition_known(GQuark domain, int code);

#endif
