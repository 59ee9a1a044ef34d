/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/reply.c - an automatic reply as a complete mail.
 *
 * Only our own words are composed here; the two texts that come from the mail
 * answered, an address and a message id, are checked character by character first.
 *
 * Runs in:  courier, command line.
 * Source:   RFC 5322, RFC 2045, RFC 3834; doc/replies.md
 */
#include "config.h"

#include <string.h>

#include "templates/address.h"
#include "templates/autoptr.h"
#include "templates/reply.h"
#include "templates/words.h"

#define MAX_MESSAGE_ID 900 /* bytes: RFC 5322 allows lines of 998 */

/* clang-format off */
static const struct {
    const char *name, *template, *variant;
} parts[] = {
    { "acknowledgement",  "acknowledgement",     NULL       },
    { "holding",          "holding",             NULL       },
    { "holding-unopened", "holding",             "unopened" },
    { "holding-blank",    "holding",             "blank"    },
    { "redirection",      "redirection",         NULL       },
    { "apology",          "apology",             NULL       },
    { "alert",            TEMPLATES_REPLY_ALERT, NULL       },
    { "alert-digest",     TEMPLATES_REPLY_ALERT, "digest"   },
    { "consultation",     TEMPLATES_REPLY_CONSULTATION, NULL },
};
/* clang-format on */
static const char *const names[] = {
    "acknowledgement",
    "holding",
    "holding-unopened",
    "holding-blank",
    "redirection",
    "apology",
    TEMPLATES_REPLY_ALERT,
    "alert-digest",
    TEMPLATES_REPLY_CONSULTATION,
    NULL,
};
G_STATIC_ASSERT(G_N_ELEMENTS(names) == G_N_ELEMENTS(parts) + 1);

const char *const *
templates_reply_names(void)
{
    return names;
}

bool
templates_reply_parse(const char *name, const char **out_template, const char **out_variant)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (g_str_equal(parts[i].name, name)) {
            *out_template = parts[i].template;
            *out_variant = parts[i].variant;
            return true;
        }
    return false;
}

static bool
is_message_id(const char *id)
{
    const char *at = id != NULL ? strchr(id, '@') : NULL;

    if (at == NULL || strchr(at + 1, '@') != NULL || strlen(id) > MAX_MESSAGE_ID)
        return false;
    /* A careless program would decode what looks like an encoded word (RFC 2047). */
    if (strstr(id, "=?") != NULL)
        return false;
    for (; *id != '\0'; id++)
        if (!g_ascii_isgraph(*id) || strchr("<>()\\\",;:", *id) != NULL)
            return false;
    return true;
}

static InternetAddressMailbox *
single_mailbox(InternetAddressList *list)
{
    InternetAddress *first;

    if (list == NULL || internet_address_list_length(list) != 1)
        return NULL;
    first = internet_address_list_get_address(list, 0);
    return INTERNET_ADDRESS_IS_MAILBOX(first) ? INTERNET_ADDRESS_MAILBOX(first) : NULL;
}

static bool
set_addresses(GMimeMessage *mail, const TemplatesReply *reply, GError **error)
{
    g_autoptr(InternetAddressList) list = internet_address_list_parse(NULL, reply->from);
    InternetAddressMailbox *from = single_mailbox(list);
    const char *address = from != NULL ? internet_address_mailbox_get_addr(from) : NULL;

    if (!templates_address_is_plain(address))
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "our own From is not one address");
    if (!templates_address_is_plain(reply->to))
        return templates_throw(error, TEMPLATES_ERROR_RENDER,
                               "the sender's address is not a plain one");
    if (g_ascii_strcasecmp(address, reply->to) == 0)
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "the sender's address is our own");
    g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_FROM,
                               internet_address_get_name(INTERNET_ADDRESS(from)), address);
    g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_TO, NULL, reply->to);
    return true;
}

static bool
is_alert(const TemplatesReply *reply)
{
    return g_str_equal(reply->template, TEMPLATES_REPLY_ALERT);
}

/* Both are sent by us first, and answer no mail. */
static bool
answers_nobody(const TemplatesReply *reply)
{
    return is_alert(reply) || g_str_equal(reply->template, TEMPLATES_REPLY_CONSULTATION);
}

/* No Precedence field: RFC 3834 does without it, and gateways treat "bulk" and "junk" as mail that
 * may be thrown away, which an acknowledgement to a parent may not be. */
static bool
set_fields(GMimeMessage *mail, const TemplatesReply *reply, GError **error)
{
    GMimeObject *object = GMIME_OBJECT(mail);
    g_autoptr(GDateTime) date = templates_calendar_local(reply->calendar, reply->now);

    if (!is_message_id(reply->message_id))
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "our own Message-ID is not one");
    g_mime_message_set_date(mail, date);
    g_mime_message_set_message_id(mail, reply->message_id);
    /* A broken Message-ID in what a parent sent costs the threading, never the reply. */
    if (!answers_nobody(reply) && is_message_id(reply->in_reply_to)) {
        g_autofree char *id = g_strdup_printf("<%s>", reply->in_reply_to);

        g_mime_object_append_header(object, "In-Reply-To", id, NULL);
        g_mime_object_append_header(object, "References", id, NULL);
    }
    /* RFC 3834 section 5. */
    g_mime_object_append_header(object, "Auto-Submitted",
                                answers_nobody(reply) ? "auto-generated" : "auto-replied", NULL);
    if (is_alert(reply))
        g_mime_object_append_header(object, "Importance", "high", NULL);
    g_mime_object_append_header(object, "X-Auto-Response-Suppress", "All", NULL);
    if (reply->mark != NULL)
        g_mime_object_append_header(object, "X-Postern-Mark", reply->mark, NULL);
    g_mime_object_append_header(object, "MIME-Version", "1.0", NULL);
    return true;
}

