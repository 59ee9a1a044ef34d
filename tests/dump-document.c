/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/dump-document.c - shows what a reader made of a file, as an indented tree.
 *
 *     dump-document FILE...       the tree
 *     dump-document -t FILE...    the text alone
 *     dump-document -q FILE...    errors alone
 *
 * Runs in:  a developer's shell; no part of Postern.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/doc.h"
#include "parsers/docx.h"
#include "parsers/ocr.h"
#include "parsers/odt.h"
#include "parsers/pdf.h"
#include "parsers/rtf.h"
#include "parsers/sniff.h"

#include <stdio.h>
#include <string.h>

typedef bool (*Read)(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                     GError **error);

/* A document with a password lies in such a file, too. */
static bool
read_cfb(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document, GError **error)
{
    if (strcmp(parsers_sniff_type(bytes), "locked-office") == 0)
        return parsers_docx_read(bytes, limits, out_document, error);
    return parsers_doc_read(bytes, limits, out_document, error);
}

static bool
read_pdf(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document, GError **error)
{
    parsers_pdf_warm_up();
    return parsers_pdf_read(bytes, limits, out_document, NULL, error);
}

static bool
read_picture(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
             GError **error)
{
    g_autoptr(ParsersOcr) ocr = NULL;
    double confidence = 0;

    parsers_ocr_warm_up();
    ocr = parsers_ocr_new(limits);
    if (!parsers_ocr_add(ocr, bytes, error))
        return false;
    *out_document = parsers_ocr_finish(ocr, &confidence);
    return true;
}

/* clang-format off */
/* The first row whose magic stands at the start (or, with inside, within the first 4 KiB) reads it. */
static const struct {
    const char *name;
    const char *magic;
    const char *inside; /* or NULL */
    Read read;
} readers[] = {
    { "odt",  "PK",               "application/vnd.oasis.opendocument", parsers_odt_read },
    { "odt",  "<",                "opendocument", parsers_odt_read },
    { "rtf",  "{\\rtf",           NULL, parsers_rtf_read },
    { "docx", "PK",               NULL, parsers_docx_read },
    { "doc",  "\xd0\xcf\x11\xe0", NULL, read_cfb },
    { "pdf",  "%PDF",             NULL, read_pdf          },
    { "jpeg", "\xff\xd8",         NULL, read_picture      },
    { "png",  "\x89PNG",          NULL, read_picture      },
    { "tiff", "II*",              NULL, read_picture      },
};
/* clang-format on */

static void
print_flags(guint flags)
{
    static const char *const names[] = {"bold",    "underline",   "strike", "highlight",
                                        "checked", "placeholder", "radio",  "list"};

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if ((flags & (1u << i)) != 0)
            printf(" %s", names[i]);
    }
}

static void
print_quoted(const char *text)
{
    g_autofree char *escaped = NULL;
    g_autoptr(GString) string = g_string_new(text);

    g_string_replace(string, "\n", "\\n", 0);
    g_string_replace(string, "\t", "\\t", 0);
    escaped = g_utf8_make_valid(string->str, -1);
    printf(" \"%s\"", escaped);
}

static void
print_span(const ParsersSpan *span, int indent)
{
    static const char *const kinds[] = {"text", "box", "control", "image"};

    printf("%*s%s", indent, "", kinds[span->kind]);
    print_flags(span->flags);
    print_quoted(span->text);
    if (span->label != NULL) {
        printf(" label");
        print_quoted(span->label);
    }
    if (span->name != NULL) {
        printf(" name");
        print_quoted(span->name);
    }
    putchar('\n');
}

static void print_blocks(const GPtrArray *blocks, int indent);

static void
print_cell(const ParsersCell *cell, guint row, int indent)
{
    printf("%*scell row %u column %u", indent, "", row, cell->column);
    if (cell->column_span > 1)
        printf(" columns %u", cell->column_span);
    if (cell->row_span > 1)
        printf(" rows %u", cell->row_span);
    printf("%s%s\n", cell->header ? " header" : "", cell->shaded ? " shaded" : "");
    print_blocks(cell->blocks, indent + 2);
}

static void
print_table(const ParsersBlock *table, int indent)
{
    printf("%*stable %u\n", indent, "", table->place.table);
    for (guint row = 0; row < table->rows->len; row++) {
        const GPtrArray *cells = g_ptr_array_index(table->rows, row);

        for (guint i = 0; i < cells->len; i++)
            print_cell(g_ptr_array_index(cells, i), row + 1, indent + 2);
    }
}

static void
print_paragraph(const ParsersBlock *block, int indent)
{
    static const char *const regions[] = {"", " header", " footer", " quote"};
    const double *box = block->place.box;

    printf("%*sparagraph %u%s", indent, "", block->place.paragraph, regions[block->region]);
    if (block->place.page > 0)
        printf(" page %u", block->place.page);
    if (block->heading > 0)
        printf(" heading %u", block->heading);
    if (block->list_item)
        printf(" item");
    if (box[2] > 0)
        printf(" at %.0f,%.0f-%.0f,%.0f", box[0], box[1], box[2], box[3]);
    putchar('\n');
    for (guint i = 0; i < block->spans->len; i++)
        print_span(g_ptr_array_index(block->spans, i), indent + 2);
}

static void
print_blocks(const GPtrArray *blocks, int indent)
{
    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        if (block->kind == PARSERS_BLOCK_TABLE)
            print_table(block, indent);
        else
            print_paragraph(block, indent);
    }
}

static bool
read_bytes(GBytes *bytes, ParsersDocument **out_document, GError **error)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
        gsize n = strlen(readers[i].magic);

        if (length < n || memcmp(data, readers[i].magic, n) != 0)
            continue;
        if (readers[i].inside != NULL &&
            memmem(data, MIN(length, 4096), readers[i].inside, strlen(readers[i].inside)) == NULL)
            continue;
        return readers[i].read(bytes, parsers_limits_default(), out_document, error);
    }
    return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "no reader for these bytes");
}

static bool
dump(const char *path, char mode)
{
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;
    char *data = NULL;
    gsize length = 0;

    if (g_file_get_contents(path, &data, &length, &error))
        bytes = g_bytes_new_take(data, length);
    if (bytes == NULL || !read_bytes(bytes, &document, &error)) {
        fprintf(stderr, "%s: %s\n", path, error->message);
        return false;
    }
    if (mode == 't') {
        text = parsers_document_text(document);
        fputs(text, stdout);
    } else if (mode != 'q') {
        print_blocks(parsers_document_blocks(document), 0);
    }
    return true;
}

int
main(int argc, char **argv)
{
    char mode = argc > 1 && argv[1][0] == '-' ? argv[1][1] : 'd';
    bool ok = true;

    for (int i = mode == 'd' ? 1 : 2; i < argc; i++)
        ok = dump(argv[i], mode) && ok;
    return ok ? 0 : 1;
}
