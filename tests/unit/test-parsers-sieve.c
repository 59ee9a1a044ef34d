/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-sieve.c - where a pattern could match, it is never passed over.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/needs.h"
#include "parsers/pattern.h"
#include "parsers/sieve.h"
#include "parsers/words-table.h"

/* There is no way to free one. */
static GSList *made;

static ParsersSieve *
sieve_of(const char *const *patterns, guint n)
{
    g_autoptr(GPtrArray) needs = g_ptr_array_new();
    ParsersSieve *sieve = NULL;

    for (guint i = 0; i < n; i++)
        g_ptr_array_add(needs, parsers_needs_of(patterns[i]));
    sieve = parsers_sieve_new((GPtrArray *const *)needs->pdata, n);
    made = g_slist_prepend(made, sieve);
    for (guint i = 0; i < n; i++)
        g_clear_pointer((GPtrArray **)&needs->pdata[i], g_ptr_array_unref);
    return sieve;
}

/* The patterns, as bits, that could match anywhere and in those lines in which any could. */
static void
expect(const ParsersSieve *sieve, const char *text, guint64 whole, const guint64 *lines, guint n)
{
    g_auto(ParsersSieved) sieved;

    parsers_sieve_look(sieve, text, strlen(text), &sieved);
    assert_int_equal(sieved.whole, whole);
    assert_int_equal(sieved.lines->len, n);
    for (guint i = 0; i < n; i++)
        assert_int_equal(g_array_index(sieved.lines, ParsersSieveLine, i).patterns, lines[i]);
}

static void
test_lines(void **fixture)
{
    static const char *const patterns[] = {"\\bmy (?:\\w+ ){0,2}?son\\b", "school|nursery",
                                           "(?:said|told) \"", "told[^.]*school"};
    const ParsersSieve *sieve = sieve_of(patterns, G_N_ELEMENTS(patterns));

    (void)fixture;
    expect(sieve, "", 0, NULL, 0);
    expect(sieve, "his son\nand my dog", 0, NULL, 0);
    expect(sieve, "a\nMY dear Son", 0, (const guint64[]){1}, 1);
    expect(sieve, "Nursery\n\nhe told \"this\"\n", 0, (const guint64[]){2, 4}, 2);
    expect(sieve, "told\nschool", 8, (const guint64[]){2}, 1);
    expect(sieve, "schoo\nl nurser y", 0, NULL, 0);
}

/* What keeps others from matching is asked where there are others. */
static void
test_guards(void **fixture)
{
    static const char *const patterns[] = {"long ago\\s[\\s\\S]*(*SKIP)(*F)|danger"};
    const ParsersSieve *sieve = sieve_of(patterns, 1);

    (void)fixture;
    expect(sieve, "long ago", 0, NULL, 0);
    expect(sieve, "danger", 0, (const guint64[]){1}, 1);
    expect(sieve, "danger\nlong ago", 1, (const guint64[]){1}, 1);
}

/* What a pattern that ignores case takes for other letters; and a pattern of which nothing is
 * known. */
static void
test_anything(void **fixture)
{
    static const char *const patterns[] = {"my son", "\\d+"};
    const ParsersSieve *sieve = sieve_of(patterns, G_N_ELEMENTS(patterns));

    (void)fixture;
    expect(sieve, "x", 2, NULL, 0);
    expect(sieve, "my \xc5\xbfon", G_MAXUINT64, NULL, 0);
    expect(sieve, "\xe2\x84\xaa", G_MAXUINT64, NULL, 0);
}

/* Texts of the table's own words, so that most patterns are near to a match. */
static char *
text_of(GRand *rand, const GPtrArray *words)
{
    GString *text = g_string_new(NULL);
    const gint n = g_rand_int_range(rand, 5, 60);

    for (gint i = 0; i < n; i++) {
        static const char *const between[] = {" ", " ", " ", " ", " ", "\n", ". ", " \"", "\" "};

        g_string_append(text, words->pdata[g_rand_int_range(rand, 0, (gint32)words->len)]);
        g_string_append(text, between[g_rand_int_range(rand, 0, G_N_ELEMENTS(between))]);
    }
    return g_string_free(text, FALSE);
}

static GPtrArray *
words_of_table(void)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; parsers_words_table[i].signal != NULL; i++) {
        g_auto(GStrv) pieces =
            g_strsplit_set(parsers_words_table[i].pattern, "\\(){}[]?:|^$*+.,!<>=", -1);

        for (gsize k = 0; pieces[k] != NULL; k++)
            if (g_ascii_isalpha(pieces[k][0]) && strlen(pieces[k]) > 1)
                g_ptr_array_add(words, g_strdup(pieces[k]));
    }
    return words;
}

/* The first match in the places that the sieve left is the first one of all. */
static bool
agrees(const ParsersPattern *pattern, const char *text, guint row, const ParsersSieved *sieved)
{
    const guint64 bit = G_GUINT64_CONSTANT(1) << row;
    ParsersPatternSpan first = {G_MAXSIZE, 0}, left = {G_MAXSIZE, 0};

    parsers_pattern_look_between(pattern, text, (ParsersPatternSpan){0, strlen(text)}, &first);
    if ((sieved->whole & bit) != 0)
        return true;
    for (guint i = 0; i < sieved->lines->len && left.start == G_MAXSIZE; i++) {
        const ParsersSieveLine *line = &g_array_index(sieved->lines, ParsersSieveLine, i);

        if ((line->patterns & bit) != 0)
            parsers_pattern_look_between(pattern, text, line->span, &left);
    }
    return first.start == left.start && first.end == left.end;
}

static void
test_table(void **fixture)
{
    g_autoptr(GPtrArray) words = words_of_table();
    g_autoptr(GRand) rand = g_rand_new_with_seed(6);
    const char *texts[PARSERS_SIEVE_PATTERNS];
    const ParsersPattern *patterns[PARSERS_SIEVE_PATTERNS];
    const ParsersSieve *sieve = NULL;
    guint n = 0;

    (void)fixture;
    for (; parsers_words_table[n].signal != NULL; n++) {
        texts[n] = parsers_words_table[n].pattern;
        patterns[n] = parsers_pattern_new(texts[n], PARSERS_PATTERN_ASCII);
    }
    sieve = sieve_of(texts, n);
    for (guint i = 0; i < 600; i++) {
        g_autofree char *text = text_of(rand, words);
        g_auto(ParsersSieved) sieved;

        parsers_sieve_look(sieve, text, strlen(text), &sieved);
        for (guint row = 0; row < n; row++)
            if (!agrees(patterns[row], text, row, &sieved))
                fail_msg("row %u (%s) of: %s", row, parsers_words_table[row].signal, text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_guards),
        cmocka_unit_test(test_anything),
        cmocka_unit_test(test_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
