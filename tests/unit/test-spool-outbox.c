/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-outbox.c - replies are sent once, or at most once more when nobody knows.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/outbox-help.h"

static void
finish(SpoolDb *db, const SpoolReply *reply, SpoolReplyOutcome outcome, gint64 retry_at)
{
    g_autoptr(GBytes) sent = g_bytes_new_static("From: x\r\n", 9);

    assert_ok(spool_outbox_finish(
        db, reply, &(SpoolReplyResult){outcome, "250 Zaphod", sent, retry_at}, &error));
}

static void
test_sent(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolOutboxRow) row = NULL;
    gint64 due = 9;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) reply = claim(spool->db);

    assert_int_equal(reply->attempts, 1);
    assert_false(reply->was_uncertain);
    assert_null(claim(spool->db));
    finish(spool->db, reply, SPOOL_REPLY_SENT, 0);
    assert_null(claim(spool->db));
    assert_ok(spool_outbox_next_due(spool->db, &due, &error));
    assert_int_equal(due, 0);
    assert_ok(spool_outbox_get(spool->db, reply->id, &row, &error));
    assert_string_equal(row->state, "sent");
    assert_string_equal(row->response, "250 Zaphod");
    assert_string_equal(row->to, "parent@example.org");
    assert_int_equal(g_bytes_get_size(row->sent), 9);
    assert_fails(spool_outbox_finish(spool->db, reply,
                                     &(SpoolReplyResult){SPOOL_REPLY_SENT, "", NULL, 0}, &error),
                 SPOOL_ERROR_STALE);
}

static void
test_deferred(void **fixture)
{
    Spool *spool = *fixture;
    gint64 later = spool_now() + 3600 * SPOOL_SECOND, due = 0;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) reply = claim(spool->db);

    assert_fails(spool_outbox_finish(spool->db, reply,
                                     &(SpoolReplyResult){SPOOL_REPLY_DEFERRED, "", NULL, 0},
                                     &error),
                 SPOOL_ERROR_STATE);
    finish(spool->db, reply, SPOOL_REPLY_DEFERRED, later);
    assert_null(claim(spool->db));
    assert_ok(spool_outbox_next_due(spool->db, &due, &error));
    assert_int_equal(due, later);
    help_tamper(spool->db, "UPDATE outbox SET due = 1");
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_int_equal(again->attempts, 2);
    assert_string_equal(again->message_id, reply->message_id);
    finish(spool->db, again, SPOOL_REPLY_FAILED, 0);
    assert_state(spool->db, reply->id, "failed");
    assert_null(claim(spool->db));
}

static void
test_uncertain_once_more_and_no_more(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) reply = claim(spool->db);

    finish(spool->db, reply, SPOOL_REPLY_UNCERTAIN, spool_now());
    assert_state(spool->db, reply->id, "uncertain");
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_true(again->was_uncertain);
    assert_string_equal(again->message_id, reply->message_id);
    finish(spool->db, again, SPOOL_REPLY_UNCERTAIN, spool_now());
    assert_null(claim(spool->db));
    assert_state(spool->db, reply->id, "uncertain");
}

static void
test_uncertain_then_sent(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) reply = claim(spool->db);

    finish(spool->db, reply, SPOOL_REPLY_UNCERTAIN, spool_now());
    g_autoptr(SpoolReply) again = claim(spool->db);

    finish(spool->db, again, SPOOL_REPLY_SENT, 0);
    assert_state(spool->db, reply->id, "sent");
}

/* A courier that dies while sending leaves an uncertain reply; twice, and a person must look. */
static void
test_dead_while_sending(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) first = claim(spool->db);

    assert_ok(spool_outbox_reclaim(spool->db, "somebody else", &error));
    assert_null(claim(spool->db));
    assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
    g_autoptr(SpoolReply) second = claim(spool->db);

    assert_true(second->was_uncertain);
    assert_fails(spool_outbox_finish(spool->db, first,
                                     &(SpoolReplyResult){SPOOL_REPLY_SENT, "", NULL, 0}, &error),
                 SPOOL_ERROR_STALE);
    assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
    assert_null(claim(spool->db));
    assert_state(spool->db, first->id, "uncertain");
}

