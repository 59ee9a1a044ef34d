/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-steps.c - documents of a mail as data for the page's templates, with marks.
 *
 * A page shows the list as it is, one element or end of one for each step: parsers/view.c has
 * checked that each start has its end.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"; parsers/view.h
 */
#include "config.h"

#include <string.h>

#include "daemon/review-steps.h"

#define MARGIN 2 /* points around what is marked */

struct DaemonReviewSteps {
    gint64 item;
    GHashTable *marks; /* id: "" when it was asked for, "there" when it stands in the page */
};

static const char *const asked = "", *const there = "there";

DaemonReviewSteps *
daemon_review_steps_new(gint64 item)
{
    DaemonReviewSteps *steps = g_new0(DaemonReviewSteps, 1);

    steps->item = item;
    steps->marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return steps;
}

void
daemon_review_steps_free(DaemonReviewSteps *steps)
{
    if (steps == NULL)
        return;
    g_hash_table_unref(steps->marks);
    g_free(steps);
}

char *
daemon_review_steps_id(guint part, const char *place)
{
    GString *id = g_string_new(NULL);

    g_string_printf(id, "at-%u-", part);
    for (const char *at = place; *at != '\0'; at++) {
        if (g_ascii_isalnum(*at))
            g_string_append_c(id, g_ascii_tolower(*at));
        else if (id->str[id->len - 1] != '-')
            g_string_append_c(id, '-');
    }
    return g_string_free(id, FALSE);
}

void
daemon_review_steps_want(DaemonReviewSteps *steps, guint part, const char *place)
{
    g_hash_table_insert(steps->marks, daemon_review_steps_id(part, place), (gpointer)asked);
}

bool
daemon_review_steps_has(const DaemonReviewSteps *steps, guint part, const char *place)
{
    g_autofree char *id = daemon_review_steps_id(part, place);

    return g_hash_table_lookup(steps->marks, id) == there;
}

/* The id to set on what stands at this place, once; NULL when nobody asked, or it has one. */
static char *
take_id(const DaemonReviewSteps *steps, guint part, const char *place)
{
    g_autofree char *id = place[0] != '\0' ? daemon_review_steps_id(part, place) : NULL;

    if (id == NULL || g_hash_table_lookup(steps->marks, id) != asked)
        return NULL;
    g_hash_table_insert(steps->marks, g_strdup(id), (gpointer)there);
    return g_steal_pointer(&id);
}

/* ---- pages ---- */

static bool
has_box(const ParsersViewStep *step)
{
    return step->page > 0 && step->box[2] > step->box[0] && step->box[3] > step->box[1];
}

static json_t *
rectangle(const ParsersViewStep *step)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "x", step->box[0] - MARGIN, "y", step->box[1] - MARGIN,
                     "width", step->box[2] - step->box[0] + 2 * MARGIN, "height",
                     step->box[3] - step->box[1] + 2 * MARGIN);
}

/* Every place on a page that an answer was read from; what stands at one place is one mark. */
static json_t *
marks_of(const DaemonReviewSteps *steps, const ParsersViewPart *part, guint number, guint page)
{
    g_autoptr(GHashTable) made = g_hash_table_new(g_str_hash, g_str_equal); /* place: rectangles */
    json_t *marks = json_array();

    for (guint i = 0; i < part->steps->len; i++) {
        const ParsersViewStep *step = part->steps->pdata[i];
        json_t *rectangles = NULL;
        g_autofree char *id = NULL;

        if (step->page != page || !has_box(step))
            continue;
        rectangles = g_hash_table_lookup(made, step->place);
        if (rectangles == NULL && (id = take_id(steps, number, step->place)) != NULL) {
            rectangles = json_array();
            g_hash_table_insert(made, step->place, rectangles);
            json_array_append_new(marks,
                                  json_pack("{s:s, s:o}", "id", id, "rectangles", rectangles));
        }
        if (rectangles != NULL)
            json_array_append_new(rectangles, rectangle(step));
    }
    return marks;
}

