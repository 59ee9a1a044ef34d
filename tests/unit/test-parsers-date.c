/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-date.c - British order, and nothing made up.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/date.h"

static void
test_iso(void **fixture)
{
    /* clang-format off */
    static const struct { const char *text, *iso; } cases[] = {
        { "3/4/15",                               "2015-04-03" },
        { "30-6-1966",                            "1966-06-30" },
        { "14.12.23",                             "2023-12-14" },
        { "1/2-1980",                             "1980-02-01" },
        { "31/2/1980",                            NULL },
        { "3/4/198",                              NULL },
        { "Thursday 4th May 2023, about 2.15pm",  "2023-05-04" },
        { "19th of March 2024",                   "2024-03-19" },
        { "Feb 2nd 2024",                         "2024-02-02" },
        { "6-XI-2023",                            "2023-11-06" },
        { "2014-03-14",                           "2014-03-14" },
        { "29 Feb 2012",                          "2012-02-29" },
        { "29 Feb 2013",                          NULL },
        { "04/25/2015",                           NULL }, /* not ours to turn round */
        { "several weeks up to 5 Nov",            NULL },
        { "between 1/2/2023 and 3/2/2023",        NULL },
        { "35 TO 40",                             NULL },
        { "99/99/9999",                           NULL },
        { "",                                     NULL },
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *iso = parsers_date_iso(cases[i].text);

        if (cases[i].iso == NULL)
            assert_null(iso);
        else
            assert_string_equal(iso, cases[i].iso);
    }
}

static void
test_tail(void **fixture)
{
    /* clang-format off */
    static const struct { const char *text, *date, *rest; } cases[] = {
        { "Jo Example DOB 21/11/11",             "2011-11-21",  "Jo Example" },
        { "Jo Example, 14 February 1968",        "1968-02-14",  "Jo Example" },
        { "Jo Example (6, nearly 7)",            "6, nearly 7", "Jo Example" },
        { "Nico (surname X or Y) mid 20s",       "mid 20s",     "Nico (surname X or Y)" },
        { "Jo Example, late Thirties",           "late Thirties", "Jo Example" },
        { "Jo Example",                          NULL,          NULL },
        { "Victim A (name by phone)",            NULL,          NULL },
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize start = 0;
        g_autofree char *date = parsers_date_tail(cases[i].text, true, &start);

        if (cases[i].date == NULL) {
            assert_null(date);
            continue;
        }
        assert_string_equal(date, cases[i].date);
        assert_int_equal(start, strlen(cases[i].rest));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_iso), cmocka_unit_test(test_tail)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
