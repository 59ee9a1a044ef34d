/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap.c - a mailbox on an IMAP server, as a store.
 *
 * Any error ends the session: the role connects again.  Nothing is kept between
 * sessions, so that a new one cannot inherit a confusion.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051
 */
#include "config.h"

#include "daemon/imap.h"

#include "daemon/imap-fetch.h"
#include "daemon/imap-folder.h"
#include "daemon/imap-idle.h"
#include "daemon/imap-login.h"

static DaemonImap *
imap_of(DaemonStore *store)
{
    return (DaemonImap *)(void *)store;
}

static bool
imap_list(DaemonStore *store, guint32 next_uid, GArray *items, guint32 *out_next, GError **error)
{
    return daemon_imap_fetch_list(imap_of(store), next_uid, items, out_next, error);
}

static bool
imap_fetch(DaemonStore *store, const GArray *items, DaemonStorePart part, GPtrArray *bytes,
           GError **error)
{
    return daemon_imap_fetch_bytes(imap_of(store), items, part, bytes, error);
}

static bool
imap_stream(DaemonStore *store, const DaemonStoreItem *item, const DaemonStoreSink *sink,
            bool *out_given, GError **error)
{
    return daemon_imap_fetch_stream(imap_of(store), item, sink, out_given, error);
}

static bool
imap_move(DaemonStore *store, const GArray *uids, const char *action, GArray *gone, GError **error)
{
    return daemon_imap_folder_move(imap_of(store), uids, action, gone, error);
}

static bool
imap_wait(DaemonStore *store, int doorbell_fd, guint seconds, GError **error)
{
    return daemon_imap_idle(imap_of(store), doorbell_fd, seconds, error);
}

/* A goodbye that nobody waits for. */
static void
imap_close(DaemonStore *store)
{
    DaemonImap *imap = imap_of(store);
    g_autofree char *tag = daemon_imap_session_tag(imap);
    g_autofree char *command = g_strconcat(tag, " LOGOUT", NULL);

    (void)daemon_imap_session_send(imap, command, NULL);
    daemon_imap_session_free(imap);
}

static const DaemonStoreOps ops = {imap_list, imap_fetch, imap_stream,
                                   imap_move, imap_wait,  imap_close};

bool
daemon_imap_open(const DaemonMailbox *mailbox, const char *password, int stop_fd,
                 DaemonStore **out_store, GError **error)
{
    g_autoptr(DaemonImap) imap = NULL;

    if (!daemon_imap_session_open(mailbox, stop_fd, &imap, error))
        return false;
    if (!daemon_imap_login(imap, password, error))
        return false;
    /* Some servers offer more once they know who asks. */
    if (!daemon_imap_session_capabilities(imap, error))
        return false;
    if (!daemon_imap_folder_select(imap, error))
        return false;
    imap->store.ops = &ops;
    *out_store = &g_steal_pointer(&imap)->store;
    return true;
}
