/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml.c - libxml2's push parser, with everything dangerous left out.
 *
 * A document type is refused at its first byte, so no entity is ever declared,
 * expanded or fetched.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/xml.h"

#include <string.h>

#include <libxml/parser.h>

enum {
    CHUNK_BYTES = 64 * 1024,
    WHOLE_BYTES = 1024 * 1024, /* the parser makes a copy of what it is given at once */
    URIS_MAX = 64,             /* remembered namespace addresses; more are looked up every time */
};

struct ParsersXmlElement {
    ParsersXmlSpace space;
    const char *name;
    const xmlChar **attributes; /* five pointers each: name, prefix, URI, value, end of value */
    int n_attributes;
    struct Walk *walk;
};

typedef struct Walk {
    const ParsersXmlReader *reader;
    gpointer user;
    xmlParserCtxt *parser;
    GHashTable *rules; /* set of ParsersXmlRule; borrowed from the reader */
    GPtrArray *open;   /* ParsersXmlRule or NULL, one for each open element */
    guint max_depth;
    guint64 n_elements;
    guint skipped; /* open elements inside a skipped one, itself included */
    bool stopped;
    const char *refused; /* static: why the document was refused, or NULL */
    bool too_deep;
    guint n_uris;
    const xmlChar *uris[URIS_MAX]; /* interned by libxml2, so compared by address */
    ParsersXmlSpace spaces[URIS_MAX];
} Walk;

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define OOXML "http://schemas.openxmlformats.org/"
#define STRICT "http://purl.oclc.org/ooxml/"

/* clang-format off */
static const struct {
    const char *uri;
    ParsersXmlSpace space;
} known[] = {
    { OOXML "wordprocessingml/2006/main",               PARSERS_XML_W             },
    { STRICT "wordprocessingml/main",                   PARSERS_XML_W             },
    { "http://schemas.microsoft.com/office/word/2010/wordml", PARSERS_XML_W14     },
    { OOXML "markup-compatibility/2006",                PARSERS_XML_MC            },
    { "urn:schemas-microsoft-com:vml",                  PARSERS_XML_V             },
    { OOXML "drawingml/2006/wordprocessingDrawing",     PARSERS_XML_WP            },
    { STRICT "drawingml/wordprocessingDrawing",         PARSERS_XML_WP            },
    { OOXML "drawingml/2006/picture",                   PARSERS_XML_PIC           },
    { STRICT "drawingml/picture",                       PARSERS_XML_PIC           },
    { OOXML "officeDocument/2006/math",                 PARSERS_XML_MATH          },
    { STRICT "officeDocument/math",                     PARSERS_XML_MATH          },
    { OOXML "package/2006/relationships",               PARSERS_XML_RELATIONSHIPS },
    { OOXML "package/2006/content-types",               PARSERS_XML_CONTENT_TYPES },
    { ODF "office:1.0",                                 PARSERS_XML_OFFICE        },
    { ODF "text:1.0",                                   PARSERS_XML_TEXT          },
    { ODF "table:1.0",                                  PARSERS_XML_TABLE         },
    { ODF "style:1.0",                                  PARSERS_XML_STYLE         },
    { ODF "xsl-fo-compatible:1.0",                      PARSERS_XML_FO            },
    { ODF "drawing:1.0",                                PARSERS_XML_DRAW          },
    { ODF "form:1.0",                                   PARSERS_XML_FORM          },
    { ODF "svg-compatible:1.0",                         PARSERS_XML_SVG           },
    { "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0", PARSERS_XML_FIELD },
    { "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", PARSERS_XML_LOEXT },
    { ODF "manifest:1.0",                               PARSERS_XML_MANIFEST      },
};
/* clang-format on */

static ParsersXmlSpace
look_up_space(const xmlChar *uri)
{
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(known[i].uri, (const char *)uri) == 0)
            return known[i].space;
    }
    return PARSERS_XML_OTHER;
}

static ParsersXmlSpace
space_of(Walk *walk, const xmlChar *uri)
{
    ParsersXmlSpace space = PARSERS_XML_NONE;

    if (uri == NULL)
        return PARSERS_XML_NONE;
    for (guint i = 0; i < walk->n_uris; i++) {
        if (walk->uris[i] == uri)
            return walk->spaces[i];
    }
    space = look_up_space(uri);
    if (walk->n_uris < URIS_MAX) {
        walk->uris[walk->n_uris] = uri;
        walk->spaces[walk->n_uris++] = space;
    }
    return space;
}

const char *
parsers_xml_name(const ParsersXmlElement *element)
{
    return element->name;
}

guint64
parsers_xml_ordinal(const ParsersXmlElement *element)
{
    return element->walk->n_elements;
}

char *
parsers_xml_attribute(const ParsersXmlElement *element, ParsersXmlSpace space, const char *name)
{
    for (int i = 0; i < element->n_attributes; i++) {
        const xmlChar **attribute = element->attributes + 5 * i;

        if (strcmp((const char *)attribute[0], name) == 0 &&
            space_of(element->walk, attribute[2]) == space)
            return g_strndup((const char *)attribute[3], (gsize)(attribute[4] - attribute[3]));
    }
    return NULL;
}

