/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx.c - finds the parts of a Word document and reads them in order.
 *
 * Parts are found by their relationships, never by their usual names.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 2, clause 6 (relationships)
 */
#include "config.h"

#include "parsers/docx.h"

#include "parsers/docx-body.h"
#include "parsers/docx-chunk.h"
#include "parsers/package.h"

#include <string.h>

enum {
    RELATIONS_MAX = 2000,
};

typedef struct {
    char *type;   /* last piece of the type's address: "officeDocument", "styles", "header" ... */
    char *target; /* part name without a leading slash */
} Relation;

typedef struct {
    const char *base; /* part that the relationships are of */
    GPtrArray *relations;
} Relations;

static void
free_relation(gpointer data)
{
    Relation *relation = data;

    g_free(relation->type);
    g_free(relation->target);
    g_free(relation);
}

/* The name of a part, from a target that stands in a relationship of base. */
static char *
resolve(const char *base, const char *target)
{
    g_autofree char *folder = g_path_get_dirname(base);
    g_autofree char *joined =
        *target == '/' ? g_strdup(target) : g_strconcat("/", folder, "/", target, NULL);
    g_auto(GStrv) pieces = g_strsplit(joined, "/", 64);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();

    for (char **piece = pieces; *piece != NULL; piece++) {
        if (strcmp(*piece, "..") == 0 && kept->len > 0)
            g_ptr_array_set_size(kept, (gint)kept->len - 1);
        else if (**piece != '\0' && strcmp(*piece, ".") != 0 && strcmp(*piece, "..") != 0)
            g_ptr_array_add(kept, *piece);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

static ParsersXmlNext
start_relation(gpointer user, const ParsersXmlElement *element)
{
    Relations *relations = user;
    g_autofree char *type = parsers_xml_attribute(element, PARSERS_XML_NONE, "Type");
    g_autofree char *target = parsers_xml_attribute(element, PARSERS_XML_NONE, "Target");
    g_autofree char *mode = parsers_xml_attribute(element, PARSERS_XML_NONE, "TargetMode");
    const char *piece = type == NULL ? NULL : strrchr(type, '/');
    Relation *relation = NULL;

    if (piece == NULL || target == NULL || g_strcmp0(mode, "External") == 0 ||
        strlen(target) > 1024 || relations->relations->len >= RELATIONS_MAX)
        return PARSERS_XML_SKIP;
    relation = g_new0(Relation, 1);
    relation->type = g_strdup(piece + 1);
    relation->target = resolve(relations->base, target);
    g_ptr_array_add(relations->relations, relation);
    return PARSERS_XML_SKIP;
}

/* Read the relationships of a part; none when it has none. */
static bool
read_relations(ParsersPackage *package, const char *base, const ParsersLimits *limits,
               GPtrArray **out_relations, GError **error)
{
    static const ParsersXmlRule rule = {PARSERS_XML_RELATIONSHIPS, "Relationship", start_relation,
                                        NULL};
    static const ParsersXmlReader reader = {.rules = &rule, .n_rules = 1};
    g_autofree char *folder = g_path_get_dirname(base);
    g_autofree char *file = *base == '\0' ? g_strdup("") : g_path_get_basename(base);
    g_autofree char *name = g_strdup_printf("%s/_rels/%s.rels", folder, file);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_relation);
    g_autoptr(GBytes) bytes = NULL;
    Relations relations = {.base = base, .relations = list};

    if (g_str_has_prefix(name, "./"))
        memmove(name, name + 2, strlen(name + 2) + 1);
    if (parsers_package_has(package, name)) {
        if (!parsers_package_read(package, name, &bytes, error))
            return false;
        if (!parsers_xml_read(bytes, &reader, limits, &relations, error))
            return false;
    }
    *out_relations = g_steal_pointer(&list);
    return true;
}

static const char *
find_target(const GPtrArray *relations, const char *type)
{
    for (guint i = 0; i < relations->len; i++) {
        const Relation *relation = g_ptr_array_index(relations, i);

        if (strcmp(relation->type, type) == 0)
            return relation->target;
    }
    return NULL;
}

/* ---- When the relationships of the package are missing: its list of content types ---- */

static ParsersXmlNext
start_override(gpointer user, const ParsersXmlElement *element)
{
    char **found = user;
    g_autofree char *type = parsers_xml_attribute(element, PARSERS_XML_NONE, "ContentType");

    if (type != NULL && *found == NULL && strstr(type, ".main+xml") != NULL)
        *found = parsers_xml_attribute(element, PARSERS_XML_NONE, "PartName");
    return PARSERS_XML_SKIP;
}

static char *
find_by_type(ParsersPackage *package, const ParsersLimits *limits)
{
    static const ParsersXmlRule rule = {PARSERS_XML_CONTENT_TYPES, "Override", start_override,
                                        NULL};
    static const ParsersXmlReader reader = {.rules = &rule, .n_rules = 1};
    g_autoptr(GBytes) bytes = NULL;
    char *found = NULL;

    if (parsers_package_read(package, "[Content_Types].xml", &bytes, NULL))
        parsers_xml_read(bytes, &reader, limits, &found, NULL);
    return found;
}

static bool
find_main(ParsersPackage *package, const ParsersLimits *limits, char **out_name, GError **error)
{
    g_autoptr(GPtrArray) relations = NULL;
    g_autofree char *name = NULL;

    if (!read_relations(package, "", limits, &relations, error))
        return false;
    name = g_strdup(find_target(relations, "officeDocument"));
    if (name == NULL || !parsers_package_has(package, name)) {
        g_free(name);
        name = find_by_type(package, limits);
    }
    if (name == NULL || !parsers_package_has(package, name))
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED,
                             "a ZIP archive without a main document part");
    *out_name = g_steal_pointer(&name);
    return true;
}

