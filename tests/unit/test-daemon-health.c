/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-health.c - what is told of the cage, on a whole kernel and on a lesser,
 * and of the log-ins that are used.
 *
 * The lesser kernel is a filter of system calls in a child, under which this kernel knows no
 * Landlock either.
 *
 * Source:   doc/process-model.md, "The cage"; doc/review.md, "Health"
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/health.h"
#include "daemon/parser.h"
#include "parsers/cage.h"
#include "spool/expiry.h"
#include "tests/unit/parser-help.h"
#include "tests/unit/spool-help.h"

#define DAY (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)

/* From here on this process and its children live on a kernel without Landlock. */
static bool
lose_landlock(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    const bool lost = filter != NULL && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                      seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
                                       SCMP_SYS(landlock_create_ruleset), 0) == 0 &&
                      seccomp_load(filter) == 0;

    if (filter != NULL)
        seccomp_release(filter);
    return lost;
}

/* Read a mail in a process of its own, twice if need be. */
static bool
read_a_mail(void)
{
    g_autofree char *path = daemon_parser_program(DAEMON_PARSER_WORDS);
    g_autoptr(GBytes) definitions = NULL;
    g_autoptr(GBytes) raw = g_bytes_new_static("Subject: x\n\nHello\n", 18);
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(DaemonParser) parser = NULL;

    if (!daemon_parser_definitions(NULL, &definitions, NULL))
        return false;
    parser = daemon_parser_new(&(DaemonParserSettings){
        .program = path, .definitions = definitions, .timeout_s = 20, .memory_mib = 128});
    return help_read(parser, raw, &findings, NULL);
}

static bool
read_two_mails(void)
{
    return read_a_mail() && read_a_mail();
}

/* The row of the cage. */
static bool
print_health(void)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const DaemonSettings settings = {
        .spool_url = (char *)"postgresql:", .mailboxes = none, .oauths = none};
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(GPtrArray) rows = NULL;
    Spool *spool = NULL;
    bool good;

    (void)help_setup((void **)&spool);
    good =
        templates_calendar_load(NULL, "Europe/London", NULL, &calendar, NULL) &&
        daemon_health_get(&(DaemonHealthWith){&settings, spool->db, calendar, SPOOL_OVERVIEW_ALL},
                          &rows, NULL);
    (void)help_teardown((void **)&spool);
    for (guint i = 0; good && i < rows->len; i++) {
        const DaemonHealthRow *row = rows->pdata[i];

        if (g_str_equal(row->what, "The cage"))
            g_printerr("%s: %s\n", daemon_health_word(row->state), row->says);
    }
    return good;
}

/* What the deed writes to standard error, in a child with or without Landlock; the caller frees. */
static char *
said_by(bool (*deed)(void), bool landlock)
{
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("postern-said-XXXXXX", &path, NULL);
    const pid_t child = fork();
    char *said = NULL;
    int status = -1;

    if (child == 0)
        _exit(dup2(fd, STDERR_FILENO) >= 0 && (landlock || lose_landlock()) && deed() ? 0 : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(fd);
    assert_true(g_file_get_contents(path, &said, NULL, NULL));
    assert_int_equal(g_unlink(path), 0);
    if (status != 0)
        fail_msg("status %d: %s", status, said);
    return said;
}

/* However many parsers are started, the log has it once. */
static void
test_log_without(void **fixture)
{
    g_autofree char *said = said_by(read_two_mails, false);
    const char *first = strstr(said, "this kernel has no Landlock");

    (void)fixture;
    assert_non_null(first);
    assert_null(strstr(first + 1, "this kernel"));
}

static void
test_health_without(void **fixture)
{
    g_autofree char *said = said_by(print_health, false);

    (void)fixture;
    assert_true(g_str_has_prefix(said, "look: "));
    assert_non_null(strstr(said, "this kernel has no Landlock"));
}

/* A whole cage is nothing to talk of. */
static void
test_with(void **fixture)
{
    (void)fixture;
    if (parsers_cage_lacks() != NULL) {
        print_message("SKIP this kernel has no Landlock\n");
        skip();
    }
    g_autofree char *log = said_by(read_two_mails, true);
    g_autofree char *health = said_by(print_health, true);

    assert_string_equal(log, "");
    assert_true(g_str_has_prefix(health, "good: "));
}

/* The other walls stand: a child that opens a socket is ended, as with Landlock. */
static bool
stand_behind_the_rest(void)
{
    g_autoptr(ParsersCage) cage = parsers_cage_new(NULL);
    pid_t child;
    int status = -1;

    if (cage == NULL || !parsers_cage_enter(cage, NULL))
        return false;
    if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES)
        return false;
    child = fork();
    if (child == 0)
        _exit(socket(AF_INET, SOCK_STREAM, 0) < 0 ? 1 : 0);
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

static void
test_rest_stands(void **fixture)
{
    g_autofree char *said = said_by(stand_behind_the_rest, false);

    (void)fixture;
    assert_string_equal(said, "");
}

typedef struct {
    Spool *spool;
    DaemonOauth key, secret, unused;
    DaemonSettings settings;
    TemplatesCalendar *calendar;
} Fixture;

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    DaemonSettings *settings = &fixture->settings;

    help_setup((void **)&fixture->spool);
    fixture->key = (DaemonOauth){.name = (char *)"key", .key_file = (char *)"/nowhere/app.key"};
    fixture->secret = (DaemonOauth){.name = (char *)"secret"};
    fixture->unused = (DaemonOauth){.name = (char *)"unused"};
    settings->oauths = g_ptr_array_new();
    g_ptr_array_add(settings->oauths, &fixture->key);
    g_ptr_array_add(settings->oauths, &fixture->secret);
    g_ptr_array_add(settings->oauths, &fixture->unused);
    settings->mailboxes = g_ptr_array_new();
    settings->smtp_oauth = (char *)"key";
    settings->spool_url = fixture->spool->url;
    assert_ok(templates_calendar_load(NULL, "Europe/London", NULL, &fixture->calendar, &error));
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    templates_calendar_free(fixture->calendar);
    g_ptr_array_unref(fixture->settings.oauths);
    g_ptr_array_unref(fixture->settings.mailboxes);
    help_teardown((void **)&fixture->spool);
    g_free(fixture);
    return 0;
}

