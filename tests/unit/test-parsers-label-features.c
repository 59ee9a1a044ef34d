/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-label-features.c - what the model of labels looks at.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/label-features.h"

static bool
same(const char *one, const char *other, const char *section)
{
    ParsersLabelFeatures a;
    ParsersLabelFeatures b;

    parsers_label_features(one, section, &a);
    parsers_label_features(other, section, &b);
    return a.n == b.n && memcmp(a.bucket, b.bucket, a.n * sizeof a.bucket[0]) == 0;
}

static void
test_dress(void **fixture)
{
    (void)fixture;
    assert_true(same("Name of child", "NAME OF CHILD:", "child"));
    assert_true(same("Name of child", "(b) Name of child", "child"));
    assert_true(same("Name of child", "Q: Name of child", "child"));
    assert_true(same("Name of child", "4.2 Name of child", "child"));
    assert_false(same("Name of child", "Child of name", "child"));
    /* A letter that is a word of its own counts nothing. */
    assert_false(same("a child", "child", "child"));
}

static void
test_section(void **fixture)
{
    ParsersLabelFeatures one;
    ParsersLabelFeatures other;

    (void)fixture;
    parsers_label_features("Name", "child", &one);
    parsers_label_features("Name", "adult", &other);
    assert_int_equal(one.n, other.n);
    assert_int_not_equal(memcmp(one.bucket, other.bucket, one.n * sizeof one.bucket[0]), 0);
}

/* In order, none twice, and never more than there is room for. */
static void
test_bounds(void **fixture)
{
    g_autoptr(GString) text = g_string_new(NULL);
    ParsersLabelFeatures features;

    (void)fixture;
    for (guint i = 0; i < 2000; i++)
        g_string_append_printf(text, "extraordinarily%u ", i);
    parsers_label_features(text->str, "", &features);
    assert_in_range(features.n, 100, PARSERS_LABEL_FEATURES_MAX);
    for (guint i = 1; i < features.n; i++)
        assert_true(features.bucket[i - 1] < features.bucket[i]);
    parsers_label_features("", "", &features);
    assert_in_range(features.n, 1, 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dress),
        cmocka_unit_test(test_section),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
