/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-move.c - the second half of the mailbox role: decided mails out of the inbox.
 *
 * Only what the spool lists as decided is moved, and that is recorded afterwards: a
 * crash between the two finds the mail gone, never lost.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "daemon/mailbox-move.h"

#include "daemon/log.h"
#include "daemon/mailbox-lease.h"
#include "daemon/trouble.h"
#include "spool/message.h"

#define MOVES_AT_ONCE 500u /* two commands for each action: what a round trip costs is shared */
#define MOVES_RETRY_S 60
#define MOVES_RETRY_MAX_S 3600

typedef DaemonMailboxState Role;

static gint
by_number(gconstpointer a, gconstpointer b)
{
    guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;

    return (left > right) - (left < right);
}

static bool
contains(const GArray *uids, guint32 uid)
{
    for (guint i = 0; i < uids->len; i++)
        if (g_array_index(uids, guint32, i) == uid)
            return true;
    return false;
}

static bool
record_moved(const Role *role, const GArray *uids, const GArray *gone, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    if (!spool_txn_begin(&txn, role->work->db, error) || !daemon_mailbox_lease_check(role, error))
        return false;
    for (guint i = 0; i < uids->len; i++) {
        guint32 uid = g_array_index(uids, guint32, i);
        bool was_gone = contains(gone, uid);

        if (!spool_message_moved(role->work->db, role->work->mailbox->name,
                                 role->store->uidvalidity, uid, was_gone, error))
            return false;
        daemon_log(DAEMON_LOG_NOTICE, role->id, "%s uid=%u", was_gone ? "gone" : "moved", uid);
    }
    return spool_txn_commit(&txn, error);
}

/* All moves of one action by one command. */
static bool
move_action(const Role *role, const GArray *moves, const char *action, GError **error)
{
    g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(guint32));

    for (guint i = 0; i < moves->len; i++) {
        const SpoolMove *move = &g_array_index(moves, SpoolMove, i);

        if (g_strcmp0(move->action, action) == 0)
            g_array_append_val(uids, move->uid);
    }
    if (uids->len == 0)
        return true;
    g_array_sort(uids, by_number);
    if (!daemon_store_move(role->store, uids, action, gone, error))
        return false;
    return record_moved(role, uids, gone, error);
}

/* Failures of a folder of ours, not of the connection. */
static bool
is_of_folder(const GError *failure)
{
    return g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_MAILBOX) ||
           g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_QUOTA);
}

/* A folder that cannot be written must not keep the mails of the others. */
static bool
move_all(const Role *role, const GArray *moves, GError **error)
{
    static const char *const actions[] = {"accept", "redirect", "hold", "attach", "ignore"};
    GError *first = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(actions); i++) {
        g_autoptr(GError) failure = NULL;

        if (move_action(role, moves, actions[i], &failure))
            continue;
        if (!is_of_folder(failure)) {
            g_clear_error(&first);
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        if (first == NULL)
            first = g_steal_pointer(&failure);
    }
    if (first != NULL)
        g_propagate_error(error, first);
    return first == NULL;
}

/* Nor may it keep new mails out: those go on being stored.  People are told when it begins. */
static bool
forgive_move(Role *role, GError **error, GError *failure)
{
    bool full = g_error_matches(failure, DAEMON_ERROR, DAEMON_ERROR_QUOTA);
    guint times, pause_ms;

    if (role->work->once || !is_of_folder(failure)) {
        g_propagate_error(error, failure);
        return false;
    }
    times = daemon_mailbox_state_trouble(role, full ? DAEMON_TROUBLE_QUOTA : DAEMON_TROUBLE_MOVE);
    role->moves_backoff.min_s = MOVES_RETRY_S;
    role->moves_backoff.max_s = MOVES_RETRY_MAX_S;
    pause_ms = daemon_backoff_fail(&role->moves_backoff);
    daemon_log(times == 1 ? DAEMON_LOG_ERROR : DAEMON_LOG_DEBUG, role->id,
               "cannot-move reason=\"%s\" again-in-s=%u", failure->message, pause_ms / 1000);
    g_error_free(failure);
    role->moves_after = g_get_monotonic_time() + pause_ms * G_GINT64_CONSTANT(1000);
    return true;
}

static void
note_moved(Role *role)
{
    daemon_backoff_reset(&role->moves_backoff);
    daemon_mailbox_state_mended(role, DAEMON_TROUBLE_QUOTA);
    daemon_mailbox_state_mended(role, DAEMON_TROUBLE_MOVE);
}

/* A page of what is decided.  Folders that fail are passed over, and the first failure is kept. */
static bool
move_page(Role *role, SpoolArrival *after, GError **failure, bool *out_more, GError **error)
{
    g_autoptr(GArray) moves = NULL;
    g_autoptr(GError) problem = NULL;

    if (!spool_message_moves(role->work->db, after, MOVES_AT_ONCE, &moves, error))
        return false;
    *out_more = moves->len > 0;
    if (!*out_more || move_all(role, moves, &problem))
        return true;
    if (!is_of_folder(problem)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    after->uid = g_array_index(moves, SpoolMove, moves->len - 1).uid;
    if (*failure == NULL)
        *failure = g_steal_pointer(&problem);
    return true;
}

bool
daemon_mailbox_move(Role *role, GError **error)
{
    SpoolArrival after = {.mailbox = role->work->mailbox->name,
                          .uidvalidity = role->store->uidvalidity};
    g_autoptr(GError) failure = NULL;
    bool some = false, more = true;

    /* What is decided waits for the day on which it may be moved. */
    if (role->store->read_only || g_get_monotonic_time() < role->moves_after)
        return true;
    while (more && !daemon_mailbox_state_stopped(role)) {
        if (!move_page(role, &after, &failure, &more, error))
            return false;
        some = some || more;
        daemon_mailbox_state_alive(role);
    }
    if (failure != NULL)
        return forgive_move(role, error, g_steal_pointer(&failure));
    if (some)
        note_moved(role);
    return true;
}
