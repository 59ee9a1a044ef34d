/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-idle.c - wait for the server to say that there is new mail.
 *
 * mailimap_idle() waits for ever when anything comes before the "+"; so the
 * exchange is our own: every line may come at any time, and every answer has a
 * deadline.
 *
 * Runs in:  mailbox.
 * Source:   RFC 2177
 */
#include "config.h"

#include "daemon/imap-idle.h"

#include <string.h>

#define IDLE_BUDGET (256u * 1024)

typedef struct {
    DaemonImap *imap;
    char *tag;
    bool news;     /* EXISTS was seen */
    bool going;    /* the server has said "+" */
    bool finished; /* the tagged answer was seen */
} Idle;

static void
idle_clear(Idle *idle)
{
    g_free(idle->tag);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Idle, idle_clear)

/* "* 23 EXISTS" */
static bool
is_exists(const char *line)
{
    char *end;

    if (line[0] != '*' || line[1] != ' ' || !g_ascii_isdigit(line[2]))
        return false;
    (void)g_ascii_strtoull(line + 2, &end, 10);
    return g_ascii_strcasecmp(end, " EXISTS") == 0;
}

static bool
take_line(Idle *idle, GError **error)
{
    const char *line, *answer;

    if (!daemon_imap_session_receive(idle->imap, &line, error))
        return false;
    if (line[0] == '+') {
        idle->going = true;
    } else if (is_exists(line)) {
        idle->news = true;
    } else if (daemon_imap_session_tagged(line, idle->tag, &answer)) {
        idle->finished = true;
        if (g_ascii_strncasecmp(answer, "OK", 2) != 0) {
            g_autofree char *said = daemon_imap_session_quote(answer);

            return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "idle: the server says \"%s\"", said);
        }
    }
    return true;
}

/* The silence of a server that is idle is no failure, so this waits without the usual deadline. */
static bool
wait_for_news(Idle *idle, int wake_fd, guint seconds, GError **error)
{
    gint64 until = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;

    while (!idle->news && !idle->finished) {
        gint64 left = until - g_get_monotonic_time();
        bool readable = false;

        if (left <= 0)
            return true;
        /* A server may report flags for as long as it likes; only each report is bounded. */
        daemon_imap_session_begin(idle->imap, IDLE_BUDGET);
        if (!daemon_tls_stream_wait(idle->imap->stream, wake_fd,
                                    (guint)((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC),
                                    &readable, error))
            return false;
        if (!readable)
            return true;
        if (!take_line(idle, error))
            return false;
    }
    return true;
}

static bool
finish(Idle *idle, GError **error)
{
    if (idle->finished)
        return true;
    daemon_imap_session_begin(idle->imap, IDLE_BUDGET);
    if (!daemon_imap_session_send(idle->imap, "DONE", error))
        return false;
    while (!idle->finished)
        if (!take_line(idle, error))
            return false;
    return true;
}

bool
daemon_imap_idle(DaemonImap *imap, int wake_fd, guint seconds, GError **error)
{
    g_auto(Idle) idle = {imap, NULL, false, false, false};
    g_autofree char *command = NULL;
    bool readable;

    if (!imap->has_idle)
        return daemon_tls_stream_wait(imap->stream, wake_fd, seconds, &readable, error);

    idle.tag = daemon_imap_session_tag(imap);
    command = g_strconcat(idle.tag, " IDLE", NULL);
    daemon_imap_session_begin(imap, IDLE_BUDGET);
    if (!daemon_imap_session_send(imap, command, error))
        return false;
    while (!idle.going && !idle.finished)
        if (!take_line(&idle, error))
            return false;
    if (!wait_for_news(&idle, wake_fd, MIN(seconds, imap->mailbox->idle_refresh), error))
        return false;
    return finish(&idle, error);
}
