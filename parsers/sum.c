/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/sum.c - SHA-256 by OpenSSL, which has the processor's own instructions for it.
 *
 * GLib's takes several times as long: of a mail with a photograph that was half of all reading.
 *
 * Runs in:  postern-parser.
 * Source:   FIPS 180-4; EVP_DigestInit(3)
 */
#include "config.h"

#include "parsers/sum.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

enum { SUM_BYTES = 32 };

static EVP_MD *sha256; /* looked for once; never freed */

void
parsers_sum_warm_up(void)
{
    if (sha256 != NULL)
        return;
    /* No file of settings is read: none could be in the cage. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    g_assert(sha256 != NULL);
}

ParsersSum *
parsers_sum_new(void)
{
    EVP_MD_CTX *sum = EVP_MD_CTX_new();

    parsers_sum_warm_up();
    if (sum == NULL || EVP_DigestInit_ex2(sum, sha256, NULL) != 1)
        g_error("SHA-256: cannot allocate"); /* as GLib does without memory */
    return (ParsersSum *)sum;
}

void
parsers_sum_add(ParsersSum *sum, const void *data, gsize size)
{
    EVP_DigestUpdate((EVP_MD_CTX *)sum, data, size);
}

char *
parsers_sum_finish(ParsersSum *sum)
{
    static const char digits[] = "0123456789abcdef";
    guint8 digest[SUM_BYTES];
    char *text = g_malloc(2 * SUM_BYTES + 1);

    EVP_DigestFinal_ex((EVP_MD_CTX *)sum, digest, NULL);
    EVP_MD_CTX_free((EVP_MD_CTX *)sum);
    for (gsize i = 0; i < SUM_BYTES; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[2 * SUM_BYTES] = '\0';
    return text;
}

char *
parsers_sum_of(const void *data, gsize size)
{
    ParsersSum *sum = parsers_sum_new();

    parsers_sum_add(sum, data, size);
    return parsers_sum_finish(sum);
}
