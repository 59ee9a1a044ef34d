/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf-contents.c - pages that are packed in several ways.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; ISO 32000-1 section 7.4
 */
#include "config.h"

#include "tests/unit/pdf-help.h"

#include <zlib.h>

#define DRAWING "BT /F 10 Tf " AT(20, 300) "(Packed) Tj ET\n"

/* A page with a stream of which only the filters are told. */
static GBytes *
make_packed(const char *filters, const GByteArray *stream)
{
    Writer writer = {g_string_new("%PDF-1.5\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
    gsize offset = 0;

    put_object(&writer, "<</Type/Catalog/Pages 2 0 R>>");
    put_object(&writer, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 400]/Resources<</Font"
                        "<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>");
    put_object(&writer, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>");
    offset = writer.file->len;
    g_array_append_val(writer.offsets, offset);
    g_string_append_printf(writer.file, "4 0 obj\n<</Length %u/Filter%s>>stream\n", stream->len,
                           filters);
    g_string_append_len(writer.file, (const char *)stream->data, stream->len);
    g_string_append(writer.file, "\nendstream\nendobj\n");
    return finish(&writer, "");
}

static GByteArray *
deflated(const char *text)
{
    uLongf length = compressBound(strlen(text));
    GByteArray *out = g_byte_array_new();

    g_byte_array_set_size(out, (guint)length);
    assert_int_equal(compress(out->data, &length, (const Bytef *)text, strlen(text)), Z_OK);
    g_byte_array_set_size(out, (guint)length);
    return out;
}

/* Digits of base 85, four bytes at a time; the last group is cut as the bytes are. */
static GByteArray *
in_85(const GByteArray *bytes, const char *after)
{
    GByteArray *out = g_byte_array_new();

    for (guint i = 0; i < bytes->len; i += 4) {
        const guint n = MIN(4, bytes->len - i);
        guint8 digits[5];
        guint32 value = 0;

        for (guint j = 0; j < 4; j++)
            value = value << 8 | (j < n ? bytes->data[i + j] : 0);
        if (value == 0 && n == 4) {
            g_byte_array_append(out, (const guint8 *)"z", 1);
            continue;
        }
        for (guint j = 5; j > 0; j--, value /= 85)
            digits[j - 1] = (guint8)('!' + value % 85);
        g_byte_array_append(out, digits, n + 1);
        if (i % 20 == 0)
            g_byte_array_append(out, (const guint8 *)" \n", 2);
    }
    g_byte_array_append(out, (const guint8 *)after, (guint)strlen(after));
    return out;
}

static void
test_deflated(void **fixture)
{
    g_autoptr(GByteArray) stream = deflated(DRAWING);

    (void)fixture;
    assert_text(make_packed("/FlateDecode", stream), "Packed\n");
    assert_text(make_packed("[/FlateDecode]", stream), "Packed\n");
}

static void
test_in_85(void **fixture)
{
    g_autoptr(GByteArray) stream = deflated(DRAWING);
    g_autoptr(GByteArray) digits = in_85(stream, "~>");
    g_autoptr(GByteArray) wrong = in_85(stream, "x~>");

    (void)fixture;
    assert_text(make_packed("[/ASCII85Decode/FlateDecode]", digits), "Packed\n");
    assert_text(make_packed("[/ASCII85Decode/FlateDecode]", wrong), "Packed\n");
    digits->data[digits->len - 1] = '\x80';
    digits->data[digits->len - 2] = '\x80';
    assert_text(make_packed("[/ASCII85Decode/FlateDecode]", digits), "Packed\n");
}

/* Nothing but zeros is written by one letter. */
static void
test_zeros(void **fixture)
{
    g_autoptr(GByteArray) stored = g_byte_array_new();
    g_autoptr(GByteArray) digits = NULL;
    g_autofree char *text = g_strdup_printf("%s%*s", DRAWING, 60, "");
    uLong sum = 0;
    guint8 tail[4];

    (void)fixture;
    memset(text + strlen(DRAWING), 0, 60); /* white space as well */
    g_byte_array_append(stored, (const guint8 *)"\x78\x01\x01", 3);
    tail[0] = (guint8)(strlen(DRAWING) + 60);
    tail[1] = 0;
    tail[2] = (guint8)~tail[0];
    tail[3] = 0xff;
    g_byte_array_append(stored, tail, 4);
    g_byte_array_append(stored, (const guint8 *)text, (guint)strlen(DRAWING) + 60);
    sum = adler32(1, (const Bytef *)text, (uInt)strlen(DRAWING) + 60);
    for (int i = 0; i < 4; i++)
        tail[i] = (guint8)(sum >> (24 - 8 * i));
    g_byte_array_append(stored, tail, 4);
    digits = in_85(stored, "~>");
    assert_non_null(memchr(digits->data, 'z', digits->len));
    assert_text(make_packed("[/ASCII85Decode/FlateDecode]", digits), "Packed\n");
}

/* What is cut, or becomes far more than it was, is poppler's to unpack. */
static void
test_unusual(void **fixture)
{
    g_autofree char *spaces = g_strnfill(100 * 1000, ' ');
    g_autofree char *long_page = g_strconcat(spaces, DRAWING, NULL);
    g_autoptr(GByteArray) stream = deflated(DRAWING);
    g_autoptr(GByteArray) large = deflated(long_page);

    (void)fixture;
    assert_text(make_packed("/FlateDecode", large), "Packed\n");
    g_byte_array_set_size(stream, stream->len - 4);
    assert_text(make_packed("/FlateDecode", stream), "Packed\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deflated),
        cmocka_unit_test(test_in_85),
        cmocka_unit_test(test_zeros),
        cmocka_unit_test(test_unusual),
    };

    return cmocka_run_group_tests(tests, warm_up, NULL);
}
