/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-node.c - a node that is late loses what it had claimed, and only that one.
 *
 * Runs in:  make check; ./check postgres.
 * Source:   doc/spool.md, "Nodes"
 */
#include "config.h"

#include "spool/handover.h"
#include "spool/lease.h"
#include "spool/node.h"
#include "tests/unit/spool-help.h"

static gint64
join(SpoolDb *db, const char *name, guint lease_s)
{
    gint64 token = 0;

    assert_ok(spool_node_join(db, name, lease_s, &token, &error));
    return token;
}

/* How many nodes are taken over, the last one's name in out_name. */
static guint
take_over(SpoolDb *db, char **out_name)
{
    g_autoptr(GPtrArray) names = NULL;

    assert_ok(spool_node_take_over(db, &names, &error));
    if (out_name != NULL && names->len > 0)
        *out_name = g_strdup(names->pdata[names->len - 1]);
    return names->len;
}

static SpoolClaim
claim_as(SpoolDb *db, const char *owner)
{
    g_autoptr(GArray) claims = NULL;

    assert_ok(spool_message_claim(db, owner, 1, 600, &claims, &error));
    assert_int_equal(claims->len, 1);
    SpoolClaim claim = g_array_index(claims, SpoolClaim, 0);

    g_array_set_clear_func(claims, NULL);
    return claim;
}

static void
test_late(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *name = NULL;
    gint64 token = join(spool->db, "a", 0);

    join(spool->db, "b", 60);
    assert_int_equal(take_over(spool->db, &name), 1);
    assert_string_equal(name, "a");
    assert_int_equal(take_over(spool->db, NULL), 0);
    /* It was only asleep. */
    assert_ok(spool_node_renew(spool->db, "a", token, 60, &error));
    assert_int_equal(take_over(spool->db, NULL), 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'taken-over'"
                                            " AND object = 'node:a'"),
                     1);
}

/* The mail that a dead node was reading is read by another at once; the dead one's word counts no
 * more. */
static void
test_mails_of_the_late(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = NULL;

    join(spool->db, "a", 0);
    join(spool->db, "b", 60);
    (void)help_put(spool->db, 1, 100);
    (void)help_put(spool->db, 2, 100);
    g_auto(SpoolClaim) asleep = claim_as(spool->db, "intake@a");
    g_auto(SpoolClaim) other = claim_as(spool->db, "intake@b");

    assert_int_equal(take_over(spool->db, NULL), 1);
    g_auto(SpoolClaim) again = claim_as(spool->db, "intake@b");

    assert_int_equal(again.id, asleep.id);
    assert_int_equal(again.attempts, 2);
    assert_fails(spool_record_commit(spool->db, &asleep, &decision, &reference, &error),
                 SPOOL_ERROR_STALE);
    assert_ok(spool_record_commit(spool->db, &again, &decision, &reference, &error));
    g_clear_pointer(&reference, g_free);
    decision.message_id = "<other@example.org>";
    assert_ok(spool_record_commit(spool->db, &other, &decision, &reference, &error));
}

/* A reply that it was sending may have left; one that it had only taken has not. */
static void
test_replies_of_the_late(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autoptr(SpoolReply) asleep = NULL, again = NULL;
    const SpoolReplyResult sent = {SPOOL_REPLY_SENT, "250", NULL, 0};

    assert_non_null(reference);
    join(spool->db, "a", 0);
    assert_ok(spool_outbox_take_started(spool->db, "courier@a", 900, &asleep, &error));
    assert_int_equal(take_over(spool->db, NULL), 1);
    assert_ok(spool_outbox_take_started(spool->db, "courier@b", 900, &again, &error));
    assert_int_equal(again->id, asleep->id);
    assert_true(again->was_uncertain);
    assert_string_equal(again->message_id, asleep->message_id);
    assert_fails(spool_outbox_finish(spool->db, asleep, &sent, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_outbox_finish(spool->db, again, &sent, &error));
}

static void
test_handovers_of_the_late(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autoptr(GBytes) body = g_bytes_new_static("{}", 2);
    g_autoptr(SpoolHandover) asleep = NULL, none = NULL, again = NULL;
    const SpoolHandoverResult done = {SPOOL_HANDOVER_DONE, "200", 0};

    assert_non_null(reference);
    join(spool->db, "a", 0);
    assert_ok(spool_handover_queue(spool->db, 1, body, &error));
    assert_ok(spool_handover_claim(spool->db, "courier@a", 300, &asleep, &error));
    assert_ok(spool_handover_claim(spool->db, "courier@b", 300, &none, &error));
    assert_null(none);
    assert_int_equal(take_over(spool->db, NULL), 1);
    assert_ok(spool_handover_claim(spool->db, "courier@b", 300, &again, &error));
    assert_string_equal(again->delivery, asleep->delivery);
    assert_fails(spool_handover_finish(spool->db, asleep, &done, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_handover_finish(spool->db, again, &done, &error));
}

/* Two posternd under one name: the first one learns it. */
static void
test_same_name(void **fixture)
{
    Spool *spool = *fixture;
    gint64 first = join(spool->db, "a", 60), second = join(spool->db, "a", 60);

    assert_true(second > first);
    assert_fails(spool_node_renew(spool->db, "a", first, 60, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_node_renew(spool->db, "a", second, 60, &error));
}

static void
test_work(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    gint64 token = 0;

    {
        g_auto(SpoolNodeWork) none = {0};

        assert_ok(spool_node_work(spool->db, "a", &none, &error));
        assert_false(none.mails || none.replies);
        assert_int_equal(none.mailboxes->len, 0);
    }
    join(spool->db, "a", 60);
    assert_ok(spool_lease_take(spool->db, "lado", "a", false, &token, &error));
    g_free(help_decide(spool->db, 1, &decision));
    (void)help_put(spool->db, 2, 100);
    {
        g_auto(SpoolNodeWork) all = {0};

        assert_ok(spool_node_work(spool->db, "a", &all, &error));
        assert_true(all.mails && all.replies);
        assert_int_equal(all.mailboxes->len, 1);
        assert_string_equal(all.mailboxes->pdata[0], "lado");
    }
    g_auto(SpoolNodeWork) other = {0};

    assert_ok(spool_node_work(spool->db, "b", &other, &error));
    assert_int_equal(other.mailboxes->len, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_late),
        TEST(test_mails_of_the_late),
        TEST(test_replies_of_the_late),
        TEST(test_handovers_of_the_late),
        TEST(test_same_name),
        TEST(test_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
