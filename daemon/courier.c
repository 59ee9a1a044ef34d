/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier.c - the courier role: takes replies from the spool, and sends them.
 *
 * It works in rounds.  One commit keeps what became of the letters that were given,
 * and that the next ones may leave; then those leave, one after the other
 * (daemon/courier-window.c).
 *
 * Runs in:  courier; one process.
 * Source:   doc/life-of-a-message.md, "Answer"; RFC 5321 section 4.5.4.1; RFC 1047
 */
#include "config.h"

#include "daemon/courier.h"

#include <string.h>

#include "daemon/courier-gather.h"
#include "daemon/courier-round.h"
#include "daemon/doorbell.h"
#include "daemon/handover.h"
#include "daemon/log.h"

#define LOOK_MS 5000 /* a lost doorbell costs no more than this */
#define IDLE_US                                                                                    \
    (30 * G_USEC_PER_SEC) /* a connection that nothing goes over for so long is ended              \
                           */

typedef DaemonCourierRound Courier;

/* The open connections first. */
static void
offer(Courier *courier)
{
    guint open = 0, most = daemon_courier_round_lanes(courier);

    for (guint i = 0; i < 2 * courier->n_lanes && courier->tray.queue.length > 0; i++) {
        DaemonCourierLane *lane = &courier->lanes[i % courier->n_lanes];
        bool fresh = !daemon_courier_lane_is_open(lane);
        bool first = i < courier->n_lanes;

        if (daemon_courier_round_is_held_up(courier))
            return;
        if (first ? !fresh : fresh && open < most)
            daemon_courier_lane_offer(lane, &courier->tray);
        open += first ? !fresh : fresh;
    }
}

static bool
is_idle(const Courier *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++)
        if (daemon_courier_lane_is_busy(&courier->lanes[i]))
            return false;
    return courier->tray.queue.length == 0 && courier->tray.done->len == 0;
}

/* Send all that is due and may leave now. */
static bool
send_due(Courier *courier, GError **error)
{
    courier->busy = 0;
    do {
        daemon_courier_round_alive(courier);
        daemon_courier_gather(courier->lanes, courier->n_lanes, &courier->tray);
        if (daemon_courier_round_is_stopping(courier))
            daemon_courier_round_drop_offers(courier);
        if (!daemon_courier_round_settle(courier, error))
            return false;
        offer(courier);
        daemon_courier_window_pass(&courier->window, courier->lanes, courier->n_lanes,
                                   &courier->tray);
    } while (!is_idle(courier));
    return true;
}

/* While the relay is away nobody tries the replies one by one, so they are looked at here. */
static bool
expire(Courier *courier, GError **error)
{
    gint64 age = (gint64)courier->work->settings->smtp_expire * 3600 * G_USEC_PER_SEC;
    guint expired = 0;

    if (courier->tray.pace.backoff.failures == 0)
        return true;
    if (!spool_outbox_expire(courier->work->db, spool_now() - age, &expired, error))
        return false;
    if (expired > 0)
        daemon_log(DAEMON_LOG_ERROR, "-", "expired replies=%u", expired);
    return true;
}

/* Hand over all that is due; replies come first, so that one at a time is enough between them. */
static bool
hand_over(Courier *courier, GError **error)
{
    const DaemonCourierWork *work = courier->work;
    const DaemonHandover handover = {work->settings, work->db, courier->webhook, courier->owner};
    bool more = courier->webhook != NULL;

    while (more && !daemon_courier_round_is_stopping(courier)) {
        daemon_courier_round_alive(courier);
        if (!daemon_handover_next(&handover, &more, error) || !send_due(courier, error))
            return false;
    }
    return true;
}

/* A DaemonCanarySend. */
static bool
send_canary(gpointer data, const char *to, GBytes *bytes, GError **error)
{
    Courier *courier = data;
    const DaemonSmtpMail mail = {.from = courier->work->settings->smtp_from_address,
                                 .to = to,
                                 .id = "canary",
                                 .bytes = bytes};

    daemon_courier_pace_spend(&courier->tray.pace, 1);
    return daemon_courier_lane_send(&courier->lanes[0], &courier->tray, &mail, error);
}

/* Where there is no relay there is no way out to be proved. */
static bool
look_after_canaries(Courier *courier, GError **error)
{
    courier->canary.send = send_canary;
    courier->canary.data = courier;
    return courier->lanes[0].smtp == NULL || courier->work->once ||
           daemon_courier_round_is_held_up(courier) || daemon_canary_look(&courier->canary, error);
}

/* How long nothing can be due, unless the doorbell rings. */
static int
pause_ms(Courier *courier)
{
    gint64 pace = daemon_courier_pace_wait(&courier->tray.pace, g_get_monotonic_time());
    gint64 due = 0, later = 0, left = LOOK_MS;

    if (!spool_outbox_next_due(courier->work->db, &due, NULL))
        return LOOK_MS;
    if (due != 0)
        left = MAX((due - spool_now()) / 1000, pace / 1000);
    if (courier->webhook != NULL && spool_handover_next_due(courier->work->db, &later, NULL) &&
        later != 0)
        left = MIN(left, (later - spool_now()) / 1000);
    return (int)CLAMP(left + 1, 10, LOOK_MS);
}

