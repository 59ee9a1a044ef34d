/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-bold.c - which words in a picture are printed bold.
 *
 * Tesseract does not tell, and many forms tell a question from its answer by nothing else.  The
 * strokes of a page's words are of one thickness or of two; a word alone may mislead, so it is
 * asked what its neighbours are.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/ocr-bold.h"

#include <math.h>
#include <stdlib.h>

#include "parsers/pdf-text.h"

enum {
    LENGTH_LEAST = 3, /* characters of a word that can be measured */
    WORDS_LEAST = 8,  /* of each kind */
    ROUNDS = 12,
    NEIGHBOURS = 120,
    WORDS_MOST = 3000, /* each is compared to all */
};

#define APART 1.3          /* bold to plain */
#define DOUBT 0.05         /* of the limit: nearer to it is neither */
#define DOUBTFUL_MOST 0.15 /* share of the words */
#define LARGE 1.25 /* of the common size: a heading, whose strokes are thicker for that alone */

double
parsers_ocr_bold_thickness(PIX *ink, const int box[4])
{
    guint inked = 0, steps = 0;

    /* Steps into and out of the ink, across and down: it does not matter which letters they are. */
    for (int y = box[1]; y < box[3]; y++)
        for (int x = box[0]; x < box[2]; x++) {
            l_uint32 here = 0, before = 0, above = 0;

            pixGetPixel(ink, x, y, &here);
            pixGetPixel(ink, x - 1, y, &before);
            pixGetPixel(ink, x, y - 1, &above);
            inked += here;
            steps += (here != before) + (here != above);
        }
    return steps == 0 ? 0 : 2.0 * inked / steps;
}

static int
compare(gconstpointer left, gconstpointer right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    return (a > b) - (a < b);
}

static double
common_size(const GArray *words)
{
    g_autofree double *sizes = g_new(double, words->len + 1);

    if (words->len == 0)
        return 0;
    for (guint i = 0; i < words->len; i++)
        sizes[i] = g_array_index(words, ParsersOcrWord, i).size;
    qsort(sizes, words->len, sizeof *sizes, compare);
    return sizes[words->len / 2];
}

/* The thickness as it would be at the common size.  Sizes are estimates: near ones are one. */
static double
evened(const ParsersOcrWord *word, double common)
{
    if (word->length < LENGTH_LEAST)
        return 0;
    return word->size > LARGE * common ? word->thickness * common / word->size : word->thickness;
}

typedef struct {
    double distance;
    double thickness;
} Neighbour;

static int
compare_neighbours(gconstpointer left, gconstpointer right)
{
    return compare(&((const Neighbour *)left)->distance, &((const Neighbour *)right)->distance);
}

/* How thick the thin words near a place are: light and focus change over a photograph. */
static double
plain_near(const GArray *words, const ParsersOcrWord *place, double common, GArray *near)
{
    double thickness[NEIGHBOURS];
    guint n = 0;

    g_array_set_size(near, 0);
    for (guint i = 0; i < words->len; i++) {
        const ParsersOcrWord *word = &g_array_index(words, ParsersOcrWord, i);
        const Neighbour neighbour = {.distance = hypot(word->x - place->x, word->y - place->y),
                                     .thickness = evened(word, common)};

        if (neighbour.thickness > 0)
            g_array_append_val(near, neighbour);
    }
    g_array_sort(near, compare_neighbours);
    for (; n < MIN(near->len, NEIGHBOURS); n++)
        thickness[n] = g_array_index(near, Neighbour, n).thickness;
    if (n == 0)
        return 0;
    qsort(thickness, n, sizeof *thickness, compare);
    return thickness[n / 10];
}

/* For each word: its thickness as a share of that of plain ones near it; 0: not known. */
static GArray *
compare_to_plain(const GArray *words)
{
    const double common = common_size(words);
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(Neighbour));
    GArray *shares = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < words->len; i++) {
        const ParsersOcrWord *word = &g_array_index(words, ParsersOcrWord, i);
        const double own = evened(word, common);
        const double plain =
            own > 0 && words->len <= WORDS_MOST ? plain_near(words, word, common, near) : 0;
        const double share = plain > 0 ? own / plain : 0;

        g_array_append_val(shares, share);
    }
    return shares;
}

static GArray *
known_sorted(const GArray *shares)
{
    GArray *known = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < shares->len; i++)
        if (g_array_index(shares, double, i) > 0)
            g_array_append_val(known, g_array_index(shares, double, i));
    g_array_sort(known, compare);
    return known;
}

static double
mean(const GArray *sorted, guint from, guint to)
{
    double sum = 0;

    for (guint i = from; i < to; i++)
        sum += g_array_index(sorted, double, i);
    return sum / (to - from);
}

static bool
are_two_kinds(const GArray *sorted, double limit)
{
    guint n_doubtful = 0;

    for (guint i = 0; i < sorted->len; i++)
        n_doubtful += fabs(g_array_index(sorted, double, i) / limit - 1) < DOUBT;
    return n_doubtful <= DOUBTFUL_MOST * sorted->len;
}

/* The share between two kinds of words; false when there are not two. */
static bool
find_limit(const GArray *sorted, double *out_limit)
{
    double plain = 0, bold = 0;
    guint split = sorted->len * 3 / 4;

    if (sorted->len < 2 * WORDS_LEAST)
        return false;
    for (int round = 0; round < ROUNDS; round++) {
        guint next = 0;

        split = CLAMP(split, 1, sorted->len - 1);
        plain = mean(sorted, 0, split);
        bold = mean(sorted, split, sorted->len);
        while (next < sorted->len && g_array_index(sorted, double, next) < (plain + bold) / 2)
            next++;
        split = next;
    }
    if (bold < APART * plain || split < WORDS_LEAST || sorted->len - split < WORDS_LEAST ||
        !are_two_kinds(sorted, (plain + bold) / 2))
        return false;
    *out_limit = (plain + bold) / 2;
    return true;
}

/* How much a word speaks for bold (over 0) or for plain. */
static double
opinion(const GArray *words, const GArray *shares, guint i, double limit)
{
    const double share = g_array_index(shares, double, i);

    return share <= 0 ? 0
                      : (share / limit - 1) *
                            MIN(g_array_index(words, ParsersOcrWord, i).length, 2 * LENGTH_LEAST);
}

static bool
is_bold(const GArray *words, const GArray *shares, guint i, double limit)
{
    const bool last =
        i + 1 >= words->len || g_array_index(words, ParsersOcrWord, i + 1).starts_line;
    double sum = 2 * opinion(words, shares, i, limit);

    if (!g_array_index(words, ParsersOcrWord, i).starts_line && i > 0)
        sum += opinion(words, shares, i - 1, limit) / 2;
    if (!last)
        sum += opinion(words, shares, i + 1, limit) / 2;
    return sum > 0;
}

void
parsers_ocr_bold_mark(const GArray *words, GArray *glyphs)
{
    g_autoptr(GArray) shares = compare_to_plain(words);
    g_autoptr(GArray) sorted = known_sorted(shares);
    double limit = 0;

    if (!find_limit(sorted, &limit))
        return;
    for (guint i = 0; i < words->len; i++) {
        const ParsersOcrWord *word = &g_array_index(words, ParsersOcrWord, i);
        const bool bold = is_bold(words, shares, i, limit);

        for (guint j = 0; bold && j < word->length; j++)
            g_array_index(glyphs, ParsersPdfGlyph, word->first + j).flags |= PARSERS_SPAN_BOLD;
    }
}
