/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/handover.c - deliver what waits for another system.
 *
 * The pauses are those of replies; what could not be delivered for
 * webhook-expire hours becomes a task.
 *
 * Runs in:  courier.
 * Source:   doc/review.md, "Handing over"
 */
#include "config.h"

#include "daemon/handover.h"
#include "daemon/log.h"

#define LEASE_S 300

/* Doubles with each attempt, from retry-min to retry-max. */
static gint64
next_attempt(const DaemonSettings *settings, guint attempts)
{
    guint64 pause = settings->smtp_retry_min;

    for (guint i = 1; i < attempts && pause < settings->smtp_retry_max; i++)
        pause *= 2;
    return spool_now() + (gint64)MIN(pause, settings->smtp_retry_max) * G_USEC_PER_SEC;
}

static SpoolHandoverOutcome
judge(const DaemonSettings *settings, const SpoolHandover *handover, const GError *problem)
{
    gint64 age = spool_now() - handover->queued;

    if (problem == NULL)
        return SPOOL_HANDOVER_DONE;
    if (problem->code == DAEMON_ERROR_PERMANENT ||
        age > (gint64)settings->export_webhook_expire * 3600 * G_USEC_PER_SEC)
        return SPOOL_HANDOVER_FAILED;
    return SPOOL_HANDOVER_AGAIN;
}

static void
log_outcome(const SpoolHandover *handover, SpoolHandoverOutcome outcome, const char *response)
{
    static const char *const names[] = {"delivered", "deferred", "failed"};
    static const DaemonLogLevel levels[] = {DAEMON_LOG_NOTICE, DAEMON_LOG_WARNING,
                                            DAEMON_LOG_ERROR};
    g_autofree char *id = g_strdup_printf("handover:%" G_GINT64_FORMAT, handover->id);

    daemon_log(levels[outcome], id, "%s attempts=%u response=\"%s\"", names[outcome],
               handover->attempts, response);
}

bool
daemon_handover_next(const DaemonHandover *work, bool *out_more, GError **error)
{
    g_autoptr(SpoolHandover) handover = NULL;
    g_autoptr(GError) problem = NULL;
    g_autofree char *response = NULL;
    SpoolHandoverResult result = {0};

    *out_more = false;
    if (!spool_handover_claim(work->db, work->owner, LEASE_S, &handover, error))
        return false;
    if (handover == NULL)
        return true;
    daemon_webhook_send(work->webhook, handover, &response, &problem);
    result.outcome = judge(work->settings, handover, problem);
    result.response = response;
    result.retry_at = next_attempt(work->settings, handover->attempts);
    log_outcome(handover, result.outcome, response);
    *out_more = true;
    return spool_handover_finish(work->db, handover, &result, error);
}
