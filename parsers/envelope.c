/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/envelope.c - the headers of a mail as findings.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 5322 section 3.6; RFC 3464 and RFC 8098 for original ids; RFC 8601
 */
#include "config.h"

#include "parsers/envelope.h"

#include <gmime/gmime.h>
#include <string.h>

#include "parsers/auth.h"

enum {
    MOST_ADDRESSES = 1000,
    MOST_IDS = 500,
    MOST_REFERENCES = 50,
};

typedef struct {
    char *address;
    char *name;
} Mailbox;

static void
mailbox_clear(gpointer data)
{
    Mailbox *mailbox = data;

    g_free(mailbox->address);
    g_free(mailbox->name);
}

static GArray *
mailboxes_new(void)
{
    GArray *mailboxes = g_array_new(FALSE, FALSE, sizeof(Mailbox));

    g_array_set_clear_func(mailboxes, mailbox_clear);
    return mailboxes;
}

static void
add_unique(GPtrArray *texts, const char *text, guint most)
{
    if (*text == '\0' || texts->len >= most)
        return;
    for (guint i = 0; i < texts->len; i++)
        if (strcmp(g_ptr_array_index(texts, i), text) == 0)
            return;
    g_ptr_array_add(texts, g_strdup(text));
}

static void
set(char **place, const char *text)
{
    g_free(*place);
    *place = g_utf8_make_valid(text != NULL ? text : "", -1);
}

/* ---- addresses ---- */

/* Groups are flattened one level: GMime's are at most that deep where colons are few. */
static void
add_addresses(GArray *out, InternetAddressList *list, guint depth)
{
    const int n = internet_address_list_length(list);

    for (int i = 0; i < n && out->len < MOST_ADDRESSES; i++) {
        InternetAddress *one = internet_address_list_get_address(list, i);
        Mailbox mailbox = {NULL, NULL};

        if (INTERNET_ADDRESS_IS_GROUP(one) && depth < 2) {
            add_addresses(out, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)),
                          depth + 1);
            continue;
        }
        if (!INTERNET_ADDRESS_IS_MAILBOX(one))
            continue;
        set(&mailbox.address, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
        set(&mailbox.name, internet_address_get_name(one));
        g_array_append_val(out, mailbox);
    }
}

/* GMime recurses for each colon: past the limit only the first <...> is looked at. */
static bool
is_safe(const char *value, const ParsersLimits *limits)
{
    guint colons = 0;

    for (const char *p = value; *p != '\0'; p++)
        colons += *p == ':';
    return colons <= limits->address_colons;
}

static void
parse_addresses(const char *value, const ParsersLimits *limits, GArray *out, GPtrArray *warnings)
{
    InternetAddressList *list = NULL;
    g_autofree char *mended = NULL;

    if (!is_safe(value, limits)) {
        const char *start = strchr(value, '<');
        const gsize length = start != NULL ? strcspn(start + 1, "> ,;") : 0;
        Mailbox mailbox = {start != NULL ? g_strndup(start + 1, length) : g_strdup(""),
                           g_strdup("")};

        g_array_append_val(out, mailbox);
        add_unique(warnings, "limit address_colons: an address header was not read", MOST_IDS);
        return;
    }
    mended = parsers_header_mend(value);
    list = internet_address_list_parse(NULL, mended);
    if (list == NULL)
        return;
    add_addresses(out, list, 0);
    g_object_unref(list);
}

/* Every address of every header of that name. */
static GArray *
all_addresses(const ParsersMime *mime, const char *name, const ParsersLimits *limits,
              GPtrArray *warnings)
{
    GArray *out = mailboxes_new();
    const char *value = NULL;

    for (guint n = 0; (value = parsers_mime_header(mime, name, n)) != NULL; n++)
        parse_addresses(value, limits, out, warnings);
    return out;
}

static void
read_people(ParsersFindings *f, const ParsersMime *mime, const ParsersLimits *limits)
{
    static const char *const to[] = {"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Apparently-To"};
    g_autoptr(GArray) from = all_addresses(mime, "From", limits, f->warnings);
    g_autoptr(GArray) sender = all_addresses(mime, "Sender", limits, f->warnings);
    g_autoptr(GArray) reply_to = all_addresses(mime, "Reply-To", limits, f->warnings);

    f->from_count = from->len;
    if (from->len > 0) {
        set(&f->from_address, g_array_index(from, Mailbox, 0).address);
        set(&f->from_name, g_array_index(from, Mailbox, 0).name);
    }
    if (sender->len > 0)
        set(&f->sender_address, g_array_index(sender, Mailbox, 0).address);
    if (reply_to->len > 0)
        set(&f->reply_to, g_array_index(reply_to, Mailbox, 0).address);
    for (gsize i = 0; i < G_N_ELEMENTS(to); i++) {
        g_autoptr(GArray) people = all_addresses(mime, to[i], limits, f->warnings);

        for (guint k = 0; k < people->len; k++)
            add_unique(f->recipients, g_array_index(people, Mailbox, k).address, MOST_ADDRESSES);
    }
}

