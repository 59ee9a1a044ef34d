/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp.c - hand mails to a relay over one connection, and know what became of each.
 *
 * Runs in:  courier.
 * Source:   RFC 5321; RFC 2920 (pipelining); RFC 3461 (DSN); RFC 8689 (REQUIRETLS); RFC 1047
 */
#include "config.h"

#include "daemon/smtp.h"

#include <string.h>

#include "templates/address.h"

#define RESPONSE_MAX 1000
#define ENVID_MAX 100 /* RFC 3461 section 4.4 */

typedef enum { STEP_MAIL, STEP_RCPT, STEP_DATA, N_ENVELOPE, STEP_DOT = N_ENVELOPE } Step;

struct DaemonSmtp {
    const DaemonSmtpPeer *peer;
    DaemonSmtpLink *link; /* or NULL */
    DaemonSmtpOffer offer;
    bool used;               /* this connection has taken or refused a mail */
    bool dsn_refused;        /* it was offered, but what we asked was not understood */
    char *lines[N_ENVELOPE]; /* what the mail that is offered needs to be said */
};

DaemonSmtp *
daemon_smtp_new(const DaemonSmtpPeer *peer)
{
    DaemonSmtp *smtp = g_new0(DaemonSmtp, 1);

    smtp->peer = peer;
    return smtp;
}

static void
clear_lines(DaemonSmtp *smtp)
{
    for (guint i = 0; i < N_ENVELOPE; i++)
        g_clear_pointer(&smtp->lines[i], g_free);
}

static void
hang_up(DaemonSmtp *smtp)
{
    clear_lines(smtp);
    g_clear_pointer(&smtp->link, daemon_smtp_link_free);
    smtp->used = false;
}

void
daemon_smtp_close(DaemonSmtp *smtp)
{
    /* The answer to this changes nothing any more. */
    if (smtp->link != NULL)
        (void)daemon_smtp_link_send(smtp->link, "QUIT\r\n", 6, NULL);
    hang_up(smtp);
}

void
daemon_smtp_free(DaemonSmtp *smtp)
{
    if (smtp == NULL)
        return;
    daemon_smtp_close(smtp);
    g_free(smtp);
}

bool
daemon_smtp_open(DaemonSmtp *smtp, const DaemonSmtpLogin *login, GError **error)
{
    g_autoptr(DaemonSmtpLink) link = NULL;

    hang_up(smtp);
    if (!daemon_smtp_link_open(smtp->peer, &link, error) ||
        !daemon_smtp_greet(link, smtp->peer, login, &smtp->offer, error))
        return false;
    smtp->link = g_steal_pointer(&link);
    return true;
}

bool
daemon_smtp_is_open(DaemonSmtp *smtp)
{
    if (smtp->link != NULL && daemon_smtp_link_has_news(smtp->link, 0))
        hang_up(smtp);
    return smtp->link != NULL;
}

bool
daemon_smtp_is_used(const DaemonSmtp *smtp)
{
    return smtp->used;
}

bool
daemon_smtp_is_pipelining(const DaemonSmtp *smtp)
{
    return smtp->link != NULL && smtp->offer.pipelining;
}

bool
daemon_smtp_has_answer(const DaemonSmtp *smtp, int wait_ms)
{
    return smtp->link == NULL || daemon_smtp_link_has_news(smtp->link, wait_ms);
}

int
daemon_smtp_fd(const DaemonSmtp *smtp)
{
    return smtp->link != NULL ? daemon_smtp_link_fd(smtp->link) : -1;
}

/* What an answer says about us and not about the mail or whoever it is for. */
static bool
is_about_us(Step step, const DaemonSmtpAnswer *answer)
{
    /* Mail system busy; Exchange Online's daily quota, and its refusals of our account. */
    static const char *const statuses[] = {"4.3.2",  "4.7.500", "5.1.90",
                                           "5.7.30", "5.7.57",  "5.7.60"};

    if (answer->code == 421 || answer->code == 432 || (step == STEP_MAIL && answer->code >= 400))
        return true;
    if (step == STEP_DOT && answer->code == 452)
        return true;
    for (guint i = 0; i < G_N_ELEMENTS(statuses); i++)
        if (strcmp(answer->status, statuses[i]) == 0)
            return true;
    return answer->code >= 500 && strstr(answer->text->str, "SubmissionQuotaExceeded") != NULL;
}

