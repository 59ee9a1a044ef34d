/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/device.h - which browsers have signed in as an account before.
 *
 * Such a browser is not shut out by what strangers get wrong elsewhere: it has a
 * count of its own.  What it holds opens nothing by itself.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "People"; OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
 */
#ifndef SPOOL_DEVICE_H
#define SPOOL_DEVICE_H

#include "spool/db.h"

#define SPOOL_DEVICE_DAYS 180u /* after its last signing in */
#define SPOOL_DEVICE_TRIES 10u /* wrong answers within a day (UTC) */

/* What a browser keeps once somebody has fully signed in with it: account, end and random bytes,
 * under a keyed hash, so that nothing is stored here.  A new one has a new count.
 *
 * out_device: for the cookie; the caller frees. */
bool spool_device_new(SpoolDb *db, gint64 account_id, char **out_device, GError **error);

/* Whether this was made for that account, has not ended, and has tries left.
 *
 * device: of the cookie, so anything at all, or NULL; borrowed. */
bool spool_device_is_known(SpoolDb *db, const char *device, gint64 account_id, bool *out_known,
                           GError **error);

/* Count a wrong answer of a known one; within a transaction of the caller's. */
bool spool_device_note_wrong(SpoolDb *db, const char *device, GError **error);

#endif
