/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier.c - the courier role: renders replies when they are sent, and sends them.
 *
 * A reply that leaves after 17:00 carries the out-of-hours words, whenever it was
 * queued.  Its Message-ID was fixed when it was queued, so that one sent again
 * after a lost answer is the same mail to whoever receives it.
 *
 * Runs in:  courier; one process.
 * Source:   doc/life-of-a-message.md, "Answer"; RFC 5321 section 4.5.4.1; RFC 1047
 */
#include "config.h"

#include <string.h>

#include "daemon/bounce-address.h"
#include "daemon/canary.h"
#include "daemon/courier.h"
#include "daemon/doorbell.h"
#include "daemon/handover.h"
#include "daemon/log.h"
#include "daemon/maildir-out.h"
#include "daemon/reply-params.h"
#include "daemon/smtp.h"
#include "spool/mark.h"
#include "spool/outbox.h"
#include "templates/reply.h"

#define LEASE_S 900
#define LOOK_MS 5000 /* a lost doorbell costs no more than this */

typedef struct {
    const DaemonCourierWork *work;
    DaemonSmtp *smtp;       /* NULL for a Maildir outbox */
    DaemonWebhook *webhook; /* NULL: nothing is handed over */
    TemplatesCalendar *calendar;
    DaemonCanary canary;
    char *owner;
} Courier;

static bool
render(const Courier *courier, const SpoolReply *reply, GBytes **out_mail, GError **error)
{
    const DaemonSettings *settings = courier->work->settings;
    g_autofree char *mark = spool_mark_new(courier->work->db, reply->message_id);
    g_auto(DaemonReplyParams) params = {0};

    daemon_reply_params_read(reply->params_json, reply->template, &params);
    TemplatesReply words = {.folder = settings->templates,
                            .language = settings->language,
                            .template = reply->template,
                            .variant = params.variant,
                            .reference = reply->reference,
                            .to = reply->to,
                            .from = settings->smtp_from,
                            .message_id = reply->message_id,
                            .in_reply_to = reply->in_reply_to,
                            .mark = mark,
                            .received = reply->received,
                            .now = spool_now(),
                            .service = settings->name,
                            .portal_url = settings->portal_url,
                            .contacts = settings->contacts,
                            .calendar = courier->calendar,
                            .consultation = settings->consultation,
                            .areas = settings->areas,
                            .home_area = params.home_area,
                            .work_area = params.work_area};

    return templates_reply_render(&words, out_mail, error);
}

typedef struct {
    Courier *courier;
    const SpoolReply *reply;
} Start;

/* From here on the reply may have left: that is committed before its first byte does. */
static bool
start_sending(gpointer data)
{
    const Start *start = data;

    return spool_outbox_start(start->courier->work->db, start->reply, NULL);
}

/* Where a bounce of this reply is to go; the caller frees. */
static char *
envelope_sender(const Courier *courier, const SpoolReply *reply)
{
    const DaemonSettings *settings = courier->work->settings;
    g_autofree char *token = NULL;

    if (settings->bounce_address == NULL)
        return g_strdup(settings->smtp_from_address);
    token = spool_mark_bounce_new(courier->work->db, reply->message_id);
    return daemon_bounce_address_make(settings->bounce_address, token);
}

/* A connection that lives on keeps the token that it was opened with; a new one needs a fresh one.
 */
static bool
give_token(Courier *courier, GError **error)
{
    const char *token = NULL;

    if (courier->work->tokens == NULL)
        return true;
    if (!daemon_tokens_get(courier->work->tokens, &token, error))
        return false;
    daemon_smtp_set_token(courier->smtp, token);
    return true;
}

/* A token that was refused is not tried again.  Returns false. */
static bool
forget_token(Courier *courier, const GError *error)
{
    if (courier->work->tokens != NULL && g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_AUTH))
        daemon_tokens_forget(courier->work->tokens);
    return false;
}

