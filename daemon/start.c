/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/start.c - everything that must be right before the first mail is touched.
 *
 * A broken template or a missing password is found here, never by a parent.
 *
 * Runs in:  the supervisor at start; the command line's check-config.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "daemon/log.h"
#include "daemon/oauth-check.h"
#include "daemon/reader.h"
#include "daemon/review-page.h"
#include "daemon/secret.h"
#include "daemon/settings-check.h"
#include "daemon/settings-table.h"
#include "daemon/settings-url.h"
#include "daemon/spool-account.h"
#include "daemon/start.h"
#include "daemon/webhook.h"
#include "parsers/cage.h"
#include "templates/calendar.h"
#include "templates/file.h"
#include "templates/reply.h"

static bool
check_password(const char *path, GError **error)
{
    char *secret = NULL;

    if (path == NULL)
        return true;
    if (!daemon_secret_read(path, &secret, error))
        return false;
    daemon_secret_free(secret);
    return true;
}

/* Not refused: a door that is shut because of a file's mode would keep parents waiting. */
static void
warn_if_open(const char *path)
{
    if (path != NULL && daemon_secret_is_open(path))
        daemon_log(DAEMON_LOG_WARNING, "-",
                   "%s: anybody on this machine may read this secret: "
                   "chmod o= the file",
                   path);
}

static bool
check_readable(const char *path, const char *what, GError **error)
{
    if (path == NULL || access(path, R_OK) == 0)
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE, "%s: cannot be read, but %s names it", path,
                        what);
}

static bool
check_webhook(const DaemonSettings *settings, GError **error)
{
    g_autoptr(GBytes) key = NULL;
    char *secret = NULL;
    bool good;

    if (settings->export_webhook_url == NULL)
        return true;
    good = daemon_secret_read(settings->export_webhook_secret_file, &secret, error) &&
           daemon_webhook_key(secret, &key, error) &&
           check_readable(settings->export_webhook_ca_file, "[export] webhook-ca-file", error);
    daemon_secret_free(secret);
    return good;
}

/* Not refused: another gateway may stand before it, whose verdicts nobody can see. */
static void
warn_of_exchange(const DaemonSettings *settings)
{
    for (guint i = 0; i < settings->mailboxes->len && settings->authserv_id == NULL; i++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[i];

        if (!daemon_settings_url_is_exchange(mailbox->server.host))
            continue;
        daemon_log(DAEMON_LOG_WARNING, "-",
                   "[service] authserv-id is not set: a forged sender is answered like any other. "
                   "Exchange Online writes no name: see doc/exchange-online.md before you say "
                   "authserv-id = " DAEMON_SETTING_UNNAMED);
        return;
    }
}

static bool
check_mailboxes(const DaemonSettings *settings, GError **error)
{
    for (guint i = 0; i < settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[i];

        warn_if_open(mailbox->password_file);
        if (!check_password(mailbox->password_file, error) ||
            !check_readable(mailbox->ca_file, "ca-file", error))
            return false;
    }
    return true;
}

static bool
check_oauths(const DaemonSettings *settings, GError **error)
{
    for (guint i = 0; i < settings->oauths->len; i++) {
        const DaemonOauth *oauth = settings->oauths->pdata[i];

        if (!daemon_settings_uses_oauth(settings, oauth->name))
            continue;
        warn_if_open(oauth->client_secret_file);
        warn_if_open(oauth->key_file);
        if (!daemon_oauth_check(oauth, error) || !check_readable(oauth->ca_file, "ca-file", error))
            return false;
    }
    return true;
}

bool
daemon_start_definitions(const DaemonSettings *settings, ParsersDefinitions **out_definitions,
                         GError **error)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_auto(GStrv) names = templates_file_list(settings->templates, "forms");

    for (guint i = 0; names[i] != NULL; i++) {
        g_autoptr(GBytes) bytes = NULL;

        if (!g_str_has_suffix(names[i], ".form"))
            continue;
        if (!templates_file_get(settings->templates, names[i], &bytes, error) ||
            !parsers_definitions_add(definitions, names[i] + strlen("forms/"), bytes, error))
            return false;
    }
    if (!parsers_definitions_check(definitions, error))
        return false;
    *out_definitions = g_steal_pointer(&definitions);
    return true;
}

/* Not refused: the years beyond the file are computed, and seldom wrong. */
static void
warn_of_holidays(const TemplatesCalendar *calendar)
{
    gint64 ends = templates_calendar_ends(calendar);
    g_autoptr(GDateTime) local = NULL;
    g_autofree char *day = NULL;

    if (ends >= g_get_real_time() + DAEMON_START_HOLIDAYS_WARN)
        return;
    local = templates_calendar_local(calendar, ends - G_USEC_PER_SEC);
    day = ends != 0 ? g_date_time_format(local, "%Y-%m-%d") : g_strdup("no date at all");
    daemon_log(DAEMON_LOG_WARNING, "-", "the holiday file ends on %s: replace holidays.json", day);
}

/* Not refused: a template that comes later may name it. */
static void
warn_of_contacts(const DaemonSettings *settings)
{
    g_auto(GStrv) unused =
        templates_reply_unused(settings->templates, settings->language, settings->contacts);

    for (guint i = 0; unused[i] != NULL; i++)
        daemon_log(
            DAEMON_LOG_WARNING, "-",
            "[contacts] %s changes nothing: no reply names it; doc/replies.md lists the keys",
            unused[i]);
}

static bool
check_templates(const DaemonSettings *settings, GError **error)
{
    g_autoptr(TemplatesCalendar) calendar = NULL;

    if (!templates_reply_check(settings->templates, settings->language, settings->contacts,
                               error) ||
        !templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &calendar, error))
        return false;
    warn_of_holidays(calendar);
    warn_of_contacts(settings);
    return true;
}

static bool
check_parser(GError **error)
{
    g_autofree char *program = daemon_parser_program(DAEMON_PARSER_WORDS);
    const char *lacks = parsers_cage_lacks();

    if (lacks != NULL)
        daemon_log(DAEMON_LOG_WARNING, "-", "mails will be read in a weaker cage: %s", lacks);
    if (access(program, X_OK) == 0)
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE, "%s: cannot be run; is Postern installed whole?",
                        program);
}

static bool
check_review(const DaemonSettings *settings, GError **error)
{
    if (settings->review_listen == NULL)
        return true;
    if (settings->review_key_file != NULL)
        warn_if_open(settings->review_key_file);
    return check_readable(settings->review_certificate_file, "certificate-file", error) &&
           check_readable(settings->review_key_file, "key-file", error) &&
           daemon_review_pages_check(settings->templates, error);
}

bool
daemon_start_check(const DaemonSettings *settings, GError **error)
{
    g_autoptr(GBytes) key = NULL;
    g_autoptr(ParsersDefinitions) definitions = NULL;

    warn_if_open(settings->master_key_file);
    warn_if_open(settings->smtp_password_file);
    warn_if_open(settings->export_webhook_secret_file);
    warn_of_exchange(settings);
    return daemon_spool_account_check(settings, error) &&
           daemon_secret_master_key(settings->master_key_file, &key, error) &&
           check_password(settings->smtp_password_file, error) &&
           check_readable(settings->smtp_ca_file, "ca-file", error) &&
           check_mailboxes(settings, error) && check_oauths(settings, error) &&
           daemon_start_definitions(settings, &definitions, error) &&
           check_templates(settings, error) && check_review(settings, error) &&
           check_webhook(settings, error) && check_parser(error);
}
