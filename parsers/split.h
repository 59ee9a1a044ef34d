/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/split.h - the skeleton of a mail: which bytes are which part.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045; RFC 2046 section 5.1
 */
#ifndef PARSERS_SPLIT_H
#define PARSERS_SPLIT_H

#include <glib.h>
#include <stdbool.h>

#include "parsers/limits.h"

/* One entity that holds content.  Multiparts are not listed: what matters of them is in their
 * leaves. */
typedef struct {
    GPtrArray *headers; /* ParsersHeader */
    GBytes *body;       /* still in its transfer encoding */
    char *type;         /* content type in lower case; the default of RFC 2045 when absent */
    guint alternative;  /* number of the multipart/alternative around it, 0 when none */
    bool related;       /* inside a multipart/related, and not its first part */
    bool report;        /* inside a multipart/report */
    bool encrypted;     /* inside a multipart/encrypted */
    bool first;         /* of its multipart, or the only one */
    bool cut;           /* the last part of a multipart whose closing boundary is missing */
} ParsersSplitLeaf;

typedef struct {
    GPtrArray *headers; /* ParsersHeader, of the mail itself */
    GPtrArray *leaves;  /* ParsersSplitLeaf, in order */
    char *type;         /* content type of the mail itself */
    bool guessed;       /* a declared boundary was absent or wrong, and another was taken */
    const char *limit;  /* static name of the last limit that was reached, or NULL */
} ParsersSplit;

/* Split one mail.  Linear in its size times its depth; never fails: what breaks a limit is left as
 * one leaf, and the limit is named.
 *
 * raw: lines may end in CRLF, LF, or all of them in CR; borrowed.  The caller frees. */
ParsersSplit *parsers_split_read(GBytes *raw, const ParsersLimits *limits);
void parsers_split_free(ParsersSplit *split);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersSplit, parsers_split_free)

#endif
