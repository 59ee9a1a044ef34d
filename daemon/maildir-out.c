/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/maildir-out.c - an outbox that is a folder, for trying Postern out without a relay.
 *
 * Runs in:  courier.
 * Source:   https://cr.yp.to/proto/maildir.html
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/maildir-out.h"

bool
daemon_maildir_out(const char *folder, const char *from, GBytes *mail, GError **error)
{
    static guint counter = 0;
    static const char *const subfolders[] = {"tmp", "new", "cur"};
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT ".P%dQ%u.%s", g_get_real_time(),
                                            (int)getpid(), counter++, g_get_host_name());
    g_autofree char *written = g_build_filename(folder, "tmp", name, NULL);
    g_autofree char *filed = g_build_filename(folder, "new", name, NULL);
    g_autofree char *path_line = g_strdup_printf("Return-Path: <%s>\r\n", from);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GError) problem = NULL;
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(mail, &size);

    g_byte_array_append(bytes, (const guint8 *)path_line, (guint)strlen(path_line));
    g_byte_array_append(bytes, data, (guint)size);

    for (gsize i = 0; i < G_N_ELEMENTS(subfolders); i++) {
        g_autofree char *path = g_build_filename(folder, subfolders[i], NULL);

        g_mkdir_with_parents(path, 0700);
    }
    if (!g_file_set_contents_full(written, (const char *)bytes->data, (gssize)bytes->len,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                  0600, &problem))
        return daemon_throw(error, DAEMON_ERROR_TEMPORARY, "outbox folder: %s", problem->message);
    if (g_rename(written, filed) != 0)
        return daemon_throw(error, DAEMON_ERROR_TEMPORARY,
                            "outbox folder: the mail could not be "
                            "moved into new/");
    return true;
}
