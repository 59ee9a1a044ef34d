/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/fault-help.h - a spool one of whose commits fails.
 *
 * Runs in:  the unit tests of the courier.
 * Source:   doc/reliability.md
 */
#ifndef TESTS_UNIT_FAULT_HELP_H
#define TESTS_UNIT_FAULT_HELP_H

#include "spool/sql-backend.h"
#include "tests/unit/spool-help.h"

/* How a commit fails: it was made and the answer was lost, or there was no room. */
typedef enum { LOST, NO_ROOM } Fault;

/* The backend of a test's spool, but for one commit. */
static struct {
    SpoolSqlBackend backend;
    const SpoolSqlBackend *real;
    Fault fault;
    guint left; /* commits until the one that fails; 0: it has failed */
} faulty;

static inline bool
commit(SpoolSql *sql, GError **error)
{
    if (faulty.left == 0 || --faulty.left > 0)
        return faulty.real->commit(sql, error);
    if (faulty.fault == LOST)
        assert_true(faulty.real->commit(sql, NULL));
    else
        faulty.real->rollback(sql);
    return spool_throw(error, faulty.fault == NO_ROOM ? SPOOL_ERROR_FULL : SPOOL_ERROR_IO,
                       "as the test wants it");
}

static inline void
let_fail(SpoolDb *db, Fault fault, guint nth)
{
    if (db->sql->backend != &faulty.backend)
        faulty.real = db->sql->backend;
    faulty.backend = *faulty.real;
    faulty.backend.commit = commit;
    faulty.fault = fault;
    faulty.left = nth;
    db->sql->backend = &faulty.backend;
}

#endif
