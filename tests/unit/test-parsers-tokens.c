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
    const ParsersTokens *tokens = parsers_tokens_of(text, true);

    assert_string_equal(tokens->all, all);
    assert_string_equal(tokens->joined, joined);
    assert_int_equal(tokens->hash, g_str_hash(joined));
    parsers_tokens_release(tokens);
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
    const ParsersTokens *learnt = parsers_tokens_learn("Zebra crossing zebra");
    const ParsersTokens *read = parsers_tokens_of("Zebras (quokka)", true);

    (void)fixture;
    assert_int_equal(learnt->n, 3);
    assert_true(learnt->token[0]->id != 0);
    assert_ptr_equal(learnt->token[0], learnt->token[2]);
    assert_true(learnt->token[1]->id != learnt->token[0]->id);
    assert_int_equal(read->n, 2);
    assert_ptr_equal(read->token[0], learnt->token[0]);
    assert_string_equal(parsers_tokens_known(read->token[0]->id)->word, "zebra");
    assert_int_equal(read->token[1]->id, 0);
    assert_string_equal(read->token[1]->word, "quokka");
    parsers_tokens_release(read);
}

static void
test_remembered(void **fixture)
{
    const ParsersTokens *one = parsers_tokens_of("Name (if known)", false);
    const ParsersTokens *same = parsers_tokens_of("Name (if known)", false);
    const ParsersTokens *whole = parsers_tokens_of("Name (if known)", true);

    (void)fixture;
    assert_ptr_equal(one, same);
    assert_int_equal(one->n, 1);
    assert_int_equal(whole->n, 3);
    parsers_tokens_release(one);
    parsers_tokens_release(same);
    parsers_tokens_release(whole);
}

/* What was learnt is found whatever its dress, and outlives the memory of texts. */
static void
test_learnt(void **fixture)
{
    const ParsersTokens *learnt = parsers_tokens_learn("Okapi's hooves");
    const ParsersTokens *strange = parsers_tokens_of("0 okapis", true);
    const ParsersTokens *whole = parsers_tokens_of("okapi hooves (which?)", true);

    (void)fixture;
    assert_true(learnt->learnt);
    assert_ptr_equal(parsers_tokens_learn("OKAPI HOOVES"), learnt);
    assert_ptr_equal(parsers_tokens_of("okapi hoove: (which?)", false), learnt);
    assert_true(whole != learnt);
    parsers_tokens_release(whole);
    for (guint i = 1; i < 6000; i++) {
        g_autofree char *text = g_strdup_printf("%u okapis", i);

        parsers_tokens_release(parsers_tokens_of(text, true));
    }
    assert_string_equal(strange->all, "0 okapi");
    assert_ptr_equal(strange->token[1], learnt->token[0]);
    parsers_tokens_release(strange);
    parsers_tokens_release(learnt);
    assert_ptr_equal(parsers_tokens_of("Okapi - hooves", true), learnt);
}

/* Words that count, and such as begin with a digit, whether a definition has them or not. */
static void
test_kinds(void **fixture)
{
    const ParsersTokens *tokens = parsers_tokens_of("second 7 1998 m another b 1st viii q4", true);

    (void)fixture;
    assert_int_equal(tokens->n, 9);
    assert_int_equal(tokens->token[0]->ordinal, 2);
    assert_int_equal(tokens->token[0]->flags, PARSERS_TOKEN_NUMBER);
    assert_int_equal(tokens->token[1]->ordinal, 7);
    assert_int_equal(tokens->token[2]->ordinal, 0);
    assert_true((tokens->token[2]->flags & PARSERS_TOKEN_ANSWER) != 0);
    assert_true((tokens->token[3]->flags & PARSERS_TOKEN_ANSWER) != 0);
    assert_true(tokens->token[4]->ordinal == G_MAXUINT);
    assert_int_equal(tokens->token[4]->flags, 0);
    assert_true((tokens->token[5]->flags & PARSERS_TOKEN_NUMBER) != 0);
    assert_true((tokens->token[5]->flags & PARSERS_TOKEN_ANSWER) == 0);
    assert_int_equal(tokens->token[6]->ordinal, 1);
    assert_true((tokens->token[6]->flags & PARSERS_TOKEN_DIGIT) != 0);
    assert_int_equal(tokens->token[7]->flags, PARSERS_TOKEN_NUMBER);
    assert_int_equal(tokens->token[8]->flags, PARSERS_TOKEN_COUNT);
    parsers_tokens_release(tokens);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbering),  cmocka_unit_test(test_vocabulary),
        cmocka_unit_test(test_remembered), cmocka_unit_test(test_learnt),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
