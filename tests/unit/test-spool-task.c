/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-task.c - a reply that did not arrive becomes a task, and stays one.
 *
 * Source:   doc/spool.md, "Tasks"
 */
#include "config.h"

#include "spool/task.h"
#include "tests/unit/spool-help.h"

/* Queue reply number, and take it. */
static SpoolReply *
queue_and_claim(SpoolDb *db, guint number)
{
    SpoolDecision decision = help_decision();
    SpoolReply *reply = NULL;

    decision.reply_domain = "example.org";
    g_autofree char *reference = help_decide(db, number, &decision);

    assert_non_null(reference);
    assert_ok(spool_outbox_take_started(db, "courier", 60, &reply, &error));
    assert_non_null(reply);
    return reply;
}

static void
finish(SpoolDb *db, const SpoolReply *reply, SpoolReplyOutcome outcome, gint64 retry_at)
{
    assert_ok(spool_outbox_finish(db, reply, &(SpoolReplyResult){outcome, "said", NULL, retry_at},
                                  &error));
}

static GPtrArray *
tasks(SpoolDb *db)
{
    GPtrArray *list = NULL;

    assert_ok(spool_task_list(db, 100, &list, &error));
    return list;
}

#define assert_tasks(db, wanted)                                                                   \
    do {                                                                                           \
        g_autoptr(GPtrArray) list = tasks(db);                                                     \
                                                                                                   \
        assert_int_equal(list->len, wanted);                                                       \
    } while (0)

static void
assert_first(SpoolDb *db, gint64 reply_id, const char *detail)
{
    g_autoptr(GPtrArray) list = tasks(db);
    const SpoolTask *task;

    assert_int_equal(list->len, 1);
    task = list->pdata[0];
    assert_string_equal(task->what, "not-told");
    assert_string_equal(task->detail, detail);
    assert_int_equal(task->reply_id, reply_id);
    assert_true(g_str_has_prefix(task->reference, "LADO-"));
}

static void
test_failed(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1);

    assert_tasks(spool->db, 0);
    finish(spool->db, reply, SPOOL_REPLY_FAILED, 0);
    assert_first(spool->db, reply->id, "failed");
}

static void
test_uncertain_twice(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1), again = NULL;

    finish(spool->db, reply, SPOOL_REPLY_UNCERTAIN, spool_now());
    assert_tasks(spool->db, 0);
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &again, &error));
    finish(spool->db, again, SPOOL_REPLY_UNCERTAIN, spool_now());
    assert_first(spool->db, reply->id, "uncertain");
}

/* Uncertain for the first time, and not to be sent again. */
static void
test_uncertain_for_ever(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1);

    finish(spool->db, reply, SPOOL_REPLY_UNCERTAIN, 0);
    assert_first(spool->db, reply->id, "uncertain");
}

static void
test_bounced(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1);
    g_autoptr(SpoolOutboxRow) row = NULL;

    /* Not before it has left. */
    assert_ok(spool_outbox_bounced(spool->db, reply->id, "5.1.1", &error));
    assert_tasks(spool->db, 0);
    finish(spool->db, reply, SPOOL_REPLY_SENT, 0);
    assert_ok(spool_outbox_bounced(spool->db, 99, "5.1.1", &error));
    assert_tasks(spool->db, 0);
    assert_ok(spool_outbox_bounced(spool->db, reply->id, "5.1.1", &error));
    assert_ok(spool_outbox_bounced(spool->db, reply->id, "4.2.2", &error));
    assert_first(spool->db, reply->id, "bounced 5.1.1");
    assert_ok(spool_outbox_get(spool->db, reply->id, &row, &error));
    assert_string_equal(row->state, "bounced");
    assert_string_equal(row->bounce, "5.1.1");
    assert_string_equal(row->response, "said");
}

/* An address whose reply came back is known as such for its time, or until somebody ends the task.
 */
static void
test_bounced_before(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1);
    const SpoolHistoryKeys keys = {.message_id = "x@y", .from_address = "PARENT@example.org"};
    g_auto(SpoolHistory) fresh = {0}, back = {0}, old = {0}, ended = {0};

    finish(spool->db, reply, SPOOL_REPLY_SENT, 0);
    assert_ok(spool_record_history(spool->db, &keys, &fresh, &error));
    assert_false(fresh.bounced_before);
    assert_ok(spool_outbox_bounced(spool->db, reply->id, "5.1.1", &error));
    assert_ok(spool_record_history(spool->db, &keys, &back, &error));
    assert_true(back.bounced_before);
    help_tamper(spool->db, "UPDATE outbox SET queued = queued - 5184000000001");
    assert_ok(spool_record_history(spool->db, &keys, &old, &error));
    assert_false(old.bounced_before);
    help_tamper(spool->db, "UPDATE outbox SET queued = queued + 5184000000001");
    help_tamper(spool->db, "UPDATE task SET closed = opened");
    assert_ok(spool_record_history(spool->db, &keys, &ended, &error));
    assert_false(ended.bounced_before);
}

