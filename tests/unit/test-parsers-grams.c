/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-grams.c - words that are in a text are never passed over.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/grams.h"

static bool
allows(const char *text, const char *const words[])
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_autofree guint16 *wanted = NULL;
    ParsersGrams grams;

    for (guint i = 0; words[i] != NULL; i++)
        g_ptr_array_add(all, (gpointer)words[i]);
    wanted = parsers_grams_wanted(all);
    parsers_grams_of(text, strlen(text), &grams);
    return parsers_grams_allow(&grams, wanted);
}

static void
test_words(void **fixture)
{
    static const char *const son[] = {"son", NULL};
    static const char *const none[] = {NULL};
    static const char *const several[] = {"daughter of a baker", "school", "x y", NULL};

    (void)fixture;
    assert_true(allows("My SON.", son));
    assert_true(allows("sonson", son));
    assert_false(allows("so no", son));
    assert_false(allows("so", son));
    assert_false(allows("", son));
    assert_false(allows("son", none));
    assert_true(allows("x y", several));
    assert_true(allows("at School\n", several));
    assert_true(allows("the daughter of a baker", several));
    assert_false(allows("the sister of a banker", several));
}

/* Every piece of a text is in the text. */
static void
test_pieces(void **fixture)
{
    const char *text = "the quick brown fox jumps over the lazy dog, twice. don't!";

    (void)fixture;
    for (gsize from = 0; from + PARSERS_GRAMS_LEAST <= strlen(text); from++)
        for (gsize size = PARSERS_GRAMS_LEAST; from + size <= strlen(text); size++) {
            g_autofree char *piece = g_strndup(text + from, size);
            const char *const words[] = {piece, NULL};

            assert_true(allows(text, words));
        }
}

/* What a pattern that ignores case takes for other letters; and a pattern of which nothing is
 * known. */
static void
test_anything(void **fixture)
{
    static const char *const son[] = {"son", NULL};
    ParsersGrams grams;

    (void)fixture;
    assert_true(allows("my \xc5\xbfon", son));
    assert_true(allows("\xe2\x84\xaa", son));
    parsers_grams_of("", 0, &grams);
    assert_true(parsers_grams_allow(&grams, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
