/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings.c - reads and checks the settings file by the table of settings.
 *
 * A mistake is never guessed at: an unknown group or key, a value out of bounds
 * or a missing one stops the start with file, group, key and what to do.
 *
 * Runs in:  every role, before privileges are dropped.
 * Source:   the contract, "Settings"; doc/settings.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/bounce-address.h"
#include "daemon/settings-check.h"
#include "daemon/settings-table.h"
#include "daemon/settings-url.h"
#include "daemon/settings.h"

/* The file being read, for messages. */
typedef struct {
    GKeyFile *file;
    const char *path;
} Source;

static bool
wrong(const Source *from, const char *group, const char *key, const char *what, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s: [%s] %s: %s", from->path, group, key,
                        what);
}

/* The value without a comment after white space and ';', which the contract's example uses. */
static char *
get_text(const Source *from, const char *group, const char *key)
{
    g_autofree char *raw = g_key_file_get_value(from->file, group, key, NULL);
    char *comment;

    if (raw == NULL)
        return NULL;
    for (comment = raw; (comment = strchr(comment, ';')) != NULL; comment++)
        if (comment > raw && g_ascii_isspace(comment[-1])) {
            *comment = '\0';
            break;
        }
    g_strstrip(raw);
    return raw[0] == '\0' ? NULL : g_steal_pointer(&raw);
}

static bool
set_uint(const Source *from, const DaemonSettingRow *row, const char *group, const char *text,
         gpointer base, GError **error)
{
    guint64 value = 0;
    g_autofree char *what = NULL;

    if (!g_ascii_string_to_unsigned(text, 10, row->min, row->max, &value, NULL)) {
        what = g_strdup_printf("\"%s\" is not a whole number from %u to %u (%s)", text, row->min,
                               row->max, row->unit);
        return wrong(from, group, row->key, what, error);
    }
    G_STRUCT_MEMBER(guint, base, row->offset) = (guint)value;
    return true;
}

static bool
set_bool(const Source *from, const DaemonSettingRow *row, const char *group, const char *text,
         gpointer base, GError **error)
{
    bool yes = g_str_equal(text, "true") || g_str_equal(text, "yes");

    if (!yes && !g_str_equal(text, "false") && !g_str_equal(text, "no"))
        return wrong(from, group, row->key, "must be true or false", error);
    G_STRUCT_MEMBER(bool, base, row->offset) = yes;
    return true;
}

static bool
set_row(const Source *from, const DaemonSettingRow *row, const char *group, gpointer base,
        GError **error)
{
    g_autofree char *text = get_text(from, group, row->key);

    if (text == NULL)
        text = g_strdup(row->preset);
    if (text == NULL)
        return true;
    if (row->kind == DAEMON_SETTING_UINT)
        return set_uint(from, row, group, text, base, error);
    if (row->kind == DAEMON_SETTING_BOOL)
        return set_bool(from, row, group, text, base, error);
    g_free(G_STRUCT_MEMBER(char *, base, row->offset));
    G_STRUCT_MEMBER(char *, base, row->offset) = g_steal_pointer(&text);
    return true;
}

/* Every key of a group must be one that the table knows: a misspelt setting must never pass. */
static bool
check_keys(const Source *from, const char *group, const char *table_group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(from->file, group, NULL, NULL);

    for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
        bool known = false;

        for (gsize r = 0; r < daemon_n_setting_rows; r++)
            known |= g_str_equal(daemon_setting_rows[r].group, table_group) &&
                     g_str_equal(daemon_setting_rows[r].key, keys[i]);
        if (!known)
            return wrong(from, group, keys[i], "there is no such setting; see doc/settings.md",
                         error);
    }
    return true;
}

static bool
read_rows(const Source *from, const char *group, const char *table_group, gpointer base,
          GError **error)
{
    for (gsize r = 0; r < daemon_n_setting_rows; r++)
        if (g_str_equal(daemon_setting_rows[r].group, table_group) &&
            daemon_setting_rows[r].in_struct)
            if (!set_row(from, &daemon_setting_rows[r], group, base, error))
                return false;
    return true;
}

