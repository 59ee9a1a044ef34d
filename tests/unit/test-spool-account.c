/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-account.c - accounts, both factors, lock-out, sessions.
 *
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include "spool/device.h"
#include "spool/password.h"
#include "spool/session.h"
#include "tests/unit/spool-help.h"

#define PASSWORD "a long enough one"
#define QUIET (20 * 60)

static gint64
make(SpoolDb *db, const char *name)
{
    SpoolAccount account = {.name = (char *)name,
                            .shown = (char *)"Ms Example",
                            .roles = SPOOL_ROLE_REVIEWER | SPOOL_ROLE_MANAGER};
    gint64 id = 0;

    assert_ok(spool_account_new(db, &account, "root", &id, &error));
    assert_ok(spool_account_set_password(db, id, PASSWORD, "root", &error));
    return id;
}

static SpoolProof
try_from(SpoolDb *db, const char *name, const char *password, const char *device)
{
    const SpoolAccountClaim claim = {name, password, device};
    g_autoptr(SpoolAccount) account = NULL;
    SpoolProof proof = SPOOL_PROOF_GOOD;

    assert_ok(spool_account_check_password(db, &claim, &proof, &account, &error));
    assert_true((account != NULL) == (proof == SPOOL_PROOF_GOOD));
    return proof;
}

static SpoolProof
try_password(SpoolDb *db, const char *name, const char *password)
{
    return try_from(db, name, password, NULL);
}

static void
test_roles(void **fixture)
{
    (void)fixture;
    g_autofree char *text =
        spool_account_roles_text(SPOOL_ROLE_ADMINISTRATOR | SPOOL_ROLE_REVIEWER);

    assert_string_equal(text, "reviewer administrator");
    assert_int_equal(spool_account_roles_parse("administrator, reviewer"),
                     SPOOL_ROLE_ADMINISTRATOR | SPOOL_ROLE_REVIEWER);
    assert_int_equal(spool_account_roles_parse("reviewer king"), 0);
    assert_int_equal(spool_account_roles_parse(""), 0);
}

static void
test_refused(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    SpoolAccount twice = {.name = (char *)"ann", .shown = (char *)"x", .roles = 1};
    SpoolAccount space = {.name = (char *)"an n", .shown = (char *)"x", .roles = 1};
    SpoolAccount none = {.name = (char *)"bob", .shown = (char *)"x", .roles = 0};

    assert_fails(spool_account_new(spool->db, &twice, "root", &id, &error), SPOOL_ERROR_STATE);
    assert_fails(spool_account_new(spool->db, &space, "root", &id, &error), SPOOL_ERROR_STATE);
    assert_fails(spool_account_new(spool->db, &none, "root", &id, &error), SPOOL_ERROR_STATE);
    assert_fails(spool_account_set_password(spool->db, id, "short", "root", &error),
                 SPOOL_ERROR_STATE);
    assert_fails(spool_account_set_password(spool->db, 99, PASSWORD, "root", &error),
                 SPOOL_ERROR_NOT_FOUND);
}

static void
test_password(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    SpoolAccount off = {
        .id = id, .name = (char *)"ann", .shown = (char *)"Ann", .roles = 1, .disabled = true};

    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_GOOD);
    assert_int_equal(try_password(spool->db, "ann", "another long one"), SPOOL_PROOF_WRONG);
    assert_int_equal(try_password(spool->db, "nobody", PASSWORD), SPOOL_PROOF_WRONG);
    assert_ok(spool_account_change(spool->db, &off, "root", &error));
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_WRONG);
}

/* Five wrong answers lock it, for the right one too; each further five for twice as long. */
static void
test_lock(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann"), now = spool_now(), first, second;

    for (guint i = 0; i < SPOOL_ACCOUNT_TRIES; i++)
        assert_int_equal(try_password(spool->db, "ann", "wrong password"), SPOOL_PROOF_WRONG);
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_LOCKED);
    assert_int_equal(try_password(spool->db, "ann", "wrong password"), SPOOL_PROOF_WRONG);
    first = help_number(spool->db, "SELECT locked FROM account") - now;
    help_tamper(spool->db, "UPDATE account SET locked = 1");
    for (guint i = 0; i < SPOOL_ACCOUNT_TRIES; i++)
        assert_int_equal(try_password(spool->db, "ann", "wrong password"), SPOOL_PROOF_WRONG);
    second = help_number(spool->db, "SELECT locked FROM account") - now;
    assert_true(second > first + first / 2);
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_LOCKED);
    assert_ok(spool_account_unlock(spool->db, id, "root", &error));
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_GOOD);
}

