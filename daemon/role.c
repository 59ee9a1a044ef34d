/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/role.c - the process of one role, from fork to exit.
 *
 * Secrets are read first, then all privileges are given up, then the spool is
 * opened: each role holds only the secrets of its own work.
 *
 * Runs in:  the child that the supervisor has forked.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "daemon/courier.h"
#include "daemon/disposition.h"
#include "daemon/intake.h"
#include "daemon/keeper.h"
#include "daemon/log.h"
#include "daemon/mailbox.h"
#include "daemon/printer.h"
#include "daemon/review.h"
#include "daemon/role.h"
#include "daemon/secret.h"
#include "daemon/webhook.h"

typedef struct {
    const DaemonShared *shared;
    const DaemonRole *role;
    char *password;
    DaemonTokens *tokens;
    GBytes *webhook_key;
    SpoolDb *db;
} Job;

static const DaemonMailbox *
mailbox_of(const Job *job)
{
    return job->shared->settings->mailboxes->pdata[job->role->mailbox];
}

char *
daemon_role_name(const DaemonShared *shared, const DaemonRole *role)
{
    const DaemonMailbox *mailbox;

    if (role->kind == DAEMON_ROLE_INTAKE)
        return g_strdup("intake");
    if (role->kind == DAEMON_ROLE_COURIER)
        return g_strdup("courier");
    if (role->kind == DAEMON_ROLE_PRINTER)
        return g_strdup("printer");
    if (role->kind == DAEMON_ROLE_KEEPER)
        return g_strdup("keeper");
    if (role->kind == DAEMON_ROLE_REVIEW)
        return g_strdup_printf("review:%u", role->mailbox + 1);
    mailbox = shared->settings->mailboxes->pdata[role->mailbox];
    return g_strdup_printf("mailbox:%s", mailbox->name);
}

static void
alive(void *data)
{
    const Job *job = data;

    job->shared->alive[job->role->slot] = g_get_monotonic_time();
}

static bool
run_mailbox(Job *job, GError **error)
{
    DaemonMailboxWork work = {.mailbox = mailbox_of(job),
                              .password = job->password,
                              .tokens = job->tokens,
                              .node = daemon_settings_node(job->shared->settings),
                              .db = job->db,
                              .doorbell_fd = job->shared->mailbox_fds[job->role->mailbox],
                              .intake_fd = job->shared->intake_fd,
                              .stop_fd = job->shared->stop_fd,
                              .once = job->role->once,
                              .alive = alive,
                              .alive_data = job};

    return daemon_mailbox_run(&work, error);
}

static bool
run_intake(Job *job, GError **error)
{
    DaemonIntakeWork work = {.settings = job->shared->settings,
                             .db = job->db,
                             .doorbell_fd = job->shared->intake_fd,
                             .courier_fd = job->shared->courier_fd,
                             .mailbox_fds = job->shared->mailbox_fds,
                             .n_mailboxes = job->shared->settings->mailboxes->len,
                             .stop_fd = job->shared->stop_fd,
                             .once = job->role->once,
                             .alive = alive,
                             .alive_data = job};

    return daemon_intake_run(&work, error);
}

static bool
run_courier(Job *job, GError **error)
{
    DaemonCourierWork work = {.settings = job->shared->settings,
                              .password = job->password,
                              .tokens = job->tokens,
                              .webhook_key = job->webhook_key,
                              .db = job->db,
                              .doorbell_fd = job->shared->courier_fd,
                              .stop_fd = job->shared->stop_fd,
                              .once = job->role->once,
                              .alive = alive,
                              .alive_data = job};

    return daemon_courier_run(&work, error);
}

static bool
run_review(Job *job, GError **error)
{
    DaemonReviewWork work = {.settings = job->shared->settings,
                             .db = job->db,
                             .listen_fd = job->shared->listen_fd,
                             .stop_fd = job->shared->stop_fd,
                             .courier_fd = job->shared->courier_fd,
                             .printer_fd = job->shared->printer_fd,
                             .alive = alive,
                             .alive_data = job};

    return daemon_review_run(&work, error);
}

static bool
run_printer(Job *job, GError **error)
{
    DaemonPrinterWork work = {.settings = job->shared->settings,
                              .db = job->db,
                              .doorbell_fd = job->shared->printer_fd,
                              .stop_fd = job->shared->stop_fd,
                              .alive = alive,
                              .alive_data = job};

    return daemon_printer_run(&work, error);
}

static bool
run_keeper(Job *job, GError **error)
{
    DaemonKeeperWork work = {.settings = job->shared->settings,
                             .db = job->db,
                             .intake_fd = job->shared->intake_fd,
                             .courier_fd = job->shared->courier_fd,
                             .mailbox_fds = job->shared->mailbox_fds,
                             .stop_fd = job->shared->stop_fd,
                             .alive = alive,
                             .alive_data = job};

    return daemon_keeper_run(&work, error);
}

