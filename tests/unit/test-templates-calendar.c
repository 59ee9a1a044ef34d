/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-calendar.c - office hours to the second, and holidays by file and rule.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "templates/calendar.h"

static gint64
moment(const char *iso)
{
    g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(iso, NULL);

    assert_non_null(at);
    return g_date_time_to_unix(at) * G_USEC_PER_SEC;
}

static TemplatesCalendar *
load(const char *folder, const char *const *closures)
{
    TemplatesCalendar *calendar = NULL;

    assert_true(templates_calendar_load(folder, "Europe/London", closures, &calendar, NULL));
    return calendar;
}

/* A folder with a holidays.json of its own. */
static char *
folder_with(const char *text)
{
    char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "holidays.json", NULL);

    assert_true(g_file_set_contents(path, text, -1, NULL));
    return folder;
}

static void
remove_folder(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "holidays.json", NULL);

    g_remove(path);
    g_rmdir(folder);
}

static void
test_boundaries(void **fixture)
{
    static const struct {
        const char *at;
        bool open;
    } cases[] = {
        {"2024-03-05T08:29:59Z", false}, {"2024-03-05T08:30:00Z", true},
        {"2024-03-05T16:59:59Z", true},  {"2024-03-05T17:00:00Z", false},
        {"2024-07-02T07:29:59Z", false}, {"2024-07-02T07:30:00Z", true}, /* summer time */
        {"2024-07-02T15:59:59Z", true},  {"2024-07-02T16:00:00Z", false},
        {"2024-03-09T12:00:00Z", false}, /* Saturday */
        {"2024-03-29T12:00:00Z", false}, /* Good Friday */
        {"2023-05-08T12:00:00Z", false}, /* coronation: only the file knows */
        {"2026-12-28T12:00:00Z", false}, /* Boxing Day moved from Saturday */
        {"2026-12-29T12:00:00Z", true},
    };
    g_autoptr(TemplatesCalendar) calendar = load(NULL, NULL);

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        if (templates_calendar_in_hours(calendar, moment(cases[i].at)) != cases[i].open)
            fail_msg("%s should be %s", cases[i].at, cases[i].open ? "open" : "shut");
}

static void
test_next_opening(void **fixture)
{
    static const struct {
        const char *after, *opens;
    } cases[] = {
        {"2024-03-05T06:00:00Z", "2024-03-05T08:30:00Z"}, /* later the same day */
        {"2024-03-05T08:30:00Z", "2024-03-06T08:30:00Z"},
        {"2024-03-08T17:00:00Z", "2024-03-11T08:30:00Z"}, /* over the weekend */
        {"2024-03-28T18:00:00Z", "2024-04-02T07:30:00Z"}, /* over Easter and the clocks */
        {"2026-12-24T17:00:00Z", "2026-12-29T08:30:00Z"},
    };
    g_autoptr(TemplatesCalendar) calendar = load(NULL, NULL);

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_true(templates_calendar_next_opening(calendar, moment(cases[i].after)) ==
                    moment(cases[i].opens));
}

static void
test_closures(void **fixture)
{
    static const char *const closures[] = {"2026-12-29", "2026-12-30", NULL};
    static const char *const wrong[] = {"29/12/2026", NULL};
    g_autoptr(TemplatesCalendar) calendar = load(NULL, closures);
    TemplatesCalendar *none = NULL;
    g_autoptr(GError) error = NULL;

    (void)fixture;
    assert_true(templates_calendar_next_opening(calendar, moment("2026-12-24T17:00:00Z")) ==
                moment("2026-12-31T08:30:00Z"));
    assert_false(templates_calendar_load(NULL, "Europe/London", wrong, &none, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_SYNTAX));
}

/* Count the days of a year, Monday to Friday, on which the office is shut. */
static guint
holidays_of(const TemplatesCalendar *calendar, int year)
{
    guint n = 0;

    for (int day = 1; day <= 365; day++) {
        g_autoptr(GDateTime) first = g_date_time_new_utc(year, 1, 1, 12, 0, 0);
        g_autoptr(GDateTime) noon = g_date_time_add_days(first, day - 1);

        n += g_date_time_get_day_of_week(noon) <= 5 &&
             !templates_calendar_working_day(calendar, g_date_time_to_unix(noon) * G_USEC_PER_SEC);
    }
    return n;
}

