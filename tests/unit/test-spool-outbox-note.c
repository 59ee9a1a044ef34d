/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-outbox-note.c - what a courier that was killed has noted is known to the
 * next.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md, "Replies"
 */
#include "config.h"

#include <glib/gstdio.h>

#include "tests/unit/outbox-help.h"

/* A courier comes, after one that was killed if there was any. */
static void
kill_courier(Spool *spool)
{
    help_close(spool);
    help_open(spool);
    assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
}

/* What was not synced is gone, and the machine has another boot. */
static void
cut_power(Spool *spool)
{
    g_autofree char *path = g_strconcat(spool->url + strlen("sqlite:"), "-sent", NULL);

    help_close(spool);
    (void)g_remove(path);
    help_open(spool);
}

/* Killed after the relay's answer and before its commit. */
static void
test_sent(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 2);
    g_autoptr(SpoolReply) first = claim(spool->db), second = claim(spool->db);

    spool_outbox_note_given(spool->db, first);
    spool_outbox_note_given(spool->db, second);
    spool_outbox_note_sent(spool->db, first);
    kill_courier(spool);
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_non_null(again);
    assert_int_equal(again->id, second->id);
    assert_true(again->was_uncertain);
    assert_state(spool->db, first->id, "sent");
    assert_null(claim(spool->db));
    /* A note of an earlier attempt says nothing about this one. */
    spool_outbox_note_given(spool->db, again);
    spool_outbox_note_sent(spool->db, second);
    kill_courier(spool);
    assert_null(claim(spool->db));
    assert_state(spool->db, second->id, "uncertain");
}

/* What had been started and not given is as it was, however often couriers are killed. */
static void
test_not_given(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 2);
    kill_courier(spool);
    g_autoptr(SpoolReply) first = claim(spool->db), second = claim(spool->db);

    if (!spool_outbox_notes_tell(spool->db)) {
        print_message("SKIP: only notes in a file beside SQLite tell what was not given\n");
        skip();
    }
    spool_outbox_note_given(spool->db, first);
    for (guint i = 0; i < 3; i++) {
        kill_courier(spool);
        g_autoptr(SpoolReply) again = claim(spool->db), other = claim(spool->db);

        if (i == 0) {
            assert_int_equal(again->id, first->id);
            assert_true(again->was_uncertain);
        }
        assert_int_equal(other->id, second->id);
        assert_false(other->was_uncertain);
    }
}

/* After a power cut, or without the file, nothing is known, also not to the second courier after
 * it. */
static void
test_lost(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    kill_courier(spool);
    g_autoptr(SpoolReply) first = claim(spool->db);

    assert_non_null(first);
    spool_outbox_note_given(spool->db, first);
    cut_power(spool);
    for (guint i = 0; i < 2; i++) {
        kill_courier(spool);
        (void)spool_outbox_notes_tell(spool->db);
    }
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_non_null(again);
    assert_true(again->was_uncertain);
    assert_int_equal(help_number(spool->db, "SELECT unsure FROM outbox"), 1);
}

/* Nobody trusts notes before what was started without them has been judged. */
static void
test_not_begun(void **fixture)
{
    Spool *spool = *fixture;

    queue(spool->db, 1);
    assert_false(spool_outbox_notes_tell(spool->db));
    g_autoptr(SpoolReply) first = claim(spool->db);

    assert_false(first->was_uncertain);
    kill_courier(spool);
    g_autoptr(SpoolReply) again = claim(spool->db);

    assert_int_equal(again->id, first->id);
    assert_true(again->was_uncertain);
}

/* A note outlives a connection that is found lost when it is made; and no note of an attempt that
 * is over takes the place of a later one's. */
static void
test_in_table(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *end = NULL;

    if (help_server() == NULL) {
        print_message("SKIP: only PostgreSQL keeps the notes in a table\n");
        skip();
    }
    queue(spool->db, 1);
    g_autoptr(SpoolReply) first = claim(spool->db);

    assert_ok(spool_outbox_reclaim(spool->db, "courier", &error));
    g_autoptr(SpoolReply) second = claim(spool->db);

    end = g_strdup_printf("SELECT pg_terminate_backend(%d, 10000)",
                          (int)help_number(spool->db, "SELECT pg_backend_pid()"));
    help_on_server(spool, end);
    spool_outbox_note_sent(spool->db, second);
    spool_outbox_note_sent(spool->db, first);
    kill_courier(spool);
    assert_null(claim(spool->db));
    assert_state(spool->db, second->id, "sent");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_sent),      TEST(test_not_given), TEST(test_lost),
        TEST(test_not_begun), TEST(test_in_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
