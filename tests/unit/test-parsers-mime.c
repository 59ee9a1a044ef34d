/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-mime.c - a mail as a flat list of parts.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/mime.h"

static ParsersMime *
mime_of(const char *text)
{
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));

    return parsers_mime_read(raw, parsers_limits_default());
}

static const ParsersMimePart *
part(const ParsersMime *mime, guint i)
{
    assert_true(i < parsers_mime_parts(mime)->len);
    return g_ptr_array_index(parsers_mime_parts(mime), i);
}

static void
bytes_are(const ParsersMimePart *p, const char *expected)
{
    assert_int_equal(g_bytes_get_size(p->bytes), strlen(expected));
    assert_memory_equal(g_bytes_get_data(p->bytes, NULL), expected, strlen(expected));
}

static void
test_leaf(void **fixture)
{
    g_autoptr(ParsersMime) mime = mime_of(
        "X-A: 1\nx-a: 2\nContent-Type: Text/Plain; charset=iso-8859-1; format=flowed; delsp=yes\n"
        "Content-Transfer-Encoding: quoted-printable\n\ncaf=E9");
    g_autofree char *text = parsers_mime_text(part(mime, 0));
    (void)fixture;

    assert_string_equal(text, "caf\xc3\xa9");
    assert_true(part(mime, 0)->flowed && part(mime, 0)->delsp);
    assert_false(part(mime, 0)->attachment);
    assert_string_equal(parsers_mime_header(mime, "X-A", 1), "2");
    assert_string_equal(parsers_mime_type(mime), "text/plain");
}

static void
test_attachment(void **fixture)
{
    g_autoptr(ParsersMime) mime = mime_of(
        "Content-Type: application/octet-stream; name=other\nContent-Disposition: attachment; "
        "filename=\"C:\\\\a\\\\form.pdf\"\nContent-ID: <i@x>\nContent-Transfer-Encoding: "
        "base64\n\nJVBERi0xLjQ=JVBE");
    (void)fixture;

    assert_string_equal(part(mime, 0)->name, "form.pdf");
    assert_string_equal(part(mime, 0)->content_id, "i@x");
    assert_string_equal(part(mime, 0)->type, "pdf");
    assert_true(part(mime, 0)->attachment);
    bytes_are(part(mime, 0), "%PDF-1.4%PD");
}

/* A mail with one attachment of that many bytes, which begin as a file of its type does. */
static ParsersMime *
mime_with_large(const char *start, gsize size, char **out_sha256)
{
    g_autofree guchar *bytes = g_malloc0(size);
    g_autofree char *coded = NULL;
    g_autofree char *text = NULL;

    memcpy(bytes, start, strlen(start));
    *out_sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, size);
    coded = g_base64_encode(bytes, size);
    text = g_strconcat("Content-Type: application/octet-stream; name=x\n"
                       "Content-Transfer-Encoding: base64\n\n",
                       coded, "\n", NULL);
    return mime_of(text);
}

/* Nobody reads it here: it is measured, and not held.  What somebody reads is held. */
static void
test_large(void **fixture)
{
    const gsize size = 5000000;
    g_autofree char *film_sum = NULL, *pdf_sum = NULL;
    g_autoptr(ParsersMime) film = mime_with_large("RIFF....AVI ", size, &film_sum);
    g_autoptr(ParsersMime) pdf = mime_with_large("%PDF-1.4\n", size, &pdf_sum);

    (void)fixture;
    assert_string_equal(part(film, 0)->type, "video");
    assert_int_equal(part(film, 0)->size, size);
    assert_string_equal(part(film, 0)->sha256, film_sum);
    assert_int_equal(part(film, 0)->state, PARSERS_PART_READ);
    assert_int_equal(g_bytes_get_size(part(film, 0)->bytes), 0);
    assert_string_equal(part(pdf, 0)->type, "pdf");
    assert_string_equal(part(pdf, 0)->sha256, pdf_sum);
    assert_int_equal(g_bytes_get_size(part(pdf, 0)->bytes), size);
}

/* Beyond the limit nothing is held, and the part says so. */
static void
test_beyond_limit(void **fixture)
{
    const gsize size = (gsize)parsers_limits_default()->part_bytes + 1;
    g_autofree char *sum = NULL;
    g_autoptr(ParsersMime) pdf = mime_with_large("%PDF-1.4\n", size, &sum);

    (void)fixture;
    assert_int_equal(part(pdf, 0)->state, PARSERS_PART_LIMIT);
    assert_string_equal(part(pdf, 0)->problem, "part_bytes");
    assert_string_equal(part(pdf, 0)->sha256, sum);
    assert_int_equal(g_bytes_get_size(part(pdf, 0)->bytes), 0);
}

