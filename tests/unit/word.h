/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/word.h - small Word binary documents made in a test.
 *
 * Runs in:  make check.
 * Source:   [MS-DOC] 2.5, 2.8, 2.9.175
 */
#ifndef TESTS_UNIT_WORD_H
#define TESTS_UNIT_WORD_H

#include "tests/unit/compound.h"

enum {
    TEXT_AT = 2048, /* of the main stream */
    PAGE = 512,
    N_PAIRS = 93,
    PAIRS_AT = 154,
};

/* A document that is being made.  Text is UTF-16 unless narrow. */
typedef struct {
    GByteArray *text;
    GByteArray *data;   /* the data stream */
    GByteArray *styles; /* parts of the table stream */
    GByteArray *fonts;
    GByteArray *heads;
    GByteArray *shapes;
    GByteArray *boxes;
    GArray *looks; /* Run: of characters */
    GArray *marks; /* Run: of paragraphs */
    guint n_chars;
    guint counts[7]; /* characters of each text */
    bool narrow;
    guint flags;
    guint magic;
    guint prm;
} Doc;

typedef struct {
    guint end; /* FC */
    guint style;
    guint size;
    guint8 sprms[120];
} Run;

#define SPRMS(...) ((const guint8[]){__VA_ARGS__}), sizeof((const guint8[]){__VA_ARGS__})
#define PLAIN NULL, 0
#define IN_TABLE 0x16, 0x24, 1
#define DEPTH(n) 0x49, 0x66, n, 0, 0, 0
#define SPECIAL 0x55, 0x08, 1

static inline Doc
doc_new(void)
{
    Doc doc = {.magic = 0xA5EC, .flags = 0x0200};

    doc.text = g_byte_array_new();
    doc.data = g_byte_array_new();
    doc.styles = g_byte_array_new();
    doc.fonts = g_byte_array_new();
    doc.heads = g_byte_array_new();
    doc.shapes = g_byte_array_new();
    doc.boxes = g_byte_array_new();
    doc.looks = g_array_new(FALSE, TRUE, sizeof(Run));
    doc.marks = g_array_new(FALSE, TRUE, sizeof(Run));
    return doc;
}

static inline void
end_run(const Doc *doc, GArray *runs, guint style, const guint8 *sprms, gsize size)
{
    Run run = {.end = TEXT_AT + doc->text->len, .style = style, .size = (guint)size};

    g_assert(size <= sizeof run.sprms);
    if (size > 0)
        memcpy(run.sprms, sprms, size);
    g_array_append_val(runs, run);
}

static inline void
put(Doc *doc, const char *text, const guint8 *sprms, gsize size)
{
    for (; *text != '\0'; text = doc->narrow ? text + 1 : g_utf8_next_char(text)) {
        compound_add(doc->text, doc->narrow ? (guint8)*text : g_utf8_get_char(text),
                     doc->narrow ? 1 : 2);
        doc->n_chars++;
    }
    end_run(doc, doc->looks, 0, sprms, size);
}

/* The mark of a paragraph, with the properties of it. */
static inline void
mark(Doc *doc, const char *c, guint style, const guint8 *sprms, gsize size)
{
    put(doc, c, PLAIN);
    end_run(doc, doc->marks, style, sprms, size);
}

/* What was put since the last call is one of the seven texts. */
static inline void
end_text(Doc *doc, guint number)
{
    guint before = 0;

    for (guint i = 0; i < number; i++)
        before += doc->counts[i];
    doc->counts[number] = doc->n_chars - before;
}

/* An entry of the font table. */
static inline void
add_font(Doc *doc, const char *name)
{
    if (doc->fonts->len == 0) {
        compound_add(doc->fonts, 2, 2);
        compound_add(doc->fonts, 0, 2);
    }
    compound_add(doc->fonts, 39 + 2 * (strlen(name) + 1), 1);
    for (guint i = 0; i < 39; i++)
        compound_add(doc->fonts, 0, 1);
    for (gsize i = 0; i <= strlen(name); i++)
        compound_add(doc->fonts, (guint8)name[i], 2);
}

/* ---- Writing ---- */

