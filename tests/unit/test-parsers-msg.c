/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-msg.c - mails that Outlook saved, with attachments, mails and damage in
 * them.
 *
 * Runs in:  make check.
 * Source:   [MS-OXMSG] 2
 */
#include "config.h"

#include "parsers/msg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/mail.h"
#include "tests/unit/compound.h"

/* ---- making one ---- */

static void
put_bytes(Compound *compound, guint storage, const char *property, const char *data, gsize size)
{
    g_autoptr(GByteArray) array = g_byte_array_new();
    g_autofree char *name = g_strdup_printf("__substg1.0_%s", property);

    g_byte_array_append(array, (const guint8 *)data, (guint)size);
    compound_stream_in(compound, storage, name, array);
}

/* A text as UTF-16. */
static void
put_text(Compound *compound, guint storage, const char *property, const char *text)
{
    g_autofree gunichar2 *wide = NULL;
    glong length = 0;

    wide = g_utf8_to_utf16(text, -1, NULL, &length, NULL);
    put_bytes(compound, storage, property, (const char *)wide, (gsize)length * 2);
}

static guint
put_attachment(Compound *compound, guint storage, guint number)
{
    g_autofree char *name = g_strdup_printf("__attach_version1.0_#%08X", number);

    return compound_storage(compound, storage, name);
}

static void
put_file(Compound *compound, guint storage, guint number, const char *name, const char *data)
{
    const guint attachment = put_attachment(compound, storage, number);

    put_text(compound, attachment, "3707001F", name);
    put_bytes(compound, attachment, "37010102", data, strlen(data));
}

static guint
put_mail(Compound *compound, guint storage, guint number)
{
    return compound_storage(compound, put_attachment(compound, storage, number),
                            "__substg1.0_3701000D");
}

static void
put_properties(Compound *compound, guint64 sent)
{
    g_autoptr(GByteArray) fixed = g_byte_array_new();

    for (guint i = 0; i < 4; i++)
        compound_add(fixed, 0, 8);
    compound_add(fixed, 0x00390040, 4);
    compound_add(fixed, 6, 4);
    compound_add(fixed, sent, 8);
    compound_stream(compound, "__properties_version1.0", fixed);
}

static Compound
start_mail(void)
{
    Compound compound = compound_new();

    /* 2 May 2023, 09:14:00 UTC */
    put_properties(&compound, (G_GUINT64_CONSTANT(11644473600) + 1683018840) * 10000000);
    put_text(&compound, 0, "0037001F", "Caf\xc3\xa9 form");
    put_text(&compound, 0, "0C1A001F", "Jo \"B\" Example");
    put_text(&compound, 0, "5D01001F", "jo@example.com");
    put_text(&compound, 0, "0E04001F", "lado@example.org");
    put_text(&compound, 0, "1000001F", "Please read this.\r\n");
    return compound;
}

static GBytes *
finish_mail(Compound *compound)
{
    CompoundPlaces places;

    return g_byte_array_free_to_bytes(compound_finish(compound, &places));
}

/* ---- looking at it ---- */

static char *
converted(GBytes *msg)
{
    g_autoptr(GBytes) mail = NULL;
    g_autoptr(GError) error = NULL;

    if (!parsers_msg_to_mail(msg, parsers_limits_default(), &mail, &error))
        fail_msg("%s", error->message);
    return g_strndup(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail));
}

/* The findings of a mail that has it attached. */
static ParsersFindings *
findings_with(GBytes *msg)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autofree char *base64 = g_base64_encode(g_bytes_get_data(msg, NULL), g_bytes_get_size(msg));
    g_autofree char *text = g_strconcat(
        "From: a@x.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\n"
        "Content-Type: application/octet-stream; name=old\nContent-Transfer-Encoding: base64\n\n",
        base64, "\n--b--\n", NULL);
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));

    return parsers_mail_read(raw, definitions, parsers_limits_default());
}

static const ParsersPart *
part(const ParsersFindings *findings, guint i)
{
    assert_true(i < findings->parts->len);
    return findings->parts->pdata[i];
}

