/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/owner.h - whose the files of a spool are.
 *
 * Runs in:  every role; command line.
 * Source:   doc/spool.md, "Whose the files are"
 */
#ifndef SPOOL_OWNER_H
#define SPOOL_OWNER_H

#include "spool/error.h"

/* Whether this process, by its effective account, may work on the files of an SQLite spool that are
 * there, and in their folder.  Changes nothing.
 *
 * database: path of the database; also: another file that the caller needs, or NULL.
 *
 * Errors: SPOOL_ERROR_IO: it may not; the text says whose they are, and the commands that mend it.
 */
bool spool_owner_check(const char *database, const char *also, GError **error);

#endif
