/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-keys.h - the keys that a record's fields have.
 *
 * Runs in:  command line.
 * Source:   doc/records.md
 */
#ifndef DAEMON_FORMS_KEYS_H
#define DAEMON_FORMS_KEYS_H

#include <glib.h>
#include <stdbool.h>

/* True for a key of the record ("child.N.dob"). */
bool daemon_forms_keys_known(const char *key);

/* True when the group before the key's last dot is the record's, with fixed keys. */
bool daemon_forms_keys_taken(const char *key);

/* True when the group is of those that some forms have besides ("household.N."); their keys are
 * free. */
bool daemon_forms_keys_free(const char *key);

/* The key that was probably meant: one or two letters away; NULL when there is none.  Static. */
const char *daemon_forms_keys_near(const char *key);

#endif
