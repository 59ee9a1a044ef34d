/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-package.c - ZIP archives: names, limits, damage.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/package.h"

#include "tests/unit/office.h"

static void
test_names(void **fixture)
{
    g_autoptr(GBytes) bytes = office_zip("Word/Document.xml", "first", "word\\document.XML",
                                         "second", "../../etc/passwd", "text", NULL);
    g_autoptr(ParsersPackage) package = NULL;
    g_autoptr(GBytes) part = NULL;

    (void)fixture;
    assert_true(parsers_package_open(bytes, parsers_limits_default(), &package, NULL));
    assert_true(parsers_package_has(package, "/word/document.xml"));
    assert_false(parsers_package_has(package, "word/other.xml"));
    assert_true(parsers_package_read(package, "word/document.xml", &part, NULL));
    assert_memory_equal(g_bytes_get_data(part, NULL), "first", 5);
    assert_true(parsers_package_has(package, "../../etc/passwd"));
}

static void
check_read(GBytes *bytes, const ParsersLimits *limits, const char *name, ParsersError code,
           const char *words)
{
    g_autoptr(ParsersPackage) package = NULL;
    g_autoptr(GBytes) part = NULL;
    g_autoptr(GError) error = NULL;

    assert_true(parsers_package_open(bytes, limits, &package, NULL));
    assert_false(parsers_package_read(package, name, &part, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, (gint)code));
    assert_non_null(strstr(error->message, words));
}

static void
test_limits(void **fixture)
{
    g_autoptr(GBytes) bytes = office_zip("a", "0123456789", NULL);
    ParsersLimits limits = *parsers_limits_default();

    (void)fixture;
    limits.zip_entry_bytes = 9;
    check_read(bytes, &limits, "a", PARSERS_ERROR_LIMIT, "zip_entry_bytes");
    limits.zip_entry_bytes = 10;
    limits.zip_total_bytes = 9;
    check_read(bytes, &limits, "a", PARSERS_ERROR_LIMIT, "zip_total_bytes");
    check_read(bytes, &limits, "b", PARSERS_ERROR_DAMAGED, "missing");
}

/* What was inflated before counts for the whole archive. */
static void
test_total(void **fixture)
{
    g_autoptr(GBytes) bytes = office_zip("a", "0123456789", NULL);
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(ParsersPackage) package = NULL;
    g_autoptr(GBytes) once = NULL;
    g_autoptr(GBytes) twice = NULL;

    (void)fixture;
    limits.zip_total_bytes = 15;
    assert_true(parsers_package_open(bytes, &limits, &package, NULL));
    assert_true(parsers_package_read(package, "a", &once, NULL));
    assert_false(parsers_package_read(package, "a", &twice, NULL));
}

/* Any byte of the content may be wrong: the checksum tells. */
static void
test_damage(void **fixture)
{
    g_autoptr(GBytes) bytes = office_zip("a", "x", NULL);
    gsize length = 0;
    char *data = NULL;
    g_autoptr(GBytes) damaged = NULL;
    char *content = NULL;

    (void)fixture;
    length = g_bytes_get_size(bytes);
    data = g_memdup2(g_bytes_get_data(bytes, NULL), length);
    content = memchr(data + 30, 'x', length - 30);
    assert_non_null(content);
    *content = 'y';
    damaged = g_bytes_new_take(data, length);
    check_read(damaged, parsers_limits_default(), "a", PARSERS_ERROR_DAMAGED, "damaged");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_total),
        cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
