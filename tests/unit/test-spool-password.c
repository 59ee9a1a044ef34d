/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-password.c - passwords as scrypt hashes, and codes of a second factor.
 *
 * Source:   RFC 6238 appendix B; doc/review.md, "People"
 */
#include "config.h"

#include "spool/password.h"
#include "tests/unit/spool-help.h"

static GBytes *
rfc_secret(void)
{
    return g_bytes_new("12345678901234567890", 20);
}

static void
test_password(void **fixture)
{
    (void)fixture;
    g_autofree char *hash = NULL, *other = NULL;

    assert_ok(spool_password_hash("correct horse battery", &hash, &error));
    assert_ok(spool_password_hash("correct horse battery", &other, &error));
    assert_string_not_equal(hash, other);
    assert_null(strstr(hash, "horse"));
    assert_true(spool_password_matches("correct horse battery", hash));
    assert_true(spool_password_matches("correct horse battery", other));
    assert_false(spool_password_matches("correct horse batterz", hash));
    assert_false(spool_password_matches("", hash));
    assert_false(spool_password_matches("correct horse battery", NULL));
}

/* A hash that somebody changed in the database lets nobody in. */
static void
test_foreign_hash(void **fixture)
{
    (void)fixture;
    const char *const hashes[] = {"", "plain", "$scrypt$1$8$1$AAAA$AAAA", "$2b$12$abcdefghijk",
                                  "$scrypt$16$8$1$AAAAAAAAAAAAAAAAAAAAAA==$"};

    for (guint i = 0; i < G_N_ELEMENTS(hashes); i++)
        assert_false(spool_password_matches("", hashes[i]));
}

static void
test_codes_of_the_rfc(void **fixture)
{
    (void)fixture;
    g_autoptr(GBytes) secret = rfc_secret();
    const struct {
        gint64 time;
        guint32 code;
    } cases[] = {{59, 287082},         {1111111109, 81804},
                 {1111111111, 50471},  {1234567890, 5924},
                 {2000000000, 279037}, {G_GINT64_CONSTANT(20000000000), 353130}};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(spool_totp_code(secret, cases[i].time / 30), cases[i].code);
}

static void
test_match(void **fixture)
{
    (void)fixture;
    g_autoptr(GBytes) secret = rfc_secret();

    assert_int_equal(spool_totp_match(secret, "287082", 59, 0), 1);
    assert_int_equal(spool_totp_match(secret, "287082", 59 + 30, 0), 1);
    assert_int_equal(spool_totp_match(secret, "287082", 59 + 60, 0), 0);
    assert_int_equal(spool_totp_match(secret, "287082", 59, 1), 0); /* used before */
    assert_int_equal(spool_totp_match(secret, "287083", 59, 0), 0);
    assert_int_equal(spool_totp_match(secret, "28708", 59, 0), 0);
    assert_int_equal(spool_totp_match(secret, "2870820", 59, 0), 0);
    assert_int_equal(spool_totp_match(secret, "", 59, 0), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_password),
        cmocka_unit_test(test_foreign_hash),
        cmocka_unit_test(test_codes_of_the_rfc),
        cmocka_unit_test(test_match),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
