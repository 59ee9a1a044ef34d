/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-text.c - characters of a Word binary file into paragraphs, tables and spans.
 *
 * Tracked changes are read as accepted; hidden text is left out.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.4.2 to 2.4.6
 */
#include "config.h"

#include "parsers/doc-text.h"

#include "parsers/doc-field.h"
#include "parsers/doc-styles.h"
#include "parsers/symbol.h"

enum {
    CHAR_PICTURE = 0x01,
    CHAR_CELL = 0x07,
    CHAR_SHAPE = 0x08,
    CHAR_LINE = 0x0B,
    CHAR_PAGE = 0x0C,
    CHAR_PARAGRAPH = 0x0D,
    CHAR_COLUMN = 0x0E,
    CHAR_FIELD_BEGIN = 0x13,
    CHAR_FIELD_SEPARATE = 0x14,
    CHAR_FIELD_END = 0x15,
    CHAR_HARD_HYPHEN = 0x1E,
    DEPTH_MAX = 16, /* tables inside one another */
};

typedef struct {
    ParsersDocSource *source;
    const ParsersDocStory *story;
    ParsersRtfFlow *flow;
    ParsersDocFields *fields;
    const ParsersDocStyle *style; /* of the open paragraph */
    ParsersDocCharacter look;     /* of the characters being read */
    GString *text;                /* not yet given away */
    guint flags;                  /* of that text */
    gunichar high;                /* first half of a surrogate pair, or 0 */
    ParsersRtfRow row;
    GError *error;
} Reader;

/* The lists that tell of one character or paragraph, the strongest last. */
typedef struct {
    ParsersOctets lists[3];
    guint8 storage[3];
} Lists;

static void
charge(Reader *reader, gsize work)
{
    gsize *left = &reader->source->work_left;

    *left -= MIN(*left, work);
    if (*left == 0)
        reader->source->budget.spent = true;
}

static void
charge_lists(Reader *reader, const Lists *lists)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lists->lists); i++)
        charge(reader, lists->lists[i].size + 8);
}

/* ---- Text ---- */

static void
flush(Reader *reader)
{
    const GString *text = reader->text;

    reader->high = 0;
    if (text->len == 0)
        return;
    if (!parsers_doc_field_take(reader->fields, text->str, text->len, reader->flags))
        parsers_rtf_flow_text(reader->flow, text->str, text->len, reader->flags);
    g_string_truncate(reader->text, 0);
}

static void
put_unichar(Reader *reader, gunichar c)
{
    if (reader->flags != reader->look.flags)
        flush(reader);
    reader->flags = reader->look.flags;
    g_string_append_unichar(reader->text, c);
}

static void
put_utf16(Reader *reader, guint c)
{
    if (c >= 0xD800 && c < 0xDC00) {
        reader->high = c;
        return;
    }
    if (c >= 0xDC00 && c < 0xE000)
        put_unichar(reader, reader->high == 0
                                ? 0xFFFD
                                : 0x10000 + ((reader->high - 0xD800) << 10) + (c - 0xDC00));
    else
        put_unichar(reader, c);
    reader->high = 0;
}

