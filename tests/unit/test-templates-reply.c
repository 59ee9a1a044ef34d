/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-reply.c - replies as whole mails, and addresses that get none.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/address.h"
#include "templates/autoptr.h"
#include "templates/file.h"
#include "templates/reply.h"
#include "tests/unit/templates-help.h"

#define IN_HOURS (G_GINT64_CONSTANT(1709633100) * G_USEC_PER_SEC)

static TemplatesReply
sample(void)
{
    return (TemplatesReply){.template = "acknowledgement",
                            .reference = "LADO-7K3M-Q9TR",
                            .to = "jo.o'neil+home@mail.example.com",
                            .from = "Cyngor Tŷ Service <lado@example.org>",
                            .message_id = "ack.7k3mq9tr.1@intake.example.org",
                            .in_reply_to = "parent-1@mail.example.com",
                            .received = IN_HOURS,
                            .now = IN_HOURS,
                            .service = "County LADO Service",
                            .portal_url = "https://portal.example.org/"};
}

static bool
render_from(const char *folder, TemplatesReply reply, char **out_mail, GError **error)
{
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(TemplatesKit) kit = templates_kit_new(folder, reply.language, NULL);
    g_autoptr(GBytes) bytes = NULL;

    assert_true(templates_calendar_load(NULL, "Europe/London", NULL, &calendar, NULL));
    reply.calendar = calendar;
    if (!templates_reply_render(&reply, kit, &bytes, error))
        return false;
    *out_mail = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    return true;
}

static bool
render(TemplatesReply reply, char **out_mail, GError **error)
{
    return render_from(NULL, reply, out_mail, error);
}

static void
test_fields(void **fixture)
{
    static const char *const wanted[] = {
        "From: Cyngor =?UTF-8?b?VMW3?= Service <lado@example.org>\r\n",
        "To: jo.o'neil+home@mail.example.com\r\n",
        "Subject: We have received your email (reference LADO-7K3M-Q9TR)\r\n",
        "Date: Tue, 05 Mar 2024 10:05:00 +0000\r\n",
        "<ack.7k3mq9tr.1@intake.example.org>\r\n",
        "In-Reply-To: <parent-1@mail.example.com>\r\n",
        "References: <parent-1@mail.example.com>\r\n",
        "Auto-Submitted: auto-replied\r\n",
        "X-Auto-Response-Suppress: All\r\n",
        "X-Postern-Mark: v1; 00ff\r\n",
        "MIME-Version: 1.0\r\n",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
        "Content-Type: multipart/alternative",
        "Content-Language: en\r\n",
    };
    g_autofree char *mail = NULL;
    g_autofree char *again = NULL;
    g_autoptr(GError) error = NULL;

    (void)fixture;
    TemplatesReply reply = sample();

    reply.mark = "v1; 00ff";
    if (!render(reply, &mail, &error))
        fail_msg("%s", error->message);
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (strstr(mail, wanted[i]) == NULL)
            fail_msg("\"%s\" is missing in:\n%.1500s", wanted[i], mail);
    assert_null(strstr(mail, "Precedence"));
    assert_null(strstr(mail, "Cc:"));
    assert_true(render(reply, &again, NULL));
    assert_string_equal(mail, again);
}

static void
test_lines(void **fixture)
{
    g_autofree char *mail = NULL;
    g_auto(GStrv) lines = NULL;

    (void)fixture;
    assert_true(render(sample(), &mail, NULL));
    for (const char *c = strchr(mail, '\n'); c != NULL; c = strchr(c + 1, '\n'))
        assert_true(c[-1] == '\r');
    lines = g_strsplit(mail, "\r\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (strlen(lines[i]) > 78)
            fail_msg("too long: %s", lines[i]);
        for (const char *c = lines[i]; *c != '\0'; c++)
            assert_true(*c == '\t' || (*c >= ' ' && *c < 127));
    }
}

static char *
decoded(GMimeMultipart *both, int index)
{
    GMimeObject *part = g_mime_multipart_get_part(both, index);

    assert_true(GMIME_IS_TEXT_PART(part));
    return g_mime_text_part_get_text(GMIME_TEXT_PART(part));
}

