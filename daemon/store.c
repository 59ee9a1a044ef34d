/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/store.c - a mailbox somewhere else: IMAP or Maildir, the same few acts.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "daemon/store.h"

#include <string.h>

#include "daemon/imap.h"
#include "daemon/maildir.h"

/* clang-format off */
static const struct {
    const char *action;
    const char *folder;
} folders[] = {
    { "accept",   "Accepted"   },
    { "redirect", "Redirected" },
    { "hold",     "Held"       },
    { "attach",   "Attached"   },
    { "ignore",   "Ignored"    },
};
/* clang-format on */

const char *
daemon_store_folder(const char *action)
{
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++)
        if (g_strcmp0(action, folders[i].action) == 0)
            return folders[i].folder;
    return NULL;
}

bool
daemon_store_open(const DaemonMailbox *mailbox, const char *password, int stop_fd,
                  DaemonStore **out_store, GError **error)
{
    switch (mailbox->server.scheme) {
    case DAEMON_SCHEME_IMAP:
        return daemon_imap_open(mailbox, password, stop_fd, out_store, error);
    case DAEMON_SCHEME_MAILDIR:
        return daemon_maildir_open(mailbox, stop_fd, out_store, error);
    default:
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "a mailbox is imap, imaps or maildir");
    }
}

void
daemon_store_close(DaemonStore *store)
{
    if (store != NULL)
        store->ops->close(store);
}

bool
daemon_store_list(DaemonStore *store, guint32 next_uid, GArray *items, guint32 *out_next,
                  GError **error)
{
    return store->ops->list(store, next_uid, items, out_next, error);
}

bool
daemon_store_fetch(DaemonStore *store, const GArray *items, DaemonStorePart part, GPtrArray *bytes,
                   GError **error)
{
    return store->ops->fetch(store, items, part, bytes, error);
}

bool
daemon_store_stream(DaemonStore *store, const DaemonStoreItem *item, const DaemonStoreSink *sink,
                    bool *out_given, GError **error)
{
    return store->ops->stream(store, item, sink, out_given, error);
}

bool
daemon_store_move(DaemonStore *store, const GArray *uids, const char *action, GArray *gone,
                  GError **error)
{
    return store->ops->move(store, uids, action, gone, error);
}

bool
daemon_store_wait(DaemonStore *store, int doorbell_fd, guint seconds, GError **error)
{
    return store->ops->wait(store, doorbell_fd, seconds, error);
}
