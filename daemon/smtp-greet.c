/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp-greet.c - the beginning of a talk with a mail server: who we are, TLS, log-in.
 *
 * TLS never falls back to clear text, and a password or token leaves only once
 * the server's name is proved (or for this machine itself).
 *
 * Runs in:  courier.
 * Source:   RFC 5321 section 4.1.1.1; RFC 3207; RFC 4954; RFC 4616; RFC 7628
 */
#include "config.h"

#include "daemon/smtp-greet.h"

#include <string.h>

#include "daemon/oauth.h"

typedef struct {
    DaemonSmtpLink *link;
    const DaemonSmtpPeer *peer;
    const DaemonSmtpLogin *login;
    DaemonSmtpAnswer ehlo;
} Talk;

static bool
ask(const Talk *talk, const char *line, DaemonSmtpAnswer *answer, GError **error)
{
    g_autofree char *command = g_strconcat(line, "\r\n", NULL);
    bool good = daemon_smtp_link_send(talk->link, command, strlen(command), error);

    explicit_bzero(command, strlen(command));
    return good && daemon_smtp_link_hear(talk->link, answer, error);
}

static bool
refused(const Talk *talk, const char *what, const DaemonSmtpAnswer *answer, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_RELAY, "%s:%u refuses %s (%u %s)", talk->peer->host,
                        talk->peer->port, what, answer->code, answer->status);
}

static bool
greet(Talk *talk, GError **error)
{
    g_autofree char *line = g_strdup_printf("EHLO %s", talk->login->name);

    return ask(talk, line, &talk->ehlo, error) &&
           (talk->ehlo.code == 250 || refused(talk, "EHLO", &talk->ehlo, error));
}

/* The rest of the line that offers a keyword, "" for nothing more, or NULL; the caller frees. */
static char *
offered(const Talk *talk, const char *keyword)
{
    g_auto(GStrv) lines = g_strsplit(talk->ehlo.text->str, "\n", -1);
    gsize length = strlen(keyword);

    for (char **line = lines; *line != NULL; line++)
        if (g_ascii_strncasecmp(*line, keyword, length) == 0 &&
            ((*line)[length] == ' ' || (*line)[length] == '\0' || (*line)[length] == '='))
            return g_strdup(*line + length);
    return NULL;
}

static bool
offers(const Talk *talk, const char *keyword)
{
    g_autofree char *rest = offered(talk, keyword);

    return rest != NULL;
}

static bool
secure(Talk *talk, GError **error)
{
    g_auto(DaemonSmtpAnswer) answer = {0};

    if (!offers(talk, "STARTTLS"))
        return daemon_throw(error, DAEMON_ERROR_TLS,
                            "%s:%u offers no STARTTLS: nothing is sent in the clear",
                            talk->peer->host, talk->peer->port);
    return ask(talk, "STARTTLS", &answer, error) &&
           (answer.code == 220 || refused(talk, "STARTTLS", &answer, error)) &&
           daemon_smtp_link_secure(talk->link, error) && greet(talk, error);
}

static bool
takes(const Talk *talk, const char *mechanism)
{
    g_autofree char *rest = offered(talk, "AUTH");
    g_auto(GStrv) words = g_strsplit_set(rest != NULL ? rest : "", " =", -1);

    for (char **word = words; *word != NULL; word++)
        if (g_ascii_strcasecmp(*word, mechanism) == 0)
            return true;
    return false;
}

/* reason: what the server gave in a challenge, or NULL.  Neither is repeated: it may name people.
 */
static bool
judge_login(const Talk *talk, const DaemonSmtpAnswer *answer, const char *reason, GError **error)
{
    const char *advice = daemon_oauth_advice(reason);

    if (answer->code == 235)
        return true;
    if (answer->code == 421 || (answer->code >= 400 && answer->code < 500))
        return refused(talk, "the log-in for now", answer, error);
    if (advice == NULL && talk->login->token != NULL)
        advice = daemon_oauth_advice(answer->text->str);
    if (advice == NULL && talk->login->token == NULL)
        advice = "check [smtp] user and password-file";
    return daemon_throw(error, DAEMON_ERROR_AUTH, "%s:%u refuses the log-in (%u %s)%s%s",
                        talk->peer->host, talk->peer->port, answer->code, answer->status,
                        advice != NULL ? ": " : "", advice != NULL ? advice : "");
}

static void
wipe(char *secret)
{
    explicit_bzero(secret, strlen(secret));
    g_free(secret);
}

/* AUTH with all that we have to say at once.  A further challenge is the server's reason to refuse
 * (RFC 7628 section 3.2.3). */
