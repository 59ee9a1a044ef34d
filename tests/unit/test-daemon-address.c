/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-address.c - what an address says, at label boundaries only.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/address.h"

static void
test_professional(void **fixture)
{
    /* clang-format off */
    static const struct { const char *address, *suffix; } rows[] = {
        { "dsl@brook.kent.sch.uk",         "sch.uk" },
        { "DSL@BROOK.KENT.SCH.UK",         "sch.uk" },
        { "a@nhs.net",                     "nhs.net" },
        { "a@kentcht.nhs.uk",              "nhs.uk" },
        { "a@kent.police.uk",              "police.uk" },
        { "a@x.gov.uk",                    "gov.uk" },
        { "a@firm.cjsm.net",               "cjsm.net" },
        { "a@evil-sch.uk",                 NULL },
        { "a@sch.uk.example.com",          NULL },
        { "a@nhs.net.example.com",         NULL },
        { "a@xnhs.net",                    NULL },
        { "a@gov.uk.",                     NULL },
        { "sch.uk@gmail.example",          NULL },
        { "a@gmail.com",                   NULL },
        { "nobody",                        NULL },
        { "",                              NULL },
        { "a@b@brook.sch.uk",              "sch.uk" },
    };
    /* clang-format on */

    g_autoptr(TemplatesDomains) domains = NULL;

    (void)fixture;
    assert_true(templates_domains_load(NULL, &domains, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *suffix = daemon_address_professional(domains, rows[i].address);

        if (g_strcmp0(suffix, rows[i].suffix) != 0)
            print_error("%s: %s\n", rows[i].address, suffix != NULL ? suffix : "none");
        assert_int_equal(g_strcmp0(suffix, rows[i].suffix), 0);
    }
}

static void
test_robot(void **fixture)
{
    static const char *const robots[] = {
        "mailer-daemon@x.uk", "MAILER-DAEMON@x.uk", "postmaster@x.uk",   "noreply@x.uk",
        "no-reply@x.uk",      "no_reply+7@x.uk",    "donotreply@x.uk",   "do-not-reply@x.uk",
        "bounce-4711@x.uk",   "bounces+a=b@x.uk",   "owner-list@x.uk",   "list-request@x.uk",
        "list-owner@x.uk",    "list-bounces@x.uk",  "majordomo@x.uk",    "portal-noreply@x.uk",
        "listserv@x.uk",      "root@x.uk",          "notifications@x.uk"};
    static const char *const people[] = {
        "ann@x.uk",       "bouncer@x.uk", "rooted@x.uk",   "ann-noreply2@x.uk",
        "abuseline@x.uk", "owner@x.uk",   "requests@x.uk", ""};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(robots); i++)
        assert_true(daemon_address_is_robot(robots[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(people); i++)
        assert_false(daemon_address_is_robot(people[i]));
}

static void
test_domain(void **fixture)
{
    (void)fixture;
    assert_string_equal(daemon_address_domain("a@b.uk"), "b.uk");
    assert_string_equal(daemon_address_domain("a@b@c.uk"), "c.uk");
    assert_string_equal(daemon_address_domain("a"), "");
}

static void
test_organisation(void **fixture)
{
    static const char *const rows[][2] = {
        {"a@example.com", "example.com"},
        {"a@mail.eu.example.com", "example.com"},
        {"a@example.co.uk", "example.co.uk"},
        {"a@mail.example.CO.UK", "example.CO.UK"},
        {"a@cherries.kent.sch.uk", "cherries.kent.sch.uk"},
        {"a@mail.cherries.kent.sch.uk", "cherries.kent.sch.uk"},
        {"a@kent.gov.uk", "kent.gov.uk"},
        {"a@trust.nhs.uk", "trust.nhs.uk"},
        {"a@example.uk", "example.uk"},
        {"a@co.uk", "co.uk"},
        {"a@sch.uk", "sch.uk"},
        {"a@uk", "uk"},
        {"a@", ""},
        {"", ""},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_string_equal(daemon_address_organisation(rows[i][0]), rows[i][1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_professional),
        cmocka_unit_test(test_robot),
        cmocka_unit_test(test_domain),
        cmocka_unit_test(test_organisation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
