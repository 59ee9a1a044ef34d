/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/msg.c - a mail that Outlook saved as a file, as the mail that it was.
 *
 * A .msg file keeps each property of a mail in a stream of its own.  They are written down as an
 * Internet mail, so that all that reads mails reads these too.  Everything but headers is written
 * in base64, in which no boundary can occur.
 *
 * Runs in:  postern-parser.
 * Source:   [MS-OXMSG] 2; [MS-OXPROPS]
 */
#include "config.h"

#include "parsers/msg.h"

#include <string.h>

#include "parsers/cfb.h"
#include "parsers/charset.h"
#include "parsers/octets.h"
#include "parsers/tnef.h"

/* Numbers of properties; the type follows in the name of the stream. */
enum {
    SUBJECT = 0x0037,
    SUBMIT_TIME = 0x0039,
    TRANSPORT_HEADERS = 0x007D,
    SENDER_NAME = 0x0C1A,
    SENDER_ADDRESS = 0x0C1F,
    DISPLAY_CC = 0x0E03,
    DISPLAY_TO = 0x0E04,
    BODY = 0x1000,
    RTF_COMPRESSED = 0x1009,
    HTML = 0x1013,
    MESSAGE_ID = 0x1035,
    ATTACH_DATA = 0x3701,
    ATTACH_SHORT_NAME = 0x3704,
    ATTACH_NAME = 0x3707,
    ATTACH_TYPE = 0x370E,
    ATTACH_CONTENT_ID = 0x3712,
    SENDER_SMTP = 0x5D01,
};

enum {
    ROOT_HEADER = 32, /* of the stream of fixed properties */
    INNER_HEADER = 24,
    PROPERTY_BYTES = 16,
    HEADER_TEXT = 1000, /* of one header that we write */
};

typedef struct {
    const ParsersCfb *cfb;
    const ParsersLimits *limits;
    GString *mail;
    gsize reading;     /* bytes of properties that may still be read: many may name the same ones */
    gsize budget;      /* bytes that may still be written */
    guint attachments; /* written, of all mails inside one another */
} Writer;

static bool write_message(Writer *writer, ParsersCfbStorage storage, guint depth, GError **error);

/* ---- properties ---- */

/* A stream, or NULL: also when too much was read, which write_message() then says. */
static GBytes *
stream(Writer *writer, ParsersCfbStorage storage, const char *name)
{
    GBytes *bytes = NULL;

    if (writer->reading == 0 || !parsers_cfb_read_in(writer->cfb, storage, name, &bytes, NULL))
        return NULL;
    writer->reading -= MIN(writer->reading, g_bytes_get_size(bytes));
    return bytes;
}

static GBytes *
property(Writer *writer, ParsersCfbStorage storage, guint id, guint type)
{
    g_autofree char *name = g_strdup_printf("__substg1.0_%04X%04X", id, type);

    return stream(writer, storage, name);
}

/* A text, which is UTF-16 or in some code page, as UTF-8; or NULL. */
static char *
text_property(Writer *writer, ParsersCfbStorage storage, guint id)
{
    g_autoptr(GBytes) wide = property(writer, storage, id, 0x001F);
    g_autoptr(GBytes) narrow = wide == NULL ? property(writer, storage, id, 0x001E) : NULL;
    GBytes *bytes = wide != NULL ? wide : narrow;
    gsize size = 0;
    const char *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
    GString *text = NULL;

    if (data == NULL || size > writer->limits->body_text_bytes)
        return NULL;
    if (wide == NULL)
        return parsers_charset_to_utf8(data, strnlen(data, size), NULL);
    text = g_string_new(NULL);
    parsers_octets_append_utf16(parsers_octets_of(wide), 0, size / 2, text);
    return g_string_free(text, FALSE);
}

