/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-intake-commit.c - several decisions in one commit: all of them or none,
 * and one that fails costs no other mail its decision.
 *
 * Runs in:  make check.
 * Source:   daemon/intake-commit.h
 */
#include "tests/unit/case-help.h"
#include "tests/unit/spool-help.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/intake-commit.h"

#define MAILS 5u

typedef struct {
    Spool *spool;
    DaemonSettings *settings;
    GPtrArray *mails;
    guint between; /* how often others were let in */
} Fixture;

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    help_setup((void **)&fixture->spool);
    fixture->settings = daemon_settings_embedded();
    bench_set(&fixture->settings->message_id_domain, "intake.council.example");
    fixture->mails = g_ptr_array_new_with_free_func((GDestroyNotify)daemon_intake_mail_free);
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    help_teardown((void **)&fixture->spool);
    daemon_settings_free(fixture->settings);
    g_ptr_array_unref(fixture->mails);
    g_free(fixture);
    return 0;
}

/* A parent's mail that gets a record and an answer. */
static ParsersFindings *
findings_of(guint number)
{
    ParsersFindings *findings = parsers_findings_new();
    g_autofree char *from = g_strdup_printf("p%u@private.example", number);

    bench_set(&findings->from_address, from);
    bench_set(&findings->return_path, from);
    bench_set(&findings->message_id, from);
    bench_set(&findings->text, "Some words.");
    findings->has_return_path = true;
    findings->from_count = 1;
    g_ptr_array_add(findings->recipients, g_strdup("lado@postern.invalid"));
    return findings;
}

/* Mails that were claimed and read. */
static void
read_mails(Fixture *fixture)
{
    g_autoptr(GArray) claims = NULL;

    for (guint i = 1; i <= MAILS; i++)
        (void)help_put(fixture->spool->db, i, 100);
    assert_ok(spool_message_claim(fixture->spool->db, "test", MAILS, 60, &claims, &error));
    assert_int_equal(claims->len, MAILS);
    for (guint i = 0; i < MAILS; i++) {
        DaemonIntakeMail *mail = daemon_intake_mail_new(&g_array_index(claims, SpoolClaim, i));

        mail->findings = findings_of(i + 1);
        g_ptr_array_add(fixture->mails, mail);
    }
}

static void
count_between(void *data)
{
    ((Fixture *)data)->between++;
}

static DaemonIntakeDesk
desk_of(Fixture *fixture)
{
    return (DaemonIntakeDesk){fixture->settings, fixture->spool->db, count_between, fixture};
}

/* Each decided mail has one record, one entry of the audit, and one answer. */
static void
assert_decided(Fixture *fixture, guint wanted)
{
    SpoolDb *db = fixture->spool->db;
    guint64 entries = 0;

    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM mail WHERE decided IS NOT NULL"),
                     wanted);
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM record WHERE action <> 'in the way'"),
                     wanted);
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM item"), wanted);
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM outbox"), wanted);
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM arrival WHERE place = 'due'"), wanted);
    assert_int_equal(help_number(db, "SELECT COUNT(*) FROM audit WHERE act = 'decided'"), wanted);
    assert_ok(spool_audit_verify(db, &entries, &error));
}

static void
test_together(void **state)
{
    Fixture *fixture = *state;
    DaemonIntakeDesk desk = desk_of(fixture);

    read_mails(fixture);
    assert_ok(daemon_intake_commit(&desk, fixture->mails, &error));
    assert_int_equal(fixture->mails->len, 0);
    assert_int_equal(fixture->between, MAILS);
    assert_decided(fixture, MAILS);
}

/* A mail that another node has taken meanwhile is dropped; the others are decided. */
static void
test_one_is_gone(void **state)
{
    Fixture *fixture = *state;
    DaemonIntakeDesk desk = desk_of(fixture);

    read_mails(fixture);
    help_tamper(fixture->spool->db, "UPDATE mail SET token = token + 1 WHERE id = 3");
    assert_ok(daemon_intake_commit(&desk, fixture->mails, &error));
    assert_int_equal(fixture->mails->len, 0);
    assert_decided(fixture, MAILS - 1);
}

/* One whose decision cannot be written undoes all, and then stands alone. */
static void
test_one_fails(void **state)
{
    Fixture *fixture = *state;
    DaemonIntakeDesk desk = desk_of(fixture);
    const DaemonIntakeMail *left;

    read_mails(fixture);
    help_tamper(fixture->spool->db,
                "INSERT INTO record (mail_id, action, reply, kind, sender, urgent, at, sealed)"
                " SELECT id, 'in the way', '', '', '', 0, 0, content FROM mail WHERE id = 3");
    assert_fails(daemon_intake_commit(&desk, fixture->mails, &error), SPOOL_ERROR_STATE);
    assert_decided(fixture, 2);
    assert_int_equal(fixture->mails->len, MAILS - 2);
    left = fixture->mails->pdata[0];
    assert_int_equal(left->claim.id, 3);
    /* Neither it nor those behind it are lost: once the cause is gone, they are decided. */
    help_tamper(fixture->spool->db, "DELETE FROM record WHERE action = 'in the way'");
    assert_ok(daemon_intake_commit(&desk, fixture->mails, &error));
    assert_decided(fixture, MAILS);
}

static void
die(void *data)
{
    Fixture *fixture = data;

    if (++fixture->between == 3)
        raise(SIGKILL);
}

/* Killed after some decisions were written and before the commit: nothing of any is left, and all
 * can be decided anew. */
static void
test_killed(void **state)
{
    Fixture *fixture = *state;
    DaemonIntakeDesk desk = desk_of(fixture);
    int status = 0;
    pid_t child;

    read_mails(fixture);
    help_close(fixture->spool);
    child = fork();
    if (child == 0) {
        help_open(fixture->spool);
        desk.db = fixture->spool->db;
        desk.between = die;
        (void)daemon_intake_commit(&desk, fixture->mails, NULL);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    help_open(fixture->spool);
    assert_decided(fixture, 0);
    desk = desk_of(fixture);
    assert_ok(daemon_intake_commit(&desk, fixture->mails, &error));
    assert_decided(fixture, MAILS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_together, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_is_gone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_fails, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed, setup, teardown),
    };

    return cmocka_run_group_tests_name("daemon/intake-commit.c", tests, NULL, NULL);
}
