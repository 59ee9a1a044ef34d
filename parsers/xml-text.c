/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-text.c - what references of XML stand for.
 *
 * Runs in:  postern-parser.
 * Source:   XML 1.0, 2.2, 4.1 and 4.6
 */
#include "config.h"

#include "parsers/xml-text.h"

#include <string.h>

bool
parsers_xml_text_allows(gunichar c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) ||
           (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* "&#65;" and "&#x41;". */
static gsize
read_number(const char *start, const char *end, gunichar *out_c)
{
    const int base = end - start > 3 && start[2] == 'x' ? 16 : 10;
    const char *digits = start + (base == 16 ? 3 : 2);
    const char *at = digits;
    gunichar c = 0;

    for (; at < end && g_ascii_isxdigit(*at) && c <= 0x10FFFF; at++) {
        if (g_ascii_xdigit_value(*at) >= base)
            return 0;
        c = c * (guint)base + (guint)g_ascii_xdigit_value(*at);
    }
    *out_c = c;
    return at < end && *at == ';' && at > digits && parsers_xml_text_allows(c)
               ? (gsize)(at + 1 - start)
               : 0;
}

gsize
parsers_xml_text_reference(const char *at, const char *end, gunichar *out_c)
{
    /* clang-format off */
    static const struct {
        const char *text;
        gsize length;
        gunichar c;
    } entities[] = {
        { "&amp;", 5, '&' }, { "&lt;", 4, '<' }, { "&gt;", 4, '>' }, { "&quot;", 6, '"' },
        { "&apos;", 6, '\'' },
    };
    /* clang-format on */
    const gsize room = (gsize)(end - at);

    if (room > 1 && at[1] == '#')
        return read_number(at, end, out_c);
    for (gsize i = 0; i < G_N_ELEMENTS(entities); i++) {
        if (entities[i].length <= room && memcmp(at, entities[i].text, entities[i].length) == 0) {
            *out_c = entities[i].c;
            return entities[i].length;
        }
    }
    return 0;
}

void
parsers_xml_text_give(const char *at, const char *end,
                      void (*take)(gpointer user, const char *text, gsize length), gpointer user)
{
    while (at < end) {
        const char *reference = memchr(at, '&', (gsize)(end - at));
        const char *stop = reference == NULL ? end : reference;
        gunichar c = 0;
        char utf8[6];

        if (stop > at)
            take(user, at, (gsize)(stop - at));
        if (reference == NULL)
            return;
        at = reference + parsers_xml_text_reference(reference, end, &c);
        g_assert(at > reference);
        take(user, utf8, (gsize)g_unichar_to_utf8(c, utf8));
    }
}

static void
append(gpointer user, const char *text, gsize length)
{
    g_string_append_len(user, text, (gssize)length);
}

char *
parsers_xml_text_copy(const char *at, const char *end)
{
    GString *out = NULL;

    if (memchr(at, '&', (gsize)(end - at)) == NULL)
        return g_strndup(at, (gsize)(end - at));
    out = g_string_new(NULL);
    parsers_xml_text_give(at, end, append, out);
    return g_string_free(out, FALSE);
}
