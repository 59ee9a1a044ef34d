/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-consultation.c - a consultation as it is typed, and what keeps it out.
 *
 * tests/consultation.sh enters some for good.
 *
 * Source:   doc/consultations.md
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/consultation.h"

#define HEAD "Name: Jo\nEMAIL :  jo@school.example \r\nWhen: 2026-03-05 14:30\nAdviser: Pat\n"

static void
test_parse(void **fixture)
{
    g_auto(DaemonConsultation) consultation = {0};
    g_autoptr(GError) error = NULL;

    (void)fixture;
    assert_true(daemon_consultation_parse(HEAD "\nOne: two\n\nthree\n", &consultation, &error));
    assert_string_equal(consultation.name, "Jo");
    assert_string_equal(consultation.email, "jo@school.example");
    assert_string_equal(consultation.when, "2026-03-05 14:30");
    assert_null(consultation.address);
    assert_string_equal(consultation.summary, "One: two\n\nthree");
}

static void
test_parse_wrong(void **fixture)
{
    g_auto(DaemonConsultation) consultation = {0};
    g_autoptr(GError) error = NULL;

    (void)fixture;
    assert_false(daemon_consultation_parse("Name: Jo\nno colon\n\nx", &consultation, &error));
    assert_non_null(strstr(error->message, "line 2"));
    assert_null(consultation.name);
}

static void
test_check(void **fixture)
{
    static const struct {
        const char *name, *email, *when, *summary;
        bool good;
    } cases[] = {
        {"Jo", "jo@school.example", "2026-03-05", "words", true},
        {"Jo", "jo@school.example", "2026-03-05 14:30", "two\nlines\twith a tab", true},
        {"", "jo@school.example", "2026-03-05", "words", false},
        {"Jo\rTo: x", "jo@school.example", "2026-03-05", "words", false},
        {"Jo\xff", "jo@school.example", "2026-03-05", "words", false},
        {"Jo", "Jo <jo@school.example>", "2026-03-05", "words", false},
        {"Jo", "lado@ours.example", "2026-03-05", "words", false},
        {"Jo", "jo@school.example", "2026-13-05", "words", false},
        {"Jo", "jo@school.example", "2026-03-05 25:00", "words", false},
        {"Jo", "jo@school.example", "2199-01-01", "words", false},
        {"Jo", "jo@school.example", "2026-03-05", NULL, false},
        {"Jo", "jo@school.example", "2026-03-05", "words\x1b[2J", false},
    };
    DaemonSettings settings = {.timezone = (char *)"Europe/London",
                               .smtp_from_address = (char *)"lado@ours.example",
                               .mailboxes = g_ptr_array_new()};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        DaemonConsultation consultation = {.name = (char *)cases[i].name,
                                           .email = (char *)cases[i].email,
                                           .when = (char *)cases[i].when,
                                           .adviser = (char *)"Pat",
                                           .summary = (char *)cases[i].summary};
        g_autoptr(GError) error = NULL;
        gint64 at = 0;

        assert_int_equal(daemon_consultation_check(&consultation, &settings, &at, &error),
                         cases[i].good);
        assert_int_equal(error == NULL, cases[i].good);
        assert_int_equal(at != 0, cases[i].good);
    }
    g_ptr_array_unref(settings.mailboxes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse),
                                       cmocka_unit_test(test_parse_wrong),
                                       cmocka_unit_test(test_check)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
