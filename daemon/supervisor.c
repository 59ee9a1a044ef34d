/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/supervisor.c - starts the roles, watches them, starts them again.
 *
 * It reads no mail and holds no connection.  A role that dies is started again with
 * backoff; one that is silent for too long is killed first.
 *
 * Runs in:  supervisor, the process that was started as posternd.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/backoff.h"
#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "daemon/notify.h"
#include "daemon/review-listen.h"
#include "daemon/role.h"
#include "daemon/supervisor-spool.h"
#include "daemon/supervisor.h"
#include "spool/db.h"

#define SILENT_S 180 /* a role that has not moved for so long is stuck */
#define STOP_S 60    /* what is at hand may take so long to finish */
#define TICK_MS 1000

/* One role and its process, if it has one. */
typedef struct {
    DaemonRole role;
    pid_t pid;       /* 0: not running */
    gint64 start_at; /* monotonic time to start it again; 0: do not */
    gint64 started;
    DaemonBackoff backoff;
    int code; /* of its last exit */
} Child;

typedef struct {
    DaemonShared shared;
    Child *children;
    guint n_children;
    int signal_fd;
    bool stopping;
    gint64 stop_by;
    int code;
} Supervisor;

/* In the child: only the staff pages' own roles answer a browser. */
static void
leave_listener(DaemonShared *shared, DaemonRoleKind kind)
{
    if (kind == DAEMON_ROLE_REVIEW || shared->listen_fd < 0)
        return;
    close(shared->listen_fd);
    shared->listen_fd = -1;
}

static void
start_child(Supervisor *supervisor, Child *child)
{
    sigset_t none;
    pid_t pid;

    child->started = g_get_monotonic_time();
    child->start_at = 0;
    supervisor->shared.alive[child->role.slot] = child->started;
    pid = fork();
    if (pid == 0) {
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        close(supervisor->signal_fd);
        leave_listener(&supervisor->shared, child->role.kind);
        _exit(daemon_role_run(&supervisor->shared, &child->role));
    }
    child->pid = pid > 0 ? pid : 0;
    if (pid < 0)
        child->start_at = child->started + daemon_backoff_fail(&child->backoff) * 1000;
}

static void
begin_stop(Supervisor *supervisor, int code)
{
    if (supervisor->stopping)
        return;
    supervisor->stopping = true;
    supervisor->code = code;
    supervisor->stop_by = g_get_monotonic_time() + STOP_S * G_USEC_PER_SEC;
    daemon_notify("STOPPING=1");
    daemon_doorbell_ring(supervisor->shared.stop_fd);
}

static void
child_ended(Supervisor *supervisor, Child *child, int status)
{
    g_autofree char *name = daemon_role_name(&supervisor->shared, &child->role);
    gint64 now = g_get_monotonic_time();

    child->pid = 0;
    child->code = WIFEXITED(status) ? WEXITSTATUS(status) : DAEMON_ROLE_RETRY;
    if (WIFSIGNALED(status))
        daemon_log(DAEMON_LOG_ERROR, name, "killed signal=%d", WTERMSIG(status));
    if (child->code == DAEMON_ROLE_STOP)
        begin_stop(supervisor, 3);
    if (supervisor->stopping || child->code == DAEMON_ROLE_DONE)
        return;
    if (now - child->started > 60 * G_USEC_PER_SEC)
        daemon_backoff_reset(&child->backoff);
    child->start_at = now + daemon_backoff_fail(&child->backoff) * G_GINT64_CONSTANT(1000);
    daemon_log(DAEMON_LOG_WARNING, name, "starts again in %" G_GINT64_FORMAT " ms",
               (child->start_at - now) / 1000);
}

static void
reap(Supervisor *supervisor)
{
    for (guint i = 0; i < supervisor->n_children; i++) {
        Child *child = &supervisor->children[i];
        int status = 0;

        if (child->pid > 0 && waitpid(child->pid, &status, WNOHANG) == child->pid)
            child_ended(supervisor, child, status);
    }
}

