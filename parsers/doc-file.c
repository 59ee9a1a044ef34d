/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-file.c - finds text and properties in a Word binary file.
 *
 * Nothing is copied out of the file's tables: they are checked once and looked up when needed, so
 * a file cannot make them larger than itself.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.4.1, 2.5, 2.8, 2.9.38, 2.9.209
 */
#include "config.h"

#include "parsers/doc-file.h"

#include "parsers/cfb.h"

#include <string.h>

enum {
    MAGIC = 0xA5EC,
    MAGIC_OLD = 0xA5DC,    /* Word 6 and Word 95 */
    NFIB_WORD_97 = 0x00C0, /* of the build for Arabic and Hebrew; otherwise one more */
    FLAG_ENCRYPTED = 0x0100,
    FLAG_TABLE_1 = 0x0200,
    FLAG_OBFUSCATED = 0x8000,
    PAGE_BYTES = 512,
    PIECE_BYTES = 8,
    FONT_NAME_AT = 39, /* in a record of the font table, after its length */
    FONTS_MAX = 4096,
    PRCS_MAX = 32768, /* a piece cannot name a higher one */
};

struct ParsersDocFile {
    GBytes *word_bytes;
    GBytes *table_bytes;
    GBytes *data_bytes; /* or NULL */
    ParsersOctets word;
    ParsersOctets table;
    ParsersOctets data;
    gsize pairs_at; /* offset of the pairs of the file information block */
    gsize n_pairs;
    guint32 ends[PARSERS_DOC_N_TEXTS]; /* CP */
    ParsersOctets pieces;
    guint32 n_pieces;
    GArray *prcs; /* ParsersOctets */
    ParsersOctets character_pages;
    ParsersOctets paragraph_pages;
    GPtrArray *fonts; /* char */
};

void
parsers_doc_file_free(ParsersDocFile *file)
{
    if (file == NULL)
        return;
    g_clear_pointer(&file->word_bytes, g_bytes_unref);
    g_clear_pointer(&file->table_bytes, g_bytes_unref);
    g_clear_pointer(&file->data_bytes, g_bytes_unref);
    g_array_unref(file->prcs);
    g_ptr_array_unref(file->fonts);
    g_free(file);
}

/* ---- The file information block ---- */

static bool
read_streams(ParsersDocFile *file, const ParsersCfb *cfb, GError **error)
{
    guint flags = 0;

    if (!parsers_cfb_read(cfb, "WordDocument", &file->word_bytes, error))
        return false;
    file->word = parsers_octets_of(file->word_bytes);
    flags = parsers_octets_u16(file->word, 10);
    if (parsers_octets_u16(file->word, 0) == MAGIC_OLD ||
        (parsers_octets_u16(file->word, 0) == MAGIC &&
         parsers_octets_u16(file->word, 2) < NFIB_WORD_97))
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "Word 95 or older");
    if (parsers_octets_u16(file->word, 0) != MAGIC)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "Word document: it has no FIB");
    if ((flags & (FLAG_ENCRYPTED | FLAG_OBFUSCATED)) != 0)
        return parsers_throw(error, PARSERS_ERROR_ENCRYPTED, "Word password");
    if (!parsers_cfb_read(cfb, (flags & FLAG_TABLE_1) != 0 ? "1Table" : "0Table",
                          &file->table_bytes, error))
        return false;
    file->table = parsers_octets_of(file->table_bytes);
    if (parsers_cfb_has(cfb, "Data") && !parsers_cfb_read(cfb, "Data", &file->data_bytes, error))
        return false;
    file->data = parsers_octets_of(file->data_bytes);
    return true;
}

