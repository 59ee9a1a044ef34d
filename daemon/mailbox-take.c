/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/mailbox-take.c - the first half of the mailbox role: from the inbox into the spool.
 *
 * The rows of a chunk and the cursor are one commit; nothing in the inbox changes.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "daemon/mailbox-take.h"

#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "daemon/mailbox-lease.h"
#include "spool/message.h"

/* Of mails fetched at once; a larger one goes alone, and never is in memory whole. */
#define BATCH_BYTES (8u * 1024 * 1024)
#define BLAME_HEADERS 4u /* failures over one mail after which only its headers are fetched */
#define BLAME_NOTHING 6u /* ... and after which nothing is */

typedef DaemonMailboxState Role;

static SpoolArrival
arrival_of(const Role *role, const DaemonStoreItem *item)
{
    SpoolArrival arrival = {role->work->mailbox->name, role->store->uidvalidity, item->uid,
                            item->received};

    return arrival;
}

static bool
put_unread(const Role *role, const DaemonStoreItem *item, GBytes *headers, GError **error)
{
    SpoolArrival arrival = arrival_of(role, item);
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    gint64 id;

    if (!spool_message_put_unread(role->work->db, &arrival, headers != NULL ? headers : none,
                                  item->size, &id, error))
        return false;
    daemon_log(DAEMON_LOG_WARNING, role->id, "stored-unread mail=%" G_GINT64_FORMAT " uid=%u", id,
               item->uid);
    return true;
}

static void
log_stored(const Role *role, const DaemonStoreItem *item, gint64 id, gsize length)
{
    daemon_log(DAEMON_LOG_NOTICE, role->id, "stored mail=%" G_GINT64_FORMAT " uid=%u bytes=%zu", id,
               item->uid, length);
}

static bool
put_whole(const Role *role, const DaemonStoreItem *item, GBytes *raw, GError **error)
{
    SpoolArrival arrival = arrival_of(role, item);
    gint64 id;

    if (g_bytes_get_size(raw) > SPOOL_MESSAGE_MAX)
        return put_unread(role, item, NULL, error);
    if (!spool_message_put(role->work->db, &arrival, raw, &id, error))
        return false;
    log_stored(role, item, id, g_bytes_get_size(raw));
    return true;
}

static bool
put_stage(const Role *role, const DaemonStoreItem *item, SpoolStage *stage, GError **error)
{
    SpoolArrival arrival = arrival_of(role, item);
    gint64 id;

    if (spool_stage_size(stage) > SPOOL_MESSAGE_MAX)
        return put_unread(role, item, NULL, error);
    if (!spool_message_put_stage(role->work->db, &arrival, stage, &id, error))
        return false;
    log_stored(role, item, id, spool_stage_size(stage));
    return true;
}

/* Whether a mail that the store did not hand over is still there. */
static bool
is_there(const Role *role, guint32 uid, bool *out_there, GError **error)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
    guint32 next;

    if (!daemon_store_list(role->store, uid, items, &next, error))
        return false;
    *out_there = items->len > 0 && g_array_index(items, DaemonStoreItem, 0).uid == uid;
    return true;
}

/* What was fetched of a chunk. */
typedef struct {
    DaemonStorePart part;
    GPtrArray *bytes;  /* GBytes, or NULL for what the store did not give */
    SpoolStage *stage; /* instead of the first of them, or NULL */
} Fetched;

static void
fetched_clear(Fetched *fetched)
{
    g_ptr_array_unref(fetched->bytes);
    spool_stage_free(fetched->stage);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fetched, fetched_clear)

/* The store gave nothing for some mails.  Either somebody took them, and they are dropped from both
 * lists here, or they are of those that a server shows and cannot deliver: a person must look at
 * these where they are. */
static bool
drop_gone(const Role *role, GArray *chunk, Fetched *fetched, GError **error)
{
    GPtrArray *bytes = fetched->bytes;

    for (guint i = chunk->len; i-- > 0;) {
        guint32 uid = g_array_index(chunk, DaemonStoreItem, i).uid;
        bool there = true;

        if (bytes->pdata[i] != NULL || fetched->stage != NULL)
            continue;
        if (!is_there(role, uid, &there, error))
            return false;
        if (there)
            continue;
        daemon_log(DAEMON_LOG_NOTICE, role->id, "gone-before-read uid=%u", uid);
        g_array_remove_index(chunk, i);
        g_ptr_array_remove_index(bytes, i);
    }
    return true;
}

static bool
put_one(const Role *role, const DaemonStoreItem *item, const Fetched *fetched, guint i,
        GError **error)
{
    GBytes *bytes = fetched->bytes->pdata[i];

    if (fetched->stage != NULL)
        return put_stage(role, item, fetched->stage, error);
    if (bytes == NULL || fetched->part == DAEMON_STORE_HEADERS)
        return put_unread(role, item, bytes, error);
    return put_whole(role, item, bytes, error);
}

/* Store what was fetched and move the cursor to next_uid, in one commit. */
static bool
put_chunk(Role *role, const GArray *chunk, const Fetched *fetched, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    if (!spool_txn_begin(&txn, role->work->db, error) || !daemon_mailbox_lease_check(role, error))
        return false;
    for (guint i = 0; i < chunk->len; i++)
        if (!put_one(role, &g_array_index(chunk, DaemonStoreItem, i), fetched, i, error))
            return false;
    if (!spool_cursor_set(role->work->db, role->work->mailbox->name, role->store->uidvalidity,
                          role->next_uid, error))
        return false;
    return spool_txn_commit(&txn, error);
}

static bool
is_large(const Role *role, const DaemonStoreItem *item)
{
    return item->size > (guint64)role->work->mailbox->message_max * 1024 * 1024;
}

