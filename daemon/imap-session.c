/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-session.c - one connection to an IMAP server, and what all its commands share.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 sections 6.1, 6.2.1 and 7.1
 */
#include "config.h"

#include "daemon/imap-session.h"

#include <string.h>

#define QUOTE_MAX 160

/* Mails must never touch the disk in the clear: libetpan would put large ones into temporary
 * files. */
static void
keep_in_memory(void)
{
    mmap_string_set_ceil(G_MAXSIZE / 2);
}

char *
daemon_imap_session_quote(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    g_auto(GStrv) words = g_strsplit(valid, " ", -1);
    g_autofree char *joined = NULL;

    for (char **word = words; *word != NULL; word++)
        if (strchr(*word, '@') != NULL) {
            g_free(*word);
            *word = g_strdup("<address>");
        }
    joined = g_strjoinv(" ", words);
    for (char *p = joined; *p != '\0'; p++)
        if ((guchar)*p < 0x20 || (guchar)*p >= 0x7f)
            *p = '?';
    return g_strndup(joined, QUOTE_MAX);
}

void
daemon_imap_session_begin(DaemonImap *imap, guint64 budget)
{
    daemon_tls_stream_budget(imap->stream, budget);
    daemon_tls_stream_alive(imap->stream, imap->store.alive, imap->store.alive_data);
}

/* What an answer means, when it means more than a refusal. */
static DaemonError
meaning_of(const char *said, DaemonError code)
{
    g_autofree char *lower = g_ascii_strdown(said != NULL ? said : "", -1);

    if (strstr(lower, "authenticated but not connected") != NULL)
        return DAEMON_ERROR_UNCONNECTED;
    if (strstr(lower, "suggested backoff time") != NULL || strstr(lower, "throttled") != NULL)
        return DAEMON_ERROR_THROTTLED;
    return strstr(lower, "[overquota]") != NULL ? DAEMON_ERROR_QUOTA : code;
}

bool
daemon_imap_session_refused(const char *said, DaemonError code, const char *what, GError **error)
{
    g_autofree char *quoted = daemon_imap_session_quote(said);

    return daemon_throw(error, meaning_of(said, code), "%s: the server says \"%s\"", what, quoted);
}

bool
daemon_imap_session_is_of_it(const char *said, const char *what, GError **error)
{
    return meaning_of(said, DAEMON_ERROR_PROTOCOL) == DAEMON_ERROR_PROTOCOL ||
           daemon_imap_session_refused(said, DAEMON_ERROR_PROTOCOL, what, error);
}

/* The stream failed; what the server had said before that says more than how it ended. */
static bool
broken_off(DaemonImap *imap, const char *what, GError **error)
{
    const char *said = daemon_tls_stream_said(imap->stream);

    if (said[0] != '\0')
        return daemon_imap_session_refused(said, DAEMON_ERROR_PROTOCOL, what, error);
    daemon_tls_stream_failed(imap->stream, error);
    g_prefix_error(error, "%s: ", what);
    return false;
}

bool
daemon_imap_session_check(DaemonImap *imap, int result, DaemonError code, const char *what,
                          GError **error)
{
    const char *said = daemon_tls_stream_said(imap->stream);

    switch (result) {
    case MAILIMAP_NO_ERROR:
    case MAILIMAP_NO_ERROR_AUTHENTICATED:
    case MAILIMAP_NO_ERROR_NON_AUTHENTICATED:
        /* libetpan calls it a success when a server refuses half-way. */
        if (!daemon_tls_stream_refused(imap->stream))
            return true;
        break;
    case MAILIMAP_ERROR_STREAM:
    case MAILIMAP_ERROR_PARSE:
    case MAILIMAP_ERROR_NEEDS_MORE_DATA:
        return broken_off(imap, what, error);
    case MAILIMAP_ERROR_MEMORY:
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "%s: no memory", what);
    case MAILIMAP_ERROR_FATAL:
    case MAILIMAP_ERROR_PROTOCOL:
    case MAILIMAP_ERROR_BAD_STATE:
        code = DAEMON_ERROR_PROTOCOL;
        break;
    default:
        break;
    }
    return daemon_imap_session_refused(said[0] != '\0' ? said : imap->etpan->imap_response, code,
                                       what, error);
}

/* " IDLE MOVE ", in upper case and with a space around each. */
static char *
capability_words(const char *line)
{
    g_autofree char *upper = g_ascii_strup(line, -1);

    return g_strdup_printf(" %s ", upper);
}

bool
daemon_imap_session_can(const DaemonImap *imap, const char *word)
{
    g_autofree char *whole = g_strdup_printf(" %s ", word);

    return imap->capabilities != NULL && strstr(imap->capabilities, whole) != NULL;
}

/* Our own exchange: mailimap_capability() reads through a null pointer when the list is empty. What
 * was learnt earlier counts for nothing. */
