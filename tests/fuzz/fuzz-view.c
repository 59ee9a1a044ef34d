/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-view.c - what a taken-over postern-view may hand back to the staff pages.
 *
 * This decoder runs outside the cage.  Whatever it takes must be a whole view: it encodes again,
 * and each start in it has its end.  Most inputs are edits of a good encoding: three bytes say
 * where and what.
 */
#include "config.h"

#include "parsers/foreign.h"
#include "parsers/view.h"
#include "tests/fuzz/fuzz.h"

static void
add(ParsersViewPart *part, ParsersViewKind kind)
{
    ParsersViewStep *step = g_new0(ParsersViewStep, 1);

    step->kind = kind;
    step->number = step->second = kind == PARSERS_VIEW_CELL ? 1 : 0;
    step->text = g_strdup("Ann");
    step->place = g_strdup("table 1, row 2, column 2");
    g_ptr_array_add(part->steps, step);
}

static GBytes *
good_encoding(void)
{
    static const ParsersViewKind kinds[] = {
        PARSERS_VIEW_PARAGRAPH, PARSERS_VIEW_TEXTS,   PARSERS_VIEW_BOX,
        PARSERS_VIEW_ANSWER,    PARSERS_VIEW_PICTURE, PARSERS_VIEW_END_PARAGRAPH,
        PARSERS_VIEW_TABLE,     PARSERS_VIEW_ROW,     PARSERS_VIEW_CELL,
        PARSERS_VIEW_END_CELL,  PARSERS_VIEW_END_ROW, PARSERS_VIEW_END_TABLE,
    };
    g_autoptr(ParsersView) view = parsers_view_new();
    ParsersViewPart *part = parsers_view_part_new();
    const ParsersViewSize size = {595, 842};

    g_ptr_array_add(view->headers, g_strdup("Subject"));
    g_ptr_array_add(view->headers, g_strdup("Form"));
    g_array_append_val(part->pages, size);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        add(part, kinds[i]);
    g_ptr_array_add(view->parts, part);
    return parsers_view_encode(view);
}

static void
use(const ParsersView *view)
{
    g_autoptr(GBytes) again = parsers_view_encode(view);
    g_autoptr(ParsersView) back = NULL;

    g_assert_true(parsers_view_decode(again, &back, NULL));
    g_assert_true(view->headers->len % 2 == 0);
    for (guint i = 0; i < view->parts->len; i++) {
        const ParsersViewPart *part = view->parts->pdata[i];
        int depth = 0;

        for (guint s = 0; s < part->steps->len; s++) {
            const ParsersViewStep *step = part->steps->pdata[s];

            depth += step->kind == PARSERS_VIEW_CELL ? 1 : 0;
            depth -= step->kind == PARSERS_VIEW_END_CELL ? 1 : 0;
            g_assert_true(depth >= 0 && g_utf8_validate(step->text, -1, NULL));
        }
        g_assert_true(depth == 0);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static GBytes *good = NULL;
    const bool raw = size > 0 && (data[0] & 0x80) != 0;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(ParsersView) view = NULL;
    g_autoptr(GPtrArray) list = NULL;

    if (good == NULL)
        good = good_encoding();
    bytes = raw ? g_bytes_new(data + 1, size - 1) : fuzz_edited(good, data, size);
    if (parsers_view_decode(bytes, &view, NULL))
        use(view);
    /* The same wall: a document to print. */
    (void)parsers_foreign_unpack(bytes, &list, NULL);
    return 0;
}