static bool
read_server(const Source *from, const char *group, DaemonServer *server, GError **error)
{
    g_autofree char *url = get_text(from, group, "url");
    g_autofree char *tls = get_text(from, group, "tls");
    g_autofree char *user = get_text(from, group, "user");
    g_autoptr(GError) problem = NULL;

    if (url == NULL)
        return wrong(from, group, "url", "is missing", error);
    if (!daemon_settings_url_parse(url, tls, server, &problem))
        return wrong(from, group, "url", problem->message, error);
    if (user != NULL) {
        g_free(server->user);
        server->user = g_steal_pointer(&user);
    }
    return true;
}

static bool
read_addresses(const Source *from, const char *group, GPtrArray *addresses, GError **error)
{
    /* Taken as it stands: here the semicolon separates, and addresses hold no white space. */
    g_autofree char *text = g_key_file_get_value(from->file, group, "address", NULL);
    g_auto(GStrv) parts = g_strsplit_set(text != NULL ? text : "", "; \t", -1);

    for (guint i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] == '\0')
            continue;
        if (strchr(parts[i], '@') == NULL)
            break; /* a comment has begun */
        g_ptr_array_add(addresses, g_ascii_strdown(parts[i], -1));
    }
    if (addresses->len == 0)
        return wrong(from, group, "address", "is missing: name the address of this mailbox", error);
    return true;
}

/* The years are those of the calendar of the replies. */
static bool
is_date(const char *text)
{
    unsigned year, month, day;

    return strlen(text) == 10 && strspn(text, "0123456789-") == 10 &&
           sscanf(text, "%4u-%2u-%2u", &year, &month, &day) == 3 && year >= 1970 && year <= 2199 &&
           g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static bool
read_closures(const Source *from, DaemonSettings *settings, GError **error)
{
    /* Taken as it stands: a semicolon separates, and begins a comment after white space. */
    g_autofree char *text = g_key_file_get_value(from->file, "service", "closures", NULL);
    g_auto(GStrv) parts = g_strsplit(text != NULL ? text : "", ";", -1);
    g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func(g_free);
    bool blank = false;

    for (guint i = 0; parts[i] != NULL; i++) {
        bool comment = blank;

        blank = g_str_has_suffix(parts[i], " ") || g_str_has_suffix(parts[i], "\t");
        g_strstrip(parts[i]);
        if (comment && !g_ascii_isdigit(parts[i][0]))
            break;
        if (parts[i][0] != '\0' && !is_date(parts[i]))
            return wrong(from, "service", "closures", "must be dates such as 2026-12-29;2026-12-30",
                         error);
        if (parts[i][0] != '\0')
            g_ptr_array_add(days, g_strdup(parts[i]));
    }
    g_ptr_array_add(days, NULL);
    settings->closures = (char **)g_ptr_array_free(g_steal_pointer(&days), FALSE);
    return true;
}

static bool
read_cutoff(const Source *from, const char *group, const char *zone_name, gint64 *out_cutoff,
            GError **error)
{
    g_autofree char *text = get_text(from, group, "professional-cutoff");
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
    g_autoptr(GDateTime) day = NULL;
    int year = 2023, month = 4, date = 16;
    char rest = 0;

    if (zone == NULL)
        return wrong(from, "service", "timezone", "is not a time zone of this system", error);
    if (text != NULL && sscanf(text, "%4d-%2d-%2d%c", &year, &month, &date, &rest) != 3)
        return wrong(from, group, "professional-cutoff", "must be a date such as 2023-04-16",
                     error);
    day = g_date_time_new(zone, year, month, date, 0, 0, 0);
    if (day == NULL)
        return wrong(from, group, "professional-cutoff", "is not a day of the calendar", error);
    *out_cutoff = g_date_time_to_unix(day) * G_USEC_PER_SEC;
    return true;
}

static void
mailbox_free(gpointer data)
{
    DaemonMailbox *mailbox = data;

    daemon_settings_url_clear(&mailbox->server);
    g_free(mailbox->name);
    g_free(mailbox->password_file);
    g_free(mailbox->oauth);
    g_free(mailbox->ca_file);
    g_free(mailbox->start_date);
    g_free(mailbox->junk_folder);
    g_ptr_array_unref(mailbox->addresses);
    g_free(mailbox);
}

static DaemonMailbox *
mailbox_new(const char *name)
{
    DaemonMailbox *mailbox = g_new0(DaemonMailbox, 1);

    mailbox->name = g_strdup(name);
    mailbox->addresses = g_ptr_array_new_with_free_func(g_free);
    return mailbox;
}

static bool
read_role(const Source *from, const char *group, DaemonMailboxRole *out_role, GError **error)
{
    g_autofree char *role = get_text(from, group, "role");

    if (g_strcmp0(role, "lado-parents") == 0)
        *out_role = DAEMON_ROLE_LADO_PARENTS;
    else if (g_strcmp0(role, "cls-legacy") == 0)
        *out_role = DAEMON_ROLE_CLS_LEGACY;
    else
        return wrong(from, group, "role", "must be lado-parents or cls-legacy", error);
    return true;
}

static bool
read_mailbox(const Source *from, const char *group, DaemonSettings *settings, GError **error)
{
    const char *name = group + strlen("mailbox ");
    DaemonMailbox *mailbox = mailbox_new(name);

    g_ptr_array_add(settings->mailboxes, mailbox);
    if (name[0] == '\0' || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name))
        return wrong(from, group, "name", "use lower-case letters, digits and hyphens", error);
    return check_keys(from, group, "mailbox NAME", error) &&
           read_rows(from, group, "mailbox NAME", mailbox, error) &&
           read_server(from, group, &mailbox->server, error) &&
           read_addresses(from, group, mailbox->addresses, error) &&
           read_role(from, group, &mailbox->role, error) &&
           read_cutoff(from, group, settings->timezone, &mailbox->professional_cutoff, error);
}

