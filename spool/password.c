/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/password.c - passwords as scrypt hashes, and codes of a second factor.
 *
 * Runs in:  staff pages, command line.
 * Source:   RFC 7914 (scrypt), RFC 6238 (TOTP), RFC 4226 (HOTP)
 */
#include "config.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "spool/password.h"

/* 64 MiB and about 0.2 s a try: dear to guess, bearable to type. */
#define SCRYPT_LOG_N 16u
#define SCRYPT_R 8u
#define SCRYPT_P 1u
#define SCRYPT_MEMORY (128u * 1024 * 1024)
#define SALT_LENGTH 16u
#define HASH_LENGTH 32u

#define STEP_SECONDS 30
#define CODE_DIGITS 6u
#define CODE_MODULUS 1000000u

static bool
scrypt(const char *password, const guint8 *salt, guint8 *out)
{
    return EVP_PBE_scrypt(password, strlen(password), salt, SALT_LENGTH,
                          G_GUINT64_CONSTANT(1) << SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P, SCRYPT_MEMORY,
                          out, HASH_LENGTH) == 1;
}

bool
spool_password_hash(const char *password, char **out_hash, GError **error)
{
    guint8 salt[SALT_LENGTH], hash[HASH_LENGTH];

    if (RAND_bytes(salt, sizeof salt) != 1 || !scrypt(password, salt, hash))
        return spool_throw(error, SPOOL_ERROR_IO,
                           "OpenSSL cannot compute scrypt: is there memory?");
    g_autofree char *salt_text = g_base64_encode(salt, sizeof salt);
    g_autofree char *hash_text = g_base64_encode(hash, sizeof hash);

    *out_hash = g_strdup_printf("$scrypt$%u$%u$%u$%s$%s", SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P,
                                salt_text, hash_text);
    return true;
}

/* Take a stored hash apart; false when it is not one of ours. */
static bool
parse(const char *stored, guint8 *salt, guint8 *hash)
{
    g_auto(GStrv) parts = g_strsplit(stored, "$", -1);
    gsize salt_length = 0, hash_length = 0;

    if (g_strv_length(parts) != 7 || strcmp(parts[1], "scrypt") != 0)
        return false;
    g_autofree char *cost = g_strjoin("$", parts[2], parts[3], parts[4], NULL);
    g_autofree char *ours = g_strdup_printf("%u$%u$%u", SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P);
    g_autofree guint8 *salt_bytes = g_base64_decode(parts[5], &salt_length);
    g_autofree guint8 *hash_bytes = g_base64_decode(parts[6], &hash_length);

    if (strcmp(cost, ours) != 0 || salt_length != SALT_LENGTH || hash_length != HASH_LENGTH)
        return false;
    memcpy(salt, salt_bytes, SALT_LENGTH);
    memcpy(hash, hash_bytes, HASH_LENGTH);
    return true;
}

bool
spool_password_matches(const char *password, const char *hash)
{
    guint8 salt[SALT_LENGTH] = {0}, stored[HASH_LENGTH] = {0}, typed[HASH_LENGTH];
    bool known = hash != NULL && parse(hash, salt, stored);
    bool computed = scrypt(password, salt, typed);

    return CRYPTO_memcmp(typed, stored, sizeof typed) == 0 && known && computed;
}

guint32
spool_totp_code(GBytes *secret, gint64 step)
{
    guint8 mac[EVP_MAX_MD_SIZE];
    guint64 counter = GUINT64_TO_BE((guint64)step);
    guint length = 0;
    gsize key_length = 0;
    const void *key = g_bytes_get_data(secret, &key_length);

    if (HMAC(EVP_sha1(), key, (int)key_length, (const guint8 *)&counter, sizeof counter, mac,
             &length) == NULL)
        g_error("OpenSSL cannot compute HMAC-SHA-1");
    guint at = mac[length - 1] & 0x0fu;
    guint32 cut = ((guint32)(mac[at] & 0x7fu) << 24) | ((guint32)mac[at + 1] << 16) |
                  ((guint32)mac[at + 2] << 8) | mac[at + 3];

    return cut % CODE_MODULUS;
}

gint64
spool_totp_match(GBytes *secret, const char *code, gint64 now, gint64 after)
{
    gint64 middle = now / STEP_SECONDS, found = 0;

    if (strlen(code) != CODE_DIGITS)
        return 0;
    for (gint64 step = middle - 1; step <= middle + 1; step++) {
        g_autofree char *right = g_strdup_printf("%06u", spool_totp_code(secret, step));

        if (CRYPTO_memcmp(right, code, CODE_DIGITS) == 0 && step > after)
            found = step;
    }
    return found;
}
