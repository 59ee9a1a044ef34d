/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-canary.c - canaries leave in time, and one that is lost is told once.
 *
 * Runs in:  make check.
 * Source:   daemon/canary.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include "daemon/canary.h"
#include "daemon/trouble.h"
#include "spool/canary.h"
#include "spool/mark.h"

typedef struct {
    Spool *spool;
    DaemonMailbox mailbox, junk;
    DaemonSettings settings;
    DaemonCanary canary;
    GPtrArray *sent; /* char* */
    bool refuse;
} Fixture;

static bool
take(gpointer data, const char *to, GBytes *mail, GError **error)
{
    Fixture *fixture = data;

    if (fixture->refuse)
        return daemon_throw(error, DAEMON_ERROR_CONNECT, "nobody there");
    assert_string_equal(to, "lado@example.org");
    g_ptr_array_add(fixture->sent, g_strndup(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail)));
    return true;
}

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    help_setup((void **)&fixture->spool);
    fixture->sent = g_ptr_array_new_with_free_func(g_free);
    fixture->mailbox = (DaemonMailbox){.name = (char *)"lado",
                                       .addresses = g_ptr_array_new(),
                                       .canary_interval = 60,
                                       .canary_patience = 15};
    g_ptr_array_add(fixture->mailbox.addresses, (char *)"lado@example.org");
    fixture->junk = (DaemonMailbox){.name = (char *)"lado-junk", .junk = true};
    fixture->settings.mailboxes = g_ptr_array_new();
    g_ptr_array_add(fixture->settings.mailboxes, &fixture->mailbox);
    fixture->settings.smtp_from_address = (char *)"lado@example.org";
    fixture->settings.message_id_domain = (char *)"intake.example.org";
    daemon_canary_init(&fixture->canary, &fixture->settings, fixture->spool->db);
    fixture->canary.send = take;
    fixture->canary.data = fixture;
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    daemon_canary_clear(&fixture->canary);
    g_ptr_array_unref(fixture->sent);
    g_ptr_array_unref(fixture->mailbox.addresses);
    g_ptr_array_unref(fixture->settings.mailboxes);
    help_teardown((void **)&fixture->spool);
    g_free(fixture);
    return 0;
}

/* As many minutes later. */
static void
look(Fixture *fixture, guint minutes)
{
    g_autofree char *sql =
        g_strdup_printf("UPDATE canary SET began = began - %u000000", minutes * 60);

    help_tamper(fixture->spool->db, sql);
    fixture->canary.since -= minutes * 60 * G_GINT64_CONSTANT(1000000);
    fixture->canary.look_at = 0;
    g_hash_table_remove_all(fixture->canary.next);
    assert_ok(daemon_canary_look(&fixture->canary, &error));
}

static guint
troubles(const Fixture *fixture, const char *what)
{
    g_autoptr(GPtrArray) all = NULL;

    assert_ok(spool_trouble_list(fixture->spool->db, "lado", &all, &error));
    for (guint i = 0; i < all->len; i++)
        if (g_str_equal(((SpoolTrouble *)all->pdata[i])->what, what))
            return ((SpoolTrouble *)all->pdata[i])->times;
    return 0;
}

static char *
message_id(const Fixture *fixture)
{
    g_auto(SpoolCanary) canary = {0};

    assert_ok(spool_canary_get(fixture->spool->db, "lado", &canary, &error));
    return g_strdup(canary.message_id);
}

/* Found in the mailbox, by the intake. */
static void
come_back(const Fixture *fixture, const DaemonMailbox *where)
{
    g_autofree char *id = message_id(fixture);

    assert_ok(daemon_canary_back(fixture->spool->db, where, id, &error));
}

static void
test_every_hour(void **state)
{
    Fixture *fixture = *state;

    look(fixture, 0);
    assert_int_equal(fixture->sent->len, 1);
    look(fixture, 10);
    come_back(fixture, &fixture->mailbox);
    look(fixture, 40);
    assert_int_equal(fixture->sent->len, 1);
    look(fixture, 11);
    assert_int_equal(fixture->sent->len, 2);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 0);
    assert_string_not_equal(fixture->sent->pdata[0], fixture->sent->pdata[1]);
}

/* The mark belongs to its Message-ID; nothing else in it is to be believed. */
static void
test_the_mail(void **state)
{
    Fixture *fixture = *state;

    look(fixture, 0);
    g_autofree char *id = message_id(fixture);
    g_autofree char *mark = spool_mark_new(fixture->spool->db, id);
    g_autofree char *field = g_strconcat("\r\nX-Postern-Mark: ", mark, "\r\n", NULL);

    assert_non_null(strstr(fixture->sent->pdata[0], field));
    assert_non_null(strstr(fixture->sent->pdata[0], "\r\nAuto-Submitted: auto-generated\r\n"));
}

static void
test_lost(void **state)
{
    Fixture *fixture = *state;

    look(fixture, 0);
    look(fixture, 16);
    look(fixture, 1);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 1);
    /* The next one is lost as well, and the one after it comes back. */
    look(fixture, 44);
    assert_int_equal(fixture->sent->len, 2);
    look(fixture, 16);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 2);
    look(fixture, 45);
    assert_int_equal(fixture->sent->len, 3);
    come_back(fixture, &fixture->mailbox);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 0);
}

/* While we were not running none could be seen. */
static void
test_restarted(void **state)
{
    Fixture *fixture = *state;

    look(fixture, 0);
    help_tamper(fixture->spool->db, "UPDATE canary SET began = began - 1200000000");
    fixture->canary.look_at = 0;
    assert_ok(daemon_canary_look(&fixture->canary, &error));
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 0);
}

static void
test_relay_down(void **state)
{
    Fixture *fixture = *state;

    fixture->refuse = true;
    look(fixture, 0);
    g_autofree char *id = message_id(fixture);

    look(fixture, 1);
    fixture->refuse = false;
    look(fixture, 1);
    assert_int_equal(fixture->sent->len, 1);
    assert_non_null(strstr(fixture->sent->pdata[0], id));
    look(fixture, 1);
    assert_int_equal(fixture->sent->len, 1);
    fixture->refuse = true;
    look(fixture, 60);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 1);
}

static void
test_in_junk(void **state)
{
    Fixture *fixture = *state;

    look(fixture, 0);
    come_back(fixture, &fixture->junk);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY_JUNK), 1);
    look(fixture, 16);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY), 1);
    look(fixture, 45);
    come_back(fixture, &fixture->mailbox);
    assert_int_equal(troubles(fixture, DAEMON_TROUBLE_CANARY_JUNK), 0);
}

static void
test_never(void **state)
{
    Fixture *fixture = *state;

    fixture->mailbox.canary_interval = 0;
    look(fixture, 0);
    assert_int_equal(fixture->sent->len, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_every_hour), TEST(test_the_mail), TEST(test_lost),  TEST(test_restarted),
        TEST(test_relay_down), TEST(test_in_junk),  TEST(test_never),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
