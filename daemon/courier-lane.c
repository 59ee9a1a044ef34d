/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-lane.c - one connection of the courier, and the letters on it.
 *
 * Runs in:  courier.
 * Source:   doc/life-of-a-message.md, "Answer"; RFC 1047
 */
#include "config.h"

#include "daemon/courier-lane.h"

#include <poll.h>

#include "daemon/maildir-out.h"

/* The last answer may take long (RFC 5321 section 4.5.3.2.6 has ten minutes), and giving it up too
 * early sends a reply twice. */
#define LAST_ANSWER 5 /* times the timeout */

bool
daemon_courier_lane_is_busy(const DaemonCourierLane *lane)
{
    return lane->given != NULL || lane->offered != NULL;
}

bool
daemon_courier_lane_is_open(const DaemonCourierLane *lane)
{
    if (lane->smtp == NULL)
        return true;
    /* What has come on a lane that is busy is an answer, else the relay's goodbye. */
    return daemon_courier_lane_is_busy(lane) ? daemon_smtp_fd(lane->smtp) >= 0
                                             : daemon_smtp_is_open(lane->smtp);
}

bool
daemon_courier_lane_awaits(const DaemonCourierLane *lane)
{
    return lane->given != NULL || (lane->offered != NULL && !lane->offered->agreed);
}

bool
daemon_courier_lane_is_ready(const DaemonCourierLane *lane, gint64 now)
{
    struct pollfd fd = {.events = POLLIN};

    if (!daemon_courier_lane_awaits(lane))
        return false;
    if (lane->news || daemon_courier_lane_is_due(lane, now))
        return true;
    fd.fd = daemon_smtp_fd(lane->smtp);
    return poll(&fd, 1, 0) > 0;
}

bool
daemon_courier_lane_is_due(const DaemonCourierLane *lane, gint64 now)
{
    /* Without pipelining it is we who must speak next. */
    return lane->smtp == NULL || now >= lane->deadline || daemon_smtp_fd(lane->smtp) < 0 ||
           (lane->given == NULL && !daemon_smtp_is_pipelining(lane->smtp));
}

static void
set_deadline(DaemonCourierLane *lane, const DaemonCourierTray *tray, guint times)
{
    lane->deadline = g_get_monotonic_time() + (gint64)tray->peer.timeout_s * times * G_USEC_PER_SEC;
}

/* Whether an error is about the relay, so that every letter must wait. */
static bool
is_relays(const GError *problem)
{
    return problem->domain == DAEMON_ERROR && problem->code != DAEMON_ERROR_TEMPORARY &&
           problem->code != DAEMON_ERROR_PERMANENT && problem->code != DAEMON_ERROR_UNCERTAIN;
}

/* A letter has met a problem: borrowed and copied. */
static void
fail(DaemonCourierTray *tray, DaemonCourierLetter *letter, const GError *problem)
{
    letter->problem = g_error_copy(problem);
    letter->relay = is_relays(problem);
    g_ptr_array_add(tray->done, letter);
    if (!letter->relay)
        return;
    daemon_courier_pace_trouble(&tray->pace, g_get_monotonic_time());
    /* A token that was refused is not tried again. */
    if (problem->code == DAEMON_ERROR_AUTH && tray->work->tokens != NULL)
        daemon_tokens_forget(tray->work->tokens);
}

static void
put_back(DaemonCourierTray *tray, DaemonCourierLetter *letter)
{
    letter->agreed = false;
    g_clear_pointer(&letter->response, g_free);
    g_queue_push_head(&tray->queue, letter);
}

/* A letter could not be offered.  A connection that had served before was perhaps only too old:
 * the letter gets another. */
static void
fail_offer(DaemonCourierTray *tray, DaemonCourierLetter *letter, const GError *problem, bool used)
{
    bool lost = problem->domain == DAEMON_ERROR &&
                (problem->code == DAEMON_ERROR_CONNECT || problem->code == DAEMON_ERROR_RELAY);

    if (used && lost)
        put_back(tray, letter);
    else
        fail(tray, letter, problem);
}

static void
hear_last(DaemonCourierLane *lane, DaemonCourierTray *tray)
{
    DaemonCourierLetter *letter = g_steal_pointer(&lane->given);
    g_autoptr(GError) problem = NULL;

    if (lane->smtp != NULL && !daemon_smtp_taken(lane->smtp, &letter->response, &problem)) {
        fail(tray, letter, problem);
        return;
    }
    spool_outbox_note_sent(tray->work->db, letter->reply);
    daemon_courier_pace_fine(&tray->pace);
    g_ptr_array_add(tray->done, letter);
}

