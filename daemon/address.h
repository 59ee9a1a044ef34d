/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/address.h - what an address says about who writes.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"
 */
#ifndef DAEMON_ADDRESS_H
#define DAEMON_ADDRESS_H

#include <glib.h>
#include <stdbool.h>

/* The suffix by which an address belongs to a public body ("sch.uk"), or NULL; static.  Suffixes
 * match whole labels only: "nhs.net.example.com" is nobody's. */
const char *daemon_address_professional(const char *address);

/* True when nobody reads mail to it: no-reply, mailer-daemon, list owners (RFC 3834 section 2). */
bool daemon_address_is_robot(const char *address);

/* True for one plain addr-spec that may be put into a header and an SMTP command (RFC 5321
 * section 4.1.2, without quoting): no white space, control, angle bracket, or second "@". */
bool daemon_address_is_plain(const char *address);

/* The name under which an organisation registered the address's domain, as far as labels tell:
 * "school.kent.sch.uk" of head@mail.school.kent.sch.uk, "example.com" of a@b.example.com; or "";
 * borrowed from the address. */
const char *daemon_address_organisation(const char *address);

/* The part after the last "@", or ""; borrowed. */
const char *daemon_address_domain(const char *address);

#endif