static void
test_uuencode_in_body(void **fixture)
{
    g_autoptr(ParsersMime) mime =
        mime_of("Subject: x\n\nhi\nbegin 644 a.txt\n%2&5L;&\\\n`\nend\nbye\n");
    (void)fixture;

    assert_int_equal(parsers_mime_parts(mime)->len, 2);
    bytes_are(part(mime, 0), "hi\nbye\n");
    bytes_are(part(mime, 1), "Hello");
    assert_string_equal(part(mime, 1)->name, "a.txt");
}

static void
test_mail_in_mail(void **fixture)
{
    g_autoptr(ParsersMime) mime = mime_of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nouter\n--b\nContent-Type: "
        "message/rfc822\n\n"
        "Subject: inner\n\ninside\n--b\nContent-Type: application/octet-stream; name=x.eml\n\n"
        "From: a@b\nSubject: second\n\nbody\n--b--\n");
    (void)fixture;

    assert_int_equal(parsers_mime_parts(mime)->len, 5);
    assert_string_equal(part(mime, 1)->type, "mail");
    assert_string_equal(parsers_header_value(part(mime, 1)->mail_headers, "Subject", 0), "inner");
    bytes_are(part(mime, 2), "inside");
    assert_int_equal(part(mime, 2)->container, 1);
    assert_int_equal(part(mime, 2)->parent, 1);
    assert_string_equal(parsers_header_value(part(mime, 3)->mail_headers, "Subject", 0), "second");
    bytes_are(part(mime, 4), "body");
}

/* A mail in a mail in a mail ... stops at the limit, and says so. */
static void
test_container_depth(void **fixture)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(ParsersMime) mime = NULL;
    (void)fixture;

    for (guint i = 0; i < 50; i++)
        g_string_append(text, "Content-Type: message/rfc822\n\n");
    mime = mime_of(text->str);
    assert_int_equal(parsers_mime_parts(mime)->len, parsers_limits_default()->container_depth + 1);
    assert_int_equal(part(mime, parsers_limits_default()->container_depth)->state,
                     PARSERS_PART_LIMIT);
    assert_int_equal(parsers_mime_warnings(mime)->len, 1);
}

static void
test_damage(void **fixture)
{
    g_autoptr(ParsersMime) cut = mime_of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n"
        "Content-Type: image/png\n\nSGVsb");
    g_autoptr(ParsersMime) empty = mime_of("");
    (void)fixture;

    assert_int_equal(part(cut, 0)->state, PARSERS_PART_DAMAGED);
    assert_int_equal(parsers_mime_warnings(cut)->len, 1);
    assert_int_equal(parsers_mime_parts(empty)->len, 1);
    assert_string_equal(part(empty, 0)->type, "empty");
}

/* The mails that hang GMime 3.2.13, overflow its stack or lose their end in it. */
static void
test_against_gmime(void **fixture)
{
    const char *source = g_getenv("top_srcdir");
    static const char *const names[] = {"165c.eml", "chunk.eml", "15.eml"};
    (void)fixture;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(source != NULL ? source : ".", "..", "shared",
                                                 "corpus", "hostile", "gmime", names[i], NULL);
        char *data = NULL;
        gsize size = 0;
        g_autoptr(GBytes) raw = NULL;
        g_autoptr(ParsersMime) mime = NULL;

        if (!g_file_get_contents(path, &data, &size, NULL)) {
            print_message("SKIP %s is not here\n", names[i]);
            g_clear_pointer(&path, g_free); /* skip() never comes back */
            skip();
        }
        raw = g_bytes_new_take(data, size);
        mime = parsers_mime_read(raw, parsers_limits_default());
        assert_true(parsers_mime_parts(mime)->len > 0);
        if (i == 1)
            bytes_are(part(mime, parsers_mime_parts(mime)->len - 1), "Hello world!again.");
    }
}

/* UTF-16 without a mark is text because the mail says so. */
static void
test_wide_text(void **fixture)
{
    g_autoptr(ParsersMime) mime = mime_of("Content-Type: text/plain; charset=utf-16le\n"
                                          "Content-Transfer-Encoding: base64\n\nVABlAHMAdAA=");
    g_autofree char *text = parsers_mime_text(part(mime, 0));
    (void)fixture;

    assert_string_equal(part(mime, 0)->type, "text");
    assert_string_equal(text, "Test");
}

static void
test_stray_nul(void **fixture)
{
    static const char mail[] = "Content-Type: text/plain\n\nA few words, then \0 and as many more "
                               "words again, so that it is text.";
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, sizeof mail - 1);
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());
    (void)fixture;

    assert_string_equal(part(mime, 0)->type, "text");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaf),
        cmocka_unit_test(test_wide_text),
        cmocka_unit_test(test_stray_nul),
        cmocka_unit_test(test_attachment),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_beyond_limit),
        cmocka_unit_test(test_uuencode_in_body),
        cmocka_unit_test(test_mail_in_mail),
        cmocka_unit_test(test_container_depth),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_against_gmime),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
