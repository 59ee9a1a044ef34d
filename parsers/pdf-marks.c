/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-marks.c - words on a PDF page that are struck, underlined or highlighted.
 *
 * A word is struck when a line goes through it from end to end, and underlined when a line
 * below it ends where the words end.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-marks.h"

#include <math.h>

enum {
    COLOUR_MIN = 60,    /* distance of colours from which a ground counts as coloured */
    COLOUR_LIGHT = 130, /* grey level from which a coloured place is ground and not ink */
};

#define SHORTEST 4.0 /* points of a line */
#define INSET 0.75   /* points that a line may be shorter than its word on each side */

typedef struct {
    const ParsersPdfCanvas *canvas;
    const GArray *lines; /* ParsersPdfRule by position */
    GArray *glyphs;
} Marker;

/* Characters first to last - 1, without white space between. */
typedef struct {
    guint first;
    guint last;
    double box[4];
} Word;

static bool
next_word(const GArray *glyphs, guint from, Word *word)
{
    const ParsersPdfGlyph *first = NULL;

    if (from >= glyphs->len)
        return false;
    first = &g_array_index(glyphs, ParsersPdfGlyph, from);
    *word = (Word){.first = from, .last = from + 1};
    for (int i = 0; i < 4; i++)
        word->box[i] = first->box[i];
    for (; word->last < glyphs->len; word->last++) {
        const ParsersPdfGlyph *glyph = &g_array_index(glyphs, ParsersPdfGlyph, word->last);

        if (glyph->space_before || fabs(glyph->box[3] - first->box[3]) > 2 ||
            glyph->box[0] < word->box[2] - 2 || glyph->box[0] > word->box[2] + 3)
            break;
        word->box[2] = MAX(word->box[2], glyph->box[2]);
    }
    return true;
}

/* The bar of a lone digit can be as wide as the digit. */
static bool
can_be_marked(const GArray *glyphs, const Word *word)
{
    if (word->last - word->first == 1)
        return g_unichar_isalpha(g_array_index(glyphs, ParsersPdfGlyph, word->first).character);
    for (guint i = word->first; i < word->last; i++)
        if (g_unichar_isalnum(g_array_index(glyphs, ParsersPdfGlyph, i).character))
            return true;
    return false;
}

/* The first line from the position on, or the number of lines. */
static guint
first_line(const GArray *lines, double position)
{
    guint low = 0;
    guint high = lines->len;

    while (low < high) {
        guint middle = (low + high) / 2;

        if (g_array_index(lines, ParsersPdfRule, middle).position < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A line from left to right between two heights, or NULL. */
static const ParsersPdfRule *
find_line(const Marker *marker, const double window[4])
{
    if (window[2] - window[0] < SHORTEST)
        return NULL;
    for (guint i = first_line(marker->lines, window[1]); i < marker->lines->len; i++) {
        const ParsersPdfRule *line = &g_array_index(marker->lines, ParsersPdfRule, i);

        if (line->position > window[3])
            break;
        if (line->start <= window[0] && line->end >= window[2])
            return line;
    }
    return NULL;
}

/* A line along a word within a share of the word's height. */
static const ParsersPdfRule *
line_at(const Marker *marker, const double box[4], double from, double to)
{
    double height = box[3] - box[1];
    double window[4] = {box[0] + INSET, box[1] + from * height, box[2] - INSET,
                        box[1] + to * height};

    return find_line(marker, window);
}

static void
add_flag(GArray *glyphs, const Word *word, guint flag)
{
    for (guint i = word->first; i < word->last; i++)
        g_array_index(glyphs, ParsersPdfGlyph, i).flags |= (guint16)flag;
}

/* A line that goes on past the words above it is there to be written on, or part of a table. */
static bool
ends_with_words(const Marker *marker, const Word *word, const ParsersPdfRule *line)
{
    double left = word->box[0];
    double right = word->box[2];

    for (guint i = word->first; i > 0; i--) {
        const ParsersPdfGlyph *glyph = &g_array_index(marker->glyphs, ParsersPdfGlyph, i - 1);

        if (fabs(glyph->box[3] - word->box[3]) > 2 || left - glyph->box[2] > 6)
            break;
        left = glyph->box[0];
    }
    for (guint i = word->last; i < marker->glyphs->len; i++) {
        const ParsersPdfGlyph *glyph = &g_array_index(marker->glyphs, ParsersPdfGlyph, i);

        if (fabs(glyph->box[3] - word->box[3]) > 2 || glyph->box[0] - right > 6)
            break;
        right = glyph->box[2];
    }
    return line->start > left - 6 && line->end < right + 7;
}

static bool
is_coloured(const Marker *marker, double x, double y)
{
    ParsersPdfTone tone = parsers_pdf_canvas_tone(marker->canvas, x, y);

    return tone.colour >= COLOUR_MIN && tone.grey >= COLOUR_LIGHT;
}

/* Coloured behind the word, but not far around it: that would be a shaded cell. */
static bool
is_highlighted(const Marker *marker, const double box[4])
{
    double height = box[3] - box[1];
    double middle = (box[0] + box[2]) / 2;

    if (!is_coloured(marker, middle, box[1] + height / 2))
        return false;
    return !is_coloured(marker, middle, box[1] - 0.5 * height) ||
           !is_coloured(marker, middle, box[3] + 0.5 * height) ||
           !is_coloured(marker, box[0] - 12, box[1] + height / 2) ||
           !is_coloured(marker, box[2] + 12, box[1] + height / 2);
}

static bool
has_colours(const GArray *paints)
{
    for (guint i = 0; i < paints->len; i++)
        if (g_array_index(paints, ParsersPdfPaint, i).colour >= COLOUR_MIN)
            return true;
    return false;
}

void
parsers_pdf_marks_find(const ParsersPdfCanvas *canvas, GArray *glyphs)
{
    const GArray *paints = parsers_pdf_canvas_paints(canvas);
    g_autoptr(GArray) lines = parsers_pdf_paint_lines(paints);
    Marker marker = {.canvas = canvas, .lines = lines, .glyphs = glyphs};
    bool in_colours = has_colours(paints);
    Word word = {0};

    if (lines->len == 0 && !in_colours)
        return;
    for (guint at = 0; next_word(glyphs, at, &word); at = word.last) {
        const ParsersPdfRule *under = NULL;

        if (!can_be_marked(glyphs, &word))
            continue;
        if (line_at(&marker, word.box, 0.36, 0.74) != NULL)
            add_flag(glyphs, &word, PARSERS_SPAN_STRIKE);
        under = line_at(&marker, word.box, 0.8, 1.08);
        if (under != NULL && ends_with_words(&marker, &word, under))
            add_flag(glyphs, &word, PARSERS_SPAN_UNDERLINE);
        if (in_colours && is_highlighted(&marker, word.box))
            add_flag(glyphs, &word, PARSERS_SPAN_HIGHLIGHT);
    }
}
