/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/signed.h - the mail inside an opaque S/MIME signature.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 5652 section 5; RFC 8551 section 3.5.2
 */
#ifndef PARSERS_SIGNED_H
#define PARSERS_SIGNED_H

#include <glib.h>

/* The content of a CMS SignedData, or NULL when there is none.  The signature is not checked: the
 * content counts as much as that of any unsigned mail.
 *
 * bytes: BER or DER; borrowed.  The caller unrefs the result. */
GBytes *parsers_signed_content(GBytes *bytes);

#endif
