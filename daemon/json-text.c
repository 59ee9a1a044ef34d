/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/json-text.c - JSON written straight into a text, in one line, in the order of the calls.
 *
 * Each decided mail has two of them, and building a tree first costs more than all the rules.
 *
 * Runs in:  intake, command line.
 * Source:   RFC 8259
 */
#include "config.h"

#include "daemon/json-text.h"

#define MILLION 1000000u

/* The last character tells whether something stands before what comes: a text ends with its quote.
 */
static void
separate(GString *json)
{
    const char last = json->len > 0 ? json->str[json->len - 1] : '\0';

    if (last != '\0' && last != '{' && last != '[' && last != ':')
        g_string_append_c(json, ',');
}

void
daemon_json_text_open(GString *json, char bracket)
{
    separate(json);
    g_string_append_c(json, bracket);
}

void
daemon_json_text_close(GString *json, char bracket)
{
    g_string_append_c(json, bracket == '{' ? '}' : ']');
}

static void
escape(GString *json, char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

    for (gsize i = 0; plain[i] != '\0'; i++)
        if (plain[i] == c) {
            g_string_append_c(json, '\\');
            g_string_append_c(json, letters[i]);
            return;
        }
    g_string_append_printf(json, "\\u%04x", (guint)(guchar)c);
}

static bool
is_plain(char c)
{
    return (guchar)c >= 0x20 && c != '"' && c != '\\';
}

static void
append_escaped(GString *json, const char *text)
{
    const char *from = text;

    for (const char *at = text; *at != '\0'; at++) {
        if (is_plain(*at))
            continue;
        g_string_append_len(json, from, at - from);
        escape(json, *at);
        from = at + 1;
    }
    g_string_append(json, from);
}

static void
append_quoted(GString *json, const char *text)
{
    g_autofree char *mended = NULL;

    if (!g_utf8_validate(text, -1, NULL))
        text = mended = g_utf8_make_valid(text, -1);
    g_string_append_c(json, '"');
    append_escaped(json, text);
    g_string_append_c(json, '"');
}

void
daemon_json_text_key(GString *json, const char *key)
{
    separate(json);
    g_string_append_c(json, '"');
    g_string_append(json, key);
    g_string_append(json, "\":");
}

void
daemon_json_text_key_of(GString *json, const char *key)
{
    separate(json);
    append_quoted(json, key);
    g_string_append_c(json, ':');
}

void
daemon_json_text_string(GString *json, const char *text)
{
    separate(json);
    if (text == NULL)
        g_string_append(json, "null");
    else
        append_quoted(json, text);
}

void
daemon_json_text_bool(GString *json, bool value)
{
    separate(json);
    g_string_append(json, value ? "true" : "false");
}

void
daemon_json_text_number(GString *json, guint64 value)
{
    separate(json);
    g_string_append_printf(json, "%" G_GUINT64_FORMAT, value);
}

void
daemon_json_text_share(GString *json, double value)
{
    const guint millionths = (guint)(CLAMP(value, 0.0, 1.0) * MILLION + 0.5);

    separate(json);
    g_string_append_printf(json, "%u.%06u", millionths / MILLION, millionths % MILLION);
}

void
daemon_json_text_pair(GString *json, const char *key, const char *text)
{
    daemon_json_text_key(json, key);
    daemon_json_text_string(json, text);
}