static char *
code_now(GBytes *secret, gint64 ahead)
{
    return g_strdup_printf("%06u",
                           spool_totp_code(secret, spool_now() / SPOOL_SECOND / 30 + ahead));
}

static void
test_second_factor(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    g_autoptr(GBytes) secret = g_bytes_new("abcdefghijklmnopqrst", 20);
    g_autofree char *code = code_now(secret, 0), *next = code_now(secret, 1);
    SpoolProof proof = SPOOL_PROOF_GOOD;

    assert_ok(spool_account_check_code(spool->db, id, code, NULL, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_WRONG); /* none is set up */
    assert_ok(spool_account_set_second(spool->db, id, secret, "000000", &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_WRONG);
    assert_ok(spool_account_set_second(spool->db, id, secret, code, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_GOOD);
    assert_fails(spool_account_set_second(spool->db, id, secret, next, &proof, &error),
                 SPOOL_ERROR_STATE);
    assert_ok(spool_account_check_code(spool->db, id, code, NULL, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_WRONG); /* used to set it up */
    assert_ok(spool_account_check_code(spool->db, id, next, NULL, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_GOOD);
    assert_ok(spool_account_check_code(spool->db, id, next, NULL, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_WRONG);
    assert_ok(spool_account_reset_second(spool->db, id, "root", &error));
    assert_ok(spool_account_set_second(spool->db, id, secret, code, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_GOOD);
}

/* Knowing the password does not allow to try all codes. */
static void
test_codes_lock(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    g_autoptr(GBytes) secret = g_bytes_new("abcdefghijklmnopqrst", 20);
    g_autofree char *code = code_now(secret, 0), *next = code_now(secret, 1);
    SpoolProof proof = SPOOL_PROOF_GOOD;

    assert_ok(spool_account_set_second(spool->db, id, secret, code, &proof, &error));
    for (guint i = 0; i < SPOOL_ACCOUNT_TRIES; i++) {
        assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_GOOD);
        assert_ok(spool_account_check_code(spool->db, id, "nocode", NULL, &proof, &error));
        assert_int_equal(proof, SPOOL_PROOF_WRONG);
    }
    assert_ok(spool_account_check_code(spool->db, id, next, NULL, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_LOCKED);
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_LOCKED);
}

/* Strangers who lock it do not shut out the browser that it signs in with; and its signing in does
 * not open the account to their next five guesses. */
static void
test_known_browser(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann"), other_id = make(spool->db, "bob");
    g_autoptr(GBytes) secret = g_bytes_new("abcdefghijklmnopqrst", 20);
    g_autofree char *code = code_now(secret, 0), *next = code_now(secret, 1);
    g_autofree char *device = NULL, *other = NULL;
    SpoolProof proof = SPOOL_PROOF_WRONG;

    assert_ok(spool_account_set_second(spool->db, id, secret, code, &proof, &error));
    assert_ok(spool_device_new(spool->db, id, &device, &error));
    assert_ok(spool_device_new(spool->db, other_id, &other, &error));
    for (guint i = 0; i < SPOOL_ACCOUNT_TRIES; i++)
        assert_int_equal(try_password(spool->db, "ann", "wrong password"), SPOOL_PROOF_WRONG);
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_LOCKED);
    assert_int_equal(try_from(spool->db, "ann", PASSWORD, other), SPOOL_PROOF_LOCKED);
    assert_int_equal(try_from(spool->db, "ann", PASSWORD, device), SPOOL_PROOF_GOOD);
    assert_ok(spool_account_check_code(spool->db, id, next, NULL, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_LOCKED);
    assert_ok(spool_account_check_code(spool->db, id, next, device, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_GOOD);
    assert_ok(spool_account_check_code(spool->db, id, next, device, &proof, &error));
    assert_int_equal(proof, SPOOL_PROOF_WRONG); /* each code once, here too */
    assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_LOCKED);
}

/* Who steals the browser's cookie has a few guesses a day; those lock nobody out either. */
static void
test_known_browser_guesses(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann"), day;
    g_autoptr(GBytes) secret = g_bytes_new("abcdefghijklmnopqrst", 20);
    g_autofree char *code = code_now(secret, 0), *device = NULL;
    SpoolProof proof = SPOOL_PROOF_WRONG;

    assert_ok(spool_account_set_second(spool->db, id, secret, code, &proof, &error));
    assert_ok(spool_device_new(spool->db, id, &device, &error));
    do {
        day = spool_now() / SPOOL_SECOND / 86400;
        help_tamper(spool->db, "UPDATE account SET failures = 0, locked = 0");
        help_tamper(spool->db, "DELETE FROM tries");
        for (guint i = 0; i < SPOOL_DEVICE_TRIES / 2; i++) {
            assert_int_equal(try_from(spool->db, "ann", "wrong password", device),
                             SPOOL_PROOF_WRONG);
            assert_ok(spool_account_check_code(spool->db, id, "nocode", device, &proof, &error));
            assert_int_equal(proof, SPOOL_PROOF_WRONG);
        }
        assert_int_equal(help_number(spool->db, "SELECT failures FROM account WHERE id = 1"), 0);
        assert_int_equal(try_password(spool->db, "ann", PASSWORD), SPOOL_PROOF_GOOD);
        for (guint i = 0; i < SPOOL_ACCOUNT_TRIES; i++)
            assert_int_equal(try_from(spool->db, "ann", "wrong password", device),
                             SPOOL_PROOF_WRONG);
    } while (day != spool_now() / SPOOL_SECOND / 86400);
    assert_int_equal(try_from(spool->db, "ann", PASSWORD, device), SPOOL_PROOF_LOCKED);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"
                                            " WHERE act = 'account-locked'"),
                     1);
}

static void
test_session(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    g_autofree char *token = NULL, *other = NULL;
    g_autoptr(SpoolSession) session = NULL, second = NULL, ended = NULL, unknown = NULL;

    assert_ok(spool_session_begin(spool->db, id, false, &token, &error));
    assert_ok(spool_session_begin(spool->db, id, true, &other, &error));
    assert_string_not_equal(token, other);
    assert_ok(spool_session_get(spool->db, token, QUIET, &session, &error));
    assert_false(session->full);
    assert_string_equal(session->account->name, "ann");
    assert_ok(spool_session_get(spool->db, other, QUIET, &second, &error));
    assert_true(second->full);
    assert_string_not_equal(session->csrf, second->csrf);
    assert_null(strstr(second->csrf, other));
    assert_ok(spool_session_end(spool->db, token, &error));
    assert_ok(spool_session_get(spool->db, token, QUIET, &ended, &error));
    assert_null(ended);
    other[5] = other[5] == 'A' ? 'B' : 'A';
    assert_ok(spool_session_get(spool->db, other, QUIET, &unknown, &error));
    assert_null(unknown);
}

static void
assert_ends(Spool *spool, const char *change)
{
    g_autofree char *token = NULL;
    g_autoptr(SpoolSession) session = NULL;

    assert_ok(spool_session_begin(spool->db, 1, true, &token, &error));
    help_tamper(spool->db, change);
    assert_ok(spool_session_get(spool->db, token, QUIET, &session, &error));
    assert_null(session);
}

static void
test_session_ends(void **fixture)
{
    Spool *spool = *fixture;

    (void)make(spool->db, "ann");
    assert_ends(spool, "UPDATE session SET seen = seen - 1201000000");
    assert_ends(spool, "UPDATE session SET started = started - 43201000000");
    assert_ends(spool, "UPDATE account SET disabled = 1");
}

/* A new password throws out whoever holds the old one. */
static void
test_password_ends_sessions(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    g_autofree char *token = NULL;
    g_autoptr(SpoolSession) session = NULL;

    assert_ok(spool_session_begin(spool->db, id, true, &token, &error));
    assert_ok(spool_account_set_password(spool->db, id, "quite another one", "ann", &error));
    assert_ok(spool_session_get(spool->db, token, QUIET, &session, &error));
    assert_null(session);
}

static void
test_nothing_secret_is_kept(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = make(spool->db, "ann");
    g_autofree char *token = NULL, *file = NULL;
    g_autoptr(GBytes) secret = g_bytes_new("abcdefghijklmnopqrst", 20);
    g_autofree char *code = code_now(secret, 0);
    SpoolProof proof;
    gsize length = 0;

    assert_ok(spool_session_begin(spool->db, id, true, &token, &error));
    assert_ok(spool_account_set_second(spool->db, id, secret, code, &proof, &error));
    file = help_contents(spool, &length);
    assert_null(memmem(file, length, token, strlen(token)));
    assert_null(memmem(file, length, PASSWORD, strlen(PASSWORD)));
    assert_null(memmem(file, length, "abcdefghijklmnopqrst", 20));
    assert_non_null(memmem(file, length, "Ms Example", 10));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_roles),
        TEST(test_refused),
        TEST(test_password),
        TEST(test_lock),
        TEST(test_second_factor),
        TEST(test_codes_lock),
        TEST(test_known_browser),
        TEST(test_known_browser_guesses),
        TEST(test_session),
        TEST(test_session_ends),
        TEST(test_password_ends_sessions),
        TEST(test_nothing_secret_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
