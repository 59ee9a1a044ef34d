/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox.c - the mailbox role: carries mails into the spool, and out of the inbox.
 *
 * Every UID below the cursor has a row: the rows and the cursor are one commit.
 * A mail leaves the inbox only after the decision about it was committed.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "daemon/mailbox.h"

#include "daemon/disposition.h"
#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "daemon/mailbox-lease.h"
#include "daemon/mailbox-move.h"
#include "daemon/mailbox-start.h"
#include "daemon/mailbox-take.h"
#include "daemon/trouble.h"
#include "spool/contact.h"
#include "spool/message.h"

#define ALIVE_S 20u /* the longest wait when somebody asks whether we are alive */
#define ONCE_FAILURES 8u
#define ONCE_PAUSE_S 2u
#define TURNS_MAX                                                                                  \
    10u             /* woken so often in a row for nothing, the server is not believed any more    \
                     */
#define TURN_MS 500 /* being woken after less than this counts as such */
#define REST_MS 2000

typedef DaemonMailboxState Role;

static void
role_clear(Role *role)
{
    daemon_store_close(role->store);
    daemon_mailbox_lease_give(role);
    g_free(role->id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Role, role_clear)

/* With once: nothing waits for a decision, and so nothing is left to move. */
static bool
check_finished(Role *role, GError **error)
{
    guint backlog = 0;
    gint64 oldest;

    if (daemon_mailbox_state_stopped(role)) {
        role->finished = true;
        return true;
    }
    if (!role->work->once)
        return true;
    if (!spool_message_backlog(role->work->db, &backlog, &oldest, error))
        return false;
    if (backlog > 0)
        return true;
    /* The last decision may have been made after we had moved. */
    if (!daemon_mailbox_move(role, error))
        return false;
    role->finished = true;
    return true;
}

/* At most once a minute: it is read by people. */
static bool
note_contact(Role *role, GError **error)
{
    gint64 now = g_get_monotonic_time();

    if (now < role->contact_after)
        return true;
    role->contact_after = now + 60 * G_USEC_PER_SEC;
    return spool_contact_note(role->work->db, role->work->mailbox->name, error);
}

/* An IMAP store tells that we are alive while it waits; another must be asked to wait for less. */
static guint
pause_of(const Role *role)
{
    const DaemonMailbox *mailbox = role->work->mailbox;

    if (role->work->once)
        return 1;
    return mailbox->server.scheme == DAEMON_SCHEME_IMAP ? mailbox->poll_interval
                                                        : MIN(mailbox->poll_interval, ALIVE_S);
}

/* A server that wakes us again and again for nothing would keep a processor busy. */
static bool
wait_for_work(Role *role, bool useful, GError **error)
{
    gint64 began = g_get_monotonic_time();

    if (useful || role->idle_turns <= TURNS_MAX) {
        if (!daemon_store_wait(role->store, role->work->doorbell_fd, pause_of(role), error))
            return false;
    } else {
        daemon_doorbell_wait(role->work->stop_fd, -1, REST_MS);
    }
    if (useful || g_get_monotonic_time() - began > TURN_MS * G_GINT64_CONSTANT(1000))
        role->idle_turns = 0;
    else
        role->idle_turns++;
    return true;
}

/* Everything was asked and answered: what was wrong with the connection no longer is. */
static void
note_good_look(Role *role)
{
    const char *const *words = daemon_trouble_of_connection();

    daemon_backoff_reset(&role->backoff);
    for (guint i = 0; role->troubled && words[i] != NULL; i++)
        daemon_mailbox_state_mended(role, words[i]);
    role->troubled = false;
}

static bool
look_once(Role *role, GError **error)
{
    daemon_mailbox_state_alive(role);
    daemon_tokens_look(role->work->tokens, role->work->db, spool_now());
    /* Silenced first: a decision made from here on rings again. */
    daemon_doorbell_clear(role->work->doorbell_fd);
    return daemon_mailbox_lease_check(role, error) && daemon_mailbox_take(role, error) &&
           daemon_mailbox_move(role, error) && note_contact(role, error) &&
           check_finished(role, error);
}

static bool
open_store(Role *role, GError **error)
{
    const DaemonMailboxWork *work = role->work;
    const char *secret = work->password;

    daemon_tokens_look(work->tokens, work->db, spool_now());
    if (work->tokens != NULL && !daemon_tokens_get(work->tokens, &secret, error))
        return false;
    if (!daemon_store_open(work->mailbox, secret, work->stop_fd, &role->store, error)) {
        if (work->tokens != NULL && g_error_matches(*error, DAEMON_ERROR, DAEMON_ERROR_AUTH))
            daemon_tokens_forget(work->tokens);
        return false;
    }
    role->store->alive = work->alive;
    role->store->alive_data = work->alive_data;
    daemon_log(DAEMON_LOG_NOTICE, role->id, "opened uidvalidity=%u%s", role->store->uidvalidity,
               role->store->read_only ? " read-only" : "");
    return true;
}

/* One connection, until it fails, the work is done, or another node gets the mailbox. */
static bool
run_session(Role *role, GError **error)
{
    bool given = false;

    if (!open_store(role, error) || !daemon_mailbox_start(role, error))
        return false;
    while (!role->finished) {
        guint32 before = role->next_uid;

        if (!look_once(role, error))
            return false;
        note_good_look(role);
        if (!daemon_mailbox_lease_share(role, &given, error))
            return false;
        if (given)
            break;
        if (!role->finished && !wait_for_work(role, role->next_uid != before, error))
            return false;
    }
    return true;
}

/* Failures that a new connection a second later will not cure; somebody must act. */
static bool
needs_person(const GError *failure)
{
    return g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_TLS) ||
           g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_AUTH) ||
           g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_MAILBOX) ||
           g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_FILE) ||
           g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_SETTINGS);
}

