/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-record-commit.c - a decision and all it causes, once.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md, "The decision"
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "spool/reference.h"

static void
test_accept(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autofree char *canonical = spool_reference_canonical(reference);
    g_autoptr(SpoolReply) reply = NULL;

    assert_string_equal(canonical, reference);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail WHERE state='decided'"), 1);
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
    g_autofree char *code = spool_reference_code(reference);
    g_autofree char *lower = g_ascii_strdown(code, -1);
    g_autofree char *id = g_strdup_printf("ack.%s.1@intake.example.org", lower);

    assert_string_equal(reply->message_id, id);
    assert_string_equal(reply->to, "parent@example.org");
    assert_string_equal(reply->reference, reference);
    assert_string_equal(reply->in_reply_to, "abc@example.org");
    assert_int_equal(reply->received, 1);
}

static void
test_words_in_message_ids(void **fixture)
{
    Spool *spool = *fixture;
    const char *const replies[] = {"acknowledgement", "holding", "redirection"};
    const char *const words[] = {"ack.", "hold.", "redir."};

    for (guint i = 0; i < G_N_ELEMENTS(replies); i++) {
        SpoolDecision decision = help_decision();
        g_autoptr(SpoolReply) reply = NULL;

        decision.reply = replies[i];
        g_autofree char *reference = help_decide(spool->db, i + 1, &decision);

        assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
        assert_true(g_str_has_prefix(reply->message_id, words[i]));
        assert_true(strlen(reference) > 0);
    }
}

/* One alert a mail, in the same commit, before the reply and counted nowhere as one. */
static void
test_alert(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    const SpoolHistoryKeys keys = {.message_id = "x@y", .from_address = "duty@example.org"};
    g_autoptr(SpoolReply) alert = NULL, reply = NULL, none = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    g_auto(SpoolHistory) history = {0};

    decision.alert_to = "duty@example.org";
    decision.urgent = true;
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &alert, &error));
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &none, &error));
    assert_null(none);
    assert_string_equal(alert->template, "alert");
    assert_string_equal(alert->to, "duty@example.org");
    assert_string_equal(alert->in_reply_to, "");
    assert_string_equal(alert->reference, reference);
    assert_true(g_str_has_prefix(alert->message_id, "alert."));
    assert_string_equal(reply->to, "parent@example.org");
    assert_ok(spool_record_history(spool->db, &keys, &history, &error));
    assert_int_equal(history.replies_to_sender_day, 0);
    assert_ok(spool_outbox_finish(
        spool->db, reply, &(SpoolReplyResult){SPOOL_REPLY_SENT, "250 ok", NULL, 0}, &error));
    assert_ok(spool_record_list(spool->db, NULL, NULL, 10, &rows, &error));
    assert_string_equal(((SpoolListing *)rows->pdata[0])->reply_state, "sent");
}

/* No reply, and an alert all the same. */
static void
test_alert_alone(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autoptr(GPtrArray) rows = NULL;

    decision.reply = "none";
    decision.alert_to = "duty@example.org";
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_true(strlen(reference) > 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"), 1);
    assert_ok(spool_record_list(spool->db, NULL, NULL, 10, &rows, &error));
    assert_int_equal(g_strcmp0(((SpoolListing *)rows->pdata[0])->reply_state, "none"), 0);
}

/* Who has lost the mail to another changes nothing. */
static void
test_stale(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = NULL, *late = NULL;

    (void)help_put(spool->db, 1, 10);
    g_auto(SpoolClaim) old = help_claim(spool->db);

    assert_ok(spool_message_reclaim(spool->db, "test", &error));
    g_auto(SpoolClaim) new = help_claim(spool->db);

    assert_int_equal(new.id, old.id);
    assert_int_equal(new.attempts, 2);
    assert_fails(spool_record_commit(spool->db, &old, &decision, &late, &error), SPOOL_ERROR_STALE);
    assert_fails(spool_message_release(spool->db, &old, &error), SPOOL_ERROR_STALE);
    assert_null(late);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"), 0);
    assert_ok(spool_record_commit(spool->db, &new, &decision, &reference, &error));
    assert_fails(spool_record_commit(spool->db, &new, &decision, &late, &error), SPOOL_ERROR_STALE);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"), 1);
}

/* A stale claim in the middle of a batch does not spoil the others. */
static void
test_stale_in_a_batch(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    for (guint i = 1; i <= 3; i++)
        (void)help_put(spool->db, i, 10);
    g_auto(SpoolClaim) one = help_claim(spool->db);
    g_auto(SpoolClaim) two = help_claim(spool->db);
    g_auto(SpoolClaim) three = help_claim(spool->db);
    g_autofree char *first = NULL, *second = NULL, *third = NULL;

    two.token--;
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_ok(spool_record_commit(spool->db, &one, &decision, &first, &error));
    assert_fails(spool_record_commit(spool->db, &two, &decision, &second, &error),
                 SPOOL_ERROR_STALE);
    assert_ok(spool_record_commit(spool->db, &three, &decision, &third, &error));
    assert_ok(spool_txn_commit(&txn, &error));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 2);
}

