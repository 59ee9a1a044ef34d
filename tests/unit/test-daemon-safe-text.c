/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-safe-text.c - strangers' texts on pages, terminals and in spreadsheets.
 *
 * Source:   daemon/safe-text.h
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/safe-text.h"

typedef struct {
    const char *from, *to;
} Case;

/* clang-format off */
static const Case texts[] = {
    { "Zoë Kowalczyk-Żuraw",  "Zoë Kowalczyk-Żuraw" },
    { "two\r\nlines\tand",    "two\nlines\tand" },
    { "a\x1b[2Jb",            "a[U+001B][2Jb" },
    { "a\xc2\x9b" "2Jb",      "a[U+009B]2Jb" },
    { "Smith\u202ehtims",     "Smith[U+202E]htims" },
    { "\u2066x\u2069\u200f\u061c", "[U+2066]x[U+2069][U+200F][U+061C]" },
    { "Smi\u200bth\ufeff\u00ad",   "Smi[U+200B]th[U+FEFF][U+00AD]" },
    { "x\u2028y\u2029z",      "x[U+2028]y[U+2029]z" },
    { "\u3164\uffa0\u115f",   "[U+3164][U+FFA0][U+115F]" },
    { "\U000e0041",           "[U+E0041]" },
    { "प्र\u200dेम 👨\u200d👩",  "प्र\u200dेम 👨\u200d👩" },
    { "bad \xff\xfe end",     "bad \ufffd\ufffd end" },
    { "",                     "" },
    { NULL,                   "" },
};
static const Case cells[] = {
    { "plain",                "\"plain\"" },
    { "a \"b\"",              "\"a \"\"b\"\"\"" },
    { "=1+1",                 "\"'=1+1\"" },
    { "+44 1632",             "\"'+44 1632\"" },
    { "-1",                   "\"'-1\"" },
    { "@SUM(A1)",             "\"'@SUM(A1)\"" },
    { "\tx",                  "\"'\tx\"" },
    { "\r=1+1",               "\"'=1+1\"" },
    { "a=b",                  "\"a=b\"" },
    { "",                     "\"\"" },
    { NULL,                   "\"\"" },
};
/* clang-format on */

static void
test_nothing_acts(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *safe = daemon_safe_text(texts[i].from);

        assert_string_equal(safe, texts[i].to);
    }
}

static void
test_a_cell_is_no_formula(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_autofree char *cell = daemon_safe_csv(cells[i].from);

        assert_string_equal(cell, cells[i].to);
    }
}

static void
test_a_line_is_short(void **state)
{
    (void)state;
    g_autofree char *joined = daemon_safe_line(" one\ntwo\tthree ", 40);
    g_autofree char *fits = daemon_safe_line("żżżżż", 5);
    g_autofree char *cut = daemon_safe_line("żżżżżż", 5);

    assert_string_equal(joined, "one two three");
    assert_string_equal(fits, "żżżżż");
    assert_string_equal(cut, "żżżżż\u2026");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_acts),
        cmocka_unit_test(test_a_cell_is_no_formula),
        cmocka_unit_test(test_a_line_is_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
