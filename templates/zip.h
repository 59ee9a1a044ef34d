/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/zip.h - several documents as one ZIP archive.
 *
 * Runs in:  command line, staff pages.
 * Source:   APPNOTE.TXT of PKWARE; WinZip AES encryption, AE-2
 */
#ifndef TEMPLATES_ZIP_H
#define TEMPLATES_ZIP_H

#include "templates/error.h"

typedef struct {
    const char *name;     /* ASCII, ours; borrowed */
    GBytes *bytes;        /* borrowed */
    const char *password; /* to seal it with, by AES-256; NULL: it lies open; borrowed */
    bool is_squeezed;     /* else it lies in it as it is: mails are read often and kept seldom */
} TemplatesZipPart;

/* Make an archive.
 * made_at: the time that all parts show, microseconds UTC; 0: one that is always and everywhere
 *          the same, so that the same parts give the same bytes.
 * Errors: TEMPLATES_ERROR_RENDER. */
bool templates_zip_make(const TemplatesZipPart *parts, gsize n_parts, gint64 made_at,
                        GBytes **out_zip, GError **error);

#endif
