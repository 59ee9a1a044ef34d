/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-oauth-expiry.c - told for six weeks, aloud in the last one.
 *
 * Runs in:  make check.
 * Source:   daemon/oauth-expiry.h
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/oauth-expiry.h"

#define NOW (G_GINT64_CONSTANT(1795392000) * G_USEC_PER_SEC) /* 2026-11-23 00:00 */
#define HOUR (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)

static void
test_words(void **state)
{
    static const struct {
        gint64 left;
        DaemonHealthState wanted;
        const char *says;
    } table[] = {
        {365 * DAY, DAEMON_HEALTH_GOOD, "certificate is good until 2027-11-23"},
        {42 * DAY, DAEMON_HEALTH_GOOD, "certificate is good until 2027-01-04"},
        {42 * DAY - 1, DAEMON_HEALTH_LOOK, "certificate ends in 41 days (2027-01-03): renew it"},
        {23 * DAY, DAEMON_HEALTH_LOOK, "certificate ends in 23 days (2026-12-16): renew it"},
        {7 * DAY, DAEMON_HEALTH_LOOK, "certificate ends in 7 days (2026-11-30): renew it"},
        {7 * DAY - 1, DAEMON_HEALTH_BAD, "certificate ends in 6 days (2026-11-29): renew it"},
        {DAY + HOUR, DAEMON_HEALTH_BAD, "certificate ends in 1 day (2026-11-24): renew it"},
        {HOUR, DAEMON_HEALTH_BAD, "certificate ends within a day (2026-11-23): renew it"},
        {0, DAEMON_HEALTH_BAD, "certificate ended on 2026-11-23: renew it"},
        {-100 * DAY, DAEMON_HEALTH_BAD, "certificate ended on 2026-08-15: renew it"},
    };
    const DaemonOauth oauth = {.name = (char *)"cloud", .key_file = (char *)"app.key"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autofree char *says = NULL;
        DaemonHealthState found =
            daemon_oauth_expiry_judge(&oauth, NOW + table[i].left, NOW, &says);

        assert_string_equal(says, table[i].says);
        assert_int_equal(found, table[i].wanted);
    }
}

static void
test_secret(void **state)
{
    const DaemonOauth oauth = {.name = (char *)"cloud", .client_secret_file = (char *)"secret"};
    g_autofree char *says = NULL;

    (void)state;
    assert_int_equal(daemon_oauth_expiry_judge(&oauth, NOW + 10 * DAY, NOW, &says),
                     DAEMON_HEALTH_LOOK);
    assert_string_equal(says, "secret ends in 10 days (2026-12-03): renew it");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_secret)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