json_t *
daemon_review_steps_pages(const DaemonReviewSteps *steps, const ParsersViewPart *part, guint number)
{
    json_t *pages = json_array();

    for (guint i = 0; i < part->pages->len; i++) {
        const ParsersViewSize *size = &g_array_index(part->pages, ParsersViewSize, i);

        if (size->width == 0 || size->height == 0)
            continue;
        json_array_append_new(
            pages,
            json_pack("{s:o, s:i, s:i, s:i, s:i, s:o}", "path",
                      json_sprintf("/item/%" G_GINT64_FORMAT "/part/%u/page/%u.png", steps->item,
                                   number + 1, i + 1),
                      "page", (int)i + 1, "of", (int)part->pages->len, "width", (int)size->width,
                      "height", (int)size->height, "marks", marks_of(steps, part, number, i + 1)));
    }
    return pages;
}

/* ---- text ---- */

/* clang-format off */
static const char *const names[PARSERS_VIEW_N_KINDS] = {
    [PARSERS_VIEW_PARAGRAPH] = "paragraph", [PARSERS_VIEW_END_PARAGRAPH] = "end_paragraph",
    [PARSERS_VIEW_TABLE]     = "table",     [PARSERS_VIEW_END_TABLE]     = "end_table",
    [PARSERS_VIEW_ROW]       = "row",       [PARSERS_VIEW_END_ROW]       = "end_row",
    [PARSERS_VIEW_CELL]      = "cell",      [PARSERS_VIEW_END_CELL]      = "end_cell",
    [PARSERS_VIEW_TEXTS]     = "words",     [PARSERS_VIEW_BOX]           = "box",
    [PARSERS_VIEW_ANSWER]    = "answer",    [PARSERS_VIEW_PICTURE]       = "picture",
};
static const struct { guint flag; const char *name; } classes[] = {
    { PARSERS_VIEW_QUOTED, "quoted" }, { PARSERS_VIEW_MARGIN, "margin" },
    { PARSERS_VIEW_LIST,   "listed" }, { PARSERS_VIEW_EMPTY,  "prompt" },
    { PARSERS_VIEW_HEADER, "head"   },
};
/* clang-format on */

static char *
class_of(const ParsersViewStep *step)
{
    GString *class = g_string_new(names[step->kind]);

    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
        if ((step->flags & classes[i].flag) != 0)
            g_string_append_printf(class, " %s", classes[i].name);
    if (step->kind == PARSERS_VIEW_PARAGRAPH && step->number > 0)
        g_string_append(class, " heading");
    return g_string_free(class, FALSE);
}

/* Every name is set, lest the template take one from the page around it. */
static json_t *
step_json(const DaemonReviewSteps *steps, const ParsersViewStep *step, guint number)
{
    const bool is_cell = step->kind == PARSERS_VIEW_CELL;
    g_autofree char *id = take_id(steps, number, step->place);
    g_autofree char *class = class_of(step);

    return json_pack(
        "{s:{s:s, s:s, s:o, s:b, s:b, s:b, s:i, s:i}}", names[step->kind], "mark",
        id != NULL ? id : "", "class", class, "text", daemon_review_text(step->text), "struck",
        (step->flags & PARSERS_VIEW_STRUCK) != 0, "strong", (step->flags & PARSERS_VIEW_BOLD) != 0,
        "ticked", (step->flags & PARSERS_VIEW_TICKED) != 0, "columns",
        is_cell ? (int)MAX(step->number, 1u) : 0, "rows", is_cell ? (int)MAX(step->second, 1u) : 0);
}

/* A paragraph in which nothing stands. */
static bool
is_empty(const GPtrArray *all, guint at)
{
    const ParsersViewStep *step = all->pdata[at];
    const ParsersViewStep *next = at + 1 < all->len ? all->pdata[at + 1] : NULL;

    return step->kind == PARSERS_VIEW_PARAGRAPH && next != NULL &&
           next->kind == PARSERS_VIEW_END_PARAGRAPH;
}

json_t *
daemon_review_steps_text(const DaemonReviewSteps *steps, const ParsersViewPart *part, guint number)
{
    json_t *list = json_array();

    for (guint i = 0; i < part->steps->len; i++) {
        if (is_empty(part->steps, i))
            i++;
        else
            json_array_append_new(list, step_json(steps, part->steps->pdata[i], number));
    }
    return list;
}
