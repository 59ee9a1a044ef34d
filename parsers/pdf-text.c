/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-text.c - the characters of one PDF page and where each stands.
 *
 * Poppler gives text, boxes and fonts as three lists with the same index.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-text.h"

#include <string.h>

/* Symbols that fonts made for Word hold in the private area, as everybody sees them. */
static const struct {
    gunichar from;
    gunichar to;
} symbols[] = {
    /* clang-format off */
    { 0xf06f, 0x2610 }, { 0xf071, 0x2610 }, { 0xf0a3, 0x2610 }, { 0xf0a8, 0x2610 },
    { 0xf0fe, 0x2611 }, { 0xf052, 0x2611 }, { 0xf0fd, 0x2612 }, { 0xf054, 0x2612 },
    { 0xf0fc, 0x2713 }, { 0xf0fb, 0x2717 }, { 0xf0b7, 0x2022 }, { 0xf0a7, 0x2022 },
    { 0xf0d8, 0x2022 }, { 0x00a0, ' '    }, { 0x2007, ' '    }, { 0x202f, ' '    },
    /* clang-format on */
};

static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"}; /* U+FB00 on */

bool
parsers_pdf_text_is_bullet(gunichar character)
{
    return character == 0x2022 || character == 0x25cf || character == 0x25e6 ||
           character == 0x25aa || character == 0x25a0 || character == 0x2023 ||
           character == 0x2043 || character == 0x00b7 || character == 0x27a2;
}

static gunichar
plain_character(gunichar character)
{
    for (guint i = 0; i < G_N_ELEMENTS(symbols); i++)
        if (symbols[i].from == character)
            return symbols[i].to;
    return character;
}

static bool
is_invisible(gunichar character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
           (character >= 0x200b && character <= 0x200f) ||
           (character >= 0x202a && character <= 0x202e) || character == 0xfeff;
}

static bool
is_embedding(gunichar character)
{
    return character >= 0x202a && character <= 0x202e;
}

static void
append_glyph(GArray *glyphs, const ParsersPdfGlyph *glyph)
{
    ParsersPdfGlyph part = *glyph;
    const char *letters = NULL;
    double step = 0;

    if (glyph->character < 0xfb00 || glyph->character > 0xfb06) {
        g_array_append_val(glyphs, part);
        return;
    }
    letters = ligatures[glyph->character - 0xfb00];
    step = (glyph->box[2] - glyph->box[0]) / (double)strlen(letters);
    for (guint i = 0; letters[i] != '\0'; i++) {
        part.character = (guchar)letters[i];
        part.box[0] = glyph->box[0] + step * i;
        part.box[2] = part.box[0] + step;
        part.space_before = i == 0 && glyph->space_before;
        g_array_append_val(glyphs, part);
    }
}

static bool
is_named(const char *font, const char *const *styles)
{
    g_autofree char *lower = font == NULL ? NULL : g_ascii_strdown(font, -1);

    for (; lower != NULL && *styles != NULL; styles++)
        if (strstr(lower, *styles) != NULL)
            return true;
    return false;
}

/* Sizes and flags from runs of one font, onto every rectangle's index. */
typedef struct {
    const GList *next;
    int end;
    double size;
    bool bold;
    bool italic;
} Runs;

static const char *const bold_fonts[] = {"bold", "black", "heavy", "demi", NULL};
static const char *const italic_fonts[] = {"italic", "oblique", NULL};

static void
advance_runs(Runs *runs, int index)
{
    while (runs->next != NULL && index > runs->end) {
        const PopplerTextAttributes *attributes = runs->next->data;

        runs->next = runs->next->next;
        runs->end = attributes->end_index;
        runs->size = attributes->font_size;
        runs->bold = is_named(attributes->font_name, bold_fonts);
        runs->italic = is_named(attributes->font_name, italic_fonts);
    }
}

static bool
is_finite_box(const PopplerRectangle *area)
{
    return area->x1 > -1e5 && area->x2 < 1e5 && area->y1 > -1e5 && area->y2 < 1e5;
}

/* A page's text as poppler gives it: characters, and a rectangle for each but the marks. */
typedef struct {
    const char *text;
    const PopplerRectangle *areas;
    guint n_areas;
} Layout;

static bool
append_text(GArray *glyphs, const Layout *layout, Runs *runs, guint most)
{
    bool has_marks = (guint)g_utf8_strlen(layout->text, -1) != layout->n_areas;
    bool space = true;
    guint index = 0;

    for (const char *p = layout->text; *p != '\0' && index < layout->n_areas;
         p = g_utf8_next_char(p)) {
        ParsersPdfGlyph glyph = {.character = plain_character(g_utf8_get_char(p))};
        const PopplerRectangle *area = &layout->areas[index];

        /* Marks of direction stand in the text without a rectangle. */
        if (has_marks && is_embedding(glyph.character))
            continue;
        advance_runs(runs, (int)index++);
        if (g_unichar_isspace(glyph.character) || is_invisible(glyph.character)) {
            space = space || g_unichar_isspace(glyph.character);
            continue;
        }
        if (!is_finite_box(area))
            continue;
        if (glyphs->len >= most)
            return false;
        glyph.box[0] = MIN(area->x1, area->x2);
        glyph.box[1] = MIN(area->y1, area->y2);
        glyph.box[2] = MAX(area->x1, area->x2);
        glyph.box[3] = MAX(area->y1, area->y2);
        glyph.size = CLAMP(runs->size, 1.0, 200.0);
        glyph.flags = runs->bold ? PARSERS_SPAN_BOLD : 0;
        glyph.italic = runs->italic;
        glyph.space_before = space;
        space = false;
        append_glyph(glyphs, &glyph);
    }
    return true;
}

bool
parsers_pdf_text_read(PopplerPage *page, GArray *glyphs, guint most)
{
    g_autofree char *text = poppler_page_get_text(page);
    g_autofree PopplerRectangle *areas = NULL;
    guint n_areas = 0;
    GList *attributes = NULL;
    Runs runs = {.end = -1, .size = 10};
    Layout layout;
    bool fits = true;

    if (text == NULL || !poppler_page_get_text_layout(page, &areas, &n_areas))
        return true;
    layout = (Layout){text, areas, n_areas};
    attributes = poppler_page_get_text_attributes(page);
    runs.next = attributes;
    fits = append_text(glyphs, &layout, &runs, most);
    poppler_page_free_text_attributes(attributes);
    return fits;
}
