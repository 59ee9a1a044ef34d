/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-label-phrases.c - what a line of phrases stands for.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/label-phrases.h"

static bool
has(const ParsersLabelPhrases *phrases, const char *text, const char *section, const char *key)
{
    for (guint i = 0; i < phrases->examples->len; i++) {
        const ParsersLabelExample *example =
            &g_array_index(phrases->examples, ParsersLabelExample, i);

        if (strcmp(example->text, text) == 0 && strcmp(example->section, section) == 0 &&
            strcmp(phrases->keys->pdata[example->key], key) == 0)
            return true;
    }
    return false;
}

static void
test_choices(void **fixture)
{
    char text[] = "# of dates\n@aware = reported\n$when = today | [this|last] week\n"
                  "incident.date\tdid it happen [|only ]$when\naware.adult~\tknows\n";
    guint line = 0;
    ParsersLabelPhrases *phrases = parsers_label_phrases_read(text, &line);

    (void)fixture;
    assert_non_null(phrases);
    assert_true(has(phrases, "did it happen  today", "", "incident.date"));
    assert_true(has(phrases, "did it happen only  last week", "incident", "incident.date"));
    /* What needs its heading is nobody's without. */
    assert_true(has(phrases, "knows", "reported", "aware.adult"));
    assert_true(has(phrases, "knows", "", "-"));
    parsers_label_phrases_free(phrases);
}

static void
test_persons(void **fixture)
{
    char text[] = "$child.whose = the pupil's\n$adult.whose = the coach's\n$referrer.whose = your\n"
                  "*.name\t$whose name\n*.phone\t$whose phone\n";
    guint line = 0;
    ParsersLabelPhrases *phrases = parsers_label_phrases_read(text, &line);

    (void)fixture;
    assert_non_null(phrases);
    assert_true(has(phrases, "the pupil's name", "", "child.N.name"));
    assert_true(has(phrases, "the coach's name", "", "adult.name"));
    assert_true(has(phrases, "your phone", "", "referrer.phone"));
    /* No form asks for a child's telephone. */
    assert_false(has(phrases, "the pupil's phone", "", "child.N.phone"));
    parsers_label_phrases_free(phrases);
}

static void
test_mistake(void **fixture)
{
    char text[] = "# fine\nincident.date when\n";
    guint line = 0;

    (void)fixture;
    assert_null(parsers_label_phrases_read(text, &line));
    assert_int_equal(line, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_persons),
        cmocka_unit_test(test_mistake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
