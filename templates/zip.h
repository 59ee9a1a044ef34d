/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/zip.h - several documents as one ZIP archive.
 *
 * Runs in:  staff pages.
 * Source:   APPNOTE.TXT of PKWARE; WinZip AES encryption, AE-2
 */
#ifndef TEMPLATES_ZIP_H
#define TEMPLATES_ZIP_H

#include "templates/error.h"

typedef struct {
    const char *name;     /* ASCII, ours; borrowed */
    GBytes *bytes;        /* borrowed */
    const char *password; /* to seal it with, by AES-256; NULL: it lies open; borrowed */
} TemplatesZipPart;

/* Make an archive; nothing is squeezed, as mails are read often and kept seldom.
 * made_at: the time that all parts show, microseconds UTC.
 * Errors: TEMPLATES_ERROR_RENDER. */
bool templates_zip_make(const TemplatesZipPart *parts, gsize n_parts, gint64 made_at,
                        GBytes **out_zip, GError **error);

#endif