/* g_mime_text_part_set_text() would choose a charset of its own. */
static void
add_part(GMimeMultipart *both, const char *subtype, const char *text)
{
    g_autoptr(GMimePart) part = g_mime_part_new_with_type("text", subtype);
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
    g_autoptr(GMimeDataWrapper) content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_multipart_add(both, GMIME_OBJECT(part));
}

static void
set_body(GMimeMessage *mail, const TemplatesReply *reply, const TemplatesWords *words)
{
    g_autoptr(GMimeMultipart) both = g_mime_multipart_new_with_subtype("alternative");
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, reply->message_id, -1);
    g_autofree char *boundary = g_strdup_printf("=_%.32s", sum);

    /* "=_" cannot stand in quoted-printable text, so the boundary is in no part. */
    g_mime_multipart_set_boundary(both, boundary);
    g_mime_object_append_header(GMIME_OBJECT(both), "Content-Language",
                                reply->language != NULL ? reply->language : "en", NULL);
    add_part(both, "plain", words->text);
    add_part(both, "html", words->html);
    g_mime_message_set_mime_part(mail, GMIME_OBJECT(both));
}

static GBytes *
write_mail(GMimeMessage *mail)
{
    g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
    GMimeFormatOptions *options = g_mime_format_options_new();
    GByteArray *bytes;

    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_object_write_to_stream(GMIME_OBJECT(mail), options, stream);
    g_mime_format_options_free(options);
    bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return g_bytes_new(bytes->data, bytes->len);
}

bool
templates_reply_render(const TemplatesReply *reply, TemplatesKit *kit, GBytes **out_mail,
                       GError **error)
{
    g_auto(TemplatesWords) words = {0};
    g_autoptr(GMimeMessage) mail = NULL;

    g_mime_init();
    if (!templates_words_make(reply, kit, &words, error))
        return false;
    mail = g_mime_message_new(FALSE);
    if (!set_addresses(mail, reply, error))
        return false;
    g_mime_message_set_subject(mail, words.subject, "utf-8");
    if (!set_fields(mail, reply, error))
        return false;
    set_body(mail, reply, &words);
    *out_mail = write_mail(mail);
    return true;
}

static bool
check_one(TemplatesReply *reply, TemplatesKit *kit, GError **error)
{
    /* A Tuesday at 10:00, the Saturday after it, and Good Friday: every wording. */
    static const gint64 times[] = {G_GINT64_CONSTANT(1709632800) * G_USEC_PER_SEC,
                                   G_GINT64_CONSTANT(1709978400) * G_USEC_PER_SEC,
                                   G_GINT64_CONSTANT(1711710000) * G_USEC_PER_SEC};

    for (guint i = 0; i < G_N_ELEMENTS(times); i++) {
        g_autoptr(GBytes) mail = NULL;

        reply->now = reply->received = times[i];
        if (!templates_words_check(reply, kit, error) ||
            !templates_reply_render(reply, kit, &mail, error))
            return false;
    }
    return true;
}

bool
templates_reply_check(const char *folder, const char *language, GHashTable *contacts,
                      GError **error)
{
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(TemplatesAreas) areas = NULL;
    g_autoptr(TemplatesKit) kit = templates_kit_new(folder, language, contacts);
    TemplatesReply reply = {.language = language,
                            .reference = "LADO-7K3M-Q9TR",
                            .to = "someone@example.com",
                            .from = "Service <service@example.org>",
                            .message_id = "check@example.org",
                            .service = "Service",
                            .portal_url = "https://example.org/"};

    if (!templates_calendar_load(folder, "Europe/London", NULL, &calendar, error) ||
        !templates_areas_load(folder, &areas, error))
        return false;
    reply.calendar = calendar;
    reply.areas = areas;
    reply.home_area = reply.work_area = templates_areas_first(areas);
    reply.waiting = 12;
    for (guint i = 0; i < G_N_ELEMENTS(names) - 1; i++) {
        templates_reply_parse(names[i], &reply.template, &reply.variant);
        if (!check_one(&reply, kit, error))
            return false;
    }
    return true;
}

char **
templates_reply_unused(const char *folder, const char *language, GHashTable *contacts)
{
    g_autoptr(TemplatesKit) kit = templates_kit_new(folder, language, NULL);
    g_autoptr(GHashTable) others = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) unused = g_ptr_array_new();
    json_t *built_in = NULL;
    GHashTableIter iter;
    gpointer key, value;

    templates_kit_contacts(kit, &built_in, NULL);
    g_hash_table_iter_init(&iter, contacts);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(others, key, value);
    g_hash_table_iter_init(&iter, contacts);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        if (json_object_get(built_in, key) != NULL)
            continue;
        /* A template that names what is not there is refused: where none is, none names this. */
        g_hash_table_remove(others, key);
        if (templates_reply_check(folder, language, others, NULL))
            g_ptr_array_add(unused, g_strdup(key));
        g_hash_table_insert(others, key, value);
    }
    g_ptr_array_add(unused, NULL);
    return (char **)g_ptr_array_steal(unused, NULL);
}
