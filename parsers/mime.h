/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mime.h - one mail as a flat list of parts with decoded bytes.
 *
 * Archives, winmail.dat and mails inside the mail are opened; their parts follow them in the list.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045 to 2047, RFC 2231, RFC 2183; doc/reading.md
 */
#ifndef PARSERS_MIME_H
#define PARSERS_MIME_H

#include "parsers/findings.h"
#include "parsers/header.h"
#include "parsers/limits.h"

typedef struct {
    char *name;              /* file name without its path, "" when none */
    char *declared;          /* content type in lower case, such as "text/plain" */
    const char *type;        /* what the bytes are, of parsers_sniff_type(); static */
    char *charset;           /* declared charset, "" when none */
    char *content_id;        /* without angle brackets, "" when none */
    bool attachment;         /* Content-Disposition says so, or it has a file name */
    bool flowed;             /* format=flowed (RFC 3676) */
    bool delsp;              /* delsp=yes */
    bool related;            /* belongs to the HTML beside it */
    bool report;             /* inside a multipart/report */
    bool encrypted;          /* inside a multipart/encrypted */
    bool unopenable;         /* a picture that no decoder opens */
    guint alternative;       /* parts with the same number, not 0, say the same thing */
    guint container;         /* 0 in the mail itself, 1 in an archive or mail inside it, ... */
    gint parent;             /* index of the archive or mail that it was inside, -1 when none */
    GPtrArray *headers;      /* ParsersHeader of the part, or NULL inside archives */
    GPtrArray *mail_headers; /* ParsersHeader of the mail that this part is, or NULL */
    GBytes *bytes;           /* decoded; empty when it could not be taken out, or nobody reads it */
    gsize size;              /* of the decoded bytes, kept or not */
    char *sha256;            /* of them, in hexadecimal */
    ParsersPartState state;  /* READ until something is known to be wrong */
    char *problem;           /* why state is not READ, or "" */
} ParsersMimePart;

typedef struct ParsersMime ParsersMime;

/* Take a mail apart.  Never fails: what is wrong is said in part states and warnings.
 *
 * raw: borrowed; kept alive by the result.  limits: borrowed.  The caller frees. */
ParsersMime *parsers_mime_read(GBytes *raw, const ParsersLimits *limits);
void parsers_mime_free(ParsersMime *mime);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersMime, parsers_mime_free)

/* Put other bytes in the place of a part's own, as a preview or a converter gives them. */
void parsers_mime_replace(ParsersMime *mime, guint index, GBytes *bytes);

/* ParsersMimePart in the order of the mail; borrowed. */
const GPtrArray *parsers_mime_parts(const ParsersMime *mime);

/* ParsersHeader of the mail itself, in order; borrowed. */
const GPtrArray *parsers_mime_headers(const ParsersMime *mime);

/* The n-th header of that name as it stands (0 is the topmost), or NULL; borrowed. */
const char *parsers_mime_header(const ParsersMime *mime, const char *name, guint n);

/* The mail's own content type in lower case, such as "multipart/report"; borrowed. */
const char *parsers_mime_type(const ParsersMime *mime);

/* char*, what staff must know about the shape of the mail, such as a limit that was reached. */
const GPtrArray *parsers_mime_warnings(const ParsersMime *mime);

/* The text of a text part as valid UTF-8.  The caller frees. */
char *parsers_mime_text(const ParsersMimePart *part);

#endif
