/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/mime.h - a mail of ours, written field by field and part by part.
 *
 * GMime encodes; its objects, of which a reply needs some thirty, are done without.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   RFC 5322 section 2.2.3; RFC 2045; RFC 2047
 */
#ifndef TEMPLATES_MIME_H
#define TEMPLATES_MIME_H

#include <glib.h>

#include "templates/error.h"

/* Who writes. */
typedef struct {
    char *from;    /* as it was given */
    char *address; /* the bare one */
    char *field;   /* "From: ..." with its line end, encoded and folded */
} TemplatesMimeSender;

/* from: such as "County LADO Service <lado@example.org>".
 * Errors: TEMPLATES_ERROR_RENDER, it is not one plain address. */
bool templates_mime_sender_read(const char *from, TemplatesMimeSender **out_sender, GError **error);
void templates_mime_sender_free(TemplatesMimeSender *sender);

/* Add a field and its line end, encoded where it is not ASCII, and folded at its spaces.
 * value: one line of UTF-8. */
void templates_mime_field(GString *mail, const char *name, const char *value);

/* Add a part of a multipart: its boundary's line, its fields and its text in quoted-printable.
 * subtype: "plain" or "html"; text: UTF-8. */
void templates_mime_part(GString *mail, const char *boundary, const char *subtype,
                         const char *text);

#endif
