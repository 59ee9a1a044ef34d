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
#include "daemon/mailbox-move.h"
#include "daemon/mailbox-take.h"
#include "spool/contact.h"
#include "spool/message.h"

#define ALIVE_S 20u /* the longest wait when somebody asks whether we are alive */
#define ONCE_FAILURES 8u
#define ONCE_PAUSE_S 2u

typedef DaemonMailboxState Role;

static void
role_clear(Role *role)
{
    daemon_store_close(role->store);
    g_free(role->id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Role, role_clear)

/* Where to read on.  When the server has numbered its mails anew, or was restored from an old
 * backup, everything is read again: the spool knows the mails it has by their bytes. */
static bool
find_cursor(Role *role, GError **error)
{
    guint32 uidvalidity, next_uid, now = role->store->uidvalidity;

    if (!spool_cursor_get(role->work->db, role->work->mailbox->name, &uidvalidity, &next_uid,
                          error))
        return false;
    role->next_uid = MAX(next_uid, 1);
    if (next_uid == 0)
        return true;
    if (uidvalidity != now) {
        daemon_log(DAEMON_LOG_WARNING, role->id, "uidvalidity-changed was=%u is=%u reading=all",
                   uidvalidity, now);
        role->next_uid = 1;
    } else if (role->store->uidnext != 0 && role->store->uidnext < next_uid) {
        daemon_log(DAEMON_LOG_WARNING, role->id, "uidnext-fell-back was=%u is=%u reading=all",
                   next_uid, role->store->uidnext);
        role->next_uid = 1;
    }
    return true;
}

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

static guint
pause_of(const Role *role)
{
    if (role->work->once)
        return 1;
    return role->work->alive != NULL ? MIN(role->work->mailbox->poll_interval, ALIVE_S)
                                     : role->work->mailbox->poll_interval;
}

/* One connection, until it fails or the work is done. */
static bool
run_session(Role *role, GError **error)
{
    const DaemonMailboxWork *work = role->work;

    const char *secret = work->password;

    if (work->tokens != NULL && !daemon_tokens_get(work->tokens, &secret, error))
        return false;
    if (!daemon_store_open(work->mailbox, secret, work->stop_fd, &role->store, error)) {
        if (work->tokens != NULL && g_error_matches(*error, DAEMON_ERROR, DAEMON_ERROR_AUTH))
            daemon_tokens_forget(work->tokens);
        return false;
    }
    role->store->alive = work->alive;
    role->store->alive_data = work->alive_data;
    daemon_log(DAEMON_LOG_NOTICE, role->id, "opened uidvalidity=%u", role->store->uidvalidity);
    if (!find_cursor(role, error))
        return false;
    while (!role->finished) {
        daemon_mailbox_state_alive(role);
        /* Silenced first: a decision made from here on rings again. */
        daemon_doorbell_clear(work->doorbell_fd);
        if (!daemon_mailbox_take(role, error) || !daemon_mailbox_move(role, error) ||
            !note_contact(role, error) || !check_finished(role, error))
            return false;
        daemon_backoff_reset(&role->backoff);
        if (!role->finished &&
            !daemon_store_wait(role->store, work->doorbell_fd, pause_of(role), error))
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
           !g_error_matches(failure, SPOOL_ERROR, SPOOL_ERROR_FULL) &&
           !g_error_matches(failure, SPOOL_ERROR, SPOOL_ERROR_IO);
}

static bool
gives_up(const Role *role, const GError *failure)
{
    return ends_role(failure) ||
           (role->work->once && (needs_person(failure) || role->backoff.failures >= ONCE_FAILURES));
}

static void
pause_after(Role *role, const GError *failure)
{
    bool alarm = needs_person(failure);
    const char *advice = NULL;
    guint left_ms;

    role->backoff.min_s = alarm ? 30 : 1;
    role->backoff.max_s = role->work->once ? ONCE_PAUSE_S : alarm ? 900 : 300;
    left_ms = daemon_backoff_fail(&role->backoff);
    daemon_disposition(failure, &advice);
    daemon_log(alarm ? DAEMON_LOG_ERROR : DAEMON_LOG_WARNING, role->id,
               "failed reason=\"%s\"%s%s again-in-s=%u", failure->message,
               advice != NULL ? " to-do=" : "", advice != NULL ? advice : "",
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
    g_auto(Role) role = {.work = work, .batch = MAX(work->mailbox->batch, 1)};

    role.id = g_strdup_printf("mailbox:%s", work->mailbox->name);
    while (!role.finished && !daemon_mailbox_state_stopped(&role)) {
        g_autoptr(GError) failure = NULL;

        if (run_session(&role, &failure) || daemon_mailbox_state_stopped(&role))
            return true;
        g_clear_pointer(&role.store, daemon_store_close);
        if (gives_up(&role, failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        pause_after(&role, failure);
    }
    return true;
}