/* Failures of the spool that end the role; what follows is the supervisor's choice. */
static bool
ends_role(const GError *failure)
{
    return failure->domain == SPOOL_ERROR &&
           !g_error_matches(failure, SPOOL_ERROR, SPOOL_ERROR_BUSY) &&
           !g_error_matches(failure, SPOOL_ERROR, SPOOL_ERROR_STALE) &&
           !g_error_matches(failure, SPOOL_ERROR, SPOOL_ERROR_FULL) &&
           !g_error_matches(failure, SPOOL_ERROR, SPOOL_ERROR_IO);
}

static bool
gives_up(const Role *role, const GError *failure)
{
    return ends_role(failure) ||
           (role->work->once && (needs_person(failure) || role->backoff.failures >= ONCE_FAILURES));
}

/* How long to leave the server alone: what it asks for, at least; else longer each time. */
static guint
pause_ms_after(Role *role, const GError *failure)
{
    bool slowly = needs_person(failure) ||
                  g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_THROTTLED) ||
                  g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_UNCONNECTED);
    guint asked_ms = daemon_backoff_asked(failure->message);
    guint own_ms;

    role->backoff.min_s = slowly ? 30 : 1;
    role->backoff.max_s = slowly ? 900 : 300;
    if (role->work->once && asked_ms == 0)
        role->backoff.max_s = ONCE_PAUSE_S;
    own_ms = daemon_backoff_fail(&role->backoff);
    /* A little more than was asked for, and not all mailboxes at the same instant. */
    return asked_ms == 0 ? own_ms
                         : asked_ms + (guint)g_random_int_range(0, (gint32)(asked_ms / 10 + 1000));
}

static void
pause_after(Role *role, const GError *failure)
{
    const char *what = daemon_trouble_word(failure);
    guint times = daemon_mailbox_state_trouble(role, what);
    bool alarm = needs_person(failure) || times == daemon_trouble_patience(what);
    guint left_ms = pause_ms_after(role, failure);
    const char *advice = NULL;

    role->troubled = true;
    daemon_disposition(failure, &advice);
    daemon_log(alarm ? DAEMON_LOG_ERROR : DAEMON_LOG_WARNING, role->id,
               "failed trouble=%s times=%u reason=\"%s\"%s%s again-in-s=%u", what, times,
               failure->message, advice != NULL ? " to-do=" : "", advice != NULL ? advice : "",
               (left_ms + 999) / 1000);
    while (left_ms > 0 && !daemon_mailbox_state_stopped(role)) {
        guint slice_ms = MIN(left_ms, ALIVE_S * 1000);

        daemon_mailbox_state_alive(role);
        daemon_doorbell_wait(role->work->stop_fd, -1, (int)slice_ms);
        left_ms -= slice_ms;
    }
}

bool
daemon_mailbox_run(const DaemonMailboxWork *work, GError **error)
{
    g_auto(Role) role = {.work = work, .batch = MAX(work->mailbox->batch, 1), .troubled = true};

    role.id = g_strdup_printf("mailbox:%s", work->mailbox->name);
    while (!role.finished && !daemon_mailbox_state_stopped(&role)) {
        g_autoptr(GError) failure = NULL;
        bool good;

        good = daemon_mailbox_lease_take(&role, &failure) &&
               (role.finished || run_session(&role, &failure));
        if (role.finished || daemon_mailbox_state_stopped(&role))
            return true;
        g_clear_pointer(&role.store, daemon_store_close);
        if (good)
            continue;
        daemon_mailbox_lease_give(&role);
        if (gives_up(&role, failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        pause_after(&role, failure);
    }
    return true;
}
