/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-record-history.c - earlier mails are found again by what a later one says.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "spool/mark.h"
#include "spool/reference.h"
#include "tests/unit/spool-help.h"

static GPtrArray *
texts(const char *text)
{
    GPtrArray *array = g_ptr_array_new();

    g_ptr_array_add(array, (gpointer)text);
    return array;
}

#define assert_history(fields, db, mail, id, from, print, answers, quotes, out)                    \
    do {                                                                                           \
        const SpoolHistoryKeys keys = {.mail_id = mail,                                            \
                                       .message_id = id,                                           \
                                       .from_address = from,                                       \
                                       .fingerprint = print,                                       \
                                       .ids = answers,                                             \
                                       .references = quotes};                                      \
                                                                                                   \
        assert_ok(spool_record_history(db, &keys, out, &error));                                   \
        fields;                                                                                    \
        spool_history_clear(&history);                                                             \
    } while (0)

static void
test_nothing(void **fixture)
{
    Spool *spool = *fixture;
    SpoolHistory history;

    assert_history(
        {
            assert_int_equal(history.record_by_reply, 0);
            assert_int_equal(history.record_by_reference, 0);
            assert_int_equal(history.record_by_message_id, 0);
            assert_int_equal(history.record_by_fingerprint, 0);
            assert_null(history.reference);
        },
        spool->db, 1, "x@y", "a@b", "fp", NULL, NULL, &history);
    /* A mail without any of these must not match others without them. */
    SpoolDecision decision = help_decision();

    decision.message_id = decision.from_address = "";
    decision.fingerprint = NULL;
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_history(
        {
            assert_int_equal(history.record_by_message_id, 0);
            assert_int_equal(history.record_by_fingerprint, 0);
        },
        spool->db, 2, "", "", NULL, NULL, NULL, &history);
    assert_non_null(reference);
}

static void
test_by_reply_and_reference(void **fixture)
{
    Spool *spool = *fixture;
    SpoolHistory history;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autoptr(SpoolReply) reply = NULL;

    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
    g_autofree char *bracketed = g_strdup_printf("<%s>", reply->message_id);
    g_autofree char *upper = g_ascii_strup(bracketed, -1);
    g_autofree char *lower = g_ascii_strdown(reference, -1);
    g_autofree char *other = g_strdup_printf("RFS%s", reference + 4);
    g_autoptr(GPtrArray) ids = texts(upper), references = texts(lower), wrong = texts(other);

    assert_history(
        {
            assert_int_equal(history.record_by_reply, 1);
            assert_string_equal(history.reference, reference);
            assert_true(history.same_sender);
        },
        spool->db, 2, "new@y", "parent@EXAMPLE.org", "other", ids, NULL, &history);
    assert_history(
        {
            assert_int_equal(history.record_by_reply, 0);
            assert_int_equal(history.record_by_reference, 1);
            assert_false(history.same_sender);
        },
        spool->db, 2, "new@y", "someone@else", "other", NULL, references, &history);
    assert_history(assert_int_equal(history.record_by_reference, 0), spool->db, 2, "new@y", "a@b",
                   "other", NULL, wrong, &history);
}

static void
test_by_message_id_and_fingerprint(void **fixture)
{
    Spool *spool = *fixture;
    SpoolHistory history;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_history(
        {
            assert_int_equal(history.record_by_message_id, 1);
            assert_int_equal(history.record_by_fingerprint, 1);
        },
        spool->db, 2, "abc@example.org", "a@b", "fp-1", NULL, NULL, &history);
    /* Not itself. */
    assert_history(
        {
            assert_int_equal(history.record_by_message_id, 0);
            assert_int_equal(history.record_by_fingerprint, 0);
        },
        spool->db, 1, "abc@example.org", "a@b", "fp-1", NULL, NULL, &history);
    assert_non_null(reference);
}

/* Nothing is to be filed with an ignored mail. */
static void
test_ignored_is_not_found(void **fixture)
{
    Spool *spool = *fixture;
    SpoolHistory history;
    SpoolDecision decision = help_decision();

    decision.action = "ignore";
    decision.reply = "none";
    decision.prefix = NULL;
    assert_null(help_decide(spool->db, 1, &decision));
    assert_history(
        {
            assert_int_equal(history.record_by_message_id, 0);
            assert_int_equal(history.record_by_fingerprint, 0);
        },
        spool->db, 2, "abc@example.org", "a@b", "fp-1", NULL, NULL, &history);
}

