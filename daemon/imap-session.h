/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-session.h - one connection to an IMAP server, and what all its commands share.
 *
 * Private to daemon/imap*.c: the only files that know libetpan's IMAP.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051, RFC 3501
 */
#ifndef DAEMON_IMAP_SESSION_H
#define DAEMON_IMAP_SESSION_H

#include "daemon/store.h"
#include "daemon/tls-stream.h"

#include <libetpan/libetpan.h>

#define DAEMON_IMAP_SMALL (1024u * 1024) /* bytes a server may answer to a small command */
#define DAEMON_IMAP_WINDOW 1000u         /* UIDs of one listing where there are mails */

typedef struct {
    DaemonStore store; /* first, so that a DaemonStore of ours is a DaemonImap */
    const DaemonMailbox *mailbox;
    DaemonTlsStream *stream;
    mailimap *etpan;
    MMAPString *line;   /* of the exchanges that we do ourselves */
    guint tag;          /* of these */
    char *capabilities; /* " IMAP4REV1 IDLE ", or NULL */
    bool authenticated;
    bool has_idle;
    bool has_move;
    bool has_uidplus;
    char *prefix;   /* of our folders: "Postern/" or "INBOX.Postern." */
    guint32 window; /* UIDs to ask for in one listing */
} DaemonImap;

/* Connect, read the greeting, start TLS where it is to be started, ask for the capabilities.
 * Errors: as daemon_tls_stream_open(); DAEMON_ERROR_TLS when STARTTLS is not offered. */
bool daemon_imap_session_open(const DaemonMailbox *mailbox, int stop_fd, DaemonImap **out_imap,
                              GError **error);
void daemon_imap_session_free(DaemonImap *imap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonImap, daemon_imap_session_free)

/* Before each command: how many bytes the server may answer. */
void daemon_imap_session_begin(DaemonImap *imap, guint64 budget);

/* After each command: turn libetpan's result into an error.
 * code: what it means when the server says NO; what: the command in words; static. */
bool daemon_imap_session_check(DaemonImap *imap, int result, DaemonError code, const char *what,
                               GError **error);

/* The server refuses, or takes leave: an error of that code, unless what it said means
 * DAEMON_ERROR_THROTTLED, _UNCONNECTED or _QUOTA.  Returns false.  said: as it came, or NULL. */
bool daemon_imap_session_refused(const char *said, DaemonError code, const char *what,
                                 GError **error);

/* Whether a refusal is about what was asked.  Errors: DAEMON_ERROR_THROTTLED, _UNCONNECTED, _QUOTA:
 * it is about us, now. */
bool daemon_imap_session_is_of_it(const char *said, const char *what, GError **error);

/* Ask for the capabilities, which change with TLS and with the log-in. */
bool daemon_imap_session_capabilities(DaemonImap *imap, GError **error);

/* Whether the server says so; word in upper case, such as "AUTH=PLAIN". */
bool daemon_imap_session_can(const DaemonImap *imap, const char *word);

/* Our own exchanges, where libetpan's are not good enough: one line out, one line in. */
bool daemon_imap_session_send(DaemonImap *imap, const char *line, GError **error);
/* out_line: without its end; borrowed until the next. */
bool daemon_imap_session_receive(DaemonImap *imap, const char **out_line, GError **error);
/* A new tag for one, such as "P7"; the caller frees. */
char *daemon_imap_session_tag(DaemonImap *imap);
/* Whether line is the tagged answer; out_text then points to what follows the tag. */
bool daemon_imap_session_tagged(const char *line, const char *tag, const char **out_text);

/* What a server said, fit for a log: short, printable, without addresses; the caller frees. */
char *daemon_imap_session_quote(const char *text);

#endif
