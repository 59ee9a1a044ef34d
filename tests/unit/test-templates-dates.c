/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-dates.c - days and times of day in the words of a language.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/dates.h"

static void
test_english(void **fixture)
{
    /* clang-format off */
    static const struct { int hour, minute; const char *clock; } cases[] = {
        { 0, 0, "midnight" }, { 0, 5, "12:05am" }, { 8, 30, "8:30am" }, { 10, 0, "10am" },
        { 12, 0, "midday" },  { 12, 1, "12:01pm" }, { 23, 59, "11:59pm" }, { 13, 0, "1pm" },
    };
    /* clang-format on */
    g_autoptr(TemplatesDates) dates = NULL;

    (void)fixture;
    assert_true(templates_dates_load(NULL, "en", &dates, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GDateTime) at =
            g_date_time_new_utc(2024, 3, 3, cases[i].hour, cases[i].minute, 0);
        g_autofree char *day = templates_dates_day(dates, at);
        g_autofree char *clock = templates_dates_clock(dates, at);

        assert_string_equal(day, "Sunday 3 March 2024");
        assert_string_equal(clock, cases[i].clock);
    }
}

static void
test_wrong_files(void **fixture)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"{\n", "mails/cy/dates.json:2: "},
        {"{\"days\": [\"Llun\"]}", "seven days"},
        {"{\"days\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",7]}", "seven days"},
        {"{\"days\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]}", "twelve months"},
    };
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "mails", "cy", "dates.json", NULL);
    g_autofree char *cy = g_path_get_dirname(path);
    g_autofree char *mails = g_path_get_dirname(cy);
    g_autoptr(GError) missing = NULL;
    TemplatesDates *none = NULL;

    (void)fixture;
    assert_false(templates_dates_load(folder, "cy", &none, &missing));
    assert_non_null(strstr(missing->message, "mails/cy/dates.json"));
    assert_int_equal(g_mkdir_with_parents(cy, 0700), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        assert_false(templates_dates_load(folder, "cy", &none, &error));
        if (strstr(error->message, cases[i].expected) == NULL)
            fail_msg("\"%s\" does not say %s", error->message, cases[i].expected);
    }
    assert_null(none);
    g_remove(path);
    g_rmdir(cy);
    g_rmdir(mails);
    g_rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_wrong_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
