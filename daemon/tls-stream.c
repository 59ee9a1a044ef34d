/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/tls-stream.c - the only way bytes reach libetpan: checked TLS with deadlines.
 *
 * Debian's libetpan is built with GnuTLS and verifies nothing, spins for ever at
 * the end of a connection and takes any amount of memory; so its own streams are
 * never used.
 *
 * Runs in:  mailbox.
 * Source:   SSL_connect(3), SSL_get_error(3); RFC 8314
 */
#include "config.h"

#include "daemon/tls-stream.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/imap-guard.h"
#include "daemon/tcp.h"
#include "daemon/tls-verify.h"

#define BUFFER_BYTES (64u * 1024)
#define HANDSHAKE_BUDGET (256u * 1024)
#define SLOWEST_RATE 4096 /* bytes/s: a server that drips more slowly than this is given up */
#define PATIENCE 4        /* times the timeout, for a command's answer to begin */

struct DaemonTlsStream {
    int fd;
    int stop_fd;
    int timeout_ms;
    gint64 deadline; /* of this command, monotonic microseconds */
    char *host;
    char *ca_file;
    SSL *ssl; /* NULL while the talk is plain */
    DaemonImapGuard guard;
    mailstream *etpan;
    void (*alive)(void *data);
    void *alive_data;
    GError *failure; /* of the last read or write, for daemon_tls_stream_failed() */
    DaemonTlsRefusal refusal;
};

static bool
wait_for(DaemonTlsStream *stream, short events, GError **error)
{
    gint64 left_ms = (stream->deadline - g_get_monotonic_time()) / 1000;

    if (left_ms <= 0)
        return daemon_throw(error, DAEMON_ERROR_TIMEOUT, "the server answers too slowly");
    return daemon_tcp_wait(stream->fd, events, stream->stop_fd,
                           (int)MIN(left_ms, stream->timeout_ms), error);
}

/* Wait for what OpenSSL needs next, or say why it will not go on. */
static bool
wait_for_ssl(DaemonTlsStream *stream, int result, GError **error)
{
    int saved = errno;
    unsigned long code;

    switch (SSL_get_error(stream->ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return wait_for(stream, POLLIN, error);
    case SSL_ERROR_WANT_WRITE:
        return wait_for(stream, POLLOUT, error);
    case SSL_ERROR_ZERO_RETURN:
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the server ended the connection");
    case SSL_ERROR_SYSCALL:
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the connection was lost: %s",
                            saved != 0 ? g_strerror(saved) : "closed by the server");
    default:
        code = ERR_peek_error();
        if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
            return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the server ended the connection");
        return daemon_throw(error, DAEMON_ERROR_TLS, "TLS with %s failed: %s", stream->host,
                            code != 0 ? ERR_reason_error_string(code) : "unknown reason");
    }
}

static ssize_t
read_plain(DaemonTlsStream *stream, void *buffer, size_t length, GError **error)
{
    for (;;) {
        ssize_t got = recv(stream->fd, buffer, length, 0);

        if (got > 0)
            return got;
        if (got == 0) {
            daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the server ended the connection");
            return -1;
        }
        if (errno != EAGAIN && errno != EINTR) {
            daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the connection was lost: %s",
                         g_strerror(errno));
            return -1;
        }
        if (!wait_for(stream, POLLIN, error))
            return -1;
    }
}

static ssize_t
read_tls(DaemonTlsStream *stream, void *buffer, size_t length, GError **error)
{
    for (;;) {
        size_t got = 0;

        ERR_clear_error();
        errno = 0;
        if (SSL_read_ex(stream->ssl, buffer, length, &got) == 1)
            return (ssize_t)got;
        if (!wait_for_ssl(stream, 0, error))
            return -1;
    }
}

static ssize_t
write_plain(DaemonTlsStream *stream, const void *buffer, size_t length, GError **error)
{
    for (;;) {
        ssize_t sent = send(stream->fd, buffer, length, MSG_NOSIGNAL);

        if (sent >= 0)
            return sent;
        if (errno != EAGAIN && errno != EINTR) {
            daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the connection was lost: %s",
                         g_strerror(errno));
            return -1;
        }
        if (!wait_for(stream, POLLOUT, error))
            return -1;
    }
}

static ssize_t
write_tls(DaemonTlsStream *stream, const void *buffer, size_t length, GError **error)
{
    for (;;) {
        size_t sent = 0;

        ERR_clear_error();
        errno = 0;
        if (SSL_write_ex(stream->ssl, buffer, length, &sent) == 1)
            return (ssize_t)sent;
        if (!wait_for_ssl(stream, 0, error))
            return -1;
    }
}