static bool
run_kind(Job *job, GError **error)
{
    switch (job->role->kind) {
    case DAEMON_ROLE_MAILBOX:
        return run_mailbox(job, error);
    case DAEMON_ROLE_INTAKE:
        return run_intake(job, error);
    case DAEMON_ROLE_COURIER:
        return run_courier(job, error);
    case DAEMON_ROLE_REVIEW:
        return run_review(job, error);
    case DAEMON_ROLE_KEEPER:
        return run_keeper(job, error);
    case DAEMON_ROLE_PRINTER:
    default:
        return run_printer(job, error);
    }
}

static const char *
password_file(const Job *job)
{
    if (job->role->kind == DAEMON_ROLE_MAILBOX)
        return mailbox_of(job)->password_file;
    return job->role->kind == DAEMON_ROLE_COURIER ? job->shared->settings->smtp_password_file
                                                  : NULL;
}

static bool
read_tokens(Job *job, GError **error)
{
    const DaemonSettings *settings = job->shared->settings;
    const char *name = job->role->kind == DAEMON_ROLE_MAILBOX   ? mailbox_of(job)->oauth
                       : job->role->kind == DAEMON_ROLE_COURIER ? settings->smtp_oauth
                                                                : NULL;
    g_autofree char *role = daemon_role_name(job->shared, job->role);
    g_autofree char *holder = g_strconcat(role, "@", daemon_settings_node(settings), NULL);

    return name == NULL ||
           daemon_tokens_new(daemon_settings_oauth(settings, name), holder, &job->tokens, error);
}

/* Only the courier hands records over. */
static bool
read_webhook_key(Job *job, GError **error)
{
    const DaemonSettings *settings = job->shared->settings;
    char *secret = NULL;
    bool good;

    if (job->role->kind != DAEMON_ROLE_COURIER || settings->export_webhook_url == NULL)
        return true;
    good = daemon_secret_read(settings->export_webhook_secret_file, &secret, error) &&
           daemon_webhook_key(secret, &job->webhook_key, error);
    daemon_secret_free(secret);
    return good;
}

static guint
may(const Job *job)
{
    static const guint rights[] = {
        [DAEMON_ROLE_MAILBOX] = DAEMON_MAY_CONNECT, [DAEMON_ROLE_INTAKE] = DAEMON_MAY_EXECUTE,
        [DAEMON_ROLE_COURIER] = DAEMON_MAY_CONNECT, [DAEMON_ROLE_REVIEW] = DAEMON_MAY_SHOW,
        [DAEMON_ROLE_PRINTER] = DAEMON_MAY_EXECUTE, [DAEMON_ROLE_KEEPER] = 0};

    /* The spool may be another machine. */
    return rights[job->role->kind] |
           (spool_db_is_remote(job->shared->settings->spool_url) ? DAEMON_MAY_CONNECT : 0);
}

/* A role without its supervisor is nobody's, and would keep the next one from starting.  The
 * courier first hears what became of a reply that has left (daemon/courier-window.h). */
static bool
die_with_supervisor(const Job *job, GError **error)
{
    prctl(PR_SET_PDEATHSIG, job->role->kind == DAEMON_ROLE_COURIER ? SIGTERM : SIGKILL);
    /* It may have died before we asked for that. */
    return getppid() == job->shared->supervisor ||
           daemon_throw(error, DAEMON_ERROR_SYSTEM, "the supervisor has ended");
}

static bool
run(Job *job, GError **error)
{
    const DaemonSettings *settings = job->shared->settings;
    g_autoptr(GBytes) key = NULL;
    g_autofree char *url = spool_db_named_url(settings->spool_url, daemon_settings_node(settings));
    const char *password = password_file(job);

    /* Twice, as the change of account clears it. */
    if (!die_with_supervisor(job, error) ||
        !daemon_secret_master_key(settings->master_key_file, &key, error) ||
        (password != NULL && !daemon_secret_read(password, &job->password, error)) ||
        !read_tokens(job, error) || !read_webhook_key(job, error) ||
        !daemon_privilege_drop(&job->shared->account, may(job), error) ||
        !die_with_supervisor(job, error) || !spool_db_open(url, key, &job->db, error))
        return false;
    alive(job);
    return run_kind(job, error);
}

int
daemon_role_run(const DaemonShared *shared, const DaemonRole *role)
{
    g_autofree char *name = daemon_role_name(shared, role);
    g_autoptr(GError) error = NULL;
    const char *advice = NULL;
    Job job = {.shared = shared, .role = role};
    int code = DAEMON_ROLE_DONE;

    daemon_log_role(name);
    prctl(PR_SET_NAME, name);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* Ctrl-C reaches us all: the supervisor decides */
    signal(SIGTERM, SIG_DFL);
    if (!run(&job, &error)) {
        code = daemon_disposition(error, &advice) == DAEMON_STOP ? DAEMON_ROLE_STOP
                                                                 : DAEMON_ROLE_RETRY;
        daemon_log(DAEMON_LOG_ERROR, "-", "%s%s%s", error->message, advice != NULL ? "; " : "",
                   advice != NULL ? advice : "");
    }
    spool_db_close(job.db);
    daemon_secret_free(job.password);
    daemon_tokens_free(job.tokens);
    g_clear_pointer(&job.webhook_key, g_bytes_unref);
    daemon_log_role("posternd");
    return code;
}
