/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-message.c - mails are kept whole, once, and unreadable to others.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md, "When a mail is ours"
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static void
assert_raw(SpoolDb *db, gint64 id, GBytes *wanted)
{
    g_autoptr(GBytes) raw = NULL;

    assert_ok(spool_message_raw(db, id, &raw, &error));
    assert_true(g_bytes_equal(raw, wanted));
}

/* Lengths around the edges of chunks, and none at all. */
static void
test_round_trip(void **fixture)
{
    Spool *spool = *fixture;
    const gsize lengths[] = {0, 1, 65535, 65536, 65537, 131072, 200000, 3000000};
    gint64 ids[G_N_ELEMENTS(lengths)];

    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++)
        ids[i] = help_put(spool->db, i + 1, lengths[i]);
    help_close(spool);
    help_open(spool);
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autoptr(GBytes) wanted = help_mail(i + 1, lengths[i]);

        assert_raw(spool->db, ids[i], wanted);
    }
}

static void
test_same_arrival_twice(void **fixture)
{
    Spool *spool = *fixture;

    assert_int_equal(help_put(spool->db, 5, 10), help_put(spool->db, 5, 10));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM arrival"), 1);
}

/* A server restored from a backup gives the same numbers to other mails. */
static void
test_number_reused(void **fixture)
{
    Spool *spool = *fixture;
    gint64 first = help_put(spool->db, 5, 10), second = 0;
    SpoolArrival arrival = {"lado", 1, 5, 7};
    g_autoptr(GBytes) other = help_mail(6, 10), kept = NULL;

    assert_ok(spool_message_put(spool->db, &arrival, other, &second, &error));
    assert_int_not_equal(first, second);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 2);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM arrival"), 1);
    assert_ok(spool_message_raw(spool->db, second, &kept, &error));
    assert_true(g_bytes_equal(kept, other));
}

/* The server numbers the mailbox anew, or a copy lies in another one. */
static void
test_same_bytes_elsewhere(void **fixture)
{
    Spool *spool = *fixture;
    gint64 first = help_put(spool->db, 5, 10), second = 0, third = 0;
    SpoolArrival renumbered = {"lado", 2, 9, 5}, copy = {"cls", 1, 1, 6};
    g_autoptr(GBytes) raw = help_mail(5, 10);

    assert_ok(spool_message_put(spool->db, &renumbered, raw, &second, &error));
    assert_ok(spool_message_put(spool->db, &copy, raw, &third, &error));
    assert_int_equal(first, second);
    assert_int_equal(first, third);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM arrival"), 3);
}

static void
test_too_big(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival arrival = {"lado", 1, 1, 1};
    g_autoptr(GBytes) raw = help_mail(1, (gsize)SPOOL_MESSAGE_MAX + 1);
    gint64 id = 0;

    assert_fails(spool_message_put(spool->db, &arrival, raw, &id, &error), SPOOL_ERROR_TOO_BIG);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 0);
}

static void
test_unread(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival one = {"lado", 1, 1, 1}, again = {"lado", 2, 4, 1}, other = {"lado", 2, 5, 1};
    g_autoptr(GBytes) headers = g_bytes_new_static("Subject: x\r\n\r\n", 14);
    g_autoptr(GBytes) none = g_bytes_new(NULL, 0);
    gint64 id = 0, id_again = 0, id_none = 0, id_other = 0;
    guint64 size = (guint64)5 << 30;

    assert_ok(spool_message_put_unread(spool->db, &one, headers, size, &id, &error));
    assert_ok(spool_message_put_unread(spool->db, &again, headers, size, &id_again, &error));
    assert_int_equal(id, id_again);
    assert_ok(spool_message_put_unread(spool->db, &other, none, size, &id_none, &error));
    other.uid = 6;
    assert_ok(spool_message_put_unread(spool->db, &other, none, size, &id_other, &error));
    assert_int_not_equal(id_none, id_other);
    g_auto(SpoolClaim) claim = help_claim(spool->db);

    assert_true(claim.unread);
    assert_raw(spool->db, id, headers);
}

