/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/sniff.h - what bytes are, whatever their name and declared type say.
 *
 * Runs in:  postern-parser.
 * Source:   the formats' own signatures; APPNOTE.TXT, MS-CFB, ISO 32000
 */
#ifndef PARSERS_SNIFF_H
#define PARSERS_SNIFF_H

#include <glib.h>
#include <stdbool.h>

/* One of: docx xlsx pptx odt ods odp sxw sxc pages epub zip, doc xls ppt works msg cfb
 * locked-office, rtf pdf html xml fodt word-xml office-xml abiword uof wordperfect word-old text
 * ics mail pgp pkcs7 tnef, jpeg png gif heic tiff webp bmp, audio video exe rar 7z gzip, empty
 * unknown.  Static.
 *
 * bytes: borrowed; only the directory of an archive is read, nothing is inflated. */
const char *parsers_sniff_type(GBytes *bytes);

/* Is it one of the picture types above? */
bool parsers_sniff_is_image(const char *type);

#endif
