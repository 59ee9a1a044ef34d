/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-check.c - settings that are right or wrong only together with others.
 *
 * Runs in:  every role, when the settings are read.
 * Source:   doc/settings.md
 */
#include "config.h"

#include <string.h>

#include "daemon/case.h"
#include "daemon/consultation.h"
#include "daemon/review-listen.h"
#include "daemon/settings-check.h"
#include "daemon/settings-mailbox.h"
#include "daemon/settings-table.h"
#include "daemon/settings-url.h"
#include "spool/db.h"
#include "templates/address.h"
#include "templates/reply.h"

/* It becomes the name of a folder and a field of a mail.  Source: RFC 5646 section 2.1 */
static bool
is_language(const char *language)
{
    return g_regex_match_simple("\\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z", language, 0, 0);
}

/* What could never match would leave every forged sender to be answered, and nobody would notice.
 */
static bool
check_authserv_id(const char *path, const DaemonSettings *settings, GError **error)
{
    static const char *const meant[] = {"none", "unnamed", NULL};
    const char *name = settings->authserv_id;

    if (name == NULL || strcmp(name, DAEMON_SETTING_UNNAMED) == 0 ||
        (strpbrk(name, " \t;=()\"") == NULL && !g_strv_contains(meant, name)))
        return true;
    return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                        "%s: [service] authserv-id must be the one word that our gateway writes "
                        "before the first semicolon of Authentication-Results, "
                        "or " DAEMON_SETTING_UNNAMED " when it writes none, as Exchange Online",
                        path);
}

/* An alert that came to ourselves would be a mail to decide about. */
static bool
check_duty_address(const char *path, const DaemonSettings *settings, GError **error)
{
    const char *duty = settings->duty_address;

    if (duty == NULL)
        return true;
    if (!templates_address_is_plain(duty))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] duty-address must be one bare address, such as "
                            "duty@example.org",
                            path);
    if (daemon_case_is_own_address(settings, duty))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] duty-address is one of our own mailboxes: alerts must "
                            "go where a person sees them at once",
                            path);
    return true;
}

/* What a reply cannot leave out: "Phone ." helps nobody. */
static bool
check_contacts(const char *path, const DaemonSettings *settings, GError **error)
{
    static const char *const needed[] = {
        "emergency-phone", "urgent-phone",       "out-of-hours-phone", "lado-phone",
        "nspcc-phone",     "consultation-phone", "consultation-hours", "childline-phone",
        "office-hours",    "portal-name",        "professional-cutoff"};

    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++)
        if (g_strcmp0(g_hash_table_lookup(settings->contacts, needed[i]), "") == 0)
            return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                                "%s: [contacts] %s is empty, and replies name it", path, needed[i]);
    return true;
}

static bool
wrong_oauth(const char *path, const DaemonOauth *oauth, const char *what, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s: [oauth %s] %s", path, oauth->name, what);
}

/* A secret must not cross a network in the clear. */
static bool
is_safe_url(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *scheme = uri != NULL ? g_uri_get_scheme(uri) : "";

    return g_strcmp0(scheme, "https") == 0 ||
           (g_strcmp0(scheme, "http") == 0 && g_uri_get_host(uri) != NULL &&
            daemon_settings_url_is_loopback(g_uri_get_host(uri)));
}

static bool
check_oauth(const char *path, DaemonOauth *oauth, GError **error)
{
    bool by_key = oauth->key_file != NULL && oauth->certificate_file != NULL;
    bool by_secret = oauth->client_secret_file != NULL;

    if (oauth->token_url == NULL || !is_safe_url(oauth->token_url))
        return wrong_oauth(path, oauth, "token-url must be an https:// address", error);
    if (oauth->client_id == NULL)
        return wrong_oauth(path, oauth, "client-id is missing", error);
    if (by_key == by_secret || by_key != (oauth->key_file != NULL))
        return wrong_oauth(path, oauth,
                           "needs either client-secret-file, or key-file and certificate-file",
                           error);
    if (oauth->secret_ends_text != NULL) {
        g_autofree char *text = g_strconcat(oauth->secret_ends_text, "T00:00:00Z", NULL);
        g_autoptr(GDateTime) ends = g_date_time_new_from_iso8601(text, NULL);

        if (ends == NULL)
            return wrong_oauth(path, oauth, "secret-ends must be a day such as 2027-03-31", error);
        oauth->secret_ends = g_date_time_to_unix(ends) * G_USEC_PER_SEC;
    }
    return true;
}

static bool
check_oauth_name(const char *path, const DaemonSettings *settings, const char *name, GError **error)
{
    return name == NULL || daemon_settings_oauth(settings, name) != NULL ||
           daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s: there is no group [oauth %s]", path,
                        name);
}

static bool
check_oauths(const char *path, const DaemonSettings *settings, GError **error)
{
    for (guint i = 0; i < settings->oauths->len; i++)
        if (!check_oauth(path, settings->oauths->pdata[i], error))
            return false;
    for (guint i = 0; i < settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[i];

        if (!check_oauth_name(path, settings, mailbox->oauth, error))
            return false;
    }
    return check_oauth_name(path, settings, settings->smtp_oauth, error);
}

