/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/mark.c - what proves that a mail, or a bounce address, is one of ours.
 *
 * Runs in:  intake (reads), courier (makes).
 * Source:   doc/replies.md, "Marks"; RFC 2104
 */
#include "config.h"

#include <openssl/crypto.h>
#include <string.h>

#include "spool/mark.h"
#include "spool/private.h"

#define MARK_VERSION "v1; "
#define BOUNCE_WORD "b="
/* An address has room for few; who guesses must send a mail for each guess. */
#define BOUNCE_DIGITS 20u

/* Without brackets and white space, in lower case, as servers may change the case; owned. */
static char *
bare_id(const char *message_id)
{
    g_autofree char *lower = g_ascii_strdown(message_id, -1);
    gsize length = strlen(g_strstrip(lower));

    if (length >= 2 && lower[0] == '<' && lower[length - 1] == '>')
        return g_strndup(lower + 1, length - 2);
    return g_steal_pointer(&lower);
}

/* A keyed hash as hexadecimal digits; what keeps the two kinds apart. */
static char *
sign(SpoolDb *db, const char *what, const char *text, gsize digits)
{
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, what, text, strlen(text));
    char *out = spool_crypt_hex(hash);

    out[digits] = '\0';
    return out;
}

static bool
same(const char *ours, const char *theirs)
{
    gsize length = strlen(ours);

    return strlen(theirs) == length && CRYPTO_memcmp(ours, theirs, length) == 0;
}

char *
spool_mark_new(SpoolDb *db, const char *message_id)
{
    g_autofree char *id = bare_id(message_id);
    g_autofree char *digits = sign(db, "mark", id, 2 * SPOOL_CRYPT_HASH_LENGTH);

    return g_strconcat(MARK_VERSION, digits, NULL);
}

bool
spool_mark_is_ours(SpoolDb *db, const char *message_id, const char *mark)
{
    g_autofree char *ours = spool_mark_new(db, message_id);
    g_auto(GStrv) words = g_strsplit_set(mark, " \t\r\n", -1);
    g_auto(GStrv) our_words = g_strsplit_set(ours, " ", -1);
    /* Servers fold long fields anew, each at its own place. */
    g_autofree char *theirs = g_strjoinv("", words);
    g_autofree char *expected = g_strjoinv("", our_words);

    return same(expected, theirs);
}

char *
spool_mark_bounce_new(SpoolDb *db, const char *message_id)
{
    g_autofree char *id = bare_id(message_id);
    char *at = strrchr(id, '@');

    if (at != NULL)
        *at = '\0';
    g_autofree char *digits = sign(db, "bounce", id, BOUNCE_DIGITS);

    return g_strconcat(BOUNCE_WORD, id, ".", digits, NULL);
}

char *
spool_mark_bounce_open(SpoolDb *db, const char *token)
{
    g_autofree char *lower = g_ascii_strdown(token, -1);
    char *dot = strrchr(lower, '.');

    if (!g_str_has_prefix(lower, BOUNCE_WORD) || dot == NULL)
        return NULL;
    *dot = '\0';
    const char *id = lower + strlen(BOUNCE_WORD);
    g_autofree char *digits = sign(db, "bounce", id, BOUNCE_DIGITS);

    return same(digits, dot + 1) ? g_strdup(id) : NULL;
}
