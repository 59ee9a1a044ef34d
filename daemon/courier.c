/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier.c - the courier role: takes replies from the spool, and sends them.
 *
 * It works in rounds.  One commit keeps what became of the letters that were given,
 * that the next ones may now leave, and which are taken after them; only then do
 * those leave (daemon/courier-window.c).  Several connections share a commit.
 *
 * Runs in:  courier; one process.
 * Source:   doc/life-of-a-message.md, "Answer"; RFC 5321 section 4.5.4.1; RFC 1047
 */
#include "config.h"

#include "daemon/courier.h"

#include <string.h>

#include "daemon/canary.h"
#include "daemon/courier-gather.h"
#include "daemon/courier-window.h"
#include "daemon/doorbell.h"
#include "daemon/handover.h"
#include "daemon/log.h"

#define WORTH_A_LANE 50 /* replies to a near relay without a pause, for a further connection */
#define LOOK_MS 5000    /* a lost doorbell costs no more than this */
#define IDLE_US                                                                                    \
    (30 * G_USEC_PER_SEC) /* a connection that nothing goes over for so long is ended              \
                           */
#define COMMIT_TRIES                                                                               \
    30 /* a second apart: what was sent should not be sent again for a full disk                   \
        */

typedef struct {
    const DaemonCourierWork *work;
    DaemonCourierTray tray;
    DaemonCourierLane lanes[DAEMON_COURIER_LANES_MAX];
    DaemonCourierWindow window;
    guint n_lanes;
    guint busy;             /* replies sent since there was nothing to send */
    DaemonWebhook *webhook; /* NULL: nothing is handed over */
    DaemonCourierPress press;
    DaemonCanary canary;
    char *owner;
} Courier;

static bool
is_stopping(const Courier *courier)
{
    return daemon_doorbell_wait(courier->work->stop_fd, -1, 0);
}

static void
say_alive(const Courier *courier)
{
    if (courier->work->alive != NULL)
        courier->work->alive(courier->work->alive_data);
}

/* Longer than any answer may take, so that nobody else takes a letter that is on its way. */
static guint
lease_s(const Courier *courier)
{
    return 900 + 10 * courier->work->settings->smtp_timeout;
}

/* Lanes that the work is worth: one, and more while there is no end to it; sooner where the way to
 * the relay has room for more letters at once. */
static guint
lanes_worth(const Courier *courier)
{
    guint width = daemon_courier_window_width(&courier->window, courier->n_lanes);

    return MIN(courier->n_lanes, 1 + courier->busy * width / WORTH_A_LANE);
}

/* Enough that no lane waits for the spool, and few enough that an urgent one need not wait. */
static guint
wanted(Courier *courier)
{
    guint waiting = courier->tray.queue.length, lanes = lanes_worth(courier);

    if (is_stopping(courier) || waiting >= lanes)
        return 0;
    return daemon_courier_pace_allow(&courier->tray.pace, g_get_monotonic_time(),
                                     2 * lanes - waiting);
}

/* Give back what cannot leave now, so that the queue in the spool stays in its order. */
static bool
release_waiting(const Courier *courier, GError **error)
{
    for (const GList *each = courier->tray.queue.head; each != NULL; each = each->next) {
        const DaemonCourierLetter *letter = each->data;
        g_autoptr(GError) problem = NULL;

        if (!spool_outbox_release(courier->work->db, letter->reply, &problem) &&
            !g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE)) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return false;
        }
    }
    return true;
}

static bool
is_held_up(const Courier *courier)
{
    return is_stopping(courier) || g_get_monotonic_time() < courier->tray.pace.until;
}

/* What one commit holds. */
typedef struct {
    bool release;
    guint take;
    GPtrArray *taken; /* SpoolReply */
} Round;

static bool
finish_and_start(Courier *courier, GError **error)
{
    gint64 pause = courier->tray.pace.until - g_get_monotonic_time();

    for (guint i = 0; i < courier->tray.done->len; i++)
        if (!daemon_courier_letter_finish(courier->work, courier->tray.done->pdata[i],
                                          MAX(pause, G_USEC_PER_SEC / 10), error))
            return false;
    for (guint i = 0; i < courier->n_lanes; i++) {
        const DaemonCourierLetter *letter = courier->lanes[i].offered;

        if (letter != NULL && letter->agreed &&
            !spool_outbox_start(courier->work->db, letter->reply, error))
            return false;
    }
    return true;
}

static bool
commit_once(Courier *courier, Round *round, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    if (!spool_txn_begin(&txn, courier->work->db, error) || !finish_and_start(courier, error) ||
        (round->release && !release_waiting(courier, error)))
        return false;
    for (guint i = 0; i < round->take; i++) {
        SpoolReply *reply = NULL;

        if (!spool_outbox_take(courier->work->db, courier->owner, lease_s(courier), &reply, error))
            return false;
        if (reply == NULL)
            break;
        g_ptr_array_add(round->taken, reply);
    }
    return spool_txn_commit(&txn, error);
}

/* There may have been no room for the notes either. */
static void
note_again(const Courier *courier)
{
    for (guint i = 0; i < courier->tray.done->len; i++) {
        const DaemonCourierLetter *letter = courier->tray.done->pdata[i];

        if (letter->problem == NULL)
            spool_outbox_note_sent(courier->work->db, letter->reply);
    }
}

