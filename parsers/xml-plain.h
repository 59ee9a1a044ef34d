/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-plain.h - the tags of a document in the plain XML that word processors write.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; XML 1.0; Namespaces in XML 1.0
 */
#ifndef PARSERS_XML_PLAIN_H
#define PARSERS_XML_PLAIN_H

#include "parsers/xml-names.h"

/* A tag, by its place in the text. */
typedef struct {
    guint32 start; /* of its "<" */
    guint32 end;   /* after its ">" */
    guint32 other; /* number of the tag that ends what it starts, or the other way round; its own
                      when nothing is inside */
    guint8 name;   /* number of its name */
    guint8 space;  /* ParsersXmlSpace */
} ParsersXmlTag;

typedef struct ParsersXmlPlain ParsersXmlPlain;

/* Look through a document once.
 *
 * bytes: kept alive by the result.  max_depth: of open elements.
 *
 * NULL when it is not plain, be it allowed or not: then libxml2 has the word.  The caller frees. */
ParsersXmlPlain *parsers_xml_plain_new(GBytes *bytes, guint max_depth);
void parsers_xml_plain_free(ParsersXmlPlain *plain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersXmlPlain, parsers_xml_plain_free)

/* All tags in their order; borrowed.  There is at least one. */
const ParsersXmlTag *parsers_xml_plain_tags(const ParsersXmlPlain *plain, guint *out_n);

/* A name without its prefix; borrowed. */
const char *parsers_xml_plain_name(const ParsersXmlPlain *plain, guint name);

/* The value of an attribute of a tag, or NULL; the caller frees. */
char *parsers_xml_plain_attribute(const ParsersXmlPlain *plain, guint tag, ParsersXmlSpace space,
                                  const char *name);

/* Give the text between two tags to a function, piece by piece; none when there is none. */
void parsers_xml_plain_text(const ParsersXmlPlain *plain, guint32 from, guint32 to,
                            void (*text)(gpointer user, const char *text, gsize length),
                            gpointer user);

#endif
