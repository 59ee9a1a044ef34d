/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-round.c - one commit of the courier, and what may be done for it.
 *
 * It holds what became of the letters that were given, that the next ones may leave,
 * and which are taken.  Nothing of a letter leaves before the commit of its start.
 *
 * Runs in:  courier.
 * Source:   doc/replies.md, "Sending"; doc/spool.md, "Replies"
 */
#include "config.h"

#include "daemon/courier-round.h"

#include "daemon/courier-gather.h"
#include "daemon/doorbell.h"

#define WORTH_A_LANE 50 /* replies to a relay without a pause, for a further connection */
#define COMMIT_TRIES                                                                               \
    30 /* a second apart: what was sent should not be sent again for a full disk                   \
        */

bool
daemon_courier_round_is_stopping(const DaemonCourierRound *courier)
{
    return daemon_courier_window_is_stopping(&courier->tray);
}

void
daemon_courier_round_alive(const DaemonCourierRound *courier)
{
    if (courier->work->alive != NULL)
        courier->work->alive(courier->work->alive_data);
}

/* Longer than any answer may take, so that nobody else takes a letter that is on its way. */
static guint
lease_s(const DaemonCourierRound *courier)
{
    return 900 + 10 * courier->work->settings->smtp_timeout;
}

/* Lanes that the work is worth: one, and as many as the way to the relay has room for while there
 * is no end to it. */
guint
daemon_courier_round_lanes(const DaemonCourierRound *courier)
{
    guint width = daemon_courier_window_width(&courier->window, courier->n_lanes);

    return MIN(width, 1 + courier->busy * width / WORTH_A_LANE);
}

/* As many as one commit may let leave, when what is at hand comes to an end. */
static guint
wanted(DaemonCourierRound *courier)
{
    guint lanes = daemon_courier_round_lanes(courier);
    guint batch = spool_outbox_notes_tell(courier->work->db)
                      ? daemon_courier_window_batch(&courier->window, lanes)
                      : lanes;
    guint waiting = courier->tray.queue.length;

    if (daemon_courier_round_is_stopping(courier) || 2 * waiting >= batch)
        return 0;
    return daemon_courier_pace_allow(&courier->tray.pace, g_get_monotonic_time(), batch - waiting);
}

/* Only where a relay listens is a reply started before it is offered: else whoever dies while it is
 * called would leave all of them uncertain. */
static bool
is_connected(const DaemonCourierRound *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++)
        if (daemon_courier_lane_is_open(&courier->lanes[i]))
            return true;
    return false;
}

/* Give back what cannot leave now, so that the queue in the spool stays in its order. */
static bool
release_waiting(const DaemonCourierRound *courier, GError **error)
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

bool
daemon_courier_round_is_held_up(const DaemonCourierRound *courier)
{
    return daemon_courier_round_is_stopping(courier) ||
           g_get_monotonic_time() < courier->tray.pace.until;
}

/* What one commit holds. */
typedef struct {
    bool release;
    guint take;
    bool connected;
    GPtrArray *start; /* DaemonCourierLetter, borrowed */
    GPtrArray *taken; /* SpoolReply */
} Commit;

static bool
is_empty(const DaemonCourierRound *courier, const Commit *commit)
{
    return courier->tray.done->len == 0 && commit->take == 0 && commit->start->len == 0 &&
           !commit->release;
}

static void
choose_started(const DaemonCourierRound *courier, Commit *commit)
{
    g_ptr_array_set_size(commit->start, 0);
    for (guint i = 0; i < courier->n_lanes; i++) {
        DaemonCourierLetter *letter = courier->lanes[i].offered;

        if (letter != NULL && letter->agreed && !letter->started)
            g_ptr_array_add(commit->start, letter);
    }
    for (GList *each = courier->tray.queue.head; each != NULL; each = each->next) {
        DaemonCourierLetter *letter = each->data;

        if (commit->connected && !commit->release && !letter->started)
            g_ptr_array_add(commit->start, letter);
    }
}

