/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mime-part.c - one part of a mail while the mail is taken apart.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045, RFC 2183, RFC 2231
 */
#include "config.h"

#include "parsers/mime-part.h"

#include <string.h>

#include "parsers/mapped.h"
#include "parsers/draw.h"
#include "parsers/jpeg.h"
#include "parsers/ocr.h"
#include "parsers/sniff.h"
#include "parsers/sum.h"

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
    g_free(part->sha256);
    g_free(part);
}

void
parsers_mime_part_spoil(ParsersMimePart *part, ParsersPartState state, const char *problem)
{
    part->state = state;
    g_free(part->problem);
    part->problem = g_strdup(problem);
}

ParsersMimePart *
parsers_mime_part_new(GBytes *bytes)
{
    ParsersMimePart *part = g_new0(ParsersMimePart, 1);

    part->name = g_strdup("");
    part->declared = g_strdup("");
    part->charset = g_strdup("");
    part->content_id = g_strdup("");
    part->problem = g_strdup("");
    part->state = PARSERS_PART_READ;
    part->parent = -1;
    part->sha256 = g_strdup("");
    part->bytes = g_bytes_ref(bytes);
    part->type = parsers_sniff_type(bytes);
    return part;
}

/* ---- what the headers of a part say ---- */

/* The last piece of a path: some programs send "C:\Users\...\form.docx". */
static char *
base_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *backslash = strrchr(name, '\\');
    const char *start = MAX(slash, backslash);

    return g_strndup(start != NULL ? start + 1 : name, 255 * 4);
}

void
parsers_mime_part_set_name(ParsersMimePart *part, const char *name)
{
    g_autofree char *base = base_name(name);

    g_free(part->name);
    part->name = g_utf8_make_valid(base, -1);
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

    if (name == NULL || name[0] == '\0') {
        g_free(name);
        name = take_parameter(part->headers, "Content-Type", "name");
    }
    if (name == NULL)
        return;
    parsers_mime_part_set_name(part, name);
}

static void
read_headers(ParsersMimePart *part)
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

/* Text all the same: in UTF-16 without its mark, or with a stray NUL. */
static bool
is_nearly_text(const ParsersMimePart *part)
{
    gsize size = 0, odd = 0;
    const guint8 *data = g_bytes_get_data(part->bytes, &size);
    const gsize head = MIN(size, 4096);

    if (g_ascii_strncasecmp(part->charset, "utf-16", 6) == 0 ||
        g_ascii_strncasecmp(part->charset, "utf-32", 6) == 0)
        return true;
    for (gsize i = 0; i < head; i++)
        odd += data[i] < 32 && !g_ascii_isspace(data[i]) && data[i] != 27;
    return odd <= head / 50;
}

/* What looks like nothing known, and has no name, is the text that it is said to be. */
static void
trust_text(ParsersMimePart *part)
{
    if (strcmp(part->type, "unknown") != 0 || part->attachment || !is_nearly_text(part))
        return;
    if (strcmp(part->declared, "text/html") == 0)
        part->type = "html";
    else if (strcmp(part->declared, "text/plain") == 0)
        part->type = "text";
}

void
parsers_mime_part_describe(ParsersMimePart *part)
{
    read_headers(part);
    trust_text(part);
}

/* ---- what is kept of it ---- */

/* Pictures are for programs that read or draw pictures, or for one that turns them into another
 * format first. */
bool
parsers_mime_part_is_read(const ParsersMimePart *part)
{
    static const char *const unread[] = {"audio", "video", "exe", "rar", "7z", NULL};
    static const char *const words[] = {"text", "html", "mail", "pgp", NULL};

    if (part->state == PARSERS_PART_LIMIT && !g_strv_contains(words, part->type))
        return false;
    if (g_strv_contains(unread, part->type))
        return false;
    return !parsers_sniff_is_image(part->type) || strcmp(part->type, "heic") == 0 ||
           parsers_ocr_is_there() || parsers_draw_is_there();
}

/* data: all of the part's bytes. */
static void
note_picture(ParsersMimePart *part, const void *data)
{
    ParsersJpeg jpeg = {0};

    if (strcmp(part->type, "jpeg") != 0)
        return;
    parsers_jpeg_look(&jpeg, data, part->size);
    part->unopenable = !jpeg.has_frame;
}

void
parsers_mime_part_settle(ParsersMimePart *part)
{
    const void *data = NULL;

    if (part->sha256[0] == '\0') {
        data = g_bytes_get_data(part->bytes, &part->size);
        g_free(part->sha256);
        part->sha256 = parsers_sum_of(data, part->size);
        note_picture(part, data);
        parsers_mapped_release(data, part->size);
    }
    if (!parsers_mime_part_is_read(part))
        parsers_mime_part_let_go(part);
}

void
parsers_mime_part_let_go(ParsersMimePart *part)
{
    g_bytes_unref(part->bytes);
    part->bytes = g_bytes_new_static("", 0);
}
