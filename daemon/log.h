/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/log.h - one line for each thing worth knowing, id first, then key=value.
 *
 * Never give it a name, an address, a subject, a file name or a body.
 * Lines go to standard error, with the priority prefix that systemd reads.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md, "Logging"
 */
#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

#include <glib.h>

typedef enum {
    DAEMON_LOG_ERROR,   /* somebody must act */
    DAEMON_LOG_WARNING, /* somebody should look */
    DAEMON_LOG_NOTICE,  /* normal and worth keeping */
    DAEMON_LOG_DEBUG,   /* only with POSTERN_DEBUG set */
    DAEMON_LOG_ALERT,   /* somebody must act at once: mails may be lost on their way */
} DaemonLogLevel;

/* The role's name, shown on every line; static. */
void daemon_log_role(const char *role);

/* id: "mail:12", "mailbox:lado-parents" ..., or "-"; format: "event key=value ..." */
void daemon_log(DaemonLogLevel level, const char *id, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
