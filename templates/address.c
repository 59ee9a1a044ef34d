/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/address.c - whether a text is one plain mail address.
 *
 * Runs in:  every role.
 * Source:   RFC 5321 section 4.1.2, RFC 1123 section 2.1
 */
#include "config.h"

#include <string.h>

#include "templates/address.h"

#define MAX_ADDRESS 254 /* RFC 5321 section 4.5.3.1.3, without the brackets */
#define MAX_LOCAL_PART 64
#define MAX_LABEL 63

static bool
is_local_part(const char *text, gsize length)
{
    if (length == 0 || length > MAX_LOCAL_PART || text[0] == '.' || text[length - 1] == '.')
        return false;
    for (gsize i = 0; i < length; i++) {
        if (text[i] == '.' && text[i + 1] == '.')
            return false;
        if (!g_ascii_isalnum(text[i]) && strchr("!#$%&'*+-/=?^_`{|}~.", text[i]) == NULL)
            return false;
    }
    return true;
}

static bool
is_label(const char *label)
{
    gsize length = strlen(label);

    if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(label[i]) && label[i] != '-')
            return false;
    return true;
}

bool
templates_address_is_domain(const char *domain)
{
    g_auto(GStrv) labels = g_strsplit(domain, ".", -1);

    if (g_strv_length(labels) < 2)
        return false;
    for (guint i = 0; labels[i] != NULL; i++)
        if (!is_label(labels[i]))
            return false;
    return true;
}

bool
templates_address_is_plain(const char *address)
{
    const char *at = address != NULL ? strrchr(address, '@') : NULL;

    return at != NULL && strlen(address) <= MAX_ADDRESS &&
           is_local_part(address, (gsize)(at - address)) && templates_address_is_domain(at + 1);
}
