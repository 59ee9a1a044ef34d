/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/address.h - whether a text is one plain mail address.
 *
 * Runs in:  every role.
 * Source:   RFC 5321 section 4.1.2, RFC 1123 section 2.1
 */
#ifndef TEMPLATES_ADDRESS_H
#define TEMPLATES_ADDRESS_H

#include <glib.h>
#include <stdbool.h>

/* True for one bare address that may be put into a header and an SMTP command: local@domain of
 * plain ASCII without quotes, comments, white space or control characters.  NULL is none. */
bool templates_address_is_plain(const char *address);

/* True for a domain name of at least two labels: letters, digits and inner hyphens. */
bool templates_address_is_domain(const char *domain);

#endif
