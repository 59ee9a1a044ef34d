/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake.c - the intake role: reads stored mails in the cage, decides, commits.
 *
 * An attempt is counted on disk before a mail is read, so that a mail which takes the intake down
 * with it is known: it is read alone then, and held the fourth time without being read again.
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
#define MAX_ATTEMPTS 3 /* once with others at hand, twice alone */
#define LOOK_MS 5000   /* a lost doorbell costs no more than this */
#define WAIT_S 60      /* a claimed mail that waits longer for a desk is given back */
#define WAITING_PER_DESK 8u
#define GROUP_MAX 32u           /* decisions of one commit: others wait for it to end */
#define GROUP_US 20000          /* how long a decision waits for others to be committed with */
#define GROUP_BACKLOG_US 160000 /* ... while more mails wait to be read than can be */
#define MOVES_US 500000         /* moves that wait for others cost one command together */

/* One reader and the mail that it is reading. */
typedef struct {
    DaemonReader *reader;
    DaemonIntakeMail *mail; /* or NULL */
    char *id;               /* for the log */
} Desk;

typedef struct {
    const DaemonIntakeWork *work;
    Desk *desks;
    guint n_desks;
    char *owner;
    GPtrArray *waiting;   /* claimed, for a desk */
    gint64 waiting_since; /* of the oldest */
    GPtrArray *read;      /* for their commit */
    gint64 read_since;    /* of the oldest */
    bool committing;
    gint64 rung;     /* when the mailboxes were told last that something may be moved */
    bool unrung;     /* something more may be since */
    GError *problem; /* of a desk, while others were committed */
} Intake;

static void
free_mail(gpointer mail)
{
    daemon_intake_mail_free(mail);
}

static GPtrArray *
mails_new(void)
{
    return g_ptr_array_new_with_free_func(free_mail);
}

/* How long until the mailboxes are told of what may be moved, in microseconds. */
static gint64
moves_left_us(const Intake *intake, gint64 now)
{
    return intake->unrung ? MAX(intake->rung + MOVES_US - now, 0) : G_MAXINT64;
}

/* For each ring a mailbox asks its server several things. */
static void
ring_mailboxes(Intake *intake, bool at_once)
{
    const DaemonIntakeWork *work = intake->work;
    gint64 now = g_get_monotonic_time();

    if (!intake->unrung || (!at_once && moves_left_us(intake, now) > 0))
        return;
    for (guint i = 0; i < work->n_mailboxes; i++)
        daemon_doorbell_ring(work->mailbox_fds[i]);
    intake->rung = now;
    intake->unrung = false;
}

/* A mail is read: it waits for its commit. */
static void
add_read(Intake *intake, DaemonIntakeMail *mail, ParsersFindings *findings)
{
    mail->findings = findings;
    if (intake->read->len == 0)
        intake->read_since = g_get_monotonic_time();
    g_ptr_array_add(intake->read, mail);
}

/* Why a mail is held without being read, or NULL. */
static const char *
unreadable(const SpoolClaim *claim)
{
    if (claim->unread)
        return "larger than message-max: left in the inbox";
    return claim->attempts > MAX_ATTEMPTS ? "reading it stopped the intake more than once" : NULL;
}

/* Take a claimed mail to a free desk. */
static bool
start(Intake *intake, Desk *desk, DaemonIntakeMail *mail, GError **error)
{
    g_autoptr(DaemonMemoryFile) file = NULL;
    const char *reason = unreadable(&mail->claim);

    if (reason != NULL) {
        add_read(intake, mail, daemon_reader_unreadable(reason));
        return true;
    }
    desk->mail = mail;
    desk->id = g_strdup_printf("mail:%" G_GINT64_FORMAT, mail->claim.id);
    return daemon_memory_file_load(intake->work->db, mail->claim.id, &file, error) &&
           daemon_reader_start(desk->reader, desk->id, file, error);
}

static void
clear_desk(Desk *desk)
{
    g_clear_pointer(&desk->mail, daemon_intake_mail_free);
    g_clear_pointer(&desk->id, g_free);
}

/* The reader of a desk has an answer, or is out of time. */
static bool
collect(Intake *intake, Desk *desk, GError **error)
{
    g_autoptr(ParsersFindings) findings = NULL;

    if (!daemon_reader_go_on(desk->reader, &findings, error))
        return false;
    if (findings == NULL)
        return true;
    add_read(intake, g_steal_pointer(&desk->mail), g_steal_pointer(&findings));
    clear_desk(desk);
    return true;
}

