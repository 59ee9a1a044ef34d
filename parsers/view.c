/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view.c - a mail as people look at it: its parts, and what stands in them.
 *
 * Whatever a parser that was taken over sends, decoding gives either a whole, well-formed view or
 * an error.
 *
 * Runs in:  postern-view (encode), staff pages (decode).
 * Source:   doc/review.md, "The original"; the GVariant serialisation of GLib
 */
#include "config.h"

#include <string.h>

#include "parsers/view.h"

/* clang-format off */
#define STEP_TYPE "(yuuuuss(nnnn))"              /* kind flags number second page text place box */
#define PART_TYPE "(ssstuuua(qq)a" STEP_TYPE ")" /* name type problem size state depth marks ... */
#define VIEW_TYPE "(asa" PART_TYPE ")"
/* clang-format on */

/* Pages and steps are counted over all parts of a view, on either side. */
enum { HEADERS_MOST = 200, PARTS_MOST = 2000, PAGES_MOST = 4000, SPAN_MOST = 1000 };

/* How many of each may still come. */
typedef struct {
    gsize pages;
    gsize steps;
} Room;

/* What a part says of itself by yes or no. */
enum {
    BODY = 1 << 0,
    AGAIN = 1 << 1,
    SCANNED = 1 << 2,
    CUT = 1 << 3,
    PRINTED = 1 << 4,
    PRINTABLE = 1 << 5
};

void
parsers_view_step_free(ParsersViewStep *step)
{
    g_free(step->text);
    g_free(step->place);
    g_free(step);
}

ParsersViewPart *
parsers_view_part_new(void)
{
    ParsersViewPart *part = g_new0(ParsersViewPart, 1);

    part->name = g_strdup("");
    part->type = g_strdup("");
    part->problem = g_strdup("");
    part->pages = g_array_new(FALSE, TRUE, sizeof(ParsersViewSize));
    part->steps = g_ptr_array_new_with_free_func((GDestroyNotify)parsers_view_step_free);
    return part;
}

static void
part_free(gpointer data)
{
    ParsersViewPart *part = data;

    g_free(part->name);
    g_free(part->type);
    g_free(part->problem);
    g_array_unref(part->pages);
    g_ptr_array_unref(part->steps);
    g_free(part);
}

ParsersView *
parsers_view_new(void)
{
    ParsersView *view = g_new0(ParsersView, 1);

    view->headers = g_ptr_array_new_with_free_func(g_free);
    view->parts = g_ptr_array_new_with_free_func(part_free);
    return view;
}

void
parsers_view_free(ParsersView *view)
{
    if (view == NULL)
        return;
    g_ptr_array_unref(view->headers);
    g_ptr_array_unref(view->parts);
    g_free(view);
}

/* ---- encoding ---- */

/* Valid UTF-8 of at most max bytes; GVariant aborts on anything else. */
static GVariant *
put_text(const char *text, gsize max)
{
    return g_variant_new_take_string(g_utf8_make_valid(text, (gssize)strnlen(text, max)));
}

static void
put_step(GVariantBuilder *steps, const ParsersViewStep *step)
{
    g_variant_builder_add(steps, "(yuuuu@s@s(nnnn))", (guint8)step->kind, step->flags, step->number,
                          step->second, step->page, put_text(step->text, PARSERS_VIEW_TEXT),
                          put_text(step->place, PARSERS_VIEW_LINE), step->box[0], step->box[1],
                          step->box[2], step->box[3]);
}

static void
put_part(GVariantBuilder *parts, const ParsersViewPart *part, Room *room)
{
    const guint n_pages = (guint)MIN(part->pages->len, room->pages);
    const bool cut = part->cut || n_pages < part->pages->len;
    const guint marks = (part->body ? BODY : 0u) | (part->again ? AGAIN : 0u) |
                        (part->scanned ? SCANNED : 0u) | (cut ? CUT : 0u) |
                        (part->printed ? PRINTED : 0u) | (part->printable ? PRINTABLE : 0u);
    GVariantBuilder pages, steps;

    room->pages -= n_pages;
    g_variant_builder_init(&pages, G_VARIANT_TYPE("a(qq)"));
    for (guint i = 0; i < n_pages; i++) {
        const ParsersViewSize *size = &g_array_index(part->pages, ParsersViewSize, i);

        g_variant_builder_add(&pages, "(qq)", size->width, size->height);
    }
    g_variant_builder_init(&steps, G_VARIANT_TYPE("a" STEP_TYPE));
    for (guint i = 0; i < part->steps->len; i++)
        put_step(&steps, part->steps->pdata[i]);
    g_variant_builder_add(
        parts, "(@s@s@stuuua(qq)a" STEP_TYPE ")", put_text(part->name, PARSERS_VIEW_LINE),
        put_text(part->type, PARSERS_VIEW_LINE), put_text(part->problem, PARSERS_VIEW_LINE),
        part->size, (guint32)part->state, part->depth, marks, &pages, &steps);
}

