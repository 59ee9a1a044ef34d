/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/mime.c - a mail of ours, written field by field and part by part.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   RFC 5322 section 2.2.3; RFC 2045; RFC 2047
 */
#include "config.h"

#include "templates/mime.h"

#include <string.h>

#include "templates/address.h"
#include "templates/autoptr.h"

#define LINE_MAX_BYTES 76u

/* ---- the sender ---- */

static InternetAddressMailbox *
single_mailbox(InternetAddressList *list)
{
    InternetAddress *first;

    if (list == NULL || internet_address_list_length(list) != 1)
        return NULL;
    first = internet_address_list_get_address(list, 0);
    return INTERNET_ADDRESS_IS_MAILBOX(first) ? INTERNET_ADDRESS_MAILBOX(first) : NULL;
}

static char *
from_field(InternetAddressMailbox *from, const char *address)
{
    g_autoptr(GMimeMessage) mail = g_mime_message_new(FALSE);
    GMimeFormatOptions *options = g_mime_format_options_new();
    char *field;

    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_FROM,
                               internet_address_get_name(INTERNET_ADDRESS(from)), address);
    field = g_mime_object_get_headers(GMIME_OBJECT(mail), options);
    g_mime_format_options_free(options);
    return field;
}

bool
templates_mime_sender_read(const char *from, TemplatesMimeSender **out_sender, GError **error)
{
    g_autoptr(InternetAddressList) list = NULL;
    InternetAddressMailbox *mailbox;
    const char *address;
    TemplatesMimeSender *sender;

    g_mime_init();
    list = internet_address_list_parse(NULL, from);
    mailbox = single_mailbox(list);
    address = mailbox != NULL ? internet_address_mailbox_get_addr(mailbox) : NULL;
    if (!templates_address_is_plain(address))
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "our own From is not one address");
    sender = g_new0(TemplatesMimeSender, 1);
    sender->from = g_strdup(from);
    sender->address = g_strdup(address);
    sender->field = from_field(mailbox, address);
    *out_sender = sender;
    return true;
}

void
templates_mime_sender_free(TemplatesMimeSender *sender)
{
    if (sender == NULL)
        return;
    g_free(sender->from);
    g_free(sender->address);
    g_free(sender->field);
    g_free(sender);
}

/* ---- fields ---- */

/* Break at spaces only: what is one word stays one, however long. */
static void
fold(GString *mail, const char *name, const char *value)
{
    gsize line = strlen(name) + 1;
    bool first = true;

    g_string_append(g_string_append(mail, name), ":");
    while (*value != '\0') {
        gsize length = strcspn(value, " ");

        if (!first && line + 1 + length > LINE_MAX_BYTES) {
            g_string_append(mail, "\r\n");
            line = 0;
        }
        g_string_append_len(g_string_append_c(mail, ' '), value, (gssize)length);
        line += 1 + length;
        first = false;
        value += length + (value[length] == ' ');
    }
    g_string_append(mail, "\r\n");
}

void
templates_mime_field(GString *mail, const char *name, const char *value)
{
    g_autofree char *encoded = NULL;

    if (!g_str_is_ascii(value)) {
        g_mime_init();
        encoded = g_mime_utils_header_encode_text(NULL, value, "utf-8");
        value = encoded;
    }
    fold(mail, name, value);
}

/* ---- parts ---- */

/* The encoder ends lines with a line feed. */
static void
append_lines(GString *mail, const char *text, gsize length)
{
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        gsize line = end != NULL ? (gsize)(end - text) : length;

        g_string_append_len(mail, text, (gssize)line);
        if (end == NULL)
            return;
        g_string_append(mail, "\r\n");
        text += line + 1;
        length -= line + 1;
    }
}

void
templates_mime_part(GString *mail, const char *boundary, const char *subtype, const char *text)
{
    GMimeEncoding encoding;
    gsize length = strlen(text);
    g_autofree char *encoded = NULL;

    g_string_append_printf(mail,
                           "--%s\r\nContent-Type: text/%s; charset=utf-8\r\n"
                           "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                           boundary, subtype);
    g_mime_encoding_init_encode(&encoding, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    encoded = g_malloc(g_mime_encoding_outlen(&encoding, length));
    append_lines(mail, encoded, g_mime_encoding_flush(&encoding, text, length, encoded));
    g_string_append(mail, "\r\n");
}
