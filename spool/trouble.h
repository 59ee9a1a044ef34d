/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/trouble.h - what is wrong with a mailbox, until it is right again.
 *
 * Unlike a task nobody closes it: it goes when its cause has gone.
 *
 * Runs in:  mailbox, courier, intake (note, clear); staff pages and command line (read).
 * Source:   doc/imap.md, "What is told to people"
 */
#ifndef SPOOL_TROUBLE_H
#define SPOOL_TROUBLE_H

#include "spool/db.h"

typedef struct {
    char *what;         /* a fixed word: daemon/trouble.c has them all */
    gint64 since, last; /* microseconds UTC */
    guint times;
} SpoolTrouble;
void spool_trouble_free(SpoolTrouble *trouble);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolTrouble, spool_trouble_free)

/* Note that something went wrong (again).
 * out_times: how often since it last went well, this time included; or NULL. */
bool spool_trouble_note(SpoolDb *db, const char *mailbox, const char *what, guint *out_times,
                        GError **error);

/* It went well.  out_had: whether there was such a trouble; or NULL. */
bool spool_trouble_clear(SpoolDb *db, const char *mailbox, const char *what, bool *out_had,
                         GError **error);

/* All that is wrong with one mailbox.  out_troubles: SpoolTrouble, by its word; owned. */
bool spool_trouble_list(SpoolDb *db, const char *mailbox, GPtrArray **out_troubles, GError **error);

#endif