static void
test_nothing_readable_in_the_file(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival arrival = {"lado", 1, 1, 1};
    g_autoptr(GBytes) raw = g_bytes_new_static("XYZZY-PLUGH", 11);
    g_autofree char *file = NULL;
    gsize length = 0;
    gint64 id = 0;

    assert_ok(spool_message_put(spool->db, &arrival, raw, &id, &error));
    file = help_contents(spool, &length);
    assert_null(memmem(file, length, "XYZZY", 5));
}

static void
test_tampered_chunks(void **fixture)
{
    const char *const acts[] = {
        /* another byte */
        "UPDATE chunk SET sealed = CAST(substr(sealed, 1, 100) || x'00' || substr(sealed, 102)"
        " AS BLOB) WHERE number = 1",
        /* a version we do not know */
        "UPDATE chunk SET sealed = CAST(x'02' || substr(sealed, 2) AS BLOB) WHERE number = 1",
        /* two chunks in each other's place */
        "UPDATE chunk SET number = 99 WHERE number = 0;"
        "UPDATE chunk SET number = 0 WHERE number = 1;"
        "UPDATE chunk SET number = 1 WHERE number = 99",
        /* the end cut off, and said to be right */
        "DELETE FROM chunk WHERE number = 2; UPDATE mail SET chunks = 2, size = 131072",
        "DELETE FROM chunk WHERE number = 2",
        "UPDATE chunk SET sealed = CAST(substr(sealed, 1, 1000) AS BLOB) WHERE number = 2",
        "UPDATE chunk SET sealed = x'01' WHERE number = 1",
        "INSERT INTO chunk SELECT mail_id, 3, sealed FROM chunk WHERE number = 2",
        "UPDATE mail SET chunks = 4000000000",
        "UPDATE mail SET chunks = -1",
        "UPDATE mail_key SET wrapped = CAST(substr(wrapped, 1, 60) || x'00' AS BLOB)",
        "UPDATE mail_key SET wrapped = x''",
    };

    for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
        void *own = NULL;
        g_autoptr(GBytes) raw = NULL;

        (void)help_setup(&own);
        Spool *spool = own;
        gint64 id = help_put(spool->db, 1, 140000);

        assert_ok(spool_message_raw(spool->db, id, &raw, &error));
        g_clear_pointer(&raw, g_bytes_unref);
        help_tamper(spool->db, acts[i]);
        assert_fails(spool_message_raw(spool->db, id, &raw, &error), SPOOL_ERROR_CORRUPT);
        assert_null(raw);
        (void)help_teardown(&own);
    }
}

/* One mail's content put in the place of another's. */
static void
test_exchanged_mails(void **fixture)
{
    Spool *spool = *fixture;
    gint64 one = help_put(spool->db, 1, 50);
    g_autoptr(GBytes) raw = NULL;

    (void)help_put(spool->db, 2, 50);
    help_tamper(spool->db, "PRAGMA foreign_keys=OFF;"
                           "UPDATE chunk SET mail_id = mail_id + 10;"
                           "UPDATE chunk SET mail_id = 13 - mail_id;"
                           "UPDATE mail_key SET mail_id = mail_id + 10;"
                           "UPDATE mail_key SET mail_id = 13 - mail_id;");
    assert_fails(spool_message_raw(spool->db, one, &raw, &error), SPOOL_ERROR_CORRUPT);
}

static void
test_not_found(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) raw = NULL;

    assert_fails(spool_message_raw(spool->db, 77, &raw, &error), SPOOL_ERROR_NOT_FOUND);
}

/* Many puts are one commit, and all are undone together. */
static void
test_batch(void **fixture)
{
    Spool *spool = *fixture;

    {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&txn, spool->db, &error));
        for (guint i = 1; i <= 10; i++)
            (void)help_put(spool->db, i, 10);
    }
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 0);
    {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&txn, spool->db, &error));
        for (guint i = 1; i <= 10; i++)
            (void)help_put(spool->db, i, 10);
        assert_ok(spool_txn_commit(&txn, &error));
    }
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 10);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),
        TEST(test_same_arrival_twice),
        TEST(test_number_reused),
        TEST(test_same_bytes_elsewhere),
        TEST(test_too_big),
        TEST(test_unread),
        TEST(test_nothing_readable_in_the_file),
        cmocka_unit_test(test_tampered_chunks),
        TEST(test_exchanged_mails),
        TEST(test_not_found),
        TEST(test_batch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
