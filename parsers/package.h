/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/package.h - the ZIP archive that an office file is.
 *
 * Names are keys to look up and never paths: nothing is unpacked to a disk.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; APPNOTE.TXT 6.3.10; ECMA-376 part 2
 */
#ifndef PARSERS_PACKAGE_H
#define PARSERS_PACKAGE_H

#include "parsers/error.h"
#include "parsers/limits.h"

typedef struct ParsersPackage ParsersPackage;

/* Open an archive that lies in memory.  bytes is kept by reference; limits must outlive the result.
 *
 * Errors: PARSERS_ERROR_DAMAGED, no archive, or cut short
 *         PARSERS_ERROR_ENCRYPTED, an office file locked by a password ("OOXML in CFB")
 *         PARSERS_ERROR_UNSUPPORTED, a compound file that is not a locked office file
 *         PARSERS_ERROR_LIMIT, zip_entries */
bool parsers_package_open(GBytes *bytes, const ParsersLimits *limits, ParsersPackage **out_package,
                          GError **error);
void parsers_package_free(ParsersPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersPackage, parsers_package_free)

/* Whether there is an entry of that name.  A leading slash and the case of ASCII letters do not
 * count. */
bool parsers_package_has(const ParsersPackage *package, const char *name);

/* Inflate one entry.
 *
 * Errors: PARSERS_ERROR_DAMAGED, no such entry, or its bytes are not what they should be
 *         PARSERS_ERROR_ENCRYPTED, the entry is locked by a password ("ZIP")
 *         PARSERS_ERROR_LIMIT, zip_entry_bytes or zip_total_bytes */
bool parsers_package_read(ParsersPackage *package, const char *name, GBytes **out_bytes,
                          GError **error);

#endif
