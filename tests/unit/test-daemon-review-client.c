/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-client.c - whose address counts behind a proxy, and that nobody
 * talks their way into another one.
 *
 * Source:   doc/review.md, "Safe pages"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/review-client.h"

#define PROXIES "127.0.0.1; 10.0.0.7"

/* clang-format off */
static const struct {
    const char *peer, *forwarded, *proxies, *wanted;
} cases[] = {
    { "192.0.2.1", NULL,                                NULL,    "192.0.2.1"   },
    { "192.0.2.1", "198.51.100.9",                      NULL,    "192.0.2.1"   },
    { "192.0.2.1", "198.51.100.9",                      PROXIES, "192.0.2.1"   },
    { "127.0.0.1", NULL,                                PROXIES, "127.0.0.1"   },
    { "127.0.0.1", "198.51.100.9",                      PROXIES, "198.51.100.9"},
    { "10.0.0.7",  "198.51.100.9",                      PROXIES, "198.51.100.9"},
    /* What the browser itself had sent stands before what the proxy added. */
    { "127.0.0.1", "203.0.113.5, 198.51.100.9",         PROXIES, "198.51.100.9"},
    { "127.0.0.1", "203.0.113.5, 198.51.100.9,10.0.0.7", PROXIES, "198.51.100.9"},
    { "127.0.0.1", "127.0.0.1, 10.0.0.7",               PROXIES, "127.0.0.1"   },
    { "127.0.0.1", "203.0.113.5, unknown",              PROXIES, "127.0.0.1"   },
    { "127.0.0.1", "203.0.113.5,",                      PROXIES, "127.0.0.1"   },
    { "127.0.0.1", "2001:DB8:0:0::1",                   PROXIES, "2001:db8::1" },
    { "127.0.0.1", "198.51.100.9:4711",                 PROXIES, "127.0.0.1"   },
    { "",          "198.51.100.9",                      PROXIES, ""            },
};
/* clang-format on */

static void
test_client(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found =
            daemon_review_client_find(cases[i].peer, cases[i].forwarded, cases[i].proxies);

        assert_string_equal(found, cases[i].wanted);
    }
}

static void
test_listed(void **state)
{
    (void)state;
    assert_true(daemon_review_client_listed(PROXIES, "10.0.0.7"));
    assert_false(daemon_review_client_listed(PROXIES, "10.0.0.70"));
    assert_false(daemon_review_client_listed(PROXIES, "0.0.7"));
    assert_false(daemon_review_client_listed(NULL, "10.0.0.7"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_client),
                                       cmocka_unit_test(test_listed)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
