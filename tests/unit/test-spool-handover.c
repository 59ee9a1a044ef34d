/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-handover.c - records on their way to another system: once queued, delivered
 * or given up with a task, never forgotten; each attempt under the same delivery id.
 *
 * Source:   doc/review.md, "Handing over"
 */
#include "config.h"

#include "spool/act.h"
#include "spool/contact.h"
#include "spool/handover.h"
#include "spool/task.h"
#include "tests/unit/spool-help.h"

static const char body_text[] = "{\"data\":\"Zaphod\"}";

static void
queue(SpoolDb *db)
{
    SpoolDecision decision = help_decision();
    g_free(help_decide(db, 1, &decision));
    g_autoptr(GBytes) body = g_bytes_new_static(body_text, strlen(body_text));

    assert_ok(spool_handover_queue(db, 1, body, &error));
}

static SpoolHandover *
claim(SpoolDb *db)
{
    SpoolHandover *handover = NULL;

    assert_ok(spool_handover_claim(db, "courier@here", 60, &handover, &error));
    return handover;
}

static char *
state(SpoolDb *db, gint64 account)
{
    g_autoptr(GPtrArray) rows = NULL;

    assert_ok(spool_handover_list_for(db, account, 10, &rows, &error));
    if (rows->len == 0)
        return g_strdup("");
    const SpoolHandoverRow *row = rows->pdata[0];

    return g_strdup_printf("%s %u %s", row->state, row->attempts,
                           row->response != NULL ? row->response : "-");
}

#define assert_state(db, wanted)                                                                   \
    do {                                                                                           \
        g_autofree char *state_ = state(db, 0);                                                    \
        assert_string_equal(state_, wanted);                                                       \
    } while (0)

static void
test_delivered(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHandoverResult done = {SPOOL_HANDOVER_DONE, "204", 0};
    gint64 due = 0;

    queue(spool->db);
    assert_state(spool->db, "queued 0 -");
    g_autoptr(SpoolHandover) first = claim(spool->db);

    assert_non_null(first);
    assert_true(g_str_has_prefix(first->delivery, "msg_"));
    assert_int_equal(strlen(first->delivery), 36);
    assert_int_equal(g_bytes_get_size(first->body), strlen(body_text));
    assert_memory_equal(g_bytes_get_data(first->body, NULL), body_text, strlen(body_text));
    assert_state(spool->db, "sending 1 -");
    g_autoptr(SpoolHandover) none = claim(spool->db);

    assert_null(none);
    assert_ok(spool_handover_finish(spool->db, first, &done, &error));
    assert_state(spool->db, "done 1 204");
    assert_ok(spool_handover_next_due(spool->db, &due, &error));
    assert_int_equal(due, 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'delivered'"),
                     1);
}

/* Not now: the same delivery later; what was sealed is not readable in the database. */
static void
test_again(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHandoverResult again = {SPOOL_HANDOVER_AGAIN, "503", 1};

    queue(spool->db);
    g_autoptr(SpoolHandover) first = claim(spool->db);

    assert_ok(spool_handover_finish(spool->db, first, &again, &error));
    assert_state(spool->db, "queued 1 503");
    g_autoptr(SpoolHandover) second = claim(spool->db);

    assert_string_equal(first->delivery, second->delivery);
    assert_int_equal(second->attempts, 2);
    assert_int_equal(
        help_number(spool->db, "SELECT COUNT(*) FROM handover WHERE sealed LIKE '%Zaphod%'"), 0);
}

/* Who had it died: it is due again when the lease ends, and what the dead one says is refused. */
static void
test_lease(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHandoverResult done = {SPOOL_HANDOVER_DONE, "200", 0};

    queue(spool->db);
    g_autoptr(SpoolHandover) first = claim(spool->db);

    help_tamper(spool->db, "UPDATE handover SET due = 1");
    g_autoptr(SpoolHandover) second = claim(spool->db);

    assert_string_equal(first->delivery, second->delivery);
    assert_fails(spool_handover_finish(spool->db, first, &done, &error), SPOOL_ERROR_STALE);
    assert_state(spool->db, "sending 2 -");
    assert_ok(spool_handover_finish(spool->db, second, &done, &error));
    assert_fails(spool_handover_finish(spool->db, second, &done, &error), SPOOL_ERROR_STALE);
}

static guint
open_tasks(SpoolDb *db, gint64 account)
{
    g_autoptr(GPtrArray) tasks = NULL;

    assert_ok(spool_task_list_for(db, account, 10, &tasks, &error));
    for (guint i = 0; i < tasks->len; i++)
        assert_string_equal(((SpoolTask *)tasks->pdata[i])->what, SPOOL_TASK_NOT_EXPORTED);
    return tasks->len;
}

