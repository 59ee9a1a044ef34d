/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/foreign.c - documents that no reader here knows, and programs elsewhere do.
 *
 * A list crosses the wall of the cage in both directions, so it is checked on either side.
 *
 * Runs in:  postern-parser (made), intake and command line (passed on).
 * Source:   doc/process-model.md, "Converters"
 */
#include "config.h"

#include "parsers/foreign.h"

#include <string.h>

#define PACK_TYPE "a(ssay)"

enum {
    ENTRY_OVERHEAD = 256, /* texts, lengths and alignment of one entry */
    SUM_LENGTH = 64,
};

/* clang-format off */
/* A type that has a reader as well is one of which the reader knows only newer files. */
static const struct {
    const char *type;
    const char *converter;
    const char *words;
} kinds[] = {
    {"works",       "text",    "Works document"},
    {"wordperfect", "text",    "WordPerfect document"},
    {"word-old",    "text",    "document of an old Word"},
    {"word-xml",    "text",    "Word XML document"},
    {"abiword",     "text",    "AbiWord document"},
    {"sxw",         "text",    "OpenOffice 1 document"},
    {"uof",         "text",    "Uniform Office document"},
    {"doc",         "text",    "Word document"},
    {"docx",        "text",    "Word document"},
    {"odt",         "text",    "OpenDocument text"},
    {"fodt",        "text",    "flat OpenDocument text"},
    {"pages",       "text",    "Pages document"},
    {"xls",         "table",   "Excel sheet"},
    {"xlsx",        "table",   "Excel sheet"},
    {"ods",         "table",   "OpenDocument sheet"},
    {"sxc",         "table",   "OpenOffice 1 sheet"},
    {"ppt",         "slides",  "PowerPoint file"},
    {"pptx",        "slides",  "PowerPoint file"},
    {"odp",         "slides",  "OpenDocument presentation"},
    {"heic",        "picture", "HEIC picture"},
};
/* clang-format on */

static const char *const converters[] = {"", "text", "table", "slides", "picture", "print", NULL};

static gssize
find_kind(const char *type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i].type, type) == 0)
            return (gssize)i;
    return -1;
}

const char *
parsers_foreign_converter(const char *type)
{
    const gssize kind = find_kind(type);

    return kind < 0 ? NULL : kinds[kind].converter;
}

const char *
parsers_foreign_words(const char *type)
{
    const gssize kind = find_kind(type);

    return kind < 0 ? NULL : kinds[kind].words;
}

static void
foreign_free(gpointer data)
{
    ParsersForeign *foreign = data;

    g_free(foreign->converter);
    g_free(foreign->sha256);
    g_bytes_unref(foreign->bytes);
    g_free(foreign);
}

GPtrArray *
parsers_foreign_list_new(void)
{
    return g_ptr_array_new_with_free_func(foreign_free);
}

static const ParsersForeign *
find(const GPtrArray *list, const char *sha256)
{
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const ParsersForeign *foreign = g_ptr_array_index(list, i);

        if (strcmp(foreign->sha256, sha256) == 0)
            return foreign;
    }
    return NULL;
}

GBytes *
parsers_foreign_find(const GPtrArray *list, const char *sha256)
{
    const ParsersForeign *foreign = find(list, sha256);

    return foreign != NULL && strcmp(foreign->converter, "print") != 0 ? foreign->bytes : NULL;
}

GBytes *
parsers_foreign_find_pages(const GPtrArray *list, const char *sha256)
{
    const ParsersForeign *foreign = find(list, sha256);

    return foreign != NULL ? foreign->bytes : NULL;
}

bool
parsers_foreign_add(GPtrArray *list, const ParsersLimits *limits, const char *converter,
                    const char *sha256, GBytes *bytes)
{
    ParsersForeign *foreign = NULL;
    gsize total = g_bytes_get_size(bytes);

    if (find(list, sha256) != NULL)
        return true;
    for (guint i = 0; i < list->len; i++)
        total += g_bytes_get_size(((const ParsersForeign *)g_ptr_array_index(list, i))->bytes);
    if (list->len >= limits->convert_documents || total > limits->convert_bytes)
        return false;
    foreign = g_new0(ParsersForeign, 1);
    foreign->converter = g_strdup(converter);
    foreign->sha256 = g_strdup(sha256);
    foreign->bytes = g_bytes_ref(bytes);
    g_ptr_array_add(list, foreign);
    return true;
}

gsize
parsers_foreign_packed_max(void)
{
    const ParsersLimits *limits = parsers_limits_default();

    return limits->convert_bytes + (gsize)limits->convert_documents * ENTRY_OVERHEAD;
}

GBytes *
parsers_foreign_pack(const GPtrArray *list)
{
    GVariantBuilder builder;
    g_autoptr(GVariant) packed = NULL;

    g_variant_builder_init(&builder, G_VARIANT_TYPE(PACK_TYPE));
    for (guint i = 0; i < list->len; i++) {
        const ParsersForeign *foreign = g_ptr_array_index(list, i);

        g_variant_builder_add(
            &builder, "(ss@ay)", foreign->converter, foreign->sha256,
            g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, foreign->bytes, true));
    }
    packed = g_variant_ref_sink(g_variant_builder_end(&builder));
    return g_variant_get_data_as_bytes(packed);
}

static bool
is_sum(const char *text)
{
    return strlen(text) == SUM_LENGTH && strspn(text, "0123456789abcdef") == SUM_LENGTH;
}

bool
parsers_foreign_unpack(GBytes *packed, GPtrArray **out_list, GError **error)
{
    g_autoptr(GVariant) all =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(PACK_TYPE), packed, false));
    g_autoptr(GPtrArray) list = parsers_foreign_list_new();

    if (g_bytes_get_size(packed) > parsers_foreign_packed_max() || !g_variant_is_normal_form(all))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "documents to convert arrived damaged");
    for (gsize i = 0; i < g_variant_n_children(all); i++) {
        g_autoptr(GVariant) value = NULL;
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *converter = NULL;
        g_autofree char *sha256 = NULL;

        g_variant_get_child(all, i, "(ss@ay)", &converter, &sha256, &value);
        bytes = g_variant_get_data_as_bytes(value);
        if (!g_strv_contains(converters, converter) || !is_sum(sha256) ||
            !parsers_foreign_add(list, parsers_limits_default(), converter, sha256, bytes))
            return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                                 "documents to convert arrived with a value out of range");
    }
    *out_list = g_steal_pointer(&list);
    return true;
}