static void
test_reads_back(void **fixture)
{
    g_autofree char *mail = NULL;
    g_autofree char *text = NULL;
    g_autofree char *html = NULL;
    g_autoptr(GMimeStream) stream = NULL;
    g_autoptr(GMimeMessage) message = NULL;
    GMimeParser *parser;
    GMimeMultipart *both;
    TemplatesReply reply = sample();

    (void)fixture;
    reply.template = "redirection";
    assert_true(render(reply, &mail, NULL));
    stream = g_mime_stream_mem_new_with_buffer(mail, strlen(mail));
    parser = g_mime_parser_new_with_stream(stream);
    message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    both = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
    assert_int_equal(g_mime_multipart_get_count(both), 2);
    text = decoded(both, 0);
    html = decoded(both, 1);
    assert_non_null(strstr(text, "Reference: LADO-7K3M-Q9TR"));
    assert_non_null(strstr(text, "Children’s Services Portal"));
    assert_non_null(strstr(html, "Children’s Services Portal"));
    assert_non_null(strstr(html, "</html>"));
}

static void
test_addresses(void **fixture)
{
    static const char *const good[] = {"a@b.example", "x.y+z@sub.mail-1.example.com",
                                       "o'neil@example.org"};
    static const char *const bad[] = {"",
                                      "a",
                                      "@b.c",
                                      "a@",
                                      "a@b",
                                      "a@b..c",
                                      "a@-b.c",
                                      ".a@b.c",
                                      "a..b@c.d",
                                      "a b@c.d",
                                      "a@b.c\r\nBcc: x@y.z",
                                      "a@b.c\n",
                                      "<a@b.c>",
                                      "A <a@b.c>",
                                      "a@b.c,d@e.f",
                                      "\"a\"@b.c",
                                      "a@[127.0.0.1]",
                                      "a(x)@b.c",
                                      "zoë@b.c",
                                      "a@exämple.org",
                                      "a@b@c.d",
                                      "a;b@c.d"};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        assert_true(templates_address_is_plain(good[i]));
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        TemplatesReply reply = sample();
        g_autoptr(GError) error = NULL;
        char *mail = NULL;

        if (templates_address_is_plain(bad[i]))
            fail_msg("\"%s\" is not a plain address", bad[i]);
        reply.to = bad[i];
        assert_false(render(reply, &mail, &error));
        assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
        assert_null(mail);
    }
    assert_false(templates_address_is_plain(NULL));
}

static void
test_senders(void **fixture)
{
    static const char *const bad[] = {"", "nobody", "a@b.c, d@e.f", "Group: a@b.c;"};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        TemplatesReply reply = sample();
        g_autoptr(GError) error = NULL;
        g_autofree char *mail = NULL;

        reply.from = bad[i];
        assert_false(render(reply, &mail, &error));
        assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
        assert_null(mail);
    }
}

static void
test_never_to_ourselves(void **fixture)
{
    TemplatesReply reply = sample();
    char *mail = NULL;

    (void)fixture;
    reply.to = "LADO@example.org";
    assert_false(render(reply, &mail, NULL));
}

/* What a sender wrote as Message-ID can break nothing. */
static void
test_hostile_message_id(void **fixture)
{
    static const char *const ids[] = {
        "a@b>\r\nBcc: x@y.z",         "no-at-sign", "a b@c", "", "<a@b>",
        "=?utf-8?q?a=0D=0ABcc:x?=@b", "a@b@c",      "a:b@c"};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        TemplatesReply reply = sample();
        g_autofree char *mail = NULL;

        reply.in_reply_to = ids[i];
        assert_true(render(reply, &mail, NULL));
        assert_null(strstr(mail, "In-Reply-To"));
        assert_null(strstr(mail, "Bcc"));
    }
}

static void
remove_own(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, "mails", "en", name, NULL);
    g_autofree char *en = g_path_get_dirname(path);
    g_autofree char *mails = g_path_get_dirname(en);

    g_remove(path);
    g_rmdir(en);
    g_rmdir(mails);
}