static void
test_headers(void **fixture)
{
    Compound compound = start_mail();
    g_autoptr(GBytes) msg = finish_mail(&compound);
    g_autofree char *mail = converted(msg);

    assert_non_null(strstr(mail, "From: \"Jo  B  Example\" <jo@example.com>\r\n"));
    assert_non_null(strstr(mail, "Subject: Caf\xc3\xa9 form\r\n"));
    assert_non_null(strstr(mail, "Date: 02 May 2023 09:14:00 +0000\r\n"));
}

/* Those that it came with win, but for what they say of the body's form. */
static void
test_received_headers(void **fixture)
{
    Compound compound = start_mail();
    g_autoptr(GBytes) msg = NULL;
    g_autofree char *mail = NULL;

    put_text(&compound, 0, "007D001F",
             "From: real@example.com\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\n"
             "Auto-Submitted: auto-replied\r\n\r\n");
    msg = finish_mail(&compound);
    mail = converted(msg);
    assert_true(g_str_has_prefix(mail, "From: real@example.com\r\nAuto-Submitted: auto-replied\r\n"
                                       "MIME-Version: 1.0\r\n"));
    assert_null(strstr(mail, "boundary=x"));
}

/* No text of it makes a header. */
static void
test_no_injection(void **fixture)
{
    Compound compound = compound_new();
    g_autoptr(GBytes) msg = NULL;
    g_autofree char *mail = NULL;

    put_text(&compound, 0, "0037001F", "x\r\nBcc: all@example.com");
    put_text(&compound, 0, "1000001F", "--=_msg_0--\r\n");
    put_file(&compound, 0, 0, "a\"\r\nX-Evil: 1", "data");
    msg = finish_mail(&compound);
    mail = converted(msg);
    assert_null(strstr(mail, "\nBcc"));
    assert_null(strstr(mail, "\nX-Evil"));
    assert_non_null(strstr(mail, "a%22%0D%0AX-Evil%3A%201"));
}

static void
test_in_a_mail(void **fixture)
{
    Compound compound = start_mail();
    g_autoptr(GBytes) msg = NULL;
    g_autoptr(ParsersFindings) f = NULL;

    put_file(&compound, 0, 0, "form.rtf", "{\\rtf1 Name: Robin}");
    msg = finish_mail(&compound);
    f = findings_with(msg);
    assert_int_equal(f->parts->len, 4);
    assert_string_equal(part(f, 1)->type, "mail");
    assert_string_equal(part(f, 2)->type, "text");
    assert_non_null(strstr(f->quoted, "Please read this."));
    assert_string_equal(part(f, 3)->name, "form.rtf");
    assert_string_equal(part(f, 3)->type, "rtf");
    assert_int_equal(part(f, 3)->state, PARSERS_PART_READ);
    assert_int_equal(part(f, 3)->depth, 1);
}

static void
test_mail_in_mail(void **fixture)
{
    Compound compound = start_mail();
    const guint inner = put_mail(&compound, 0, 0);
    g_autoptr(GBytes) msg = NULL;
    g_autoptr(ParsersFindings) f = NULL;

    put_text(&compound, inner, "1000001F", "the inner words");
    put_file(&compound, inner, 0, "b.txt", "hello");
    msg = finish_mail(&compound);
    f = findings_with(msg);
    assert_string_equal(part(f, 3)->type, "mail");
    assert_string_equal(part(f, 5)->name, "b.txt");
    assert_int_equal(part(f, 5)->depth, 2);
    assert_non_null(strstr(f->quoted, "the inner words"));
}

static void
test_too_deep(void **fixture)
{
    Compound compound = start_mail();
    guint inner = 0;
    g_autoptr(GBytes) msg = NULL;
    g_autoptr(ParsersFindings) f = NULL;

    for (guint i = 0; i < 5; i++)
        inner = put_mail(&compound, inner, 0);
    msg = finish_mail(&compound);
    f = findings_with(msg);
    assert_int_equal(part(f, 1)->state, PARSERS_PART_LIMIT);
    assert_string_equal(part(f, 1)->problem, "container_depth");
}

