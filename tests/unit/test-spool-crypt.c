/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-crypt.c - what was sealed opens where it was sealed, and nowhere else.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static SpoolKeys *
keys_of(guint8 fill, const char *salt_text)
{
    g_autoptr(GBytes) master = help_key(fill);
    g_autoptr(GBytes) salt = g_bytes_new(salt_text, strlen(salt_text));
    SpoolKeys *keys = NULL;

    assert_ok(spool_crypt_keys_new(master, salt, &keys, &error));
    return keys;
}

static SpoolMailKey
mail_key(SpoolKeys *keys, gint64 id, GBytes **out_wrapped)
{
    SpoolMailKey key;

    assert_ok(spool_crypt_mail_key_new(keys, id, &key, out_wrapped, &error));
    return key;
}

static void
test_round_trip(void **fixture)
{
    g_autoptr(SpoolKeys) keys = keys_of(1, "salt");
    g_autoptr(GBytes) wrapped = NULL, sealed = NULL, again = NULL, plain = NULL;
    g_auto(SpoolMailKey) key = mail_key(keys, 5, &wrapped);
    g_auto(SpoolMailKey) opened = {0};
    g_autoptr(GBytes) text = g_bytes_new_static("hello", 5);

    assert_ok(spool_crypt_seal(&key, "here", text, &sealed, &error));
    assert_ok(spool_crypt_seal(&key, "here", text, &again, &error));
    assert_false(g_bytes_equal(sealed, again));
    assert_int_equal(g_bytes_get_size(sealed), 5 + SPOOL_CRYPT_OVERHEAD);
    assert_ok(spool_crypt_mail_key_open(keys, 5, wrapped, &opened, &error));
    assert_ok(spool_crypt_open(&opened, "here", sealed, &plain, &error));
    assert_true(g_bytes_equal(plain, text));
}

static void
test_another_place_or_mail(void **fixture)
{
    g_autoptr(SpoolKeys) keys = keys_of(1, "salt");
    g_autoptr(GBytes) wrapped = NULL, sealed = NULL, plain = NULL;
    g_auto(SpoolMailKey) key = mail_key(keys, 5, &wrapped);
    g_auto(SpoolMailKey) opened = {0};
    g_autoptr(GBytes) text = g_bytes_new_static("hello", 5);

    assert_ok(spool_crypt_seal(&key, "here", text, &sealed, &error));
    assert_fails(spool_crypt_open(&key, "there", sealed, &plain, &error), SPOOL_ERROR_CORRUPT);
    key.mail_id = 6;
    assert_fails(spool_crypt_open(&key, "here", sealed, &plain, &error), SPOOL_ERROR_CORRUPT);
    assert_fails(spool_crypt_mail_key_open(keys, 6, wrapped, &opened, &error), SPOOL_ERROR_CORRUPT);
    assert_null(plain);
}

/* Any one bit. */
static void
test_every_bit_counts(void **fixture)
{
    g_autoptr(SpoolKeys) keys = keys_of(1, "salt");
    g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
    g_auto(SpoolMailKey) key = mail_key(keys, 5, &wrapped);
    g_autoptr(GBytes) text = g_bytes_new_static("hello", 5);

    assert_ok(spool_crypt_seal(&key, "here", text, &sealed, &error));
    gsize length = g_bytes_get_size(sealed);

    for (gsize bit = 0; bit < length * 8; bit++) {
        guint8 *copy = g_memdup2(g_bytes_get_data(sealed, NULL), length);
        g_autoptr(GBytes) changed = g_bytes_new_take(copy, length);
        g_autoptr(GBytes) plain = NULL;

        copy[bit / 8] ^= (guint8)(1u << (bit % 8));
        assert_fails(spool_crypt_open(&key, "here", changed, &plain, &error), SPOOL_ERROR_CORRUPT);
    }
    for (gsize cut = 0; cut < length; cut++) {
        g_autoptr(GBytes) shorter = g_bytes_new_from_bytes(sealed, 0, cut);
        g_autoptr(GBytes) plain = NULL;

        assert_fails(spool_crypt_open(&key, "here", shorter, &plain, &error), SPOOL_ERROR_CORRUPT);
    }
}

static void
test_keys_differ(void **fixture)
{
    g_autoptr(SpoolKeys) one = keys_of(1, "salt");
    g_autoptr(SpoolKeys) same = keys_of(1, "salt");
    g_autoptr(SpoolKeys) master = keys_of(2, "salt");
    g_autoptr(SpoolKeys) salt = keys_of(1, "other");
    g_autoptr(GBytes) check = spool_crypt_check(one);
    g_autoptr(GBytes) check_same = spool_crypt_check(same);
    g_autoptr(GBytes) check_master = spool_crypt_check(master);
    g_autoptr(GBytes) check_salt = spool_crypt_check(salt);

    assert_true(g_bytes_equal(check, check_same));
    assert_false(g_bytes_equal(check, check_master));
    assert_false(g_bytes_equal(check, check_salt));
}

static void
test_hashes(void **fixture)
{
    g_autoptr(SpoolKeys) one = keys_of(1, "salt");
    g_autoptr(SpoolKeys) two = keys_of(2, "salt");
    g_autoptr(GBytes) hash = spool_crypt_hash(one, "a", "bc", 2);
    g_autoptr(GBytes) same = spool_crypt_hash(one, "a", "bc", 2);
    g_autoptr(GBytes) word = spool_crypt_hash(one, "ab", "c", 1);
    g_autoptr(GBytes) key = spool_crypt_hash(two, "a", "bc", 2);

    assert_true(g_bytes_equal(hash, same));
    assert_false(g_bytes_equal(hash, word));
    assert_false(g_bytes_equal(hash, key));
}

static void
test_texts(void **fixture)
{
    g_autoptr(SpoolKeys) keys = keys_of(1, "salt");
    g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
    g_auto(SpoolMailKey) key = mail_key(keys, 5, &wrapped);
    g_auto(GStrv) texts = NULL, wrong = NULL;

    assert_ok(spool_text_seal(&key, "here", SPOOL_TEXTS("one", NULL, ""), &sealed, &error));
    assert_ok(spool_text_open(&key, "here", sealed, 3, &texts, &error));
    assert_string_equal(texts[0], "one");
    assert_string_equal(texts[1], "");
    assert_null(texts[3]);
    assert_fails(spool_text_open(&key, "here", sealed, 2, &wrong, &error), SPOOL_ERROR_CORRUPT);
    assert_fails(spool_text_open(&key, "here", sealed, 4, &wrong, &error), SPOOL_ERROR_CORRUPT);
}

static void
test_hex(void **fixture)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("\x00\x1f\xa0\xff", 4);
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autofree char *text = spool_crypt_hex(bytes);
    g_autofree char *empty = spool_crypt_hex(none);

    (void)fixture;
    assert_string_equal(text, "001fa0ff");
    assert_string_equal(empty, "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test(name)
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),
        TEST(test_another_place_or_mail),
        TEST(test_every_bit_counts),
        TEST(test_keys_differ),
        TEST(test_hashes),
        TEST(test_texts),
        TEST(test_hex),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
