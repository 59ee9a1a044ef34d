/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-source.cc - an open PDF, and what its pages say and paint, taken in one pass.
 *
 * Written in C++, as are pdf-recorder.cc, pdf-fields.cc and pdf-tree.cc: poppler has no other
 * interface in which a page, or a field, need be read only once.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 7
 */
#include "config.h"

#include "parsers/pdf-fields.hh"
#include "parsers/pdf-recorder.hh"

#include <Catalog.h>
#include <Gfx.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace
{

void
ignore_error(ErrorCategory, Goffset, const char *)
{
}

bool
is_right_to_left(Unicode character)
{
    return (character >= 0x590 && character < 0x900) ||
           (character >= 0xfb1d && character < 0xfe00) ||
           (character >= 0xfe70 && character < 0xff00);
}

/* A font's name without the letters that mark a part of it. */
const char *
plain_name(const GooString *name)
{
    const char *text = name == nullptr ? "" : name->c_str();
    size_t capitals = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    return capitals > 0 && text[capitals] == '+' ? text + capitals + 1 : text;
}

/* Where characters go, and the font that the last one had. */
struct Reader {
    ParsersPdfText *text;
    const GooString *font;
    guint16 flags;
    bool italic;
};

void
add_character(Reader *reader, gunichar character)
{
    ParsersPdfGlyph glyph = {};

    glyph.character = character;
    parsers_pdf_text_add(reader->text, &glyph);
}

void
set_font(Reader *reader, const GooString *font, ParsersPdfGlyph *glyph)
{
    if (font == nullptr || font != reader->font)
        reader->flags = parsers_pdf_text_font(plain_name(font), &reader->italic);
    reader->font = font;
    glyph->flags = reader->flags;
    glyph->italic = reader->italic;
}

/* Poppler keeps letters from left to right, and words are read from their first letter on. */
void
add_word(Reader *reader, const TextWordSelection *part)
{
    const TextWord *word = part->getWord();
    ParsersPdfGlyph glyph = {};
    int first = part->getBegin();
    int last = part->getEnd() - 1;
    bool is_reversed = first <= last && is_right_to_left(*word->getChar(first));

    glyph.size = word->getFontSize();
    for (int i = first; i <= last; i++) {
        double *box = glyph.box;

        set_font(reader, word->getFontName(i), &glyph);
        glyph.character = *word->getChar(is_reversed ? first + last - i : i);
        word->getCharBBox(i, &box[0], &box[1], &box[2], &box[3]);
        if (box[0] > box[2])
            std::swap(box[0], box[2]);
        if (box[1] > box[3])
            std::swap(box[1], box[3]);
        parsers_pdf_text_add(reader->text, &glyph);
    }
}

void
add_line(Reader *reader, const std::vector<TextWordSelection *> &words)
{
    for (size_t i = 0; i < words.size(); i++) {
        add_word(reader, words[i]);
        if (words[i]->getWord()->hasSpaceAfter() && i + 1 < words.size())
            add_character(reader, ' ');
    }
    add_character(reader, '\n');
}

void
take_text(TextPage *page, const ParsersPdfSheet *sheet, ParsersPdfText *text)
{
    PDFRectangle whole(0, 0, sheet->width, sheet->height);
    Reader reader = {text, nullptr, 0, false};
    int n_lines = 0;
    std::vector<TextWordSelection *> **lines =
        page->getSelectionWords(&whole, selectionStyleGlyph, &n_lines);

    for (int i = 0; i < n_lines; i++) {
        add_line(&reader, *lines[i]);
        for (TextWordSelection *word : *lines[i])
            delete word;
        delete lines[i];
    }
    gfree(lines);
}

} /* namespace */

/* ---- The file ---- */