/* When it was sent, in seconds since 1970, or 0. */
static gint64
submit_time(Writer *writer, ParsersCfbStorage storage)
{
    g_autoptr(GBytes) bytes = stream(writer, storage, "__properties_version1.0");
    ParsersOctets fixed = {0};
    const gsize start = storage == PARSERS_CFB_ROOT ? ROOT_HEADER : INNER_HEADER;

    if (bytes == NULL)
        return 0;
    fixed = parsers_octets_of(bytes);
    for (gsize at = start; at + PROPERTY_BYTES <= fixed.size; at += PROPERTY_BYTES) {
        const guint64 high = parsers_octets_u32(fixed, at + 12);
        const guint64 ticks = high << 32 | parsers_octets_u32(fixed, at + 8);

        if (parsers_octets_u32(fixed, at) == ((guint32)SUBMIT_TIME << 16 | 0x0040))
            return (gint64)(ticks / 10000000) - G_GINT64_CONSTANT(11644473600);
    }
    return 0;
}

/* Whether so many bytes may still be written. */
static bool
spend(Writer *writer, gsize size, GError **error)
{
    if (size > writer->limits->part_bytes || size > writer->budget)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "part_bytes");
    writer->budget -= size;
    return true;
}

/* ---- headers ---- */

/* One line, without whatever could begin another. */
static void
write_header(Writer *writer, const char *name, const char *value)
{
    g_autofree char *line = g_strndup(value != NULL ? value : "", HEADER_TEXT);
    g_autofree char *valid = NULL;

    for (char *c = line; *c != '\0'; c++)
        if ((guchar)*c < ' ')
            *c = ' ';
    valid = g_utf8_make_valid(g_strstrip(line), -1);
    if (valid[0] != '\0')
        g_string_append_printf(writer->mail, "%s: %s\r\n", name, valid);
}

static void
write_sender(Writer *writer, ParsersCfbStorage storage)
{
    g_autofree char *name = text_property(writer, storage, SENDER_NAME);
    g_autofree char *smtp = text_property(writer, storage, SENDER_SMTP);
    g_autofree char *other = text_property(writer, storage, SENDER_ADDRESS);
    const char *address = smtp != NULL ? smtp : other;
    g_autofree char *from = NULL;

    if (name != NULL)
        g_strdelimit(name, "\"<>\\", ' ');
    if (address != NULL && strchr(address, '@') != NULL)
        from = g_strdup_printf("\"%s\" <%s>", name != NULL ? name : "", address);
    write_header(writer, "From", from != NULL ? from : name);
}

static void
write_date(Writer *writer, ParsersCfbStorage storage)
{
    const gint64 sent = submit_time(writer, storage);
    g_autoptr(GDateTime) date = sent > 0 ? g_date_time_new_from_unix_utc(sent) : NULL;
    g_autofree char *text = NULL;

    if (date != NULL)
        text = g_date_time_format(date, "%d %b %Y %H:%M:%S +0000");
    write_header(writer, "Date", text);
}

/* The headers that it came with, but for those that say how its body was written. */
static void
write_received_headers(Writer *writer, const char *headers)
{
    g_auto(GStrv) lines = g_strsplit(headers, "\n", (gint)writer->limits->headers);
    bool keep = false;

    for (guint i = 0; lines[i] != NULL; i++) {
        const char *line = g_strchomp(lines[i]);

        if (line[0] == '\0')
            continue;
        if (line[0] != ' ' && line[0] != '\t')
            keep = g_ascii_strncasecmp(line, "content-", 8) != 0 &&
                   g_ascii_strncasecmp(line, "mime-version", 12) != 0 && strchr(line, ':') != NULL;
        if (keep)
            g_string_append_printf(writer->mail, "%s\r\n", line);
    }
}

