/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-area.c - whether a place is in Medway: a flag, drawn by district first.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glib.h>

#include "daemon/area.h"

/* clang-format off */
static const struct {
    const char *address, *postcode;
    bool medway;
} rows[] = {
    { NULL, "ME7 1AA",                              true },
    { NULL, "me71aa",                               true },
    { NULL, "ME4  4AA",                             true },
    { "1 High Street, Chatham, Kent ME4 4AA", NULL, true },
    { "1 High Street, Chatham, Kent", NULL,         true },
    { "Gillingham", NULL,                           true },
    { NULL, "ME6 5AA",                              false },
    { NULL, "ME10 1AA",                             false },
    { NULL, "ME14 1XX",                             false },
    { NULL, "CT1 1AA",                              false },
    /* the post code is stronger than a street that is named after a town */
    { "Rochester Road, Gravesend DA12 2AA", NULL,   false },
    { "Chatham Street", "CT11 7AA",                 false },
    { "Maidstone, Kent", NULL,                      false },
    { NULL, NULL,                                   false },
    { "", "",                                       false },
    { "SOME7 1AAB", NULL,                           false },
};
/* clang-format on */

static void
test_places(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool medway = daemon_area_is_medway(rows[i].address, rows[i].postcode);

        if (medway != rows[i].medway)
            print_error("row %zu\n", i);
        assert_int_equal(medway, rows[i].medway);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
