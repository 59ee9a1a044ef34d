/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/tls-stream.h - the only way bytes reach libetpan: checked TLS with deadlines.
 *
 * A certificate is accepted only when its chain and its name are right.  The end
 * of the connection is an error, silence ends in a timeout, and every byte
 * passes the guard before libetpan sees it.
 *
 * Runs in:  mailbox.
 * Source:   RFC 8314, RFC 9525; doc/SECURITY.md
 */
#ifndef DAEMON_TLS_STREAM_H
#define DAEMON_TLS_STREAM_H

#include "daemon/settings.h"

#include <libetpan/mailstream.h>

typedef struct DaemonTlsStream DaemonTlsStream;

typedef struct {
    const char *host;
    guint port;
    DaemonTls tls;       /* implicit: TLS at once; none: loopback only */
    const char *ca_file; /* PEM of the only authorities to trust; NULL: the system's */
    guint timeout_s;     /* of silence */
    int stop_fd;         /* readable: every wait ends; or -1 */
} DaemonTlsGoal;

/* Connect and, unless STARTTLS comes later, finish the TLS handshake.
 *
 * Errors: DAEMON_ERROR_CONNECT, _TIMEOUT  try again with backoff
 *         DAEMON_ERROR_TLS                the certificate or the TLS version will not do: alarm
 *         DAEMON_ERROR_FILE               ca_file cannot be read */
bool daemon_tls_stream_open(const DaemonTlsGoal *goal, DaemonTlsStream **out_stream,
                            GError **error);
void daemon_tls_stream_free(DaemonTlsStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonTlsStream, daemon_tls_stream_free)

/* Begin TLS on a plain connection (after STARTTLS was agreed).  Refuses when the server has
 * already sent bytes that would then count as if they had come encrypted.  Errors: as open. */
bool daemon_tls_stream_secure(DaemonTlsStream *stream, GError **error);

/* The libetpan stream over it; borrowed: it lives as long as stream, and libetpan must be kept from
 * closing it (see daemon/imap-session.c). */
mailstream *daemon_tls_stream_mailstream(DaemonTlsStream *stream);

/* How many bytes the server may send from now on.  More is DAEMON_ERROR_PROTOCOL; silence, and
 * bytes that drip, are _TIMEOUT. */
void daemon_tls_stream_budget(DaemonTlsStream *stream, guint64 bytes);

/* Wait until there is something to read or wake_fd (or -1) is readable, for at most seconds.
 * Looks into the buffers of libetpan and TLS before it waits on the socket.
 * out_readable: false when only wake_fd rang or the time is over.
 * Errors: DAEMON_ERROR_TIMEOUT when told to stop. */
bool daemon_tls_stream_wait(DaemonTlsStream *stream, int wake_fd, guint seconds, bool *out_readable,
                            GError **error);

/* Call alive at each piece that is received from now on; NULL for nothing. */
void daemon_tls_stream_alive(DaemonTlsStream *stream, void (*alive)(void *data), void *data);

/* Whether the last answer was a tagged NO or BAD. */
bool daemon_tls_stream_refused(const DaemonTlsStream *stream);

/* The last refusal or farewell (BYE) of the server since this command began, from its status word
 * on and as it came; "" when there was none; borrowed until the next read. */
const char *daemon_tls_stream_said(const DaemonTlsStream *stream);

/* Why the last read or write by libetpan failed, moved to error; false always.  Without a failure
 * of the stream the error says that libetpan made no sense of the server. */
bool daemon_tls_stream_failed(DaemonTlsStream *stream, GError **error);

#endif
