/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/keeper.c - the keeper role: says that this node is alive, and sees which others are not.
 *
 * It also rings the doorbells of this node for what other nodes have left to do, as
 * a doorbell cannot be heard on another machine.
 *
 * Runs in:  keeper; one process a node, where nodes share a spool.
 * Source:   doc/spool.md, "Nodes"
 */
#include "config.h"

#include "daemon/keeper.h"

#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "spool/node.h"

#define LOOK_MS 1000
#define RENEW_S 3

typedef struct {
    const DaemonKeeperWork *work;
    const char *node;
    gint64 token;       /* 0: not joined yet */
    gint64 renew_after; /* monotonic */
    bool failed;        /* the last look; it has been logged */
} Keeper;

static bool
renew(Keeper *keeper, GError **error)
{
    SpoolDb *db = keeper->work->db;
    gint64 now = g_get_monotonic_time();

    if (keeper->token == 0) {
        if (!spool_node_join(db, keeper->node, DAEMON_KEEPER_LEASE_S, &keeper->token, error))
            return false;
    } else if (now < keeper->renew_after) {
        return true;
    } else if (!spool_node_renew(db, keeper->node, keeper->token, DAEMON_KEEPER_LEASE_S, error)) {
        return false;
    }
    keeper->renew_after = now + RENEW_S * G_USEC_PER_SEC;
    return true;
}

static bool
take_over(const Keeper *keeper, GError **error)
{
    g_autoptr(GPtrArray) names = NULL;

    if (!spool_node_take_over(keeper->work->db, &names, error))
        return false;
    for (guint i = 0; i < names->len; i++)
        daemon_log(DAEMON_LOG_WARNING, "-", "node %s is not heard of: taken over",
                   (const char *)names->pdata[i]);
    return true;
}

static bool
contains(const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++)
        if (g_str_equal(names->pdata[i], name))
            return true;
    return false;
}

static bool
ring(const Keeper *keeper, GError **error)
{
    const DaemonKeeperWork *work = keeper->work;
    const GPtrArray *mailboxes = work->settings->mailboxes;
    g_auto(SpoolNodeWork) waiting = {0};

    if (!spool_node_work(work->db, keeper->node, &waiting, error))
        return false;
    if (waiting.mails)
        daemon_doorbell_ring(work->intake_fd);
    if (waiting.replies)
        daemon_doorbell_ring(work->courier_fd);
    for (guint i = 0; i < mailboxes->len; i++)
        if (contains(waiting.mailboxes, ((const DaemonMailbox *)mailboxes->pdata[i])->name))
            daemon_doorbell_ring(work->mailbox_fds[i]);
    return true;
}

/* What passes when the server is back, or less busy. */
static bool
is_passing(const GError *problem)
{
    return g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_BUSY) ||
           g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_IO) ||
           g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_FULL);
}

static bool
look(Keeper *keeper, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (renew(keeper, &problem) && take_over(keeper, &problem) && ring(keeper, &problem)) {
        keeper->failed = false;
        return true;
    }
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "[spool] node: %s", problem->message);
    if (!is_passing(problem)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    if (!keeper->failed)
        daemon_log(DAEMON_LOG_WARNING, "-", "%s", problem->message);
    keeper->failed = true;
    return true;
}

bool
daemon_keeper_run(const DaemonKeeperWork *work, GError **error)
{
    Keeper keeper = {.work = work, .node = daemon_settings_node(work->settings)};

    do {
        if (work->alive != NULL)
            work->alive(work->alive_data);
        if (!look(&keeper, error))
            return false;
    } while (!daemon_doorbell_wait(work->stop_fd, -1, LOOK_MS));
    return true;
}
