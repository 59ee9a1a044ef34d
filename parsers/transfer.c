/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/transfer.c - content transfer encodings undone.
 *
 * Base64 is left to GLib because GMime 3.2.13 drops everything after the first
 * padding, and a form sent in several blocks would silently lose its end.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045 section 6; POSIX uuencode; jstedfast/gmime issue 150
 */
#include "config.h"

#include "parsers/transfer.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

#include "parsers/mapped.h"
#include "parsers/sum.h"

enum {
    STRIDE = 1024 * 1024, /* bytes after which those read are given back */
    PIECE = 64 * 1024,    /* bytes that are undone at once where nothing is held */
};

/* Base64 that is being undone: GLib's state, and how many characters were not base64's. */
typedef struct {
    gint state;
    guint save;
    gsize junk;
} Base64;

/* Room for what a piece gives, and for what waited for its end. */
static gsize
base64_room(gsize size)
{
    return size / 4 * 3 + 6;
}

/* What a group holds that ends early, at most two bytes; one character alone holds nothing. */
static gsize
base64_end_group(Base64 *base64, guint8 *out)
{
    gsize length = 0;

    if (base64->state >= 2)
        length = g_base64_decode_step("==", (gsize)(4 - base64->state), out, &base64->state,
                                      &base64->save);
    base64->state = 0;
    return length;
}

/* Undo what stands before the next padding; returns how many bytes it gave. */
static gsize
base64_add_run(Base64 *base64, const guint8 *data, gsize size, guint8 *out)
{
    const gsize waiting = (gsize)base64->state;
    const gsize length =
        g_base64_decode_step((const char *)data, size, out, &base64->state, &base64->save);
    gsize others = size + waiting - length / 3 * 4 - (gsize)base64->state;

    for (gsize i = 0; others > 0 && i < size; i++)
        others -= g_ascii_isspace(data[i]);
    base64->junk += others;
    return length;
}

/* Undo the next piece; returns how many bytes it gave.  Padding ends a group however much of it is
 * there: GLib would take what follows for a part of the same group. */
static gsize
base64_add(Base64 *base64, const guint8 *data, gsize size, guint8 *out)
{
    gsize length = 0;

    for (gsize i = 0; i < size; i++) {
        const guint8 *padding = memchr(data + i, '=', size - i);
        const gsize run = padding != NULL ? (gsize)(padding - data) - i : size - i;

        length += base64_add_run(base64, data + i, run, out + length);
        if (padding != NULL)
            length += base64_end_group(base64, out + length);
        i += run;
    }
    return length;
}

/* The last group, at most two bytes; and what was wrong with the whole of that size, or NULL. */
static gsize
base64_end(Base64 *base64, gsize size, guint8 *out, const char **out_problem)
{
    *out_problem = NULL;
    if (base64->state == 1)
        *out_problem = "base64 is cut short";
    else if (base64->junk > size / 50 + 2)
        *out_problem = "base64 holds foreign characters";
    return base64_end_group(base64, out);
}

static GBytes *
decode_base64(GBytes *raw, const char **out_problem)
{
    gsize size = 0, length = 0;
    const guint8 *data = g_bytes_get_data(raw, &size);
    g_autofree guint8 *out = g_malloc(base64_room(size));
    Base64 base64 = {.state = 0};

    for (gsize at = 0; at < size; at += STRIDE) {
        const gsize piece = MIN(size - at, (gsize)STRIDE);

        length += base64_add(&base64, data + at, piece, out + length);
        parsers_mapped_release(data + at, piece);
    }
    length += base64_end(&base64, size, out + length, out_problem);
    parsers_mapped_release(data, size);
    return g_bytes_new_take(g_steal_pointer(&out), length);
}

void
parsers_transfer_measure(GBytes *raw, ParsersJpeg *jpeg, gsize *out_length, char **out_sha256,
                         const char **out_problem)
{
    gsize size = 0, given = 0;
    const guint8 *data = g_bytes_get_data(raw, &size);
    g_autofree guint8 *out = g_malloc(base64_room(PIECE));
    ParsersSum *sum = parsers_sum_new();
    Base64 base64 = {.state = 0};

    *out_length = 0;
    for (gsize at = 0; at < size; at += PIECE) {
        given = base64_add(&base64, data + at, MIN(size - at, (gsize)PIECE), out);
        parsers_sum_add(sum, out, given);
        if (jpeg != NULL)
            parsers_jpeg_look(jpeg, out, given);
        *out_length += given;
        if ((at + PIECE) % STRIDE == 0)
            parsers_mapped_release(data + at + PIECE - STRIDE, STRIDE);
    }
    given = base64_end(&base64, size, out, out_problem);
    parsers_sum_add(sum, out, given);
    if (jpeg != NULL)
        parsers_jpeg_look(jpeg, out, given);
    *out_length += given;
    *out_sha256 = parsers_sum_finish(sum);
    parsers_mapped_release(data, size);
}

