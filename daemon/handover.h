/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/handover.h - deliver what waits for another system.
 *
 * Runs in:  courier.
 * Source:   doc/review.md, "Handing over"
 */
#ifndef DAEMON_HANDOVER_H
#define DAEMON_HANDOVER_H

#include "daemon/webhook.h"

/* Who delivers; all borrowed. */
typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    DaemonWebhook *webhook;
    const char *owner; /* names this courier among those of other machines */
} DaemonHandover;

/* Deliver the next that is due.  out_more: false when none was.
 * Errors: SPOOL_ERROR_*; that the other side failed is none. */
bool daemon_handover_next(const DaemonHandover *handover, bool *out_more, GError **error);

#endif
