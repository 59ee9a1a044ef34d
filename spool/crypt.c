/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/crypt.c - what is sealed before the database sees it, and the keys for that.
 *
 * Sealed: version (1), nonce (12), ciphertext, tag (16), by AES-256-GCM with a random nonce.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "What is encrypted"; NIST SP 800-38D; RFC 5869
 */
#include "config.h"

#include <string.h>
#include <sys/mman.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "spool/crypt.h"

#define SEAL_VERSION 1u
#define NONCE_LENGTH 12
#define TAG_LENGTH 16

/* What must not be swapped out; a whole page, since locks do not nest. */
typedef struct {
    guint8 wrap[SPOOL_CRYPT_KEY_LENGTH];
    guint8 hash[SPOOL_CRYPT_KEY_LENGTH];
    guint8 own[SPOOL_CRYPT_KEY_LENGTH];
} Secret;

struct SpoolKeys {
    Secret *secret;
    guint8 check[SPOOL_CRYPT_KEY_LENGTH];
    EVP_CIPHER *cipher; /* fetched once: looking it up costs more than sealing a line */
    EVP_CIPHER_CTX *context;
    EVP_MAC_CTX *hashing; /* has the key: setting it costs more than hashing a word */
};

static bool
broken(GError **error, const char *what)
{
    return spool_throw(error, SPOOL_ERROR_IO, "OpenSSL cannot %s: check its configuration", what);
}

static Secret *
secret_new(void)
{
    Secret *secret =
        mmap(NULL, sizeof *secret, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (secret == MAP_FAILED)
        g_error("no memory for the keys");
    /* Without the right to lock memory the keys still work: a swap file is then the weaker place.
     */
    (void)mlock(secret, sizeof *secret);
    (void)madvise(secret, sizeof *secret, MADV_DONTDUMP);
    return secret;
}

static bool
derive(GBytes *master, GBytes *salt, const char *info, guint8 *out)
{
    gsize master_length = 0, salt_length = 0;
    void *master_data = (void *)g_bytes_get_data(master, &master_length);
    void *salt_data = (void *)g_bytes_get_data(salt, &salt_length);
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = kdf != NULL ? EVP_KDF_CTX_new(kdf) : NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, master_data, master_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt_data, salt_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, strlen(info)),
        OSSL_PARAM_construct_end(),
    };
    bool ok = context != NULL && EVP_KDF_derive(context, out, SPOOL_CRYPT_KEY_LENGTH, params) > 0;

    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return ok;
}

static EVP_MAC_CTX *
hashing_new(const Secret *secret)
{
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_end(),
    };

    EVP_MAC_free(mac);
    if (context != NULL && EVP_MAC_init(context, secret->hash, sizeof secret->hash, params))
        return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

bool
spool_crypt_keys_new(GBytes *master, GBytes *salt, SpoolKeys **out_keys, GError **error)
{
    if (g_bytes_get_size(master) != SPOOL_CRYPT_KEY_LENGTH)
        return spool_throw(error, SPOOL_ERROR_KEY, "the master key has %zu bytes instead of %u",
                           g_bytes_get_size(master), SPOOL_CRYPT_KEY_LENGTH);
    g_autoptr(SpoolKeys) keys = g_new0(SpoolKeys, 1);

    keys->secret = secret_new();
    keys->cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    keys->context = EVP_CIPHER_CTX_new();
    if (keys->cipher == NULL || keys->context == NULL)
        return broken(error, "give AES-256-GCM");
    if (!derive(master, salt, "postern spool wrap 1", keys->secret->wrap) ||
        !derive(master, salt, "postern spool hash 1", keys->secret->hash) ||
        !derive(master, salt, "postern spool own 1", keys->secret->own) ||
        !derive(master, salt, "postern spool check 1", keys->check))
        return broken(error, "derive keys by HKDF");
    keys->hashing = hashing_new(keys->secret);
    if (keys->hashing == NULL)
        return broken(error, "give HMAC-SHA-256");
    *out_keys = g_steal_pointer(&keys);
    return true;
}

void
spool_crypt_keys_free(SpoolKeys *keys)
{
    if (keys == NULL)
        return;
    OPENSSL_cleanse(keys->secret, sizeof *keys->secret);
    munmap(keys->secret, sizeof *keys->secret);
    EVP_MAC_CTX_free(keys->hashing);
    EVP_CIPHER_CTX_free(keys->context);
    EVP_CIPHER_free(keys->cipher);
    g_free(keys);
}

GBytes *
spool_crypt_check(const SpoolKeys *keys)
{
    return g_bytes_new(keys->check, sizeof keys->check);
}

/* HMAC over memory fails only when memory ran out, and then nothing can be kept. */
static void
must(bool ok)
{
    if (!ok)
        g_error("OpenSSL cannot compute HMAC-SHA-256");
}

