/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-mime-part.c - what is kept of a part, and what is let go.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/mime-part.h"

static ParsersMimePart *
part_of(const char *bytes, gsize size)
{
    g_autoptr(GBytes) raw = g_bytes_new(bytes, size);

    return parsers_mime_part_new(raw);
}

/* Nobody looks into a film, but it stays known by its size and checksum. */
static void
test_settle(void **fixture)
{
    static const char film[] = "\0\0\0\x18"
                               "ftypmp42 and so on";
    ParsersMimePart *part = part_of(film, sizeof film);
    ParsersMimePart *text = part_of("abc", 3);
    (void)fixture;

    parsers_mime_part_settle(part);
    assert_string_equal(part->type, "video");
    assert_int_equal(part->size, sizeof film);
    assert_int_equal(strlen(part->sha256), 64);
    assert_int_equal(g_bytes_get_size(part->bytes), 0);

    parsers_mime_part_settle(text);
    assert_int_equal(g_bytes_get_size(text->bytes), 3);
    assert_string_equal(text->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    parsers_mime_part_free(part);
    parsers_mime_part_free(text);
}

/* What is beyond a limit is left unread, unless it is words. */
static void
test_beyond_limit(void **fixture)
{
    ParsersMimePart *part = part_of("%PDF-1.7 and so on", 18);
    (void)fixture;

    parsers_mime_part_spoil(part, PARSERS_PART_LIMIT, "part_bytes");
    parsers_mime_part_settle(part);
    assert_int_equal(part->size, 18);
    assert_int_equal(g_bytes_get_size(part->bytes), 0);
    assert_string_equal(part->problem, "part_bytes");
    parsers_mime_part_free(part);
}

static void
test_name(void **fixture)
{
    ParsersMimePart *part = part_of("x", 1);
    (void)fixture;

    parsers_mime_part_set_name(part, "C:\\Users\\me\\form.docx");
    assert_string_equal(part->name, "form.docx");
    parsers_mime_part_set_name(part, "../../etc/passwd");
    assert_string_equal(part->name, "passwd");
    parsers_mime_part_free(part);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settle),
        cmocka_unit_test(test_beyond_limit),
        cmocka_unit_test(test_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
