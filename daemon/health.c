/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/health.c - whether everything goes as it should, and what cannot be known.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Health"
 */
#include "config.h"

#include <string.h>
#include <sys/statvfs.h>

#include "daemon/health.h"
#include "daemon/oauth-expiry.h"
#include "daemon/review-age.h"
#include "daemon/settings-check.h"
#include "daemon/start.h"
#include "daemon/trouble.h"
#include "parsers/cage.h"
#include "spool/canary.h"
#include "spool/contact.h"
#include "spool/expiry.h"

#define MINUTE (G_GINT64_CONSTANT(60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define SILENT_MIN (15 * MINUTE) /* a mailbox that has not answered for so long is out of reach */
#define UNDECIDED_MIN (15 * MINUTE)
#define UNSENT_MIN HOUR
#define LATE_MAX 1000u
#define GIB (G_GUINT64_CONSTANT(1) << 30)

/* What is being looked at, and what was found. */
typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    const TemplatesCalendar *calendar;
    gint64 account;
    gint64 now;
    GPtrArray *rows;
} Look;

static const char *const words[DAEMON_N_HEALTH] = {"good", "unknown", "look", "bad"};

const char *
daemon_health_word(DaemonHealthState state)
{
    return words[state];
}

void
daemon_health_row_free(DaemonHealthRow *row)
{
    if (row == NULL)
        return;
    g_free(row->what);
    g_free(row->says);
    g_free(row);
}

static void
free_row(gpointer row)
{
    daemon_health_row_free(row);
}