static void
hear_offer(DaemonCourierLane *lane, DaemonCourierTray *tray)
{
    DaemonCourierLetter *letter = lane->offered;
    g_autoptr(GError) problem = NULL;
    bool used = lane->smtp != NULL && daemon_smtp_is_used(lane->smtp);

    if (lane->smtp == NULL || daemon_smtp_agreed(lane->smtp, &letter->response, &problem)) {
        letter->agreed = true;
        return;
    }
    lane->offered = NULL;
    fail_offer(tray, letter, problem, used);
    if (!is_relays(problem))
        daemon_courier_pace_fine(&tray->pace);
}

void
daemon_courier_lane_hear(DaemonCourierLane *lane, DaemonCourierTray *tray)
{
    gint64 now = g_get_monotonic_time();
    bool late =
        lane->smtp != NULL && now >= lane->deadline && !daemon_smtp_has_answer(lane->smtp, 0);

    if (!daemon_courier_lane_is_ready(lane, now))
        return;
    lane->news = false;
    lane->idle_since = now;
    set_deadline(lane, tray, 1);
    if (late) {
        daemon_courier_lane_close(lane, tray);
        daemon_courier_pace_trouble(&tray->pace, now);
    } else if (lane->given != NULL) {
        hear_last(lane, tray);
    } else {
        hear_offer(lane, tray);
    }
}

void
daemon_courier_lane_give(DaemonCourierLane *lane, DaemonCourierTray *tray)
{
    DaemonCourierLetter *letter = lane->offered;
    g_autoptr(GError) problem = NULL;
    bool good;

    if (letter == NULL || !letter->started || !letter->agreed)
        return;
    lane->offered = NULL;
    lane->news = false;
    spool_outbox_note_given(tray->work->db, letter->reply);
    good = lane->smtp != NULL ? daemon_smtp_give(lane->smtp, &letter->mail, &problem)
                              : daemon_maildir_out(tray->work->settings->smtp.folder, letter->from,
                                                   letter->bytes, &problem);
    if (!good) {
        fail(tray, letter, problem);
        return;
    }
    g_free(letter->response);
    letter->response = lane->smtp != NULL ? NULL : g_strdup("filed in the outbox folder");
    lane->given = letter;
    lane->given_at = g_get_monotonic_time();
    set_deadline(lane, tray, LAST_ANSWER);
}

/* A connection that lives on keeps the token that it was opened with; a new one needs a fresh one.
 */
static bool
open_lane(DaemonCourierLane *lane, const DaemonCourierTray *tray, GError **error)
{
    const DaemonCourierWork *work = tray->work;
    DaemonSmtpLogin login = {.name = work->settings->message_id_domain,
                             .user = work->settings->smtp.user,
                             .password = work->password};

    if (daemon_smtp_is_open(lane->smtp))
        return true;
    if (work->tokens != NULL && !daemon_tokens_get(work->tokens, &login.token, error))
        return false;
    return daemon_smtp_open(lane->smtp, &login, error);
}

void
daemon_courier_lane_offer(DaemonCourierLane *lane, DaemonCourierTray *tray)
{
    g_autoptr(GError) problem = NULL;
    DaemonCourierLetter *letter;
    bool used = false, good;

    if (daemon_courier_lane_is_busy(lane))
        return;
    letter = g_queue_pop_head(&tray->queue);
    if (letter == NULL)
        return;
    good = lane->smtp == NULL || open_lane(lane, tray, &problem);
    if (good && lane->smtp != NULL) {
        used = daemon_smtp_is_used(lane->smtp);
        good = daemon_smtp_offer(lane->smtp, &letter->mail, &problem);
    }
    if (!good) {
        fail_offer(tray, letter, problem, used);
        return;
    }
    lane->offered = letter;
    lane->news = false;
    set_deadline(lane, tray, 1);
}

bool
daemon_courier_lane_send(DaemonCourierLane *lane, DaemonCourierTray *tray,
                         const DaemonSmtpMail *mail, GError **error)
{
    g_autofree char *response = NULL;

    g_assert(lane->smtp != NULL && !daemon_courier_lane_is_busy(lane));
    lane->idle_since = g_get_monotonic_time();
    return open_lane(lane, tray, error) && daemon_smtp_offer(lane->smtp, mail, error) &&
           daemon_smtp_agreed(lane->smtp, &response, error) &&
           daemon_smtp_give(lane->smtp, mail, error) &&
           daemon_smtp_taken(lane->smtp, &response, error);
}

void
daemon_courier_lane_close(DaemonCourierLane *lane, DaemonCourierTray *tray)
{
    if (lane->smtp != NULL)
        daemon_smtp_close(lane->smtp);
    if (lane->offered != NULL)
        put_back(tray, g_steal_pointer(&lane->offered));
    if (lane->given != NULL) {
        g_autoptr(GError) problem = NULL;

        daemon_throw(&problem, DAEMON_ERROR_UNCERTAIN, "the last answer did not come");
        fail(tray, g_steal_pointer(&lane->given), problem);
    }
}
