/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/maildir-uids.c - which UID each file of a Maildir has, kept across restarts.
 *
 * First line: "postern-uidlist 1 UIDVALIDITY NEXTUID"; then "UID NAME" a line.
 *
 * Runs in:  mailbox.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "daemon/maildir-uids.h"

#include <string.h>

#define LIST_NAME "postern-uidlist"

static DaemonMaildirUids *
new_list(const char *maildir)
{
    DaemonMaildirUids *uids = g_new0(DaemonMaildirUids, 1);

    uids->path = g_build_filename(maildir, LIST_NAME, NULL);
    uids->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    uids->uidvalidity = (guint32)(g_get_real_time() / G_USEC_PER_SEC);
    uids->next_uid = 1;
    uids->changed = true;
    return uids;
}

static bool
read_number(const char **at, guint32 *out_number)
{
    char *end;
    guint64 number = g_ascii_strtoull(*at, &end, 10);

    if (end == *at || number > G_MAXUINT32)
        return false;
    *at = *end == ' ' ? end + 1 : end;
    *out_number = (guint32)number;
    return true;
}

static bool
read_head(DaemonMaildirUids *uids, const char *line)
{
    static const char mark[] = LIST_NAME " 1 ";
    guint32 uidvalidity, next_uid;

    if (!g_str_has_prefix(line, mark))
        return false;
    line += strlen(mark);
    if (!read_number(&line, &uidvalidity) || !read_number(&line, &next_uid) || next_uid == 0)
        return false;
    uids->uidvalidity = uidvalidity;
    uids->next_uid = next_uid;
    return true;
}

/* A list that makes no sense counts for nothing: numbering anew is always safe. */
static bool
read_list(DaemonMaildirUids *uids, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    if (lines[0] == NULL || !read_head(uids, lines[0]))
        return false;
    for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
        const char *at = *line;
        guint32 uid;

        if (!read_number(&at, &uid) || uid == 0 || uid >= uids->next_uid || *at == '\0')
            return false;
        g_hash_table_insert(uids->by_name, g_strdup(at), GUINT_TO_POINTER(uid));
    }
    return true;
}

bool
daemon_maildir_uids_load(const char *maildir, DaemonMaildirUids **out_uids, GError **error)
{
    g_autoptr(DaemonMaildirUids) uids = new_list(maildir);
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = NULL;

    if (g_file_get_contents(uids->path, &text, NULL, &failure)) {
        if (read_list(uids, text)) {
            uids->changed = false;
        } else {
            daemon_maildir_uids_free(uids);
            uids = new_list(maildir);
        }
    } else if (!g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        return daemon_throw(error, DAEMON_ERROR_MAILBOX, "the list of UIDs cannot be read: %s",
                            failure->message);
    }
    *out_uids = g_steal_pointer(&uids);
    return true;
}

void
daemon_maildir_uids_free(DaemonMaildirUids *uids)
{
    if (uids == NULL)
        return;
    g_hash_table_unref(uids->by_name);
    g_free(uids->path);
    g_free(uids);
}

guint32
daemon_maildir_uids_of(DaemonMaildirUids *uids, const char *name)
{
    guint32 uid = GPOINTER_TO_UINT(g_hash_table_lookup(uids->by_name, name));

    if (uid == 0) {
        uid = uids->next_uid++;
        g_hash_table_insert(uids->by_name, g_strdup(name), GUINT_TO_POINTER(uid));
        uids->changed = true;
    }
    return uid;
}

void
daemon_maildir_uids_keep(DaemonMaildirUids *uids, GHashTable *names)
{
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, uids->by_name);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!g_hash_table_contains(names, name)) {
            g_hash_table_iter_remove(&iter);
            uids->changed = true;
        }
}

bool
daemon_maildir_uids_save(DaemonMaildirUids *uids, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) failure = NULL;
    GHashTableIter iter;
    gpointer name, uid;

    if (!uids->changed)
        return true;
    g_string_append_printf(text, LIST_NAME " 1 %u %u\n", uids->uidvalidity, uids->next_uid);
    g_hash_table_iter_init(&iter, uids->by_name);
    while (g_hash_table_iter_next(&iter, &name, &uid))
        g_string_append_printf(text, "%u %s\n", GPOINTER_TO_UINT(uid), (const char *)name);
    if (!g_file_set_contents_full(uids->path, text->str, (gssize)text->len,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                  0600, &failure))
        return daemon_throw(error, DAEMON_ERROR_MAILBOX, "the list of UIDs cannot be written: %s",
                            failure->message);
    uids->changed = false;
    return true;
}