/* With the NUL after the word, no word and data read as another word and data. */
static void
hash_begin(EVP_MAC_CTX *context, const char *what)
{
    must(EVP_MAC_init(context, NULL, 0, NULL) &&
         EVP_MAC_update(context, (const guint8 *)what, strlen(what) + 1));
}

static GBytes *
hash_end(EVP_MAC_CTX *context)
{
    guint8 hash[SPOOL_CRYPT_HASH_LENGTH];
    gsize length = 0;

    must(EVP_MAC_final(context, hash, &length, sizeof hash));
    return g_bytes_new(hash, sizeof hash);
}

GBytes *
spool_crypt_hash(const SpoolKeys *keys, const char *what, const void *data, gsize length)
{
    hash_begin(keys->hashing, what);
    must(EVP_MAC_update(keys->hashing, data, length));
    return hash_end(keys->hashing);
}

struct SpoolHashing {
    EVP_MAC_CTX *context;
};

static EVP_MAC_CTX *
hash_copy(const EVP_MAC_CTX *context)
{
    EVP_MAC_CTX *copy = EVP_MAC_CTX_dup(context);

    must(copy != NULL);
    return copy;
}

SpoolHashing *
spool_crypt_hashing_new(const SpoolKeys *keys, const char *what)
{
    SpoolHashing *hashing = g_new0(SpoolHashing, 1);

    hashing->context = hash_copy(keys->hashing);
    hash_begin(hashing->context, what);
    return hashing;
}

void
spool_crypt_hashing_add(SpoolHashing *hashing, const void *data, gsize length)
{
    must(EVP_MAC_update(hashing->context, data, length));
}

GBytes *
spool_crypt_hashing_value(const SpoolHashing *hashing)
{
    EVP_MAC_CTX *context = hash_copy(hashing->context);
    GBytes *hash = hash_end(context);

    EVP_MAC_CTX_free(context);
    return hash;
}

void
spool_crypt_hashing_free(SpoolHashing *hashing)
{
    EVP_MAC_CTX_free(hashing->context);
    g_free(hashing);
}

bool
spool_crypt_random(void *out, gsize length, GError **error)
{
    return RAND_bytes(out, (int)length) == 1 || broken(error, "give random bytes");
}

char *
spool_crypt_url_text(const void *bytes, gsize length)
{
    char *text = g_base64_encode(bytes, length);

    text[strcspn(text, "=")] = '\0';
    return g_strdelimit(g_strdelimit(text, "+", '-'), "/", '_');
}

char *
spool_crypt_hex(GBytes *hash)
{
    static const char digits[] = "0123456789abcdef";
    gsize length = 0;
    const guint8 *bytes = g_bytes_get_data(hash, &length);
    char *text = g_malloc(2 * length + 1);

    for (gsize i = 0; i < length; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * length] = '\0';
    return text;
}

void
spool_mail_key_clear(SpoolMailKey *key)
{
    OPENSSL_cleanse(key, sizeof *key);
}

/* The associated data is the mail's id and the place. */
static char *
associated(gint64 mail_id, const char *place)
{
    return g_strdup_printf("mail:%" G_GINT64_FORMAT " %s", mail_id, place);
}

static bool
encrypt(const SpoolMailKey *key, const char *aad, GBytes *plain, guint8 *out)
{
    SpoolKeys *keys = key->keys;
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(plain, &length);
    guint8 *nonce = out + 1, *body = nonce + NONCE_LENGTH, *tag = body + length;
    int done = 0;

    out[0] = SEAL_VERSION;
    return RAND_bytes(nonce, NONCE_LENGTH) == 1 &&
           EVP_EncryptInit_ex2(keys->context, keys->cipher, key->bytes, nonce, NULL) &&
           EVP_EncryptUpdate(keys->context, NULL, &done, (const guint8 *)aad, (int)strlen(aad)) &&
           (length == 0 || EVP_EncryptUpdate(keys->context, body, &done, data, (int)length)) &&
           EVP_EncryptFinal_ex(keys->context, tag, &done) &&
           EVP_CIPHER_CTX_ctrl(keys->context, EVP_CTRL_GCM_GET_TAG, TAG_LENGTH, tag);
}

static bool
decrypt(const SpoolMailKey *key, const char *aad, GBytes *sealed, guint8 *out)
{
    SpoolKeys *keys = key->keys;
    gsize length = g_bytes_get_size(sealed) - SPOOL_CRYPT_OVERHEAD;
    const guint8 *data = g_bytes_get_data(sealed, NULL);
    const guint8 *nonce = data + 1, *body = nonce + NONCE_LENGTH;
    guint8 *tag = (guint8 *)body + length; /* OpenSSL takes it without const and only reads it */
    int done = 0;

    return EVP_DecryptInit_ex2(keys->context, keys->cipher, key->bytes, nonce, NULL) &&
           EVP_DecryptUpdate(keys->context, NULL, &done, (const guint8 *)aad, (int)strlen(aad)) &&
           (length == 0 || EVP_DecryptUpdate(keys->context, out, &done, body, (int)length)) &&
           EVP_CIPHER_CTX_ctrl(keys->context, EVP_CTRL_GCM_SET_TAG, TAG_LENGTH, tag) &&
           EVP_DecryptFinal_ex(keys->context, out + length, &done) > 0;
}

