/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/auth.h - Authentication-Results fields.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 8601
 */
#ifndef PARSERS_AUTH_H
#define PARSERS_AUTH_H

#include <glib.h>

/* Append a ParsersAuth for each spf, dkim, dmarc, arc and compauth result of one field.
 *
 * value:    the unfolded field value; borrowed.
 * instance: 0 for the topmost field of the mail.
 * out_auth: ParsersAuth, appended to.
 *
 * What does not follow the grammar is skipped, such as the recipient's domain that Exchange Online
 * used to write between the results.  A field without authserv-id, as Exchange Online writes it,
 * gets "", and no other does.  Where a comment or a quoted string is never closed, "pass" becomes
 * "none".  Whether an id is ours is for the daemon to say. */
void parsers_auth_parse(const char *value, guint instance, GPtrArray *out_auth);

#endif
