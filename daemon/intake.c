/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake.c - the intake role: reads stored mails in the cage, decides, commits.
 *
 * An attempt is counted on disk before a mail is read, so that a mail which takes
 * the reader down with it is held the third time without being read again.
 *
 * Runs in:  intake; one process.
 * Source:   doc/life-of-a-message.md, "Read" and "Decide"
 */
#include "config.h"

#include <poll.h>

#include "daemon/doorbell.h"
#include "daemon/intake-commit.h"
#include "daemon/intake.h"
#include "daemon/log.h"
#include "daemon/reader.h"
#include "spool/message.h"

#define LEASE_S 300
#define MAX_ATTEMPTS 2
#define LOOK_MS 5000 /* a lost doorbell costs no more than this */

/* One reader and the mail that it is reading. */
typedef struct {
    DaemonReader *reader;
    SpoolClaim claim;
    char *id; /* for the log */
    bool busy;
} Desk;

typedef struct {
    const DaemonIntakeWork *work;
    Desk *desks;
    guint n_desks;
    char *owner;
} Intake;

static void
clear_desk(Desk *desk)
{
    spool_claim_clear(&desk->claim);
    g_clear_pointer(&desk->id, g_free);
    desk->busy = false;
}

static void
ring_others(const DaemonIntakeWork *work)
{
    daemon_doorbell_ring(work->courier_fd);
    for (guint i = 0; i < work->n_mailboxes; i++)
        daemon_doorbell_ring(work->mailbox_fds[i]);
}