/* Without a file that knows the year, the rules find the same days, the coronation excepted. */
static void
test_rules_agree_with_the_file(void **fixture)
{
    g_autofree char *folder = folder_with("{\"england-and-wales\":{\"events\":[]}}");
    g_autoptr(TemplatesCalendar) ruled = load(folder, NULL);
    g_autoptr(TemplatesCalendar) filed = load(NULL, NULL);
    g_autoptr(GDateTime) first = g_date_time_new_utc(2023, 1, 1, 12, 0, 0);

    (void)fixture;
    remove_folder(folder);
    for (int day = 0; day < 5 * 365 + 1; day++) {
        g_autoptr(GDateTime) noon = g_date_time_add_days(first, day);
        g_autofree char *iso = g_date_time_format(noon, "%F");
        gint64 at = g_date_time_to_unix(noon) * G_USEC_PER_SEC;

        if (g_str_equal(iso, "2023-05-08"))
            continue;
        if (templates_calendar_working_day(ruled, at) != templates_calendar_working_day(filed, at))
            fail_msg("%s: rule and file differ", iso);
    }
    assert_int_equal(holidays_of(filed, 2023), 9);
    for (int year = 2028; year < 2060; year++)
        assert_int_equal(holidays_of(filed, year), 8);
    assert_false(templates_calendar_working_day(filed, moment("2028-01-03T12:00:00Z")));
    assert_true(templates_calendar_ends(ruled) == 0);
    assert_true(templates_calendar_ends(filed) == moment("2028-01-01T00:00:00Z"));
}

static void
test_broken_files(void **fixture)
{
    static const char *const broken[] = {
        "{", "[]", "{\"england-and-wales\":{\"events\":[{\"date\":\"25/12/2026\"}]}}",
        "{\"england-and-wales\":{\"events\":[{\"date\":\"2026-02-30\"}]}}",
        "{\"england-and-wales\":{\"events\":[{}]}}"};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autofree char *folder = folder_with(broken[i]);
        g_autoptr(GError) error = NULL;
        TemplatesCalendar *none = NULL;

        assert_false(templates_calendar_load(folder, "Europe/London", NULL, &none, &error));
        assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_SYNTAX));
        assert_null(none);
        remove_folder(folder);
    }
}

static void
test_unknown_zone(void **fixture)
{
    g_autoptr(GError) error = NULL;
    TemplatesCalendar *none = NULL;

    (void)fixture;
    assert_false(templates_calendar_load(NULL, "Europe/Londonn", NULL, &none, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_MISSING));
}

/* The No Named consultation has hours of its own, and the same working days. */
static void
test_hours(void **fixture)
{
    static const struct {
        const char *at, *opens;
        bool open;
    } cases[] = {
        {"2024-03-05T09:59:59Z", "2024-03-05T10:00:00Z", false},
        {"2024-03-05T10:00:00Z", "2024-03-06T10:00:00Z", true},
        {"2024-03-05T15:59:59Z", "2024-03-06T10:00:00Z", true},
        {"2024-03-05T16:00:00Z", "2024-03-06T10:00:00Z", false},
        {"2024-07-02T08:59:59Z", "2024-07-02T09:00:00Z", false}, /* summer time */
        {"2024-03-28T17:00:00Z", "2024-04-02T09:00:00Z", false}, /* Easter, and the clocks */
    };
    const TemplatesHours hours = TEMPLATES_CALENDAR_CONSULTATION;
    g_autoptr(TemplatesCalendar) calendar = load(NULL, NULL);

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 at = moment(cases[i].at);

        assert_int_equal(templates_calendar_open(calendar, &hours, at), cases[i].open);
        assert_int_equal(templates_calendar_opens(calendar, &hours, at), moment(cases[i].opens));
    }
}

static void
test_hours_as_text(void **fixture)
{
    static const char *const wrong[] = {"",
                                        "10-16",
                                        "10:00-10:00",
                                        "16:00-10:00",
                                        "24:00-25:00",
                                        "10:00 16:00",
                                        "10:00-16:60",
                                        "x10:00-16:00"};
    TemplatesHours hours = {0};

    (void)fixture;
    assert_true(templates_calendar_hours("09:05-23:59", &hours));
    assert_int_equal(hours.opens, 545);
    assert_int_equal(hours.shuts, 1439);
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(templates_calendar_hours(wrong[i], &hours));
    assert_int_equal(hours.opens, 545);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hours),        cmocka_unit_test(test_hours_as_text),
        cmocka_unit_test(test_boundaries),   cmocka_unit_test(test_next_opening),
        cmocka_unit_test(test_closures),     cmocka_unit_test(test_rules_agree_with_the_file),
        cmocka_unit_test(test_broken_files), cmocka_unit_test(test_unknown_zone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
