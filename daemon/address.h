/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/address.h - what an address says about who writes.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"
 */
#ifndef DAEMON_ADDRESS_H
#define DAEMON_ADDRESS_H

#include "templates/domains.h"

/* The entry of the list by which an address belongs to a public body or agency ("sch.uk"), or NULL;
 * borrowed from domains.  Entries match whole labels only: "nhs.net.example.com" is nobody's. */
const char *daemon_address_professional(const TemplatesDomains *domains, const char *address);

/* True when nobody reads mail to it: no-reply, mailer-daemon, list owners (RFC 3834 section 2). */
bool daemon_address_is_robot(const char *address);

/* The name under which an organisation registered the address's domain, as far as labels tell:
 * "school.kent.sch.uk" of head@mail.school.kent.sch.uk, "example.com" of a@b.example.com; or "";
 * borrowed from the address. */
const char *daemon_address_organisation(const char *address);

/* The part after the last "@", or ""; borrowed. */
const char *daemon_address_domain(const char *address);

#endif
