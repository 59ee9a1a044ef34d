/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view-find.c - where the paragraphs of an office file stand on the pages printed of it.
 *
 * A text that stands there once is there.  Of one that stands there more often ("Yes", a child's
 * name) it must be the one beside what stands in the same row, or between what stands before and
 * behind it.  What is still not certain is not marked: a wrong mark is worse than none.
 *
 * Runs in:  postern-view, inside the cage.
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "parsers/view-find.h"

#include <math.h>
#include <string.h>

#include "parsers/view-words.h"

#define PLACES_MAX 200u /* of one text: beyond that it is no longer looked for */
#define SLACK 3.0       /* points */

typedef struct {
    ParsersViewStep *step;
    GPtrArray *text; /* char*, its words */
    GArray *places;  /* ParsersViewPlace: where it may stand; one when that is certain */
    guint row, cell; /* of a table, counted over the document; 0: none */
} Paragraph;

typedef struct {
    GPtrArray *paragraphs; /* Paragraph */
    ParsersViewWords *words;
} Find;

static void
free_paragraph(gpointer data)
{
    Paragraph *paragraph = data;

    g_ptr_array_unref(paragraph->text);
    g_array_unref(paragraph->places);
    g_free(paragraph);
}

/* Steps are walked through: which row and cell are open. */
typedef struct {
    GPtrArray *all; /* Paragraph */
    GArray *open;   /* guint: a row and a cell, a row inside that, and so on */
    Paragraph *last;
    guint count; /* of rows and cells so far */
} Walk;

static void
begin_paragraph(Walk *walk, ParsersViewStep *step)
{
    const guint depth = walk->open->len / 2 * 2;
    Paragraph *paragraph = g_new0(Paragraph, 1);

    paragraph->step = step;
    paragraph->text = g_ptr_array_new_with_free_func(g_free);
    paragraph->places = g_array_new(FALSE, FALSE, sizeof(ParsersViewPlace));
    if (depth > 0) {
        paragraph->row = g_array_index(walk->open, guint, depth - 2);
        paragraph->cell = g_array_index(walk->open, guint, depth - 1);
    }
    g_ptr_array_add(walk->all, paragraph);
    walk->last = paragraph;
}

static void
take_step(Walk *walk, ParsersViewStep *step)
{
    switch (step->kind) {
    case PARSERS_VIEW_ROW:
    case PARSERS_VIEW_CELL:
        walk->count++;
        g_array_append_val(walk->open, walk->count);
        break;
    case PARSERS_VIEW_END_ROW:
    case PARSERS_VIEW_END_CELL:
        g_array_set_size(walk->open, walk->open->len - 1);
        break;
    case PARSERS_VIEW_PARAGRAPH:
        begin_paragraph(walk, step);
        break;
    case PARSERS_VIEW_TEXTS:
    case PARSERS_VIEW_ANSWER:
        if (walk->last != NULL)
            parsers_view_words_take(step->text, walk->last->text);
        break;
    default:
        break;
    }
}

/* All paragraphs, with the innermost row and cell that each stands in. */
static GPtrArray *
take_paragraphs(const ParsersViewPart *part)
{
    Walk walk = {.all = g_ptr_array_new_with_free_func(free_paragraph),
                 .open = g_array_new(FALSE, FALSE, sizeof(guint))};

    for (guint i = 0; i < part->steps->len; i++)
        take_step(&walk, part->steps->pdata[i]);
    g_array_unref(walk.open);
    return walk.all;
}

static bool
is_certain(const Paragraph *paragraph)
{
    return paragraph->places->len == 1;
}

static const ParsersViewPlace *
place_at(const Paragraph *paragraph, guint number)
{
    return &g_array_index(paragraph->places, ParsersViewPlace, number);
}

/* Keep the places that meet a question of them, unless none does. */
static void
keep(Paragraph *paragraph, bool (*meets)(const ParsersViewPlace *place, const void *data),
     const void *data)
{
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(ParsersViewPlace));

    for (guint i = 0; i < paragraph->places->len; i++)
        if (meets(place_at(paragraph, i), data))
            g_array_append_val(kept, *place_at(paragraph, i));
    if (kept->len == 0)
        return;
    g_array_unref(paragraph->places);
    paragraph->places = g_steal_pointer(&kept);
}

static bool
is_alone(const ParsersViewPlace *place, const void *data)
{
    (void)data;
    return place->alone;
}

static bool
has_met(const ParsersViewPlace *place, const void *data)
{
    return place->met >= *(const guint *)data;
}

/* All places where its text stands: the longest matches, and of those the ones that are no part of
 * a longer line. */