/* One that dies before it begins has sent nothing, however often. */
static void
test_dead_before_sending(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    for (guint i = 1; i <= 5; i++) {
        g_autoptr(SpoolReply) reply = NULL;

        assert_ok(spool_outbox_take(spool->db, "courier", 60, &reply, &error));
        assert_int_equal(reply->attempts, i);
        assert_false(reply->was_uncertain);
        assert_state(spool->db, reply->id, "queued");
        assert_fails(spool_outbox_finish(spool->db, reply,
                                         &(SpoolReplyResult){SPOOL_REPLY_SENT, "", NULL, 0},
                                         &error),
                     SPOOL_ERROR_STATE);
        assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
    }
    g_autoptr(SpoolReply) last = NULL;

    assert_ok(spool_outbox_take(spool->db, "courier", 60, &last, &error));
    assert_ok(spool_outbox_start(spool->db, last, &error));
    finish(spool->db, last, SPOOL_REPLY_SENT, 0);
    assert_state(spool->db, last->id, "sent");
}

/* When a clock jumps over the end of a lease, whoever has the reply goes on, and does not take it
 * from itself as one that a dead courier left; anybody else does. */
static void
test_lease_over(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) first = NULL, same = NULL, other = NULL;

    queue(spool->db, 1);
    assert_ok(spool_outbox_take_started(spool->db, "courier", 0, &first, &error));
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &same, &error));
    assert_null(same);
    assert_ok(spool_outbox_take_started(spool->db, "other", 60, &other, &error));
    assert_int_equal(other->id, first->id);
    assert_true(other->was_uncertain);
}

/* A courier that died under a clock that was ahead, which is put right then. */
static void
test_reclaimed_ahead(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) first = claim(spool->db);

    assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
    help_tamper(spool->db, "UPDATE outbox SET due = due + 86400000000");
    assert_null(claim(spool->db));
    assert_ok(spool_outbox_mend_clock(spool->db, 3600, &error));
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_non_null(again);
    assert_int_equal(again->id, first->id);
}

/* Who was taken over and was only asleep has nothing any more, and takes what it had like anybody
 * else. */
static void
test_taken_over(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) asleep = NULL, again = NULL;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    queue(spool->db, 1);
    assert_ok(spool_outbox_take(spool->db, "courier", 900, &asleep, &error));
    assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_fails(spool_outbox_start(spool->db, asleep, &error), SPOOL_ERROR_STALE);
    assert_fails(spool_outbox_release(spool->db, asleep, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_outbox_take_started(spool->db, "courier", 900, &again, &error));
    assert_fails(spool_outbox_start(spool->db, asleep, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_txn_commit(&txn, &error));
    assert_int_equal(again->id, asleep->id);
    assert_false(again->was_uncertain);
    finish(spool->db, again, SPOOL_REPLY_SENT, 0);
}

/* Where there is but one courier, whatever was left behind is put back, whoever had it. */
static void
test_reclaim_all(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) claimed = NULL;

    queue(spool->db, 3);
    g_autoptr(SpoolReply) started = claim(spool->db);

    assert_ok(spool_outbox_take(spool->db, "another name", 900, &claimed, &error));
    assert_ok(spool_outbox_reclaim(spool->db, NULL, &error));
    assert_state(spool->db, started->id, "uncertain");
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND"
                                            " owner IS NULL"),
                     2);
}