static gint64
locked_for(Spool *spool, guint mail, const char *from, bool password)
{
    const SpoolHistoryKeys keys = {
        .mail_id = mail, .message_id = "n@y", .from_address = from, .password = password};
    g_auto(SpoolHistory) history = {0};

    assert_ok(spool_record_history(spool->db, &keys, &history, &error));
    assert_int_equal(history.record_locked != 0, history.reference != NULL);
    return history.record_locked;
}

/* A password finds the one mail of its sender that nothing could open, and none when there are
 * several. */
static void
test_locked(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *open = help_decide(spool->db, 1, &decision);

    assert_int_equal(locked_for(spool, 9, "parent@example.org", true), 0);
    decision.kind = "encrypted";
    g_autofree char *first = help_decide(spool->db, 2, &decision);

    assert_int_equal(locked_for(spool, 9, "Parent@Example.org", true), 2);
    assert_int_equal(locked_for(spool, 9, "parent@example.org", false), 0);
    assert_int_equal(locked_for(spool, 9, "other@example.org", true), 0);
    assert_int_equal(locked_for(spool, 2, "parent@example.org", true), 0);
    g_autofree char *second = help_decide(spool->db, 3, &decision);

    assert_int_equal(locked_for(spool, 9, "parent@example.org", true), 0);
    help_tamper(spool->db, "UPDATE outbox SET queued = queued - 604800000001 WHERE record_id = 2");
    assert_int_equal(locked_for(spool, 9, "parent@example.org", true), 3);
    assert_true(open != NULL && first != NULL && second != NULL);
}

static void
test_counts_replies(void **fixture)
{
    Spool *spool = *fixture;
    SpoolHistory history;
    SpoolDecision decision = help_decision();

    for (guint i = 1; i <= 4; i++) {
        g_autofree char *reference = help_decide(spool->db, i, &decision);

        assert_non_null(reference);
    }
    help_tamper(spool->db, "UPDATE outbox SET queued = queued - 86400000001 WHERE id = 1;"
                           "UPDATE outbox SET state = 'failed', due = NULL WHERE id = 2");
    assert_history(assert_int_equal(history.replies_to_sender_day, 2), spool->db, 9, "n@y",
                   "PARENT@example.org", NULL, NULL, NULL, &history);
    assert_history(assert_int_equal(history.replies_to_sender_day, 0), spool->db, 9, "n@y",
                   "other@example.org", NULL, NULL, NULL, &history);
}

/* A mark counts with its own Message-ID only, and a bounce address tells which reply came back. */
static void
test_proofs(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *first = help_decide(spool->db, 1, &decision);
    g_autofree char *code = spool_reference_code(first);
    g_autofree char *lower = g_ascii_strdown(code, -1);
    g_autofree char *id = g_strconcat("ack.", lower, ".1@intake.example.org", NULL);
    g_autofree char *mark = spool_mark_new(spool->db, id);
    g_autoptr(GPtrArray) quotes = texts(first);
    const struct {
        SpoolHistoryKeys keys;
        bool own, address;
        gint64 reply;
    } cases[] = {
        {{.message_id = id, .mark = mark}, true, false, 0},
        {{.message_id = "other@intake.example.org", .mark = mark}, false, false, 0},
        {{.message_id = id, .mark = "v1; 00"}, false, false, 0},
        {{.message_id = id}, false, false, 0},
        {{.message_id = "x@y", .bounced = id}, false, true, 1},
        {{.message_id = "x@y", .bounced = "ack.00000000.1@intake.example.org"}, false, false, 0},
        {{.message_id = "x@y", .references = quotes}, false, false, 1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(SpoolHistory) history = {0};

        assert_ok(spool_record_history(spool->db, &cases[i].keys, &history, &error));
        assert_int_equal(history.own_mark, cases[i].own);
        assert_int_equal(history.by_bounce_address, cases[i].address);
        assert_int_equal(history.reply_id, cases[i].reply);
        assert_int_equal(history.record_by_reply, cases[i].address ? 1 : 0);
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_proofs),
        TEST(test_nothing),
        TEST(test_by_reply_and_reference),
        TEST(test_by_message_id_and_fingerprint),
        TEST(test_ignored_is_not_found),
        TEST(test_counts_replies),
        TEST(test_locked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