static void
oauth_free(gpointer data)
{
    DaemonOauth *oauth = data;

    for (gsize r = 0; r < daemon_n_setting_rows; r++)
        if (daemon_setting_rows[r].in_struct &&
            g_str_equal(daemon_setting_rows[r].group, "oauth NAME"))
            g_free(G_STRUCT_MEMBER(char *, oauth, daemon_setting_rows[r].offset));
    g_free(oauth->name);
    g_free(oauth);
}

static bool
read_oauth(const Source *from, const char *group, DaemonSettings *settings, GError **error)
{
    DaemonOauth *oauth = g_new0(DaemonOauth, 1);

    oauth->name = g_strdup(group + strlen("oauth "));
    g_ptr_array_add(settings->oauths, oauth);
    return check_keys(from, group, "oauth NAME", error) &&
           read_rows(from, group, "oauth NAME", oauth, error);
}

static bool
read_oauths(const Source *from, DaemonSettings *settings, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(from->file, NULL);

    for (guint i = 0; groups[i] != NULL; i++)
        if (g_str_has_prefix(groups[i], "oauth ") && !read_oauth(from, groups[i], settings, error))
            return false;
    return true;
}

static bool
read_contacts(const Source *from, DaemonSettings *settings)
{
    g_auto(GStrv) keys = g_key_file_get_keys(from->file, "contacts", NULL, NULL);

    for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
        char *text = get_text(from, "contacts", keys[i]);

        /* What is named and empty is empty: nothing built in takes its place. */
        g_hash_table_insert(settings->contacts, g_strdup(keys[i]),
                            text != NULL ? text : g_strdup(""));
    }
    return true;
}

/* "Name <local@domain>" or "local@domain"; the address alone, or NULL. */
static char *
address_of(const char *from)
{
    const char *open = strrchr(from, '<');
    const char *close = open != NULL ? strchr(open, '>') : NULL;
    g_autofree char *address = NULL;

    address = close != NULL ? g_strndup(open + 1, (gsize)(close - open - 1)) : g_strdup(from);
    g_strstrip(address);
    if (strchr(address, '@') == NULL || strpbrk(address, " \t\r\n<>,;\"") != NULL)
        return NULL;
    return g_steal_pointer(&address);
}

static bool
read_smtp(const Source *from, DaemonSettings *settings, GError **error)
{
    if (!g_key_file_has_group(from->file, "smtp"))
        return true;
    settings->has_smtp = true;
    if (!check_keys(from, "smtp", "smtp", error) ||
        !read_server(from, "smtp", &settings->smtp, error))
        return false;
    if (settings->smtp_from == NULL)
        return wrong(from, "smtp", "from", "is missing: the address that replies come from", error);
    settings->smtp_from_address = address_of(settings->smtp_from);
    if (settings->smtp_from_address == NULL)
        return wrong(from, "smtp", "from", "must be: Name <address@domain>", error);
    if (settings->bounce_address != NULL && !daemon_bounce_address_check(settings->bounce_address))
        return wrong(from, "smtp", "bounce-address",
                     "must be an address with one * before the @, such as lado+*@example.org, and "
                     "at most 20 letters beside it",
                     error);
    return true;
}

