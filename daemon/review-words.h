/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-words.h - fixed words of the spool as staff read them.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#ifndef DAEMON_REVIEW_WORDS_H
#define DAEMON_REVIEW_WORDS_H

#include <glib.h>

/* Each returns static text; the word itself when it has none. */
const char *daemon_review_outcome(const char *word);
const char *daemon_review_state(const char *word);
const char *daemon_review_reply_state(const char *word);
const char *daemon_review_template(const char *word);
const char *daemon_review_act_words(const char *word);
/* What a task is about, and what somebody must do. */
const char *daemon_review_task(const char *what);
const char *daemon_review_task_todo(const char *what);
const char *daemon_review_handover_state(const char *word);
/* A kind of mail. */
const char *daemon_review_kind(const char *word);
/* An audit entry's act. */
const char *daemon_review_audit_act(const char *word);
/* How a part of a search met: kind: SpoolPartKind; how: SpoolSearchHow.  Whose: SpoolSearchRole. */
const char *daemon_review_met(int kind, guint how);
const char *daemon_review_whose(int role);
/* how: SpoolSearchHow. */
const char *daemon_review_how(int how);

#endif