/* What is between angle brackets, or the whole value. */
static char *
bare(const char *value)
{
    const char *start = strchr(value, '<');
    g_autofree char *text =
        start != NULL ? g_strndup(start + 1, strcspn(start + 1, ">")) : g_strdup(value);

    return g_strdup(g_strstrip(text));
}

/* A message id; white space inside comes from bad folding and is dropped. */
static char *
bare_id(const char *value)
{
    char *id = bare(value);
    gsize n = 0;

    for (const char *p = id; *p != '\0'; p++)
        if (!g_ascii_isspace(*p))
            id[n++] = *p;
    id[n] = '\0';
    return id;
}

static void
read_delivery(ParsersFindings *f, const ParsersMime *mime)
{
    static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To",
                                        "X-Envelope-To", "X-Delivered-To"};
    const char *path = parsers_mime_header(mime, "Return-Path", 0);
    const char *value = NULL;

    f->has_return_path = path != NULL;
    if (path != NULL) {
        g_free(f->return_path);
        f->return_path = bare(path);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (guint n = 0; (value = parsers_mime_header(mime, names[i], n)) != NULL; n++) {
            g_autofree char *address = bare(value);

            add_unique(f->delivered_to, address, MOST_ADDRESSES);
        }
}

/* ---- ids ---- */

/* Message ids: "<left@right>"; white space inside comes from bad folding and is dropped. */
static void
add_ids(GPtrArray *ids, const char *text)
{
    for (const char *p = strchr(text, '<'); p != NULL; p = strchr(p + 1, '<')) {
        const gsize length = strcspn(p + 1, "<>");
        g_autoptr(GString) id = g_string_new(NULL);

        if (p[1 + length] != '>' || length > 998)
            continue;
        for (gsize i = 1; i <= length; i++)
            if (!g_ascii_isspace(p[i]))
                g_string_append_c(id, p[i]);
        if (strchr(id->str, '@') != NULL)
            add_unique(ids, id->str, MOST_IDS);
    }
}

static void
add_header_ids(GPtrArray *ids, const GPtrArray *headers, const char *name)
{
    const char *value = parsers_header_value(headers, name, 0);

    if (value != NULL)
        add_ids(ids, value);
}