static void
kill_silent(Supervisor *supervisor)
{
    gint64 now = g_get_monotonic_time();

    for (guint i = 0; i < supervisor->n_children; i++) {
        Child *child = &supervisor->children[i];
        g_autofree char *name = daemon_role_name(&supervisor->shared, &child->role);
        bool silent = now - supervisor->shared.alive[child->role.slot] > SILENT_S * G_USEC_PER_SEC;
        bool late = supervisor->stopping && now > supervisor->stop_by;

        if (child->pid <= 0 || (!silent && !late))
            continue;
        daemon_log(DAEMON_LOG_ERROR, name, "stuck, killed");
        kill(child->pid, SIGKILL);
    }
}

static void
start_due(Supervisor *supervisor)
{
    gint64 now = g_get_monotonic_time();

    for (guint i = 0; i < supervisor->n_children && !supervisor->stopping; i++)
        if (supervisor->children[i].start_at != 0 && supervisor->children[i].start_at <= now)
            start_child(supervisor, &supervisor->children[i]);
}

static guint
count_running(const Supervisor *supervisor, bool only_mailboxes)
{
    guint count = 0;

    for (guint i = 0; i < supervisor->n_children; i++) {
        const Child *child = &supervisor->children[i];

        if (!only_mailboxes || child->role.kind == DAEMON_ROLE_MAILBOX)
            count += child->pid > 0 || (child->start_at != 0 && !supervisor->stopping);
    }
    return count;
}

static void
take_signals(Supervisor *supervisor)
{
    struct signalfd_siginfo info;

    while (read(supervisor->signal_fd, &info, sizeof info) == sizeof info)
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT)
            begin_stop(supervisor, 0);
}

/* Watch until every role has ended; with once, also stop when the mailboxes are done. */
static void
watch(Supervisor *supervisor, bool once)
{
    while (count_running(supervisor, false) > 0) {
        struct pollfd fd = {supervisor->signal_fd, POLLIN, 0};

        poll(&fd, 1, TICK_MS);
        take_signals(supervisor);
        reap(supervisor);
        if (once && !supervisor->stopping && count_running(supervisor, true) == 0)
            begin_stop(supervisor, 0);
        start_due(supervisor);
        kill_silent(supervisor);
        daemon_notify("WATCHDOG=1");
    }
}

/* A role that fails while everything is to be done once is not tried for ever. */
static void
forget_retries(Supervisor *supervisor)
{
    for (guint i = 0; i < supervisor->n_children; i++)
        supervisor->children[i].start_at = 0;
}

static void
add_child(Supervisor *supervisor, DaemonRoleKind kind, guint mailbox, bool once)
{
    guint slot = supervisor->n_children++;

    supervisor->children[slot] =
        (Child){.role = {kind, mailbox, slot, once}, .backoff = {.min_s = 1, .max_s = 60}};
}

/* Processes that serve the staff pages. */
static guint
workers(const DaemonSettings *settings)
{
    return settings->review_listen != NULL ? settings->review_workers : 0;
}

static void
start_all(Supervisor *supervisor, bool once)
{
    guint n = supervisor->shared.settings->mailboxes->len;

    supervisor->n_children = 0;
    add_child(supervisor, DAEMON_ROLE_INTAKE, 0, false);
    add_child(supervisor, DAEMON_ROLE_COURIER, 0, false);
    for (guint i = 0; i < n; i++)
        add_child(supervisor, DAEMON_ROLE_MAILBOX, i, once);
    for (guint i = 0; !once && i < workers(supervisor->shared.settings); i++)
        add_child(supervisor, DAEMON_ROLE_REVIEW, i, false);
    if (!once && workers(supervisor->shared.settings) > 0)
        add_child(supervisor, DAEMON_ROLE_PRINTER, 0, false);
    if (!once && spool_db_is_shared(supervisor->shared.settings->spool_url))
        add_child(supervisor, DAEMON_ROLE_KEEPER, 0, false);
    for (guint i = 0; i < supervisor->n_children; i++)
        start_child(supervisor, &supervisor->children[i]);
}