/* The block is made of four arrays, each after its length. */
static bool
read_fib(ParsersDocFile *file, const ParsersLimits *limits, GError **error)
{
    static const guint lengths[PARSERS_DOC_N_TEXTS] = {3, 4, 5, 7, 8, 9, 10}; /* in the longs */
    const gsize longs_at = 34 + (gsize)parsers_octets_u16(file->word, 32) * 2 + 2;
    const gsize n_longs = parsers_octets_u16(file->word, longs_at - 2);
    guint64 end = 0;

    file->pairs_at = longs_at + n_longs * 4 + 2;
    file->n_pairs = parsers_octets_u16(file->word, file->pairs_at - 2);
    if (n_longs < 11 || file->n_pairs <= PARSERS_DOC_PIECES ||
        file->pairs_at + file->n_pairs * 8 > file->word.size)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "Word document: its FIB is cut short");
    for (guint i = 0; i < PARSERS_DOC_N_TEXTS; i++) {
        end += parsers_octets_u32(file->word, longs_at + lengths[i] * 4);
        if (end > limits->document_text_bytes)
            return parsers_throw(error, PARSERS_ERROR_LIMIT,
                                 "limit document_text_bytes was reached");
        file->ends[i] = (guint32)end;
    }
    return true;
}

static bool
find_part(const ParsersDocFile *file, guint part, ParsersOctets *out)
{
    const gsize at = file->pairs_at + (gsize)part * 8;

    if (part >= file->n_pairs || parsers_octets_u32(file->word, at + 4) == 0)
        return true;
    return parsers_octets_slice(file->table, parsers_octets_u32(file->word, at),
                                parsers_octets_u32(file->word, at + 4), out);
}

static bool
check_parts(const ParsersDocFile *file, GError **error)
{
    static const ParsersDocPart parts[] = {
        PARSERS_DOC_STYLES,          PARSERS_DOC_HEADER_STORIES,
        PARSERS_DOC_CHARACTER_PAGES, PARSERS_DOC_PARAGRAPH_PAGES,
        PARSERS_DOC_FONTS,           PARSERS_DOC_PIECES,
        PARSERS_DOC_SHAPES,          PARSERS_DOC_HEADER_SHAPES,
        PARSERS_DOC_BOX_STORIES,     PARSERS_DOC_HEADER_BOX_STORIES};
    ParsersOctets octets = {0};

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!find_part(file, parts[i], &octets))
            return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                                 "Word document: part %u lies outside of its stream", parts[i]);
    return true;
}

ParsersOctets
parsers_doc_file_part(const ParsersDocFile *file, ParsersDocPart part)
{
    ParsersOctets octets = {0};

    find_part(file, part, &octets);
    return octets;
}

ParsersOctets
parsers_doc_file_data(const ParsersDocFile *file, guint32 offset)
{
    ParsersOctets octets = {0};

    if (offset < file->data.size)
        parsers_octets_slice(file->data, offset, file->data.size - offset, &octets);
    return octets;
}

void
parsers_doc_file_text(const ParsersDocFile *file, ParsersDocText text, guint32 *out_start,
                      guint32 *out_end)
{
    *out_start = text == PARSERS_DOC_MAIN ? 0 : file->ends[text - 1];
    *out_end = file->ends[text];
}

/* ---- Pieces ---- */

static ParsersDocPiece
piece_at(const ParsersDocFile *file, guint32 i)
{
    const gsize at = ((gsize)file->n_pieces + 1) * 4 + (gsize)i * PIECE_BYTES;
    const guint32 fc = parsers_octets_u32(file->pieces, at + 2);
    ParsersDocPiece piece = {.start = parsers_octets_u32(file->pieces, (gsize)i * 4),
                             .end = parsers_octets_u32(file->pieces, (gsize)i * 4 + 4),
                             .fc = fc & 0x3FFFFFFF,
                             .wide = (fc & 0x40000000) == 0,
                             .prm = parsers_octets_u16(file->pieces, at + 6)};

    if (!piece.wide)
        piece.fc /= 2;
    return piece;
}

static bool
check_pieces(const ParsersDocFile *file)
{
    guint32 end = 0;

    for (guint32 i = 0; i < file->n_pieces; i++) {
        const ParsersDocPiece piece = piece_at(file, i);
        ParsersOctets text = {0};

        if (piece.start != end || piece.end < piece.start)
            return false;
        end = MIN(piece.end, file->ends[PARSERS_DOC_N_TEXTS - 1]);
        if (end > piece.start &&
            !parsers_octets_slice(file->word, piece.fc,
                                  (guint64)(end - piece.start) * (piece.wide ? 2 : 1), &text))
            return false;
        if (end != piece.end)
            return true; /* nobody reads what follows */
    }
    return end >= file->ends[PARSERS_DOC_N_TEXTS - 1];
}

