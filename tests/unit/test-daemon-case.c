/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-case.c - questions that several rules ask.
 */
#include "tests/unit/case-help.h"

#include "daemon/policy.h"

static void
test_own_address(void **fixture)
{
    g_auto(Bench) bench = {0};

    (void)fixture;
    bench_init(&bench);
    assert_true(daemon_case_is_own_address(bench.settings, "lado@postern.invalid"));
    assert_true(daemon_case_is_own_address(bench.settings, "CLS@Postern.Invalid"));
    assert_false(daemon_case_is_own_address(bench.settings, "xlado@postern.invalid"));
    assert_false(daemon_case_is_own_address(bench.settings, "lado@postern.invalid.example"));
    assert_false(daemon_case_is_own_address(bench.settings, ""));
}

static void
test_own_id(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    (void)fixture;
    bench_init(&bench);
    assert_null(daemon_case_own_id(bench.settings, ids));
    g_ptr_array_add(ids, (gpointer) "1@intake.council.example.evil");
    g_ptr_array_add(ids, (gpointer) "intake.council.example");
    g_ptr_array_add(ids, (gpointer) "1@xintake.council.example");
    assert_null(daemon_case_own_id(bench.settings, ids));
    g_ptr_array_add(ids, (gpointer) "ack.1@Intake.Council.Example");
    assert_string_equal(daemon_case_own_id(bench.settings, ids), "ack.1@Intake.Council.Example");
}

/* Only a reference whose check character is right. */
static void
test_reference(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_autofree char *reference = NULL;

    (void)fixture;
    bench_build(&bench, "reference=LADO-7K3M-Q9TX");
    assert_null(daemon_case_reference(bench.findings));
    bench_add(&bench, "reference=LADO-7K3M-Q9TR");
    reference = daemon_case_reference(bench.findings);
    assert_string_equal(reference, "LADO-7K3M-Q9TR");
}

/* Values come from forms that are filled in, and are not empty. */
static void
test_values(void **fixture)
{
    g_auto(Bench) bench = {0};

    (void)fixture;
    bench_build(&bench, "blank=lado-parent; referrer.name:printed; form=lado-professional; "
                        "referrer.phone:; form=lado-parent; referrer.phone:07700 900123");
    assert_null(daemon_case_value(bench.findings, "referrer.name"));
    assert_string_equal(daemon_case_value(bench.findings, "referrer.phone"), "07700 900123");
    assert_ptr_equal(daemon_case_form(bench.findings, "lado-parent", true),
                     bench.findings->forms->pdata[0]);
    assert_ptr_equal(daemon_case_form(bench.findings, "lado-parent", false),
                     bench.findings->forms->pdata[2]);
    assert_null(daemon_case_form(bench.findings, "unknown", false));
}

static void
test_parts(void **fixture)
{
    g_auto(Bench) bench = {0};

    (void)fixture;
    bench_build(&bench, "part=pdf/3; part=docx/3; part=image/1");
    assert_int_equal(daemon_case_count_parts(bench.findings, PARSERS_PART_LOCKED), 2);
    assert_int_equal(daemon_case_count_parts(bench.findings, PARSERS_PART_DAMAGED), 0);
    assert_false(daemon_case_holds_a_mail(bench.findings));
    bench_add(&bench, "part=mail/0");
    assert_true(daemon_case_holds_a_mail(bench.findings));
}

static void
test_reasons(void **fixture)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(daemon_reason_free);

    (void)fixture;
    daemon_reason_add(reasons, "rule", NULL);
    daemon_reason_add(reasons, "other", "words");
    assert_string_equal(((DaemonReason *)reasons->pdata[0])->evidence, "");
    assert_string_equal(((DaemonReason *)reasons->pdata[1])->evidence, "words");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_address), cmocka_unit_test(test_own_id),
        cmocka_unit_test(test_reference),   cmocka_unit_test(test_values),
        cmocka_unit_test(test_parts),       cmocka_unit_test(test_reasons),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
