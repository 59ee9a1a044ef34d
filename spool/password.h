/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/password.h - passwords as scrypt hashes, and codes of a second factor.
 *
 * Runs in:  staff pages, command line.
 * Source:   RFC 7914 (scrypt), RFC 6238 (TOTP), RFC 4226 (HOTP)
 */
#ifndef SPOOL_PASSWORD_H
#define SPOOL_PASSWORD_H

#include "spool/error.h"

/* "$scrypt$16$8$1$salt$hash", salt and hash in base 64; the caller frees.
 * Errors: SPOOL_ERROR_IO. */
bool spool_password_hash(const char *password, char **out_hash, GError **error);

/* Whether a password has that hash; the same work is done when hash is NULL, and the answer is no.
 */
bool spool_password_matches(const char *password, const char *hash);

/* The code of six digits at a step (seconds since 1970 by 30).  secret: borrowed. */
guint32 spool_totp_code(GBytes *secret, gint64 step);

/* The step at which code is right, within one step of now (seconds since 1970) and after `after`;
 * 0 when it is right at none.  Compares in constant time. */
gint64 spool_totp_match(GBytes *secret, const char *code, gint64 now, gint64 after);

#endif