/* Property lists that pieces refer to, then the pieces. */
static bool
read_pieces(ParsersDocFile *file, GError **error)
{
    const ParsersOctets clx = parsers_doc_file_part(file, PARSERS_DOC_PIECES);
    ParsersOctets prc = {0};
    gsize at = 0;

    while (parsers_octets_u8(clx, at) == 1) {
        if (!parsers_octets_slice(clx, at + 3, parsers_octets_u16(clx, at + 1), &prc))
            return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                                 "Word document: its piece table is cut short");
        if (file->prcs->len < PRCS_MAX)
            g_array_append_val(file->prcs, prc);
        at += 3 + prc.size;
    }
    if (parsers_octets_u8(clx, at) != 2 ||
        !parsers_octets_slice(clx, at + 5, parsers_octets_u32(clx, at + 1), &file->pieces) ||
        file->pieces.size < 4)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "Word document: its piece table is cut short");
    file->n_pieces = (guint32)((file->pieces.size - 4) / (4 + PIECE_BYTES));
    if (!check_pieces(file))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "Word document: its pieces do not fit its text");
    return true;
}

ParsersDocPiece
parsers_doc_file_piece(const ParsersDocFile *file, guint32 cp)
{
    guint32 low = 0;
    guint32 high = file->n_pieces;

    while (low + 1 < high) {
        const guint32 middle = low + (high - low) / 2;

        if (parsers_octets_u32(file->pieces, (gsize)middle * 4) <= cp)
            low = middle;
        else
            high = middle;
    }
    return piece_at(file, low);
}

guint32
parsers_doc_file_fc(const ParsersDocPiece *piece, guint32 cp)
{
    return piece->fc + (cp - piece->start) * (piece->wide ? 2 : 1);
}

guint
parsers_doc_file_char(const ParsersDocFile *file, const ParsersDocPiece *piece, guint32 cp)
{
    const guint32 fc = parsers_doc_file_fc(piece, cp);

    return piece->wide ? parsers_octets_u16(file->word, fc) : parsers_octets_u8(file->word, fc);
}

/* ---- Properties ---- */

/* Where fc belongs among n + 1 ascending numbers; n when it is outside. */
static guint32
find_interval(ParsersOctets numbers, guint32 n, guint32 fc)
{
    guint32 low = 0;
    guint32 high = n;

    if (n == 0 || fc < parsers_octets_u32(numbers, 0) ||
        fc >= parsers_octets_u32(numbers, (gsize)n * 4))
        return n;
    while (low + 1 < high) {
        const guint32 middle = low + (high - low) / 2;

        if (parsers_octets_u32(numbers, (gsize)middle * 4) <= fc)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void
read_character_run(ParsersOctets page, guint n, guint i, ParsersDocRun *run)
{
    const gsize at = 2 * (gsize)parsers_octets_u8(page, ((gsize)n + 1) * 4 + i);

    if (at != 0)
        parsers_octets_slice(page, at + 1, parsers_octets_u8(page, at), &run->sprms);
}

static void
read_paragraph_run(ParsersOctets page, guint n, guint i, ParsersDocRun *run)
{
    gsize at = 2 * (gsize)parsers_octets_u8(page, ((gsize)n + 1) * 4 + (gsize)i * 13);
    gsize length = parsers_octets_u8(page, at);

    if (at == 0)
        return;
    if (length == 0)
        length = 2 * (gsize)parsers_octets_u8(page, ++at);
    else
        length = 2 * length - 1;
    if (length < 2)
        return;
    run->style = parsers_octets_u16(page, at + 1);
    parsers_octets_slice(page, at + 3, length - 2, &run->sprms);
}

ParsersDocRun
parsers_doc_file_run(const ParsersDocFile *file, ParsersDocPart pages, guint32 fc)
{
    const bool paragraphs = pages == PARSERS_DOC_PARAGRAPH_PAGES;
    const ParsersOctets plc = paragraphs ? file->paragraph_pages : file->character_pages;
    const guint32 n_pages = plc.size < 4 ? 0 : (guint32)((plc.size - 4) / 8);
    const guint32 number = find_interval(plc, n_pages, fc);
    const guint32 page_number =
        parsers_octets_u32(plc, ((gsize)n_pages + 1 + number) * 4) & 0x3FFFFF;
    ParsersDocRun run = {.start = fc, .end = fc + 1};
    ParsersOctets page = {0};
    guint32 n = 0;
    guint32 i = 0;

    if (number >= n_pages ||
        !parsers_octets_slice(file->word, (guint64)page_number * PAGE_BYTES, PAGE_BYTES, &page))
        return run;
    n = MIN(parsers_octets_u8(page, PAGE_BYTES - 1), (guint32)PAGE_BYTES / 4 - 2);
    i = find_interval(page, n, fc);
    if (i >= n)
        return run;
    run.start = parsers_octets_u32(page, (gsize)i * 4);
    run.end = parsers_octets_u32(page, (gsize)i * 4 + 4);
    if (paragraphs)
        read_paragraph_run(page, n, i, &run);
    else
        read_character_run(page, n, i, &run);
    return run;
}

ParsersOctets
parsers_doc_file_prm(const ParsersDocFile *file, guint prm, guint8 storage[3])
{
    /* clang-format off */
    static const struct {
        guint8 number;
        guint16 sprm;
    } table[] = {
        { 0x18, 0x2416 }, { 0x19, 0x2417 }, /* in a table, end of a row */
        { 0x41, 0x0800 }, { 0x4D, 0x2A0C }, /* deleted, highlighted */
        { 0x55, 0x0835 }, { 0x57, 0x0837 }, { 0x5C, 0x083C }, /* bold, struck out, hidden */
        { 0x5E, 0x2A3E }, { 0x73, 0x2A53 }, /* underlined, struck out twice */
    };
    /* clang-format on */
    ParsersOctets octets = {0};

    if ((prm & 1) != 0)
        return prm >> 1 < file->prcs->len ? g_array_index(file->prcs, ParsersOctets, prm >> 1)
                                          : octets;
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].number != (prm >> 1 & 0x7F))
            continue;
        storage[0] = (guint8)(table[i].sprm & 0xFF);
        storage[1] = (guint8)(table[i].sprm >> 8);
        storage[2] = (guint8)(prm >> 8);
        octets.data = storage;
        octets.size = 3;
    }
    return octets;
}

