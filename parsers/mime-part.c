/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mime-part.c - what the headers of a part say of it, and its end.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2183; RFC 2231; RFC 3676
 */
#include "config.h"

#include "parsers/mime-part.h"

#include <string.h>

void
parsers_mime_part_free(gpointer data)
{
    ParsersMimePart *part = data;

    g_free(part->name);
    g_free(part->declared);
    g_free(part->charset);
    g_free(part->content_id);
    g_clear_pointer(&part->headers, g_ptr_array_unref);
    g_clear_pointer(&part->mail_headers, g_ptr_array_unref);
    g_clear_pointer(&part->bytes, g_bytes_unref);
    g_free(part->problem);
    g_free(part);
}

char *
parsers_mime_part_base_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *backslash = strrchr(name, '\\');
    const char *start = MAX(slash, backslash);

    return g_strndup(start != NULL ? start + 1 : name, 255 * 4);
}

static char *
take_parameter(const GPtrArray *headers, const char *header, const char *name)
{
    const char *value = parsers_header_value(headers, header, 0);

    return value != NULL ? parsers_header_parameter(value, name) : NULL;
}

static void
read_name(ParsersMimePart *part)
{
    g_autofree char *name = take_parameter(part->headers, "Content-Disposition", "filename");
    g_autofree char *valid = NULL;

    if (name == NULL || name[0] == '\0') {
        g_free(name);
        name = take_parameter(part->headers, "Content-Type", "name");
    }
    if (name == NULL)
        return;
    g_free(part->name);
    valid = parsers_mime_part_base_name(name);
    part->name = g_utf8_make_valid(valid, -1);
}

void
parsers_mime_part_read_headers(ParsersMimePart *part)
{
    const char *disposition = parsers_header_value(part->headers, "Content-Disposition", 0);
    const char *id = parsers_header_value(part->headers, "Content-ID", 0);
    g_autofree char *token = parsers_header_token(disposition != NULL ? disposition : "");
    g_autofree char *charset = take_parameter(part->headers, "Content-Type", "charset");
    g_autofree char *format = take_parameter(part->headers, "Content-Type", "format");
    g_autofree char *delsp = take_parameter(part->headers, "Content-Type", "delsp");

    read_name(part);
    part->attachment = strcmp(token, "attachment") == 0 || part->name[0] != '\0';
    part->flowed = format != NULL && g_ascii_strcasecmp(format, "flowed") == 0;
    part->delsp = delsp != NULL && g_ascii_strcasecmp(delsp, "yes") == 0;
    if (charset != NULL) {
        g_free(part->charset);
        part->charset = g_steal_pointer(&charset);
    }
    if (id != NULL) {
        g_free(part->content_id);
        part->content_id = g_strndup(id + strspn(id, "< "), strcspn(id + strspn(id, "< "), "> "));
    }
}
