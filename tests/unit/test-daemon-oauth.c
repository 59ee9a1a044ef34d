/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-oauth.c - a role that runs for long says once a day that its secret ends.
 *
 * Runs in:  make check.
 * Source:   daemon/oauth.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include <fcntl.h>
#include <unistd.h>

#include "daemon/oauth.h"
#include "spool/expiry.h"

#define HOUR (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
#define ENDS (1000 * DAY)

typedef struct {
    Spool *spool;
    DaemonOauth oauth;
    DaemonTokens *tokens;
    char *secret, *log;
} Fixture;

static int
setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    help_setup((void **)&fixture->spool);
    fixture->secret = g_build_filename(fixture->spool->folder, "secret", NULL);
    fixture->log = g_build_filename(fixture->spool->folder, "log", NULL);
    assert_true(g_file_set_contents(fixture->secret, "hush\n", -1, NULL));
    fixture->oauth = (DaemonOauth){
        .name = (char *)"cloud", .client_secret_file = fixture->secret, .secret_ends = ENDS};
    assert_ok(daemon_tokens_new(&fixture->oauth, "courier@here", &fixture->tokens, &error));
    *state = fixture;
    return 0;
}

static int
teardown(void **state)
{
    Fixture *fixture = *state;

    daemon_tokens_free(fixture->tokens);
    assert_int_equal(g_unlink(fixture->secret), 0);
    (void)g_unlink(fixture->log);
    help_teardown((void **)&fixture->spool);
    g_free(fixture->secret);
    g_free(fixture->log);
    g_free(fixture);
    return 0;
}

/* Whether the log said anything, at that time. */
static bool
tells(const Fixture *fixture, gint64 now)
{
    int old = dup(STDERR_FILENO);
    int log = open(fixture->log, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    g_autofree char *text = NULL;

    assert_true(old >= 0 && log >= 0 && dup2(log, STDERR_FILENO) >= 0);
    daemon_tokens_look(fixture->tokens, fixture->spool->db, now);
    dup2(old, STDERR_FILENO);
    close(old);
    close(log);
    assert_true(g_file_get_contents(fixture->log, &text, NULL, NULL));
    assert_null(strstr(text, "hush"));
    if (text[0] != '\0' && strstr(text, "[oauth cloud]: its secret end") == NULL)
        fail_msg("%s", text);
    return text[0] != '\0';
}

static gint64
noted(const Fixture *fixture)
{
    gint64 ends = 0;

    assert_ok(spool_expiry_get(fixture->spool->db, "cloud", &ends, &error));
    return ends;
}

static void
test_once_a_day(void **state)
{
    const Fixture *fixture = *state;
    gint64 now = ENDS - 50 * DAY;

    for (guint day = 0; day < 7; day++, now += DAY)
        assert_false(tells(fixture, now));
    now = ENDS - 41 * DAY;
    assert_true(tells(fixture, now));
    assert_false(tells(fixture, now + HOUR));
    assert_false(tells(fixture, now + DAY - 1));
    assert_true(tells(fixture, now + DAY));
    assert_false(tells(fixture, now + DAY + HOUR));
    assert_true(tells(fixture, ENDS + DAY));
    /* The clock was set right. */
    assert_true(tells(fixture, ENDS - DAY));
}

/* Whoever holds it says so all the time, as others are forgotten. */
static void
test_noted(void **state)
{
    Fixture *fixture = *state;
    gint64 now = ENDS - 100 * DAY;

    assert_int_equal(noted(fixture), 0);
    tells(fixture, now);
    assert_int_equal(noted(fixture), ENDS);
    help_tamper(fixture->spool->db, "DELETE FROM expiry");
    tells(fixture, now + HOUR - 1);
    assert_int_equal(noted(fixture), 0);
    tells(fixture, now + HOUR);
    assert_int_equal(noted(fixture), ENDS);
}

static void
test_unknown(void **state)
{
    Fixture *fixture = *state;

    fixture->oauth.secret_ends = 0;
    assert_false(tells(fixture, ENDS + DAY));
    assert_int_equal(noted(fixture), 0);
    daemon_tokens_look(NULL, fixture->spool->db, ENDS);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {TEST(test_once_a_day), TEST(test_noted), TEST(test_unknown)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