static bool
write_headers(Writer *writer, ParsersCfbStorage storage, GError **error)
{
    static const struct {
        guint id;
        const char *name;
    } headers[] = {
        {SUBJECT, "Subject"}, {DISPLAY_TO, "To"}, {DISPLAY_CC, "Cc"}, {MESSAGE_ID, "Message-ID"}};
    g_autofree char *received = text_property(writer, storage, TRANSPORT_HEADERS);

    if (received != NULL && strchr(received, ':') != NULL) {
        if (!spend(writer, strlen(received), error))
            return false;
        write_received_headers(writer, received);
        return true;
    }
    write_sender(writer, storage);
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++) {
        g_autofree char *value = text_property(writer, storage, headers[i].id);

        write_header(writer, headers[i].name, value);
    }
    write_date(writer, storage);
    return true;
}

/* ---- parts ---- */

static void
write_base64(GString *mail, const guchar *data, gsize size)
{
    enum { LINE = 57 };

    for (gsize at = 0; at < size; at += LINE) {
        g_autofree char *line = g_base64_encode(data + at, MIN(size - at, (gsize)LINE));

        g_string_append(mail, line);
        g_string_append(mail, "\r\n");
    }
}

/* headers: of the part, each ended; "" when none. */
static bool
write_part(Writer *writer, guint depth, const char *headers, GBytes *bytes, GError **error)
{
    gsize size = 0;
    const guchar *data = g_bytes_get_data(bytes, &size);

    if (!spend(writer, strlen(headers), error) || !spend(writer, size, error))
        return false;
    g_string_append_printf(
        writer->mail, "--=_msg_%u\r\n%sContent-Transfer-Encoding: base64\r\n\r\n", depth, headers);
    write_base64(writer->mail, data, size);
    return true;
}

static bool
write_bodies(Writer *writer, ParsersCfbStorage storage, guint depth, GError **error)
{
    g_autofree char *text = text_property(writer, storage, BODY);
    g_autofree char *markup = text_property(writer, storage, HTML);
    g_autoptr(GBytes) plain = text != NULL ? g_bytes_new(text, strlen(text)) : NULL;
    g_autoptr(GBytes) html = markup != NULL ? g_bytes_new(markup, strlen(markup))
                                            : property(writer, storage, HTML, 0x0102);
    g_autoptr(GBytes) rtf = property(writer, storage, RTF_COMPRESSED, 0x0102);
    g_autoptr(GBytes) inflated = NULL;

    if (html != NULL)
        return write_part(writer, depth,
                          markup != NULL ? "Content-Type: text/html; charset=utf-8\r\n"
                                         : "Content-Type: text/html\r\n",
                          html, error);
    if (plain != NULL)
        return write_part(writer, depth, "Content-Type: text/plain; charset=utf-8\r\n", plain,
                          error);
    inflated = rtf != NULL ? parsers_tnef_inflate_rtf(rtf, writer->limits) : NULL;
    return inflated == NULL ||
           write_part(writer, depth, "Content-Type: application/rtf; name=body.rtf\r\n", inflated,
                      error);
}

/* A name as RFC 2231 writes it, so that nothing in it is more than a name. */
static void
append_name(GString *headers, const char *name)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *short_name = g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), 250));
    g_autofree char *escaped = g_uri_escape_string(short_name, NULL, FALSE);

    g_string_append_printf(headers, "Content-Disposition: attachment; filename*=utf-8''%s\r\n",
                           escaped);
}

static char *
attachment_headers(Writer *writer, ParsersCfbStorage storage)
{
    g_autofree char *name = text_property(writer, storage, ATTACH_NAME);
    g_autofree char *short_name = text_property(writer, storage, ATTACH_SHORT_NAME);
    g_autofree char *type = text_property(writer, storage, ATTACH_TYPE);
    g_autofree char *id = text_property(writer, storage, ATTACH_CONTENT_ID);
    GString *headers = g_string_new(NULL);
    const bool good = type != NULL && type[0] != '\0' &&
                      strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789-+./") == strlen(type);

    g_string_append_printf(headers, "Content-Type: %s\r\n",
                           good ? type : "application/octet-stream");
    if (id != NULL && id[0] != '\0' && strpbrk(id, "<>\r\n ") == NULL)
        g_string_append_printf(headers, "Content-ID: <%.200s>\r\n", id);
    append_name(headers, name != NULL ? name : short_name != NULL ? short_name : "attachment");
    return g_string_free(headers, FALSE);
}

