/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/figures.c - what a month came to, in numbers and without names.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Figures"; RFC 4180
 */
#include "config.h"

#include <string.h>

#include "daemon/consultation.h"
#include "daemon/figures.h"
#include "daemon/review-age.h"
#include "daemon/safe-text.h"
#include "spool/overview.h"

#define CONSULTATION "consultation"

const char *const daemon_figures_outcomes[] = {"accept", "hold", "redirect", "attach", "ignore"};
G_STATIC_ASSERT(G_N_ELEMENTS(daemon_figures_outcomes) == DAEMON_FIGURES_OUTCOMES);

bool
daemon_figures_month_parse(const char *text, DaemonFiguresMonth *out_month)
{
    if (text == NULL || strlen(text) != 7 ||
        !g_regex_match_simple("\\A2[01]\\d\\d-\\d\\d\\z", text, 0, 0))
        return false;
    int month = (int)g_ascii_strtoll(text + 5, NULL, 10);

    if (month < 1 || month > 12)
        return false;
    *out_month = (DaemonFiguresMonth){(int)g_ascii_strtoll(text, NULL, 10), month};
    return true;
}

DaemonFiguresMonth
daemon_figures_month_add(DaemonFiguresMonth month, int months)
{
    int all = month.year * 12 + month.month - 1 + months;

    return (DaemonFiguresMonth){all / 12, all % 12 + 1};
}

gint64
daemon_figures_month_begins(const TemplatesCalendar *calendar, DaemonFiguresMonth month)
{
    g_autoptr(GDateTime) any = templates_calendar_local(calendar, 0);
    g_autoptr(GDateTime) first =
        g_date_time_new(g_date_time_get_timezone(any), month.year, month.month, 1, 0, 0, 0);

    return g_date_time_to_unix(first) * G_USEC_PER_SEC;
}

static void
free_kind(gpointer data)
{
    DaemonFiguresKind *kind = data;

    g_free(kind->kind);
    g_free(kind);
}

void
daemon_figures_clear(DaemonFigures *figures)
{
    g_clear_pointer(&figures->kinds, g_ptr_array_unref);
}

static DaemonFiguresKind *
find_kind(GPtrArray *kinds, const char *name)
{
    DaemonFiguresKind *kind;

    for (guint i = 0; i < kinds->len; i++) {
        kind = kinds->pdata[i];
        if (strcmp(kind->kind, name) == 0)
            return kind;
    }
    kind = g_new0(DaemonFiguresKind, 1);
    kind->kind = g_strdup(name);
    g_ptr_array_add(kinds, kind);
    return kind;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp((*(DaemonFiguresKind *const *)a)->kind, (*(DaemonFiguresKind *const *)b)->kind);
}

static void
count(DaemonFigures *figures, const SpoolFigure *row, bool consultation)
{
    DaemonFiguresKind *kind = find_kind(figures->kinds, consultation ? CONSULTATION : row->kind);

    figures->all++;
    kind->all++;
    kind->urgent += row->urgent ? 1 : 0;
    for (guint i = 0; i < DAEMON_FIGURES_OUTCOMES; i++)
        kind->outcomes[i] += strcmp(row->outcome, daemon_figures_outcomes[i]) == 0 ? 1 : 0;
}

static void
add_time(const TemplatesCalendar *calendar, gint64 from, gint64 to, GArray *minutes)
{
    guint age;

    if (to == 0)
        return;
    age = daemon_review_age(calendar, from, to);
    g_array_append_val(minutes, age);
}

static int
by_size(gconstpointer a, gconstpointer b)
{
    guint left = *(const guint *)a, right = *(const guint *)b;

    return left < right ? -1 : left > right;
}

guint
daemon_figures_percentile(GArray *minutes, guint percent)
{
    guint rank = (minutes->len * percent + 99) / 100;

    if (minutes->len == 0)
        return 0;
    g_array_sort(minutes, by_size);
    return g_array_index(minutes, guint, MAX(rank, 1) - 1);
}

static DaemonFiguresTimes
times(GArray *minutes)
{
    DaemonFiguresTimes times = {.count = minutes->len,
                                .median = daemon_figures_percentile(minutes, 50),
                                .ninety = daemon_figures_percentile(minutes, 90)};

    for (guint i = 0; i < minutes->len; i++)
        times.in_a_day += g_array_index(minutes, guint, i) <= DAEMON_REVIEW_DAY_MINUTES ? 1 : 0;
    return times;
}

/* What somebody closed without a word on its outcome is decided then. */
static gint64
decided(const SpoolFigure *row)
{
    if (row->settled != 0 && row->closed != 0)
        return MIN(row->settled, row->closed);
    return row->settled != 0 ? row->settled : row->closed;
}

void
daemon_figures_make(const GPtrArray *rows, const TemplatesCalendar *calendar,
                    DaemonFigures *out_figures)
{
    g_autoptr(GArray) views = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) decisions = g_array_new(FALSE, FALSE, sizeof(guint));

    *out_figures = (DaemonFigures){.kinds = g_ptr_array_new_with_free_func(free_kind)};
    for (guint i = 0; i < rows->len; i++) {
        const SpoolFigure *row = rows->pdata[i];
        bool consultation = strcmp(row->mailbox, DAEMON_CONSULTATION_MAILBOX) == 0;

        count(out_figures, row, consultation);
        if (consultation)
            continue;
        add_time(calendar, row->received, row->viewed, views);
        add_time(calendar, row->received, decided(row), decisions);
    }
    g_ptr_array_sort(out_figures->kinds, by_name);
    out_figures->view = times(views);
    out_figures->decision = times(decisions);
}

static void
csv_line(GString *csv, const char *what, const char *which, guint value)
{
    g_autofree char *first = daemon_safe_csv(what), *second = daemon_safe_csv(which);

    g_string_append_printf(csv, "%s,%s,%u\r\n", first, second, value);
}

static void
csv_times(GString *csv, const char *what, const DaemonFiguresTimes *times)
{
    csv_line(csv, what, "count", times->count);
    csv_line(csv, what, "median minutes of working hours", times->median);
    csv_line(csv, what, "90 % minutes of working hours", times->ninety);
    csv_line(csv, what, "within one working day", times->in_a_day);
}

char *
daemon_figures_csv(const DaemonFigures *figures, DaemonFiguresMonth month)
{
    GString *csv = g_string_new(NULL);

    g_string_append_printf(csv, "%04d-%02d,,\r\n", month.year, month.month);
    csv_line(csv, "all", "", figures->all);
    for (guint i = 0; i < figures->kinds->len; i++) {
        const DaemonFiguresKind *kind = figures->kinds->pdata[i];

        csv_line(csv, kind->kind, "all", kind->all);
        csv_line(csv, kind->kind, "urgent", kind->urgent);
        for (guint o = 0; o < DAEMON_FIGURES_OUTCOMES; o++)
            csv_line(csv, kind->kind, daemon_figures_outcomes[o], kind->outcomes[o]);
    }
    csv_times(csv, "time to first view", &figures->view);
    csv_times(csv, "time to decision", &figures->decision);
    return g_string_free(csv, FALSE);
}