bool
daemon_imap_session_capabilities(DaemonImap *imap, GError **error)
{
    static const char data[] = "* CAPABILITY ";
    g_autofree char *tag = daemon_imap_session_tag(imap);
    g_autofree char *command = g_strconcat(tag, " CAPABILITY", NULL);
    const char *line, *answer;

    g_clear_pointer(&imap->capabilities, g_free);
    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    if (!daemon_imap_session_send(imap, command, error))
        return false;
    do {
        if (!daemon_imap_session_receive(imap, &line, error))
            return false;
        if (g_ascii_strncasecmp(line, data, strlen(data)) != 0)
            continue;
        g_free(imap->capabilities);
        imap->capabilities = capability_words(line + strlen(data));
    } while (!daemon_imap_session_tagged(line, tag, &answer));
    if (g_ascii_strncasecmp(answer, "OK", 2) != 0)
        return daemon_imap_session_refused(answer, DAEMON_ERROR_PROTOCOL, "capability", error);
    imap->has_idle = daemon_imap_session_can(imap, "IDLE");
    imap->has_move = daemon_imap_session_can(imap, "MOVE");
    imap->has_uidplus = daemon_imap_session_can(imap, "UIDPLUS");
    return true;
}

bool
daemon_imap_session_send(DaemonImap *imap, const char *line, GError **error)
{
    mailstream *stream = daemon_tls_stream_mailstream(imap->stream);

    if (mailstream_write(stream, line, strlen(line)) < 0 ||
        mailstream_write(stream, "\r\n", 2) < 0 || mailstream_flush(stream) < 0)
        return daemon_tls_stream_failed(imap->stream, error);
    return true;
}

bool
daemon_imap_session_receive(DaemonImap *imap, const char **out_line, GError **error)
{
    mailstream *stream = daemon_tls_stream_mailstream(imap->stream);
    const char *line = mailstream_read_line_remove_eol(stream, imap->line);

    if (line == NULL)
        return daemon_tls_stream_failed(imap->stream, error);
    if (g_ascii_strncasecmp(line, "* BYE", 5) == 0)
        return daemon_imap_session_refused(line + 2, DAEMON_ERROR_PROTOCOL, "farewell", error);
    *out_line = line;
    return true;
}

char *
daemon_imap_session_tag(DaemonImap *imap)
{
    return g_strdup_printf("P%u", ++imap->tag);
}

bool
daemon_imap_session_tagged(const char *line, const char *tag, const char **out_text)
{
    gsize length = strlen(tag);

    if (strncmp(line, tag, length) != 0 || line[length] != ' ')
        return false;
    *out_text = line + length + 1;
    return true;
}

/* STARTTLS or nothing: what was learnt before it counts for nothing after it. */
static bool
start_tls(DaemonImap *imap, GError **error)
{
    int result;

    if (imap->authenticated)
        return daemon_throw(error, DAEMON_ERROR_TLS,
                            "the server, or somebody in between, skips STARTTLS (PREAUTH)");
    if (!daemon_imap_session_capabilities(imap, error))
        return false;
    if (!daemon_imap_session_can(imap, "STARTTLS"))
        return daemon_throw(error, DAEMON_ERROR_TLS, "the server does not offer STARTTLS");
    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    result = mailimap_starttls(imap->etpan);
    if (!daemon_imap_session_check(imap, result, DAEMON_ERROR_TLS, "starttls", error))
        return false;
    return daemon_tls_stream_secure(imap->stream, error);
}

static bool
greet(DaemonImap *imap, GError **error)
{
    int result;

    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    result = mailimap_connect(imap->etpan, daemon_tls_stream_mailstream(imap->stream));
    imap->authenticated = result == MAILIMAP_NO_ERROR_AUTHENTICATED;
    return daemon_imap_session_check(imap, result, DAEMON_ERROR_CONNECT, "greeting", error);
}

bool
daemon_imap_session_open(const DaemonMailbox *mailbox, int stop_fd, DaemonImap **out_imap,
                         GError **error)
{
    const DaemonServer *server = &mailbox->server;
    DaemonTlsGoal goal = {server->host,     server->port,     server->tls,
                          mailbox->ca_file, mailbox->timeout, stop_fd};
    g_autoptr(DaemonImap) imap = g_new0(DaemonImap, 1);

    keep_in_memory();
    imap->mailbox = mailbox;
    imap->window = DAEMON_IMAP_WINDOW;
    imap->line = mmap_string_new("");
    imap->etpan = mailimap_new(0, NULL);
    if (imap->line == NULL || imap->etpan == NULL)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no memory for a session");
    if (!daemon_tls_stream_open(&goal, &imap->stream, error))
        return false;
    if (!greet(imap, error))
        return false;
    if (server->tls == DAEMON_TLS_STARTTLS && !start_tls(imap, error))
        return false;
    if (!daemon_imap_session_capabilities(imap, error))
        return false;
    *out_imap = g_steal_pointer(&imap);
    return true;
}

void
daemon_imap_session_free(DaemonImap *imap)
{
    if (imap == NULL)
        return;
    if (imap->etpan != NULL) {
        /* Else libetpan would say LOGOUT and wait for the answer. */
        imap->etpan->imap_stream = NULL;
        mailimap_free(imap->etpan);
    }
    daemon_tls_stream_free(imap->stream);
    if (imap->line != NULL)
        mmap_string_free(imap->line);
    g_free(imap->prefix);
    g_free(imap->capabilities);
    g_free(imap);
}