static bool
check_groups(const Source *from, GError **error)
{
    static const char *const known[] = {"service", "contacts", "spool", "smtp",
                                        "review",  "export",   NULL};
    g_auto(GStrv) groups = g_key_file_get_groups(from->file, NULL);

    for (guint i = 0; groups[i] != NULL; i++)
        if (!g_strv_contains(known, groups[i]) && !g_str_has_prefix(groups[i], "mailbox ") &&
            !g_str_has_prefix(groups[i], "oauth "))
            return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                                "%s: there is no group [%s]; see doc/settings.md", from->path,
                                groups[i]);
    return check_keys(from, "service", "service", error) &&
           check_keys(from, "spool", "spool", error) &&
           check_keys(from, "review", "review", error) &&
           check_keys(from, "export", "export", error);
}

static bool
read_mailboxes(const Source *from, DaemonSettings *settings, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(from->file, NULL);

    for (guint i = 0; groups[i] != NULL; i++)
        if (g_str_has_prefix(groups[i], "mailbox ") &&
            !read_mailbox(from, groups[i], settings, error))
            return false;
    return true;
}

static DaemonSettings *
settings_new(void)
{
    DaemonSettings *settings = g_new0(DaemonSettings, 1);

    settings->mailboxes = g_ptr_array_new_with_free_func(mailbox_free);
    settings->oauths = g_ptr_array_new_with_free_func(oauth_free);
    settings->contacts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return settings;
}

static bool
read_all(const Source *from, bool for_daemon, DaemonSettings *settings, GError **error)
{
    static const char *const groups[] = {"service", "spool", "smtp", "review", "export"};

    for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
        if (!read_rows(from, groups[i], groups[i], settings, error))
            return false;
    if (!check_groups(from, error) || !read_contacts(from, settings) ||
        !read_closures(from, settings, error) || !read_oauths(from, settings, error) ||
        !read_mailboxes(from, settings, error) || !read_smtp(from, settings, error) ||
        !daemon_settings_check(from->path, settings, error))
        return false;
    return !for_daemon || daemon_settings_check_complete(from->path, settings, error);
}

bool
daemon_settings_load(const char *path, bool for_daemon, DaemonSettings **out_settings,
                     GError **error)
{
    g_autoptr(DaemonSettings) settings = settings_new();
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) problem = NULL;
    Source from = {file, path};

    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &problem))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s: cannot be read: %s", path,
                            problem->message);
    if (!read_all(&from, for_daemon, settings, error))
        return false;
    *out_settings = g_steal_pointer(&settings);
    return true;
}

DaemonSettings *
daemon_settings_embedded(void)
{
    static const char text[] = "[mailbox lado-parents]\nurl=maildir:lado-parents\n"
                               "address=lado@postern.invalid\nrole=lado-parents\n"
                               "[mailbox cls-legacy]\nurl=maildir:cls-legacy\n"
                               "address=cls@postern.invalid\nrole=cls-legacy\n";
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(DaemonSettings) settings = settings_new();
    Source from = {file, "built-in settings"};
    bool good = g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, NULL) &&
                read_all(&from, false, settings, NULL);

    g_assert(good);
    return g_steal_pointer(&settings);
}

void
daemon_settings_free(DaemonSettings *settings)
{
    if (settings == NULL)
        return;
    for (gsize r = 0; r < daemon_n_setting_rows; r++)
        if (daemon_setting_rows[r].kind == DAEMON_SETTING_TEXT &&
            daemon_setting_rows[r].in_struct &&
            !g_str_has_suffix(daemon_setting_rows[r].group, " NAME"))
            g_free(G_STRUCT_MEMBER(char *, settings, daemon_setting_rows[r].offset));
    g_strfreev(settings->closures);
    templates_areas_free(settings->areas);
    templates_domains_free(settings->domains);
    g_ptr_array_unref(settings->mailboxes);
    g_ptr_array_unref(settings->oauths);
    g_hash_table_unref(settings->contacts);
    daemon_settings_url_clear(&settings->smtp);
    g_free(settings->smtp_from_address);
    g_free(settings);
}

const DaemonMailbox *
daemon_settings_mailbox(const DaemonSettings *settings, const char *name)
{
    for (guint i = 0; i < settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[i];

        if (g_str_equal(mailbox->name, name))
            return mailbox;
    }
    return NULL;
}