/* What is typed and read there must not cross a network in the clear. */
static bool
check_review(const char *path, const DaemonSettings *settings, GError **error)
{
    bool tls = settings->review_certificate_file != NULL;
    g_autofree char *host = NULL;
    guint port = 0;

    if (settings->review_listen == NULL)
        return true;
    if (!daemon_review_listen_parse(settings->review_listen, &host, &port))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [review] listen must be address:port, such as 127.0.0.1:8080 or "
                            "[::1]:8080",
                            path);
    if (!tls && !daemon_settings_url_is_loopback(host))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [review] listen is no address of this machine: that needs "
                            "certificate-file and key-file",
                            path);
    if (tls != (settings->review_key_file != NULL))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [review] certificate-file and key-file need each other", path);
    if ((settings->review_sso_header != NULL) != (settings->review_sso_peers != NULL))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [review] sso-header and sso-peers need each other", path);
    return true;
}

/* Records leave by TLS, or do not leave this machine; and never unsigned. */
static bool
check_export(const char *path, const DaemonSettings *settings, GError **error)
{
    const char *url = settings->export_webhook_url;
    g_autoptr(GUri) uri = url != NULL ? g_uri_parse(url, G_URI_FLAGS_NONE, NULL) : NULL;
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;

    if (url == NULL)
        return true;
    if (host == NULL || host[0] == '\0' || g_uri_get_userinfo(uri) != NULL ||
        (strcmp(g_uri_get_scheme(uri), "https") != 0 &&
         (strcmp(g_uri_get_scheme(uri), "http") != 0 || !daemon_settings_url_is_loopback(host))))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [export] webhook-url must be https://... without a password; http "
                            "only for an address of this machine",
                            path);
    if (settings->export_webhook_secret_file == NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [export] webhook-secret-file is missing: make one with: echo "
                            "whsec_$(openssl rand -base64 32)",
                            path);
    return true;
}

static bool
check_consultation(const char *path, DaemonSettings *settings, GError **error)
{
    if (!templates_calendar_hours(settings->consultation_hours, &settings->consultation))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] consultation-hours must be such as 10:00-16:00", path);
    if (daemon_settings_mailbox(settings, DAEMON_CONSULTATION_MAILBOX) != NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: no mailbox may be called \"" DAEMON_CONSULTATION_MAILBOX
                            "\": it is where what staff enter is listed",
                            path);
    return true;
}

bool
daemon_settings_check(const char *path, DaemonSettings *settings, GError **error)
{
    if (!is_language(settings->language))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "%s: [service] language must be the name of a subfolder of mails, such "
                            "as en or cy",
                            path);
    return daemon_settings_mailbox_finish(path, settings, error) &&
           check_authserv_id(path, settings, error) && check_contacts(path, settings, error) &&
           check_consultation(path, settings, error) && check_duty_address(path, settings, error) &&
           check_review(path, settings, error) && check_oauths(path, settings, error) &&
           check_export(path, settings, error) &&
           templates_areas_load(settings->templates, &settings->areas, error) &&
           templates_domains_load(settings->templates, &settings->domains, error);
}

static bool
missing(const char *path, const char *group, const char *key, const char *what, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s: [%s] %s: %s", path, group, key, what);
}

bool
daemon_settings_check_complete(const char *path, const DaemonSettings *settings, GError **error)
{
    if (settings->spool_url == NULL)
        return missing(path, "spool", "url", "is missing: say sqlite:/path/to/postern.db", error);
    if (!g_str_has_prefix(settings->spool_url, "sqlite:/") &&
        !spool_db_is_shared(settings->spool_url))
        return missing(path, "spool", "url", "is neither sqlite:/path nor postgresql://", error);
    if (settings->master_key_file == NULL)
        return missing(path, "spool", "master-key-file",
                       "is missing; make one: postern make-key FILE", error);
    if (settings->mailboxes->len == 0)
        return missing(path, "mailbox NAME", "url", "is missing: name at least one mailbox", error);
    if (!settings->has_smtp)
        return missing(path, "smtp", "url", "is missing: nobody could be answered", error);
    for (guint i = 0; i < settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[i];
        g_autofree char *group = g_strconcat("mailbox ", mailbox->name, NULL);

        if (mailbox->server.scheme == DAEMON_SCHEME_IMAP && mailbox->server.user == NULL)
            return missing(path, group, "url", "has no user: say imaps://user@host/INBOX", error);
        if (mailbox->server.scheme == DAEMON_SCHEME_IMAP && mailbox->password_file == NULL &&
            mailbox->oauth == NULL)
            return missing(path, group, "password-file", "is missing, and oauth too", error);
    }
    if (settings->smtp.user != NULL && settings->smtp_password_file == NULL &&
        settings->smtp_oauth == NULL)
        return missing(path, "smtp", "password-file", "is missing, but a user is set", error);
    return true;
}

const char *
daemon_settings_node(const DaemonSettings *settings)
{
    return settings->spool_node != NULL ? settings->spool_node : g_get_host_name();
}

bool
daemon_settings_uses_oauth(const DaemonSettings *settings, const char *name)
{
    for (guint i = 0; i < settings->mailboxes->len; i++)
        if (g_strcmp0(((const DaemonMailbox *)settings->mailboxes->pdata[i])->oauth, name) == 0)
            return true;
    return g_strcmp0(settings->smtp_oauth, name) == 0;
}

const DaemonOauth *
daemon_settings_oauth(const DaemonSettings *settings, const char *name)
{
    for (guint i = 0; i < settings->oauths->len; i++) {
        const DaemonOauth *oauth = settings->oauths->pdata[i];

        if (g_strcmp0(oauth->name, name) == 0)
            return oauth;
    }
    return NULL;
}
