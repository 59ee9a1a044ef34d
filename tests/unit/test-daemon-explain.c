/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-explain.c - findings and decision as the JSON of the contract.
 */
#include "tests/unit/case-help.h"

#include "daemon/explain.h"

static const char *
text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void
test_shape(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_auto(DaemonDecision) decision = {0};
    g_autoptr(json_t) json = NULL;
    const json_t *form, *reason;

    (void)fixture;
    bench_build(&bench, "form=lado-parent; child.1.name:Zo\xc3\xab; part=docx/0; says-my-child");
    g_ptr_array_add(bench.findings->warnings, g_strdup("a warning"));
    daemon_policy_decide(&bench.mail, &decision);
    json = daemon_explain_json("1.eml", bench.findings, &decision);
    assert_string_equal(text_at(json, "file"), "1.eml");
    assert_string_equal(text_at(json, "action"), "accept");
    assert_string_equal(text_at(json, "reply"), "acknowledgement");
    assert_string_equal(text_at(json, "kind"), "person");
    assert_string_equal(text_at(json, "sender"), "parent");
    reason = json_array_get(json_object_get(json, "reasons"), 0);
    assert_string_equal(text_at(reason, "rule"), "family-form-read");
    assert_non_null(text_at(reason, "evidence"));
    form = json_array_get(json_object_get(json, "forms"), 0);
    assert_string_equal(text_at(form, "form"), "lado-parent");
    assert_true(json_is_false(json_object_get(form, "blank")));
    assert_string_equal(text_at(json_object_get(form, "fields"), "child.1.name"), "Zo\xc3\xab");
    assert_int_equal(json_array_size(json_object_get(form, "missing")), 0);
    assert_string_equal(json_string_value(json_array_get(json_object_get(json, "warnings"), 0)),
                        "a warning");
}

/* One line, whatever the mail holds. */
static void
test_one_line(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_auto(DaemonDecision) decision = {0};
    g_autoptr(json_t) json = NULL;
    char *line = NULL;

    (void)fixture;
    bench_build(&bench, "form=lado-parent; wishes:two\nlines \"quoted\" \\ \x1b[31m");
    daemon_policy_decide(&bench.mail, &decision);
    json = daemon_explain_json(NULL, bench.findings, &decision);
    line = daemon_explain_dump(json);
    assert_null(strpbrk(line, "\n\r\x1b"));
    assert_null(json_object_get(json, "file"));
    free(line);
}

static void
test_reasons(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_auto(DaemonDecision) decision = {0};
    g_autoptr(json_t) json = NULL;

    (void)fixture;
    bench_build(&bench, "urgent-words; says-parent");
    daemon_policy_decide(&bench.mail, &decision);
    json = daemon_explain_reasons(&decision);
    assert_int_equal(json_array_size(json), 3);
    assert_string_equal(text_at(json_array_get(json, 1), "rule"), "urgent");
    assert_string_equal(text_at(json_array_get(json, 2), "rule"), "says-parent");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_one_line),
        cmocka_unit_test(test_reasons),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
