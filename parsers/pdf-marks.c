/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-marks.c - words on a PDF page that are struck, underlined or highlighted.
 *
 * A word is struck when one row of pixels through it is dark from end to end: letters
 * leave gaps between them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-marks.h"

#include <math.h>

enum {
    DARK_STEP = 40,     /* grey levels between a line and its ground */
    MEET_STEP = 20,     /* grey levels between a line and what is above and below it */
    SHORTEST = 4,       /* pixels of a line */
    COLOUR_MIN = 60,    /* distance of colours from which a ground counts as coloured */
    COLOUR_LIGHT = 130, /* grey level from which a coloured pixel is ground and not ink */
    CONFIRM_SCALE = 3,  /* pixels in a point when a strike is looked at again */
};

typedef struct {
    const ParsersPdfPicture *picture;
    double scale;
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

static bool
is_row_dark(const Marker *marker, double left, double right, int y, guint ground)
{
    int first = (int)ceil(left * marker->scale);
    int last = (int)floor(right * marker->scale) - 1;

    if (last <= first)
        return false;
    for (int x = first; x <= last; x++)
        if (parsers_pdf_rules_grey(marker->picture, x, y) + DARK_STEP > ground)
            return false;
    return true;
}

static guint
ground_of(const Marker *marker, const double box[4])
{
    int y = (int)((box[1] + box[3]) / 2 * marker->scale);
    guint ground = 0;

    for (int x = (int)(box[0] * marker->scale) - 3; x <= (int)(box[2] * marker->scale) + 3; x++) {
        ground = MAX(ground, parsers_pdf_rules_grey(marker->picture, x, y));
        ground =
            MAX(ground, parsers_pdf_rules_grey(marker->picture, x, (int)(box[1] * marker->scale)));
    }
    return ground;
}

/* The first row within a share of the word's height that is dark from end to end, or -1. */
static int
dark_row(const Marker *marker, const double box[4], double from, double to)
{
    double height = box[3] - box[1];
    double inset = 0.5 / marker->scale / marker->scale; /* hardly any in the larger picture */
    guint ground = ground_of(marker, box);
    int last = (int)floor((box[1] + to * height) * marker->scale);

    if ((box[2] - box[0]) * marker->scale < SHORTEST)
        return -1;
    for (int y = (int)((box[1] + from * height) * marker->scale); y <= last; y++)
        if (is_row_dark(marker, box[0] + inset, box[2] - inset, y, ground))
            return y;
    return -1;
}

static int
darkness(const Marker *marker, double x, int y)
{
    int column = (int)floor(x * marker->scale);

    return 255 - (int)parsers_pdf_rules_grey(marker->picture, column, y);
}

/* Where two letters meet, a line through them is darker than what is above and below it. */
static bool
stands_out(const Marker *marker, const Word *word, int y)
{
    for (guint i = word->first; i <= word->last; i++) {
        const ParsersPdfGlyph *glyph =
            &g_array_index(marker->glyphs, ParsersPdfGlyph, MIN(i, word->last - 1));
        double x = i == word->last ? glyph->box[2] - 0.6 : glyph->box[0] + 0.1;

        if (darkness(marker, x, y) < darkness(marker, x, y - 2) + MEET_STEP ||
            darkness(marker, x, y) < darkness(marker, x, y + 3) + MEET_STEP)
            return false;
    }
    return true;
}

static void
add_flag(GArray *glyphs, const Word *word, guint flag)
{
    for (guint i = word->first; i < word->last; i++)
        g_array_index(glyphs, ParsersPdfGlyph, i).flags |= (guint16)flag;
}

/* A line that goes on past the words above it is there to be written on, or part of a table. */
static bool
ends_with_words(const Marker *marker, const Word *word, int y)
{
    guint ground = ground_of(marker, word->box);
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
    return !is_row_dark(marker, left - 6, left - 1, y, ground) &&
           !is_row_dark(marker, right + 2, right + 7, y, ground);
}

static bool
is_coloured(const Marker *marker, double x, double y)
{
    int column = (int)(x * marker->scale);
    int row = (int)(y * marker->scale);

    return parsers_pdf_rules_colour(marker->picture, column, row) >= COLOUR_MIN &&
           parsers_pdf_rules_grey(marker->picture, column, row) >= COLOUR_LIGHT;
}

/* Coloured behind the word, but not far around it: that would be a shaded cell. */
static bool
is_highlighted(const Marker *marker, const double box[4])
{
    double height = box[3] - box[1];
    double middle = (box[0] + box[2]) / 2;
    int coloured = 0;
    int seen = 0;

    for (double y = box[1] + 1; y < box[3] - 1; y += 1)
        for (double x = box[0]; x < box[2]; x += 1) {
            seen++;
            coloured += is_coloured(marker, x, y);
        }
    if (seen == 0 || coloured * 3 < seen)
        return false;
    return !is_coloured(marker, middle, box[1] - 0.5 * height) ||
           !is_coloured(marker, middle, box[3] + 0.5 * height) ||
           !is_coloured(marker, box[0] - 12, box[1] + height / 2) ||
           !is_coloured(marker, box[2] + 12, box[1] + height / 2);
}

/* Look again, larger, at words that seem to be struck. */
static void
confirm_strikes(PopplerPage *page, GArray *glyphs, const GArray *words)
{
    double window[4] = {G_MAXDOUBLE, G_MAXDOUBLE, 0, 0};
    g_autoptr(ParsersPdfPicture) picture = NULL;
    Marker marker = {.glyphs = glyphs};

    for (guint i = 0; i < words->len; i++) {
        const double *box = g_array_index(words, Word, i).box;

        window[0] = MAX(0, MIN(window[0], box[0] - 3));
        window[1] = MAX(0, MIN(window[1], box[1] - 3));
        window[2] = MAX(window[2], box[2] + 3);
        window[3] = MAX(window[3], box[3] + 3);
    }
    picture = parsers_pdf_rules_render(page, window, CONFIRM_SCALE);
    if (picture == NULL)
        return;
    marker.picture = picture;
    marker.scale = parsers_pdf_rules_scale(picture);
    for (guint i = 0; i < words->len; i++) {
        const Word *word = &g_array_index(words, Word, i);

        if (dark_row(&marker, word->box, 0.36, 0.74) >= 0)
            add_flag(glyphs, word, PARSERS_SPAN_STRIKE);
    }
}

void
parsers_pdf_marks_find(PopplerPage *page, const ParsersPdfPicture *picture, GArray *glyphs)
{
    g_autoptr(GArray) struck = g_array_new(FALSE, FALSE, sizeof(Word));
    Marker marker = {
        .picture = picture, .scale = parsers_pdf_rules_scale(picture), .glyphs = glyphs};
    Word word = {0};

    for (guint at = 0; next_word(glyphs, at, &word); at = word.last) {
        int line = -1;

        if (!can_be_marked(glyphs, &word))
            continue;
        line = dark_row(&marker, word.box, 0.36, 0.74);
        if (line >= 0 && stands_out(&marker, &word, line))
            g_array_append_val(struck, word);
        line = dark_row(&marker, word.box, 0.8, 1.08);
        if (line >= 0 && stands_out(&marker, &word, line) && ends_with_words(&marker, &word, line))
            add_flag(glyphs, &word, PARSERS_SPAN_UNDERLINE);
        if (is_highlighted(&marker, word.box))
            add_flag(glyphs, &word, PARSERS_SPAN_HIGHLIGHT);
    }
    if (struck->len > 0)
        confirm_strikes(page, glyphs, struck);
}
