/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-health.c - whether everything goes as it should.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Health"
 */
#include "config.h"

#include "daemon/health.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"

/* clang-format off */
static const struct {
    const char *word, *tag;
} states[DAEMON_N_HEALTH] = {
    [DAEMON_HEALTH_GOOD]    = { "Good",            "blue"   },
    [DAEMON_HEALTH_UNKNOWN] = { "Not known",       ""       },
    [DAEMON_HEALTH_LOOK]    = { "Something to do", "yellow" },
    [DAEMON_HEALTH_BAD]     = { "Not working",     "red"    },
};
/* clang-format on */

DAEMON_REVIEW_HANDLER(daemon_review_health)
{
    g_autoptr(GPtrArray) rows = NULL;
    json_t *checks = json_array();
    g_autoptr(json_t) data = json_pack("{s:s, s:o}", "title", "Health", "checks", checks);

    const DaemonHealthWith with = {review->settings, review->db, review->calendar,
                                   request->session->account->id};

    if (!daemon_health_get(&with, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const DaemonHealthRow *row = rows->pdata[i];

        json_array_append_new(checks, json_pack("{s:s, s:s, s:s, s:s}", "what", row->what, "says",
                                                row->says, "state", states[row->state].word, "tag",
                                                states[row->state].tag));
    }
    return daemon_review_page(review, request, response, "health", json_incref(data), error);
}
