/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-text.c - the characters of one PDF page and where each stands.
 *
 * They come one by one, in reading order, as poppler puts them together.
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

guint16
parsers_pdf_text_font(const char *font, bool *out_italic)
{
    static const char *const bold_fonts[] = {"bold", "black", "heavy", "demi", NULL};
    static const char *const italic_fonts[] = {"italic", "oblique", NULL};

    *out_italic = is_named(font, italic_fonts);
    return is_named(font, bold_fonts) ? PARSERS_SPAN_BOLD : 0;
}

static bool
is_finite_box(const double box[4])
{
    return box[0] > -1e5 && box[2] < 1e5 && box[1] > -1e5 && box[3] < 1e5;
}

void
parsers_pdf_text_add(ParsersPdfText *text, const ParsersPdfGlyph *glyph)
{
    ParsersPdfGlyph added = *glyph;

    if (glyph->character <= ' ' || glyph->character >= 0x7f) {
        added.character = plain_character(glyph->character);
        if (g_unichar_isspace(added.character) || is_invisible(added.character)) {
            text->space = text->space || g_unichar_isspace(added.character);
            return;
        }
    }
    if (!is_finite_box(added.box))
        return;
    if (text->glyphs->len >= text->most) {
        text->is_full = true;
        return;
    }
    added.size = CLAMP(added.size, 1.0, 200.0);
    added.space_before = text->space || text->glyphs->len == 0;
    text->space = false;
    append_glyph(text->glyphs, &added);
}