static Desk *
find_free_desk(Intake *intake)
{
    for (guint i = 0; i < intake->n_desks; i++)
        if (intake->desks[i].mail == NULL)
            return &intake->desks[i];
    return NULL;
}

static guint
count_busy(const Intake *intake)
{
    guint count = 0;

    for (guint i = 0; i < intake->n_desks; i++)
        count += intake->desks[i].mail != NULL;
    return count;
}

/* A mail during which the intake ended before: should it happen again, no other mail may be at
 * hand, as that would be counted against it. */
static bool
is_suspect(const DaemonIntakeMail *mail)
{
    return mail->claim.attempts > 1;
}

static bool
has_suspect(const Intake *intake)
{
    for (guint i = 0; i < intake->n_desks; i++)
        if (intake->desks[i].mail != NULL && is_suspect(intake->desks[i].mail))
            return true;
    return false;
}

static bool
may_start(const Intake *intake)
{
    if (intake->waiting->len == 0 || has_suspect(intake))
        return false;
    return !is_suspect(intake->waiting->pdata[0]) ||
           (count_busy(intake) == 0 && intake->read->len == 0 && !intake->committing);
}

static bool
fill_desks(Intake *intake, GError **error)
{
    Desk *desk;

    while ((desk = find_free_desk(intake)) != NULL && may_start(intake))
        if (!start(intake, desk, g_ptr_array_steal_index(intake->waiting, 0), error))
            return false;
    return true;
}

/* Give back what waits for a desk; the attempt is not counted. */
static void
release_waiting(Intake *intake)
{
    for (guint i = 0; i < intake->waiting->len; i++) {
        DaemonIntakeMail *mail = intake->waiting->pdata[i];

        spool_message_release(intake->work->db, &mail->claim, NULL);
    }
    g_ptr_array_set_size(intake->waiting, 0);
}

/* Claim so many that no desk waits for the next claim or commit. */
static bool
claim_more(Intake *intake, GError **error)
{
    g_autoptr(GArray) claims = NULL;
    guint wanted = intake->n_desks * WAITING_PER_DESK, waiting = intake->waiting->len;
    gint64 now = g_get_monotonic_time();

    if (waiting > 0 && now - intake->waiting_since > WAIT_S * G_USEC_PER_SEC)
        release_waiting(intake);
    waiting = intake->waiting->len;
    if (waiting > wanted / 2 || has_suspect(intake) ||
        (waiting > 0 && is_suspect(intake->waiting->pdata[waiting - 1])))
        return true;
    if (!spool_message_claim(intake->work->db, intake->owner, wanted - waiting, LEASE_S, &claims,
                             error))
        return false;
    if (waiting == 0)
        intake->waiting_since = now;
    for (guint i = 0; i < claims->len; i++)
        g_ptr_array_add(intake->waiting,
                        daemon_intake_mail_new(&g_array_index(claims, SpoolClaim, i)));
    return true;
}

/* How long until the decisions at hand are committed, in microseconds; 0 when it is time. */
static gint64
group_left_us(const Intake *intake, gint64 now)
{
    if (intake->read->len == 0)
        return G_MAXINT64;
    if (intake->read->len >= GROUP_MAX || count_busy(intake) == 0)
        return 0;
    return MAX(intake->read_since + (intake->waiting->len > 0 ? GROUP_BACKLOG_US : GROUP_US) - now,
               0);
}

static int
time_left_ms(const Intake *intake)
{
    gint64 now = g_get_monotonic_time(), first = now + LOOK_MS * G_GINT64_CONSTANT(1000);
    gint64 soonest_us = MIN(group_left_us(intake, now), moves_left_us(intake, now));

    for (guint i = 0; i < intake->n_desks; i++)
        if (intake->desks[i].mail != NULL)
            first = MIN(first, daemon_reader_deadline(intake->desks[i].reader));
    if (soonest_us < first - now)
        return (int)((soonest_us + 999) / 1000);
    return (int)CLAMP((first - now) / 1000 + 1, 0, LOOK_MS);
}

