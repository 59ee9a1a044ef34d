/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-bounce-address.c - one address for the bounces of each reply.
 *
 * Source:   doc/replies.md, "Bounces"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/bounce-address.h"

static void
test_patterns(void **fixture)
{
    static const char *const good[] = {"lado+*@example.org", "*@bounces.example.org",
                                       "b-*-x@example.org", "lado.parents.help+*@example.org"};
    static const char *const bad[] = {"lado@example.org",
                                      "lado+*",
                                      "lado@*.example.org",
                                      "l*+*@example.org",
                                      "lado +*@x.org",
                                      "<lado+*@x.org>",
                                      "lado+*@example.org*",
                                      "lado+*@nowhere",
                                      "",
                                      "much.too.long.to.sign+*@example.org"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        assert_true(daemon_bounce_address_check(good[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(daemon_bounce_address_check(bad[i]));
}

static void
test_there_and_back(void **fixture)
{
    g_autofree char *address = daemon_bounce_address_make("lado+*@example.org", "b=ack.1.ff");
    g_autofree char *token = daemon_bounce_address_token("LADO+*@Example.org", address);

    (void)fixture;
    assert_string_equal(address, "lado+b=ack.1.ff@example.org");
    assert_string_equal(token, "b=ack.1.ff");
}

static void
test_other_addresses(void **fixture)
{
    static const char *const others[] = {"",
                                         "lado@example.org",
                                         "lado+@example.org",
                                         "lado+b=x@example.com",
                                         "clado+b=x@example.org",
                                         "@example.org",
                                         "lado+*"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_null(daemon_bounce_address_token("lado+*@example.org", others[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_other_addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
