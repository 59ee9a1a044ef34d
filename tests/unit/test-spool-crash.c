/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-crash.c - killed at any moment, a spool holds the state before or the state
 * after.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/spool-help.h"

#define ROUNDS 25
#define MAILS 60

/* In the child, a failure of the spool ends it with a code that the parent sees. */
#define must(call)                                                                                 \
    do {                                                                                           \
        GError *error = NULL;                                                                      \
        if (!(call)) {                                                                             \
            g_printerr("child: %s: %s\n", #call, error->message);                                  \
            _exit(3);                                                                              \
        }                                                                                          \
    } while (0)

static void
child_decide(SpoolDb *db, const SpoolClaim *claim)
{
    g_autofree char *id = g_strdup_printf("m%" G_GINT64_FORMAT "@example.org", claim->id);
    SpoolDecision decision = help_decision();
    SpoolField field = {.key = (char *)"child.1.name", .value = id, .confidence = 1};
    g_autoptr(GPtrArray) fields = g_ptr_array_new();
    g_autofree char *reference = NULL;

    g_ptr_array_add(fields, &field);
    decision.fields = fields;
    decision.message_id = id;
    must(spool_record_commit(db, claim, &decision, &reference, &error));
}

static void
child_read(SpoolDb *db)
{
    g_autoptr(GArray) claims = NULL;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    must(spool_message_claim(db, "intake", 3, 60, &claims, &error));
    must(spool_txn_begin(&txn, db, &error));
    for (guint i = 0; i < claims->len; i++)
        child_decide(db, &g_array_index(claims, SpoolClaim, i));
    must(spool_txn_commit(&txn, &error));
}

static void
child_send(SpoolDb *db)
{
    g_autoptr(SpoolReply) reply = NULL;
    g_autoptr(GBytes) sent = g_bytes_new_static("sent", 4);

    must(spool_outbox_take(db, "courier", 60, &reply, &error));
    if (reply == NULL)
        return;
    must(spool_outbox_start(db, reply, &error));
    must(spool_outbox_finish(db, reply, &(SpoolReplyResult){SPOOL_REPLY_SENT, "250", sent, 0},
                             &error));
}

static void
child_move(SpoolDb *db)
{
    g_autoptr(GArray) moves = NULL;

    must(spool_message_moves(db, &(SpoolArrival){"lado", 1, 0, 0}, 5, &moves, &error));
    for (guint i = 0; i < moves->len; i++)
        must(spool_message_moved(db, "lado", 1, g_array_index(moves, SpoolMove, i).uid, false,
                                 &error));
}

/* All roles in one loop, for ever, each mail met again and again as after a restart. */
static void G_GNUC_NORETURN
child(const Spool *spool)
{
    SpoolDb *db = NULL;

    must(spool_db_open(spool->url, spool->key, &db, &error));
    must(spool_message_reclaim(db, "intake", &error));
    must(spool_outbox_reclaim(db, "courier", &error));
    for (guint i = 0;; i++) {
        SpoolArrival arrival = {"lado", 1, i % MAILS + 1, 1};
        g_autoptr(GBytes) raw = help_mail(i % MAILS, 70000);
        gint64 id = 0;

        must(spool_message_put(db, &arrival, raw, &id, &error));
        must(spool_cursor_set(db, "lado", 1, arrival.uid + 1, &error));
        if (i % 4 == 0)
            child_read(db);
        if (i % 2 == 0)
            child_send(db);
        if (i % 5 == 0)
            child_move(db);
    }
}

static void
assert_whole_mails(SpoolDb *db)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;

    assert_ok(spool_sql_query(db->sql, "SELECT id FROM mail", SQL_NO_ARGS, &rows, &error));
    for (;;) {
        g_autoptr(GBytes) raw = NULL;

        assert_ok(spool_sql_next(&rows, &row, &error));
        if (!row)
            return;
        assert_ok(spool_message_raw(db, spool_sql_int(&rows, 0), &raw, &error));
        assert_int_equal(g_bytes_get_size(raw), 70000);
    }
}

/* A client that dies cannot harm the files of a server. */
static void
assert_sound_file(SpoolDb *db)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (help_server() != NULL)
        return;
    assert_ok(spool_sql_query(db->sql, "PRAGMA integrity_check", SQL_NO_ARGS, &rows, &error));
    assert_ok(spool_sql_next(&rows, &row, &error));
    assert_string_equal(spool_sql_text(&rows, 0), "ok");
}

