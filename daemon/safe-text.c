/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/safe-text.c - strangers' texts, fit to be shown.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Safe pages"; Unicode Technical Report 36; OWASP, "CSV Injection"
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "daemon/safe-text.h"

/* Characters that are seen as nothing, or change what is seen of others. */
static bool
acts(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
        return true;
    default:
        return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0; /* Hangul fillers */
    }
}

/* Joins letters of Arabic, Indic scripts and emoji: shows itself by what it does. */
static bool
joins(gunichar c)
{
    return c == 0x200c || c == 0x200d;
}

static void
append(GString *out, gunichar c)
{
    if (c == '\r')
        return;
    if (c == '\n' || c == '\t' || joins(c) || !acts(c))
        g_string_append_unichar(out, c);
    else
        g_string_append_printf(out, "[U+%04X]", c);
}

char *
daemon_safe_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    GString *out = g_string_new(NULL);

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at))
        append(out, g_utf8_get_char(at));
    return g_string_free(out, FALSE);
}

char *
daemon_safe_line(const char *text, guint max)
{
    g_autofree char *safe = daemon_safe_text(text);

    g_strdelimit(safe, "\n\t", ' ');
    g_strstrip(safe);
    if (g_utf8_strlen(safe, -1) <= max)
        return g_steal_pointer(&safe);
    *g_utf8_offset_to_pointer(safe, max) = '\0';
    return g_strconcat(safe, "\u2026", NULL);
}

char *
daemon_safe_csv(const char *text)
{
    g_autofree char *safe = daemon_safe_text(text);
    GString *out = g_string_new("\"");

    if (safe[0] != '\0' && strchr("=+-@\t|%", safe[0]) != NULL)
        g_string_append_c(out, '\'');
    for (const char *at = safe; *at != '\0'; at++) {
        if (*at == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}