static void
test_release(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = NULL, again = NULL;

    queue(spool->db, 1);
    assert_ok(spool_outbox_take(spool->db, "courier", 60, &reply, &error));
    assert_ok(spool_outbox_release(spool->db, reply, &error));
    assert_fails(spool_outbox_start(spool->db, reply, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_outbox_take(spool->db, "courier", 60, &again, &error));
    assert_int_equal(again->attempts, 1);
}

static void
test_oldest_first_and_list(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GPtrArray) rows = NULL;

    queue(spool->db, 3);
    for (gint64 i = 1; i <= 3; i++) {
        g_autoptr(SpoolReply) reply = claim(spool->db);

        assert_int_equal(reply->mail_id, i);
    }
    assert_ok(spool_outbox_list(spool->db, 2, &rows, &error));
    assert_int_equal(rows->len, 2);
    SpoolOutboxRow *newest = g_ptr_array_index(rows, 0);

    assert_int_equal(newest->id, 3);
    assert_string_equal(newest->state, "queued");
}

static void
test_of_one_mail(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GPtrArray) rows = NULL, none = NULL;
    const SpoolOutboxRow *row;

    queue(spool->db, 3);
    assert_ok(spool_outbox_of_mail(spool->db, 2, &rows, &error));
    assert_int_equal(rows->len, 1);
    row = rows->pdata[0];
    assert_int_equal(row->id, 2);
    assert_ok(spool_outbox_of_mail(spool->db, 99, &none, &error));
    assert_int_equal(none->len, 0);
}

static void
test_sealed_at_rest(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *file = NULL;
    gsize length = 0;

    queue(spool->db, 1);
    g_autoptr(SpoolReply) reply = claim(spool->db);

    finish(spool->db, reply, SPOOL_REPLY_SENT, 0);
    file = help_contents(spool, &length);
    assert_null(memmem(file, length, "Zaphod", 6));
    assert_null(memmem(file, length, "From: x", 7));
}

/* One that cannot be opened does not hold up the next. */
static void
test_damaged(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 2);
    help_tamper(spool->db, "UPDATE outbox SET sealed = x'00' WHERE id = 1");
    g_autoptr(SpoolReply) reply = claim(spool->db);

    assert_int_equal(reply->id, 2);
    assert_int_equal(help_number(spool->db, "SELECT id FROM outbox WHERE state = 'failed'"), 1);
}

/* What was started and has not left is taken again as if it had not been; several starts are one
 * commit. */
static void
test_started_given_back(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) first = NULL, second = NULL, again = NULL;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    queue(spool->db, 2);
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &first, &error));
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &second, &error));
    assert_ok(spool_txn_commit(&txn, &error));
    assert_ok(spool_outbox_release(spool->db, first, &error));
    assert_ok(spool_outbox_take(spool->db, "courier", 60, &again, &error));
    assert_int_equal(again->id, first->id);
    assert_int_equal(again->attempts, 1);
    assert_false(again->was_uncertain);
    finish(spool->db, second, SPOOL_REPLY_SENT, 0);
    assert_state(spool->db, second->id, "sent");
}

/* Who cannot wait overtakes, and among these the older is first. */
static void
test_urgent_first(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 2);
    for (guint i = 3; i <= 4; i++) {
        SpoolDecision decision = help_decision();
        g_autofree char *reference = NULL;

        decision.urgent = true;
        reference = help_decide(spool->db, i, &decision);
        assert_non_null(reference);
    }
    for (guint i = 0; i < 4; i++) {
        static const gint64 order[] = {3, 4, 1, 2};
        g_autoptr(SpoolReply) reply = claim(spool->db);

        assert_int_equal(reply->id, order[i]);
    }
    assert_null(claim(spool->db));
}

