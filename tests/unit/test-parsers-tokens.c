/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-tokens.c - a label's words as numbers.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/tokens.h"

static void
check_joined(const char *text, const char *all, const char *joined)
{
    ParsersTokens *tokens = parsers_tokens_new(text, true);

    assert_string_equal(tokens->all, all);
    assert_string_equal(tokens->joined, joined);
    assert_int_equal(tokens->hash, g_str_hash(joined));
    g_rc_box_release(tokens);
}

static void
test_numbering(void **fixture)
{
    (void)fixture;
    check_joined("Section 2: Your name", "section 2 your name", "your name");
    check_joined("4.3 Q7 Name", "4 3 q7 name", "name");
    check_joined("Step iv Name", "step iv name", "name");
    check_joined("Step by step", "step by step", "step by step");
    check_joined("12", "12", "12");
    check_joined("", "", "");
}

/* Only what a definition has is in the vocabulary, and once. */
static void
test_vocabulary(void **fixture)
{
    ParsersTokens *learnt = parsers_tokens_learn("Zebra crossing zebra", true);
    ParsersTokens *read = parsers_tokens_new("Zebras (quokka)", true);

    (void)fixture;
    assert_int_equal(learnt->n, 3);
    assert_true(learnt->token[0].id != 0);
    assert_int_equal(learnt->token[0].id, learnt->token[2].id);
    assert_true(learnt->token[1].id != learnt->token[0].id);
    assert_int_equal(read->n, 2);
    assert_int_equal(read->token[0].id, learnt->token[0].id);
    assert_string_equal(parsers_tokens_known(read->token[0].id)->word, "zebra");
    assert_int_equal(read->token[1].id, 0);
    assert_string_equal(read->token[1].word, "quokka");
    g_rc_box_release(learnt);
    g_rc_box_release(read);
}

static void
test_remembered(void **fixture)
{
    ParsersTokens *one = parsers_tokens_of("Name (if known)", false);
    ParsersTokens *same = parsers_tokens_of("Name (if known)", false);
    ParsersTokens *whole = parsers_tokens_of("Name (if known)", true);

    (void)fixture;
    assert_ptr_equal(one, same);
    assert_int_equal(one->n, 1);
    assert_int_equal(whole->n, 3);
    g_rc_box_release(one);
    g_rc_box_release(same);
    g_rc_box_release(whole);
}

static void
test_kinds(void **fixture)
{
    ParsersTokens *tokens = parsers_tokens_new("second 7 1998 m another b", true);

    (void)fixture;
    assert_int_equal(tokens->n, 6);
    assert_int_equal(tokens->token[0].ordinal, 2);
    assert_int_equal(tokens->token[1].ordinal, 7);
    assert_int_equal(tokens->token[2].ordinal, 0);
    assert_true((tokens->token[2].flags & PARSERS_TOKEN_ANSWER) != 0);
    assert_true((tokens->token[3].flags & PARSERS_TOKEN_ANSWER) != 0);
    assert_true(tokens->token[4].ordinal == G_MAXUINT);
    assert_true((tokens->token[5].flags & PARSERS_TOKEN_NUMBER) != 0);
    assert_true((tokens->token[5].flags & PARSERS_TOKEN_ANSWER) == 0);
    g_rc_box_release(tokens);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbering),
        cmocka_unit_test(test_vocabulary),
        cmocka_unit_test(test_remembered),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