/* A mail inside the mail is written as a text of its own, and then into base64 like any part. */
static bool
write_inner_message(Writer *writer, ParsersCfbStorage storage, guint depth, GError **error)
{
    GString *outer = writer->mail;
    g_autoptr(GBytes) bytes = NULL;
    bool written;

    if (depth + 1 >= writer->limits->container_depth)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "container_depth");
    writer->mail = g_string_new(NULL);
    written = write_message(writer, storage, depth + 1, error);
    bytes = g_string_free_to_bytes(writer->mail);
    writer->mail = outer;
    return written && write_part(writer, depth, "Content-Type: message/rfc822\r\n", bytes, error);
}

static bool
write_attachment(Writer *writer, ParsersCfbStorage storage, guint depth, GError **error)
{
    g_autoptr(GBytes) bytes = property(writer, storage, ATTACH_DATA, 0x0102);
    g_autofree char *headers = NULL;
    ParsersCfbStorage inner = 0;

    if (bytes == NULL && parsers_cfb_find(writer->cfb, storage, "__substg1.0_3701000D", &inner))
        return write_inner_message(writer, inner, depth, error);
    if (bytes == NULL) /* a link, or an object of another program: said by its name */
        bytes = g_bytes_new_static("", 0);
    headers = attachment_headers(writer, storage);
    return write_part(writer, depth, headers, bytes, error);
}

/* What is beyond mime_parts is not written: whoever reads this many finds one too many, and says
 * so. */
static bool
write_attachments(Writer *writer, ParsersCfbStorage storage, guint depth, GError **error)
{
    for (guint i = 0; writer->attachments < writer->limits->mime_parts; i++) {
        g_autofree char *name = g_strdup_printf("__attach_version1.0_#%08X", i);
        ParsersCfbStorage attachment = 0;

        if (!parsers_cfb_find(writer->cfb, storage, name, &attachment))
            break;
        writer->attachments++;
        if (!write_attachment(writer, attachment, depth, error))
            return false;
    }
    return true;
}

static bool
write_message(Writer *writer, ParsersCfbStorage storage, guint depth, GError **error)
{
    if (!write_headers(writer, storage, error))
        return false;
    g_string_append_printf(writer->mail,
                           "MIME-Version: 1.0\r\n"
                           "Content-Type: multipart/mixed; boundary=\"=_msg_%u\"\r\n\r\n",
                           depth);
    if (!write_bodies(writer, storage, depth, error) ||
        !write_attachments(writer, storage, depth, error))
        return false;
    g_string_append_printf(writer->mail, "--=_msg_%u--\r\n", depth);
    return writer->reading > 0 || parsers_throw(error, PARSERS_ERROR_LIMIT, "part_bytes");
}

bool
parsers_msg_to_mail(GBytes *bytes, const ParsersLimits *limits, GBytes **out_mail, GError **error)
{
    g_autoptr(ParsersCfb) cfb = NULL;
    Writer writer = {.limits = limits,
                     .reading = 2 * (gsize)limits->part_bytes,
                     .budget = 2 * (gsize)limits->part_bytes};
    g_autoptr(GBytes) mail = NULL;
    bool written;

    if (!parsers_cfb_open(bytes, limits, &cfb, error))
        return false;
    writer.cfb = cfb;
    writer.mail = g_string_new(NULL);
    written = write_message(&writer, PARSERS_CFB_ROOT, 0, error);
    mail = g_string_free_to_bytes(writer.mail);
    if (!written)
        return false;
    *out_mail = g_steal_pointer(&mail);
    return true;
}
