/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/address.c - what an address says about who writes.
 *
 * An address is evidence, never proof: teachers are parents too, and academies
 * write from any domain.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"; RFC 3834 section 2
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"

static const char *const robots[] = {
    "mailer-daemon", "postmaster", "listserv", "majordomo",    "root",          "abuse",
    "noreply",       "no-reply",   "no_reply", "donotreply",   "do-not-reply",  "do_not_reply",
    "bounce",        "bounces",    "daemon",   "notification", "notifications",
};

const char *
daemon_address_domain(const char *address)
{
    const char *at = strrchr(address, '@');

    return at != NULL ? at + 1 : "";
}

/* The start of the last labels of a domain, or of all of it when it has no more. */
static const char *
last_labels(const char *domain, guint labels)
{
    const char *at = domain + strlen(domain);

    while (at > domain && (at[-1] != '.' || --labels > 0))
        at--;
    return at;
}

const char *
daemon_address_organisation(const char *address)
{
    static const char *const registries[] = {"ac",  "co",  "com", "edu", "gov", "ltd",   "me",
                                             "mod", "net", "nhs", "org", "plc", "police"};
    const char *domain = daemon_address_domain(address);
    const char *two = last_labels(domain, 2);
    gsize country = strlen(last_labels(domain, 1));

    if (g_ascii_strcasecmp(two, "sch.uk") == 0)
        return last_labels(domain, 4);
    for (gsize i = 0; i < G_N_ELEMENTS(registries) && country == 2; i++)
        if (strlen(two) == strlen(registries[i]) + 3 &&
            g_ascii_strncasecmp(two, registries[i], strlen(registries[i])) == 0)
            return last_labels(domain, 3);
    return two;
}

const char *
daemon_address_professional(const TemplatesDomains *domains, const char *address)
{
    const char *entry = NULL;

    return templates_domains_find(domains, daemon_address_domain(address), &entry) ==
                   TEMPLATES_DOMAIN_PROFESSIONAL
               ? entry
               : NULL;
}

bool
daemon_address_is_robot(const char *address)
{
    g_autofree char *lower = g_ascii_strdown(address, -1);
    char *at = strrchr(lower, '@');

    if (at != NULL)
        *at = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(robots); i++) {
        gsize length = strlen(robots[i]);

        /* "bounce-1234" and "noreply+x" are robots too; "bouncer" is a person. */
        if (strncmp(lower, robots[i], length) == 0 && strchr("-+=._0123456789", lower[length]))
            return true;
    }
    return g_str_has_prefix(lower, "owner-") || g_str_has_suffix(lower, "-request") ||
           g_str_has_suffix(lower, "-owner") || g_str_has_suffix(lower, "-noreply") ||
           g_str_has_suffix(lower, "-bounces") || g_str_has_suffix(lower, "+bounces") ||
           g_str_has_suffix(lower, ".noreply");
}