static void
test_attach(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision(), attach = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autoptr(SpoolRecord) record = NULL;

    attach.action = "attach";
    attach.reply = "none";
    attach.prefix = NULL;
    attach.attach_to = 1;
    g_autofree char *with = help_decide(spool->db, 2, &attach);

    assert_string_equal(with, reference);
    /* What is filed with an attached mail goes where that one went. */
    attach.attach_to = 2;
    g_autofree char *third = help_decide(spool->db, 3, &attach);

    assert_string_equal(third, reference);
    assert_ok(spool_record_get(spool->db, reference, &record, &error));
    assert_int_equal(record->attached->len, 2);
    attach.attach_to = 99;
    (void)help_put(spool->db, 4, 10);
    g_auto(SpoolClaim) claim = help_claim(spool->db);
    g_autofree char *none = NULL;

    assert_fails(spool_record_commit(spool->db, &claim, &attach, &none, &error),
                 SPOOL_ERROR_NOT_FOUND);
}

/* A reply to an attached mail is the next one of its record. */
static void
test_generations(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision(), attach = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    attach.action = "attach";
    attach.prefix = NULL;
    attach.attach_to = 1;
    g_autofree char *with = help_decide(spool->db, 2, &attach);

    assert_string_equal(with, reference);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox WHERE record_id = 1"), 2);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"
                                            " WHERE message_id LIKE 'ack.%.2@%'"),
                     1);
}

static void
test_ignore_has_no_reference(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();

    decision.action = "ignore";
    decision.reply = "none";
    decision.prefix = NULL;
    assert_null(help_decide(spool->db, 1, &decision));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"), 0);
}

static void
test_wrong_decisions(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision bad[5];
    g_autofree char *reference = NULL;

    (void)help_put(spool->db, 1, 10);
    g_auto(SpoolClaim) claim = help_claim(spool->db);

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        bad[i] = help_decision();
    bad[0].action = "eat";
    bad[1].reply = "song";
    bad[2].reply_to = NULL;
    bad[3].prefix = NULL;
    bad[4].prefix = "BAD";
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_fails(spool_record_commit(spool->db, &claim, &bad[i], &reference, &error),
                     SPOOL_ERROR_STATE);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 0);
}

/* The audit tells action, rules and reference, and nothing of what the mail said. */
static void
test_audit(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_int_equal(help_number(spool->db,
                                 "SELECT COUNT(*) FROM audit WHERE act = 'decided'"
                                 " AND detail LIKE '%\"rules\":[\"parent-form\",\"second\"]%'"
                                 " AND detail LIKE '%\"action\":\"accept\"%'"),
                     1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"
                                            " WHERE detail LIKE '%Zaphod%' OR detail LIKE '%@%'"),
                     0);
    assert_true(strlen(reference) > 0);
}

/* No name, address, subject or answer is readable in the file. */
static void
test_sealed_at_rest(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision), *file = NULL;
    gsize length = 0;

    file = help_contents(spool, &length);
    assert_non_null(memmem(file, length, reference, strlen(reference)));
    assert_null(memmem(file, length, "Zaphod", 6));
    assert_null(memmem(file, length, "parent@", 7));
    assert_null(memmem(file, length, "abc@", 4));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_accept),
        TEST(test_words_in_message_ids),
        TEST(test_alert),
        TEST(test_alert_alone),
        TEST(test_stale),
        TEST(test_stale_in_a_batch),
        TEST(test_attach),
        TEST(test_generations),
        TEST(test_ignore_has_no_reference),
        TEST(test_wrong_decisions),
        TEST(test_audit),
        TEST(test_sealed_at_rest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