static gunichar
from_windows_1252(guint c)
{
    static const guint16 high[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

    return c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
}

static void
put_span(Reader *reader, ParsersSpanKind kind, guint flags)
{
    const ParsersSpan span = {.kind = kind, .flags = flags};

    flush(reader);
    if (!parsers_doc_field_take(reader->fields, "", 0, flags))
        parsers_rtf_flow_span(reader->flow, &span);
}

/* False when the character is no box. */
static bool
put_box(Reader *reader, const char *font, guint c)
{
    const ParsersSymbol symbol = parsers_symbol_look_up(font, c);

    if (symbol == PARSERS_SYMBOL_OTHER)
        return false;
    put_span(reader, PARSERS_SPAN_CHECKBOX,
             reader->look.flags | (symbol == PARSERS_SYMBOL_TICKED ? PARSERS_SPAN_CHECKED : 0));
    return true;
}

/* ---- Special characters ---- */

static void
put_symbol(Reader *reader)
{
    const char *font = parsers_doc_file_font(reader->source->file, reader->look.symbol_font);

    if (!put_box(reader, font, reader->look.symbol) && reader->look.symbol >= 0x20)
        put_utf16(reader, reader->look.symbol);
}

/* The box stands after the paragraph on which it hangs. */
static void
put_text_box(Reader *reader, guint32 cp)
{
    ParsersDocBoxes *boxes = reader->story->boxes;
    ParsersDocBox box = {0};
    ParsersDocStory story = {0};
    ParsersRtfFlow *inner = NULL;

    if (boxes == NULL || reader->error != NULL ||
        !parsers_doc_box_take(boxes, cp - reader->story->origin, &box))
        return;
    flush(reader);
    story.start = box.start;
    story.end = box.end;
    inner = parsers_rtf_flow_new(NULL, &reader->source->budget);
    parsers_doc_text_read(reader->source, &story, inner, &reader->error);
    parsers_rtf_flow_attach(reader->flow, inner);
    parsers_rtf_flow_free(inner);
}

static bool
is_visible(const Reader *reader)
{
    return !reader->look.hidden && !reader->look.deleted;
}

static void
put_picture(Reader *reader)
{
    if (!reader->look.is_data) {
        if (is_visible(reader))
            put_span(reader, PARSERS_SPAN_IMAGE, 0);
        return;
    }
    flush(reader);
    parsers_doc_field_describe(reader->fields,
                               parsers_doc_file_data(reader->source->file, reader->look.picture));
}

/* The parts of a field count even where they are hidden.  False when c is no such part. */
static bool
put_field_char(Reader *reader, guint c)
{
    if (c < CHAR_FIELD_BEGIN || c > CHAR_FIELD_END)
        return false;
    flush(reader);
    if (c == CHAR_FIELD_BEGIN)
        parsers_doc_field_begin(reader->fields, is_visible(reader));
    else if (c == CHAR_FIELD_SEPARATE)
        parsers_doc_field_separate(reader->fields);
    else
        parsers_doc_field_end(reader->fields);
    return true;
}

/* Below the space only few characters are text. */
static void
put_control(Reader *reader, guint c)
{
    if (c == '\t')
        put_unichar(reader, '\t');
    else if (c == CHAR_LINE || c == CHAR_COLUMN)
        put_unichar(reader, '\n');
    else if (c == CHAR_HARD_HYPHEN)
        put_unichar(reader, '-');
}

/* ---- Stretches of equal properties ---- */

static void
put_char(Reader *reader, guint c, bool wide, guint32 cp)
{
    const ParsersDocCharacter *look = &reader->look;
    const char *font = NULL;

    if (put_field_char(reader, c))
        return;
    if (c == CHAR_PICTURE && look->has_picture) {
        put_picture(reader);
        return;
    }
    if (!is_visible(reader))
        return;
    if (look->has_symbol) {
        put_symbol(reader);
    } else if (c == CHAR_SHAPE && look->special) {
        put_text_box(reader, cp);
    } else if (c < 0x20) {
        put_control(reader, c);
    } else {
        font = look->has_font ? parsers_doc_file_font(reader->source->file, look->font) : NULL;
        if (put_box(reader, font, c))
            return;
        put_utf16(reader, wide ? c : from_windows_1252(c));
    }
}

static void
learn_look(Reader *reader, const ParsersDocPiece *piece, const ParsersDocRun *run)
{
    const ParsersDocSource *source = reader->source;
    ParsersDocCharacter base = reader->style->character;
    Lists lists = {.lists = {run->sprms}};

    lists.lists[1] = parsers_doc_file_prm(source->file, piece->prm, lists.storage);
    charge_lists(reader, &lists);
    base.has_style = false;
    reader->look = base;
    parsers_doc_sprm_character(run->sprms, &base, &reader->look);
    if (reader->look.has_style) {
        parsers_doc_styles_lay(source->styles, reader->look.style, &base);
        reader->look = base;
        parsers_doc_sprm_character(run->sprms, &base, &reader->look);
    }
    parsers_doc_sprm_character(lists.lists[1], &base, &reader->look);
}

/* Read characters up to the next change of properties; the CP behind them. */
static guint32
read_stretch(Reader *reader, guint32 cp, guint32 end)
{
    const ParsersDocFile *file = reader->source->file;
    const ParsersDocPiece piece = parsers_doc_file_piece(file, cp);
    const guint32 fc = parsers_doc_file_fc(&piece, cp);
    const ParsersDocRun run = parsers_doc_file_run(file, PARSERS_DOC_CHARACTER_PAGES, fc);
    const guint32 width = piece.wide ? 2 : 1;
    const guint32 n = MAX((run.end - fc) / width, 1u);

    learn_look(reader, &piece, &run);
    end = MIN(end, piece.end);
    if (n < end - cp)
        end = cp + n;
    charge(reader, end - cp);
    for (; cp < end; cp++)
        put_char(reader, parsers_doc_file_char(file, &piece, cp), piece.wide, cp);
    return end;
}

/* ---- Paragraphs ---- */

static bool
is_mark(guint c)
{
    return c == CHAR_PARAGRAPH || c == CHAR_CELL || c == CHAR_PAGE;
}

/* The CP of the mark that ends the paragraph; the end of the story when it has none. */
static guint32
find_mark(Reader *reader, guint32 cp)
{
    const ParsersDocFile *file = reader->source->file;

    while (cp < reader->story->end && !reader->source->budget.spent) {
        const ParsersDocPiece piece = parsers_doc_file_piece(file, cp);
        const guint32 start = cp;
        const guint32 end = MIN(piece.end, reader->story->end);

        while (cp < end && !is_mark(parsers_doc_file_char(file, &piece, cp)))
            cp++;
        charge(reader, cp - start + 1);
        if (cp < end)
            break;
    }
    return cp;
}

/* What the mark tells of its paragraph. */
static ParsersDocParagraph
learn_paragraph(Reader *reader, guint32 mark)
{
    const ParsersDocSource *source = reader->source;
    const ParsersDocPiece piece = parsers_doc_file_piece(source->file, mark);
    const ParsersDocRun run = parsers_doc_file_run(source->file, PARSERS_DOC_PARAGRAPH_PAGES,
                                                   parsers_doc_file_fc(&piece, mark));
    ParsersDocParagraph paragraph = {0};
    Lists lists = {.lists = {run.sprms}};

    lists.lists[1] = parsers_doc_sprm_elsewhere(source->file, run.sprms);
    lists.lists[2] = parsers_doc_file_prm(source->file, piece.prm, lists.storage);
    charge_lists(reader, &lists);
    reader->style = parsers_doc_styles_find(source->styles, run.style);
    paragraph = reader->style->paragraph;
    for (gsize i = 0; i < G_N_ELEMENTS(lists.lists); i++)
        parsers_doc_sprm_paragraph(lists.lists[i], &paragraph);
    g_array_set_size(reader->row.edges, 0);
    reader->row.left = 0;
    reader->row.header = false;
    if (paragraph.ends_row || paragraph.ends_inner_row)
        for (gsize i = 0; i < G_N_ELEMENTS(lists.lists); i++)
            parsers_doc_sprm_row(lists.lists[i], &reader->row);
    return paragraph;
}

static void
end_paragraph(Reader *reader, const ParsersDocParagraph *paragraph, guint mark)
{
    const guint depth = (guint)CLAMP(paragraph->depth, 1, DEPTH_MAX);
    const guint level = paragraph->in_table ? depth : 0;
    const bool ends_row =
        level > 0 && (mark == CHAR_CELL ? paragraph->ends_row : paragraph->ends_inner_row);
    const bool ends_cell =
        level > 0 && !ends_row && (mark == CHAR_CELL || paragraph->ends_inner_cell);

    flush(reader);
    parsers_doc_field_flush(reader->fields);
    if (mark == CHAR_PAGE && !parsers_rtf_flow_is_open(reader->flow))
        return;
    if (!ends_row || parsers_rtf_flow_is_open(reader->flow))
        parsers_rtf_flow_end_paragraph(reader->flow, level, paragraph->heading,
                                       paragraph->list_item);
    if (ends_cell)
        parsers_rtf_flow_end_cell(reader->flow, level);
    else if (ends_row)
        parsers_rtf_flow_end_row(reader->flow, level, &reader->row);
}

static void
read_paragraphs(Reader *reader)
{
    const ParsersDocFile *file = reader->source->file;
    guint32 cp = reader->story->start;

    while (cp < reader->story->end && !reader->source->budget.spent && reader->error == NULL) {
        const guint32 mark = find_mark(reader, cp);
        const guint32 last = MIN(mark, reader->story->end - 1);
        const ParsersDocParagraph paragraph = learn_paragraph(reader, last);
        const ParsersDocPiece piece = parsers_doc_file_piece(file, last);

        while (cp < mark && !reader->source->budget.spent)
            cp = read_stretch(reader, cp, mark);
        end_paragraph(reader, &paragraph, parsers_doc_file_char(file, &piece, last));
        cp = mark + 1;
    }
}

static bool
check(const Reader *reader, GError **error)
{
    if (reader->source->budget.spent)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit document_text_bytes was reached");
    if (parsers_doc_field_is_open(reader->fields))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "Word document: a field has no end");
    return true;
}

bool
parsers_doc_text_read(ParsersDocSource *source, const ParsersDocStory *story, ParsersRtfFlow *flow,
                      GError **error)
{
    g_autoptr(ParsersDocFields) fields = parsers_doc_field_new(flow, source->limits);
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(ParsersRtfEdge));
    Reader reader = {.source = source,
                     .story = story,
                     .flow = flow,
                     .fields = fields,
                     .text = g_string_new(NULL),
                     .row = {.edges = edges}};

    read_paragraphs(&reader);
    g_string_free(reader.text, TRUE);
    parsers_rtf_flow_finish(flow);
    if (reader.error != NULL) {
        g_propagate_error(error, reader.error);
        return false;
    }
    return check(&reader, error);
}
