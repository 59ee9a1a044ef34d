/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-search-words.c - all that a record is found by is stored, and once.
 *
 * Runs in:  make check.
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include "spool/search-words.h"
#include "tests/unit/spool-help.h"

static gint64
count_words(SpoolDb *db)
{
    return help_number(db, "SELECT COUNT(*) FROM word");
}

/* Whatever the number of words is, each of them is a row. */
static void
test_any_number(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_non_null(reference);
    for (guint number = 0; number <= 40; number++) {
        g_autoptr(SpoolSearchWords) words = spool_search_words_new(spool->db);
        const gint64 before = count_words(spool->db);

        for (guint i = 0; i < number; i++) {
            g_autofree char *value = g_strdup_printf("r%u.%u@mail.example", number, i);

            spool_search_words_add(words, "referrer.email", value);
        }
        assert_ok(spool_search_words_store(words, 1, &error));
        assert_int_equal(count_words(spool->db) - before, number);
    }
}

static void
test_once(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autoptr(SpoolSearchWords) words = spool_search_words_new(spool->db);
    const gint64 before = count_words(spool->db);

    assert_non_null(reference);
    spool_search_words_add(words, "referrer.email", "x@mail.example");
    spool_search_words_add(words, "sender.email", "X@mail.example");
    spool_search_words_add(words, "adult.email", "x@mail.example");
    spool_search_words_add(words, "incident.place", "nothing to look for");
    spool_search_words_add(words, "adult.name", NULL);
    assert_ok(spool_search_words_store(words, 1, &error));
    assert_int_equal(count_words(spool->db) - before, 2);
}

/* A mail beyond all measure makes no more rows than 20,000; the first of its answers are found. */
static void
test_too_many(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autoptr(SpoolSearchWords) words = spool_search_words_new(spool->db);
    const gint64 before = count_words(spool->db);

    assert_non_null(reference);
    for (guint i = 0; i < 150; i++) {
        g_autoptr(GString) value = g_string_new(NULL);

        for (guint j = 0; j < 200; j++)
            g_string_append_printf(value, "w%uv%u ", i, j);
        spool_search_words_add(words, "adult.employer", value->str);
    }
    spool_search_words_add(words, "adult.name", "Late");
    assert_ok(spool_search_words_store(words, 1, &error));
    assert_int_equal(count_words(spool->db) - before, 20000);
}

/* Stored hashes stay what they were, or nothing old is found any more. */
static void
test_hash(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) hash = spool_crypt_hash(spool->db->keys, "search name 2", "smith", 5);
    gint64 number;

    memcpy(&number, g_bytes_get_data(hash, NULL), sizeof number);
    assert_true(spool_search_words_hash(spool->db, SPOOL_PART_NAME, SPOOL_SEARCH_NEAR, "smith") ==
                number);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_any_number),
        TEST(test_once),
        TEST(test_too_many),
        TEST(test_hash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
