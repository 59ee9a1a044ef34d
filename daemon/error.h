/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/error.h - what can go wrong while talking, waiting and deciding.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md; daemon/disposition.c says what follows from each
 */
#ifndef DAEMON_ERROR_H
#define DAEMON_ERROR_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    DAEMON_ERROR_SETTINGS, /* a setting is wrong; the text names file, group, key and what to do */
    DAEMON_ERROR_FILE,     /* a file of ours cannot be read; the text names it and what to do */
    DAEMON_ERROR_CONNECT,  /* no connection to the server: try again with backoff */
    DAEMON_ERROR_TLS,  /* the server's certificate or TLS is not acceptable: try again slowly, alarm
                        */
    DAEMON_ERROR_AUTH, /* the server refuses our credentials: try again slowly, alarm */
    DAEMON_ERROR_PROTOCOL,    /* the server said what makes no sense, or too much: reconnect with
                                 backoff */
    DAEMON_ERROR_TIMEOUT,     /* the server was silent too long: reconnect */
    DAEMON_ERROR_MAILBOX,     /* the mailbox cannot be opened, or a folder not written: try again
                                 slowly,     alarm */
    DAEMON_ERROR_THROTTLED,   /* the server wants us to wait; the text may say how long: obey, see
                                 daemon_backoff_asked() */
    DAEMON_ERROR_UNCONNECTED, /* logged in, yet the server has no mailbox for us (Exchange Online):
                                 log in anew after a pause, alarm when it goes on */
    DAEMON_ERROR_QUOTA, /* no room in a folder: mails stay in the inbox, try again later, alarm */
    DAEMON_ERROR_RELAY, /* the relay takes nothing from us now (421, quota): all replies wait */
    DAEMON_ERROR_TEMPORARY,   /* SMTP 4xx: try this reply again later */
    DAEMON_ERROR_PERMANENT,   /* SMTP 5xx: this reply will never be taken: staff task */
    DAEMON_ERROR_UNCERTAIN,   /* the answer after the final dot was lost (RFC 1047) */
    DAEMON_ERROR_PARSER_DIED, /* the parser process died: try once more, then hold */
    DAEMON_ERROR_PARSER_SLOW, /* the parser outran its budget: try once more, then hold */
    DAEMON_ERROR_CONVERT,     /* a document was not converted; the text says why: hold */
    DAEMON_ERROR_SYSTEM,      /* a system call failed that never should: restart the role */
    DAEMON_N_ERRORS
} DaemonError;

#define DAEMON_ERROR (daemon_error_quark())
GQuark daemon_error_quark(void);

/* Set error and return false, so that a failure is one line.  error may be NULL. */
bool daemon_throw(GError **error, DaemonError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
