/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-mustache-parse.c - templates cut into tokens, with their lines.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/mustache-parse.h"
#include "templates/mustache.h"

static const TemplatesToken *
at(const GArray *tokens, guint i)
{
    assert_true(i < tokens->len);
    return &g_array_index(tokens, TemplatesToken, i);
}

static void
test_tokens(void **fixture)
{
    g_autoptr(GArray) tokens = NULL;

    (void)fixture;
    assert_true(
        templates_mustache_parse("t", "a\n{{#s}}\n{{x}}\n{{/s}}\n  {{>p}}\nz", &tokens, NULL));
    assert_int_equal(tokens->len, 7);
    assert_string_equal(at(tokens, 0)->text, "a\n");
    assert_int_equal(at(tokens, 1)->kind, TEMPLATES_TOKEN_SECTION);
    assert_int_equal(at(tokens, 1)->line, 2);
    assert_int_equal(at(tokens, 1)->close, 4);
    assert_int_equal(at(tokens, 2)->kind, TEMPLATES_TOKEN_VALUE);
    assert_int_equal(at(tokens, 2)->line, 3);
    assert_string_equal(at(tokens, 3)->text, "\n");
    assert_int_equal(at(tokens, 5)->kind, TEMPLATES_TOKEN_PARTIAL);
    assert_string_equal(at(tokens, 5)->indent, "  ");
    assert_string_equal(at(tokens, 6)->text, "z");
}

static void
test_nothing_is_no_token(void **fixture)
{
    g_autoptr(GArray) empty = NULL;
    g_autoptr(GArray) comment = NULL;

    (void)fixture;
    assert_true(templates_mustache_parse("t", "", &empty, NULL));
    assert_int_equal(empty->len, 0);
    assert_true(templates_mustache_parse("t", "  {{! only }}\n", &comment, NULL));
    assert_int_equal(comment->len, 0);
}

static void
test_bounds(void **fixture)
{
    g_autofree char *longest = g_strnfill(TEMPLATES_MUSTACHE_MAX_TEXT, 'x');
    g_autofree char *longer = g_strnfill(TEMPLATES_MUSTACHE_MAX_TEXT + 1, 'x');
    g_autoptr(GString) many = g_string_new(NULL);
    g_autoptr(GArray) tokens = NULL;
    GArray *none = NULL;

    (void)fixture;
    for (int i = 0; i < 20000; i++)
        g_string_append(many, "{{x}}");
    assert_true(templates_mustache_parse("t", longest, &tokens, NULL));
    assert_false(templates_mustache_parse("t", longer, &none, NULL));
    assert_false(templates_mustache_parse("t", many->str, &none, NULL));
    assert_null(none);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_nothing_is_no_token),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
