/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-printed.c - pages of office files: asked for once, taken once, sealed, and
 * forgotten in time.
 *
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "spool/printed.h"
#include "tests/unit/spool-help.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)

static bool
want(SpoolDb *db, gint64 mail, guint part)
{
    bool is_new = false;

    assert_ok(spool_printed_want(db, mail, part, &is_new, &error));
    return is_new;
}

static bool
take(SpoolDb *db, SpoolPrinted *out_job)
{
    bool any = false;

    assert_ok(spool_printed_take(db, out_job, &any, &error));
    return any;
}

/* State of the only part asked for of mail 1; -1 when none is. */
static int
state(SpoolDb *db)
{
    g_autoptr(GArray) list = NULL;

    assert_ok(spool_printed_list(db, 1, &list, &error));
    return list->len == 0 ? -1 : (int)g_array_index(list, SpoolPrinted, 0).state;
}

static void
test_made(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) document = g_bytes_new_static("%PDF-Zaphod", 11);
    g_autoptr(GArray) list = NULL;
    g_autofree char *file = NULL;
    gsize length = 0;
    SpoolPrinted job = {0};

    help_put(spool->db, 1, 100);
    assert_false(take(spool->db, &job));
    assert_true(want(spool->db, 1, 3));
    assert_false(want(spool->db, 1, 3));
    assert_int_equal(state(spool->db), SPOOL_PRINTED_WAITING);
    assert_true(take(spool->db, &job));
    assert_int_equal(job.mail_id, 1);
    assert_int_equal(job.part, 3);
    assert_false(take(spool->db, &(SpoolPrinted){0}));
    assert_int_equal(state(spool->db), SPOOL_PRINTED_WAITING);
    assert_ok(spool_printed_keep(spool->db, &job, document, &error));
    assert_ok(spool_printed_list(spool->db, 1, &list, &error));
    const SpoolPrinted *made = &g_array_index(list, SpoolPrinted, 0);

    assert_int_equal(made->state, SPOOL_PRINTED_MADE);
    assert_true(g_bytes_equal(made->document, document));
    assert_false(want(spool->db, 1, 3));
    file = help_contents(spool, &length);
    assert_null(memmem(file, length, "Zaphod", 6));
}

static void
test_failed(void **fixture)
{
    Spool *spool = *fixture;
    SpoolPrinted job = {0};

    help_put(spool->db, 1, 100);
    want(spool->db, 1, 0);
    assert_true(take(spool->db, &job));
    assert_ok(spool_printed_put_back(spool->db, &job, &error));
    assert_true(take(spool->db, &job));
    assert_ok(spool_printed_keep(spool->db, &job, NULL, &error));
    assert_int_equal(state(spool->db), SPOOL_PRINTED_FAILED);
    assert_false(take(spool->db, &job));
    assert_ok(spool_printed_tidy(spool->db, &error));
    assert_int_equal(state(spool->db), SPOOL_PRINTED_FAILED);
    help_tamper(spool->db, "UPDATE printed SET at = at - 3700000000");
    assert_ok(spool_printed_tidy(spool->db, &error));
    assert_int_equal(state(spool->db), -1);
}

/* A printer that died with it, or of it. */
static void
test_late(void **fixture)
{
    Spool *spool = *fixture;
    SpoolPrinted job = {0};

    help_put(spool->db, 1, 100);
    want(spool->db, 1, 0);
    assert_true(take(spool->db, &job));
    help_tamper(spool->db, "UPDATE printed SET at = at - 200000000");
    assert_false(take(spool->db, &job));
    assert_int_equal(state(spool->db), SPOOL_PRINTED_FAILED);
}

/* Bytes that somebody put there, or moved from another mail, are not shown. */
static void
test_damaged(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) document = g_bytes_new_static("%PDF-Zaphod", 11);
    SpoolPrinted job = {0};

    help_put(spool->db, 1, 100);
    help_put(spool->db, 2, 100);
    want(spool->db, 2, 0);
    assert_true(take(spool->db, &job));
    assert_ok(spool_printed_keep(spool->db, &job, document, &error));
    help_tamper(spool->db, "UPDATE printed SET mail_id = 1");
    assert_int_equal(state(spool->db), SPOOL_PRINTED_FAILED);
}

static void
test_forgotten(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) document = g_bytes_new_static("%PDF-Zaphod", 11);
    SpoolPrinted job = {0};

    help_put(spool->db, 1, 100);
    want(spool->db, 1, 0);
    assert_true(take(spool->db, &job));
    assert_ok(spool_printed_keep(spool->db, &job, document, &error));
    assert_ok(spool_printed_tidy(spool->db, &error));
    assert_int_equal(state(spool->db), SPOOL_PRINTED_MADE);
    help_tamper(spool->db, "UPDATE printed SET at = at - 604900000000");
    assert_ok(spool_printed_tidy(spool->db, &error));
    assert_int_equal(state(spool->db), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_made),    TEST(test_failed),    TEST(test_late),
        TEST(test_damaged), TEST(test_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