/* What libetpan calls.  The end of the connection must be -1: at 0 it would spin for ever. */

static ssize_t
driver_read(mailstream_low *low, void *buffer, size_t length)
{
    DaemonTlsStream *stream = low->data;
    ssize_t got;

    if (stream->failure != NULL)
        return -1;
    got = stream->ssl != NULL ? read_tls(stream, buffer, length, &stream->failure)
                              : read_plain(stream, buffer, length, &stream->failure);
    if (got > 0 && stream->alive != NULL)
        stream->alive(stream->alive_data);
    /* What has come buys time for what is to come; so a drip is not waited for. */
    if (got > 0)
        stream->deadline += (gint64)got * G_USEC_PER_SEC / SLOWEST_RATE;
    if (got > 0 && !daemon_imap_guard_check(&stream->guard, buffer, (gsize)got, &stream->failure))
        return -1;
    return got;
}

static ssize_t
driver_write(mailstream_low *low, const void *buffer, size_t length)
{
    DaemonTlsStream *stream = low->data;

    if (stream->failure != NULL)
        return -1;
    return stream->ssl != NULL ? write_tls(stream, buffer, length, &stream->failure)
                               : write_plain(stream, buffer, length, &stream->failure);
}

/* We own the stream, so that libetpan's close and free do nothing to it. */
static int
driver_close(mailstream_low *low)
{
    return 0;
}

static int
driver_fd(mailstream_low *low)
{
    return ((DaemonTlsStream *)low->data)->fd;
}

static void
driver_free(mailstream_low *low)
{
    free(low);
}

static void
driver_cancel(mailstream_low *low)
{
}

static struct mailstream_cancel *
driver_get_cancel(mailstream_low *low)
{
    return NULL;
}

static carray *
driver_chain(mailstream_low *low)
{
    return NULL;
}

static int
driver_no_idle(mailstream_low *low)
{
    return -1;
}

static mailstream_low_driver driver = {
    .mailstream_read = driver_read,
    .mailstream_write = driver_write,
    .mailstream_close = driver_close,
    .mailstream_get_fd = driver_fd,
    .mailstream_free = driver_free,
    .mailstream_cancel = driver_cancel,
    .mailstream_get_cancel = driver_get_cancel,
    .mailstream_get_certificate_chain = driver_chain,
    .mailstream_setup_idle = driver_no_idle,
    .mailstream_unsetup_idle = driver_no_idle,
    .mailstream_interrupt_idle = driver_no_idle,
};

static bool
shake_hands(DaemonTlsStream *stream, GError **error)
{
    for (;;) {
        int result;

        ERR_clear_error();
        errno = 0;
        result = SSL_connect(stream->ssl);
        if (result == 1)
            return true;
        if (stream->refusal.reason != NULL)
            return daemon_throw(error, DAEMON_ERROR_TLS, "%s", stream->refusal.reason);
        if (!wait_for_ssl(stream, result, error))
            return false;
    }
}

static bool
start_tls(DaemonTlsStream *stream, GError **error)
{
    if (!daemon_tls_verify_new(&stream->refusal, stream->ca_file, &stream->ssl, error))
        return false;
    if (SSL_set_fd(stream->ssl, stream->fd) != 1)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "TLS cannot use the socket");
    /* Else each record of a few kilobytes costs two reads. */
    SSL_set_default_read_buffer_len(stream->ssl, BUFFER_BYTES);
    SSL_set_read_ahead(stream->ssl, 1);
    return shake_hands(stream, error);
}

bool
daemon_tls_stream_open(const DaemonTlsGoal *goal, DaemonTlsStream **out_stream, GError **error)
{
    DaemonTcpGoal tcp = {goal->host, goal->port, goal->timeout_s, goal->stop_fd,
                         goal->tls == DAEMON_TLS_NONE};
    g_autoptr(DaemonTlsStream) stream = g_new0(DaemonTlsStream, 1);
    mailstream_low *low;

    stream->fd = -1;
    stream->stop_fd = goal->stop_fd;
    stream->timeout_ms = (int)goal->timeout_s * 1000;
    stream->host = g_strdup(goal->host);
    stream->refusal.host = stream->host;
    stream->ca_file = g_strdup(goal->ca_file);
    daemon_tls_stream_budget(stream, HANDSHAKE_BUDGET);
    if (!daemon_tcp_connect(&tcp, &stream->fd, error))
        return false;
    if (goal->tls == DAEMON_TLS_IMPLICIT && !start_tls(stream, error))
        return false;
    low = mailstream_low_new(stream, &driver);
    stream->etpan = low != NULL ? mailstream_new(low, BUFFER_BYTES) : NULL;
    if (stream->etpan == NULL)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no memory for a connection");
    *out_stream = g_steal_pointer(&stream);
    return true;
}

