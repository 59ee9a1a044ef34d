/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-act.c - acts are whole or not there, and nobody's change is lost.
 *
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include "spool/act.h"
#include "tests/unit/spool-help.h"

static SpoolAccount ann = {
    .name = (char *)"ann", .shown = (char *)"Ann Example", .roles = SPOOL_ROLE_REVIEWER};

static void
make(SpoolDb *db, guint count)
{
    assert_ok(spool_account_new(db, &ann, "root", &ann.id, &error));
    for (guint i = 1; i <= count; i++) {
        SpoolDecision decision = help_decision();

        decision.message_id = NULL;
        decision.fingerprint = NULL;
        g_free(help_decide(db, i, &decision));
    }
}

/* One act with an outcome, as a page would do it. */
static bool
try_accept(SpoolDb *db, guint version, const char *reason, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    const SpoolAct act = {&ann, 1, version, "accept", "{\"from\":\"hold\"}", reason};

    return spool_txn_begin(&txn, db, error) && spool_act_begin(db, &act, error) &&
           spool_act_set_outcome(db, 1, "accept", error) &&
           spool_act_set_state(db, 1, "closed", 0, error) && spool_txn_commit(&txn, error);
}

static void
test_whole(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolItem) item = NULL;
    g_autoptr(GPtrArray) acts = NULL;
    g_autofree char *file = NULL;
    gsize length = 0;

    make(spool->db, 1);
    assert_ok(try_accept(spool->db, 1, "the mother rang Slartibartfast", &error));
    assert_ok(spool_item_get(spool->db, 1, 0, &item, &error));
    assert_string_equal(item->state, "closed");
    assert_true(item->settled > 0 && item->closed > 0);
    assert_int_equal(item->version, 2);
    assert_ok(spool_act_list(spool->db, 1, &acts, &error));
    assert_int_equal(acts->len, 1);
    const SpoolActRow *row = acts->pdata[0];

    assert_string_equal(row->who, "Ann Example");
    assert_string_equal(row->act, "accept");
    assert_string_equal(row->reason, "the mother rang Slartibartfast");
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'accept'"
                                            " AND actor = 'ann' AND object = 'record:1'"),
                     1);
    file = help_contents(spool, &length);
    assert_null(memmem(file, length, "Slartibartfast", 14));
}

/* The second of two people learns it, and nothing of theirs is half there. */
static void
test_two_people(void **fixture)
{
    Spool *spool = *fixture;

    make(spool->db, 1);
    assert_ok(try_accept(spool->db, 1, "first", &error));
    assert_fails(try_accept(spool->db, 1, "second", &error), SPOOL_ERROR_STALE);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM act"), 1);
    assert_int_equal(help_number(spool->db, "SELECT version FROM item"), 2);
    assert_ok(try_accept(spool->db, 2, "looked again", &error));
}

static void
test_refused(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolAct act = {&ann, 1, 1, "accept", NULL, NULL};
    const SpoolAct odd = {&ann, 1, 1, "x'; DROP", NULL, NULL};
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    make(spool->db, 1);
    assert_fails(spool_act_begin(spool->db, &act, &error), SPOOL_ERROR_STATE);
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_fails(spool_act_begin(spool->db, &odd, &error), SPOOL_ERROR_STATE);
    assert_fails(spool_act_set_outcome(spool->db, 1, "burn", &error), SPOOL_ERROR_STATE);
    assert_fails(spool_act_set_state(spool->db, 1, NULL, 0, &error), SPOOL_ERROR_STATE);
}

/* Naming readers hides it from everybody else, the one who acts included. */
static void
test_readers(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GArray) readers = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(SpoolItem) seen = NULL;
    g_autoptr(SpoolItem) item = NULL;

    make(spool->db, 1);
    g_array_append_val(readers, ann.id);
    assert_ok(spool_act_set_readers(spool->db, 1, readers, &error));
    assert_ok(spool_item_get(spool->db, 1, ann.id, &seen, &error));
    assert_fails(spool_item_get(spool->db, 1, ann.id + 1, &item, &error), SPOOL_ERROR_NOT_FOUND);
    g_array_set_size(readers, 0);
    assert_ok(spool_act_set_readers(spool->db, 1, readers, &error));
    assert_fails(spool_item_get(spool->db, 1, ann.id, &item, &error), SPOOL_ERROR_NOT_FOUND);
    assert_fails(try_accept(spool->db, 1, "", &error), SPOOL_ERROR_NOT_FOUND);
    assert_ok(spool_act_set_readers(spool->db, 1, NULL, &error));
    assert_ok(spool_item_get(spool->db, 1, 0, &item, &error));
}

static void
test_link(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GPtrArray) there = NULL, back = NULL, hidden = NULL;

    make(spool->db, 2);
    assert_ok(spool_act_link(spool->db, 1, 2, &error));
    assert_ok(spool_act_link(spool->db, 2, 1, &error));
    assert_ok(spool_act_linked(spool->db, 1, 0, &there, &error));
    assert_ok(spool_act_linked(spool->db, 2, 0, &back, &error));
    assert_int_equal(there->len, 1);
    assert_int_equal(back->len, 1);
    assert_int_equal(((SpoolItem *)there->pdata[0])->record_id, 2);
    help_tamper(spool->db, "UPDATE item SET restricted = 1 WHERE record_id = 2");
    assert_ok(spool_act_linked(spool->db, 1, 0, &hidden, &error));
    assert_int_equal(hidden->len, 0);
    assert_fails(spool_act_link(spool->db, 1, 1, &error), SPOOL_ERROR_STATE);
    assert_fails(spool_act_link(spool->db, 1, 9, &error), SPOOL_ERROR_NOT_FOUND);
}

static void
test_draft(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolAct act = {&ann, 1, 1, "accept", NULL, NULL};
    const SpoolAct note = {&ann, 1, 1, "note", NULL, NULL};
    g_autofree char *text = NULL, *other = NULL, *gone = NULL;
    g_autofree char *long_text = g_strnfill(SPOOL_DRAFT_MAX + 1, 'x');

    make(spool->db, 1);
    assert_ok(spool_draft_put(spool->db, &act, "half a thought", &error));
    assert_ok(spool_draft_put(spool->db, &act, "half a thought, and more", &error));
    assert_ok(spool_draft_get(spool->db, &act, &text, &error));
    assert_string_equal(text, "half a thought, and more");
    assert_ok(spool_draft_get(spool->db, &note, &other, &error));
    assert_null(other);
    assert_fails(spool_draft_put(spool->db, &act, long_text, &error), SPOOL_ERROR_TOO_BIG);
    assert_ok(try_accept(spool->db, 1, "done", &error));
    assert_ok(spool_draft_get(spool->db, &act, &gone, &error));
    assert_null(gone);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_whole),   TEST(test_two_people), TEST(test_refused),
        TEST(test_readers), TEST(test_link),       TEST(test_draft),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
