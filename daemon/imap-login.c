/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-login.c - tell the server who we are.
 *
 * The exchange is our own: libetpan's has no OAUTHBEARER, throws the server's
 * reason away and lets line ends in a password through.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 section 6.2.2, RFC 4616, RFC 4959, RFC 7628
 */
#include "config.h"

#include "daemon/imap-login.h"
#include "daemon/oauth.h"

#include <string.h>

#define AUTH_BUDGET (64u * 1024)

/* One mechanism's part of the talk. */
typedef struct {
    const char *mechanism;
    char *response;  /* base64, the only thing we have to say */
    char *challenge; /* what the server asked after it, decoded: its reason to refuse, or NULL */
} Sasl;

static void
sasl_clear(Sasl *sasl)
{
    if (sasl->response != NULL)
        explicit_bzero(sasl->response, strlen(sasl->response));
    g_free(sasl->response);
    g_free(sasl->challenge);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sasl, sasl_clear)

static char *
plain_response(const char *user, const char *password)
{
    gsize user_length = strlen(user), password_length = strlen(password);
    gsize length = user_length + password_length + 2;
    g_autofree char *text = g_malloc0(length + 1);
    char *response;

    memcpy(text + 1, user, user_length);
    memcpy(text + 1 + user_length + 1, password, password_length);
    response = g_base64_encode((const guchar *)text, length);
    explicit_bzero(text, length);
    return response;
}

/* The tagged answer to the log-in.  A server that cannot ask its user database right now must not
 * raise the alarm of a wrong password. */
static bool
judge(const char *answer, const Sasl *sasl, GError **error)
{
    static const char *const passing[] = {"[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]"};
    g_autofree char *said = NULL;
    g_autofree char *reason = NULL;
    DaemonError code = DAEMON_ERROR_AUTH;
    const char *advice;

    if (g_ascii_strncasecmp(answer, "OK", 2) == 0)
        return true;
    if (!daemon_imap_session_is_of_it(answer, "log-in", error))
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(passing); i++)
        if (strstr(answer, passing[i]) != NULL)
            code = DAEMON_ERROR_CONNECT;
    said = daemon_imap_session_quote(answer);
    reason = sasl->challenge != NULL ? daemon_imap_session_quote(sasl->challenge) : g_strdup("");
    advice = daemon_oauth_advice(sasl->challenge);
    if (advice == NULL && sasl->mechanism != NULL && strcmp(sasl->mechanism, "PLAIN") != 0)
        advice = daemon_oauth_advice(answer);
    return daemon_throw(error, code, "log-in: the server says \"%s\"%s%s%s%s", said,
                        *reason != '\0' ? " and gives as its reason " : "", reason,
                        advice != NULL ? ": " : "", advice != NULL ? advice : "");
}

/* A further challenge is the server's reason to refuse (RFC 7628): keep it, and let it finish. */
static bool
answer_challenge(DaemonImap *imap, const char *line, bool said_all, Sasl *sasl, GError **error)
{
    gsize length = 0;
    g_autofree guchar *decoded = NULL;

    if (!said_all)
        return daemon_imap_session_send(imap, sasl->response, error);
    decoded = g_base64_decode(line[1] != '\0' ? line + 2 : "", &length);
    g_free(sasl->challenge);
    sasl->challenge = g_strndup((const char *)decoded, length);
    return daemon_imap_session_send(imap, "", error);
}

static bool
exchange(DaemonImap *imap, Sasl *sasl, GError **error)
{
    bool said_all = daemon_imap_session_can(imap, "SASL-IR");
    g_autofree char *tag = daemon_imap_session_tag(imap);
    g_autofree char *command = g_strdup_printf("%s AUTHENTICATE %s%s%s", tag, sasl->mechanism,
                                               said_all ? " " : "", said_all ? sasl->response : "");
    const char *line, *answer;
    bool sent = daemon_imap_session_send(imap, command, error);

    explicit_bzero(command, strlen(command));
    if (!sent)
        return false;
    for (;;) {
        if (!daemon_imap_session_receive(imap, &line, error))
            return false;
        if (daemon_imap_session_tagged(line, tag, &answer))
            return judge(answer, sasl, error);
        if (line[0] != '+')
            continue;
        if (!answer_challenge(imap, line, said_all, sasl, error))
            return false;
        said_all = true;
    }
}

static bool
by_plain(DaemonImap *imap, const char *password, GError **error)
{
    g_auto(Sasl) sasl = {"PLAIN", plain_response(imap->mailbox->server.user, password), NULL};

    if (!exchange(imap, &sasl, error))
        return false;
    imap->etpan->imap_state = MAILIMAP_STATE_AUTHENTICATED;
    return true;
}

/* RFC 7628 section 3.1, or the older way that Exchange Online knows alone. */
static char *
bearer_response(const DaemonImap *imap, bool standard, const char *token)
{
    const DaemonServer *server = &imap->mailbox->server;
    char *text = standard
                     ? g_strdup_printf("n,a=%s,\001host=%s\001port=%u\001auth=Bearer %s\001\001",
                                       server->user, server->host, server->port, token)
                     : g_strdup_printf("user=%s\001auth=Bearer %s\001\001", server->user, token);
    char *response = g_base64_encode((const guchar *)text, strlen(text));

    explicit_bzero(text, strlen(text));
    g_free(text);
    return response;
}

static bool
by_bearer(DaemonImap *imap, const char *token, GError **error)
{
    bool standard = daemon_imap_session_can(imap, "AUTH=OAUTHBEARER");
    g_auto(Sasl)
        sasl = {standard ? "OAUTHBEARER" : "XOAUTH2", bearer_response(imap, standard, token), NULL};

    if (!standard && !daemon_imap_session_can(imap, "AUTH=XOAUTH2"))
        return daemon_throw(error, DAEMON_ERROR_AUTH,
                            "log-in: the server takes no tokens (OAUTHBEARER, XOAUTH2)");
    if (!exchange(imap, &sasl, error))
        return false;
    imap->etpan->imap_state = MAILIMAP_STATE_AUTHENTICATED;
    return true;
}

static bool
by_login(DaemonImap *imap, const char *password, GError **error)
{
    g_auto(Sasl) none = {NULL, NULL, NULL};
    int result;

    if (daemon_imap_session_can(imap, "LOGINDISABLED"))
        return daemon_throw(error, DAEMON_ERROR_AUTH,
                            "log-in: the server accepts no password (LOGINDISABLED)");
    result = mailimap_login(imap->etpan, imap->mailbox->server.user, password);
    if (result == MAILIMAP_ERROR_LOGIN)
        return judge(imap->etpan->imap_response, &none, error);
    return daemon_imap_session_check(imap, result, DAEMON_ERROR_AUTH, "log-in", error);
}

bool
daemon_imap_login(DaemonImap *imap, const char *password, GError **error)
{
    const char *user = imap->mailbox->server.user;

    if (imap->authenticated)
        return true;
    if (user == NULL || password == NULL)
        return daemon_throw(error, DAEMON_ERROR_AUTH,
                            "log-in: the mailbox needs a user and a password-file");
    if (strpbrk(user, "\r\n") != NULL || strpbrk(password, "\r\n") != NULL)
        return daemon_throw(error, DAEMON_ERROR_AUTH,
                            "log-in: a line end in the user or the password");
    daemon_imap_session_begin(imap, AUTH_BUDGET);
    if (imap->mailbox->oauth != NULL)
        return by_bearer(imap, password, error);
    if (daemon_imap_session_can(imap, "AUTH=PLAIN"))
        return by_plain(imap, password, error);
    return by_login(imap, password, error);
}