/* The log-in of that name must be shown in that state, with those words in it; no words: not shown
 * at all. */
static void
shows(const Fixture *fixture, const char *name, DaemonHealthState state, const char *words)
{
    g_autofree char *what = g_strconcat("Log-in ", name, NULL);
    g_autoptr(GPtrArray) rows = NULL;
    const DaemonHealthWith with = {&fixture->settings, fixture->spool->db, fixture->calendar,
                                   SPOOL_OVERVIEW_ALL};
    const DaemonHealthRow *found = NULL;

    assert_ok(daemon_health_get(&with, &rows, &error));
    for (guint i = 0; i < rows->len; i++)
        if (g_str_equal(((const DaemonHealthRow *)rows->pdata[i])->what, what))
            found = rows->pdata[i];
    assert_int_equal(found != NULL, words != NULL);
    if (found == NULL)
        return;
    if (strstr(found->says, words) == NULL)
        fail_msg("%s", found->says);
    assert_int_equal(found->state, state);
}

static void
note(const Fixture *fixture, const char *login, gint64 left)
{
    const SpoolExpiry expiry = {login, "courier@here", spool_now() + left + DAY / 2, spool_now()};

    assert_ok(spool_expiry_note(fixture->spool->db, &expiry, &error));
}

static void
test_certificate(void **state)
{
    const Fixture *fixture = *state;

    shows(fixture, "key", DAEMON_HEALTH_UNKNOWN, "When its certificate ends has not been noted.");
    note(fixture, "key", 300 * DAY);
    shows(fixture, "key", DAEMON_HEALTH_GOOD, "The certificate is good until 20");
    note(fixture, "key", 23 * DAY);
    shows(fixture, "key", DAEMON_HEALTH_LOOK, "The certificate ends in 23 days (20");
    note(fixture, "key", 2 * DAY);
    shows(fixture, "key", DAEMON_HEALTH_BAD, "The certificate ends in 2 days (20");
    note(fixture, "key", -2 * DAY);
    shows(fixture, "key", DAEMON_HEALTH_BAD, "The certificate ended on 20");
}

static void
test_secret(void **state)
{
    Fixture *fixture = *state;
    const DaemonMailbox mailbox = {.name = (char *)"lado", .oauth = (char *)"secret"};

    g_ptr_array_add(fixture->settings.mailboxes, (gpointer)&mailbox);
    shows(fixture, "secret", DAEMON_HEALTH_UNKNOWN, "say it in secret-ends");
    fixture->secret.secret_ends = spool_now() + 3 * DAY;
    note(fixture, "secret", 3 * DAY);
    shows(fixture, "secret", DAEMON_HEALTH_BAD, "The secret ends in 3 days (20");
}

static void
test_unused(void **state)
{
    const Fixture *fixture = *state;

    shows(fixture, "unused", DAEMON_HEALTH_GOOD, NULL);
    shows(fixture, "secret", DAEMON_HEALTH_GOOD, NULL);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_without),
        cmocka_unit_test(test_health_without),
        cmocka_unit_test(test_with),
        cmocka_unit_test(test_rest_stands),
        TEST(test_certificate),
        TEST(test_secret),
        TEST(test_unused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
