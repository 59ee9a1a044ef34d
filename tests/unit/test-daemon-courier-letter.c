/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier-letter.c - which addresses a list of domains covers.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/courier-letter.h"

static void
test_domains(void **fixture)
{
    static const struct {
        const char *domains, *address;
        bool in;
    } rows[] = {
        {"gov.uk", "a@gov.uk", true},
        {"gov.uk", "a@Kent.GOV.uk", true},
        {"gov.uk;nhs.net", "a@nhs.net", true},
        {" gov.uk ; nhs.net ", "a@nhs.net", true},
        {"gov.uk;;nhs.net;", "a@example.org", false},
        {"gov.uk", "a@notgov.uk", false},
        {"gov.uk", "gov.uk@example.org", false},
        {"kent.gov.uk", "a@gov.uk", false},
        {"", "a@gov.uk", false},
        {NULL, "a@gov.uk", false},
        {"gov.uk", "nowhere", false},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(daemon_courier_letter_is_in(rows[i].domains, rows[i].address), rows[i].in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_domains)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
