/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/crypt.h - what is sealed before the database sees it, and the keys for that.
 *
 * Each mail has a random key of its own, wrapped by one derived from the master
 * key.  What is sealed names its place, so that it opens nowhere else.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "What is encrypted"; NIST SP 800-38D; RFC 5869
 */
#ifndef SPOOL_CRYPT_H
#define SPOOL_CRYPT_H

#include "spool/error.h"

#define SPOOL_CRYPT_KEY_LENGTH 32u
#define SPOOL_CRYPT_HASH_LENGTH 32u
/* Sealed bytes are longer than the plain ones by a version, a nonce and a tag. */
#define SPOOL_CRYPT_OVERHEAD (1u + 12u + 16u)

/* The spool's keys, in memory that is locked and left out of core dumps where permitted. */
typedef struct SpoolKeys SpoolKeys;

/* Derive the keys.  master: 32 bytes; salt: this spool's own; both borrowed, neither kept.
 * Errors: SPOOL_ERROR_KEY when master has another length. */
bool spool_crypt_keys_new(GBytes *master, GBytes *salt, SpoolKeys **out_keys, GError **error);
void spool_crypt_keys_free(SpoolKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolKeys, spool_crypt_keys_free)

/* A value that only this master key and salt give, and that tells nothing about them. */
GBytes *spool_crypt_check(const SpoolKeys *keys);

/* A keyed hash (HMAC-SHA-256) for look-ups.  what: static word that keeps kinds of hashes apart. */
GBytes *spool_crypt_hash(const SpoolKeys *keys, const char *what, const void *data, gsize length);

/* The same for what comes in pieces; value gives it for all that was added so far. */
typedef struct SpoolHashing SpoolHashing;
SpoolHashing *spool_crypt_hashing_new(const SpoolKeys *keys, const char *what);
void spool_crypt_hashing_add(SpoolHashing *hashing, const void *data, gsize length);
GBytes *spool_crypt_hashing_value(const SpoolHashing *hashing);
void spool_crypt_hashing_free(SpoolHashing *hashing);

/* The key of one mail, wiped when it goes out of scope. */
typedef struct {
    SpoolKeys *keys; /* borrowed */
    gint64 mail_id;
    guint8 bytes[SPOOL_CRYPT_KEY_LENGTH];
} SpoolMailKey;
void spool_mail_key_clear(SpoolMailKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolMailKey, spool_mail_key_clear)

/* Make a mail's key; out_wrapped: what to store; owned. */
bool spool_crypt_mail_key_new(SpoolKeys *keys, gint64 mail_id, SpoolMailKey *out_key,
                              GBytes **out_wrapped, GError **error);
/* Errors: SPOOL_ERROR_CORRUPT when it was wrapped for another mail, or changed. */
bool spool_crypt_mail_key_open(SpoolKeys *keys, gint64 mail_id, GBytes *wrapped,
                               SpoolMailKey *out_key, GError **error);

/* The key for what belongs to no mail, such as an account's secret. */
void spool_crypt_own_key(SpoolKeys *keys, SpoolMailKey *out_key);

/* Seal bytes.  place: table, column and row, which must be the same to open them; borrowed. */
bool spool_crypt_seal(const SpoolMailKey *key, const char *place, GBytes *plain,
                      GBytes **out_sealed, GError **error);
/* The bytes are followed by a NUL that does not count, so that a text can be read in place.
 * Errors: SPOOL_ERROR_CORRUPT when they were changed, cut or moved. */
bool spool_crypt_open(const SpoolMailKey *key, const char *place, GBytes *sealed,
                      GBytes **out_plain, GError **error);

/* Bytes as text for cookies, addresses and tokens: RFC 4648 section 5, without padding.  The caller
 * frees. */
char *spool_crypt_url_text(const void *bytes, gsize length);

/* A hash as hexadecimal digits, in lower case; the caller frees. */
char *spool_crypt_hex(GBytes *hash);

/* Random bytes.  Errors: SPOOL_ERROR_IO. */
bool spool_crypt_random(void *out, gsize length, GError **error);

#endif
