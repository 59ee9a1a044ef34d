/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/contact.h - when a mailbox was last looked at with success.
 *
 * Runs in:  the mailbox role (notes), staff pages and command line (read).
 * Source:   doc/review.md, "Health"
 */
#ifndef SPOOL_CONTACT_H
#define SPOOL_CONTACT_H

#include "spool/db.h"

/* Note that a mailbox has just been looked at, and everything that was asked was answered. */
bool spool_contact_note(SpoolDb *db, const char *mailbox, GError **error);

/* out_at: microseconds UTC; 0 when it never was, or before this was noted. */
bool spool_contact_get(SpoolDb *db, const char *mailbox, gint64 *out_at, GError **error);

#endif
