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

#include "daemon/doorbell.h"

#define IDLE_BUDGET (256u * 1024)
#define SLICE_S 20 /* whoever asks whether we are alive gets an answer this often */

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
        if (g_ascii_strncasecmp(answer, "OK", 2) != 0)
            return daemon_imap_session_refused(answer, DAEMON_ERROR_PROTOCOL, "idle", error);
    }
    return true;
}

/* The silence of a server that is idle is no failure, so this waits without the usual deadline.
 * out_woken: by news, by wake_fd or by the server's wish. */
static bool
wait_for_news(Idle *idle, int wake_fd, gint64 until, bool *out_woken, GError **error)
{
    const DaemonStore *store = &idle->imap->store;

    while (!idle->news && !idle->finished) {
        gint64 left = (until - g_get_monotonic_time() + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
        guint slice = (guint)CLAMP(left, 0, SLICE_S);
        bool readable = false;

        if (store->alive != NULL)
            store->alive(store->alive_data);
        *out_woken = false;
        if (slice == 0)
            return true;
        /* A server may report flags for as long as it likes; only each report is bounded. */
        daemon_imap_session_begin(idle->imap, IDLE_BUDGET);
        if (!daemon_tls_stream_wait(idle->imap->stream, wake_fd, slice, &readable, error))
            return false;
        if (readable && !take_line(idle, error))
            return false;
        *out_woken = daemon_doorbell_wait(wake_fd, -1, 0);
        if (*out_woken)
            return true;
    }
    *out_woken = true;
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

/* One IDLE.  That its end is answered also tells that the connection is alive. */
static bool
idle_once(DaemonImap *imap, int wake_fd, gint64 until, bool *out_woken, GError **error)
{
    g_auto(Idle) idle = {imap, NULL, false, false, false};
    g_autofree char *command = NULL;

    idle.tag = daemon_imap_session_tag(imap);
    command = g_strconcat(idle.tag, " IDLE", NULL);
    daemon_imap_session_begin(imap, IDLE_BUDGET);
    if (!daemon_imap_session_send(imap, command, error))
        return false;
    while (!idle.going && !idle.finished)
        if (!take_line(&idle, error))
            return false;
    if (!wait_for_news(&idle, wake_fd, until, out_woken, error) || !finish(&idle, error))
        return false;
    *out_woken |= idle.news;
    return true;
}

/* For servers without IDLE: wait, then let the caller look. */
static bool
wait_once(DaemonImap *imap, int wake_fd, gint64 until, bool *out_woken, GError **error)
{
    gint64 left = (until - g_get_monotonic_time() + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
    bool readable;

    *out_woken = true;
    return daemon_tls_stream_wait(imap->stream, wake_fd, (guint)CLAMP(left, 0, SLICE_S), &readable,
                                  error);
}

bool
daemon_imap_idle(DaemonImap *imap, int wake_fd, guint seconds, GError **error)
{
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    bool woken = false;

    while (!woken && g_get_monotonic_time() < end) {
        gint64 until =
            g_get_monotonic_time() + (gint64)imap->mailbox->idle_refresh * G_USEC_PER_SEC;

        if (!(imap->has_idle ? idle_once : wait_once)(imap, wake_fd, MIN(until, end), &woken,
                                                      error))
            return false;
    }
    return true;
}
