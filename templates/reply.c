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
#define ROOM_FOR_FIELDS 4096

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

static bool
check_addresses(const TemplatesReply *reply, const TemplatesMimeSender *sender, GError **error)
{
    if (!templates_address_is_plain(reply->to))
        return templates_throw(error, TEMPLATES_ERROR_RENDER,
                               "the sender's address is not a plain one");
    if (g_ascii_strcasecmp(sender->address, reply->to) == 0)
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "the sender's address is our own");
    if (!is_message_id(reply->message_id))
        return templates_throw(error, TEMPLATES_ERROR_RENDER, "our own Message-ID is not one");
    return true;
}

/* No Precedence field: RFC 3834 does without it, and gateways treat "bulk" and "junk" as mail that
 * may be thrown away, which an acknowledgement to a parent may not be. */
static void
add_fields(GString *mail, const TemplatesReply *reply)
{
    g_autoptr(GDateTime) local = templates_calendar_local(reply->calendar, reply->now);
    g_autofree char *date = g_mime_utils_header_format_date(local);
    g_autofree char *id = g_strdup_printf("<%s>", reply->message_id);

    templates_mime_field(mail, "Date", date);
    templates_mime_field(mail, "Message-Id", id);
    /* A broken Message-ID in what a parent sent costs the threading, never the reply. */
    if (!answers_nobody(reply) && is_message_id(reply->in_reply_to)) {
        g_autofree char *answered = g_strdup_printf("<%s>", reply->in_reply_to);

        templates_mime_field(mail, "In-Reply-To", answered);
        templates_mime_field(mail, "References", answered);
    }
    /* RFC 3834 section 5. */
    templates_mime_field(mail, "Auto-Submitted",
                         answers_nobody(reply) ? "auto-generated" : "auto-replied");
    if (is_alert(reply))
        templates_mime_field(mail, "Importance", "high");
    templates_mime_field(mail, "X-Auto-Response-Suppress", "All");
    if (reply->mark != NULL)
        templates_mime_field(mail, "X-Postern-Mark", reply->mark);
    templates_mime_field(mail, "MIME-Version", "1.0");
}

static void
add_body(GString *mail, const TemplatesReply *reply, const TemplatesWords *words)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, reply->message_id, -1);
    /* "=_" cannot stand in quoted-printable text, so the boundary is in no part. */
    g_autofree char *boundary = g_strdup_printf("=_%.32s", sum);

    g_string_append_printf(mail, "Content-Type: multipart/alternative;\r\n\tboundary=\"%s\"\r\n",
                           boundary);
    templates_mime_field(mail, "Content-Language",
                         reply->language != NULL ? reply->language : "en");
    g_string_append(mail, "\r\n");
    templates_mime_part(mail, boundary, "plain", words->text);
    templates_mime_part(mail, boundary, "html", words->html);
    g_string_append_printf(mail, "--%s--\r\n", boundary);
}

bool
templates_reply_render(const TemplatesReply *reply, TemplatesKit *kit, GBytes **out_mail,
                       GError **error)
{
    g_auto(TemplatesWords) words = {0};
    const TemplatesMimeSender *sender = NULL;
    GString *mail;

    if (!templates_words_make(reply, kit, &words, error) ||
        !templates_kit_sender(kit, reply->from, &sender, error) ||
        !check_addresses(reply, sender, error))
        return false;
    mail = g_string_sized_new(strlen(words.text) + strlen(words.html) + ROOM_FOR_FIELDS);
    g_string_append(mail, sender->field);
    templates_mime_field(mail, "To", reply->to);
    templates_mime_field(mail, "Subject", words.subject);
    add_fields(mail, reply);
    add_body(mail, reply, &words);
    *out_mail = g_string_free_to_bytes(mail);
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