static bool
finish(Intake *intake, Desk *desk, const ParsersFindings *findings, GError **error)
{
    g_autofree char *id = g_steal_pointer(&desk->id);
    g_autoptr(GError) problem = NULL;
    bool good = daemon_intake_commit(intake->work->settings, intake->work->db, &desk->claim,
                                     findings, &problem);

    clear_desk(desk);
    if (good) {
        ring_others(intake->work);
        return true;
    }
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE)) {
        daemon_log(DAEMON_LOG_WARNING, id, "decision dropped: another node has the mail");
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

/* Hold a mail that could not be read. */
static bool
finish_unreadable(Intake *intake, Desk *desk, const char *reason, GError **error)
{
    g_autoptr(ParsersFindings) findings = daemon_reader_unreadable(reason);

    return finish(intake, desk, findings, error);
}

/* Take a claimed mail to a free desk. */
static bool
start(Intake *intake, Desk *desk, SpoolClaim *claim, GError **error)
{
    g_autoptr(GBytes) raw = NULL;

    desk->claim = *claim;
    desk->id = g_strdup_printf("mail:%" G_GINT64_FORMAT, claim->id);
    desk->busy = true;
    *claim = (SpoolClaim){0};
    if (!spool_message_raw(intake->work->db, desk->claim.id, &raw, error))
        return false;
    if (desk->claim.unread)
        return finish_unreadable(intake, desk, "larger than message-max: left in the inbox", error);
    if (desk->claim.attempts > MAX_ATTEMPTS)
        return finish_unreadable(intake, desk, "reading it stopped the intake more than once",
                                 error);
    return daemon_reader_start(desk->reader, desk->id, raw, error);
}

/* The reader of a desk has an answer, or is out of time. */
static bool
collect(Intake *intake, Desk *desk, GError **error)
{
    g_autoptr(ParsersFindings) findings = NULL;

    if (!daemon_reader_go_on(desk->reader, &findings, error))
        return false;
    return findings == NULL || finish(intake, desk, findings, error);
}

static Desk *
find_free_desk(Intake *intake)
{
    for (guint i = 0; i < intake->n_desks; i++)
        if (!intake->desks[i].busy)
            return &intake->desks[i];
    return NULL;
}

static guint
count_busy(const Intake *intake)
{
    guint count = 0;

    for (guint i = 0; i < intake->n_desks; i++)
        count += intake->desks[i].busy;
    return count;
}

/* Claim as many mails as there are free desks. */
static bool
fill_desks(Intake *intake, GError **error)
{
    g_autoptr(GArray) claims = NULL;
    guint free_desks = intake->n_desks - count_busy(intake);

    if (free_desks == 0)
        return true;
    if (!spool_message_claim(intake->work->db, intake->owner, free_desks, LEASE_S, &claims, error))
        return false;
    for (guint i = 0; i < claims->len; i++)
        if (!start(intake, find_free_desk(intake), &g_array_index(claims, SpoolClaim, i), error))
            return false;
    return true;
}

static int
time_left_ms(const Intake *intake)
{
    gint64 now = g_get_monotonic_time(), first = now + LOOK_MS * G_GINT64_CONSTANT(1000);

    for (guint i = 0; i < intake->n_desks; i++)
        if (intake->desks[i].busy)
            first = MIN(first, daemon_reader_deadline(intake->desks[i].reader));
    return (int)CLAMP((first - now) / 1000 + 1, 0, LOOK_MS);
}

/* Wait for a reader, the doorbell or the stop signal; collect from those that are due. */
static bool
wait_and_collect(Intake *intake, GError **error)
{
    g_autofree struct pollfd *fds = g_new0(struct pollfd, intake->n_desks + 2);
    guint n = intake->n_desks;

    for (guint i = 0; i < n; i++)
        fds[i] = (struct pollfd){
            intake->desks[i].busy ? daemon_reader_fd(intake->desks[i].reader) : -1, POLLIN, 0};
    fds[n] = (struct pollfd){intake->work->doorbell_fd, POLLIN, 0};
    fds[n + 1] = (struct pollfd){intake->work->stop_fd, POLLIN, 0};
    if (poll(fds, n + 2, time_left_ms(intake)) < 0)
        return true; /* a signal: look again */
    for (guint i = 0; i < n; i++) {
        Desk *desk = &intake->desks[i];
        bool late = desk->busy && g_get_monotonic_time() >= daemon_reader_deadline(desk->reader);

        if (desk->busy && (fds[i].revents != 0 || late) && !collect(intake, desk, error))
            return false;
    }
    return true;
}

static bool
stopping(const Intake *intake)
{
    struct pollfd fd = {intake->work->stop_fd, POLLIN, 0};

    return intake->work->stop_fd >= 0 && poll(&fd, 1, 0) > 0;
}

static bool
run(Intake *intake, GError **error)
{
    const DaemonIntakeWork *work = intake->work;

    for (;;) {
        bool stop = stopping(intake);

        if (work->alive != NULL)
            work->alive(work->alive_data);
        daemon_doorbell_clear(work->doorbell_fd);
        if (!stop && !fill_desks(intake, error))
            return false;
        if (count_busy(intake) == 0 && (stop || work->once))
            return true;
        if (!wait_and_collect(intake, error))
            return false;
    }
}

static bool
open_desks(Intake *intake, GError **error)
{
    guint cores = g_get_num_processors();

    intake->n_desks =
        intake->work->settings->parsers != 0 ? intake->work->settings->parsers : cores;
    intake->desks = g_new0(Desk, intake->n_desks);
    for (guint i = 0; i < intake->n_desks; i++)
        if (!daemon_reader_open(intake->work->settings, NULL, &intake->desks[i].reader, error))
            return false;
    return true;
}

static void
close_desks(Intake *intake)
{
    for (guint i = 0; i < intake->n_desks; i++) {
        if (intake->desks[i].busy)
            spool_message_release(intake->work->db, &intake->desks[i].claim, NULL);
        clear_desk(&intake->desks[i]);
        g_clear_pointer(&intake->desks[i].reader, daemon_reader_free);
    }
    g_free(intake->desks);
}

bool
daemon_intake_run(const DaemonIntakeWork *work, GError **error)
{
    Intake intake = {.work = work};
    bool good;

    intake.owner = g_strdup_printf("intake@%s", g_get_host_name());
    good = spool_message_reclaim(work->db, intake.owner, error) && open_desks(&intake, error) &&
           run(&intake, error);
    close_desks(&intake);
    g_free(intake.owner);
    return good;
}