/* One role alone, to its end: what the mailboxes left behind is decided and delivered. */
static int
run_alone(Supervisor *supervisor, DaemonRoleKind kind)
{
    int code = supervisor->code;

    daemon_doorbell_clear(supervisor->shared.stop_fd);
    supervisor->stopping = false;
    supervisor->n_children = 0;
    add_child(supervisor, kind, 0, true);
    start_child(supervisor, &supervisor->children[0]);
    while (supervisor->children[0].pid > 0) {
        watch(supervisor, false);
        forget_retries(supervisor);
    }
    return MAX(code, supervisor->children[0].code);
}

static int
worst_mailbox(const Supervisor *supervisor)
{
    int worst = 0;

    for (guint i = 0; i < supervisor->n_children; i++)
        if (supervisor->children[i].role.kind == DAEMON_ROLE_MAILBOX)
            worst = MAX(worst, supervisor->children[i].code);
    return worst;
}

static int
run_once(Supervisor *supervisor)
{
    int worst;

    start_all(supervisor, true);
    watch(supervisor, true);
    worst = MAX(supervisor->code, worst_mailbox(supervisor));
    if (worst == DAEMON_ROLE_STOP)
        return worst;
    worst = MAX(worst, run_alone(supervisor, DAEMON_ROLE_INTAKE));
    worst = MAX(worst, run_alone(supervisor, DAEMON_ROLE_COURIER));
    if (worst == 0 && daemon_supervisor_spool_leftover(supervisor->shared.settings))
        worst = 1;
    return worst;
}

static bool
open_signals(int *out_fd, GError **error)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    *out_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    return *out_fd >= 0 || daemon_throw(error, DAEMON_ERROR_SYSTEM, "signalfd failed");
}

static bool
prepare(Supervisor *supervisor, const DaemonSettings *settings, GError **error)
{
    DaemonShared *shared = &supervisor->shared;
    guint n = settings->mailboxes->len, roles = n + 4 + workers(settings);

    shared->settings = settings;
    shared->supervisor = getpid();
    shared->listen_fd = -1;
    shared->mailbox_fds = g_new0(int, n);
    supervisor->children = g_new0(Child, roles);
    shared->alive = mmap(NULL, roles * sizeof(gint64), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared->alive == MAP_FAILED)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no shared memory");
    for (guint i = 0; i < n; i++)
        if (!daemon_doorbell_new(&shared->mailbox_fds[i], error))
            return false;
    return daemon_privilege_account(settings, &shared->account, error) &&
           daemon_doorbell_new(&shared->stop_fd, error) &&
           daemon_doorbell_new(&shared->intake_fd, error) &&
           daemon_doorbell_new(&shared->courier_fd, error) &&
           daemon_doorbell_new(&shared->printer_fd, error) &&
           (settings->review_listen == NULL ||
            daemon_review_listen_open(settings->review_listen, &shared->listen_fd, error)) &&
           open_signals(&supervisor->signal_fd, error);
}

int
daemon_supervisor_run(const DaemonSettings *settings, bool once)
{
    Supervisor supervisor = {.signal_fd = -1};
    g_autoptr(GError) error = NULL;
    int lock_fd = -1;

    if (!prepare(&supervisor, settings, &error) ||
        !daemon_supervisor_spool_open(settings, &supervisor.shared.account, &lock_fd, &error)) {
        daemon_log(DAEMON_LOG_ERROR, "-", "%s", error->message);
        /* Started again by whoever looks after services, unless a person is needed. */
        return g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_CONNECT) ? 1 : 3;
    }
    daemon_log(DAEMON_LOG_NOTICE, "-", "started mailboxes=%u", settings->mailboxes->len);
    daemon_notify("READY=1");
    if (once) {
        supervisor.code = run_once(&supervisor);
    } else {
        start_all(&supervisor, false);
        watch(&supervisor, false);
    }
    daemon_log(DAEMON_LOG_NOTICE, "-", "stopped code=%d", supervisor.code);
    close(lock_fd);
    g_free(supervisor.children);
    g_free(supervisor.shared.mailbox_fds);
    g_free(supervisor.shared.account.name);
    return supervisor.code;
}