static void
test_given_up(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHandoverResult failed = {SPOOL_HANDOVER_FAILED, "410", 0};

    queue(spool->db);
    g_autoptr(SpoolHandover) first = claim(spool->db);

    assert_ok(spool_handover_finish(spool->db, first, &failed, &error));
    assert_state(spool->db, "failed 1 410");
    assert_int_equal(open_tasks(spool->db, 0), 1);
}

/* Damage holds up nothing: it is given up, and a person told. */
static void
test_damaged(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db);
    help_tamper(spool->db, "UPDATE handover SET sealed = x'00'");
    g_autoptr(SpoolHandover) none = claim(spool->db);

    assert_null(none);
    assert_state(spool->db, "failed 1 -");
    assert_int_equal(open_tasks(spool->db, 0), 1);
}

/* Neither handovers nor tasks nor replies of a restricted item are listed for who is not named. */
static void
test_restricted(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHandoverResult failed = {SPOOL_HANDOVER_FAILED, "410", 0};
    const SpoolOutboxFilter named = {.account = 1, .max = 10}, other = {.account = 2, .max = 10};
    g_autoptr(GPtrArray) seen = NULL, hidden = NULL;
    g_autoptr(SpoolTask) task = NULL;

    queue(spool->db);
    g_autoptr(SpoolHandover) first = claim(spool->db);

    assert_ok(spool_handover_finish(spool->db, first, &failed, &error));
    for (guint i = 0; i < 2; i++) {
        SpoolAccount account = {.name = (char *)(i == 0 ? "ann" : "bob"),
                                .shown = (char *)"x",
                                .roles = SPOOL_ROLE_REVIEWER};

        assert_ok(spool_account_new(spool->db, &account, "root", &account.id, &error));
        assert_int_equal(account.id, i + 1);
    }
    help_tamper(spool->db, "UPDATE item SET restricted = 1;"
                           "INSERT INTO item_reader (record_id, account_id) VALUES (1, 1)");
    g_autofree char *to_ann = state(spool->db, 1), *to_bob = state(spool->db, 2);

    assert_string_equal(to_ann, "failed 1 410");
    assert_string_equal(to_bob, "");
    assert_int_equal(open_tasks(spool->db, 1), 1);
    assert_int_equal(open_tasks(spool->db, 2), 0);
    assert_ok(spool_task_get(spool->db, 1, 1, &task, &error));
    assert_int_equal(task->record_id, 1);
    g_autoptr(SpoolTask) none = NULL;

    assert_fails(spool_task_get(spool->db, 1, 2, &none, &error), SPOOL_ERROR_NOT_FOUND);
    assert_ok(spool_outbox_list_for(spool->db, &named, &seen, &error));
    assert_ok(spool_outbox_list_for(spool->db, &other, &hidden, &error));
    assert_int_equal(seen->len, 1);
    assert_int_equal(hidden->len, 0);
}

static void
test_refused(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) body = g_bytes_new_static(body_text, strlen(body_text));
    g_autoptr(GBytes) large =
        g_bytes_new_take(g_malloc0(SPOOL_HANDOVER_MAX + 1), SPOOL_HANDOVER_MAX + 1);

    assert_fails(spool_handover_queue(spool->db, 1, body, &error), SPOOL_ERROR_NOT_FOUND);
    queue(spool->db);
    assert_fails(spool_handover_queue(spool->db, 1, large, &error), SPOOL_ERROR_TOO_BIG);
}

static void
test_contact(void **fixture)
{
    Spool *spool = *fixture;
    gint64 before = spool_now(), at = 1;

    assert_ok(spool_contact_get(spool->db, "lado", &at, &error));
    assert_int_equal(at, 0);
    assert_ok(spool_contact_note(spool->db, "lado", &error));
    assert_ok(spool_contact_note(spool->db, "lado", &error));
    assert_ok(spool_contact_get(spool->db, "lado", &at, &error));
    assert_true(at >= before);
}

/* A courier that died takes up at once what it had at hand, and nothing of another's. */
static void
test_reclaimed(void **fixture)
{
    Spool *spool = *fixture;
    const SpoolHandoverResult done = {SPOOL_HANDOVER_DONE, "204", 0};

    queue(spool->db);
    g_autoptr(SpoolHandover) first = claim(spool->db);

    assert_ok(spool_handover_reclaim(spool->db, "courier@elsewhere", &error));
    g_autoptr(SpoolHandover) none = claim(spool->db);

    assert_null(none);
    assert_ok(spool_handover_reclaim(spool->db, "courier@here", &error));
    g_autoptr(SpoolHandover) second = claim(spool->db);

    assert_non_null(second);
    assert_string_equal(second->delivery, first->delivery);
    assert_int_equal(second->attempts, 2);
    assert_fails(spool_handover_finish(spool->db, first, &done, &error), SPOOL_ERROR_STALE);
    assert_ok(spool_handover_finish(spool->db, second, &done, &error));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_delivered, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_again, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_lease, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_reclaimed, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_given_up, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_damaged, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_restricted, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_refused, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_contact, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