/* Properties stand from the end of a page towards its start. */
static inline void
add_page(GByteArray *word, const GArray *runs, bool paragraphs)
{
    const gsize start = word->len;
    const guint entry = paragraphs ? 13 : 1;
    guint at = PAGE - 2;
    guint previous = TEXT_AT;

    for (guint i = 0; i < PAGE; i++)
        compound_add(word, 0, 1);
    compound_put(word, start + PAGE - 1, runs->len, 1);
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = &g_array_index(runs, Run, i);
        const guint size = run->size + (paragraphs ? 2 : 0);

        compound_put(word, start + i * 4, previous, 4);
        compound_put(word, start + i * 4 + 4, run->end, 4);
        previous = run->end;
        if (size == 0)
            continue;
        at = (at - size - 2) & ~1u;
        g_assert(at > (runs->len + 1) * 4 + runs->len * entry);
        compound_put(word, start + (runs->len + 1) * 4 + i * entry, at / 2, 1);
        /* An even list of a paragraph has its length in words behind a zero. */
        if (paragraphs && size % 2 == 0)
            compound_put(word, start + at + 1, size / 2, 1);
        else
            compound_put(word, start + at, paragraphs ? (size + 1) / 2 : size, 1);
        if (paragraphs)
            compound_put(word, start + at + (size % 2 == 0 ? 2 : 1), run->style, 2);
        if (run->size > 0)
            memcpy(word->data + start + at + 1 + (paragraphs ? 2 + (size % 2 == 0) : 0), run->sprms,
                   run->size);
    }
}

static inline void
add_part(GByteArray *word, GByteArray *table, guint part, const GByteArray *content)
{
    compound_put(word, PAIRS_AT + part * 8, table->len, 4);
    compound_put(word, PAIRS_AT + part * 8 + 4, content->len, 4);
    g_byte_array_append(table, content->data, content->len);
}

static inline void
add_pages_part(GByteArray *word, GByteArray *table, guint part, guint end, guint page)
{
    g_autoptr(GByteArray) plc = g_byte_array_new();

    compound_add(plc, TEXT_AT, 4);
    compound_add(plc, end, 4);
    compound_add(plc, page, 4);
    add_part(word, table, part, plc);
}

static inline void
add_pieces_part(GByteArray *word, GByteArray *table, const Doc *doc)
{
    g_autoptr(GByteArray) clx = g_byte_array_new();

    compound_add(clx, 2, 1);
    compound_add(clx, 16, 4);
    compound_add(clx, 0, 4);
    compound_add(clx, doc->n_chars, 4);
    compound_add(clx, 0, 2);
    compound_add(clx, doc->narrow ? 0x40000000u | TEXT_AT * 2 : TEXT_AT, 4);
    compound_add(clx, doc->prm, 2);
    add_part(word, table, 33, clx);
}

static inline void
add_fib(GByteArray *word, const Doc *doc)
{
    static const guint longs[7] = {3, 4, 5, 7, 8, 9, 10};

    compound_put(word, 0, doc->magic, 2);
    compound_put(word, 2, 0xC1, 2);
    compound_put(word, 10, doc->flags, 2);
    compound_put(word, 32, 14, 2);
    compound_put(word, 62, 22, 2);
    compound_put(word, PAIRS_AT - 2, N_PAIRS, 2);
    for (guint i = 0; i < G_N_ELEMENTS(longs); i++)
        compound_put(word, 64 + longs[i] * 4, doc->counts[i], 4);
}

static inline void
doc_clear(Doc *doc)
{
    GByteArray *arrays[] = {doc->text,  doc->data,   doc->styles, doc->fonts,
                            doc->heads, doc->shapes, doc->boxes};

    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_byte_array_unref(arrays[i]);
    g_array_unref(doc->looks);
    g_array_unref(doc->marks);
}

/* The file; doc is spent. */
static inline GByteArray *
doc_finish(Doc *doc)
{
    g_autoptr(GByteArray) word = g_byte_array_new();
    g_autoptr(GByteArray) table = g_byte_array_new();
    Compound compound = compound_new();
    CompoundPlaces places;
    const guint end = TEXT_AT + doc->text->len;
    guint page = 0;

    compound_add(word, 0, 1);
    compound_pad(word, TEXT_AT);
    g_byte_array_append(word, doc->text->data, doc->text->len);
    compound_pad(word, PAGE);
    page = word->len / PAGE;
    add_page(word, doc->looks, false);
    add_page(word, doc->marks, true);
    if (doc->counts[0] == 0)
        end_text(doc, 0);
    add_fib(word, doc);
    add_pages_part(word, table, 12, end, page);
    add_pages_part(word, table, 13, end, page + 1);
    add_pieces_part(word, table, doc);
    add_part(word, table, 1, doc->styles);
    add_part(word, table, 11, doc->heads);
    add_part(word, table, 15, doc->fonts);
    add_part(word, table, 40, doc->shapes);
    add_part(word, table, 56, doc->boxes);
    compound_stream(&compound, "WordDocument", word);
    compound_stream(&compound, "1Table", table);
    compound_stream(&compound, "Data", doc->data);
    doc_clear(doc);
    return compound_finish(&compound, &places);
}

#endif
