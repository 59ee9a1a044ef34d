/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-area.c - which answer of a form tells the home, and which the workplace.
 */
#include "tests/unit/case-help.h"

#include "daemon/area.h"

/* clang-format off */
static const struct {
    const char *pieces; /* see bench_add() */
    const char *home, *work, *words;
} rows[] = {
    { "form=lado-parent; child.1.postcode:ME7 1AA",                                "Medway", NULL, NULL },
    { "form=lado-parent; child.1.postcode:CT1 1AA; child.2.postcode:ME7 1AA",      "Medway", NULL, NULL },
    { "form=lado-parent; adult.employer_address:High Street, Gillingham",          NULL, "Medway", NULL },
    { "form=lado-parent; child.1.address:Hastings; adult.employer_address:ME4 4AA", "East Sussex", "Medway", NULL },
    /* who wrote lives where the child does, unless told otherwise */
    { "form=lado-parent; referrer.postcode:ME7 1AA",                               "Medway", NULL, NULL },
    { "form=lado-parent; referrer.postcode:ME7 1AA; child.1.postcode:CT1 1AA",     NULL, NULL, NULL },
    /* the adult's own home is nobody's business here */
    { "form=lado-parent; adult.postcode:ME7 1AA",                                  NULL, NULL, NULL },
    { "text=It was at the pool in Strood.",                                        NULL, NULL, "Medway" },
    { "form=lado-parent; text=See the form. Strood.",                              NULL, NULL, NULL },
    { "",                                                                          NULL, NULL, NULL },
};
/* clang-format on */

static void
test_places(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bench) bench = {0};
        DaemonArea area;

        bench_build(&bench, rows[i].pieces);
        area = daemon_area_of(&bench.mail);
        if (g_strcmp0(area.home, rows[i].home) != 0 || g_strcmp0(area.work, rows[i].work) != 0 ||
            g_strcmp0(area.words, rows[i].words) != 0)
            fail_msg("%s: %s, %s, %s", rows[i].pieces, area.home, area.work, area.words);
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
