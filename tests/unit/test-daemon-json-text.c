/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-json-text.c - what is written is what another program reads.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "daemon/json-text.h"

static void
test_shape(void **fixture)
{
    g_autoptr(GString) json = g_string_new(NULL);

    (void)fixture;
    daemon_json_text_open(json, '{');
    daemon_json_text_pair(json, "a", "b");
    daemon_json_text_pair(json, "none", NULL);
    daemon_json_text_key(json, "list");
    daemon_json_text_open(json, '[');
    daemon_json_text_bool(json, true);
    daemon_json_text_number(json, G_MAXUINT64);
    daemon_json_text_open(json, '[');
    daemon_json_text_close(json, '[');
    daemon_json_text_string(json, "ends with [");
    daemon_json_text_open(json, '{');
    daemon_json_text_close(json, '{');
    daemon_json_text_bool(json, false);
    daemon_json_text_close(json, '[');
    daemon_json_text_key_of(json, "a \"key\"");
    daemon_json_text_share(json, 0.95);
    daemon_json_text_close(json, '{');
    assert_string_equal(json->str,
                        "{\"a\":\"b\",\"none\":null,\"list\":[true,18446744073709551615,[],"
                        "\"ends with [\",{},false],\"a \\\"key\\\"\":0.950000}");
}

/* Every byte there is, but the one that ends a text. */
static void
test_any_byte(void **fixture)
{
    g_autoptr(GString) json = g_string_new(NULL);
    g_autofree char *mended = NULL;
    char all[256];
    json_t *read;

    (void)fixture;
    for (guint i = 0; i < 256; i++)
        all[i] = (char)(i + 1);
    mended = g_utf8_make_valid(all, -1);
    daemon_json_text_string(json, all);
    assert_null(strpbrk(json->str, "\n\r\t\x1b"));
    read = json_loads(json->str, JSON_DECODE_ANY, NULL);
    assert_string_equal(json_string_value(read), mended);
    json_decref(read);
}

static void
test_share(void **fixture)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {{0, "0.000000"},       {1, "1.000000"},  {0.9999999, "1.000000"},
                {2.0 / 3, "0.666667"}, {-1, "0.000000"}, {7, "1.000000"}};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) json = g_string_new(NULL);

        daemon_json_text_share(json, rows[i].value);
        assert_string_equal(json->str, rows[i].text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_any_byte),
        cmocka_unit_test(test_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
