/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-alert.c - tests for spool/alert.c.
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "spool/alert.h"
#include "spool/outbox-mend.h"

#define LIMIT 3
#define ALERTS "SELECT COUNT(*) FROM outbox WHERE message_id LIKE 'alert.%'"
#define DIGESTS "SELECT COUNT(*) FROM outbox WHERE message_id LIKE 'digest.%'"

/* The numbers of the mails so far, and one more that is urgent. */
static void
urgent_mail(SpoolDb *db, guint number)
{
    SpoolDecision decision = help_decision();
    g_autofree char *reference = NULL;

    decision.reply = "none";
    decision.urgent = true;
    decision.alert_to = "duty@example.org";
    decision.alert_limit = LIMIT;
    reference = help_decide(db, number, &decision);
    assert_non_null(reference);
}

/* Send all that may leave now; how many that was. */
static guint
send_all(SpoolDb *db)
{
    for (guint n = 0;; n++) {
        g_autoptr(SpoolReply) reply = NULL;

        assert_ok(spool_outbox_take_started(db, "courier", 60, &reply, &error));
        if (reply == NULL)
            return n;
        assert_string_equal(reply->template, "alert");
        assert_ok(spool_outbox_finish(
            db, reply, &(SpoolReplyResult){SPOOL_REPLY_SENT, "250 ok", NULL, 0}, &error));
    }
}

/* A hundred mails: three alerts and one digest leave, and another digest waits for its hour; every
 * item is urgent and new. */
static void
test_flood(void **fixture)
{
    Spool *spool = *fixture;
    guint waiting = 0;

    for (guint i = 1; i <= LIMIT; i++)
        urgent_mail(spool->db, i);
    assert_int_equal(help_number(spool->db, DIGESTS), 0);
    for (guint i = LIMIT + 1; i <= 20; i++)
        urgent_mail(spool->db, i);
    assert_int_equal(help_number(spool->db, ALERTS), LIMIT);
    assert_int_equal(help_number(spool->db, DIGESTS), 1);
    assert_int_equal(send_all(spool->db), LIMIT + 1);

    for (guint i = 21; i <= 100; i++)
        urgent_mail(spool->db, i);
    assert_int_equal(help_number(spool->db, ALERTS), LIMIT);
    assert_int_equal(help_number(spool->db, DIGESTS), 2);
    assert_int_equal(send_all(spool->db), 0);
    assert_ok(spool_outbox_mend_clock(spool->db, 3600, &error));
    assert_int_equal(send_all(spool->db), 0);
    assert_true(help_number(spool->db, "SELECT MAX(due - updated) FROM outbox") >
                G_GINT64_CONSTANT(3500) * G_USEC_PER_SEC);
    assert_ok(spool_alert_waiting(spool->db, &waiting, &error));
    assert_int_equal(waiting, 100);
}

/* An hour later each is told of again. */
static void
test_later(void **fixture)
{
    Spool *spool = *fixture;

    for (guint i = 1; i <= LIMIT + 1; i++)
        urgent_mail(spool->db, i);
    assert_int_equal(send_all(spool->db), LIMIT + 1);
    assert_ok(spool_sql_run(spool->db->sql,
                            "UPDATE outbox SET queued = queued - 3700000000,"
                            " updated = updated - 3700000000",
                            SQL_NO_ARGS, NULL, &error));
    urgent_mail(spool->db, 50);
    assert_int_equal(help_number(spool->db, ALERTS), LIMIT + 1);
    assert_int_equal(help_number(spool->db, DIGESTS), 1);
    assert_int_equal(send_all(spool->db), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_flood, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_later, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