GBytes *
parsers_view_encode(const ParsersView *view)
{
    GVariantBuilder headers, parts;
    g_autoptr(GVariant) all = NULL;
    Room room = {.pages = PAGES_MOST};

    g_variant_builder_init(&headers, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < MIN(view->headers->len, (guint)HEADERS_MOST); i++)
        g_variant_builder_add_value(&headers, put_text(view->headers->pdata[i], PARSERS_VIEW_LINE));
    g_variant_builder_init(&parts, G_VARIANT_TYPE("a" PART_TYPE));
    for (guint i = 0; i < MIN(view->parts->len, (guint)PARTS_MOST); i++)
        put_part(&parts, view->parts->pdata[i], &room);
    all = g_variant_ref_sink(g_variant_new(VIEW_TYPE, &headers, &parts));
    return g_variant_get_data_as_bytes(all);
}

/* ---- decoding ---- */

/* Which kind may stand where: a stack of what is open. */
typedef struct {
    guint8 open[4 * PARSERS_VIEW_DEPTH + 4];
    guint depth;
} Nesting;

/* clang-format off */
static const struct {
    gint8 inside[2]; /* kinds of which one must be the innermost open one; -1: none is open */
    gint8 ends;      /* the kind that it closes, or -1 */
    bool opens;
} grammar[PARSERS_VIEW_N_KINDS] = {
    [PARSERS_VIEW_PARAGRAPH]     = {{-1, PARSERS_VIEW_CELL},                        -1, true },
    [PARSERS_VIEW_END_PARAGRAPH] = {{PARSERS_VIEW_PARAGRAPH, PARSERS_VIEW_PARAGRAPH}, PARSERS_VIEW_PARAGRAPH, false},
    [PARSERS_VIEW_TABLE]         = {{-1, PARSERS_VIEW_CELL},                        -1, true },
    [PARSERS_VIEW_END_TABLE]     = {{PARSERS_VIEW_TABLE, PARSERS_VIEW_TABLE},       PARSERS_VIEW_TABLE, false},
    [PARSERS_VIEW_ROW]           = {{PARSERS_VIEW_TABLE, PARSERS_VIEW_TABLE},       -1, true },
    [PARSERS_VIEW_END_ROW]       = {{PARSERS_VIEW_ROW, PARSERS_VIEW_ROW},           PARSERS_VIEW_ROW, false},
    [PARSERS_VIEW_CELL]          = {{PARSERS_VIEW_ROW, PARSERS_VIEW_ROW},           -1, true },
    [PARSERS_VIEW_END_CELL]      = {{PARSERS_VIEW_CELL, PARSERS_VIEW_CELL},         PARSERS_VIEW_CELL, false},
    [PARSERS_VIEW_TEXTS]         = {{PARSERS_VIEW_PARAGRAPH, PARSERS_VIEW_PARAGRAPH}, -1, false},
    [PARSERS_VIEW_BOX]           = {{PARSERS_VIEW_PARAGRAPH, PARSERS_VIEW_PARAGRAPH}, -1, false},
    [PARSERS_VIEW_ANSWER]        = {{PARSERS_VIEW_PARAGRAPH, PARSERS_VIEW_PARAGRAPH}, -1, false},
    [PARSERS_VIEW_PICTURE]       = {{PARSERS_VIEW_PARAGRAPH, PARSERS_VIEW_PARAGRAPH}, -1, false},
};
/* clang-format on */

static bool
nests(Nesting *nesting, guint kind)
{
    const int top = nesting->depth > 0 ? nesting->open[nesting->depth - 1] : -1;

    if (top != grammar[kind].inside[0] && top != grammar[kind].inside[1])
        return false;
    if (grammar[kind].ends >= 0)
        nesting->depth--;
    if (!grammar[kind].opens)
        return true;
    if (nesting->depth >= G_N_ELEMENTS(nesting->open))
        return false;
    nesting->open[nesting->depth++] = (guint8)kind;
    return true;
}

