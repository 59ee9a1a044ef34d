/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-db.c - what a spool refuses to open, and how transactions nest.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static void
assert_refused(Spool *spool, SpoolError code)
{
    SpoolDb *db = NULL;

    assert_fails(spool_db_open(spool->url, spool->key, &db, &error), code);
    assert_null(db);
}

static void
test_another_key(void **fixture)
{
    Spool *spool = *fixture;

    help_close(spool);
    g_bytes_unref(spool->key);
    spool->key = help_key(8);
    assert_refused(spool, SPOOL_ERROR_KEY);
    g_bytes_unref(spool->key);
    spool->key = g_bytes_new_static("short", 5);
    assert_refused(spool, SPOOL_ERROR_KEY);
    g_bytes_unref(spool->key);
    spool->key = help_key(7);
    help_open(spool);
}

static void
test_newer_schema(void **fixture)
{
    Spool *spool = *fixture;

    help_tamper(spool->db, "UPDATE spool_meta SET version = 1000");
    help_close(spool);
    assert_refused(spool, SPOOL_ERROR_SCHEMA);
}

static void
test_not_ours(void **fixture)
{
    Spool *spool = *fixture;

    help_tamper(spool->db, "DROP TABLE spool_meta");
    help_close(spool);
    assert_refused(spool, SPOOL_ERROR_SCHEMA);
}

static void
test_urls(void **fixture)
{
    Spool *spool = *fixture;
    const char *const urls[] = {"", "sqlite:", "sqlite:relative.db", "mysql://x", "/tmp/x"};
    SpoolDb *db = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(urls); i++)
        assert_fails(spool_db_open(urls[i], spool->key, &db, &error), SPOOL_ERROR_SCHEMA);
    assert_fails(spool_db_open("sqlite:/proc/none/x.db", spool->key, &db, &error), SPOOL_ERROR_IO);
}

static void
test_open_twice(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolDb) other = NULL;

    assert_ok(spool_db_open(spool->url, spool->key, &other, &error));
    (void)help_put(spool->db, 1, 10);
    assert_int_equal(help_number(other, "SELECT COUNT(*) FROM mail"), 1);
}

static void
append(SpoolDb *db)
{
    assert_ok(spool_audit_append(db, "a", "b", "c", NULL, &error));
}

static gint64
entries(SpoolDb *db)
{
    return help_number(db, "SELECT COUNT(*) FROM audit");
}

static void
test_inner_joins_outer(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) outer = SPOOL_TXN_INIT, inner = SPOOL_TXN_INIT;

    assert_ok(spool_txn_begin(&outer, spool->db, &error));
    assert_ok(spool_txn_begin(&inner, spool->db, &error));
    append(spool->db);
    assert_ok(spool_txn_commit(&inner, &error));
    spool_txn_clear(&outer);
    assert_int_equal(entries(spool->db), 0);
}

/* An inner act that failed after it had written must not be half of a commit. */
static void
test_failed_inner_spoils_outer(void **fixture)
{
    Spool *spool = *fixture;

    {
        g_auto(SpoolTxn) outer = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&outer, spool->db, &error));
        append(spool->db);
        {
            g_auto(SpoolTxn) inner = SPOOL_TXN_INIT;

            assert_ok(spool_txn_begin(&inner, spool->db, &error));
            append(spool->db);
        }
        assert_fails(spool_txn_commit(&outer, &error), SPOOL_ERROR_STATE);
    }
    assert_int_equal(entries(spool->db), 0);
    append(spool->db);
    assert_int_equal(entries(spool->db), 1);
}

static void
test_inner_without_writing_spoils_nothing(void **fixture)
{
    Spool *spool = *fixture;
    g_auto(SpoolTxn) outer = SPOOL_TXN_INIT;

    assert_ok(spool_txn_begin(&outer, spool->db, &error));
    append(spool->db);
    {
        g_auto(SpoolTxn) inner = SPOOL_TXN_INIT;

        assert_ok(spool_txn_begin(&inner, spool->db, &error));
    }
    assert_ok(spool_txn_commit(&outer, &error));
    assert_int_equal(entries(spool->db), 1);
}

/* All that reads, looking for what is first, last, and not there at all. */
static void
read_everything(SpoolDb *db)
{
    g_autoptr(GPtrArray) accepted = NULL, none = NULL;
    g_autoptr(SpoolRecord) oldest = NULL;
    g_autoptr(GArray) moves = NULL;
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(GPtrArray) references = g_ptr_array_new();
    const SpoolHistoryKeys keys = {.message_id = "<no@such>",
                                   .from_address = "a@b",
                                   .fingerprint = "no such",
                                   .references = references,
                                   .domain = "b",
                                   .bounced = "no@such"};
    SpoolHistory history;
    guint count = 0;
    gint64 at = 0;

    g_ptr_array_add(references, (gpointer) "LADO-0000-0000");
    assert_ok(spool_record_history(db, &keys, &history, &error));
    spool_history_clear(&history);
    assert_ok(spool_record_get(db, "1", &oldest, &error));
    assert_ok(spool_record_list(db, "ignore", NULL, 5, &accepted, &error));
    assert_ok(spool_record_list(db, NULL, "nowhere", 5, &none, &error));
    assert_ok(spool_message_moves(db, &(SpoolArrival){"lado", 1, 0, 0}, 5, &moves, &error));
    assert_ok(spool_message_raw(db, 1, &raw, &error));
    assert_ok(spool_message_backlog(db, &count, &at, &error));
    assert_ok(spool_outbox_next_due(db, &at, &error));
}

/* However many mails there are, no statement reads a table from end to end. */
static void
test_no_statement_scans(void **fixture)
{
    Spool *spool = *fixture;
    SpoolForm form = {.form = (char *)"lado-parent", .format = (char *)"docx"};
    g_autoptr(GPtrArray) forms = g_ptr_array_new();

    g_ptr_array_add(forms, &form);
    for (guint i = 1; i <= 120; i++) {
        SpoolDecision decision = help_decision();
        g_autoptr(SpoolReply) reply = NULL;

        decision.forms = forms;
        g_autofree char *reference = help_decide(spool->db, i, &decision);

        assert_non_null(reference);
        assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
        assert_ok(spool_outbox_finish(spool->db, reply,
                                      &(SpoolReplyResult){SPOOL_REPLY_SENT, "", NULL, 0}, &error));
        assert_ok(spool_message_moved(spool->db, "lado", 1, i, false, &error));
        assert_ok(spool_cursor_set(spool->db, "lado", 1, i + 1, &error));
        assert_ok(spool_record_correct(
            spool->db, &(SpoolCorrection){1, 0, "adult.name", "x", "ann", "y", NULL}, &error));
        read_everything(spool->db);
    }
    /* A table of one row may be scanned; one that grows with the mails may not. */
    assert_true(spool_sql_scanned(spool->db->sql) < 120 * 5);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_another_key),
        TEST(test_newer_schema),
        TEST(test_not_ours),
        TEST(test_urls),
        TEST(test_open_twice),
        TEST(test_inner_joins_outer),
        TEST(test_failed_inner_spoils_outer),
        TEST(test_inner_without_writing_spoils_nothing),
        TEST(test_no_statement_scans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
