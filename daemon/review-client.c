/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-client.c - who asks, when a reverse proxy stands between.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Safe pages"; RFC 7239, section 8.1
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "daemon/review-client.h"

bool
daemon_review_client_listed(const char *list, const char *address)
{
    g_auto(GStrv) all = g_strsplit(list != NULL ? list : "", ";", -1);

    for (char **one = all; *one != NULL; one++)
        if (strcmp(g_strstrip(*one), address) == 0)
            return true;
    return false;
}

/* One way to write it, so that nobody is many; NULL when it is none. */
static char *
canonical(const char *text)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(text);

    return address != NULL ? g_inet_address_to_string(address) : NULL;
}

char *
daemon_review_client_find(const char *peer, const char *forwarded, const char *proxies)
{
    g_auto(GStrv) hops = g_strsplit(forwarded != NULL ? forwarded : "", ",", -1);
    guint left = daemon_review_client_listed(proxies, peer) ? g_strv_length(hops) : 0;

    /* From the end: each proxy adds the address that it sees. */
    while (left > 0) {
        g_autofree char *address = canonical(g_strstrip(hops[--left]));

        if (address == NULL)
            break;
        if (!daemon_review_client_listed(proxies, address))
            return g_steal_pointer(&address);
    }
    return g_strdup(peer);
}