static bool
say_all(const Talk *talk, const char *mechanism, const char *response, GError **error)
{
    g_auto(DaemonSmtpAnswer) answer = {0};
    g_autofree char *reason = NULL;
    char *line = g_strdup_printf("AUTH %s %s", mechanism, response);
    bool good = ask(talk, line, &answer, error);

    wipe(line);
    if (good && answer.code == 334) {
        gsize length = 0;
        g_autofree guchar *decoded = g_base64_decode(answer.text->str, &length);

        reason = g_strndup((const char *)decoded, length);
        good = ask(talk, "AQ==", &answer, error);
    }
    return good && judge_login(talk, &answer, reason, error);
}

static bool
by_token(const Talk *talk, GError **error)
{
    const DaemonSmtpLogin *login = talk->login;
    bool standard = takes(talk, "OAUTHBEARER");
    char *text, *response;
    bool good;

    if (!standard && !takes(talk, "XOAUTH2"))
        return daemon_throw(error, DAEMON_ERROR_AUTH,
                            "%s:%u takes no tokens (OAUTHBEARER, XOAUTH2)", talk->peer->host,
                            talk->peer->port);
    text = standard
               ? g_strdup_printf("n,a=%s,\001host=%s\001port=%u\001auth=Bearer %s\001\001",
                                 login->user, talk->peer->host, talk->peer->port, login->token)
               : g_strdup_printf("user=%s\001auth=Bearer %s\001\001", login->user, login->token);
    response = g_base64_encode((const guchar *)text, strlen(text));
    good = say_all(talk, standard ? "OAUTHBEARER" : "XOAUTH2", response, error);
    wipe(text);
    wipe(response);
    return good;
}

static bool
by_plain(const Talk *talk, GError **error)
{
    gsize user = strlen(talk->login->user), password = strlen(talk->login->password);
    char *text = g_malloc0(user + password + 3);
    char *response;
    bool good;

    memcpy(text + 1, talk->login->user, user);
    memcpy(text + user + 2, talk->login->password, password);
    response = g_base64_encode((const guchar *)text, user + password + 2);
    explicit_bzero(text, user + password + 3);
    g_free(text);
    good = say_all(talk, "PLAIN", response, error);
    wipe(response);
    return good;
}

/* Never standardised, and all that some servers offer. */
static bool
by_login(const Talk *talk, GError **error)
{
    const DaemonSmtpLogin *login = talk->login;
    g_auto(DaemonSmtpAnswer) answer = {0};
    g_autofree char *user = g_base64_encode((const guchar *)login->user, strlen(login->user));
    char *password = g_base64_encode((const guchar *)login->password, strlen(login->password));
    bool good = ask(talk, "AUTH LOGIN", &answer, error) &&
                (answer.code != 334 || ask(talk, user, &answer, error)) &&
                (answer.code != 334 || ask(talk, password, &answer, error));

    wipe(password);
    return good && judge_login(talk, &answer, NULL, error);
}

static bool
log_in(const Talk *talk, GError **error)
{
    if (talk->login->user == NULL)
        return true;
    if (talk->login->token != NULL)
        return by_token(talk, error);
    if (talk->login->password == NULL)
        return daemon_throw(error, DAEMON_ERROR_AUTH, "[smtp] has a user and no password");
    if (takes(talk, "PLAIN"))
        return by_plain(talk, error);
    if (takes(talk, "LOGIN"))
        return by_login(talk, error);
    return daemon_throw(error, DAEMON_ERROR_AUTH, "%s:%u takes no password (PLAIN, LOGIN)",
                        talk->peer->host, talk->peer->port);
}

static bool
begin(Talk *talk, GError **error)
{
    g_auto(DaemonSmtpAnswer) answer = {0};

    return daemon_smtp_link_hear(talk->link, &answer, error) &&
           (answer.code == 220 || refused(talk, "the connection", &answer, error)) &&
           greet(talk, error) && (talk->peer->tls != DAEMON_TLS_STARTTLS || secure(talk, error)) &&
           log_in(talk, error);
}

bool
daemon_smtp_greet(DaemonSmtpLink *link, const DaemonSmtpPeer *peer, const DaemonSmtpLogin *login,
                  DaemonSmtpOffer *out_offer, GError **error)
{
    Talk talk = {link, peer, login, {0}};
    bool good = begin(&talk, error);

    if (good)
        *out_offer = (DaemonSmtpOffer){
            .pipelining = offers(&talk, "PIPELINING"),
            .dsn = offers(&talk, "DSN"),
            .requiretls = daemon_smtp_link_is_secure(link) && offers(&talk, "REQUIRETLS"),
            .size = offers(&talk, "SIZE"),
        };
    daemon_smtp_answer_clear(&talk.ehlo);
    return good;
}
