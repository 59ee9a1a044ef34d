/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-age.c - hours of work between two moments.
 *
 * Source:   daemon/review-age.h; 2024-03-04 was a Monday, 2024-03-29 Good Friday
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/review-age.h"

typedef struct {
    const char *from, *to;
    guint minutes;
} Case;

/* Times are UTC; London is an hour ahead from 31 March. */
/* clang-format off */
static const Case cases[] = {
    { "2024-03-04T10:00:00Z", "2024-03-04T10:45:00Z",   45 },
    { "2024-03-04T06:00:00Z", "2024-03-04T09:00:00Z",   30 }, /* before the office opens */
    { "2024-03-04T16:30:00Z", "2024-03-04T23:00:00Z",   30 }, /* after it closed */
    { "2024-03-04T19:00:00Z", "2024-03-05T08:30:00Z",    0 }, /* a night */
    { "2024-03-04T16:00:00Z", "2024-03-05T09:30:00Z",  120 }, /* over a night */
    { "2024-03-08T16:00:00Z", "2024-03-11T09:30:00Z",  120 }, /* over a weekend */
    { "2024-03-09T10:00:00Z", "2024-03-10T18:00:00Z",    0 }, /* a weekend */
    { "2024-03-28T16:00:00Z", "2024-04-02T08:30:00Z",  120 }, /* over Easter, and into summer time */
    { "2024-03-04T08:30:00Z", "2024-03-05T08:30:00Z",  510 },
    { "2024-03-04T08:30:00Z", "2024-03-08T17:00:00Z", 2550 }, /* a week */
    { "2024-03-05T10:00:00Z", "2024-03-04T10:00:00Z",    0 }, /* the clock was set back */
};
static const struct {
    guint minutes;
    const char *text;
} texts[] = {
    { 0, "under a minute" }, { 1, "1 minute" }, { 59, "59 minutes" }, { 60, "1 hour" }, { 509, "8 hours" },
    { 510, "1 working day" }, { 1020, "2 working days" }, { 39 * 510, "39 working days" },
    { 40 * 510, "over 40 working days" },
};
/* clang-format on */

static gint64
moment(const char *text)
{
    g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(text, NULL);

    assert_non_null(at);
    return g_date_time_to_unix(at) * G_USEC_PER_SEC;
}

static int
load(void **state)
{
    g_autofree char *folder = g_strdup_printf("%s/templates", g_getenv("top_srcdir"));
    const char *const closures[] = {NULL};
    TemplatesCalendar *calendar = NULL;

    if (!templates_calendar_load(folder, "Europe/London", closures, &calendar, NULL))
        return -1;
    *state = calendar;
    return 0;
}

static int
unload(void **state)
{
    templates_calendar_free(*state);
    return 0;
}

static void
test_hours_of_work(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(daemon_review_age(*state, moment(cases[i].from), moment(cases[i].to)),
                         cases[i].minutes);
}

static void
test_years_end_somewhere(void **state)
{
    guint minutes =
        daemon_review_age(*state, moment("2021-03-04T10:00:00Z"), moment("2024-03-04T10:00:00Z"));
    g_autofree char *text = daemon_review_age_text(minutes);

    assert_true(minutes >= (DAEMON_REVIEW_DAYS_MAX - 1) * DAEMON_REVIEW_DAY_MINUTES);
    assert_string_equal(text, "over 40 working days");
}

static void
test_words(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *text = daemon_review_age_text(texts[i].minutes);

        assert_string_equal(text, texts[i].text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hours_of_work),
        cmocka_unit_test(test_years_end_somewhere),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