/* ---- Fonts ---- */

static void
read_fonts(ParsersDocFile *file)
{
    const ParsersOctets part = parsers_doc_file_part(file, PARSERS_DOC_FONTS);
    const guint n = MIN(parsers_octets_u16(part, 0), (guint)FONTS_MAX);
    ParsersOctets record = {0};
    gsize at = 4;

    for (guint i = 0; i < n; i++) {
        g_autoptr(GString) name = g_string_new(NULL);
        const gsize length = parsers_octets_u8(part, at);

        if (!parsers_octets_slice(part, at + 1, length, &record))
            return;
        for (gsize c = FONT_NAME_AT; parsers_octets_u16(record, c) != 0; c += 2)
            parsers_octets_append_utf16(record, c, 1, name);
        g_ptr_array_add(file->fonts, g_strdup(name->str));
        at += 1 + length;
    }
}

const char *
parsers_doc_file_font(const ParsersDocFile *file, guint number)
{
    return number < file->fonts->len ? g_ptr_array_index(file->fonts, number) : NULL;
}

bool
parsers_doc_file_open(GBytes *bytes, const ParsersLimits *limits, ParsersDocFile **out_file,
                      GError **error)
{
    g_autoptr(ParsersCfb) cfb = NULL;
    g_autoptr(ParsersDocFile) file = NULL;

    if (!parsers_cfb_open(bytes, limits, &cfb, error))
        return false;
    file = g_new0(ParsersDocFile, 1);
    file->prcs = g_array_new(FALSE, FALSE, sizeof(ParsersOctets));
    file->fonts = g_ptr_array_new_with_free_func(g_free);
    if (!read_streams(file, cfb, error) || !read_fib(file, limits, error) ||
        !check_parts(file, error) || !read_pieces(file, error))
        return false;
    file->character_pages = parsers_doc_file_part(file, PARSERS_DOC_CHARACTER_PAGES);
    file->paragraph_pages = parsers_doc_file_part(file, PARSERS_DOC_PARAGRAPH_PAGES);
    read_fonts(file);
    *out_file = g_steal_pointer(&file);
    return true;
}