static guint
blame_of(const Role *role, const DaemonStoreItem *item)
{
    return item->uid == role->blamed_uid ? role->blamed : 0;
}

/* One whose size the store does not say may have any. */
static bool
is_streamed(const DaemonStoreItem *item)
{
    return item->size == 0 || item->size > BATCH_BYTES;
}

/* The mails to fetch together, from items[first] on: a large or a suspect one goes alone. */
static GArray *
cut_chunk(const Role *role, const GArray *items, guint first)
{
    GArray *chunk = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
    guint64 bytes = 0;

    for (guint i = first; i < items->len && chunk->len < role->batch; i++) {
        const DaemonStoreItem *item = &g_array_index(items, DaemonStoreItem, i);
        bool alone =
            is_streamed(item) || is_large(role, item) || blame_of(role, item) >= BLAME_HEADERS;

        bytes += item->size;
        if (chunk->len > 0 && (alone || bytes > BATCH_BYTES))
            break;
        g_array_append_val(chunk, *item);
        if (alone)
            break;
    }
    return chunk;
}

/* A mail that ends the connection each time it is fetched must not keep the others back: after some
 * failures it is fetched alone, then its headers only, then it is held without them. */
static void
note_failed_fetch(Role *role, const GArray *chunk)
{
    guint32 uid = g_array_index(chunk, DaemonStoreItem, 0).uid;

    if (chunk->len > 1) {
        role->batch = 1;
        return;
    }
    role->blamed = uid == role->blamed_uid ? role->blamed + 1 : 1;
    role->blamed_uid = uid;
}

static bool
add_to_stage(void *user, const void *data, gsize length, GError **error)
{
    return spool_stage_add(user, data, length, error);
}

static bool
fetch_streamed(const Role *role, const DaemonStoreItem *item, Fetched *fetched, GError **error)
{
    g_autoptr(SpoolStage) stage = NULL;
    bool given = false;

    if (!spool_stage_new(role->work->db, &stage, error))
        return false;
    const DaemonStoreSink sink = {add_to_stage, stage};

    if (!daemon_store_stream(role->store, item, &sink, &given, error))
        return false;
    g_ptr_array_add(fetched->bytes, NULL);
    if (given)
        fetched->stage = g_steal_pointer(&stage);
    return true;
}

static bool
fetch_some(const Role *role, const GArray *chunk, Fetched *fetched, GError **error)
{
    const DaemonStoreItem *first = &g_array_index(chunk, DaemonStoreItem, 0);

    if (fetched->part == DAEMON_STORE_WHOLE && is_streamed(first))
        return fetch_streamed(role, first, fetched, error);
    return daemon_store_fetch(role->store, chunk, fetched->part, fetched->bytes, error);
}

/* Our own disk says nothing against a mail. */
static bool
is_of_mail(const Role *role, const GError *failure)
{
    return failure->domain != SPOOL_ERROR && !daemon_mailbox_state_stopped(role);
}

static bool
fetch_chunk(Role *role, GArray *chunk, Fetched *fetched, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (blame_of(role, &g_array_index(chunk, DaemonStoreItem, 0)) >= BLAME_NOTHING) {
        g_ptr_array_add(fetched->bytes, NULL);
    } else if (!fetch_some(role, chunk, fetched, &failure)) {
        if (is_of_mail(role, failure))
            note_failed_fetch(role, chunk);
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    g_assert(fetched->bytes->len == chunk->len);
    return drop_gone(role, chunk, fetched, error);
}

static bool
take_chunk(Role *role, GArray *chunk, GError **error)
{
    const DaemonStoreItem *first = &g_array_index(chunk, DaemonStoreItem, 0);
    guint32 before = role->next_uid;
    guint32 next = g_array_index(chunk, DaemonStoreItem, chunk->len - 1).uid + 1;
    g_auto(Fetched)
        fetched = {.part = is_large(role, first) || blame_of(role, first) >= BLAME_HEADERS
                               ? DAEMON_STORE_HEADERS
                               : DAEMON_STORE_WHOLE,
                   .bytes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};

    if (!fetch_chunk(role, chunk, &fetched, error))
        return false;
    role->next_uid = next;
    if (!put_chunk(role, chunk, &fetched, error)) {
        role->next_uid = before;
        return false;
    }
    role->batch = MIN(role->batch * 2, MAX(role->work->mailbox->batch, 1));
    daemon_doorbell_ring(role->work->intake_fd);
    return true;
}

/* Everything in [next_uid, next) is stored: let the cursor pass the gaps as well. */
static bool
pass_gap(Role *role, guint32 next, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    if (next <= role->next_uid)
        return true;
    if (!spool_txn_begin(&txn, role->work->db, error) || !daemon_mailbox_lease_check(role, error) ||
        !spool_cursor_set(role->work->db, role->work->mailbox->name, role->store->uidvalidity, next,
                          error) ||
        !spool_txn_commit(&txn, error))
        return false;
    role->next_uid = next;
    return true;
}

bool
daemon_mailbox_take(Role *role, GError **error)
{
    while (!daemon_mailbox_state_stopped(role)) {
        g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
        guint32 next = role->next_uid;

        if (!daemon_store_list(role->store, role->next_uid, items, &next, error))
            return false;
        for (guint i = 0; i < items->len && !daemon_mailbox_state_stopped(role);) {
            g_autoptr(GArray) chunk = cut_chunk(role, items, i);

            i += chunk->len; /* before those that are gone are dropped from it */
            if (!take_chunk(role, chunk, error))
                return false;
            daemon_mailbox_state_alive(role);
        }
        if (daemon_mailbox_state_stopped(role))
            return true;
        if (!pass_gap(role, next, error))
            return false;
        if (items->len == 0)
            return true;
    }
    return true;
}
