/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp-link.c - a connection to a mail server: lines go out, answers come in.
 *
 * Our own and not libcurl's, which knows neither pipelining nor what a server must
 * be asked for to tell us of failures, and not libetpan's, which lets line ends into commands.
 *
 * Runs in:  courier.
 * Source:   RFC 5321 sections 4.2 and 4.5.3; RFC 2034; SSL_get_error(3)
 */
#include "config.h"

#include "daemon/smtp-link.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/tcp.h"
#include "daemon/tls-verify.h"

#define LINE_MAX_BYTES 4096u
#define ANSWER_MAX (16u * 1024)
#define CONNECT_S 60
#define PATIENCE 4     /* times the timeout, for one whole answer */
#define SLICE_MS 20000 /* the supervisor wants to hear from us meanwhile */

struct DaemonSmtpLink {
    const DaemonSmtpPeer *peer;
    int fd;
    SSL *ssl; /* NULL while the talk is plain */
    DaemonTlsRefusal refusal;
    gint64 deadline; /* of this answer or sending, monotonic microseconds */
    char in[LINE_MAX_BYTES];
    gsize length, at; /* bytes in it, and how many of them are used up */
};

static void
set_deadline(DaemonSmtpLink *link)
{
    link->deadline =
        g_get_monotonic_time() + (gint64)link->peer->timeout_s * PATIENCE * G_USEC_PER_SEC;
}

static bool
wait_for(DaemonSmtpLink *link, short events, GError **error)
{
    gint64 now = g_get_monotonic_time();
    gint64 until = MIN(link->deadline, now + (gint64)link->peer->timeout_s * G_USEC_PER_SEC);

    for (; now < until; now = g_get_monotonic_time()) {
        struct pollfd fd = {link->fd, events, 0};
        int ready = poll(&fd, 1, (int)MIN((until - now + 999) / 1000, SLICE_MS));

        if (link->peer->alive != NULL)
            link->peer->alive(link->peer->alive_data);
        if (ready < 0 && errno != EINTR)
            return daemon_throw(error, DAEMON_ERROR_SYSTEM, "poll: %s", g_strerror(errno));
        if (ready > 0)
            return true;
    }
    return daemon_throw(error, DAEMON_ERROR_TIMEOUT, "%s:%u answers too slowly", link->peer->host,
                        link->peer->port);
}

static bool
lost(const DaemonSmtpLink *link, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_CONNECT, "%s:%u ended the connection", link->peer->host,
                        link->peer->port);
}

/* Wait for what OpenSSL needs next, or say why it will not go on. */
static bool
wait_for_ssl(DaemonSmtpLink *link, int result, GError **error)
{
    unsigned long code;

    switch (SSL_get_error(link->ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return wait_for(link, POLLIN, error);
    case SSL_ERROR_WANT_WRITE:
        return wait_for(link, POLLOUT, error);
    case SSL_ERROR_ZERO_RETURN:
    case SSL_ERROR_SYSCALL:
        return lost(link, error);
    default:
        code = ERR_peek_error();
        if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
            return lost(link, error);
        return daemon_throw(error, DAEMON_ERROR_TLS, "TLS with %s:%u failed: %s", link->peer->host,
                            link->peer->port,
                            code != 0 ? ERR_reason_error_string(code) : "unknown reason");
    }
}

static bool
start_tls(DaemonSmtpLink *link, GError **error)
{
    int result = 0;

    if (!daemon_tls_verify_new(&link->refusal, link->peer->ca_file, &link->ssl, error))
        return false;
    if (SSL_set_fd(link->ssl, link->fd) != 1)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "TLS cannot use the socket");
    while (result != 1) {
        ERR_clear_error();
        result = SSL_connect(link->ssl);
        if (result != 1 && link->refusal.reason != NULL)
            return daemon_throw(error, DAEMON_ERROR_TLS, "%s", link->refusal.reason);
        if (result != 1 && !wait_for_ssl(link, result, error))
            return false;
    }
    return true;
}

bool
daemon_smtp_link_open(const DaemonSmtpPeer *peer, DaemonSmtpLink **out_link, GError **error)
{
    DaemonTcpGoal tcp = {peer->host, peer->port, MIN(peer->timeout_s, CONNECT_S), -1,
                         peer->tls == DAEMON_TLS_NONE};
    g_autoptr(DaemonSmtpLink) link = g_new0(DaemonSmtpLink, 1);

    link->peer = peer;
    link->fd = -1;
    link->refusal.host = peer->host;
    if (!daemon_tcp_connect(&tcp, &link->fd, error))
        return false;
    set_deadline(link);
    if (peer->tls == DAEMON_TLS_IMPLICIT && !start_tls(link, error))
        return false;
    *out_link = g_steal_pointer(&link);
    return true;
}

void
daemon_smtp_link_free(DaemonSmtpLink *link)
{
    if (link == NULL)
        return;
    SSL_free(link->ssl);
    ERR_clear_error();
    if (link->fd >= 0)
        close(link->fd);
    g_free(link->refusal.reason);
    g_free(link);
}

bool
daemon_smtp_link_secure(DaemonSmtpLink *link, GError **error)
{
    char byte;

    g_assert(link->ssl == NULL);
    if (link->at < link->length || recv(link->fd, &byte, 1, MSG_PEEK) > 0)
        return daemon_throw(error, DAEMON_ERROR_TLS,
                            "the server, or somebody in between, sent more after STARTTLS");
    set_deadline(link);
    return start_tls(link, error);
}

