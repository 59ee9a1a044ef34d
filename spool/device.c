/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/device.c - which browsers have signed in as an account before.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "People"; OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
 */
#include "config.h"

#include <openssl/crypto.h>
#include <string.h>

#include "spool/device.h"
#include "spool/private.h"
#include "spool/tries.h"

#define NONCE_BYTES 16u
#define DEVICE_MAX 128u /* bytes; more only keeps the hash busy */
#define DAY (24 * 3600 * SPOOL_SECOND)

/* "account.end.nonce" with its keyed hash behind another dot. */
static char *
sign(SpoolDb *db, const char *text)
{
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, "device", text, strlen(text));
    g_autofree char *proof =
        spool_crypt_url_text(g_bytes_get_data(hash, NULL), SPOOL_CRYPT_HASH_LENGTH);

    return g_strconcat(text, ".", proof, NULL);
}

bool
spool_device_new(SpoolDb *db, gint64 account_id, char **out_device, GError **error)
{
    guint8 random[NONCE_BYTES];

    if (!spool_crypt_random(random, sizeof random, error))
        return false;
    g_autofree char *nonce = spool_crypt_url_text(random, sizeof random);
    g_autofree char *text =
        g_strdup_printf("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%s", account_id,
                        spool_now() + SPOOL_DEVICE_DAYS * DAY, nonce);

    *out_device = sign(db, text);
    return true;
}

/* Made here, for that account, and not over. */
static bool
is_genuine(SpoolDb *db, const char *device, gint64 account_id)
{
    gsize length = device != NULL ? strnlen(device, DEVICE_MAX + 1) : 0;
    const char *dot = length > 0 && length <= DEVICE_MAX ? strrchr(device, '.') : NULL;

    if (dot == NULL)
        return false;
    g_autofree char *text = g_strndup(device, (gsize)(dot - device));
    g_autofree char *ours = sign(db, text);

    if (strlen(ours) != length || CRYPTO_memcmp(ours, device, length) != 0)
        return false;
    g_auto(GStrv) parts = g_strsplit(text, ".", 3);
    gint64 account = 0, end = 0;

    return g_strv_length(parts) == 3 &&
           g_ascii_string_to_signed(parts[0], 10, 1, G_MAXINT64, &account, NULL) &&
           g_ascii_string_to_signed(parts[1], 10, 1, G_MAXINT64, &end, NULL) &&
           account == account_id && end > spool_now();
}

bool
spool_device_is_known(SpoolDb *db, const char *device, gint64 account_id, bool *out_known,
                      GError **error)
{
    gint64 wrong = 0;

    if (is_genuine(db, device, account_id)) {
        if (!spool_tries_of_device(db, device, &wrong, error))
            return false;
        *out_known = wrong < SPOOL_DEVICE_TRIES;
        return true;
    }
    *out_known = false;
    return true;
}

bool
spool_device_note_wrong(SpoolDb *db, const char *device, GError **error)
{
    return spool_tries_count_device(db, device, error);
}
