/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/bounce-address.c - one address for the bounces of each reply.
 *
 * Runs in:  intake (reads), courier (makes), every role (checks).
 * Source:   RFC 5233 (subaddresses); RFC 5321 section 4.5.3.1.1; doc/replies.md, "Bounces"
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"
#include "daemon/bounce-address.h"
#include "templates/address.h"

/* A left side has 64 bytes, and a token needs up to 44. */
#define OWN_PART_MAX 20

bool
daemon_bounce_address_check(const char *pattern)
{
    const char *star = strchr(pattern, '*');
    const char *at = strrchr(pattern, '@');
    g_autofree char *sample = NULL;

    if (star == NULL || at == NULL || star > at || strchr(star + 1, '*') != NULL)
        return false;
    sample = daemon_bounce_address_make(pattern, "x");
    return at - pattern - 1 <= OWN_PART_MAX && templates_address_is_plain(sample);
}

char *
daemon_bounce_address_make(const char *pattern, const char *token)
{
    const char *star = strchr(pattern, '*');

    return g_strdup_printf("%.*s%s%s", (int)(star - pattern), pattern, token, star + 1);
}

char *
daemon_bounce_address_token(const char *pattern, const char *address)
{
    gsize before = (gsize)(strchr(pattern, '*') - pattern);
    const char *after = pattern + before + 1;
    gsize length = strlen(address), rest = strlen(after);

    if (length <= before + rest || g_ascii_strncasecmp(address, pattern, before) != 0 ||
        g_ascii_strcasecmp(address + length - rest, after) != 0)
        return NULL;
    return g_strndup(address + before, length - before - rest);
}