static GBytes *
decode_quoted_printable(GBytes *raw)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(raw, &size);
    GMimeEncoding state;
    g_autofree char *out = NULL;
    gsize length = 0;

    g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    out = g_malloc(g_mime_encoding_outlen(&state, size) + 1);
    for (gsize at = 0; at < size; at += STRIDE) {
        const gsize step = MIN(size - at, STRIDE);

        length += g_mime_encoding_step(&state, data + at, step, out + length);
        parsers_mapped_release(data + at, step);
    }
    length += g_mime_encoding_flush(&state, "", 0, out + length);
    return g_bytes_new_take(g_steal_pointer(&out), length);
}

/* End of the line that starts at offset: out_next is where the following line starts. */
static gsize
line_end(const char *data, gsize size, gsize offset, gsize *out_next)
{
    const char *newline = memchr(data + offset, '\n', size - offset);
    gsize end = newline != NULL ? (gsize)(newline - data) : size;

    *out_next = newline != NULL ? end + 1 : size;
    if (end > offset && data[end - 1] == '\r')
        end--;
    return end;
}

static guint
uu_value(const char *data, gsize size, gsize i)
{
    return i < size ? ((guint)(guint8)data[i] - 32) & 63 : 0;
}

/* One line of uuencode; false when it is not one. */
static bool
decode_uu_line(GByteArray *out, const char *line, gsize length)
{
    gsize n = 0, i = 1;

    if (length == 0)
        return false;
    for (gsize k = 0; k < length; k++)
        if (line[k] < 32 || line[k] > 96)
            return false;
    n = uu_value(line, length, 0);
    if (length > 1 + (n + 2) / 3 * 4 + 4) /* room for a check character, but not for prose */
        return false;
    for (; n > 0; i += 4) {
        const guint32 bits = uu_value(line, length, i) << 18 | uu_value(line, length, i + 1) << 12 |
                             uu_value(line, length, i + 2) << 6 | uu_value(line, length, i + 3);
        const guint8 bytes[3] = {(guint8)(bits >> 16), (guint8)(bits >> 8), (guint8)bits};
        const guint take = (guint)MIN(n, 3);

        g_byte_array_append(out, bytes, take);
        n -= take;
    }
    return true;
}

/* "begin 644 name": the name, or NULL when the line is not one. */
static char *
begin_name(const char *line, gsize length)
{
    gsize i = 6, digits = 0;

    if (length < 11 || memcmp(line, "begin ", 6) != 0)
        return NULL;
    for (; i < length && line[i] >= '0' && line[i] <= '7'; i++)
        digits++;
    if (digits < 3 || digits > 4 || i + 1 >= length || line[i] != ' ')
        return NULL;
    return g_strndup(line + i + 1, length - i - 1);
}

void
parsers_transfer_file_free(ParsersTransferFile *file)
{
    if (file == NULL)
        return;
    g_free(file->name);
    g_clear_pointer(&file->bytes, g_bytes_unref);
    g_free(file);
}

/* The lines after a "begin" line; true when they are closed by an "end" line. */
static bool
read_file_lines(const char *data, gsize size, ParsersTransferFile *file, gsize offset)
{
    g_autoptr(GByteArray) out = g_byte_array_new();

    while (offset < size) {
        gsize next = 0;
        const gsize end = line_end(data, size, offset, &next);

        if (end - offset == 3 && memcmp(data + offset, "end", 3) == 0) {
            file->end = next;
            file->bytes = g_byte_array_free_to_bytes(g_steal_pointer(&out));
            return true;
        }
        if (end > offset && !decode_uu_line(out, data + offset, end - offset))
            return false;
        offset = next;
    }
    return false;
}

ParsersTransferFile *
parsers_transfer_find_file(const char *data, gsize size, gsize offset)
{
    while (offset < size) {
        gsize next = 0;
        const gsize end = line_end(data, size, offset, &next);
        g_autoptr(ParsersTransferFile) file = g_new0(ParsersTransferFile, 1);

        file->start = offset;
        file->name = begin_name(data + offset, end - offset);
        if (file->name != NULL && read_file_lines(data, size, file, next))
            return g_steal_pointer(&file);
        offset = next;
    }
    return NULL;
}

static GBytes *
decode_uuencode(GBytes *raw, const char **out_problem)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(raw, &size);
    g_autoptr(ParsersTransferFile) file = parsers_transfer_find_file(data, size, 0);

    if (file != NULL)
        return g_bytes_ref(file->bytes);
    *out_problem = "uuencode is cut short";
    return g_bytes_ref(raw);
}

GBytes *
parsers_transfer_decode(GBytes *raw, const char *encoding, const char **out_problem)
{
    *out_problem = NULL;
    if (encoding == NULL)
        return g_bytes_ref(raw);
    if (g_ascii_strcasecmp(encoding, "base64") == 0)
        return decode_base64(raw, out_problem);
    if (g_ascii_strcasecmp(encoding, "quoted-printable") == 0)
        return decode_quoted_printable(raw);
    if (g_ascii_strcasecmp(encoding, "x-uuencode") == 0 ||
        g_ascii_strcasecmp(encoding, "uuencode") == 0 || g_ascii_strcasecmp(encoding, "x-uue") == 0)
        return decode_uuencode(raw, out_problem);
    return g_bytes_ref(raw);
}