/* One write, as much as goes; 0 after waiting. */
static bool
send_some(DaemonSmtpLink *link, const char *data, gsize length, gsize *out_sent, GError **error)
{
    ssize_t sent;

    *out_sent = 0;
    if (link->ssl != NULL) {
        ERR_clear_error();
        return SSL_write_ex(link->ssl, data, length, out_sent) == 1 || wait_for_ssl(link, 0, error);
    }
    sent = send(link->fd, data, length, MSG_NOSIGNAL);
    if (sent >= 0) {
        *out_sent = (gsize)sent;
        return true;
    }
    return errno == EAGAIN || errno == EINTR ? wait_for(link, POLLOUT, error) : lost(link, error);
}

bool
daemon_smtp_link_send(DaemonSmtpLink *link, const char *data, gsize length, GError **error)
{
    set_deadline(link);
    for (gsize sent = 0; length > 0; data += sent, length -= sent)
        if (!send_some(link, data, length, &sent, error))
            return false;
    return true;
}

/* More bytes into the empty buffer. */
static bool
fill(DaemonSmtpLink *link, GError **error)
{
    link->at = link->length = 0;
    while (link->length == 0) {
        ssize_t got;

        if (link->ssl != NULL) {
            ERR_clear_error();
            if (SSL_read_ex(link->ssl, link->in, sizeof link->in, &link->length) != 1 &&
                !wait_for_ssl(link, 0, error))
                return false;
            continue;
        }
        got = recv(link->fd, link->in, sizeof link->in, 0);
        if (got > 0)
            link->length = (gsize)got;
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            return lost(link, error);
        else if (!wait_for(link, POLLIN, error))
            return false;
    }
    return true;
}

static bool
no_sense(const DaemonSmtpLink *link, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "what %s:%u says makes no sense as SMTP",
                        link->peer->host, link->peer->port);
}

/* A line without its end, which is read as CRLF or LF. */
static bool
hear_line(DaemonSmtpLink *link, GString *line, GError **error)
{
    g_string_truncate(line, 0);
    for (;;) {
        const char *start = link->in + link->at;
        const char *end = memchr(start, '\n', link->length - link->at);
        gsize length = end != NULL ? (gsize)(end - start) : link->length - link->at;

        if (line->len + length > LINE_MAX_BYTES)
            return no_sense(link, error);
        g_string_append_len(line, start, (gssize)length);
        link->at += length + (end != NULL);
        if (end != NULL)
            break;
        if (!fill(link, error))
            return false;
    }
    if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate(line, line->len - 1);
    return true;
}

/* A digit, then dots and digits (RFC 3463 section 2), at the start of the text. */
static void
read_status(DaemonSmtpAnswer *answer)
{
    const char *text = answer->text->str;
    gsize length = strspn(text, "0123456789.");

    if (length >= 5 && length < sizeof answer->status && text[1] == '.' &&
        text[0] == (char)('0' + answer->code / 100))
        g_strlcpy(answer->status, text, length + 1);
}

static bool
is_code(const char *line)
{
    return line[0] >= '2' && line[0] <= '5' && g_ascii_isdigit(line[1]) &&
           g_ascii_isdigit(line[2]) && (line[3] == ' ' || line[3] == '-' || line[3] == '\0');
}

bool
daemon_smtp_link_hear(DaemonSmtpLink *link, DaemonSmtpAnswer *out_answer, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    bool more = true;

    daemon_smtp_answer_clear(out_answer);
    out_answer->text = g_string_new(NULL);
    set_deadline(link);
    while (more) {
        if (!hear_line(link, line, error))
            return false;
        if (!is_code(line->str) || out_answer->text->len + line->len > ANSWER_MAX)
            return no_sense(link, error);
        more = line->str[3] == '-';
        out_answer->code = (guint)g_ascii_strtoull(line->str, NULL, 10);
        if (out_answer->text->len > 0)
            g_string_append_c(out_answer->text, '\n');
        if (line->len > 4)
            g_string_append(out_answer->text, line->str + 4);
    }
    read_status(out_answer);
    return true;
}

void
daemon_smtp_answer_clear(DaemonSmtpAnswer *answer)
{
    if (answer->text != NULL)
        g_string_free(answer->text, TRUE);
    *answer = (DaemonSmtpAnswer){0};
}

bool
daemon_smtp_link_has_news(DaemonSmtpLink *link, int wait_ms)
{
    struct pollfd fd = {link->fd, POLLIN, 0};
    char byte;
    gsize got;

    if (link->at < link->length)
        return true;
    if (poll(&fd, 1, wait_ms) == 0)
        return false;
    if (link->ssl == NULL)
        return true;
    /* What is there may be only TLS's own, such as session tickets. */
    ERR_clear_error();
    return SSL_peek_ex(link->ssl, &byte, 1, &got) == 1 ||
           SSL_get_error(link->ssl, 0) != SSL_ERROR_WANT_READ;
}

int
daemon_smtp_link_fd(const DaemonSmtpLink *link)
{
    return link->fd;
}

bool
daemon_smtp_link_is_secure(const DaemonSmtpLink *link)
{
    return link->ssl != NULL;
}
