/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-tasks.c - what only a person can put right: somebody has not been told.
 *
 * Runs in:  review.
 * Source:   doc/replies.md, "When a reply does not arrive"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/task.h"

#define TASKS_MAX 200u
#define DETAIL_LETTERS 80u

static json_t *
task_json(const DaemonReview *review, const SpoolTask *task)
{
    return json_pack("{s:I, s:s, s:s, s:o, s:o, s:s, s:I, s:b}", "id", (json_int_t)task->id, "what",
                     daemon_review_task(task->what), "todo", daemon_review_task_todo(task->what),
                     "detail", daemon_review_line(task->detail, DETAIL_LETTERS), "opened",
                     daemon_review_time(review, task->opened), "reference",
                     task->reference != NULL ? task->reference : "", "item",
                     (json_int_t)task->record_id, "has_item", task->record_id != 0);
}

static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     json_t *data, GError **error)
{
    g_autoptr(json_t) all = data;
    g_autoptr(GPtrArray) tasks = NULL;
    json_t *rows = json_array();

    json_object_set_new(all, "title", json_string("Not told"));
    json_object_set_new(all, "tasks", rows);
    if (!spool_task_list_for(review->db, request->session->account->id, TASKS_MAX, &tasks, error))
        return false;
    for (guint i = 0; i < tasks->len; i++)
        json_array_append_new(rows, task_json(review, tasks->pdata[i]));
    json_object_set_new(all, "none", json_boolean(tasks->len == 0));
    json_object_set_new(all, "cut", json_boolean(tasks->len == TASKS_MAX));
    return daemon_review_page(review, request, response, "not-told", json_incref(all), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_tasks)
{
    return show(review, request, response, json_object(), error);
}

/* What was typed comes back with what is wrong with it. */
DAEMON_REVIEW_HANDLER(daemon_review_task_done)
{
    const char *said = daemon_review_field(request, "reason");
    g_autofree char *reason = g_strstrip(g_strdup(said != NULL ? said : ""));
    g_autoptr(SpoolTask) task = NULL;
    gint64 id = 0;

    if (!daemon_review_number(request->args[0], &id))
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such task");
    if (!spool_task_get(review->db, id, request->session->account->id, &task, error))
        return false;
    if (reason[0] == '\0') {
        response->status = MHD_HTTP_BAD_REQUEST;
        return show(
            review, request, response,
            json_pack("{s:s}", "problem", "Say what was done, for whoever looks at it later."),
            error);
    }
    if (!spool_task_close(review->db, id, request->session->account->name, reason, error))
        return false;
    daemon_review_go(response, "/not-told");
    return true;
}