/* Whether there is more that is due, and only the rate stands against it. */
static bool
is_throttled(Courier *courier)
{
    gint64 due = 0;

    return !daemon_courier_round_is_held_up(courier) &&
           spool_outbox_next_due(courier->work->db, &due, NULL) && due != 0 && due <= spool_now();
}

static void
close_idle(Courier *courier, gint64 idle_us)
{
    gint64 now = g_get_monotonic_time();

    for (guint i = 0; i < courier->n_lanes; i++)
        if (courier->lanes[i].smtp != NULL && now - courier->lanes[i].idle_since >= idle_us)
            daemon_courier_lane_close(&courier->lanes[i], &courier->tray);
}

static bool
run(Courier *courier, GError **error)
{
    const DaemonCourierWork *work = courier->work;

    for (;;) {
        daemon_doorbell_clear(work->doorbell_fd);
        daemon_tokens_look(work->tokens, work->db, spool_now());
        if (!spool_outbox_mend_clock(work->db, work->settings->smtp_retry_max, error) ||
            !send_due(courier, error) || !expire(courier, error) || !hand_over(courier, error) ||
            !look_after_canaries(courier, error))
            return false;
        if (daemon_courier_round_is_stopping(courier) || (work->once && !is_throttled(courier)))
            return true;
        close_idle(courier, IDLE_US);
        daemon_doorbell_wait(work->doorbell_fd, work->stop_fd, pause_ms(courier));
    }
}

static void
open_for_business(Courier *courier)
{
    const DaemonCourierWork *work = courier->work;
    const DaemonSettings *settings = work->settings;
    bool smtp = settings->smtp.scheme == DAEMON_SCHEME_SMTP;
    guint rate = daemon_courier_pace_rate(settings);

    courier->tray.work = work;
    courier->tray.peer = (DaemonSmtpPeer){.host = settings->smtp.host,
                                          .port = settings->smtp.port,
                                          .tls = settings->smtp.tls,
                                          .ca_file = settings->smtp_ca_file,
                                          .timeout_s = settings->smtp_timeout,
                                          .alive = work->alive,
                                          .alive_data = work->alive_data};
    daemon_canary_init(&courier->canary, settings, work->db);
    daemon_courier_pace_init(&courier->tray.pace, settings, g_get_monotonic_time());
    g_queue_init(&courier->tray.queue);
    courier->tray.done = g_ptr_array_new_with_free_func((GDestroyNotify)daemon_courier_letter_free);
    courier->n_lanes = smtp ? MIN(settings->smtp_connections, DAEMON_COURIER_LANES_MAX) : 1;
    if (rate > 0)
        courier->n_lanes = MIN(courier->n_lanes, 1 + rate / 120);
    for (guint i = 0; smtp && i < courier->n_lanes; i++)
        courier->lanes[i].smtp = daemon_smtp_new(&courier->tray.peer);
    courier->owner = g_strconcat("courier@", daemon_settings_node(settings), NULL);
    if (work->webhook_key != NULL)
        courier->webhook = daemon_webhook_new(settings, work->webhook_key);
}

/* Who may have left replies behind: in a file anybody, as it has one courier, whatever it is
 * called; in a database that several nodes share, the last one of ours. */
static const char *
dead(const Courier *courier)
{
    return spool_db_is_shared(courier->work->settings->spool_url) ? courier->owner : NULL;
}

static void
close_down(Courier *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++) {
        daemon_courier_letter_free(courier->lanes[i].given);
        daemon_courier_letter_free(courier->lanes[i].offered);
        daemon_smtp_free(courier->lanes[i].smtp);
    }
    g_queue_clear_full(&courier->tray.queue, (GDestroyNotify)daemon_courier_letter_free);
    g_ptr_array_unref(courier->tray.done);
    daemon_canary_clear(&courier->canary);
    daemon_webhook_free(courier->webhook);
    templates_calendar_free(courier->press.calendar);
    templates_kit_free(courier->press.kit);
    g_free(courier->owner);
}

bool
daemon_courier_run(const DaemonCourierWork *work, GError **error)
{
    const DaemonSettings *settings = work->settings;
    g_autofree Courier *courier = g_new0(Courier, 1);
    bool good;

    courier->work = work;
    if (!templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &courier->press.calendar,
                                 error))
        return false;
    courier->press.kit =
        templates_kit_new(settings->templates, settings->language, settings->contacts);
    open_for_business(courier);
    good = spool_outbox_reclaim(work->db, dead(courier), error) &&
           spool_handover_reclaim(work->db, courier->owner, error) && run(courier, error);
    if (!good)
        daemon_courier_round_wind_up(courier);
    close_down(courier);
    return good;
}
