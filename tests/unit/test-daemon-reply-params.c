/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-reply-params.c - what the outbox keeps for the words of a reply.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/reply-params.h"

static void
test_round(void **fixture)
{
    const DaemonArea area = {.home = "Medway"};
    g_auto(DaemonReplyParams) params = {0};
    char *json = daemon_reply_params_write("blank", &area, false);

    (void)fixture;
    daemon_reply_params_read(json, "holding", &params);
    free(json);
    assert_string_equal(params.variant, "blank");
    assert_string_equal(params.home_area, "Medway");
    assert_null(params.work_area);
    assert_false(params.by_hand);
}

/* As daemon/review-letter writes it. */
static void
test_by_hand(void **fixture)
{
    const DaemonArea nowhere = {0};
    g_auto(DaemonReplyParams) params = {0};
    char *json = daemon_reply_params_write("blank", &nowhere, true);

    (void)fixture;
    assert_string_equal(json, "{\"variant\":\"blank\",\"by_hand\":true}");
    daemon_reply_params_read(json, "holding", &params);
    free(json);
    assert_string_equal(params.variant, "blank");
    assert_true(params.by_hand);
}

/* Of another version of Postern, or no JSON at all: the plain words are sent. */
static void
test_unknown(void **fixture)
{
    static const char *const texts[] = {"", "{}", "[]", "{\"variant\":\"../../x\"}",
                                        "{\"variant\":\"green\",\"home\":7}"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(DaemonReplyParams) params = {0};

        daemon_reply_params_read(texts[i], "holding", &params);
        assert_null(params.variant);
        assert_null(params.home_area);
    }
    g_auto(DaemonReplyParams) other = {0};

    daemon_reply_params_read("{\"variant\":\"blank\"}", "redirection", &other);
    assert_null(other.variant);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
