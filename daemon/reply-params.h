/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/reply-params.h - what the words of a reply need besides its record.
 *
 * Names of variants and areas only: nothing of the mail.
 *
 * Runs in:  intake, review (write), courier (reads).
 * Source:   doc/replies.md
 */
#ifndef DAEMON_REPLY_PARAMS_H
#define DAEMON_REPLY_PARAMS_H

#include "daemon/area.h"

typedef struct {
    char *variant;   /* or NULL */
    char *home_area; /* or NULL */
    char *work_area; /* or NULL */
    bool by_hand;    /* a member of staff sends it */
} DaemonReplyParams;
void daemon_reply_params_clear(DaemonReplyParams *params);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonReplyParams, daemon_reply_params_clear)

/* As JSON, for the outbox; the caller frees with free().  variant: or NULL. */
char *daemon_reply_params_write(const char *variant, const DaemonArea *area, bool by_hand);

/* Read it back.  What a newer or older Postern wrote and this one does not know is left out: plain
 * words are better than none.  out_params: clear after use. */
void daemon_reply_params_read(const char *json, const char *template,
                              DaemonReplyParams *out_params);

#endif
