/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-spared.c - what could not be shown a moment ago is not tried again at once.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "daemon/error.h"
#include "daemon/review-spared.h"

typedef struct {
    gint64 mail_id, until;
    gint part;
} Note;

struct DaemonReviewSpared {
    GQueue notes; /* Note, the oldest first */
};

DaemonReviewSpared *
daemon_review_spared_new(void)
{
    DaemonReviewSpared *spared = g_new0(DaemonReviewSpared, 1);

    g_queue_init(&spared->notes);
    return spared;
}

void
daemon_review_spared_free(DaemonReviewSpared *spared)
{
    if (spared == NULL)
        return;
    g_queue_clear_full(&spared->notes, g_free);
    g_free(spared);
}

/* All are kept for the same time: what is over stands at the head. */
static void
forget(DaemonReviewSpared *spared, gint64 now)
{
    const Note *head = g_queue_peek_head(&spared->notes);

    while (head != NULL &&
           (head->until <= now || spared->notes.length >= DAEMON_REVIEW_SPARED_MAX)) {
        g_free(g_queue_pop_head(&spared->notes));
        head = g_queue_peek_head(&spared->notes);
    }
}

void
daemon_review_spared_note(DaemonReviewSpared *spared, gint64 mail_id, gint part,
                          const GError *problem, gint64 now)
{
    Note *note = NULL;

    if (!g_error_matches(problem, DAEMON_ERROR, DAEMON_ERROR_PARSER_SLOW) &&
        !g_error_matches(problem, DAEMON_ERROR, DAEMON_ERROR_PARSER_DIED))
        return;
    forget(spared, now);
    note = g_new0(Note, 1);
    *note = (Note){mail_id, now + DAEMON_REVIEW_SPARED_MINUTES * 60 * G_USEC_PER_SEC, part};
    g_queue_push_tail(&spared->notes, note);
}

bool
daemon_review_spared_is(const DaemonReviewSpared *spared, gint64 mail_id, gint part, gint64 now)
{
    for (const GList *at = spared->notes.head; at != NULL; at = at->next) {
        const Note *note = at->data;

        if (note->mail_id == mail_id && note->part == part && note->until > now)
            return true;
    }
    return false;
}
