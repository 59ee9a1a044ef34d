/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/entry.h - what a person enters, kept as mails are kept.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/spool.md, "What people enter"
 */
#ifndef SPOOL_ENTRY_H
#define SPOOL_ENTRY_H

#include "spool/record.h"

/* Something that a person entered, and no mail brought; all borrowed. */
typedef struct {
    const char *mailbox; /* the name that lists show; no mailbox of the settings may have it */
    const char *author;  /* who entered it, for the audit */
    gint64 received;     /* when it took place, microseconds UTC */
    GBytes *raw;         /* what was entered, as a mail (RFC 5322) */
} SpoolEntry;

/* Keep an entry as if it were a mail, with its decision, its record and what that causes, all or
 * nothing.  It is never read by the intake.
 *
 * out_reference: as of spool_record_commit().
 * Errors: SPOOL_ERROR_STATE, the same bytes were entered before. */
bool spool_entry_put(SpoolDb *db, const SpoolEntry *entry, const SpoolDecision *decision,
                     char **out_reference, GError **error);

#endif
