/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-stage.c - a mail that came in piece by piece is kept as one that came at
 * once.
 *
 * Runs in:  make check.
 * Source:   spool/stage.h; doc/spool.md, "When a mail is ours"
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static SpoolStage *
stage_of(SpoolDb *db, GBytes *mail, gsize piece)
{
    SpoolStage *stage = NULL;
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(mail, &length);

    assert_ok(spool_stage_new(db, &stage, &error));
    for (gsize at = 0; at < length; at += piece)
        assert_ok(spool_stage_add(stage, data + at, MIN(piece, length - at), &error));
    assert_int_equal(spool_stage_size(stage), length);
    return stage;
}

/* Lengths around the edges of chunks, in pieces that do not fit them. */
static void
test_round_trip(void **fixture)
{
    Spool *spool = *fixture;
    const gsize lengths[] = {0, 1, 65535, 65536, 65537, 131072, 3000000};
    const gsize pieces[] = {1000, 65536, 100000};

    for (guint i = 0; i < G_N_ELEMENTS(lengths) * G_N_ELEMENTS(pieces); i++) {
        SpoolArrival arrival = {"lado", 1, i + 1, 7};
        gsize length = lengths[i / G_N_ELEMENTS(pieces)];
        g_autoptr(GBytes) mail = help_mail(i + 1, length), kept = NULL;
        g_autoptr(SpoolStage) stage = stage_of(spool->db, mail, pieces[i % G_N_ELEMENTS(pieces)]);
        gint64 id = 0;

        assert_ok(spool_message_put_stage(spool->db, &arrival, stage, &id, &error));
        assert_ok(spool_message_raw(spool->db, id, &kept, &error));
        assert_true(g_bytes_equal(kept, mail));
    }
}

/* However it came, it is the same mail. */
static void
test_same_bytes(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival copy = {"cls", 1, 1, 6};
    g_autoptr(GBytes) mail = help_mail(5, 200000);
    g_autoptr(SpoolStage) stage = stage_of(spool->db, mail, 4096);
    gint64 first = help_put(spool->db, 5, 200000), second = 0;

    assert_ok(spool_message_put_stage(spool->db, &copy, stage, &second, &error));
    assert_int_equal(first, second);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM arrival"), 2);
}

/* A commit that failed is tried again with the same stage. */
static void
test_put_again(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival arrival = {"lado", 1, 5, 7};
    g_autoptr(GBytes) mail = help_mail(5, 200000), kept = NULL;
    g_autoptr(SpoolStage) stage = stage_of(spool->db, mail, 4096);
    gint64 id = 0;

    {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&txn, spool->db, &error));
        assert_ok(spool_message_put_stage(spool->db, &arrival, stage, &id, &error));
    }
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 0);
    assert_ok(spool_message_put_stage(spool->db, &arrival, stage, &id, &error));
    assert_ok(spool_message_raw(spool->db, id, &kept, &error));
    assert_true(g_bytes_equal(kept, mail));
}

static void
test_too_big(void **fixture)
{
    Spool *spool = *fixture;
    SpoolArrival arrival = {"lado", 1, 5, 7};
    g_autoptr(SpoolStage) stage = NULL;
    g_autofree guint8 *zeros = g_malloc0(1024 * 1024);
    gint64 id = 0;

    assert_ok(spool_stage_new(spool->db, &stage, &error));
    while (spool_stage_size(stage) <= SPOOL_MESSAGE_MAX)
        assert_ok(spool_stage_add(stage, zeros, 1024 * 1024, &error));
    assert_fails(spool_message_put_stage(spool->db, &arrival, stage, &id, &error),
                 SPOOL_ERROR_TOO_BIG);
}

typedef struct {
    GByteArray *all;
    gsize longest;
    guint left; /* pieces until it fails */
} Taken;

static bool
take(void *user, const void *data, gsize length, GError **error)
{
    Taken *taken = user;

    if (taken->left-- == 0)
        return spool_throw(error, SPOOL_ERROR_IO, "enough");
    taken->longest = MAX(taken->longest, length);
    g_byte_array_append(taken->all, data, (guint)length);
    return true;
}

static void
test_pieces(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = help_put(spool->db, 5, 3000000);
    g_autoptr(GBytes) mail = help_mail(5, 3000000);
    g_autoptr(GByteArray) all = g_byte_array_new();
    Taken taken = {all, 0, G_MAXUINT};

    assert_ok(spool_message_pieces(spool->db, id, take, &taken, &error));
    assert_int_equal(all->len, g_bytes_get_size(mail));
    assert_memory_equal(all->data, g_bytes_get_data(mail, NULL), all->len);
    assert_true(taken.longest <= 65536);
    taken.left = 20;
    assert_fails(spool_message_pieces(spool->db, id, take, &taken, &error), SPOOL_ERROR_IO);
    /* Nothing of it is left that would hinder the next. */
    taken.left = G_MAXUINT;
    assert_ok(spool_message_pieces(spool->db, id, take, &taken, &error));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_same_bytes, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_put_again, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_too_big, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_pieces, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