/* ---- limits ---- */

/* As the limits allow it, or NULL. */
static char *
converted_within(GBytes *msg, const ParsersLimits *limits)
{
    g_autoptr(GBytes) mail = NULL;
    g_autoptr(GError) error = NULL;

    if (parsers_msg_to_mail(msg, limits, &mail, &error))
        return g_strndup(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
    return NULL;
}

/* Attachments of inner mails count as its own do. */
static void
test_attachments_count_once(void **fixture)
{
    Compound compound = start_mail();
    const guint inner = put_mail(&compound, 0, 0);
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) msg = NULL;
    g_autofree char *all = NULL;
    g_autofree char *some = NULL;

    (void)fixture;
    put_file(&compound, inner, 0, "a.txt", "a");
    put_file(&compound, inner, 1, "b.txt", "b");
    put_file(&compound, 0, 1, "early.txt", "c");
    put_file(&compound, 0, 2, "late.txt", "d");
    msg = finish_mail(&compound);
    limits.mime_parts = 5;
    all = converted_within(msg, &limits);
    assert_non_null(strstr(all, "late.txt"));
    limits.mime_parts = 4;
    some = converted_within(msg, &limits);
    assert_non_null(strstr(some, "early.txt"));
    assert_null(strstr(some, "late.txt"));
}

/* The type of an attachment two mails deep, which is written three times. */
static void
test_long_type(void **fixture)
{
    Compound compound = compound_new();
    const guint inner = put_mail(&compound, put_mail(&compound, 0, 0), 0);
    const guint attachment = put_attachment(&compound, inner, 0);
    g_autofree char *type = g_strnfill(46000, 'a');
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) msg = NULL;
    g_autofree char *mail = NULL;

    (void)fixture;
    put_bytes(&compound, attachment, "370E001E", type, 46000);
    msg = finish_mail(&compound);
    limits.part_bytes = 80000; /* twice as much may be written */
    mail = converted_within(msg, &limits);
    assert_non_null(mail);
    limits.part_bytes = 65536;
    assert_null(converted_within(msg, &limits));
}

/* Streams that name the same bytes as another cost as if they had their own. */
static void
test_shared_bytes(void **fixture)
{
    Compound compound = compound_new();
    g_autofree char *name = g_strnfill(30000, 'n');
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(GBytes) msg = NULL;
    gsize first = 0;

    (void)fixture;
    for (guint i = 0; i < 5; i++) {
        put_bytes(&compound, put_attachment(&compound, 0, i), "3707001E", name, i == 0 ? 30000 : 0);
        first = i == 0 ? compound.directory->len - 128 : first;
        memcpy(compound.directory->data + compound.directory->len - 128 + 116,
               compound.directory->data + first + 116, 12);
    }
    msg = finish_mail(&compound);
    limits.part_bytes = 65536; /* twice as much may be read */
    assert_null(converted_within(msg, &limits));
}

/* However it is cut, there are findings, and what is broken is said. */
static void
test_cut(void **fixture)
{
    Compound compound = start_mail();
    g_autoptr(GBytes) msg = finish_mail(&compound);
    const gsize size = g_bytes_get_size(msg);

    for (gsize length = 600; length < size; length += 97) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(msg, 0, length);
        g_autoptr(GBytes) mail = NULL;
        g_autoptr(GError) error = NULL;

        if (!parsers_msg_to_mail(cut, parsers_limits_default(), &mail, &error))
            assert_int_equal(error->domain, PARSERS_ERROR);
        else
            assert_non_null(mail);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_received_headers),
        cmocka_unit_test(test_no_injection),
        cmocka_unit_test(test_in_a_mail),
        cmocka_unit_test(test_mail_in_mail),
        cmocka_unit_test(test_too_deep),
        cmocka_unit_test(test_attachments_count_once),
        cmocka_unit_test(test_long_type),
        cmocka_unit_test(test_shared_bytes),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests_name("parsers-msg", tests, NULL, NULL);
}
