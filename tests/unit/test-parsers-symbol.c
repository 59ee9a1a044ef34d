/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-symbol.c - which characters are boxes, in which font.
 *
 * Runs in:  make check.
 * Source:   Unicode L2/11-344
 */
#include "config.h"

#include "parsers/symbol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_fonts(void **fixture)
{
    (void)fixture;
    assert_int_equal(parsers_symbol_look_up("Wingdings", 0xF0A8), PARSERS_SYMBOL_EMPTY);
    assert_int_equal(parsers_symbol_look_up("WINGDINGS", 0x6F), PARSERS_SYMBOL_EMPTY);
    assert_int_equal(parsers_symbol_look_up("Wingdings", 0xF0FC), PARSERS_SYMBOL_TICKED);
    assert_int_equal(parsers_symbol_look_up("Wingdings", 'a'), PARSERS_SYMBOL_OTHER);
    assert_int_equal(parsers_symbol_look_up("Wingdings 2", 0xF0A3), PARSERS_SYMBOL_EMPTY);
    assert_int_equal(parsers_symbol_look_up("Wingdings 2", 'T'), PARSERS_SYMBOL_TICKED);
    assert_int_equal(parsers_symbol_look_up("Webdings", 'a'), PARSERS_SYMBOL_TICKED);
}

/* Letters of ordinary fonts are letters; private use characters are taken as Wingdings. */
static void
test_other_fonts(void **fixture)
{
    (void)fixture;
    assert_int_equal(parsers_symbol_look_up("Arial", 'o'), PARSERS_SYMBOL_OTHER);
    assert_int_equal(parsers_symbol_look_up(NULL, 'o'), PARSERS_SYMBOL_OTHER);
    assert_int_equal(parsers_symbol_look_up(NULL, 0xF06F), PARSERS_SYMBOL_EMPTY);
    assert_int_equal(parsers_symbol_look_up("Symbol", 0xF06F), PARSERS_SYMBOL_OTHER);
    assert_int_equal(parsers_symbol_look_up("Wingdings", 0), PARSERS_SYMBOL_OTHER);
}

static void
test_unicode(void **fixture)
{
    (void)fixture;
    assert_int_equal(parsers_symbol_of_char(0x2610), PARSERS_SYMBOL_EMPTY);
    assert_int_equal(parsers_symbol_of_char(0x2611), PARSERS_SYMBOL_TICKED);
    assert_int_equal(parsers_symbol_of_char(0x2612), PARSERS_SYMBOL_TICKED);
    assert_int_equal(parsers_symbol_of_char(0x2713), PARSERS_SYMBOL_OTHER);
    assert_int_equal(parsers_symbol_of_char('x'), PARSERS_SYMBOL_OTHER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fonts),
        cmocka_unit_test(test_other_fonts),
        cmocka_unit_test(test_unicode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
