/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-words.h - fixed words of the spool as staff read them.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#ifndef DAEMON_REVIEW_WORDS_H
#define DAEMON_REVIEW_WORDS_H

/* Each returns static text; the word itself when it has none. */
const char *daemon_review_outcome(const char *word);
const char *daemon_review_state(const char *word);
const char *daemon_review_reply_state(const char *word);
const char *daemon_review_template(const char *word);
const char *daemon_review_act_words(const char *word);
/* how: SpoolSearchHow. */
const char *daemon_review_how(int how);

#endif
