/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/archive.h - the files inside a ZIP archive.
 *
 * Runs in:  postern-parser.
 * Source:   APPNOTE.TXT (ZIP)
 */
#ifndef PARSERS_ARCHIVE_H
#define PARSERS_ARCHIVE_H

#include <glib.h>
#include <stdbool.h>

#include "parsers/error.h"
#include "parsers/limits.h"

/* One file of a container (ZIP, TNEF). */
typedef struct {
    char *name;    /* as stored, valid UTF-8 */
    GBytes *bytes; /* NULL when it could not be taken out */
    GError *error; /* why not: ENCRYPTED, LIMIT or DAMAGED; NULL otherwise */
} ParsersArchiveFile;

/* An empty list that owns its ParsersArchiveFile. */
GPtrArray *parsers_archive_list_new(void);
/* Append a file; name: copied; bytes: referenced, NULL with an error; error: taken. */
void parsers_archive_add(GPtrArray *files, const char *name, GBytes *bytes, GError *error);

/* Whoever is given the files of an archive, one after the other.  name: borrowed; bytes: borrowed,
 * NULL with an error; error: theirs to free, ENCRYPTED, LIMIT or DAMAGED. */
typedef struct {
    void (*take)(gpointer user, const char *name, GBytes *bytes, GError *error);
    gpointer user;
} ParsersArchiveSink;

/* Take every file out of a ZIP archive into memory, one at a time.
 *
 * bytes:  the archive; borrowed.
 * budget: bytes that may still be inflated for this mail; reduced by what was.
 * sink:   is given each file before the next is inflated; directories are left out.
 *
 * Errors: PARSERS_ERROR_DAMAGED  not an archive that can be opened
 *         PARSERS_ERROR_LIMIT    more than zip_entries files; none is taken out */
bool parsers_archive_read_zip(GBytes *bytes, const ParsersLimits *limits, gsize *budget,
                              const ParsersArchiveSink *sink, GError **error);

#endif
