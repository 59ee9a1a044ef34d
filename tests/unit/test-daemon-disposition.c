/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-disposition.c - every error of ours has a disposition, and advice where
 * one is needed.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/disposition.h"
#include "daemon/error.h"
#include "parsers/error.h"
#include "spool/error.h"
#include "templates/error.h"

static const struct {
    GQuark (*domain)(void);
    int codes;
} domains[] = {
    {parsers_error_quark, PARSERS_N_ERRORS},
    {spool_error_quark, SPOOL_N_ERRORS},
    {templates_error_quark, TEMPLATES_N_ERRORS},
    {daemon_error_quark, DAEMON_N_ERRORS},
};

static void
test_every_code_has_a_row(void **fixture)
{
    (void)fixture;
    for (gsize d = 0; d < G_N_ELEMENTS(domains); d++)
        for (int code = 0; code < domains[d].codes; code++) {
            if (!daemon_disposition_known(domains[d].domain(), code))
                print_error("no row for code %d of %s\n", code,
                            g_quark_to_string(domains[d].domain()));
            assert_true(daemon_disposition_known(domains[d].domain(), code));
        }
    assert_false(daemon_disposition_known(SPOOL_ERROR, SPOOL_N_ERRORS));
    assert_false(daemon_disposition_known(G_FILE_ERROR, 0));
}

/* Who is stopped, or asked to look, is told what to do. */
static void
test_advice(void **fixture)
{
    (void)fixture;
    for (gsize d = 0; d < G_N_ELEMENTS(domains); d++)
        for (int code = 0; code < domains[d].codes; code++) {
            g_autoptr(GError) error = g_error_new_literal(domains[d].domain(), code, "x");
            const char *advice = NULL;

            if (daemon_disposition(error, &advice) != DAEMON_RETRY)
                assert_non_null(advice);
        }
}

/* clang-format off */
static const struct {
    GQuark (*domain)(void);
    int code;
    DaemonDisposition disposition;
} fixed[] = {
    { parsers_error_quark,   PARSERS_ERROR_DAMAGED,    DAEMON_HOLD_IT },
    { parsers_error_quark,   PARSERS_ERROR_CAGE,       DAEMON_STOP },
    { spool_error_quark,     SPOOL_ERROR_FULL,         DAEMON_RETRY },
    { spool_error_quark,     SPOOL_ERROR_AUDIT,        DAEMON_STOP },
    { templates_error_quark, TEMPLATES_ERROR_SYNTAX,   DAEMON_STOP },
    { daemon_error_quark,    DAEMON_ERROR_TEMPORARY,   DAEMON_RETRY },
    { daemon_error_quark,    DAEMON_ERROR_PERMANENT,   DAEMON_REFUSE },
    { daemon_error_quark,    DAEMON_ERROR_PARSER_DIED, DAEMON_HOLD_IT },
};
/* clang-format on */

static void
test_fixed(void **fixture)
{
    g_autoptr(GError) foreign = g_error_new_literal(G_FILE_ERROR, 1, "x");
    const char *advice = "unset";

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++) {
        g_autoptr(GError) error = g_error_new_literal(fixed[i].domain(), fixed[i].code, "x");

        assert_int_equal(daemon_disposition(error, NULL), fixed[i].disposition);
    }
    assert_int_equal(daemon_disposition(foreign, &advice), DAEMON_RETRY);
    assert_null(advice);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_has_a_row),
        cmocka_unit_test(test_advice),
        cmocka_unit_test(test_fixed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