/* ---- Reading the parts ---- */

typedef struct {
    ParsersPackage *package;
    const ParsersLimits *limits;
    ParsersDocument *document;
    ParsersDocxStyles *styles;
    GPtrArray *relations; /* of the main part */
} Source;

static bool
read_part(Source *source, const char *name, const char *root, bool *out_is_root, GError **error)
{
    const ParsersDocxPart part = {root, source->styles, source->limits, source->document};
    g_autoptr(GBytes) bytes = NULL;

    return parsers_package_read(source->package, name, &bytes, error) &&
           parsers_docx_body_read(bytes, &part, out_is_root, error);
}

/* Read all parts of one kind.  A damaged one beside the body is left out: the body has the answers.
 * A limit counts for the whole document. */
static bool
read_side_parts(Source *source, const char *type, const char *root, ParsersRegion region,
                GError **error)
{
    bool is_root = false;

    parsers_document_set_region(source->document, region);
    for (guint i = 0; i < source->relations->len; i++) {
        const Relation *relation = g_ptr_array_index(source->relations, i);

        if (strcmp(relation->type, type) == 0)
            read_part(source, relation->target, root, &is_root, NULL);
    }
    parsers_document_set_region(source->document, PARSERS_REGION_BODY);
    return parsers_document_check(source->document, error);
}

/* Styles only tell how things look: without them the text still stands. */
static void
read_styles(Source *source)
{
    const char *name = find_target(source->relations, "styles");
    g_autoptr(GBytes) bytes = NULL;

    if (name != NULL && parsers_package_read(source->package, name, &bytes, NULL))
        parsers_docx_styles_read(source->styles, bytes, source->limits, NULL);
}

/* Read the files that stand in the body in formats of their own.  They may hold all of its words,
 * so one that cannot be read is an error. */
static bool
read_chunks(Source *source, GError **error)
{
    for (guint i = 0; i < source->relations->len; i++) {
        const Relation *relation = g_ptr_array_index(source->relations, i);
        g_autoptr(ParsersDocument) chunk = NULL;
        g_autoptr(GBytes) bytes = NULL;

        if (strcmp(relation->type, "aFChunk") != 0)
            continue;
        if (!parsers_package_read(source->package, relation->target, &bytes, error) ||
            !parsers_docx_chunk_read(bytes, source->limits, &chunk, error))
            return false;
        parsers_document_append(source->document, chunk);
    }
    return parsers_document_check(source->document, error);
}

static bool
read_parts(Source *source, const char *main_name, GError **error)
{
    bool is_document = false;

    read_styles(source);
    if (!read_side_parts(source, "header", "hdr", PARSERS_REGION_HEADER, error))
        return false;
    if (!read_part(source, main_name, "document", &is_document, error))
        return false;
    if (!is_document)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED,
                             "an office file, but not a Word document");
    return read_chunks(source, error) &&
           read_side_parts(source, "footnotes", "footnotes", PARSERS_REGION_BODY, error) &&
           read_side_parts(source, "endnotes", "endnotes", PARSERS_REGION_BODY, error) &&
           read_side_parts(source, "footer", "ftr", PARSERS_REGION_FOOTER, error);
}

bool
parsers_docx_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                  GError **error)
{
    g_autoptr(ParsersPackage) package = NULL;
    g_autoptr(ParsersDocument) document = parsers_document_new(limits);
    g_autoptr(ParsersDocxStyles) styles = parsers_docx_styles_new();
    g_autoptr(GPtrArray) relations = NULL;
    g_autofree char *main_name = NULL;
    Source source = {.limits = limits, .document = document, .styles = styles};

    if (!parsers_package_open(bytes, limits, &package, error))
        return false;
    if (!find_main(package, limits, &main_name, error))
        return false;
    if (!read_relations(package, main_name, limits, &relations, error))
        return false;
    source.package = package;
    source.relations = relations;
    if (!read_parts(&source, main_name, error))
        return false;
    *out_document = g_steal_pointer(&document);
    return true;
}
