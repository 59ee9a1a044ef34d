/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/text.c - small texts: sealed for keeping, hashed for finding.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "What is encrypted"
 */
#include "config.h"

#include <string.h>

#include "spool/private.h"

bool
spool_text_seal(const SpoolMailKey *key, const char *place, SpoolTexts texts, GBytes **out_sealed,
                GError **error)
{
    g_autoptr(GByteArray) all = g_byte_array_new();

    for (guint i = 0; i < texts.count; i++) {
        const char *text = texts.texts[i] != NULL ? texts.texts[i] : "";

        g_byte_array_append(all, (const guint8 *)text, (guint)strlen(text) + 1);
    }
    g_autoptr(GBytes) plain = g_byte_array_free_to_bytes(g_steal_pointer(&all));

    return spool_crypt_seal(key, place, plain, out_sealed, error);
}

bool
spool_text_open_all(const SpoolMailKey *key, const char *place, GBytes *sealed, GStrv *out_texts,
                    GError **error)
{
    g_autoptr(GBytes) plain = NULL;
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    gsize length = 0;

    if (!spool_crypt_open(key, place, sealed, &plain, error))
        return false;
    const char *at = g_bytes_get_data(plain, &length);
    const char *end = at + length;

    while (at < end) {
        const char *stop = memchr(at, '\0', (gsize)(end - at));

        if (stop == NULL)
            return spool_throw(error, SPOOL_ERROR_CORRUPT, "%s: a text is cut", place);
        g_strv_builder_add(builder, at);
        at = stop + 1;
    }
    *out_texts = g_strv_builder_end(builder);
    return true;
}

bool
spool_text_open(const SpoolMailKey *key, const char *place, GBytes *sealed, guint count,
                GStrv *out_texts, GError **error)
{
    g_auto(GStrv) texts = NULL;

    if (!spool_text_open_all(key, place, sealed, &texts, error))
        return false;
    if (g_strv_length(texts) != count)
        return spool_throw(error, SPOOL_ERROR_CORRUPT, "%s: a text is missing, or too many", place);
    *out_texts = g_steal_pointer(&texts);
    return true;
}

static GBytes *
hash(SpoolDb *db, const char *what, const char *text)
{
    return text[0] != '\0' ? spool_crypt_hash(db->keys, what, text, strlen(text)) : NULL;
}

GBytes *
spool_text_hash_message_id(SpoolDb *db, const char *message_id)
{
    if (message_id == NULL)
        return NULL;
    g_autofree char *id = g_strstrip(g_strdup(message_id));
    gsize length = strlen(id);

    if (length >= 2 && id[0] == '<' && id[length - 1] == '>') {
        id[length - 1] = '\0';
        return hash(db, "message-id", id + 1);
    }
    return hash(db, "message-id", id);
}

GBytes *
spool_text_hash_address(SpoolDb *db, const char *address)
{
    if (address == NULL)
        return NULL;
    g_autofree char *stripped = g_strstrip(g_strdup(address));
    g_autofree char *lower = g_ascii_strdown(stripped, -1);

    return hash(db, "address", lower);
}

GBytes *
spool_text_hash_domain(SpoolDb *db, const char *domain)
{
    g_autofree char *lower = domain != NULL ? g_ascii_strdown(domain, -1) : NULL;

    return lower != NULL ? hash(db, "domain", lower) : NULL;
}

GBytes *
spool_text_hash_fingerprint(SpoolDb *db, const char *fingerprint)
{
    return fingerprint != NULL ? hash(db, "fingerprint", fingerprint) : NULL;
}
