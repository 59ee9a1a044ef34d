/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-figures.c - a month's counts and times, reckoned by hand beside; how full
 * a disk may be.
 *
 * Source:   doc/review.md, "Figures", "Health"
 */
#include "config.h"

#include "daemon/consultation.h"
#include "daemon/figures.h"
#include "daemon/health.h"
#include "spool/contact.h"
#include "spool/overview.h"
#include "spool/task.h"
#include "tests/unit/spool-help.h"

static TemplatesCalendar *
london(void)
{
    TemplatesCalendar *calendar = NULL;

    assert_ok(templates_calendar_load(NULL, "Europe/London", NULL, &calendar, &error));
    return calendar;
}

static gint64
at(const char *text)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);

    assert_non_null(time);
    return g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

static guint
percentile(guint n, const guint *values, guint percent)
{
    g_autoptr(GArray) minutes = g_array_new(FALSE, FALSE, sizeof(guint));

    g_array_append_vals(minutes, values, n);
    return daemon_figures_percentile(minutes, percent);
}

static void
test_percentile(void **state)
{
    const guint one[] = {7}, two[] = {9, 3}, ten[] = {10, 1, 9, 2, 8, 3, 7, 4, 6, 5};

    (void)state;
    assert_int_equal(percentile(0, one, 50), 0);
    assert_int_equal(percentile(1, one, 50), 7);
    assert_int_equal(percentile(1, one, 90), 7);
    assert_int_equal(percentile(2, two, 50), 3);
    assert_int_equal(percentile(2, two, 90), 9);
    assert_int_equal(percentile(10, ten, 50), 5);
    assert_int_equal(percentile(10, ten, 90), 9);
    assert_int_equal(percentile(10, ten, 100), 10);
}

static void
test_months(void **state)
{
    static const char *const wrong[] = {"",        "2026",    "2026-00", "2026-13", "2026-1",
                                        "1999-12", "2026-1x", "+026-01", "2026-010"};
    g_autoptr(TemplatesCalendar) calendar = london();
    DaemonFiguresMonth month = {0, 0};

    (void)state;
    assert_false(daemon_figures_month_parse(NULL, &month));
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        assert_false(daemon_figures_month_parse(wrong[i], &month));
    assert_true(daemon_figures_month_parse("2026-07", &month));
    assert_int_equal(month.year, 2026);
    assert_int_equal(month.month, 7);
    assert_true(daemon_figures_month_begins(calendar, month) == at("2026-06-30T23:00:00"));
    month = daemon_figures_month_add((DaemonFiguresMonth){2026, 12}, 1);
    assert_int_equal(month.year * 100 + month.month, 202701);
    month = daemon_figures_month_add((DaemonFiguresMonth){2026, 1}, -1);
    assert_int_equal(month.year * 100 + month.month, 202512);
    assert_true(daemon_figures_month_begins(calendar, month) == at("2025-12-01T00:00:00"));
}

/* Monday 2 March 2026: nine o'clock until ten is an hour; Friday to Monday is not a weekend. */
static void
test_counts_and_times(void **state)
{
    g_autoptr(TemplatesCalendar) calendar = london();
    SpoolFigure rows[] = {
        {(char *)"lado", (char *)"person", (char *)"accept", at("2026-03-02T09:00:00"),
         at("2026-03-02T10:00:00"), at("2026-03-02T11:00:00"), 0, true},
        {(char *)"lado", (char *)"person", (char *)"redirect", at("2026-03-06T16:30:00"),
         at("2026-03-09T09:00:00"), 0, at("2026-03-10T09:30:00"), false},
        {(char *)"lado", (char *)"bounce", (char *)"ignore", at("2026-03-02T09:00:00"), 0, 0, 0,
         false},
        {(char *)DAEMON_CONSULTATION_MAILBOX, (char *)"person", (char *)"accept",
         at("2026-03-02T09:00:00"), at("2026-03-05T09:00:00"), 0, 0, false},
    };
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_auto(DaemonFigures) figures = {0};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_ptr_array_add(list, &rows[i]);
    daemon_figures_make(list, calendar, &figures);
    assert_int_equal(figures.all, 4);
    assert_int_equal(figures.kinds->len, 3);
    const DaemonFiguresKind *person = figures.kinds->pdata[2];

    assert_string_equal(person->kind, "person");
    assert_int_equal(person->all, 2);
    assert_int_equal(person->urgent, 1);
    assert_int_equal(person->outcomes[0], 1);
    assert_int_equal(person->outcomes[2], 1);
    assert_int_equal(figures.view.count, 2);
    assert_int_equal(figures.view.median, 60);
    assert_int_equal(figures.view.ninety, 60);
    assert_int_equal(figures.view.in_a_day, 2);
    assert_int_equal(figures.decision.median, 120);
    assert_int_equal(figures.decision.ninety, 30 + 510 + 60);
    assert_int_equal(figures.decision.in_a_day, 1);
    g_autofree char *csv = daemon_figures_csv(&figures, (DaemonFiguresMonth){2026, 3});

    assert_true(g_str_has_prefix(csv, "2026-03,,\r\n\"all\",\"\",4\r\n"));
    assert_non_null(strstr(csv, "\"person\",\"redirect\",1\r\n"));
    assert_non_null(strstr(csv, "\"time to decision\",\"within one working day\",1\r\n"));
}