/* A full disk is waited for while something has left whose fate is not on disk yet. */
static bool
commit(Courier *courier, Round *round, GError **error)
{
    for (guint tries = 1;; tries++) {
        g_autoptr(GError) problem = NULL;

        if (commit_once(courier, round, &problem))
            return true;
        g_ptr_array_set_size(round->taken, 0);
        if (courier->tray.done->len == 0 || tries >= COMMIT_TRIES || is_stopping(courier) ||
            (!g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_FULL) &&
             !g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_IO) &&
             !g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_BUSY))) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return false;
        }
        say_alive(courier);
        note_again(courier);
        daemon_doorbell_wait(courier->work->stop_fd, -1, 1000);
    }
}

static void
free_letter(gpointer letter)
{
    daemon_courier_letter_free(letter);
}

/* What is committed may be acted on. */
static void
act(Courier *courier, const Round *round)
{
    DaemonCourierTray *tray = &courier->tray;

    courier->busy += tray->done->len;
    for (guint i = 0; i < tray->done->len; i++)
        daemon_courier_letter_log(courier->work, tray->done->pdata[i]);
    g_ptr_array_set_size(tray->done, 0);
    if (round->release) {
        daemon_courier_pace_spend(&tray->pace, -(int)tray->queue.length);
        g_queue_clear_full(&tray->queue, free_letter);
    }
    daemon_courier_pace_spend(&tray->pace, (int)round->taken->len);
    for (guint i = 0; i < courier->n_lanes; i++) {
        DaemonCourierLane *lane = &courier->lanes[i];

        if (lane->offered != NULL)
            lane->offered->started = lane->offered->agreed;
    }
    daemon_courier_window_pass(&courier->window, courier->lanes, courier->n_lanes, tray);
}

static bool
has_agreed(const Courier *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++)
        if (courier->lanes[i].offered != NULL && courier->lanes[i].offered->agreed)
            return true;
    return false;
}

/* Commit a round, and send what may leave then. */
static bool
settle(Courier *courier, GError **error)
{
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func((GDestroyNotify)spool_reply_free);
    Round round = {.taken = taken, .take = wanted(courier)};

    round.release = is_held_up(courier) && courier->tray.queue.length > 0;
    if (courier->tray.done->len == 0 && round.take == 0 && !round.release && !has_agreed(courier))
        return true;
    if (!commit(courier, &round, error))
        return false;
    act(courier, &round);
    g_ptr_array_set_free_func(taken, NULL);
    for (guint i = 0; i < taken->len; i++) {
        DaemonCourierLetter *letter =
            daemon_courier_letter_new(courier->work, &courier->press, taken->pdata[i]);

        if (letter->bytes != NULL)
            g_queue_push_tail(&courier->tray.queue, letter);
        else
            g_ptr_array_add(courier->tray.done, letter);
    }
    return true;
}

/* The open connections first. */
static void
offer(Courier *courier)
{
    guint open = 0, most = lanes_worth(courier);

    for (guint i = 0; i < 2 * courier->n_lanes && courier->tray.queue.length > 0; i++) {
        DaemonCourierLane *lane = &courier->lanes[i % courier->n_lanes];
        bool fresh = lane->smtp != NULL && daemon_smtp_fd(lane->smtp) < 0;
        bool first = i < courier->n_lanes;

        if (is_held_up(courier))
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

/* Nothing new is begun; what was given is waited for. */
static void
drop_offers(Courier *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++)
        if (courier->lanes[i].offered != NULL && courier->lanes[i].given == NULL)
            daemon_courier_lane_close(&courier->lanes[i], &courier->tray);
}

/* Send all that is due and may leave now. */
static bool
send_due(Courier *courier, GError **error)
{
    courier->busy = 0;
    do {
        say_alive(courier);
        daemon_courier_gather(courier->lanes, courier->n_lanes, &courier->tray);
        if (is_stopping(courier))
            drop_offers(courier);
        if (!settle(courier, error))
            return false;
        offer(courier);
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

    while (more && !is_stopping(courier)) {
        say_alive(courier);
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
    return courier->lanes[0].smtp == NULL || courier->work->once || is_held_up(courier) ||
           daemon_canary_look(&courier->canary, error);
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

    return !is_held_up(courier) && spool_outbox_next_due(courier->work->db, &due, NULL) &&
           due != 0 && due <= spool_now();
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
        if (!spool_outbox_mend_clock(work->db, work->settings->smtp_retry_max, error) ||
            !send_due(courier, error) || !expire(courier, error) || !hand_over(courier, error) ||
            !look_after_canaries(courier, error))
            return false;
        if (is_stopping(courier) || (work->once && !is_throttled(courier)))
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
    courier->tray.done = g_ptr_array_new_with_free_func(free_letter);
    courier->n_lanes = smtp ? MIN(settings->smtp_connections, DAEMON_COURIER_LANES_MAX) : 1;
    if (rate > 0)
        courier->n_lanes = MIN(courier->n_lanes, 1 + rate / 120);
    for (guint i = 0; smtp && i < courier->n_lanes; i++)
        courier->lanes[i].smtp = daemon_smtp_new(&courier->tray.peer);
    courier->owner = g_strconcat("courier@", daemon_settings_node(settings), NULL);
    if (work->webhook_key != NULL)
        courier->webhook = daemon_webhook_new(settings, work->webhook_key);
}

static void
close_down(Courier *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++) {
        daemon_courier_letter_free(courier->lanes[i].given);
        daemon_courier_letter_free(courier->lanes[i].offered);
        daemon_smtp_free(courier->lanes[i].smtp);
    }
    g_queue_clear_full(&courier->tray.queue, free_letter);
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
    good = spool_outbox_reclaim(work->db, courier->owner, error) &&
           spool_handover_reclaim(work->db, courier->owner, error) && run(courier, error);
    close_down(courier);
    return good;
}