bool
spool_crypt_seal(const SpoolMailKey *key, const char *place, GBytes *plain, GBytes **out_sealed,
                 GError **error)
{
    g_autofree char *aad = associated(key->mail_id, place);
    gsize length = g_bytes_get_size(plain);

    if (length > G_MAXINT - SPOOL_CRYPT_OVERHEAD)
        return spool_throw(error, SPOOL_ERROR_TOO_BIG, "%zu bytes cannot be sealed at once",
                           length);
    g_autofree guint8 *sealed = g_malloc(length + SPOOL_CRYPT_OVERHEAD);

    if (!encrypt(key, aad, plain, sealed))
        return broken(error, "encrypt");
    *out_sealed = g_bytes_new_take(g_steal_pointer(&sealed), length + SPOOL_CRYPT_OVERHEAD);
    return true;
}

bool
spool_crypt_open(const SpoolMailKey *key, const char *place, GBytes *sealed, GBytes **out_plain,
                 GError **error)
{
    g_autofree char *aad = associated(key->mail_id, place);
    gsize length = g_bytes_get_size(sealed);
    const guint8 *data = g_bytes_get_data(sealed, NULL);

    if (length < SPOOL_CRYPT_OVERHEAD || length > G_MAXINT || data[0] != SEAL_VERSION)
        return spool_throw(error, SPOOL_ERROR_CORRUPT, "%s: not sealed by us, or cut", aad);
    length -= SPOOL_CRYPT_OVERHEAD;
    g_autofree guint8 *plain = g_malloc(length + 1);

    if (!decrypt(key, aad, sealed, plain)) {
        OPENSSL_cleanse(plain, length);
        return spool_throw(error, SPOOL_ERROR_CORRUPT, "%s: changed since it was sealed", aad);
    }
    plain[length] = '\0';
    *out_plain = g_bytes_new_take(g_steal_pointer(&plain), length);
    return true;
}

/* The key that wraps is used like a mail's own key, in a place of its own. */
static SpoolMailKey
wrapping_key(SpoolKeys *keys, gint64 mail_id)
{
    SpoolMailKey key = {.keys = keys, .mail_id = mail_id};

    memcpy(key.bytes, keys->secret->wrap, sizeof key.bytes);
    return key;
}

void
spool_crypt_own_key(SpoolKeys *keys, SpoolMailKey *out_key)
{
    *out_key = (SpoolMailKey){.keys = keys};
    memcpy(out_key->bytes, keys->secret->own, sizeof out_key->bytes);
}

bool
spool_crypt_mail_key_new(SpoolKeys *keys, gint64 mail_id, SpoolMailKey *out_key,
                         GBytes **out_wrapped, GError **error)
{
    g_auto(SpoolMailKey) wrap = wrapping_key(keys, mail_id);
    g_auto(SpoolMailKey) key = {.keys = keys, .mail_id = mail_id};

    if (!spool_crypt_random(key.bytes, sizeof key.bytes, error))
        return false;
    g_autoptr(GBytes) plain = g_bytes_new_static(key.bytes, sizeof key.bytes);

    if (!spool_crypt_seal(&wrap, "mail_key.wrapped", plain, out_wrapped, error))
        return false;
    *out_key = key;
    return true;
}

bool
spool_crypt_mail_key_open(SpoolKeys *keys, gint64 mail_id, GBytes *wrapped, SpoolMailKey *out_key,
                          GError **error)
{
    g_auto(SpoolMailKey) wrap = wrapping_key(keys, mail_id);
    g_autofree char *aad = associated(mail_id, "mail_key.wrapped");
    SpoolMailKey key = {.keys = keys, .mail_id = mail_id};

    if (g_bytes_get_size(wrapped) != SPOOL_CRYPT_KEY_LENGTH + SPOOL_CRYPT_OVERHEAD ||
        *(const guint8 *)g_bytes_get_data(wrapped, NULL) != SEAL_VERSION)
        return spool_throw(error, SPOOL_ERROR_CORRUPT, "%s: not sealed by us, or cut", aad);
    if (!decrypt(&wrap, aad, wrapped, key.bytes))
        return spool_throw(error, SPOOL_ERROR_CORRUPT, "%s: changed since it was sealed", aad);
    *out_key = key;
    spool_mail_key_clear(&key);
    return true;
}
