/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml.c - a walk through XML, with everything dangerous left out.
 *
 * What is plain is walked through by its list of tags; all else is libxml2's, from its first byte.
 * There a document type is refused at its first byte, so no entity is ever declared, expanded or
 * fetched.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/xml.h"

#include <string.h>

#include <libxml/parser.h>

#include "parsers/xml-plain.h"

enum {
    CHUNK_BYTES = 64 * 1024,
    WHOLE_BYTES = 1024 * 1024, /* the parser makes a copy of what it is given at once */
    URIS_MAX = 64,             /* remembered namespace addresses; more are looked up every time */
};

struct ParsersXml {
    GBytes *bytes;
    const ParsersLimits *limits;
    ParsersXmlPlain *plain; /* or NULL: libxml2 reads it */
};

struct ParsersXmlElement {
    const char *name;
    guint64 ordinal;
    /* of a plain document */
    const ParsersXmlPlain *plain;
    guint tag;
    /* of any other */
    const xmlChar **attributes; /* five pointers each: name, prefix, URI, value, end of value */
    int n_attributes;
    struct Walk *walk;
};

/* A walk that libxml2 leads. */
typedef struct Walk {
    const ParsersXmlReader *reader;
    gpointer user;
    xmlParserCtxt *parser;
    GPtrArray *open; /* ParsersXmlRule or NULL, one for each open element */
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
    space = parsers_xml_space((const char *)uri, strlen((const char *)uri));
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
    return element->ordinal;
}

char *
parsers_xml_attribute(const ParsersXmlElement *element, ParsersXmlSpace space, const char *name)
{
    if (element->plain != NULL)
        return parsers_xml_plain_attribute(element->plain, element->tag, space, name);
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

static const ParsersXmlRule *
find_rule(const ParsersXmlReader *reader, ParsersXmlSpace space, const char *name)
{
    for (gsize i = 0; i < reader->n_rules; i++) {
        const ParsersXmlRule *rule = &reader->rules[i];

        if (rule->space == space && rule->name[0] == name[0] && strcmp(rule->name, name) == 0)
            return rule;
    }
    return NULL;
}

/* ---- What is not plain: libxml2 ---- */

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
    ParsersXmlElement element = {.name = (const char *)name,
                                 .attributes = attributes,
                                 .n_attributes = n_attributes,
                                 .walk = walk};
    const ParsersXmlRule *rule = NULL;
    ParsersXmlNext next = PARSERS_XML_ENTER;

    if (walk->stopped)
        return;
    element.ordinal = ++walk->n_elements;
    if (walk->open->len + walk->skipped >= walk->max_depth) {
        walk->too_deep = true;
        stop(walk);
        return;
    }
    if (walk->skipped > 0) {
        walk->skipped++;
        return;
    }
    rule = find_rule(walk->reader, space_of(walk, uri), element.name);
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

static bool
walk_any(const ParsersXml *xml, const ParsersXmlReader *reader, gpointer user, GError **error)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .cdataBlock = on_text,
                             .ignorableWhitespace = on_text,
                             .internalSubset = on_document_type,
                             .serror = on_error};
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    Walk walk = {.reader = reader, .user = user, .open = open, .max_depth = xml->limits->xml_depth};
    bool ok = false;

    walk.parser = xmlCreatePushParserCtxt(&handler, &walk, NULL, 0, NULL);
    if (walk.parser == NULL)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "no memory for an XML parser");
    /* NOENT: else libxml2 leaves "&#38;" in attributes.  There are no entities but the five of XML
     * itself, since a document type is refused before it can declare one. */
    xmlCtxtUseOptions(walk.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    ok = run(&walk, xml->bytes, error);
    xmlFreeParserCtxt(walk.parser);
    return ok;
}

/* ---- What is plain ---- */

/* The rules for the names of one document: each is looked for once. */
typedef struct {
    const ParsersXmlReader *reader;
    const ParsersXmlPlain *plain;
    guint8 known[PARSERS_XML_NAMES_MAX]; /* namespace + 1 for which rules[] is right */
    const ParsersXmlRule *rules[PARSERS_XML_NAMES_MAX];
} Rules;

static const ParsersXmlRule *
rule_of(Rules *rules, const ParsersXmlTag *tag)
{
    if (rules->known[tag->name] != tag->space + 1) {
        rules->known[tag->name] = (guint8)(tag->space + 1);
        rules->rules[tag->name] = find_rule(rules->reader, (ParsersXmlSpace)tag->space,
                                            parsers_xml_plain_name(rules->plain, tag->name));
    }
    return rules->rules[tag->name];
}

static ParsersXmlNext
start_plain(Rules *rules, const ParsersXmlRule *rule, guint i, guint name, gpointer user)
{
    const ParsersXmlElement element = {.name = parsers_xml_plain_name(rules->plain, name),
                                       .ordinal = i + 1u,
                                       .plain = rules->plain,
                                       .tag = i};

    return rule != NULL && rule->start != NULL ? rule->start(user, &element) : PARSERS_XML_ENTER;
}

static void
walk_plain(const ParsersXmlPlain *plain, const ParsersXmlReader *reader, gpointer user)
{
    guint n = 0;
    const ParsersXmlTag *tags = parsers_xml_plain_tags(plain, &n);
    Rules rules = {.reader = reader, .plain = plain};

    for (guint i = 0; i < n; i++) {
        const ParsersXmlRule *rule = rule_of(&rules, &tags[i]);
        ParsersXmlNext next = PARSERS_XML_ENTER;

        if (tags[i].other >= i)
            next = start_plain(&rules, rule, i, tags[i].name, user);
        if (next == PARSERS_XML_STOP)
            return;
        if (next == PARSERS_XML_SKIP)
            i = tags[i].other;
        else if (tags[i].other <= i && rule != NULL && rule->end != NULL)
            rule->end(user);
        if (reader->text != NULL && i + 1 < n && tags[i].end < tags[i + 1].start)
            parsers_xml_plain_text(plain, tags[i].end, tags[i + 1].start, reader->text, user);
    }
}

/* ---- public ---- */

ParsersXml *
parsers_xml_open(GBytes *bytes, const ParsersLimits *limits)
{
    ParsersXml *xml = g_new0(ParsersXml, 1);

    xml->bytes = g_bytes_ref(bytes);
    xml->limits = limits;
    xml->plain = parsers_xml_plain_new(bytes, limits->xml_depth);
    return xml;
}

void
parsers_xml_free(ParsersXml *xml)
{
    if (xml == NULL)
        return;
    parsers_xml_plain_free(xml->plain);
    g_bytes_unref(xml->bytes);
    g_free(xml);
}

bool
parsers_xml_walk(const ParsersXml *xml, const ParsersXmlReader *reader, gpointer user,
                 GError **error)
{
    if (xml->plain == NULL)
        return walk_any(xml, reader, user, error);
    walk_plain(xml->plain, reader, user);
    return true;
}

bool
parsers_xml_read(GBytes *bytes, const ParsersXmlReader *reader, const ParsersLimits *limits,
                 gpointer user, GError **error)
{
    g_autoptr(ParsersXml) xml = parsers_xml_open(bytes, limits);

    return parsers_xml_walk(xml, reader, user, error);
}
