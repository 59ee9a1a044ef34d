/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/entry.c - what a person enters, kept as mails are kept.
 *
 * So that keys, audit, outbox, lists and retention are the same for both.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/spool.md, "What people enter"
 */
#include "config.h"

#include "spool/audit.h"
#include "spool/entry.h"
#include "spool/private.h"

bool
spool_entry_put(SpoolDb *db, const SpoolEntry *entry, const SpoolDecision *decision,
                char **out_reference, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(SpoolClaim) claim = {0};
    g_autofree char *object = NULL, *reference = NULL;

    if (!spool_txn_begin(&txn, db, error) || !spool_message_enter(db, entry, &claim, error))
        return false;
    object = g_strdup_printf("mail:%" G_GINT64_FORMAT, claim.id);
    if (!spool_audit_append(db, entry->author, "entered", object, "{}", error) ||
        !spool_record_commit(db, &claim, decision, &reference, error) ||
        !spool_txn_commit(&txn, error))
        return false;
    *out_reference = g_steal_pointer(&reference);
    return true;
}