static void
test_disk(void **state)
{
    const guint64 gib = G_GUINT64_CONSTANT(1) << 30;

    (void)state;
    assert_int_equal(daemon_health_disk(50 * gib, 100 * gib), DAEMON_HEALTH_GOOD);
    assert_int_equal(daemon_health_disk(6 * gib, 100 * gib), DAEMON_HEALTH_GOOD);
    assert_int_equal(daemon_health_disk(4 * gib, 100 * gib), DAEMON_HEALTH_LOOK);
    assert_int_equal(daemon_health_disk(gib, 100 * gib), DAEMON_HEALTH_BAD);
    assert_int_equal(daemon_health_disk(gib - 1, 2 * gib), DAEMON_HEALTH_BAD);
    assert_int_equal(daemon_health_disk(0, 0), DAEMON_HEALTH_BAD);
}

/* A mailbox that has never answered is something to look at: perhaps no daemon runs. */
static void
test_never_answered(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();
    g_autoptr(TemplatesCalendar) calendar = london();
    g_autoptr(GPtrArray) before = NULL, after = NULL;
    const DaemonMailbox *mailbox = settings->mailboxes->pdata[0];

    g_free(settings->spool_url);
    settings->spool_url = g_strdup(spool->url);
    const DaemonHealthWith with = {settings, spool->db, calendar, SPOOL_OVERVIEW_ALL};

    assert_ok(daemon_health_get(&with, &before, &error));
    assert_int_equal(((DaemonHealthRow *)before->pdata[0])->state, DAEMON_HEALTH_LOOK);
    assert_ok(spool_contact_note(spool->db, mailbox->name, &error));
    assert_ok(daemon_health_get(&with, &after, &error));
    assert_int_equal(((DaemonHealthRow *)after->pdata[0])->state, DAEMON_HEALTH_GOOD);
}

/* What waits in a spool of two mails, one decided. */
static void
test_overview(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    const SpoolOverviewSpan one = {1, 0, 1}, two = {1, 0, 2};
    SpoolOverview overview;
    g_autoptr(GArray) open = NULL, none = NULL;
    g_autoptr(GPtrArray) figures = NULL;

    g_free(help_decide(spool->db, 1, &decision));
    (void)help_put(spool->db, 2, 100);
    assert_ok(spool_overview_get(spool->db, SPOOL_OVERVIEW_ALL, &overview, &error));
    assert_int_equal(overview.undecided, 1);
    assert_true(overview.oldest_undecided == 2);
    assert_int_equal(overview.replies, 1);
    assert_true(overview.oldest_reply > 0);
    assert_int_equal(overview.tasks, 0);
    assert_ok(spool_overview_open_items(spool->db, &two, 10, &open, &error));
    assert_int_equal(open->len, 1);
    assert_ok(spool_overview_open_items(spool->db, &one, 10, &none, &error));
    assert_int_equal(none->len, 0);
    assert_ok(spool_overview_figures(spool->db, &two, &figures, &error));
    assert_int_equal(figures->len, 1);
    assert_string_equal(((SpoolFigure *)figures->pdata[0])->outcome, "accept");
}

/* Who is not named on a restricted item learns nothing of it from any count. */
static void
test_restricted(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    const SpoolTask task = {.what = (char *)"bounced", .mail_id = 1, .detail = (char *)""};

    g_free(help_decide(spool->db, 1, &decision));
    assert_ok(spool_task_open(spool->db, &task, NULL, &error));
    help_tamper(spool->db, "INSERT INTO account (id, name, shown, roles, made)"
                           " VALUES (1, 'a', 'A', '', 0), (2, 'b', 'B', '', 0);"
                           "UPDATE item SET restricted = 1;"
                           "INSERT INTO item_reader (record_id, account_id) VALUES (1, 1)");
    for (gint64 account = SPOOL_OVERVIEW_ALL; account <= 2; account++) {
        const SpoolOverviewSpan span = {account, 0, 2};
        const guint wanted = account == 0 || account == 2 ? 0 : 1;
        SpoolOverview overview;
        g_autoptr(GArray) open = NULL;
        g_autoptr(GPtrArray) figures = NULL;

        assert_ok(spool_overview_get(spool->db, account, &overview, &error));
        assert_int_equal(overview.tasks, wanted);
        assert_ok(spool_overview_open_items(spool->db, &span, 10, &open, &error));
        assert_int_equal(open->len, wanted);
        assert_ok(spool_overview_figures(spool->db, &span, &figures, &error));
        assert_int_equal(figures->len, wanted);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentile),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_counts_and_times),
        cmocka_unit_test(test_disk),
        cmocka_unit_test_setup_teardown(test_never_answered, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_overview, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_restricted, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
