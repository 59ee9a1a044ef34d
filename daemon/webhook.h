/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/webhook.h - hand a record to another system over HTTPS, signed.
 *
 * Runs in:  courier.
 * Source:   https://www.standardwebhooks.com; doc/review.md, "Handing over"
 */
#ifndef DAEMON_WEBHOOK_H
#define DAEMON_WEBHOOK_H

#include "daemon/settings.h"
#include "spool/handover.h"

#define DAEMON_WEBHOOK_PREFIX "whsec_"

/* The key of a secret: "whsec_" and base 64 of 24 to 64 bytes, with or without the prefix.
 * Errors: DAEMON_ERROR_FILE. */
bool daemon_webhook_key(const char *secret, GBytes **out_key, GError **error);

/* What is signed, and as whom. */
typedef struct {
    const char *id;   /* of the delivery */
    gint64 timestamp; /* seconds since 1970 */
    GBytes *body;
} DaemonWebhookMessage;

/* "v1," and base 64 of HMAC-SHA-256 of id.timestamp.body; the caller frees. */
char *daemon_webhook_sign(GBytes *key, const DaemonWebhookMessage *message);

typedef struct DaemonWebhook DaemonWebhook;
/* key: borrowed. */
DaemonWebhook *daemon_webhook_new(const DaemonSettings *settings, GBytes *key);
void daemon_webhook_free(DaemonWebhook *webhook);

/* Deliver one; true when the other side has it (2xx).
 *
 * out_response: fixed words or the status, whatever the outcome; the caller frees.
 * Errors: DAEMON_ERROR_PERMANENT (410: it wants no more), any other: try again. */
bool daemon_webhook_send(DaemonWebhook *webhook, const SpoolHandover *handover, char **out_response,
                         GError **error);

#endif