static bool
deliver(Courier *courier, const SpoolReply *reply, GBytes *mail, char **out_response,
        GError **error)
{
    Start start = {courier, reply};
    g_autofree char *from = envelope_sender(courier, reply);
    DaemonSmtpMail parcel = {from, reply->to, mail, start_sending, &start};

    if (courier->smtp != NULL)
        return give_token(courier, error) &&
               (daemon_smtp_send(courier->smtp, &parcel, out_response, error) ||
                forget_token(courier, *error));
    *out_response = g_strdup("filed in the outbox folder");
    if (!start_sending(&start))
        return daemon_throw(error, DAEMON_ERROR_TEMPORARY, "the spool could not be written");
    return daemon_maildir_out(courier->work->settings->smtp.folder, from, mail, error);
}

static bool
start_canary(gpointer data)
{
    (void)data;
    return true;
}

/* A DaemonCanarySend. */
static bool
send_canary(gpointer data, const char *to, GBytes *mail, GError **error)
{
    Courier *courier = data;
    g_autofree char *response = NULL;
    DaemonSmtpMail parcel = {courier->work->settings->smtp_from_address, to, mail, start_canary,
                             NULL};

    return give_token(courier, error) &&
           (daemon_smtp_send(courier->smtp, &parcel, &response, error) ||
            forget_token(courier, *error));
}

/* Where there is no relay there is no way out to be proved. */
static bool
look_after_canaries(Courier *courier, GError **error)
{
    courier->canary.send = send_canary;
    courier->canary.data = courier;
    return courier->smtp == NULL || courier->work->once ||
           daemon_canary_look(&courier->canary, error);
}

/* Doubles with each attempt, from retry-min to retry-max. */
static gint64
next_attempt(const DaemonSettings *settings, const SpoolReply *reply)
{
    guint64 pause = settings->smtp_retry_min;

    for (guint i = 1; i < reply->attempts && pause < settings->smtp_retry_max; i++)
        pause *= 2;
    return spool_now() + (gint64)MIN(pause, settings->smtp_retry_max) * G_USEC_PER_SEC;
}

static bool
expired(const DaemonSettings *settings, const SpoolReply *reply)
{
    gint64 age = spool_now() - reply->queued;

    return age > (gint64)settings->smtp_expire * 3600 * G_USEC_PER_SEC;
}

static SpoolReplyOutcome
judge(const Courier *courier, const SpoolReply *reply, const GError *problem)
{
    if (problem == NULL)
        return SPOOL_REPLY_SENT;
    if (problem->domain != DAEMON_ERROR || problem->code == DAEMON_ERROR_PERMANENT ||
        expired(courier->work->settings, reply))
        return SPOOL_REPLY_FAILED;
    return problem->code == DAEMON_ERROR_UNCERTAIN ? SPOOL_REPLY_UNCERTAIN : SPOOL_REPLY_DEFERRED;
}

/* Ids and codes only: what a relay answers often quotes the address. */
static void
log_outcome(const SpoolReply *reply, SpoolReplyOutcome outcome, const GError *problem)
{
    static const char *const names[] = {"sent", "deferred", "failed", "uncertain"};
    g_autofree char *id = g_strdup_printf("reply:%" G_GINT64_FORMAT, reply->id);
    DaemonLogLevel level = outcome == SPOOL_REPLY_SENT     ? DAEMON_LOG_NOTICE
                           : outcome == SPOOL_REPLY_FAILED ? DAEMON_LOG_ERROR
                                                           : DAEMON_LOG_WARNING;
    bool ours = problem != NULL && problem->domain == DAEMON_ERROR &&
                (problem->code == DAEMON_ERROR_TLS || problem->code == DAEMON_ERROR_AUTH ||
                 problem->code == DAEMON_ERROR_CONNECT || problem->code == DAEMON_ERROR_TIMEOUT);

    daemon_log(level, id, "%s template=%s reference=%s attempts=%u%s%s", names[outcome],
               reply->template, reply->reference != NULL ? reply->reference : "-", reply->attempts,
               ours ? ": " : "", ours ? problem->message : "");
}