static void
assert_sound(SpoolDb *db)
{
    guint64 entries = 0;

    assert_sound_file(db);
    assert_ok(spool_audit_verify(db, &entries, &error));
    assert_whole_mails(db);
    /* None of these may be: each is a mail lost, answered twice, or moved too early. */
    const char *const none[] = {
        "SELECT COUNT(*) FROM mail WHERE NOT EXISTS"
        " (SELECT 1 FROM arrival WHERE mail_id = mail.id)",
        "SELECT COUNT(*) FROM mail WHERE state IN ('decided', 'filed') AND NOT EXISTS"
        " (SELECT 1 FROM record WHERE mail_id = mail.id)",
        "SELECT COUNT(*) FROM record r JOIN mail m ON m.id = r.mail_id"
        " WHERE m.state NOT IN ('decided', 'filed')",
        "SELECT COUNT(*) FROM record r WHERE 1 <>"
        " (SELECT COUNT(*) FROM outbox WHERE mail_id = r.mail_id)",
        "SELECT COUNT(*) FROM record WHERE answers IS NULL",
        "SELECT COUNT(*) FROM arrival a JOIN mail m ON m.id = a.mail_id"
        " WHERE a.place = 'moved' AND m.decided IS NULL",
        "SELECT COUNT(*) FROM outbox WHERE unsure > 1 AND due IS NOT NULL",
        "SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND sent IS NULL",
        "SELECT COUNT(*) FROM mail m WHERE m.state IN ('decided', 'filed') AND 1 <>"
        " (SELECT COUNT(*) FROM audit WHERE act = 'decided' AND object = 'mail:' || m.id)",
    };

    for (guint i = 0; i < G_N_ELEMENTS(none); i++)
        if (help_number(db, none[i]) != 0)
            fail_msg("there are some: %s", none[i]);
}

static void
test_killed_at_random(void **fixture)
{
    Spool *spool = *fixture;

    help_close(spool);
    for (guint round = 0; round < ROUNDS; round++) {
        pid_t pid = fork();

        if (pid == 0)
            child(spool);
        assert_true(pid > 0);
        g_usleep((gulong)g_random_int_range(1000, help_server() != NULL ? 300000 : 60000));
        assert_int_equal(kill(pid, SIGKILL), 0);
        int status = 0;

        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status));
        help_open(spool);
        assert_sound(spool->db);
        help_close(spool);
    }
    help_open(spool);
    /* Otherwise nothing was tested. */
    assert_true(help_number(spool->db, "SELECT COUNT(*) FROM record") > 0);
    assert_true(help_number(spool->db, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'") > 0);
    assert_true(help_number(spool->db, "SELECT COUNT(*) FROM arrival WHERE place = 'moved'") > 0);
}

/* Claim until nothing is left, and decide at once. */
static void G_GNUC_NORETURN
greedy(const Spool *spool, const char *owner)
{
    SpoolDb *db = NULL;
    guint idle = 0;

    must(spool_db_open(spool->url, spool->key, &db, &error));
    while (idle < 2) {
        g_autoptr(GArray) claims = NULL;

        must(spool_message_claim(db, owner, 2, 60, &claims, &error));
        idle = claims->len > 0 ? 0 : idle + 1;
        for (guint i = 0; i < claims->len; i++)
            child_decide(db, &g_array_index(claims, SpoolClaim, i));
    }
    spool_db_close(db);
    _exit(0);
}

/* Two nodes empty one queue, and each mail is read by one of them. */
static void
test_two_readers(void **fixture)
{
    Spool *spool = *fixture;
    const char *const owners[] = {"one", "two"};
    pid_t pids[2];

    for (guint i = 1; i <= 200; i++)
        (void)help_put(spool->db, i, 10);
    help_close(spool);
    for (guint i = 0; i < 2; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            greedy(spool, owners[i]);
        assert_true(pids[i] > 0);
    }
    for (guint i = 0; i < 2; i++) {
        int status = 0;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    help_open(spool);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 200);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"), 200);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail WHERE attempts <> 1"), 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(DISTINCT code) FROM record"), 200);
}

/* All roles open a spool that is not there yet at the same moment. */
static void
test_opened_together(void **fixture)
{
    Spool *spool = *fixture;
    pid_t pids[6];

    help_close(spool);
    if (help_server() != NULL)
        help_on_server(spool, "DROP SCHEMA @ CASCADE; CREATE SCHEMA @");
    else
        assert_int_equal(g_unlink(spool->path), 0);
    for (guint i = 0; i < G_N_ELEMENTS(pids); i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            SpoolDb *db = NULL;

            must(spool_db_open(spool->url, spool->key, &db, &error));
            must(spool_audit_append(db, "a", "b", "c", NULL, &error));
            spool_db_close(db);
            _exit(0);
        }
        assert_true(pids[i] > 0);
    }
    for (guint i = 0; i < G_N_ELEMENTS(pids); i++) {
        int status = 0;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    help_open(spool);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit"), 6);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_killed_at_random),
        TEST(test_two_readers),
        TEST(test_opened_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