struct ParsersPdfSource {
    ParsersPdfSource(GBytes *file, const ParsersLimits *most)
        : bytes(g_bytes_ref(file)), limits(most), globals(ignore_error),
          document(new MemStream(static_cast<const char *>(g_bytes_get_data(file, nullptr)), 0,
                                 (Goffset)g_bytes_get_size(file), Object(objNull)))
    {
    }
    ~ParsersPdfSource()
    {
        g_bytes_unref(bytes);
    }

    GBytes *bytes;
    const ParsersLimits *limits;
    GlobalParamsIniter globals;
    PDFDoc document;
    std::unique_ptr<ParsersPdfTree> fields; /* once they were asked for */
    bool sees_pictures = true;
};

/* To say how a JPEG 2000 picture is made up, poppler decodes all of it. */
static bool
has_jpeg2000(GBytes *bytes)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(bytes, &size);

    return memmem(data, size, "JPXDecode", 9) != nullptr;
}

ParsersPdfSource *
parsers_pdf_source_open(GBytes *bytes, const ParsersLimits *limits, GError **error)
{
    std::unique_ptr<ParsersPdfSource> source = std::make_unique<ParsersPdfSource>(bytes, limits);

    if (source->document.isOk() && source->document.getCatalog()->isOk()) {
        source->sees_pictures = !has_jpeg2000(bytes);
        return source.release();
    }
    if (source->document.getErrorCode() == errEncrypted)
        parsers_throw(error, PARSERS_ERROR_ENCRYPTED, "PDF with a password");
    else
        parsers_throw(error, PARSERS_ERROR_DAMAGED, "PDF cannot be opened");
    return nullptr;
}

void
parsers_pdf_source_free(ParsersPdfSource *source)
{
    delete source;
}

guint
parsers_pdf_source_pages(const ParsersPdfSource *source)
{
    PDFDoc *document = const_cast<PDFDoc *>(&source->document);

    return (guint)MAX(document->getNumPages(), 0);
}

bool
parsers_pdf_source_has_form(const ParsersPdfSource *source)
{
    return source->document.getCatalog()->getFormType() != Catalog::NoForm;
}

bool
parsers_pdf_source_has_xfa(const ParsersPdfSource *source)
{
    return source->document.getCatalog()->getFormType() == Catalog::XfaForm;
}

bool
parsers_pdf_source_read(ParsersPdfSource *source, guint page, ParsersPdfText *text,
                        ParsersPdfSheet *out_sheet)
{
    Page *from = source->document.getPage((int)page + 1);
    ParsersPdfSheet sheet = {};
    bool is_turned = false;

    if (from == nullptr)
        return false;
    is_turned = from->getRotate() == 90 || from->getRotate() == 270;
    sheet.width = is_turned ? from->getCropHeight() : from->getCropWidth();
    sheet.height = is_turned ? from->getCropWidth() : from->getCropHeight();
    sheet.paints = g_array_new(FALSE, FALSE, sizeof(ParsersPdfPaint));

    ParsersPdfRecording recording = {&sheet, source->limits, source->sees_pictures, 0, 0};
    std::unique_ptr<TextOutputDev> recorder(parsers_pdf_recorder_new(&recording));
    std::unique_ptr<Gfx> gfx(from->createGfx(recorder.get(), 72, 72, 0, false, true, -1, -1, -1, -1,
                                             false, parsers_pdf_recorder_is_over, &recording));
    from->display(gfx.get());
    recorder->endPage();
    TextPage *read = recorder->takeText();
    take_text(read, &sheet, text);
    read->decRefCnt();
    *out_sheet = sheet;
    return true;
}

GArray *
parsers_pdf_source_fields(ParsersPdfSource *source, guint page)
{
    Page *from = source->document.getPage((int)page + 1);

    if (source->fields == nullptr)
        source->fields =
            std::make_unique<ParsersPdfTree>(&source->document, source->limits->pdf_fields);
    if (from == nullptr)
        return g_array_new(FALSE, FALSE, sizeof(ParsersPdfField));
    return parsers_pdf_fields_read(source->fields.get(), from);
}
