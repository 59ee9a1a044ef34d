/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-audit-words.h - entries of the audit in words that whoever reads it understands.
 *
 * Runs in:  review.
 * Source:   doc/spool.md, "The audit"
 */
#ifndef DAEMON_REVIEW_AUDIT_WORDS_H
#define DAEMON_REVIEW_AUDIT_WORDS_H

#include <glib.h>
#include <jansson.h>

/* Who did it: an account's name as it is, one of our processes as what it does; static, or actor.
 */
const char *daemon_review_audit_who(const char *actor);

/* What it was done to: "Item 12".  The caller frees. */
char *daemon_review_audit_what(const char *object);

/* The item that it leads to: one that the object or the details name; 0: none. */
json_int_t daemon_review_audit_item(const char *object, const char *detail);

/* What else is known: char* lines; owned.  Hashes are left out. */
GPtrArray *daemon_review_audit_lines(const char *detail);

/* Why the machine decided so: a sentence for each rule; owned. */
GPtrArray *daemon_review_audit_rules(const char *detail);

#endif
