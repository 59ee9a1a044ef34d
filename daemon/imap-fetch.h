/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-fetch.h - what is in the inbox, and the mails themselves.
 *
 * Asks for UID, size, date and bytes, never for a structure or an envelope, and
 * leaves every flag as it was.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 sections 6.4.5 and 6.4.9
 */
#ifndef DAEMON_IMAP_FETCH_H
#define DAEMON_IMAP_FETCH_H

#include "daemon/imap-session.h"

/* As daemon_store_list() and daemon_store_fetch(). */
bool daemon_imap_fetch_list(DaemonImap *imap, guint32 next_uid, GArray *items, guint32 *out_next,
                            GError **error);
bool daemon_imap_fetch_bytes(DaemonImap *imap, const GArray *items, DaemonStorePart part,
                             GPtrArray *bytes, GError **error);

/* As daemon_store_stream(). */
bool daemon_imap_fetch_stream(DaemonImap *imap, const DaemonStoreItem *item,
                              const DaemonStoreSink *sink, bool *out_given, GError **error);

/* Which of these UIDs (guint32) are in the selected mailbox; those are appended to present. */
bool daemon_imap_fetch_present(DaemonImap *imap, const GArray *uids, GArray *present,
                               GError **error);

/* A sequence set of UIDs (guint32, ascending), with runs as ranges; freed by mailimap_set_free().
 */
struct mailimap_set *daemon_imap_fetch_set(const GArray *uids);

#endif
