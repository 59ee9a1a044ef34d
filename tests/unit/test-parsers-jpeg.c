/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-jpeg.c - a photograph with a frame is one that may be opened, however its
 * bytes come and whatever stands before the frame.
 *
 * Runs in:  make check.
 * Source:   ITU-T T.81, annex B
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/jpeg.h"

#define START "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
#define FRAME "\xff\xc0\x00\x11\x08\x00\x20\x00\x20\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
#define GREY "\xff\xc2\x00\x0b\x08\x00\x20\x00\x20\x01\x01\x11\x00"

static bool
look(const char *data, gsize size, gsize piece)
{
    ParsersJpeg jpeg = {0};

    for (gsize at = 0; at < size; at += piece)
        parsers_jpeg_look(&jpeg, data + at, MIN(piece, size - at));
    return jpeg.has_frame;
}

/* However it comes; the bytes are copied so that a sanitizer sees a look beyond the last. */
static bool
opens(const char *data, gsize size)
{
    g_autofree char *copy = g_memdup2(data, size);
    const bool whole = look(copy, size, size);

    for (gsize piece = 1; piece < size; piece++)
        assert_int_equal(look(copy, size, piece), whole);
    return whole;
}

#define OPENS(text) opens(text, sizeof(text) - 1)

static void
test_frames(void **fixture)
{
    (void)fixture;
    assert_true(OPENS(START FRAME));
    assert_true(OPENS(START GREY));
    assert_true(OPENS(START "\xff\xff" FRAME "more"));
    /* libjpeg passes over what does not belong there. */
    assert_true(OPENS(START "garbage\xff\xff\x00" FRAME));
}

static void
test_no_frame(void **fixture)
{
    (void)fixture;
    assert_false(OPENS(START));
    assert_false(OPENS(START "\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00"));
    assert_false(OPENS(START "\xff\xc4\x00\x11\x08\x00\x20\x00\x20\x03\x01\x22\x00")); /* tables */
    assert_false(OPENS(START "\xff\xc0\x00\x12\x08\x00\x20\x00\x20\x03\x01\x22\x00")); /* length */
    assert_false(OPENS(START "\xff\xc0\x00\x11\x08\x00\x00\x00\x20\x03\x01\x22\x00")); /* height */
    assert_false(OPENS(START "\xff\xc0\x00\x11\x08\x00\x20\x00\x00\x03\x01\x22\x00")); /* width */
    assert_false(OPENS(START "\xff\xc0\x00\x08\x08\x00\x20\x00\x20\x00\x01\x22\x00")); /* colours */
    assert_false(OPENS("\xff\xc0\x00\x11\x08\x00\x20\x00\x20"));                       /* cut */
}

/* What a camera writes before the frame may be long. */
static void
test_long(void **fixture)
{
    g_autoptr(GByteArray) file = g_byte_array_new();
    const guint8 zeros[1000] = {0};

    (void)fixture;
    g_byte_array_append(file, (const guint8 *)START, sizeof START - 1);
    for (guint i = 0; i < 3000; i++)
        g_byte_array_append(file, zeros, sizeof zeros);
    assert_false(look((const char *)file->data, file->len, 65536));
    g_byte_array_append(file, (const guint8 *)FRAME, sizeof FRAME - 1);
    assert_true(look((const char *)file->data, file->len, 65536));
    assert_true(look((const char *)file->data, file->len, 7));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_no_frame),
        cmocka_unit_test(test_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