void
daemon_tls_stream_free(DaemonTlsStream *stream)
{
    if (stream == NULL)
        return;
    if (stream->etpan != NULL)
        mailstream_close(stream->etpan);
    if (stream->ssl != NULL) {
        /* Say goodbye, but never wait for the answer. */
        if (stream->failure == NULL && SSL_is_init_finished(stream->ssl))
            SSL_shutdown(stream->ssl);
        SSL_free(stream->ssl);
    }
    ERR_clear_error();
    if (stream->fd >= 0)
        close(stream->fd);
    g_clear_error(&stream->failure);
    g_free(stream->refusal.reason);
    g_free(stream->host);
    g_free(stream->ca_file);
    g_free(stream);
}

bool
daemon_tls_stream_secure(DaemonTlsStream *stream, GError **error)
{
    char byte;

    g_assert(stream->ssl == NULL);
    if (stream->etpan->read_buffer_len > 0 || recv(stream->fd, &byte, 1, MSG_PEEK) > 0)
        return daemon_throw(error, DAEMON_ERROR_TLS,
                            "the server, or somebody in between, sent more after STARTTLS");
    return start_tls(stream, error);
}

mailstream *
daemon_tls_stream_mailstream(DaemonTlsStream *stream)
{
    return stream->etpan;
}

void
daemon_tls_stream_budget(DaemonTlsStream *stream, guint64 bytes)
{
    daemon_imap_guard_begin(&stream->guard, bytes);
    stream->deadline = g_get_monotonic_time() + (gint64)stream->timeout_ms * PATIENCE * 1000;
}

/* Whether a read would give something now.  A socket that is readable may hold only TLS's own
 * messages, such as session tickets; they are taken in here. */
static bool
has_data(DaemonTlsStream *stream, bool socket_readable)
{
    char byte;
    size_t got;

    if (stream->etpan->read_buffer_len > 0)
        return true;
    if (stream->ssl == NULL)
        return socket_readable;
    if (!socket_readable && SSL_has_pending(stream->ssl) == 0)
        return false;
    ERR_clear_error();
    return SSL_peek_ex(stream->ssl, &byte, 1, &got) == 1 ||
           SSL_get_error(stream->ssl, 0) != SSL_ERROR_WANT_READ;
}

bool
daemon_tls_stream_wait(DaemonTlsStream *stream, int wake_fd, guint seconds, bool *out_readable,
                       GError **error)
{
    struct pollfd fds[3] = {
        {stream->fd, POLLIN, 0}, {wake_fd, POLLIN, 0}, {stream->stop_fd, POLLIN, 0}};
    gint64 until = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    bool readable = has_data(stream, false);

    while (!readable && fds[1].revents == 0) {
        gint64 left_ms = (until - g_get_monotonic_time()) / 1000;

        if (left_ms <= 0)
            break;
        if (poll(fds, G_N_ELEMENTS(fds), (int)MIN(left_ms, G_MAXINT)) < 0 && errno != EINTR)
            return daemon_throw(error, DAEMON_ERROR_SYSTEM, "poll: %s", g_strerror(errno));
        if (fds[2].revents != 0)
            return daemon_throw(error, DAEMON_ERROR_TIMEOUT, "told to stop");
        readable = fds[0].revents != 0 && has_data(stream, true);
    }
    *out_readable = readable;
    return true;
}

void
daemon_tls_stream_alive(DaemonTlsStream *stream, void (*alive)(void *data), void *data)
{
    stream->alive = alive;
    stream->alive_data = data;
}

bool
daemon_tls_stream_refused(const DaemonTlsStream *stream)
{
    return stream->guard.refused;
}

const char *
daemon_tls_stream_said(const DaemonTlsStream *stream)
{
    return stream->guard.said;
}

bool
daemon_tls_stream_failed(DaemonTlsStream *stream, GError **error)
{
    if (stream->failure == NULL)
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "the server's answer makes no sense");
    if (error != NULL && *error == NULL)
        *error = g_error_copy(stream->failure);
    return false;
}
