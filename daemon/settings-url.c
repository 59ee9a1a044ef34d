/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-url.c - where a server or a folder is.
 *
 * Runs in:  every role, at start.
 * Source:   RFC 3986; RFC 5092 (imap); the contract, "Settings"
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "daemon/settings-url.h"

/* clang-format off */
static const struct {
    const char *name;
    DaemonScheme scheme;
    bool implicit;
    guint port, starttls_port;
} schemes[] = {
    { "imap",  DAEMON_SCHEME_IMAP, false, 143, 143 },
    { "imaps", DAEMON_SCHEME_IMAP, true,  993, 993 },
    { "smtp",  DAEMON_SCHEME_SMTP, false,  25, 587 },
    { "smtps", DAEMON_SCHEME_SMTP, true,  465, 465 },
};
/* clang-format on */

bool
daemon_settings_url_is_loopback(const char *host)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);

    if (address != NULL)
        return g_inet_address_get_is_loopback(address);
    return g_ascii_strcasecmp(host, "localhost") == 0;
}

bool
daemon_settings_url_is_exchange(const char *host)
{
    return host != NULL &&
           (g_str_has_suffix(host, ".office365.com") || g_str_has_suffix(host, ".outlook.com"));
}

static bool
parse_tls(const char *text, DaemonTls *out_tls, GError **error)
{
    if (g_str_equal(text, "implicit"))
        *out_tls = DAEMON_TLS_IMPLICIT;
    else if (g_str_equal(text, "starttls"))
        *out_tls = DAEMON_TLS_STARTTLS;
    else if (g_str_equal(text, "none"))
        *out_tls = DAEMON_TLS_NONE;
    else
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "tls must be implicit, starttls or none");
    return true;
}

static bool
parse_maildir(const char *path, DaemonServer *out_server, GError **error)
{
    if (path[0] == '\0')
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "maildir: needs a folder");
    out_server->scheme = DAEMON_SCHEME_MAILDIR;
    out_server->tls = DAEMON_TLS_NONE;
    out_server->folder = g_strdup(path);
    return true;
}

static bool
check_clear_text(const DaemonServer *server, GError **error)
{
    if (server->tls == DAEMON_TLS_NONE && !daemon_settings_url_is_loopback(server->host))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "tls = none is only for this machine, and %s is not; use implicit or "
                            "starttls",
                            server->host);
    return true;
}

static bool
fill(GUri *uri, gsize scheme, DaemonServer *server, GError **error)
{
    const char *path = g_uri_get_path(uri);
    int port = g_uri_get_port(uri);

    if (g_uri_get_host(uri) == NULL || g_uri_get_host(uri)[0] == '\0')
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "has no host");
    if (g_uri_get_user(uri) != NULL && strchr(g_uri_get_user(uri), ':') != NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "must not hold a password; use password-file");
    server->scheme = schemes[scheme].scheme;
    if (schemes[scheme].implicit)
        server->tls = DAEMON_TLS_IMPLICIT;
    server->port = port > 0                             ? (guint)port
                   : server->tls == DAEMON_TLS_STARTTLS ? schemes[scheme].starttls_port
                                                        : schemes[scheme].port;
    server->host = g_strdup(g_uri_get_host(uri));
    server->user = g_strdup(g_uri_get_user(uri));
    server->folder = g_strdup(path[0] == '/' && path[1] != '\0' ? path + 1 : "INBOX");
    return true;
}

bool
daemon_settings_url_parse(const char *url, const char *tls, DaemonServer *out_server,
                          GError **error)
{
    g_autoptr(GUri) uri = NULL;
    g_autoptr(GError) problem = NULL;

    memset(out_server, 0, sizeof *out_server);
    if (g_str_has_prefix(url, "maildir:"))
        return parse_maildir(url + strlen("maildir:"), out_server, error);
    if (!parse_tls(tls != NULL ? tls : "starttls", &out_server->tls, error))
        return false;
    uri = g_uri_parse(url, G_URI_FLAGS_NONE, &problem);
    if (uri == NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "%s", problem->message);
    for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (!g_str_equal(g_uri_get_scheme(uri), schemes[i].name))
            continue;
        if (!schemes[i].implicit && out_server->tls == DAEMON_TLS_IMPLICIT)
            return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                                "%s:// with tls = implicit: say %ss://, or tls = starttls",
                                schemes[i].name, schemes[i].name);
        return fill(uri, i, out_server, error) && check_clear_text(out_server, error);
    }
    return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                        "must begin with imaps://, imap://, smtps://, smtp:// or maildir:");
}

void
daemon_settings_url_clear(DaemonServer *server)
{
    g_clear_pointer(&server->user, g_free);
    g_clear_pointer(&server->host, g_free);
    g_clear_pointer(&server->folder, g_free);
}