/* Ids in the lines of a returned header block or a delivery report. */
static void
add_text_ids(GPtrArray *ids, const char *text)
{
    static const char *const names[] = {
        "message-id:", "original-message-id:", "x-ms-exchange-message-id:"};

    for (const char *line = text; *line != '\0';) {
        const char *start = line + strspn(line, " \t>|");
        gsize length = strcspn(start, "\r\n");

        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
            const gsize n = strlen(names[i]);
            g_autofree char *value = NULL;

            if (g_ascii_strncasecmp(start, names[i], n) != 0)
                continue;
            /* the id may stand on a continuation line */
            if (strchr(start, '<') == NULL || strchr(start, '<') > start + length)
                length += strspn(start + length, "\r\n") + 300;
            value = g_strndup(start + n, length > n ? strnlen(start + n, length - n) : 0);
            if (strchr(value, '>') != NULL)
                strchr(value, '>')[1] = '\0';
            add_ids(ids, value);
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
}

static bool
is_report_text(const ParsersMimePart *part)
{
    return strcmp(part->declared, "text/rfc822-headers") == 0 ||
           strcmp(part->declared, "message/rfc822-headers") == 0 ||
           strcmp(part->declared, "message/delivery-status") == 0 ||
           strcmp(part->declared, "message/global-delivery-status") == 0 ||
           strcmp(part->declared, "message/disposition-notification") == 0 ||
           strcmp(part->declared, "message/global-headers") == 0;
}

/* Bounces without MIME quote the returned mail below their own words. */
static bool
is_body_of_robot(const ParsersMime *mime, const ParsersMimePart *part)
{
    const char *path = parsers_mime_header(mime, "Return-Path", 0);
    const char *from = parsers_mime_header(mime, "From", 0);
    g_autofree char *lower = g_ascii_strdown(from != NULL ? from : "", -1);

    if (part->container > 0 || !g_str_has_prefix(part->declared, "text/plain"))
        return false;
    return (path != NULL && strcmp(path, "<>") == 0) || strstr(lower, "mailer-daemon") != NULL ||
           strstr(lower, "postmaster") != NULL;
}

static void
read_original_ids(ParsersFindings *f, const ParsersMime *mime)
{
    const GPtrArray *parts = parsers_mime_parts(mime);

    for (guint i = 0; i < parts->len; i++) {
        const ParsersMimePart *part = g_ptr_array_index(parts, i);

        if (part->mail_headers != NULL && part->container == 0)
            add_header_ids(f->original_ids, part->mail_headers, "Message-ID");
        if (is_report_text(part) || is_body_of_robot(mime, part)) {
            g_autofree char *text = parsers_mime_text(part);

            add_text_ids(f->original_ids, text);
        }
    }
}

/* ---- references ---- */

/* Crockford's base 32: what a person may have written for each sign. */
static char
canonical(char c)
{
    c = g_ascii_toupper(c);
    if (c == 'O')
        return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

/* Without hyphens, a word such as "otherwise" has the shape too; a reference that was copied in one
 * piece nearly always has a digit. */
static bool
is_plausible(const char *body, const char *whole)
{
    return strchr(whole, '-') != NULL || strpbrk(body, "0123456789") != NULL;
}

/* A hyphen, of which there are several, and four signs. */
static bool
may_be_body(const char *text)
{
    guint n = 0;

    if (*text == '-')
        text++;
    while (n < 4 && (g_ascii_isalnum(text[n]) || (guchar)text[n] >= 0x80))
        n++;
    return n == 4;
}

/* Is there a prefix with something behind it that a reference could go on with?  Most texts have
 * none, and need not be searched. */
static bool
may_have_reference(const char *text)
{
    static const char *const prefixes[] = {"LADO", "RFS", "OT", "CON"};

    for (const char *p = text; (p = strpbrk(p, "LlRrOoCc")) != NULL; p++) {
        if (p > text && g_ascii_isalnum(p[-1]))
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
            const gsize length = strlen(prefixes[i]);

            if (g_ascii_strncasecmp(p, prefixes[i], length) == 0 && may_be_body(p + length))
                return true;
        }
    }
    return false;
}

void
parsers_envelope_find_references(const char *text, GPtrArray *out_references)
{
    static const char pattern[] = "(?<![A-Za-z0-9])(LADO|RFS|OT|CON)[-\\x{2010}\\x{2011}\\x{2013}]?"
                                  "([0-9A-TV-Z]{4})[-\\x{2010}\\x{2011}\\x{2013}]?"
                                  "([0-9A-TV-Z]{4})(?![A-Za-z0-9])";
    static GRegex *regex = NULL;
    g_autoptr(GMatchInfo) match = NULL;

    if (!may_have_reference(text))
        return;
    if (regex == NULL)
        regex = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
    for (g_regex_match(regex, text, 0, &match);
         g_match_info_matches(match) && out_references->len < MOST_REFERENCES;
         g_match_info_next(match, NULL)) {
        g_autofree char *whole = g_match_info_fetch(match, 0);
        g_autofree char *prefix = g_match_info_fetch(match, 1);
        g_autofree char *first = g_match_info_fetch(match, 2);
        g_autofree char *second = g_match_info_fetch(match, 3);
        g_autofree char *upper = g_ascii_strup(prefix, -1);
        g_autofree char *body = g_strconcat(first, second, NULL);
        g_autofree char *reference = NULL;

        /* caseless matching also takes the Kelvin sign for a K */
        if (!g_str_is_ascii(body) || !g_str_is_ascii(upper) || !is_plausible(body, whole))
            continue;
        for (char *p = body; *p != '\0'; p++)
            *p = canonical(*p);
        reference = g_strdup_printf("%s-%.4s-%s", upper, body, body + 4);
        add_unique(out_references, reference, MOST_REFERENCES);
    }
}

/* ---- all of it ---- */

void
parsers_envelope_read(ParsersFindings *findings, const ParsersMime *mime,
                      const ParsersLimits *limits)
{
    const char *id = parsers_mime_header(mime, "Message-ID", 0);
    const char *subject = parsers_mime_header(mime, "Subject", 0);
    const char *value = NULL;

    if (id != NULL) {
        g_free(findings->message_id);
        findings->message_id = bare_id(id);
    }
    if (subject != NULL) {
        g_free(findings->subject);
        findings->subject = parsers_header_decode(subject);
    }
    set(&findings->date, parsers_mime_header(mime, "Date", 0));
    read_people(findings, mime, limits);
    read_delivery(findings, mime);
    add_header_ids(findings->in_reply_to, parsers_mime_headers(mime), "In-Reply-To");
    add_header_ids(findings->in_reply_to, parsers_mime_headers(mime), "References");
    read_original_ids(findings, mime);
    for (guint n = 0; (value = parsers_mime_header(mime, "Authentication-Results", n)) != NULL; n++)
        parsers_auth_parse(value, n, findings->auth);
    parsers_envelope_find_references(findings->subject, findings->references);
}