/* One that has gone to another courier is no reason to undo what became of the others. */
static bool
start(const DaemonCourierRound *courier, DaemonCourierLetter *letter, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (spool_outbox_start(courier->work->db, letter->reply, &problem))
        return true;
    letter->lost = g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE);
    if (letter->lost)
        return true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

static bool
finish_and_start(const DaemonCourierRound *courier, const Commit *commit, GError **error)
{
    gint64 pause = courier->tray.pace.until - g_get_monotonic_time();

    for (guint i = 0; i < courier->tray.done->len; i++)
        if (!daemon_courier_letter_finish(courier->work, courier->tray.done->pdata[i],
                                          MAX(pause, G_USEC_PER_SEC / 10), error))
            return false;
    for (guint i = 0; i < commit->start->len; i++)
        if (!start(courier, commit->start->pdata[i], error))
            return false;
    return true;
}

static bool
take(const DaemonCourierRound *courier, Commit *commit, GError **error)
{
    for (guint i = 0; i < commit->take; i++) {
        SpoolReply *reply = NULL;

        if (!(commit->connected ? spool_outbox_take_started : spool_outbox_take)(
                courier->work->db, courier->owner, lease_s(courier), &reply, error))
            return false;
        if (reply == NULL)
            break;
        g_ptr_array_add(commit->taken, reply);
    }
    return true;
}

static bool
keep_once(const DaemonCourierRound *courier, Commit *commit, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    return spool_txn_begin(&txn, courier->work->db, error) &&
           finish_and_start(courier, commit, error) &&
           (!commit->release || release_waiting(courier, error)) && take(courier, commit, error) &&
           spool_txn_commit(&txn, error);
}

/* There may have been no room for the notes either. */
static void
note_again(const DaemonCourierRound *courier)
{
    for (guint i = 0; i < courier->tray.done->len; i++) {
        const DaemonCourierLetter *letter = courier->tray.done->pdata[i];

        if (letter->problem == NULL)
            spool_outbox_note_sent(courier->work->db, letter->reply);
    }
}

static void
free_letter(gpointer letter)
{
    daemon_courier_letter_free(letter);
}

/* Those that have gone to another courier: what becomes of them is its to say. */
static void
drop_lost(DaemonCourierRound *courier)
{
    GQueue *queue = &courier->tray.queue;

    for (guint i = 0; i < courier->n_lanes; i++)
        if (courier->lanes[i].offered != NULL && courier->lanes[i].offered->lost)
            daemon_courier_lane_close(&courier->lanes[i], &courier->tray);
    for (GList *each = queue->head, *next; each != NULL; each = next) {
        next = each->next;
        if (((DaemonCourierLetter *)each->data)->lost) {
            daemon_courier_letter_free(each->data);
            g_queue_delete_link(queue, each);
        }
    }
}

/* What is committed may be acted on. */
static void
act(DaemonCourierRound *courier, const Commit *commit)
{
    DaemonCourierTray *tray = &courier->tray;

    courier->busy += tray->done->len;
    for (guint i = 0; i < tray->done->len; i++)
        daemon_courier_letter_log(courier->work, tray->done->pdata[i]);
    g_ptr_array_set_size(tray->done, 0);
    if (commit->release) {
        daemon_courier_pace_spend(&tray->pace, -(int)tray->queue.length);
        g_queue_clear_full(&tray->queue, free_letter);
    }
    daemon_courier_pace_spend(&tray->pace, (int)commit->taken->len);
    for (guint i = 0; i < commit->start->len; i++) {
        DaemonCourierLetter *letter = commit->start->pdata[i];

        letter->started = !letter->lost;
    }
    drop_lost(courier);
}

/* Whether something has left, or may have, whose fate is not on disk yet. */
static bool
is_at_stake(const DaemonCourierRound *courier)
{
    return courier->tray.done->len > 0 ||
           daemon_courier_window_is_open(courier->lanes, courier->n_lanes);
}

