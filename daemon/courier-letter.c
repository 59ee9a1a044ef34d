/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-letter.c - a reply on its way: its words, its envelope, and what became of it.
 *
 * A reply that leaves after 17:00 carries the out-of-hours words, whenever it was
 * queued.  Its Message-ID was fixed when it was queued, so that one sent again
 * after a lost answer is the same mail to whoever receives it.
 *
 * Runs in:  courier.
 * Source:   doc/life-of-a-message.md, "Answer"; RFC 5321 section 4.5.4.1; RFC 1047
 */
#include "config.h"

#include "daemon/courier-letter.h"

#include <string.h>

#include "daemon/bounce-address.h"
#include "daemon/log.h"
#include "daemon/reply-params.h"
#include "spool/alert.h"
#include "spool/mark.h"
#include "templates/reply.h"

static bool
render(const DaemonCourierWork *work, const DaemonCourierPress *press, const SpoolReply *reply,
       GBytes **out_mail, GError **error)
{
    const DaemonSettings *settings = work->settings;
    g_autofree char *mark = spool_mark_new(work->db, reply->message_id);
    g_auto(DaemonReplyParams) params = {0};
    guint waiting = 0;

    daemon_reply_params_read(reply->params_json, reply->template, &params);
    if (g_strcmp0(params.variant, "digest") == 0 && !spool_alert_waiting(work->db, &waiting, error))
        return false;
    TemplatesReply words = {.language = settings->language,
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
                            .calendar = press->calendar,
                            .consultation = settings->consultation,
                            .areas = settings->areas,
                            .home_area = params.home_area,
                            .work_area = params.work_area,
                            .waiting = waiting,
                            .by_hand = params.by_hand};

    return templates_reply_render(&words, press->kit, out_mail, error);
}

/* Where a bounce of this reply is to go; the caller frees. */
static char *
envelope_sender(const DaemonCourierWork *work, const SpoolReply *reply)
{
    const DaemonSettings *settings = work->settings;
    g_autofree char *token = NULL;

    if (settings->bounce_address == NULL)
        return g_strdup(settings->smtp_from_address);
    token = spool_mark_bounce_new(work->db, reply->message_id);
    return daemon_bounce_address_make(settings->bounce_address, token);
}

bool
daemon_courier_letter_is_in(const char *domains, const char *address)
{
    const char *at = strrchr(address, '@');
    g_auto(GStrv) list = g_strsplit_set(domains != NULL ? domains : "", "; ", -1);
    gsize length = at != NULL ? strlen(at + 1) : 0;

    for (char **domain = list; *domain != NULL; domain++) {
        gsize own = strlen(*domain);

        if (own > 0 && length >= own && g_ascii_strcasecmp(at + 1 + length - own, *domain) == 0 &&
            (length == own || at[length - own] == '.'))
            return true;
    }
    return false;
}

DaemonCourierLetter *
daemon_courier_letter_new(const DaemonCourierWork *work, const DaemonCourierPress *press,
                          SpoolReply *reply)
{
    DaemonCourierLetter *letter = g_new0(DaemonCourierLetter, 1);

    letter->reply = reply;
    letter->from = envelope_sender(work, reply);
    render(work, press, reply, &letter->bytes, &letter->problem);
    letter->mail = (DaemonSmtpMail){
        .from = letter->from,
        .to = reply->to,
        .id = reply->message_id,
        .secure = daemon_courier_letter_is_in(work->settings->smtp_require_tls, reply->to),
        .bytes = letter->bytes};
    return letter;
}

void
daemon_courier_letter_free(DaemonCourierLetter *letter)
{
    if (letter == NULL)
        return;
    spool_reply_free(letter->reply);
    g_free(letter->from);
    g_clear_pointer(&letter->bytes, g_bytes_unref);
    g_free(letter->response);
    g_clear_error(&letter->problem);
    g_free(letter);
}

/* Doubles with each attempt, from retry-min to retry-max. */
static gint64
pause_after(const DaemonSettings *settings, const SpoolReply *reply)
{
    guint64 pause = settings->smtp_retry_min;

    for (guint i = 1; i < reply->attempts && pause < settings->smtp_retry_max; i++)
        pause *= 2;
    return (gint64)MIN(pause, settings->smtp_retry_max) * G_USEC_PER_SEC;
}

static bool
expired(const DaemonSettings *settings, const SpoolReply *reply)
{
    gint64 age = spool_now() - reply->queued;

    return age > (gint64)settings->smtp_expire * 3600 * G_USEC_PER_SEC;
}

/* What the spool says and what another moment mends. */
static bool
is_passing(const GError *problem)
{
    return g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_BUSY) ||
           g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_IO) ||
           g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_FULL);
}

static SpoolReplyOutcome
judge(const DaemonCourierWork *work, const DaemonCourierLetter *letter)
{
    const GError *problem = letter->problem;

    if (problem == NULL)
        return SPOOL_REPLY_SENT;
    if (g_error_matches(problem, DAEMON_ERROR, DAEMON_ERROR_UNCERTAIN))
        return SPOOL_REPLY_UNCERTAIN;
    if (expired(work->settings, letter->reply))
        return SPOOL_REPLY_FAILED;
    if (problem->domain == DAEMON_ERROR ? problem->code != DAEMON_ERROR_PERMANENT
                                        : is_passing(problem))
        return SPOOL_REPLY_DEFERRED;
    return SPOOL_REPLY_FAILED;
}

bool
daemon_courier_letter_finish(const DaemonCourierWork *work, const DaemonCourierLetter *letter,
                             gint64 relay_pause, GError **error)
{
    g_autoptr(GError) problem = NULL;
    SpoolReplyResult result = {.outcome = judge(work, letter), .sent = letter->bytes};

    if (result.outcome == SPOOL_REPLY_DEFERRED || result.outcome == SPOOL_REPLY_UNCERTAIN)
        result.retry_at =
            spool_now() +
            (letter->relay ? relay_pause : pause_after(work->settings, letter->reply));
    result.response = letter->response != NULL  ? letter->response
                      : letter->problem != NULL ? letter->problem->message
                                                : "";
    if (spool_outbox_finish(work->db, letter->reply, &result, &problem))
        return true;
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE))
        return true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

/* Ids and codes only: what a relay answers often quotes the address. */
void
daemon_courier_letter_log(const DaemonCourierWork *work, const DaemonCourierLetter *letter)
{
    static const char *const names[] = {"sent", "deferred", "failed", "uncertain"};
    static const DaemonLogLevel levels[] = {DAEMON_LOG_NOTICE, DAEMON_LOG_WARNING, DAEMON_LOG_ERROR,
                                            DAEMON_LOG_WARNING};
    const SpoolReply *reply = letter->reply;
    const GError *problem = letter->problem;
    SpoolReplyOutcome outcome = judge(work, letter);
    g_autofree char *id = g_strdup_printf("reply:%" G_GINT64_FORMAT, reply->id);
    bool ours = problem != NULL && problem->domain == DAEMON_ERROR;

    daemon_log(levels[outcome], id, "%s template=%s reference=%s attempts=%u%s%s", names[outcome],
               reply->template, reply->reference != NULL ? reply->reference : "-", reply->attempts,
               ours ? ": " : "", ours ? problem->message : "");
}
