/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-device.c - a browser that has signed in is known, and nobody else's is.
 *
 * Runs in:  make check; ./check postgres.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include "spool/device.h"
#include "spool/password.h"
#include "tests/unit/spool-help.h"

static bool
known(SpoolDb *db, const char *device, gint64 account)
{
    bool answer = false;

    assert_ok(spool_device_is_known(db, device, account, &answer, &error));
    return answer;
}

static char *
device_of(SpoolDb *db, gint64 account)
{
    char *device = NULL;

    assert_ok(spool_device_new(db, account, &device, &error));
    return device;
}

static void
wrong(SpoolDb *db, const char *device, guint times)
{
    for (guint i = 0; i < times; i++) {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&txn, db, &error));
        assert_ok(spool_device_note_wrong(db, device, &error));
        assert_ok(spool_txn_commit(&txn, &error));
    }
}

/* For one account, and not with a letter of it changed. */
static void
test_only_its_own(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *device = device_of(spool->db, 7), *other = device_of(spool->db, 7);
    const gsize length = strlen(device);

    assert_string_not_equal(device, other);
    assert_true(known(spool->db, device, 7));
    assert_false(known(spool->db, device, 8));
    for (gsize i = 0; i < length; i++) {
        const char was = device[i];

        device[i] = was == '1' ? '2' : '1';
        assert_false(known(spool->db, device, 7));
        device[i] = was;
    }
    assert_true(known(spool->db, device, 7));
    device[length - 1] = '\0';
    assert_false(known(spool->db, device, 7));
}

static void
test_nonsense(void **fixture)
{
    Spool *spool = *fixture;
    static const char *const odd[] = {"", ".", "...", "7", "7.9999999999999999", "7.8.9.10.11"};
    g_autofree char *device = device_of(spool->db, 7);
    g_autofree char *longer = g_strconcat(device, device, device, NULL);

    assert_false(known(spool->db, NULL, 7));
    assert_false(known(spool->db, longer, 7));
    for (guint i = 0; i < G_N_ELEMENTS(odd); i++)
        assert_false(known(spool->db, odd[i], 7));
}

/* As it would be under our own hash, but over. */
static void
test_ends(void **fixture)
{
    Spool *spool = *fixture;
    const gint64 ends[] = {spool_now() + SPOOL_SECOND * 60, spool_now() - SPOOL_SECOND};

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *text = g_strdup_printf("7.%" G_GINT64_FORMAT ".nonce", ends[i]);
        g_autoptr(GBytes) hash = spool_crypt_hash(spool->db->keys, "device", text, strlen(text));
        g_autofree char *proof =
            spool_crypt_url_text(g_bytes_get_data(hash, NULL), SPOOL_CRYPT_HASH_LENGTH);
        g_autofree char *device = g_strconcat(text, ".", proof, NULL);

        assert_int_equal(known(spool->db, device, 7), i == 0);
    }
}

/* Its tries come back on another day; a new one has its own. */
static void
test_tries(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *device = device_of(spool->db, 7), *other = device_of(spool->db, 7);
    gint64 day;

    do {
        day = spool_now() / SPOOL_SECOND / 86400;
        help_tamper(spool->db, "DELETE FROM tries");
        wrong(spool->db, device, SPOOL_DEVICE_TRIES - 1);
        assert_true(known(spool->db, device, 7));
        wrong(spool->db, device, 1);
    } while (day != spool_now() / SPOOL_SECOND / 86400);
    assert_false(known(spool->db, device, 7));
    assert_true(known(spool->db, other, 7));
    help_tamper(spool->db, "UPDATE tries SET minute = minute - 1440");
    assert_true(known(spool->db, device, 7));
    wrong(spool->db, other, 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM tries"), 1);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_only_its_own),
        TEST(test_nonsense),
        TEST(test_ends),
        TEST(test_tries),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