static bool
take_step(GVariant *from, Nesting *nesting, ParsersViewStep *step)
{
    guint8 kind = 0;

    g_variant_get(from, "(yuuuuss(nnnn))", &kind, &step->flags, &step->number, &step->second,
                  &step->page, &step->text, &step->place, &step->box[0], &step->box[1],
                  &step->box[2], &step->box[3]);
    step->kind = (ParsersViewKind)kind;
    return kind < PARSERS_VIEW_N_KINDS && step->number <= SPAN_MOST && step->second <= SPAN_MOST &&
           strlen(step->place) <= 3 * PARSERS_VIEW_LINE && nests(nesting, kind);
}

static bool
take_steps(GVariant *from, ParsersViewPart *part, Room *room)
{
    Nesting nesting = {0};
    const gsize n = g_variant_n_children(from);

    for (gsize i = 0; i < n && room->steps > 0; i++, room->steps--) {
        g_autoptr(GVariant) child = g_variant_get_child_value(from, i);
        ParsersViewStep *step = g_new0(ParsersViewStep, 1);

        g_ptr_array_add(part->steps, step);
        if (!take_step(child, &nesting, step))
            return false;
    }
    return part->steps->len == n && nesting.depth == 0;
}

static bool
take_pages(GVariant *from, ParsersViewPart *part, Room *room)
{
    const gsize n = g_variant_n_children(from);

    if (n > room->pages)
        return false;
    room->pages -= n;
    for (gsize i = 0; i < n; i++) {
        ParsersViewSize size = {0};

        g_variant_get_child(from, i, "(qq)", &size.width, &size.height);
        g_array_append_val(part->pages, size);
    }
    return true;
}

static bool
take_part(GVariant *from, ParsersViewPart *part, Room *room)
{
    g_autoptr(GVariant) pages = NULL;
    g_autoptr(GVariant) steps = NULL;
    guint state = 0, marks = 0;

    g_free(part->name);
    g_free(part->type);
    g_free(part->problem);
    g_variant_get(from, "(ssstuuu@a(qq)@a" STEP_TYPE ")", &part->name, &part->type, &part->problem,
                  &part->size, &state, &part->depth, &marks, &pages, &steps);
    part->state = (ParsersPartState)state;
    part->body = (marks & BODY) != 0;
    part->again = (marks & AGAIN) != 0;
    part->scanned = (marks & SCANNED) != 0;
    part->cut = (marks & CUT) != 0;
    part->printed = (marks & PRINTED) != 0;
    part->printable = (marks & PRINTABLE) != 0;
    return state <= PARSERS_PART_LIMIT && take_pages(pages, part, room) &&
           take_steps(steps, part, room);
}

static bool
take_view(GVariant *from, ParsersView *view)
{
    g_autoptr(GVariant) headers = NULL;
    g_autoptr(GVariant) parts = NULL;
    Room room = {.pages = PAGES_MOST, .steps = PARSERS_VIEW_STEPS + 1};

    g_variant_get(from, "(@as@a" PART_TYPE ")", &headers, &parts);
    if (g_variant_n_children(headers) > HEADERS_MOST || g_variant_n_children(headers) % 2 != 0 ||
        g_variant_n_children(parts) > PARTS_MOST)
        return false;
    for (gsize i = 0; i < g_variant_n_children(headers); i++) {
        char *text = NULL;

        g_variant_get_child(headers, i, "s", &text);
        g_ptr_array_add(view->headers, text);
    }
    for (gsize i = 0; i < g_variant_n_children(parts); i++) {
        g_autoptr(GVariant) child = g_variant_get_child_value(parts, i);
        ParsersViewPart *part = parsers_view_part_new();

        g_ptr_array_add(view->parts, part);
        if (!take_part(child, part, &room))
            return false;
    }
    return true;
}

bool
parsers_view_decode(GBytes *bytes, ParsersView **out_view, GError **error)
{
    g_autoptr(GVariant) all =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(VIEW_TYPE), bytes, false));
    g_autoptr(ParsersView) view = parsers_view_new();

    if (!g_variant_is_normal_form(all) || !take_view(all, view))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "these bytes are no view of a mail");
    *out_view = g_steal_pointer(&view);
    return true;
}
