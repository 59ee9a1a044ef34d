/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/session.h - who is signed in.
 *
 * The browser holds a random token, the spool only its keyed hash.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "People"; OWASP Session Management
 */
#ifndef SPOOL_SESSION_H
#define SPOOL_SESSION_H

#include "spool/account.h"

#define SPOOL_SESSION_HOURS 12u /* the longest one, however busy */

typedef struct {
    SpoolAccount *account;
    bool full;  /* false: the second factor is still owed */
    char *csrf; /* what each form of this session carries */
} SpoolSession;
void spool_session_free(SpoolSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolSession, spool_session_free)

/* Begin one.  A session that gets its second factor is a new one, with a new token.
 *
 * out_token: for the cookie, 43 letters; the caller frees. */
bool spool_session_begin(SpoolDb *db, gint64 account_id, bool full, char **out_token,
                         GError **error);

/* The session of a token, and note that it was used now.
 *
 * quiet_s: seconds of quiet after which it has ended.
 * out_session: NULL when there is none, it has ended, or its account is disabled; owned. */
bool spool_session_get(SpoolDb *db, const char *token, guint quiet_s, SpoolSession **out_session,
                       GError **error);

/* Sign out.  A token that is not known is no error. */
bool spool_session_end(SpoolDb *db, const char *token, GError **error);
bool spool_session_end_all(SpoolDb *db, gint64 account_id, GError **error);

#endif
