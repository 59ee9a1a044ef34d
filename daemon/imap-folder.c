/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-folder.c - select the inbox, and move decided mails out of it.
 *
 * Never expunges a mail that is not ours: without MOVE and UIDPLUS a moved mail
 * is only marked as deleted.
 *
 * Runs in:  mailbox.
 * Source:   RFC 6851, RFC 4315 section 2.1, RFC 2342, RFC 9051 section 6.4.7 (TRYCREATE)
 */
#include "config.h"

#include "daemon/imap-folder.h"

#include <string.h>

#include "daemon/imap-fetch.h"

typedef struct mailimap_set ImapSet;
typedef struct mailimap_namespace_data ImapNamespace;
typedef struct mailimap_store_att_flags ImapStore;
typedef clist ImapListResult;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapSet, mailimap_set_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapNamespace, mailimap_namespace_data_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapStore, mailimap_store_att_flags_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapListResult, mailimap_list_result_free)

/* A server without levels has no delimiter; then "Postern-Accepted" it is. */
static char *
prefix_of(const char *personal, char delimiter)
{
    return g_strdup_printf("%sPostern%c", personal, delimiter != '\0' ? delimiter : '-');
}

static bool
ask_namespace(DaemonImap *imap, GError **error)
{
    g_autoptr(ImapNamespace) data = NULL;
    const struct mailimap_namespace_info *info;
    int code;

    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    code = mailimap_namespace(imap->etpan, &data);
    if (!daemon_imap_session_check(imap, code, DAEMON_ERROR_PROTOCOL, "namespace", error))
        return false;
    if (data == NULL || data->ns_personal == NULL || clist_isempty(data->ns_personal->ns_data_list))
        return true;
    info = clist_content(clist_begin(data->ns_personal->ns_data_list));
    imap->prefix = prefix_of(info->ns_prefix, info->ns_delimiter);
    return true;
}

static bool
ask_delimiter(DaemonImap *imap, GError **error)
{
    g_autoptr(ImapListResult) list = NULL;
    char delimiter = '\0';
    int code;

    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    code = mailimap_list(imap->etpan, "", "", &list);
    if (!daemon_imap_session_check(imap, code, DAEMON_ERROR_PROTOCOL, "list", error))
        return false;
    if (list != NULL && !clist_isempty(list)) {
        const struct mailimap_mailbox_list *first = clist_content(clist_begin(list));

        delimiter = first->mb_delimiter;
    }
    imap->prefix = prefix_of("", delimiter);
    return true;
}

bool
daemon_imap_folder_select(DaemonImap *imap, GError **error)
{
    const char *folder = imap->mailbox->server.folder;
    const struct mailimap_selection_info *info;
    int code;

    if (daemon_imap_session_can(imap, "NAMESPACE") && !ask_namespace(imap, error))
        return false;
    if (imap->prefix == NULL && !ask_delimiter(imap, error))
        return false;
    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    if (folder == NULL)
        folder = "INBOX";
    code = imap->mailbox->junk ? mailimap_examine(imap->etpan, folder)
                               : mailimap_select(imap->etpan, folder);
    if (!daemon_imap_session_check(imap, code, DAEMON_ERROR_MAILBOX, "select", error))
        return false;
    info = imap->etpan->imap_selection_info;
    if (info == NULL)
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "select: the server says nothing of it");
    imap->store.read_only = imap->mailbox->junk || info->sel_perm == MAILIMAP_MAILBOX_READONLY;
    imap->store.uidvalidity = info->sel_uidvalidity;
    imap->store.uidnext = info->sel_uidnext;
    return true;
}

/* By COPY, for servers without MOVE.  Interrupted between the steps it leaves a copy too many. */
static int
copy_and_delete(DaemonImap *imap, struct mailimap_set *set, const char *folder)
{
    struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();
    g_autoptr(ImapStore) store = NULL;
    int code = mailimap_uid_copy(imap->etpan, set, folder);

    g_assert(flags != NULL);
    mailimap_flag_list_add(flags, mailimap_flag_new_deleted());
    store = mailimap_store_att_flags_new_add_flags_silent(flags);
    g_assert(store != NULL);
    if (code == MAILIMAP_NO_ERROR)
        code = mailimap_uid_store(imap->etpan, set, store);
    if (code == MAILIMAP_NO_ERROR && imap->has_uidplus)
        code = mailimap_uid_expunge(imap->etpan, set);
    return code;
}

static int
move_set(DaemonImap *imap, struct mailimap_set *set, const char *folder)
{
    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    return imap->has_move ? mailimap_uid_move(imap->etpan, set, folder)
                          : copy_and_delete(imap, set, folder);
}

/* A move that would fail in the same way once more is not worth a folder. */
static bool
is_for_want_of_folder(DaemonImap *imap, int code)
{
    const char *said = daemon_tls_stream_said(imap->stream);

    return (code == MAILIMAP_ERROR_UID_MOVE || code == MAILIMAP_ERROR_UID_COPY) &&
           strstr(said, "[OVERQUOTA]") == NULL;
}

/* Whether it existed already does not matter: the move that follows tells. */
static bool
create_folder(DaemonImap *imap, const char *folder, GError **error)
{
    int code;

    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    code = mailimap_create(imap->etpan, folder);
    if (code == MAILIMAP_NO_ERROR)
        code = mailimap_subscribe(imap->etpan, folder);
    if (code == MAILIMAP_ERROR_CREATE || code == MAILIMAP_ERROR_SUBSCRIBE)
        return true;
    return daemon_imap_session_check(imap, code, DAEMON_ERROR_MAILBOX, "create", error);
}

static void
note_gone(const GArray *uids, const GArray *present, GArray *gone)
{
    for (guint i = 0, p = 0; i < uids->len; i++) {
        guint32 uid = g_array_index(uids, guint32, i);

        if (p < present->len && g_array_index(present, guint32, p) == uid)
            p++;
        else
            g_array_append_val(gone, uid);
    }
}

bool
daemon_imap_folder_move(DaemonImap *imap, const GArray *uids, const char *action, GArray *gone,
                        GError **error)
{
    g_autofree char *folder = g_strconcat(imap->prefix, daemon_store_folder(action), NULL);
    g_autoptr(GArray) present = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(ImapSet) set = NULL;
    int code;

    g_assert(daemon_store_folder(action) != NULL);
    if (!daemon_imap_fetch_present(imap, uids, present, error))
        return false;
    if (present->len > 0) {
        set = daemon_imap_fetch_set(present);
        code = move_set(imap, set, folder);
        if (is_for_want_of_folder(imap, code)) {
            if (!create_folder(imap, folder, error))
                return false;
            code = move_set(imap, set, folder);
        }
        if (!daemon_imap_session_check(imap, code, DAEMON_ERROR_MAILBOX, "move", error))
            return false;
    }
    note_gone(uids, present, gone);
    return true;
}