static void
test_check(void **fixture)
{
    static const struct {
        const char *file, *text, *expected;
    } cases[] = {
        {"holding.txt", "{{#reference}}", "mails/en/holding.txt:1: this section is never closed"},
        {"holding.txt", "\n{{refrence}}",
         "mails/en/holding.txt:2: nothing is called \"refrence\" here"},
        {"holding.txt", "{{reference}}\n\n{{contacts.lado-fone}}",
         "mails/en/holding.txt:3: nothing is called \"contacts.lado-fone\" here"},
        {"holding.txt", "{{>part-none}}",
         "mails/en/holding.txt:1: there is no partial \"part-none\""},
        {"holding.txt", "Thank you.", "mails/en/holding.txt: the reference is not in it"},
        {"part-footer.html", "{{{", "mails/en/part-footer.html:1: this tag is never closed"},
        {"holding-blank.html", "{{reference}}\n{{#in-hours}}",
         "mails/en/holding-blank.html:2: this section is never closed"},
        {"alert.txt", "{{reference}}\n\n{{from}}",
         "mails/en/alert.txt:3: nothing is called \"from\" here"},
        {"dates.json", "{\n\"days\" 7}", "mails/en/dates.json:2: ':' expected near '7'"},
        {"contacts.json", "[\n", "mails/en/contacts.json:2: ']' expected near end of file"},
        {"holding.subject", "{{reference}}\nBcc: x",
         "mails/en/holding.subject:1: a subject is one line"},
    };
    g_autoptr(GError) none = NULL;

    (void)fixture;
    if (!templates_reply_check(NULL, "en", NULL, &none))
        fail_msg("%s", none->message);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
        g_autoptr(GError) error = NULL;

        write_own(folder, cases[i].file, cases[i].text);
        assert_false(templates_reply_check(folder, "en", NULL, &error));
        assert_string_equal(error->message, cases[i].expected);
        remove_own(folder, cases[i].file);
        g_rmdir(folder);
    }
}

/* What is built in counts as used, and what a template of our own names, if only to be dialled. */
static void
test_unused(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autoptr(GHashTable) contacts = g_hash_table_new(g_str_hash, g_str_equal);
    g_auto(GStrv) unused = NULL, unused_by_own = NULL;

    (void)fixture;
    g_hash_table_insert(contacts, (char *)"lado-phone", (char *)"01632 960 003");
    g_hash_table_insert(contacts, (char *)"show-advice", (char *)"yes");
    unused = templates_reply_unused(NULL, "en", contacts);
    assert_int_equal(g_strv_length(unused), 0);

    g_hash_table_insert(contacts, (char *)"lado-fone", (char *)"01632 960 003");
    g_hash_table_insert(contacts, (char *)"night-phone", (char *)"01632 960 004");
    g_hash_table_insert(contacts, (char *)"motto", (char *)"Listen");
    write_own(folder, "holding.txt",
              "{{reference}} {{contacts.motto}} {{contacts.night-phone-link}}");
    unused_by_own = templates_reply_unused(folder, "en", contacts);
    assert_int_equal(g_strv_length(unused_by_own), 1);
    assert_string_equal(unused_by_own[0], "lado-fone");
    assert_int_equal(g_hash_table_size(contacts), 5);
    remove_own(folder, "holding.txt");
    g_rmdir(folder);
}

/* An alert answers nobody and tells nothing of the mail but its reference and time. */
static void
test_alert(void **fixture)
{
    g_autofree char *mail = NULL;
    TemplatesReply reply = sample();

    (void)fixture;
    reply.template = TEMPLATES_REPLY_ALERT;
    reply.to = "duty@example.org";
    assert_true(render(reply, &mail, NULL));
    assert_non_null(strstr(mail, "Auto-Submitted: auto-generated\r\n"));
    assert_non_null(strstr(mail, "X-Auto-Response-Suppress: All\r\n"));
    assert_non_null(strstr(mail, "Importance: high\r\n"));
    assert_non_null(strstr(mail, "Subject: Urgent: please look at LADO-7K3M-Q9TR now\r\n"));
    assert_null(strstr(mail, "In-Reply-To"));
    assert_null(strstr(mail, "References:"));
    assert_null(strstr(mail, "parent-1@mail.example.com"));
}

