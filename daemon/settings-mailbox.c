/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-mailbox.c - what follows from the settings of a mailbox.
 *
 * Runs in:  every role, when the settings are read.
 * Source:   doc/imap.md
 */
#include "config.h"

#include "daemon/settings-mailbox.h"

static bool
wrong(const char *path, const DaemonMailbox *mailbox, const char *what, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s: [mailbox %s] %s", path, mailbox->name,
                        what);
}

static bool
read_start(const char *path, const DaemonSettings *settings, DaemonMailbox *mailbox, GError **error)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(settings->timezone);
    g_autofree char *text = NULL;
    g_autoptr(GDateTime) day = NULL;

    if (mailbox->start_date == NULL)
        return true;
    text = g_strconcat(mailbox->start_date, "T00:00:00", NULL);
    day = g_date_time_new_from_iso8601(text, zone);
    if (day == NULL)
        return wrong(path, mailbox, "start-date must be a day such as 2026-09-01", error);
    mailbox->start = g_date_time_to_unix(day) * G_USEC_PER_SEC;
    return true;
}

static gpointer
copy_text(gconstpointer text, gpointer data)
{
    (void)data;
    return g_strdup(text);
}

/* The same account, another folder; it is only read. */
static DaemonMailbox *
junk_of(const DaemonMailbox *mailbox)
{
    DaemonMailbox *junk = g_memdup2(mailbox, sizeof *mailbox);

    junk->name = g_strconcat(mailbox->name, DAEMON_SETTINGS_JUNK, NULL);
    junk->server.user = g_strdup(mailbox->server.user);
    junk->server.host = g_strdup(mailbox->server.host);
    junk->server.folder = g_strdup(mailbox->junk_folder);
    junk->password_file = g_strdup(mailbox->password_file);
    junk->oauth = g_strdup(mailbox->oauth);
    junk->ca_file = g_strdup(mailbox->ca_file);
    junk->addresses = g_ptr_array_copy(mailbox->addresses, copy_text, NULL);
    g_ptr_array_set_free_func(junk->addresses, g_free);
    junk->start_date = g_strdup(mailbox->start_date);
    junk->junk_folder = NULL;
    junk->junk = true;
    junk->canary_interval = 0;
    return junk;
}

bool
daemon_settings_mailbox_finish(const char *path, DaemonSettings *settings, GError **error)
{
    guint count = settings->mailboxes->len;

    for (guint i = 0; i < count; i++) {
        DaemonMailbox *mailbox = settings->mailboxes->pdata[i];
        g_autofree char *name = g_strconcat(mailbox->name, DAEMON_SETTINGS_JUNK, NULL);

        if (!read_start(path, settings, mailbox, error))
            return false;
        if (mailbox->junk_folder == NULL)
            continue;
        if (mailbox->server.scheme != DAEMON_SCHEME_IMAP)
            return wrong(path, mailbox, "junk-folder is for IMAP only", error);
        if (daemon_settings_mailbox(settings, name) != NULL)
            return wrong(path, mailbox,
                         "junk-folder needs the name NAME-junk: call the other "
                         "mailbox something else",
                         error);
        g_ptr_array_add(settings->mailboxes, junk_of(mailbox));
    }
    return true;
}
