/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/domains.h - what the domain of an address says of who writes.
 *
 * A council edits domains.list, never C.  A domain is evidence, never proof.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"
 */
#ifndef TEMPLATES_DOMAINS_H
#define TEMPLATES_DOMAINS_H

#include "templates/error.h"

typedef enum {
    TEMPLATES_DOMAIN_UNKNOWN, /* it is not in the list: no evidence */
    TEMPLATES_DOMAIN_PROFESSIONAL,
    TEMPLATES_DOMAIN_PUBLIC,
    TEMPLATES_DOMAIN_FREE_MAIL,
} TemplatesDomainKind;

typedef struct TemplatesDomains TemplatesDomains;

/* Read domains.list (a council's own, or the embedded one).
 *
 * folder: a council's own template folder, or NULL; borrowed.
 *
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX: the text names file and line. */
bool templates_domains_load(const char *folder, TemplatesDomains **out_domains, GError **error);
void templates_domains_free(TemplatesDomains *domains);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesDomains, templates_domains_free)

/* The kind of the longest entry that a domain is or lies below, at label boundaries.
 *
 * domains:   NULL: nothing is known.
 * out_entry: that entry, such as "sch.uk"; borrowed from domains; may be NULL. */
TemplatesDomainKind templates_domains_find(const TemplatesDomains *domains, const char *domain,
                                           const char **out_entry);

#endif
