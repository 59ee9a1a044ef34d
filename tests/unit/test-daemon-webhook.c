/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-webhook.c - signatures of handovers, by the standard's own example.
 *
 * Source:   https://www.standardwebhooks.com
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/webhook.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

static GBytes *
key_of(const char *secret)
{
    g_autoptr(GError) error = NULL;
    GBytes *key = NULL;

    if (!daemon_webhook_key(secret, &key, &error)) {
        assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_FILE));
        return NULL;
    }
    assert_null(error);
    return key;
}

static char *
sign(const char *id, gint64 timestamp, const char *body)
{
    g_autoptr(GBytes) key = key_of(SECRET);
    g_autoptr(GBytes) bytes = g_bytes_new_static(body, strlen(body));
    const DaemonWebhookMessage message = {id, timestamp, bytes};

    return daemon_webhook_sign(key, &message);
}

static void
test_example(void **state)
{
    g_autofree char *signature =
        sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}");

    (void)state;
    assert_string_equal(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

/* Each of id, time and body counts. */
static void
test_all_counts(void **state)
{
    g_autofree char *one = sign("msg_1", 10, "{}"), *id = sign("msg_2", 10, "{}"),
                    *at = sign("msg_1", 11, "{}"), *body = sign("msg_1", 10, "{ }"),
                    *same = sign("msg_1", 10, "{}");

    (void)state;
    assert_string_equal(one, same);
    assert_string_not_equal(one, id);
    assert_string_not_equal(one, at);
    assert_string_not_equal(one, body);
}

static void
test_keys(void **state)
{
    g_autoptr(GBytes) with = key_of(SECRET);
    g_autoptr(GBytes) without = key_of(&SECRET[strlen(DAEMON_WEBHOOK_PREFIX)]);

    (void)state;
    assert_non_null(with);
    assert_true(g_bytes_equal(with, without));
    assert_int_equal(g_bytes_get_size(with), 24);
    assert_null(key_of(""));
    assert_null(key_of("whsec_"));
    assert_null(key_of("whsec_c2hvcnQ="));
    assert_null(key_of("a password"));
    g_autofree guchar *zeros = g_malloc0(65);
    g_autofree char *long_one = g_base64_encode(zeros, 65);

    assert_null(key_of(long_one));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example),
        cmocka_unit_test(test_all_counts),
        cmocka_unit_test(test_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