/* Wait for a reader, the doorbell or the stop signal; collect from those that are due. */
static bool
wait_and_collect(Intake *intake, int timeout_ms, GError **error)
{
    g_autofree struct pollfd *fds = g_new0(struct pollfd, intake->n_desks + 2);
    guint n = intake->n_desks;

    for (guint i = 0; i < n; i++)
        fds[i] = (struct pollfd){
            intake->desks[i].mail != NULL ? daemon_reader_fd(intake->desks[i].reader) : -1, POLLIN,
            0};
    fds[n] = (struct pollfd){intake->work->doorbell_fd, POLLIN, 0};
    fds[n + 1] = (struct pollfd){intake->work->stop_fd, POLLIN, 0};
    if (poll(fds, n + 2, timeout_ms) < 0)
        return true; /* a signal: look again */
    for (guint i = 0; i < n; i++) {
        Desk *desk = &intake->desks[i];
        bool busy = desk->mail != NULL;
        bool late = busy && g_get_monotonic_time() >= daemon_reader_deadline(desk->reader);

        if (busy && (fds[i].revents != 0 || late) && !collect(intake, desk, error))
            return false;
    }
    return true;
}

/* While some are committed: keep the desks busy. */
static void
go_on(gpointer data)
{
    Intake *intake = data;

    if (intake->problem == NULL && wait_and_collect(intake, 0, &intake->problem))
        (void)fill_desks(intake, &intake->problem);
}

static bool
commit_read(Intake *intake, GError **error)
{
    const DaemonIntakeDesk desk = {intake->work->settings, intake->work->db, go_on, intake};
    g_autoptr(GPtrArray) batch = NULL;
    bool good;

    if (group_left_us(intake, g_get_monotonic_time()) > 0)
        return true;
    batch = g_steal_pointer(&intake->read);
    intake->read = mails_new();
    intake->committing = true;
    good = daemon_intake_commit(&desk, batch, error);
    intake->committing = false;
    /* The first is to blame; for the others nothing was tried. */
    for (guint i = 1; i < batch->len; i++)
        spool_message_release(intake->work->db, &((DaemonIntakeMail *)batch->pdata[i])->claim,
                              NULL);
    if (!good)
        return false;
    daemon_doorbell_ring(intake->work->courier_fd);
    intake->unrung = true;
    if (intake->problem != NULL) {
        g_propagate_error(error, g_steal_pointer(&intake->problem));
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

/* Ends what only some mails need and none has needed of late. */
static void
rest(const Intake *intake)
{
    for (guint i = 0; i < intake->n_desks; i++)
        daemon_reader_rest(intake->desks[i].reader, g_get_monotonic_time());
}

static bool
run(Intake *intake, GError **error)
{
    const DaemonIntakeWork *work = intake->work;

    for (;;) {
        bool stop = stopping(intake);

        if (work->alive != NULL)
            work->alive(work->alive_data);
        rest(intake);
        daemon_doorbell_clear(work->doorbell_fd);
        if (!stop && (!claim_more(intake, error) || !fill_desks(intake, error)))
            return false;
        if (count_busy(intake) == 0 && intake->read->len == 0 && (stop || work->once))
            return true;
        ring_mailboxes(intake, false);
        if (!wait_and_collect(intake, time_left_ms(intake), error) || !commit_read(intake, error))
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

/* What was claimed and not decided goes back. */
static void
close_desks(Intake *intake)
{
    release_waiting(intake);
    for (guint i = 0; i < intake->read->len; i++)
        spool_message_release(intake->work->db,
                              &((DaemonIntakeMail *)intake->read->pdata[i])->claim, NULL);
    for (guint i = 0; i < intake->n_desks; i++) {
        if (intake->desks[i].mail != NULL)
            spool_message_release(intake->work->db, &intake->desks[i].mail->claim, NULL);
        clear_desk(&intake->desks[i]);
        g_clear_pointer(&intake->desks[i].reader, daemon_reader_free);
    }
    g_free(intake->desks);
    g_ptr_array_unref(intake->waiting);
    g_ptr_array_unref(intake->read);
    g_clear_error(&intake->problem);
}

bool
daemon_intake_run(const DaemonIntakeWork *work, GError **error)
{
    Intake intake = {.work = work};
    bool good;

    intake.waiting = mails_new();
    intake.read = mails_new();
    intake.owner = g_strconcat("intake@", daemon_settings_node(work->settings), NULL);
    good = spool_message_reclaim(work->db, intake.owner, error) && open_desks(&intake, error) &&
           run(&intake, error);
    ring_mailboxes(&intake, true);
    close_desks(&intake);
    g_free(intake.owner);
    return good;
}
