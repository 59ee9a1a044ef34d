/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/charset.h - text in whatever charset, out as valid UTF-8.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045; the WHATWG encoding table for what labels mean in practice
 */
#ifndef PARSERS_CHARSET_H
#define PARSERS_CHARSET_H

#include <glib.h>

/* Text as UTF-8, always valid, without NULs and without a byte order mark.
 *
 * data, size: borrowed.
 * declared:   the charset that the mail names, or NULL or "" when it names none; borrowed.
 *
 * A byte order mark decides; else UTF-8 if the bytes are; else the declared charset; else
 * windows-1252, which is also read for iso-8859-1 and us-ascii.  What cannot be converted becomes
 * U+FFFD.  The caller frees. */
char *parsers_charset_to_utf8(const char *data, gsize size, const char *declared);

#endif
