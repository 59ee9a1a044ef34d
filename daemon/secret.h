/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/secret.h - passwords and keys: read from files, locked, wiped.
 *
 * Runs in:  the roles that need one, before privileges are dropped.
 * Source:   doc/SECURITY.md
 */
#ifndef DAEMON_SECRET_H
#define DAEMON_SECRET_H

#include "daemon/error.h"

/* A secret from its file, without the line end.  Free with daemon_secret_free(), which wipes it.
 * Errors: DAEMON_ERROR_FILE: cannot be read, is empty, or anybody on the machine may change it. */
bool daemon_secret_read(const char *path, char **out_secret, GError **error);
void daemon_secret_free(char *secret);

/* True when anybody on the machine may read the file: an operator should be told. */
bool daemon_secret_is_open(const char *path);

/* The master key: 32 bytes, 64 hexadecimal digits, or 44 characters of base 64.  The bytes are
 * wiped when freed. Errors: DAEMON_ERROR_FILE. */
bool daemon_secret_master_key(const char *path, GBytes **out_key, GError **error);

/* Write a new random master key to a new file that only its owner may read.
 * Errors: DAEMON_ERROR_FILE: exists already, or cannot be made. */
bool daemon_secret_make_key(const char *path, GError **error);

#endif
