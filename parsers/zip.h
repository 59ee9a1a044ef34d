/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/zip.h - the files in a ZIP archive as office programs write it.
 *
 * Runs in:  postern-parser.
 * Source:   APPNOTE.TXT 6.3.10, 4.3 and 4.4; RFC 1951
 */
#ifndef PARSERS_ZIP_H
#define PARSERS_ZIP_H

#include <glib.h>
#include <stdbool.h>

typedef struct ParsersZip ParsersZip;

/* The list of an archive's files; bytes must outlive it.
 *
 * NULL when the archive is not plain, be it sound or not, or has more files than max: then libzip
 * has the word.  The caller frees. */
ParsersZip *parsers_zip_new(GBytes *bytes, guint max);
void parsers_zip_free(ParsersZip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersZip, parsers_zip_free)

/* Is there a file of that name?  The case of ASCII letters does not count. */
bool parsers_zip_has(const ParsersZip *zip, const char *name);

/* The number of the first file of that name, or -1.  As the packaging standard says, and as Windows
 * writers write: a slash in front, the case of ASCII letters and the kind of slash do not count. */
gint parsers_zip_find(const ParsersZip *zip, const char *name);

/* The bytes of one file, at most max.  NULL when it is not plain, larger, or broken: again libzip
 * has the word.  The caller unrefs. */
GBytes *parsers_zip_read(const ParsersZip *zip, guint number, gsize max);

#endif