/* What becomes of one reply, and the next one, in one commit; or neither. */
static void
test_one_commit(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolReplyResult sent = {SPOOL_REPLY_SENT, "250 Zaphod", NULL, 0};
    SpoolReply *next = NULL;

    queue(spool->db, 2);
    g_autoptr(SpoolReply) first = claim(spool->db);
    for (guint commit = 0; commit < 2; commit++) {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        g_clear_pointer(&next, spool_reply_free);
        assert_ok(spool_txn_begin(&txn, spool->db, &error));
        assert_ok(spool_outbox_finish(spool->db, first, &sent, &error));
        assert_ok(spool_outbox_take(spool->db, "courier", 60, &next, &error));
        assert_ok(spool_outbox_start(spool->db, next, &error));
        if (commit == 1)
            assert_ok(spool_txn_commit(&txn, &error));
    }
    assert_int_equal(next->attempts, 1);
    assert_state(spool->db, first->id, "sent");
    finish(spool->db, next, SPOOL_REPLY_SENT, 0);
    assert_state(spool->db, next->id, "sent");
    spool_reply_free(next);
}

/* Nobody tried it, and yet somebody must be told; who is about to leave is left alone. */
static void
test_expire(void **fixture)
{
    Spool *spool = *fixture;
    guint expired = 9;

    queue(spool->db, 4);
    help_tamper(spool->db, "UPDATE outbox SET queued = 5 WHERE id IN (1, 2, 3)");
    g_autoptr(SpoolReply) taken = claim(spool->db);
    g_autoptr(SpoolReply) deferred = claim(spool->db);

    finish(spool->db, deferred, SPOOL_REPLY_DEFERRED, spool_now() + 3600 * SPOOL_SECOND);
    assert_ok(spool_outbox_expire(spool->db, 6, &expired, &error));
    assert_int_equal(expired, 2);
    assert_int_equal(taken->id, 1);
    assert_state(spool->db, 1, "queued");
    assert_state(spool->db, 2, "failed");
    assert_state(spool->db, 3, "failed");
    assert_state(spool->db, 4, "queued");
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM task WHERE what = 'not-told'"),
                     2);
    assert_ok(spool_outbox_expire(spool->db, 6, &expired, &error));
    assert_int_equal(expired, 0);
}

/* A clock that was ahead and was put right does not keep an answer back; a pause and a lease stay.
 */
static void
test_clock_went_back(void **fixture)
{
    Spool *spool = *fixture;
    gint64 now = spool_now(), soon = now + 1800 * SPOOL_SECOND, due = 0;

    queue(spool->db, 1);
    help_tamper(spool->db, "UPDATE outbox SET due = due + 86400000000");
    assert_null(claim(spool->db));
    assert_ok(spool_outbox_mend_clock(spool->db, 3600, &error));
    g_autoptr(SpoolReply) reply = claim(spool->db);

    assert_non_null(reply);
    help_tamper(spool->db, "UPDATE outbox SET due = due + 86400000000");
    assert_ok(spool_outbox_mend_clock(spool->db, 3600, &error));
    assert_ok(spool_outbox_next_due(spool->db, &due, &error));
    assert_true(due > now + 86400 * SPOOL_SECOND);
    finish(spool->db, reply, SPOOL_REPLY_DEFERRED, soon);
    assert_ok(spool_outbox_mend_clock(spool->db, 3600, &error));
    assert_ok(spool_outbox_next_due(spool->db, &due, &error));
    assert_int_equal(due, soon);
    help_tamper(spool->db, "UPDATE outbox SET due = due + 86400000000");
    assert_ok(spool_outbox_mend_clock(spool->db, 3600, &error));
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_non_null(again);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_sent),
        TEST(test_deferred),
        TEST(test_uncertain_once_more_and_no_more),
        TEST(test_uncertain_then_sent),
        TEST(test_dead_while_sending),
        TEST(test_dead_before_sending),
        TEST(test_lease_over),
        TEST(test_reclaimed_ahead),
        TEST(test_taken_over),
        TEST(test_reclaim_all),
        TEST(test_release),
        TEST(test_oldest_first_and_list),
        TEST(test_of_one_mail),
        TEST(test_sealed_at_rest),
        TEST(test_damaged),
        TEST(test_started_given_back),
        TEST(test_urgent_first),
        TEST(test_one_commit),
        TEST(test_expire),
        TEST(test_clock_went_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
