/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/outbox-help.h - replies that wait, and what became of them.
 *
 * Runs in:  the unit tests of the outbox.
 * Source:   doc/spool.md, "Replies"
 */
#ifndef TESTS_UNIT_OUTBOX_HELP_H
#define TESTS_UNIT_OUTBOX_HELP_H

#include "spool/outbox-mend.h"
#include "tests/unit/spool-help.h"

/* Queue count replies, for mails 1 ... count. */
static inline void
queue(SpoolDb *db, guint count)
{
    for (guint i = 1; i <= count; i++) {
        SpoolDecision decision = help_decision();
        g_autofree char *reference = help_decide(db, i, &decision);

        assert_non_null(reference);
    }
}

static inline SpoolReply *
claim(SpoolDb *db)
{
    SpoolReply *reply = NULL;

    assert_ok(spool_outbox_take_started(db, "courier", 60, &reply, &error));
    return reply;
}

static inline void
assert_state(SpoolDb *db, gint64 id, const char *wanted)
{
    g_autoptr(SpoolOutboxRow) row = NULL;

    assert_ok(spool_outbox_get(db, id, &row, &error));
    assert_string_equal(row->state, wanted);
}

#endif
