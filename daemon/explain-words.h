/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/explain-words.h - what rules, outcomes and states mean, in plain words.
 *
 * Runs in:  command line.
 * Source:   doc/deciding.md
 */
#ifndef DAEMON_EXPLAIN_WORDS_H
#define DAEMON_EXPLAIN_WORDS_H

#include <glib.h>

/* One sentence for what a name of our tables means; static.  A name that is not known, as of
 * another version, gives a sentence that says so, or NULL for a rule. */
const char *daemon_explain_words_rule(const char *rule);
/* action: as daemon_action_name() gives it, or NULL while nothing is decided. */
const char *daemon_explain_words_action(const char *action);
/* sender: as daemon_writer_name() gives it, or NULL. */
const char *daemon_explain_words_sender(const char *sender);
/* state: of a reply, as spool_state_out_shown() gives it. */
const char *daemon_explain_words_reply(const char *state);

#endif
