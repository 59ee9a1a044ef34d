/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-mime.c - fields and parts as RFC 5322 and RFC 2045 want them.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/autoptr.h"
#include "templates/mime.h"

static void
expect_field(const char *value, const char *expected)
{
    g_autoptr(GString) mail = g_string_new(NULL);

    templates_mime_field(mail, "Subject", value);
    assert_string_equal(mail->str, expected);
}

static void
test_field(void **fixture)
{
    (void)fixture;
    expect_field("Hello", "Subject: Hello\r\n");
    expect_field("", "Subject:\r\n");
    expect_field("a  b ", "Subject: a  b\r\n");
    expect_field("We have received your email about an adult who works with children "
                 "(reference LADO-7K3M-Q9TR)",
                 "Subject: We have received your email about an adult who works with children\r\n"
                 " (reference LADO-7K3M-Q9TR)\r\n");
    expect_field("Tŷ", "Subject: =?UTF-8?b?VMW3?=\r\n");
}

/* A line of a field is never over 78 bytes, unless it is one word. */
static void
test_folding(void **fixture)
{
    g_autofree char *word = g_strnfill(200, 'x');
    g_autofree char *value = g_strconcat("v1; ", word, " é é é é é é é é é é é é é é é é", NULL);
    g_autoptr(GString) mail = g_string_new(NULL);
    g_auto(GStrv) lines = NULL;

    (void)fixture;
    templates_mime_field(mail, "X-Mark", value);
    lines = g_strsplit(mail->str, "\r\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        assert_true(i == 0 || lines[i][0] == ' ' || lines[i][0] == '\0');
        if (strlen(lines[i]) > 78 && strstr(lines[i], word) == NULL)
            fail_msg("too long: %s", lines[i]);
    }
}

static void
test_sender(void **fixture)
{
    static const char *const bad[] = {"", "nobody", "a@b.c, d@e.f", "Group: a@b.c;"};
    TemplatesMimeSender *sender = NULL;

    (void)fixture;
    assert_true(templates_mime_sender_read("Cyngor Tŷ Service <lado@example.org>", &sender, NULL));
    assert_string_equal(sender->address, "lado@example.org");
    assert_string_equal(sender->field,
                        "From: Cyngor =?UTF-8?b?VMW3?= Service <lado@example.org>\r\n");
    g_clear_pointer(&sender, templates_mime_sender_free);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        assert_false(templates_mime_sender_read(bad[i], &sender, &error));
        assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
        assert_null(sender);
    }
}

/* What is written reads back, and holds nothing but short lines of ASCII. */
static void
test_part(void **fixture)
{
    static const char text[] = "From here\n.\nCaf\xc3\xa9 = 1 \nA line that is long enough to be "
                               "broken where quoted-printable lets it be broken, twice or so\n";
    g_autoptr(GString) mail = g_string_new(NULL);
    g_autoptr(GMimeStream) stream = NULL;
    g_autofree char *read = NULL;
    GMimeParser *parser;
    GMimeObject *part;

    (void)fixture;
    templates_mime_part(mail, "=_x", "plain", text);
    assert_true(g_str_has_prefix(mail->str, "--=_x\r\n"));
    for (const char *c = mail->str; (c = strchr(c, '\n')) != NULL; c++)
        assert_true(c[-1] == '\r');
    assert_true(g_str_is_ascii(mail->str));
    g_mime_init();
    stream = g_mime_stream_mem_new_with_buffer(mail->str + strlen("--=_x\r\n"),
                                               mail->len - strlen("--=_x\r\n"));
    parser = g_mime_parser_new_with_stream(stream);
    part = g_mime_parser_construct_part(parser, NULL);
    g_object_unref(parser);
    read = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    g_strdelimit(g_strchomp(read), "\r", ' ');
    assert_non_null(strstr(read, "Caf\xc3\xa9 = 1"));
    assert_non_null(strstr(read, "quoted-printable lets it be broken, twice or so"));
    g_object_unref(part);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_field),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_sender),
        cmocka_unit_test(test_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
