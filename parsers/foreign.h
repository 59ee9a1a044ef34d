/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/foreign.h - documents that no reader here knows, and programs elsewhere do.
 *
 * The cage starts no program.  It hands such a document out as mere bytes, with the kind of
 * converter it wants; what comes back is a stranger's document like any other.
 *
 * Runs in:  postern-parser (made), intake and command line (passed on).
 * Source:   doc/process-model.md, "Converters"
 */
#ifndef PARSERS_FOREIGN_H
#define PARSERS_FOREIGN_H

#include "parsers/error.h"
#include "parsers/limits.h"

/* One document to convert, or what was made of one. */
typedef struct {
    char *converter; /* text table slides picture print; "" when converted */
    char *sha256;    /* of the document as it was in the mail, hex */
    GBytes *bytes;
} ParsersForeign;

/* Which converter makes a type of parsers/sniff.h readable: one of the words above, or NULL. */
const char *parsers_foreign_converter(const char *type);

/* The type in plain words, such as "Works document", or NULL when it has no converter. */
const char *parsers_foreign_words(const char *type);

/* An empty list of ParsersForeign.  The caller unrefs. */
GPtrArray *parsers_foreign_list_new(void);

/* Add one; the same bytes are added once.  The texts are copied, bytes are referenced.
 *
 * Returns false, and adds nothing, when convert_documents or convert_bytes would be passed. */
bool parsers_foreign_add(GPtrArray *list, const ParsersLimits *limits, const char *converter,
                         const char *sha256, GBytes *bytes);

/* The bytes of the entry with that sum, or NULL; borrowed.  list may be NULL.  What was made only
 * to be drawn ("print") is not read in the place of the document. */
GBytes *parsers_foreign_find(const GPtrArray *list, const char *sha256);

/* The same for whoever draws its pages: "print" counts. */
GBytes *parsers_foreign_find_pages(const GPtrArray *list, const char *sha256);

/* The list as bytes, and back, each entry checked: converter, sum, count and sizes.
 *
 * Errors: PARSERS_ERROR_DAMAGED, these bytes are no such list */
GBytes *parsers_foreign_pack(const GPtrArray *list);
bool parsers_foreign_unpack(GBytes *packed, GPtrArray **out_list, GError **error);

/* The most bytes that a packed list has. */
gsize parsers_foreign_packed_max(void);

#endif
