/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-line.c - text from a mail, cut into lines for the printed copy.
 *
 * This code runs outside the cage on what a stranger wrote.  No sign may be lost:
 * where the font has nothing, nothing but marks and spaces may come out.
 */
#include "config.h"

#include <stdint.h>

#include "templates/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A font that lacks every second character. */
static bool
has(gpointer face, gunichar c)
{
    (void)face;
    return c < 0x80 || (c <= 0xffff && c % 2 == 0);
}

static double
advance(gpointer face, gunichar c)
{
    (void)face;
    return c % 7 * 200.0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    TemplatesLineFont font = {.has = has, .advance = advance};
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GPtrArray) lines = NULL;
    bool marked = false;

    lines = templates_line_wrap(text, &font, size > 0 ? data[0] * 100.0 : 0, &marked);
    g_assert(lines->len > 0);
    for (guint i = 0; i < lines->len; i++) {
        const TemplatesLine *line = g_ptr_array_index(lines, i);

        g_assert(g_utf8_validate(line->text, -1, NULL));
        g_assert(line->width >= 0);
        for (const char *p = line->text; *p != '\0'; p = g_utf8_next_char(p))
            g_assert(has(NULL, g_utf8_get_char(p)));
    }
    return 0;
}