static void tell(Look *look, DaemonHealthState state, const char *what, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static void
tell(Look *look, DaemonHealthState state, const char *what, const char *format, ...)
{
    DaemonHealthRow *row = g_new0(DaemonHealthRow, 1);
    va_list args;

    row->state = state;
    row->what = g_strdup(what);
    va_start(args, format);
    row->says = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(look->rows, row);
}

/* "5 minutes", "3 hours", "2 days"; the caller frees. */
static char *
how_long(gint64 span)
{
    gint64 minutes = span / MINUTE;

    if (minutes < 120)
        return g_strdup_printf("%d minute%s", (int)minutes, minutes == 1 ? "" : "s");
    if (minutes < 48 * 60)
        return g_strdup_printf("%d hours", (int)(minutes / 60));
    return g_strdup_printf("%d days", (int)(minutes / (24 * 60)));
}

/* What is wrong with it, each in a row of its own. */
static bool
look_at_troubles(Look *look, const DaemonMailbox *mailbox, GError **error)
{
    g_autofree char *what = g_strconcat("Mailbox ", mailbox->name, NULL);
    g_autoptr(GPtrArray) troubles = NULL;

    if (!spool_trouble_list(look->db, mailbox->name, &troubles, error))
        return false;
    for (guint i = 0; i < troubles->len; i++) {
        const SpoolTrouble *trouble = troubles->pdata[i];
        const char *says = NULL;
        DaemonHealthState state = daemon_trouble_judge(trouble, &says);
        g_autofree char *since = how_long(look->now - trouble->since);

        if (state != DAEMON_HEALTH_GOOD)
            tell(look, state, what, "For %s: %s (%s, %u times).", since, says, trouble->what,
                 trouble->times);
    }
    return true;
}

/* Whether it is lost is told among what is wrong. */
static bool
look_at_canary(Look *look, const DaemonMailbox *mailbox, GError **error)
{
    g_autofree char *what = g_strconcat("Canary of ", mailbox->name, NULL);
    g_auto(SpoolCanary) canary = {0};

    if (mailbox->canary_interval == 0)
        return true;
    if (!spool_canary_get(look->db, mailbox->name, &canary, error))
        return false;
    g_autofree char *ago = how_long(look->now - MAX(canary.back, canary.began));

    if (canary.message_id == NULL)
        tell(look, DAEMON_HEALTH_UNKNOWN, what, "None has been sent yet.");
    else if (canary.back == 0)
        tell(look, DAEMON_HEALTH_GOOD, what, "It is under way, for %s.", ago);
    else
        tell(look, DAEMON_HEALTH_GOOD, what, "It came back %s ago, within %u s.", ago,
             (guint)((canary.back - canary.began) / G_USEC_PER_SEC));
    return true;
}

static bool
look_at_mailboxes(Look *look, GError **error)
{
    for (guint i = 0; i < look->settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = look->settings->mailboxes->pdata[i];
        g_autofree char *what = g_strconcat("Mailbox ", mailbox->name, NULL);
        gint64 silent_max = MAX(SILENT_MIN, 3 * (gint64)mailbox->poll_interval * G_USEC_PER_SEC);
        gint64 at = 0;

        if (!spool_contact_get(look->db, mailbox->name, &at, error))
            return false;
        g_autofree char *ago = how_long(look->now - at);

        if (at == 0)
            tell(look, DAEMON_HEALTH_LOOK, what,
                 "It has never answered. If Postern has just been started, look again in a minute; "
                 "else ask who looks after the server whether posternd runs, and what its log "
                 "says.");
        else
            tell(look, look->now - at > silent_max ? DAEMON_HEALTH_BAD : DAEMON_HEALTH_GOOD, what,
                 "It answered last %s ago.", ago);
        if (!look_at_troubles(look, mailbox, error) || !look_at_canary(look, mailbox, error))
            return false;
    }
    return true;
}

/* The roles say when what they hold ends: here nothing of it can be read, nor should it be. */
static bool
look_at_login(Look *look, const DaemonOauth *oauth, GError **error)
{
    g_autofree char *what = g_strconcat("Log-in ", oauth->name, NULL);
    g_autofree char *says = NULL;
    DaemonHealthState state;
    gint64 ends = 0;

    if (!spool_expiry_get(look->db, oauth->name, &ends, error))
        return false;
    if (oauth->key_file == NULL && oauth->secret_ends == 0) {
        tell(look, DAEMON_HEALTH_UNKNOWN, what,
             "When its secret ends is not known here: say it in secret-ends.");
    } else if (ends == 0) {
        tell(look, DAEMON_HEALTH_UNKNOWN, what,
             "When its %s ends has not been noted. If Postern has just been started, look again in "
             "a minute.",
             daemon_oauth_expiry_proof(oauth));
    } else {
        state = daemon_oauth_expiry_judge(oauth, ends, look->now, &says);
        tell(look, state, what, "The %s.", says);
    }
    return true;
}

static bool
look_at_logins(Look *look, GError **error)
{
    for (guint i = 0; i < look->settings->oauths->len; i++) {
        const DaemonOauth *oauth = look->settings->oauths->pdata[i];

        if (daemon_settings_uses_oauth(look->settings, oauth->name) &&
            !look_at_login(look, oauth, error))
            return false;
    }
    return true;
}

static void
tell_backlog(Look *look, const SpoolOverview *overview)
{
    g_autofree char *age = how_long(look->now - overview->oldest_undecided);
    g_autofree char *wait = how_long(look->now - overview->oldest_reply);

    if (overview->undecided == 0)
        tell(look, DAEMON_HEALTH_GOOD, "Mails to be decided", "None waits.");
    else
        tell(look,
             look->now - overview->oldest_undecided > UNDECIDED_MIN ? DAEMON_HEALTH_BAD
                                                                    : DAEMON_HEALTH_GOOD,
             "Mails to be decided", "%u wait, the oldest was received %s ago.", overview->undecided,
             age);
    if (overview->replies == 0)
        tell(look, DAEMON_HEALTH_GOOD, "Replies to be sent", "None waits.");
    else
        tell(look,
             look->now - overview->oldest_reply > UNSENT_MIN ? DAEMON_HEALTH_BAD
                                                             : DAEMON_HEALTH_GOOD,
             "Replies to be sent", "%u wait, the oldest for %s.", overview->replies, wait);
}

static void
tell_tasks(Look *look, const SpoolOverview *overview)
{
    if (overview->tasks == 0)
        tell(look, DAEMON_HEALTH_GOOD, "Tasks for people", "None is open.");
    else
        tell(look, DAEMON_HEALTH_LOOK, "Tasks for people", "%u open: see Not told.",
             overview->tasks);
    if (look->settings->export_webhook_url == NULL && overview->handovers == 0)
        return;
    tell(look,
         overview->handovers_failed > 0 || look->settings->export_webhook_url == NULL
             ? DAEMON_HEALTH_LOOK
             : DAEMON_HEALTH_GOOD,
         "Case system", "%u records wait to be handed over; %u could not be.", overview->handovers,
         overview->handovers_failed);
}

static bool
look_at_queue(Look *look, GError **error)
{
    g_autoptr(GArray) received = NULL;
    guint late = 0;

    /* Nothing younger than a working day by the clock can be late in working hours. */
    const SpoolOverviewSpan span = {.account = look->account,
                                    .before = look->now - DAEMON_REVIEW_DAY_MINUTES * MINUTE};

    if (!spool_overview_open_items(look->db, &span, LATE_MAX, &received, error))
        return false;
    for (guint i = 0; i < received->len; i++)
        late += daemon_review_age(look->calendar, g_array_index(received, gint64, i), look->now) >=
                        DAEMON_REVIEW_DAY_MINUTES
                    ? 1
                    : 0;
    if (late == 0)
        tell(look, DAEMON_HEALTH_GOOD, "Queue", "Nothing has waited for over a working day.");
    else
        tell(look, DAEMON_HEALTH_LOOK, "Queue", "%s%u items have waited for over a working day.",
             received->len == LATE_MAX ? "At least " : "", late);
    return true;
}

static void
look_at_holidays(Look *look)
{
    gint64 ends = templates_calendar_ends(look->calendar);
    g_autofree char *left = how_long(MAX(ends - look->now, 0));

    tell(look,
         ends < look->now + DAEMON_START_HOLIDAYS_WARN ? DAEMON_HEALTH_LOOK : DAEMON_HEALTH_GOOD,
         "Bank holidays",
         ends < look->now ? "The list has ended: replace holidays.json."
                          : "They are known for %s yet.",
         left);
}

DaemonHealthState
daemon_health_disk(guint64 free_bytes, guint64 all_bytes)
{
    if (free_bytes < GIB || free_bytes < all_bytes / 50)
        return DAEMON_HEALTH_BAD;
    return free_bytes < 5 * GIB && free_bytes < all_bytes / 10 ? DAEMON_HEALTH_LOOK
                                                               : DAEMON_HEALTH_GOOD;
}

static void
look_at_disk(Look *look)
{
    const char *url = look->settings->spool_url;
    g_autofree char *folder =
        g_str_has_prefix(url, "sqlite:") ? g_path_get_dirname(url + strlen("sqlite:")) : NULL;
    struct statvfs disk;

    if (folder == NULL || statvfs(folder, &disk) != 0) {
        tell(look, DAEMON_HEALTH_UNKNOWN, "Room on the disk",
             "It cannot be seen from here: ask who looks after the database.");
        return;
    }
    guint64 all = (guint64)disk.f_blocks * disk.f_frsize;
    guint64 room = (guint64)disk.f_bavail * disk.f_frsize;
    g_autofree char *text = g_format_size_full(room, G_FORMAT_SIZE_IEC_UNITS);

    tell(look, daemon_health_disk(room, all), "Room on the disk", "%s free, %u %%.", text,
         all > 0 ? (guint)(room * 100 / all) : 0);
}

static void
look_at_cage(Look *look)
{
    const char *lacks = parsers_cage_lacks();

    if (lacks == NULL)
        tell(look, DAEMON_HEALTH_GOOD, "The cage",
             "All that guards the reading of mails is there.");
    else
        tell(look, DAEMON_HEALTH_LOOK, "The cage",
             "Mails are read behind one wall less: %s. Ask who looks after the server.", lacks);
}

static bool
look_at_all(Look *look, GError **error)
{
    SpoolOverview overview;

    if (!look_at_mailboxes(look, error) || !look_at_logins(look, error) ||
        !spool_overview_get(look->db, look->account, &overview, error))
        return false;
    tell_backlog(look, &overview);
    tell_tasks(look, &overview);
    if (!look_at_queue(look, error))
        return false;
    look_at_holidays(look);
    look_at_disk(look);
    look_at_cage(look);
    tell(look, DAEMON_HEALTH_UNKNOWN, "Backups",
         "Postern does not know when the spool and its key were last copied: ask who looks after "
         "the server.");
    return true;
}

bool
daemon_health_get(const DaemonHealthWith *with, GPtrArray **out_rows, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
    Look look = {with->settings, with->db, with->calendar, with->account, spool_now(), rows};

    if (!look_at_all(&look, error))
        return false;
    *out_rows = g_steal_pointer(&rows);
    return true;
}