static void
look(const Find *find, Paragraph *paragraph)
{
    const GArray *starts = paragraph->text->len > 0
                               ? g_hash_table_lookup(find->words->index, paragraph->text->pdata[0])
                               : NULL;
    guint met = 0;

    for (guint i = 0; starts != NULL && i < starts->len && paragraph->places->len < PLACES_MAX;
         i++) {
        ParsersViewPlace place;

        if (!parsers_view_words_match(find->words, (int)g_array_index(starts, guint, i),
                                      paragraph->text, &place))
            continue;
        g_array_append_val(paragraph->places, place);
        met = MAX(met, place.met);
    }
    if (paragraph->places->len >= PLACES_MAX)
        g_array_set_size(paragraph->places, 0);
    keep(paragraph, has_met, &met);
    keep(paragraph, is_alone, NULL);
}

/* Is the place in the row of the other?  data: the other's place. */
static bool
is_beside(const ParsersViewPlace *place, const void *data)
{
    const ParsersViewPlace *other = data;

    return place->page == other->page && place->box[1] < other->box[3] + SLACK &&
           place->box[3] > other->box[1] - SLACK;
}

static bool
is_behind(const ParsersViewPlace *place, const void *data)
{
    const ParsersViewPlace *other = data;

    return place->page > other->page ||
           (place->page == other->page && place->box[1] > other->box[1] - SLACK);
}

static bool
is_before(const ParsersViewPlace *place, const void *data)
{
    const ParsersViewPlace *other = data;

    return place->page < other->page ||
           (place->page == other->page && place->box[3] < other->box[3] + SLACK);
}

/* The next certain paragraph that must stand above or below this one, or NULL: cells of one row
 * stand side by side. */
static const Paragraph *
certain_from(const Find *find, guint at, int way)
{
    const Paragraph *paragraph = find->paragraphs->pdata[at];

    for (guint i = at + (guint)way; i < find->paragraphs->len; i += (guint)way) {
        const Paragraph *other = find->paragraphs->pdata[i];
        const bool beside = paragraph->row != 0 && other->row == paragraph->row;

        if (is_certain(other) && (!beside || other->cell == paragraph->cell))
            return other;
    }
    return NULL;
}

/* Keep what stands beside a certain paragraph of the same row, its label mostly. */
static void
choose_in_row(const Find *find, guint at, int way)
{
    Paragraph *paragraph = find->paragraphs->pdata[at];

    for (guint i = at + (guint)way; i < find->paragraphs->len; i += (guint)way) {
        const Paragraph *other = find->paragraphs->pdata[i];

        if (other->row != paragraph->row)
            return;
        if (is_certain(other) && other->cell != paragraph->cell)
            keep(paragraph, is_beside, place_at(other, 0));
    }
}

/* By what stands in its row; then by what stands above and below it. */
static void
choose(const Find *find, guint at)
{
    Paragraph *paragraph = find->paragraphs->pdata[at];
    const Paragraph *above = certain_from(find, at, -1), *below = certain_from(find, at, 1);

    if (paragraph->row != 0) {
        choose_in_row(find, at, -1);
        choose_in_row(find, at, 1);
    }
    if (above != NULL)
        keep(paragraph, is_behind, place_at(above, 0));
    if (below != NULL)
        keep(paragraph, is_before, place_at(below, 0));
}

/* Two that claim one place: neither has it. */
static void
drop_claimed_twice(const Find *find)
{
    g_autoptr(GHashTable) owners = g_hash_table_new(NULL, NULL); /* first word: Paragraph */

    for (guint i = 0; i < find->paragraphs->len; i++) {
        Paragraph *paragraph = find->paragraphs->pdata[i], *other = NULL;
        gpointer first = NULL;

        if (!is_certain(paragraph))
            continue;
        first = GINT_TO_POINTER(place_at(paragraph, 0)->first + 1);
        other = g_hash_table_lookup(owners, first);
        if (other == NULL) {
            g_hash_table_insert(owners, first, paragraph);
            continue;
        }
        g_array_set_size(paragraph->places, 0);
        g_array_set_size(other->places, 0);
    }
}

static void
set_place(const Paragraph *paragraph)
{
    const ParsersViewPlace *place = place_at(paragraph, 0);

    paragraph->step->page = place->page;
    for (guint i = 0; i < 4; i++)
        paragraph->step->box[i] = (gint16)CLAMP(round(place->box[i]), -20000, 20000);
}

void
parsers_view_find(ParsersViewPart *part, GBytes *pages, const ParsersLimits *limits)
{
    g_autoptr(ParsersViewWords) words = parsers_view_words_read(pages, limits);
    g_autoptr(GPtrArray) paragraphs = take_paragraphs(part);
    const Find find = {paragraphs, words};

    for (guint i = 0; i < paragraphs->len; i++)
        look(&find, paragraphs->pdata[i]);
    drop_claimed_twice(&find);
    for (guint i = 0; i < paragraphs->len; i++)
        if (((const Paragraph *)paragraphs->pdata[i])->places->len > 1)
            choose(&find, i);
    drop_claimed_twice(&find);
    for (guint i = 0; i < paragraphs->len; i++)
        if (is_certain(paragraphs->pdata[i]))
            set_place(paragraphs->pdata[i]);
}
