/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-reference.c - references are made, read back and told from typing errors.
 *
 * Runs in:  make check.
 * Source:   the contract, "References"
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "spool/reference.h"

static void
test_contract_example(void **fixture)
{
    g_autofree char *canonical = spool_reference_canonical("LADO-7K3M-Q9TR");

    assert_string_equal(canonical, "LADO-7K3M-Q9TR");
}

static void
test_spellings(void **fixture)
{
    const char *const spellings[] = {"lado-7k3m-q9tr", "LADO7K3MQ9TR", "Lado-7k3mq9tr",
                                     "LADO7K3M-Q9TR"};

    for (guint i = 0; i < G_N_ELEMENTS(spellings); i++) {
        g_autofree char *canonical = spool_reference_canonical(spellings[i]);

        assert_non_null(canonical);
        assert_string_equal(canonical, "LADO-7K3M-Q9TR");
    }
}

static void
test_letters_for_digits(void **fixture)
{
    /* 0 and 1 typed as letters: make a reference that has both, then misspell it. */
    for (guint tries = 0; tries < 100000; tries++) {
        g_autofree char *reference = spool_reference_new("OT");

        if (strchr(reference + 3, '0') == NULL || strchr(reference + 3, '1') == NULL)
            continue;
        g_autofree char *typed = g_strdup(reference);

        g_strdelimit(typed + 3, "0", 'o');
        g_strdelimit(typed + 3, "1", 'l');
        g_autofree char *canonical = spool_reference_canonical(typed);

        assert_non_null(canonical);
        assert_string_equal(canonical, reference);
        return;
    }
    fail_msg("no reference with 0 and 1 in 100,000");
}

static void
test_wrong(void **fixture)
{
    const char *const wrong[] = {"LADO-7K3M-Q9TS",
                                 "LADO-7K3M-Q9T",
                                 "LADO-7K3M-Q9TRX",
                                 "",
                                 "LADO",
                                 "ABC-7K3M-Q9TR",
                                 "LADO--7K3M-Q9TR",
                                 "LADO-7U3M-Q9TR",
                                 "LADO-7K3M--Q9TR",
                                 "LADO-7K3MQ-9TR",
                                 "7K3M-Q9TR"};

    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_null(spool_reference_canonical(wrong[i]));
}

/* Every single wrong character is noticed, and every swap of neighbours but those Luhn leaves. */
static void
test_single_errors(void **fixture)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const guint places[] = {5, 6, 7, 8, 10, 11, 12, 13};

    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        for (const char *c = alphabet; *c != '\0'; c++) {
            g_autofree char *text = g_strdup("LADO-7K3M-Q9TR");

            if (text[places[i]] == *c)
                continue;
            text[places[i]] = *c;
            assert_null(spool_reference_canonical(text));
        }
    }
}

static void
test_new_ones_verify_and_differ(void **fixture)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *const prefixes[] = {"LADO", "RFS", "OT", "CON"};

    for (guint i = 0; i < 2000; i++) {
        char *reference = spool_reference_new(prefixes[i % 4]);
        g_autofree char *canonical = spool_reference_canonical(reference);

        assert_non_null(canonical);
        assert_string_equal(canonical, reference);
        assert_true(g_str_has_prefix(reference, prefixes[i % 4]));
        assert_true(g_hash_table_add(seen, reference));
    }
}

static void
test_code(void **fixture)
{
    g_autofree char *code = spool_reference_code("LADO-7K3M-Q9TR");

    assert_string_equal(code, "7K3MQ9TR");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contract_example),
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_letters_for_digits),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_single_errors),
        cmocka_unit_test(test_new_ones_verify_and_differ),
        cmocka_unit_test(test_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