/* What is not a status code comes from a stranger and is not kept. */
static void
test_bounced_without_code(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1);
    g_autoptr(SpoolOutboxRow) row = NULL;

    finish(spool->db, reply, SPOOL_REPLY_SENT, 0);
    assert_ok(spool_outbox_bounced(spool->db, reply->id, "Zaphod\"", &error));
    assert_first(spool->db, reply->id, "bounced");
    assert_ok(spool_outbox_get(spool->db, reply->id, &row, &error));
    assert_string_equal(row->bounce, "");
}

/* A bounce while the second copy waits: it is not sent once more. */
static void
test_bounce_of_uncertain(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1), again = NULL;

    finish(spool->db, reply, SPOOL_REPLY_UNCERTAIN, spool_now());
    assert_ok(spool_outbox_bounced(spool->db, reply->id, "5.1.1", &error));
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &again, &error));
    assert_null(again);
}

static void
test_close(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, 1);
    g_autofree char *file = NULL;
    guint64 entries = 0;
    gsize length = 0;

    finish(spool->db, reply, SPOOL_REPLY_FAILED, 0);
    assert_fails(spool_task_close(spool->db, 1, "jo", "", &error), SPOOL_ERROR_STATE);
    assert_fails(spool_task_close(spool->db, 1, "", "rang", &error), SPOOL_ERROR_STATE);
    assert_fails(spool_task_close(spool->db, 2, "jo", "rang", &error), SPOOL_ERROR_NOT_FOUND);
    assert_tasks(spool->db, 1);
    assert_ok(spool_task_close(spool->db, 1, "jo", "rang Zaphod at home", &error));
    assert_tasks(spool->db, 0);
    assert_fails(spool_task_close(spool->db, 1, "jo", "rang", &error), SPOOL_ERROR_NOT_FOUND);
    /* The reason names people: it is sealed, and the audit knows only who closed it. */
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM task WHERE author = 'jo'"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE actor = 'jo' AND act"
                                            " = 'task-closed' AND object = 'task:1'"),
                     1);
    assert_ok(spool_audit_verify(spool->db, &entries, &error));
    file = help_contents(spool, &length);
    assert_null(memmem(file, length, "Zaphod", 6));
}

/* Whom a limit left unanswered: one task a mail, with the reference of its record. */
static void
test_unanswered(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();

    decision.reply = "none";
    g_autofree char *first = help_decide(spool->db, 1, &decision);
    g_autofree char *second = help_decide(spool->db, 2, &decision);
    g_autoptr(GPtrArray) list = NULL;

    for (gint64 mail = 1; mail <= 2; mail++)
        for (guint twice = 0; twice < 2; twice++) {
            const SpoolTask task = {.what = (char *)SPOOL_TASK_NOT_TOLD,
                                    .mail_id = mail,
                                    .detail = (char *)"replies stopped"};
            bool is_new = false;

            assert_ok(spool_task_open(spool->db, &task, &is_new, &error));
            assert_int_equal(is_new, twice == 0);
        }
    list = tasks(spool->db);
    assert_int_equal(list->len, 2);
    assert_string_equal(((SpoolTask *)list->pdata[0])->reference, first);
    assert_string_equal(((SpoolTask *)list->pdata[1])->reference, second);
    assert_int_equal(((SpoolTask *)list->pdata[1])->reply_id, 0);
}

/* An alert that did not arrive is not a parent who has not been told. */
static void
test_alert_lost(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autoptr(SpoolReply) alert = NULL;
    g_autoptr(GPtrArray) list = NULL;

    decision.reply = "none";
    decision.alert_to = "duty@example.org";
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &alert, &error));
    finish(spool->db, alert, SPOOL_REPLY_FAILED, 0);
    list = tasks(spool->db);
    assert_int_equal(list->len, 1);
    assert_string_equal(((SpoolTask *)list->pdata[0])->what, "duty-not-told");
    assert_string_equal(((SpoolTask *)list->pdata[0])->reference, reference);
}