static bool
is_passing(const GError *problem)
{
    return g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_FULL) ||
           g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_IO) ||
           g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_BUSY);
}

/* What has left is to be kept all the same; whether that is all there was in the commit. */
static bool
begin_nothing(Commit *commit)
{
    bool only = commit->take == 0 && commit->start->len == 0;

    g_ptr_array_set_size(commit->taken, 0);
    g_ptr_array_set_size(commit->start, 0);
    commit->take = 0;
    return only;
}

/* Between two attempts: answers are heard, and there may have been no room for their notes. */
static void
pause_keeping(DaemonCourierRound *courier)
{
    daemon_courier_round_alive(courier);
    note_again(courier);
    daemon_courier_gather(courier->lanes, courier->n_lanes, &courier->tray);
    daemon_doorbell_wait(courier->work->stop_fd, -1, 1000);
}

/* A full disk is waited for while something is at stake; nothing new is begun meanwhile.  A commit
 * whose answer was lost may have been made: then this fails once the rest is kept, as nobody knows
 * what has been begun. */
static bool
keep(DaemonCourierRound *courier, Commit *commit, GError **error)
{
    g_autoptr(GError) lost = NULL;

    for (guint tries = 1; !is_empty(courier, commit); tries++) {
        g_autoptr(GError) problem = NULL;

        if (keep_once(courier, commit, &problem)) {
            act(courier, commit);
            break;
        }
        if (!begin_nothing(commit) && lost == NULL &&
            g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_IO))
            lost = g_error_copy(problem);
        if (!is_at_stake(courier) || !is_passing(problem) || tries >= COMMIT_TRIES ||
            daemon_courier_round_is_stopping(courier)) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return false;
        }
        if (!is_empty(courier, commit))
            pause_keeping(courier);
    }
    if (lost == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&lost));
    return false;
}

static void
write_letters(DaemonCourierRound *courier, const Commit *commit)
{
    for (guint i = 0; i < commit->taken->len; i++) {
        DaemonCourierLetter *letter =
            daemon_courier_letter_new(courier->work, &courier->press, commit->taken->pdata[i]);

        letter->started = commit->connected;
        if (letter->bytes != NULL)
            g_queue_push_tail(&courier->tray.queue, letter);
        else
            g_ptr_array_add(courier->tray.done, letter);
    }
    g_ptr_array_set_free_func(commit->taken, NULL);
}

bool
daemon_courier_round_settle(DaemonCourierRound *courier, GError **error)
{
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func((GDestroyNotify)spool_reply_free);
    g_autoptr(GPtrArray) start = g_ptr_array_new();
    Commit commit = {.taken = taken, .start = start, .take = wanted(courier)};

    commit.connected = is_connected(courier);
    commit.release = daemon_courier_round_is_held_up(courier) && courier->tray.queue.length > 0;
    choose_started(courier, &commit);
    if (!keep(courier, &commit, error))
        return false;
    write_letters(courier, &commit);
    return true;
}

void
daemon_courier_round_drop_offers(DaemonCourierRound *courier)
{
    for (guint i = 0; i < courier->n_lanes; i++)
        if (courier->lanes[i].offered != NULL && courier->lanes[i].given == NULL)
            daemon_courier_lane_close(&courier->lanes[i], &courier->tray);
}

void
daemon_courier_round_wind_up(DaemonCourierRound *courier)
{
    g_autoptr(GPtrArray) taken = g_ptr_array_new(), start = g_ptr_array_new();
    Commit commit = {.taken = taken, .start = start};

    daemon_courier_round_drop_offers(courier);
    while (daemon_courier_window_is_open(courier->lanes, courier->n_lanes)) {
        daemon_courier_round_alive(courier);
        daemon_courier_gather(courier->lanes, courier->n_lanes, &courier->tray);
    }
    commit.release = courier->tray.queue.length > 0;
    /* Where it fails, the notes and the next courier's reclaiming take its place. */
    (void)keep(courier, &commit, NULL);
}
