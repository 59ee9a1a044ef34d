/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-start.c - where a session reads on, and what is not ours.
 *
 * Every UID from the first one that is ours on, and below the cursor, has a row.
 *
 * Runs in:  mailbox.
 * Source:   doc/imap.md, "The first day"; RFC 9051 section 2.3.1.1
 */
#include "config.h"

#include "daemon/mailbox-start.h"

#include "daemon/log.h"
#include "daemon/mailbox-lease.h"
#include "daemon/trouble.h"
#include "spool/message.h"

typedef DaemonMailboxState Role;

/* The first mail of a listing that is ours, or NULL.  One whose date is not known is. */
static const DaemonStoreItem *
first_of(const GArray *items, gint64 start)
{
    for (guint i = 0; i < items->len; i++) {
        const DaemonStoreItem *item = &g_array_index(items, DaemonStoreItem, i);

        if (item->received == 0 || item->received >= start)
            return item;
    }
    return NULL;
}

/* The UID of the first mail that is ours.  Dates need not ascend with UIDs: whatever comes after
 * the first mail of the day is taken, whatever its date. */
static bool
find_first(const Role *role, guint32 *out_uid, GError **error)
{
    guint32 next = 1;

    while (!daemon_mailbox_state_stopped(role)) {
        g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
        const DaemonStoreItem *first;
        guint32 end = next;

        if (!daemon_store_list(role->store, next, items, &end, error))
            return false;
        first = first_of(items, role->work->mailbox->start);
        next = end;
        if (first != NULL || items->len == 0) {
            *out_uid = first != NULL ? first->uid : end;
            return true;
        }
        daemon_mailbox_state_alive(role);
    }
    return daemon_throw(error, DAEMON_ERROR_TIMEOUT, "told to stop");
}

/* Read from the beginning: of the mailbox, or of what is ours in it. */
static bool
begin(Role *role, GError **error)
{
    const DaemonMailbox *mailbox = role->work->mailbox;
    SpoolArrival first = {mailbox->name, role->store->uidvalidity, 1, 0};
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autofree char *why = NULL;

    role->next_uid = 1;
    if (mailbox->start == 0)
        return true;
    why = g_strconcat("start-date=", mailbox->start_date, NULL);
    if (!find_first(role, &first.uid, error) || !spool_txn_begin(&txn, role->work->db, error) ||
        !daemon_mailbox_lease_check(role, error) ||
        !spool_cursor_start(role->work->db, &first, why, error) || !spool_txn_commit(&txn, error))
        return false;
    role->next_uid = first.uid;
    daemon_log(DAEMON_LOG_NOTICE, role->id, "begins %s uid=%u", why, first.uid);
    return true;
}

/* When the server has numbered its mails anew, or was restored from an old backup, everything is
 * read again: the spool knows the mails it has by their bytes. */
static bool
find_cursor(Role *role, GError **error)
{
    guint32 uidvalidity, next_uid, now = role->store->uidvalidity;

    if (!spool_cursor_get(role->work->db, role->work->mailbox->name, &uidvalidity, &next_uid,
                          error))
        return false;
    role->next_uid = MAX(next_uid, 1);
    if (next_uid == 0)
        return begin(role, error);
    if (uidvalidity != now) {
        daemon_log(DAEMON_LOG_WARNING, role->id, "uidvalidity-changed was=%u is=%u reading=all",
                   uidvalidity, now);
        return begin(role, error);
    }
    if (role->store->uidnext != 0 && role->store->uidnext < next_uid) {
        daemon_log(DAEMON_LOG_WARNING, role->id, "uidnext-fell-back was=%u is=%u reading=all",
                   next_uid, role->store->uidnext);
        return begin(role, error);
    }
    return true;
}

static void
note_rights(const Role *role)
{
    if (!role->store->read_only || role->work->mailbox->junk)
        daemon_mailbox_state_mended(role, DAEMON_TROUBLE_READ_ONLY);
    else if (daemon_mailbox_state_trouble(role, DAEMON_TROUBLE_READ_ONLY) == 1)
        daemon_log(DAEMON_LOG_ERROR, role->id,
                   "read-only: mails are decided and stay where they are; check our rights");
}

bool
daemon_mailbox_start(Role *role, GError **error)
{
    note_rights(role);
    return find_cursor(role, error);
}