static bool
send_one(Courier *courier, const SpoolReply *reply, GError **error)
{
    g_autoptr(GBytes) mail = NULL;
    g_autofree char *response = NULL;
    g_autoptr(GError) problem = NULL;
    SpoolReplyResult result = {0};

    if (render(courier, reply, &mail, &problem))
        deliver(courier, reply, mail, &response, &problem);
    result.outcome = judge(courier, reply, problem);
    if (result.outcome == SPOOL_REPLY_DEFERRED || result.outcome == SPOOL_REPLY_UNCERTAIN)
        result.retry_at = next_attempt(courier->work->settings, reply);
    log_outcome(reply, result.outcome, problem);
    if (problem != NULL && (response == NULL || response[0] == '\0')) {
        g_free(response);
        response = g_strdup(problem->message);
    }
    result.response = response;
    result.sent = mail;
    return spool_outbox_finish(courier->work->db, reply, &result, error);
}

/* Send all that is due. */
static bool
send_due(Courier *courier, GError **error)
{
    const DaemonCourierWork *work = courier->work;

    for (;;) {
        g_autoptr(SpoolReply) reply = NULL;

        if (work->alive != NULL)
            work->alive(work->alive_data);
        if (daemon_doorbell_wait(work->stop_fd, -1, 0))
            return true;
        if (!spool_outbox_take(work->db, courier->owner, LEASE_S, &reply, error))
            return false;
        if (reply == NULL)
            return true;
        if (!send_one(courier, reply, error))
            return false;
    }
}

/* Hand over all that is due; replies come first, so that one at a time is enough between them. */
static bool
hand_over(Courier *courier, GError **error)
{
    const DaemonCourierWork *work = courier->work;
    const DaemonHandover handover = {work->settings, work->db, courier->webhook, courier->owner};
    bool more = courier->webhook != NULL;

    while (more && !daemon_doorbell_wait(work->stop_fd, -1, 0)) {
        if (work->alive != NULL)
            work->alive(work->alive_data);
        if (!daemon_handover_next(&handover, &more, error) || !send_due(courier, error))
            return false;
    }
    return true;
}

static int
pause_ms(const Courier *courier)
{
    gint64 due = 0, later = 0;
    gint64 left;

    if (!spool_outbox_next_due(courier->work->db, &due, NULL))
        return LOOK_MS;
    if (courier->webhook != NULL && spool_handover_next_due(courier->work->db, &later, NULL) &&
        later != 0)
        due = due != 0 ? MIN(due, later) : later;
    if (due == 0)
        return LOOK_MS;
    left = (due - spool_now()) / 1000 + 1;
    return (int)CLAMP(left, 10, LOOK_MS);
}

static bool
run(Courier *courier, GError **error)
{
    const DaemonCourierWork *work = courier->work;

    for (;;) {
        daemon_doorbell_clear(work->doorbell_fd);
        if (!send_due(courier, error) || !hand_over(courier, error) ||
            !look_after_canaries(courier, error))
            return false;
        if (work->once || daemon_doorbell_wait(work->stop_fd, -1, 0))
            return true;
        daemon_doorbell_wait(work->doorbell_fd, work->stop_fd, pause_ms(courier));
    }
}

bool
daemon_courier_run(const DaemonCourierWork *work, GError **error)
{
    const DaemonSettings *settings = work->settings;
    Courier courier = {.work = work};
    bool good;

    if (!templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &courier.calendar, error))
        return false;
    daemon_canary_init(&courier.canary, settings, work->db);
    courier.owner = g_strconcat("courier@", daemon_settings_node(settings), NULL);
    if (settings->smtp.scheme == DAEMON_SCHEME_SMTP)
        courier.smtp = daemon_smtp_new(settings, work->password);
    if (work->webhook_key != NULL)
        courier.webhook = daemon_webhook_new(settings, work->webhook_key);
    good = spool_outbox_reclaim(work->db, courier.owner, error) &&
           spool_handover_reclaim(work->db, courier.owner, error) && run(&courier, error);
    daemon_canary_clear(&courier.canary);
    daemon_smtp_free(courier.smtp);
    daemon_webhook_free(courier.webhook);
    templates_calendar_free(courier.calendar);
    g_free(courier.owner);
    return good;
}
