/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/task.h - what only a person can put right.
 *
 * A task opens in the transaction of what caused it, and closes when somebody
 * says what was done.
 *
 * Runs in:  intake, courier (open); command line and staff pages (list, close).
 * Source:   doc/spool.md, "Tasks"
 */
#ifndef SPOOL_TASK_H
#define SPOOL_TASK_H

#include "spool/db.h"

/* A reply did not arrive, so its reader has not been told. */
#define SPOOL_TASK_NOT_TOLD "not-told"
/* An alert did not reach whoever is on duty. */
#define SPOOL_TASK_DUTY_NOT_TOLD "duty-not-told"
/* A record could not be handed to the case system. */
#define SPOOL_TASK_NOT_EXPORTED "not-exported"
/* Too many replies in an hour: none leaves for the rest of it. */
#define SPOOL_TASK_BREAKER "breaker"

typedef struct {
    gint64 id;
    char *what; /* one of the words above */
    gint64 mail_id;
    gint64 reply_id;  /* or 0 */
    gint64 record_id; /* what it is about, or 0; filled in by lists */
    char *reference;  /* of the record that the reply belongs to, or NULL */
    char *detail;     /* fixed words and codes, such as "bounced 5.1.1"; never a person's */
    gint64 opened;    /* microseconds UTC */
} SpoolTask;
void spool_task_free(SpoolTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolTask, spool_task_free)

/* Open a task, in the open transaction when there is one.
 *
 * task: what, mail_id, reply_id, detail; the rest is not looked at; borrowed.
 * out_new: false when that reply has an open task already, or that mail one of not-told or
 *          not-exported without a reply, or when another task like this without a reply was opened
 * within the hour and is still open; or NULL. */
bool spool_task_open(SpoolDb *db, const SpoolTask *task, bool *out_new, GError **error);

/* Open tasks, oldest first.  out_tasks: SpoolTask; owned. */
bool spool_task_list(SpoolDb *db, guint max, GPtrArray **out_tasks, GError **error);

/* The same for an account: what is about restricted items is left out unless it is named on them.
 */
bool spool_task_list_for(SpoolDb *db, gint64 account, guint max, GPtrArray **out_tasks,
                         GError **error);
/* One open task, for an account.  Errors: SPOOL_ERROR_NOT_FOUND, also when it is not for them. */
bool spool_task_get(SpoolDb *db, gint64 id, gint64 account, SpoolTask **out_task, GError **error);

/* Close a task; the audit is told who did, and the reason is kept, sealed.
 *
 * author: staff account; reason: what was done, at least one letter; both borrowed.
 * Errors: SPOOL_ERROR_NOT_FOUND, there is no such task, or it is closed already
 *         SPOOL_ERROR_STATE, no author or no reason */
bool spool_task_close(SpoolDb *db, gint64 id, const char *author, const char *reason,
                      GError **error);

#endif
