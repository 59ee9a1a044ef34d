/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-forms-keys.c - which keys there are, and which one was meant.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/forms-keys.h"

static void
test_keys(void **fixture)
{
    assert_true(daemon_forms_keys_known("child.N.dob"));
    assert_true(daemon_forms_keys_known("wishes"));
    assert_false(daemon_forms_keys_known("child.dob"));
    assert_true(daemon_forms_keys_taken("adult.shoe_size"));
    assert_false(daemon_forms_keys_taken("pet.name"));
    assert_true(daemon_forms_keys_free("household.N.pet"));
    assert_false(daemon_forms_keys_free("adult.name"));
}

static void
test_near(void **fixture)
{
    char longest[200];

    assert_string_equal(daemon_forms_keys_near("refferrer.name"), "referrer.name");
    assert_string_equal(daemon_forms_keys_near("adult.nmae"), "adult.name");
    assert_null(daemon_forms_keys_near("pet.breed"));
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(daemon_forms_keys_near(longest));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_keys), cmocka_unit_test(test_near)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
