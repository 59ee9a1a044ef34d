/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth-assertion.c - proof of a private key instead of a client's secret.
 *
 * Runs in:  mailbox, courier.
 * Source:   RFC 7523 section 3, RFC 7515 section 4.1.8, RFC 7518 section 3.5
 */
#include "config.h"

#include <errno.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <string.h>

#include "daemon/oauth-assertion.h"
#include "spool/crypt.h"

#define LIFE_S 600
#define ID_BYTES 16u

struct DaemonAssertionKey {
    EVP_PKEY *key;
    X509 *certificate;
};

static FILE *
open_file(const char *path, GError **error)
{
    FILE *file = fopen(path, "re");

    if (file == NULL)
        daemon_throw(error, DAEMON_ERROR_FILE, "%s: %s", path, g_strerror(errno));
    return file;
}

/* Nobody is there to type one: without this OpenSSL asks the terminal. */
static int
no_password(char *buffer, int size, int writing, void *data)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)data;
    return -1;
}

static bool
read_both(DaemonAssertionKey *key, const char *key_file, const char *certificate_file,
          GError **error)
{
    FILE *file = open_file(key_file, error);

    if (file == NULL)
        return false;
    key->key = PEM_read_PrivateKey(file, NULL, no_password, NULL);
    fclose(file);
    file = open_file(certificate_file, error);
    if (file == NULL)
        return false;
    key->certificate = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    if (key->key == NULL || EVP_PKEY_get_base_id(key->key) != EVP_PKEY_RSA)
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "%s: no RSA private key (PEM, without a password)", key_file);
    if (key->certificate == NULL || X509_check_private_key(key->certificate, key->key) != 1)
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s: no certificate (PEM) of that key",
                            certificate_file);
    return true;
}

bool
daemon_assertion_key_read(const char *key_file, const char *certificate_file,
                          DaemonAssertionKey **out_key, GError **error)
{
    DaemonAssertionKey *key = g_new0(DaemonAssertionKey, 1);

    if (!read_both(key, key_file, certificate_file, error)) {
        daemon_assertion_key_free(key);
        return false;
    }
    *out_key = key;
    return true;
}

void
daemon_assertion_key_free(DaemonAssertionKey *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->key);
    X509_free(key->certificate);
    g_free(key);
}

gint64
daemon_assertion_key_ends(const DaemonAssertionKey *key)
{
    struct tm ends = {0};

    if (ASN1_TIME_to_tm(X509_get0_notAfter(key->certificate), &ends) != 1)
        return 0;
    g_autoptr(GDateTime) time = g_date_time_new_utc(
        ends.tm_year + 1900, ends.tm_mon + 1, ends.tm_mday, ends.tm_hour, ends.tm_min, ends.tm_sec);

    return time != NULL ? g_date_time_to_unix(time) * G_USEC_PER_SEC : 0;
}

static char *
encode_json(json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    char *encoded = spool_crypt_url_text(text, strlen(text));

    free(text);
    json_decref(object);
    return encoded;
}

/* The certificate by its fingerprint (x5t#S256). */
static char *
header(const DaemonAssertionKey *key)
{
    guint8 digest[SHA256_DIGEST_LENGTH];
    guint length = 0;

    X509_digest(key->certificate, EVP_sha256(), digest, &length);
    g_autofree char *print = spool_crypt_url_text(digest, length);

    return encode_json(
        json_pack("{s:s, s:s, s:s}", "alg", "PS256", "typ", "JWT", "x5t#S256", print));
}

static char *
claims(const char *client, const char *audience, gint64 at)
{
    guint8 random[ID_BYTES];
    json_int_t now = at / G_USEC_PER_SEC;

    if (RAND_bytes(random, sizeof random) != 1)
        return NULL;
    g_autofree char *id = spool_crypt_url_text(random, sizeof random);

    return encode_json(json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "iss", client, "sub",
                                 client, "aud", audience, "jti", id, "iat", now, "nbf", now, "exp",
                                 now + LIFE_S));
}

static char *
sign(const DaemonAssertionKey *key, const char *text)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *options = NULL;
    guint8 signature[1024];
    gsize length = sizeof signature;
    bool good =
        context != NULL &&
        EVP_DigestSignInit(context, &options, EVP_sha256(), NULL, key->key) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
        EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1 &&
        EVP_DigestSign(context, signature, &length, (const guint8 *)text, strlen(text)) == 1;

    EVP_MD_CTX_free(context);
    return good ? spool_crypt_url_text(signature, length) : NULL;
}

bool
daemon_assertion_make(const DaemonAssertionKey *key, const char *client, const char *audience,
                      gint64 at, char **out_token, GError **error)
{
    g_autofree char *head = header(key);
    g_autofree char *body = claims(client, audience, at);
    g_autofree char *text = body != NULL ? g_strconcat(head, ".", body, NULL) : NULL;
    g_autofree char *signature = text != NULL ? sign(key, text) : NULL;

    if (signature == NULL)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "OpenSSL cannot sign by PS256");
    *out_token = g_strconcat(text, ".", signature, NULL);
    return true;
}