static DaemonError
meaning(Step step, const DaemonSmtpAnswer *answer)
{
    if (answer->code == 530 || answer->code == 535 || answer->code == 538)
        return DAEMON_ERROR_AUTH;
    if (is_about_us(step, answer))
        return DAEMON_ERROR_RELAY;
    if (answer->code >= 500)
        return DAEMON_ERROR_PERMANENT;
    if (answer->code >= 400)
        return DAEMON_ERROR_TEMPORARY;
    return step == STEP_DOT ? DAEMON_ERROR_UNCERTAIN : DAEMON_ERROR_PROTOCOL;
}

/* Whose fault a refusal is.  The text has no words of the server: they often quote an address. */
static bool
refuse(DaemonSmtp *smtp, Step step, const DaemonSmtpAnswer *answer, GError **error)
{
    static const char *const names[] = {"MAIL", "RCPT", "DATA", "the mail"};
    DaemonError code = meaning(step, answer);

    smtp->used = true;
    /* Not understood: the next try is made without. */
    if (step != STEP_DOT && smtp->offer.dsn && !smtp->dsn_refused &&
        (answer->code == 501 || answer->code == 504 || answer->code == 555)) {
        smtp->dsn_refused = true;
        code = DAEMON_ERROR_RELAY;
    }
    if (code != DAEMON_ERROR_TEMPORARY && code != DAEMON_ERROR_PERMANENT)
        daemon_smtp_close(smtp);
    return daemon_throw(error, code, "%s:%u refuses %s (%u %s)", smtp->peer->host, smtp->peer->port,
                        names[step], answer->code, answer->status);
}

static void
keep_response(const DaemonSmtpAnswer *answer, char **out_response)
{
    g_autofree char *text = NULL;

    if (answer->code == 0)
        return;
    text = g_strdup_printf("%u %.*s", answer->code, RESPONSE_MAX, answer->text->str);
    g_free(*out_response);
    *out_response = g_utf8_make_valid(text, -1);
}

/* What would end a word of a parameter (RFC 3461 section 4, "xtext"); the caller frees. */
static char *
xtext(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; *text != '\0'; text++)
        if (*text > ' ' && *text <= '~' && *text != '+' && *text != '=')
            g_string_append_c(out, *text);
        else
            g_string_append_printf(out, "+%02X", (guint)(guchar)*text);
    return g_string_free(out, FALSE);
}

static void
write_lines(DaemonSmtp *smtp, const DaemonSmtpMail *mail)
{
    bool dsn = smtp->offer.dsn && !smtp->dsn_refused;
    GString *from = g_string_new(NULL), *to = g_string_new(NULL);
    g_autofree char *id = xtext(mail->id), *recipient = xtext(mail->to);

    g_string_append_printf(from, "MAIL FROM:<%s>", mail->from);
    if (smtp->offer.size)
        g_string_append_printf(from, " SIZE=%zu", g_bytes_get_size(mail->bytes));
    if (mail->secure)
        g_string_append(from, " REQUIRETLS");
    if (dsn && strlen(id) <= ENVID_MAX)
        g_string_append_printf(from, " RET=HDRS ENVID=%s", id);
    g_string_append_printf(to, "RCPT TO:<%s>", mail->to);
    if (dsn)
        g_string_append_printf(to, " NOTIFY=FAILURE,DELAY ORCPT=rfc822;%s", recipient);
    clear_lines(smtp);
    smtp->lines[STEP_MAIL] = g_string_free(g_string_append(from, "\r\n"), FALSE);
    smtp->lines[STEP_RCPT] = g_string_free(g_string_append(to, "\r\n"), FALSE);
    smtp->lines[STEP_DATA] = g_strdup("DATA\r\n");
}

static bool
say(DaemonSmtp *smtp, const char *text, GError **error)
{
    if (daemon_smtp_link_send(smtp->link, text, strlen(text), error))
        return true;
    hang_up(smtp);
    return false;
}

static bool
hear(DaemonSmtp *smtp, DaemonSmtpAnswer *answer, GError **error)
{
    if (daemon_smtp_link_hear(smtp->link, answer, error))
        return true;
    hang_up(smtp);
    return false;
}