ParsersXmlNext
parsers_xml_skip(gpointer user, const ParsersXmlElement *element)
{
    (void)user;
    (void)element;
    return PARSERS_XML_SKIP;
}

static guint
hash_rule(gconstpointer data)
{
    const ParsersXmlRule *rule = data;

    return g_str_hash(rule->name) + (guint)rule->space;
}

static gboolean
equal_rules(gconstpointer a, gconstpointer b)
{
    const ParsersXmlRule *one = a;
    const ParsersXmlRule *two = b;

    return one->space == two->space && strcmp(one->name, two->name) == 0;
}

static void
stop(Walk *walk)
{
    walk->stopped = true;
    xmlStopParser(walk->parser);
}

static void
on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
         int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
         const xmlChar **attributes)
{
    Walk *walk = data;
    ParsersXmlElement element = {.space = space_of(walk, uri),
                                 .name = (const char *)name,
                                 .attributes = attributes,
                                 .n_attributes = n_attributes,
                                 .walk = walk};
    const ParsersXmlRule key = {.space = element.space, .name = element.name};
    const ParsersXmlRule *rule = NULL;
    ParsersXmlNext next = PARSERS_XML_ENTER;

    if (walk->stopped)
        return;
    walk->n_elements++;
    if (walk->open->len + walk->skipped >= walk->max_depth) {
        walk->too_deep = true;
        stop(walk);
        return;
    }
    if (walk->skipped > 0) {
        walk->skipped++;
        return;
    }
    rule = g_hash_table_lookup(walk->rules, &key);
    if (rule != NULL && rule->start != NULL)
        next = rule->start(walk->user, &element);
    if (next == PARSERS_XML_SKIP)
        walk->skipped = 1;
    else if (next == PARSERS_XML_STOP)
        stop(walk);
    else
        g_ptr_array_add(walk->open, (gpointer)rule);
}

static void
on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    Walk *walk = data;
    const ParsersXmlRule *rule = NULL;

    if (walk->stopped)
        return;
    if (walk->skipped > 0) {
        walk->skipped--;
        return;
    }
    rule = g_ptr_array_steal_index(walk->open, walk->open->len - 1);
    if (rule != NULL && rule->end != NULL)
        rule->end(walk->user);
}

static void
on_text(void *data, const xmlChar *text, int length)
{
    Walk *walk = data;

    if (!walk->stopped && walk->skipped == 0 && walk->reader->text != NULL)
        walk->reader->text(walk->user, (const char *)text, (gsize)length);
}

static void
on_document_type(void *data, const xmlChar *name, const xmlChar *public_id,
                 const xmlChar *system_id)
{
    Walk *walk = data;

    walk->refused = "it has a document type";
    stop(walk);
}

/* Errors are asked for afterwards; without this libxml2 would print them. */
static void
on_error(void *data, xmlErrorPtr problem)
{
    (void)data;
    (void)problem;
}

static bool
feed(Walk *walk, GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    /* Told that there is no more, the parser need not look ahead in every tag whether it is whole.
     */
    if (length > 0 && length <= WHOLE_BYTES)
        return xmlParseChunk(walk->parser, data, (int)length, 1) == 0 || walk->stopped;
    for (gsize done = 0; done < length && !walk->stopped; done += CHUNK_BYTES) {
        gsize n = MIN((gsize)CHUNK_BYTES, length - done);

        if (xmlParseChunk(walk->parser, data + done, (int)n, 0) != 0)
            return false;
    }
    return walk->stopped || xmlParseChunk(walk->parser, NULL, 0, 1) == 0;
}

static bool
run(Walk *walk, GBytes *bytes, GError **error)
{
    bool whole = feed(walk, bytes);

    if (walk->too_deep)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit xml_depth was reached");
    if (walk->refused != NULL)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "XML refused: %s", walk->refused);
    if (!whole && !walk->stopped)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "XML is not well-formed (error %d)",
                             walk->parser->errNo);
    return true;
}

bool
parsers_xml_read(GBytes *bytes, const ParsersXmlReader *reader, const ParsersLimits *limits,
                 gpointer user, GError **error)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .cdataBlock = on_text,
                             .ignorableWhitespace = on_text,
                             .internalSubset = on_document_type,
                             .serror = on_error};
    g_autoptr(GHashTable) rules = g_hash_table_new(hash_rule, equal_rules);
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    Walk walk = {.reader = reader,
                 .user = user,
                 .rules = rules,
                 .open = open,
                 .max_depth = limits->xml_depth};
    bool ok = false;

    for (gsize i = 0; i < reader->n_rules; i++)
        g_hash_table_add(rules, (gpointer)&reader->rules[i]);
    walk.parser = xmlCreatePushParserCtxt(&handler, &walk, NULL, 0, NULL);
    if (walk.parser == NULL)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "no memory for an XML parser");
    /* NOENT: else libxml2 leaves "&#38;" in attributes.  There are no entities but the five of XML
     * itself, since a document type is refused before it can declare one. */
    xmlCtxtUseOptions(walk.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    ok = run(&walk, bytes, error);
    xmlFreeParserCtxt(walk.parser);
    return ok;
}