static void
test_breaker_once_an_hour(void **fixture)
{
    Spool *spool = *fixture;
    gint64 mail = help_put(spool->db, 1, 10);
    const SpoolTask task = {.what = (char *)SPOOL_TASK_BREAKER, .mail_id = mail};
    const SpoolHistoryKeys keys = {.message_id = "x@y", .from_address = "a@b"};
    g_auto(SpoolHistory) before = {0}, during = {0}, after = {0};
    bool is_new = false;

    assert_ok(spool_record_history(spool->db, &keys, &before, &error));
    assert_false(before.breaker);
    assert_ok(spool_task_open(spool->db, &task, &is_new, &error));
    assert_true(is_new);
    assert_ok(spool_task_open(spool->db, &task, &is_new, &error));
    assert_false(is_new);
    assert_ok(spool_record_history(spool->db, &keys, &during, &error));
    assert_true(during.breaker);
    help_tamper(spool->db, "UPDATE task SET opened = opened - 3601000000");
    assert_ok(spool_record_history(spool->db, &keys, &after, &error));
    assert_false(after.breaker);
    assert_ok(spool_task_open(spool->db, &task, &is_new, &error));
    assert_true(is_new);
    assert_tasks(spool->db, 2);
}

static void
test_counts(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHistoryKeys keys = {
        .message_id = "x@y", .from_address = "PARENT@example.org", .domain = "Example.ORG"};
    const SpoolHistoryKeys other = {
        .message_id = "x@y", .from_address = "a@b", .domain = "example.com"};
    g_auto(SpoolHistory) history = {0}, strange = {0}, later = {0};

    for (guint i = 1; i <= 3; i++) {
        g_autoptr(SpoolReply) reply = queue_and_claim(spool->db, i);

        finish(spool->db, reply, i == 1 ? SPOOL_REPLY_FAILED : SPOOL_REPLY_SENT, 0);
    }
    assert_ok(spool_record_history(spool->db, &keys, &history, &error));
    assert_int_equal(history.replies_to_sender_day, 2);
    assert_int_equal(history.replies_to_domain_hour, 3);
    assert_int_equal(history.replies_hour, 3);
    assert_true(history.last_sent > 0 && history.last_sent <= spool_now());
    assert_ok(spool_record_history(spool->db, &other, &strange, &error));
    assert_int_equal(strange.replies_to_domain_hour, 0);
    assert_int_equal(strange.replies_hour, 3);
    assert_int_equal(strange.last_sent, 0);
    help_tamper(spool->db, "UPDATE outbox SET queued = queued - 3601000000 WHERE id < 3");
    assert_ok(spool_record_history(spool->db, &keys, &later, &error));
    assert_int_equal(later.replies_to_domain_hour, 1);
    assert_int_equal(later.replies_hour, 1);
}

/* A spool of the first version becomes one of today when it is opened, with all that it holds. */
static void
test_migration(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *reference = help_decide(spool->db, 1, &decision);

    help_tamper(
        spool->db,
        "ALTER TABLE record DROP COLUMN answers; DROP TABLE outbox_note; DROP TABLE tries; DROP "
        "INDEX mail_waiting_in; DROP TABLE node; "
        "DROP TABLE mailbox_lease; DROP TABLE expiry; "
        "DROP TABLE canary; "
        "DROP TABLE trouble; "
        "DROP TABLE printed; DROP TABLE contact; DROP INDEX outbox_trouble; DROP TABLE handover; "
        "DROP TABLE word; DROP TABLE draft; DROP TABLE act;"
        "DROP TABLE item_link; DROP TABLE item_reader; DROP TABLE item;"
        "DROP TABLE session; DROP TABLE account;"
        "DROP TABLE task; DROP INDEX outbox_queued; DROP INDEX outbox_domain;"
        "DROP INDEX outbox_urgent; ALTER TABLE outbox DROP COLUMN urgent;"
        "ALTER TABLE outbox DROP COLUMN domain;"
        "ALTER TABLE outbox DROP COLUMN bounce;"
        "UPDATE spool_meta SET version = 1");
    help_close(spool);
    help_open(spool);
    assert_int_equal(help_number(spool->db, "SELECT version FROM spool_meta"),
                     SPOOL_SCHEMA_VERSION);
    g_autoptr(SpoolReply) reply = NULL;

    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
    assert_string_equal(reply->reference, reference);
    finish(spool->db, reply, SPOOL_REPLY_FAILED, 0);
    assert_first(spool->db, reply->id, "failed");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_failed),
        TEST(test_uncertain_twice),
        TEST(test_uncertain_for_ever),
        TEST(test_bounced),
        TEST(test_bounced_before),
        TEST(test_bounced_without_code),
        TEST(test_bounce_of_uncertain),
        TEST(test_close),
        TEST(test_breaker_once_an_hour),
        TEST(test_unanswered),
        TEST(test_alert_lost),
        TEST(test_counts),
        TEST(test_migration),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