bool
daemon_smtp_offer(DaemonSmtp *smtp, const DaemonSmtpMail *mail, GError **error)
{
    g_autofree char *all = NULL;

    g_assert(smtp->link != NULL);
    if (!templates_address_is_plain(mail->to) || !templates_address_is_plain(mail->from))
        return daemon_throw(error, DAEMON_ERROR_PERMANENT, "not an address that can be written to");
    if (mail->secure && !smtp->offer.requiretls)
        return daemon_throw(error, DAEMON_ERROR_PERMANENT,
                            "TLS on its whole way cannot be promised: %s:%u offers no REQUIRETLS",
                            smtp->peer->host, smtp->peer->port);
    write_lines(smtp, mail);
    if (!smtp->offer.pipelining)
        return true;
    all = g_strconcat(smtp->lines[STEP_MAIL], smtp->lines[STEP_RCPT], smtp->lines[STEP_DATA], NULL);
    return say(smtp, all, error);
}

/* Forget the sender and recipient of a mail that was refused. */
static void
reset(DaemonSmtp *smtp)
{
    g_auto(DaemonSmtpAnswer) answer = {0};

    if (smtp->link != NULL && say(smtp, "RSET\r\n", NULL) && hear(smtp, &answer, NULL) &&
        answer.code != 250)
        daemon_smtp_close(smtp);
}

/* One answer of the envelope; *out_good is whether it agrees. */
static bool
step_answer(DaemonSmtp *smtp, Step step, DaemonSmtpAnswer *answer, bool *out_good, GError **error)
{
    if (!smtp->offer.pipelining && !say(smtp, smtp->lines[step], error))
        return false;
    if (!hear(smtp, answer, error))
        return false;
    *out_good = step == STEP_DATA ? answer->code == 354 : answer->code / 100 == 2;
    return true;
}

bool
daemon_smtp_agreed(DaemonSmtp *smtp, char **out_response, GError **error)
{
    g_auto(DaemonSmtpAnswer) first = {0}; /* the one that decides */
    Step decided = STEP_DATA;
    bool good = true, data = false;

    for (Step step = STEP_MAIL; step < N_ENVELOPE; step++) {
        g_auto(DaemonSmtpAnswer) answer = {0};
        bool agrees = false;

        if (!step_answer(smtp, step, &answer, &agrees, error))
            return false;
        data = step == STEP_DATA && agrees;
        if (good) {
            daemon_smtp_answer_clear(&first);
            first = answer;
            answer = (DaemonSmtpAnswer){0};
            decided = step;
            good = agrees;
        }
        if (!good && !smtp->offer.pipelining)
            break;
    }
    keep_response(&first, out_response);
    if (good)
        return true;
    refuse(smtp, decided, &first, error);
    /* A server that wants a mail for nobody is not to be given one. */
    if (data)
        hang_up(smtp);
    else
        reset(smtp);
    return false;
}

/* Dots that start a line are doubled (RFC 5321 section 4.5.2). */
static GString *
stuffed(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length), *end = data + length, *dot;
    GString *out = g_string_sized_new(length + length / 64 + 8);

    if (length > 0 && *data == '.')
        g_string_append_c(out, '.');
    while ((dot = memmem(data, (gsize)(end - data), "\n.", 2)) != NULL) {
        g_string_append_len(out, data, dot - data + 2);
        g_string_append_c(out, '.');
        data = dot + 2;
    }
    g_string_append_len(out, data, end - data);
    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append(out, "\r\n");
    return g_string_append(out, ".\r\n");
}

bool
daemon_smtp_give(DaemonSmtp *smtp, const DaemonSmtpMail *mail, GError **error)
{
    g_autoptr(GString) data = stuffed(mail->bytes);

    clear_lines(smtp);
    if (daemon_smtp_link_send(smtp->link, data->str, data->len, error))
        return true;
    hang_up(smtp);
    return false;
}

bool
daemon_smtp_taken(DaemonSmtp *smtp, char **out_response, GError **error)
{
    g_auto(DaemonSmtpAnswer) answer = {0};
    g_autoptr(GError) problem = NULL;

    if (smtp->link == NULL || !hear(smtp, &answer, &problem))
        return daemon_throw(error, DAEMON_ERROR_UNCERTAIN, "the last answer was lost: %s",
                            problem != NULL ? problem->message : "no connection");
    smtp->used = true;
    keep_response(&answer, out_response);
    return answer.code / 100 == 2 || refuse(smtp, STEP_DOT, &answer, error);
}