static void
test_names(void **fixture)
{
    const char *template = NULL, *variant = NULL;

    (void)fixture;
    for (const char *const *name = templates_reply_names(); *name != NULL; name++)
        assert_true(templates_reply_parse(*name, &template, &variant));
    assert_true(templates_reply_parse("holding-blank", &template, &variant));
    assert_string_equal(template, "holding");
    assert_string_equal(variant, "blank");
    assert_true(templates_reply_parse("redirection", &template, &variant));
    assert_null(variant);
    assert_false(templates_reply_parse("holding-", &template, &variant));
    assert_false(templates_reply_parse("part-footer", &template, &variant));
}

/* Copy the built-in mails into a folder for another language, as doc/replies.md says. */
static char *
copy_language(const char *language)
{
    char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *to = g_build_filename(folder, "mails", language, NULL);
    g_auto(GStrv) names = templates_file_list(NULL, "mails/en");

    assert_int_equal(g_mkdir_with_parents(to, 0700), 0);
    assert_true(g_strv_length(names) > 20);
    for (guint i = 0; names[i] != NULL; i++) {
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *base = g_path_get_basename(names[i]);
        g_autofree char *path = g_build_filename(to, base, NULL);
        gsize size = 0;

        assert_true(templates_file_get(NULL, names[i], &bytes, NULL));
        const char *data = g_bytes_get_data(bytes, &size);

        assert_true(g_file_set_contents(path, data, (gssize)size, NULL));
    }
    return folder;
}

static void
own_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, "mails", "cy", name, NULL);

    if (text != NULL)
        assert_true(g_file_set_contents(path, text, -1, NULL));
    else
        assert_int_equal(g_remove(path), 0);
}

static void
remove_language(const char *folder)
{
    g_autofree char *mails = g_build_filename(folder, "mails", NULL);
    g_autofree char *cy = g_build_filename(mails, "cy", NULL);
    GDir *dir = g_dir_open(cy, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(cy, name, NULL);

        g_remove(path);
    }
    g_dir_close(dir);
    g_rmdir(cy);
    g_rmdir(mails);
    g_rmdir(folder);
}

/* A copied folder is a language; its days, its own numbers and its mark are those of that language,
 * and a file that it lacks is never filled in from English. */
static void
test_second_language(void **fixture)
{
    static const char dates[] =
        "{\"days\":[\"Dydd Llun\",\"Dydd Mawrth\",\"Dydd Mercher\",\"Dydd Iau\",\"Dydd Gwener\","
        "\"Dydd Sadwrn\",\"Dydd Sul\"],\"months\":[\"Ionawr\",\"Chwefror\",\"Mawrth\",\"Ebrill\","
        "\"Mai\",\"Mehefin\",\"Gorffennaf\",\"Awst\",\"Medi\",\"Hydref\",\"Tachwedd\",\"Rhagfyr\"],"
        "\"am\":\"yb\",\"pm\":\"yp\",\"midday\":\"hanner dydd\",\"midnight\":\"hanner nos\"}";
    g_autofree char *folder = copy_language("cy");
    g_autofree char *mail = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) missing = NULL;
    TemplatesReply reply = sample();

    (void)fixture;
    own_text(folder, "dates.json", dates);
    own_text(folder, "contacts.json", "{\"office-hours\": \"8:30yb tan 5yp\"}");
    if (!templates_reply_check(folder, "cy", NULL, &error))
        fail_msg("%s", error->message);
    reply.language = "cy";
    assert_true(render_from(folder, reply, &mail, NULL));
    assert_non_null(strstr(mail, "Content-Language: cy\r\n"));
    assert_non_null(strstr(mail, "Received: Dydd Mawrth 5 Mawrth 2024 at 10:05yb\r\n"));
    assert_non_null(strstr(mail, "(8:30yb tan 5yp)"));
    assert_non_null(strstr(mail, "<html lang=3D\"cy\">"));
    own_text(folder, "holding-blank.txt", NULL);
    assert_false(templates_reply_check(folder, "cy", NULL, &missing));
    assert_string_equal(missing->message, "there is no template file mails/cy/holding-blank.txt");
    remove_language(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_reads_back),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_senders),
        cmocka_unit_test(test_never_to_ourselves),
        cmocka_unit_test(test_hostile_message_id),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_unused),
        cmocka_unit_test(test_alert),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_second_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
