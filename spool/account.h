/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/account.h - the people who use the staff pages, and how they prove who they are.
 *
 * Every change is in the audit, by name of the account and never by what was typed.
 *
 * Runs in:  staff pages; command line.
 * Source:   doc/review.md, "People"
 */
#ifndef SPOOL_ACCOUNT_H
#define SPOOL_ACCOUNT_H

#include "spool/db.h"

/* What an account may be; any number of them. */
typedef enum {
    SPOOL_ROLE_REVIEWER = 1 << 0,
    SPOOL_ROLE_MANAGER = 1 << 1,
    SPOOL_ROLE_AUDITOR = 1 << 2,
    SPOOL_ROLE_ADMINISTRATOR = 1 << 3,
} SpoolRole;

#define SPOOL_PASSWORD_MIN 12u  /* characters */
#define SPOOL_PASSWORD_MAX 128u /* bytes: more only keeps scrypt busy */
#define SPOOL_TOTP_SECRET 20u   /* bytes */
#define SPOOL_ACCOUNT_TRIES 5u  /* wrong answers before it is locked */

typedef struct {
    gint64 id;
    char *name;  /* signs in with it: a-z 0-9 . _ - @ */
    char *shown; /* as colleagues know them */
    guint roles; /* SpoolRole */
    bool has_password, has_second, disabled;
    gint64 locked_until; /* microseconds UTC; past or 0 when it is not locked */
    gint64 made;
} SpoolAccount;
void spool_account_free(SpoolAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolAccount, spool_account_free)

/* "reviewer manager" and back; a word that is no role gives 0.  The caller frees. */
char *spool_account_roles_text(guint roles);
guint spool_account_roles_parse(const char *text);

/* Make an account.  by: who does it, for the audit; borrowed.
 * Errors: SPOOL_ERROR_STATE, the name is taken or not fit, there is no role; the text says it. */
bool spool_account_new(SpoolDb *db, const SpoolAccount *account, const char *by, gint64 *out_id,
                       GError **error);
/* Errors: SPOOL_ERROR_NOT_FOUND. */
bool spool_account_get(SpoolDb *db, gint64 id, SpoolAccount **out_account, GError **error);
bool spool_account_find(SpoolDb *db, const char *name, SpoolAccount **out_account, GError **error);
/* All, by name.  out_accounts: SpoolAccount; owned. */
bool spool_account_list(SpoolDb *db, GPtrArray **out_accounts, GError **error);

/* Change roles, shown name and disabled to what account says; its sessions end. */
bool spool_account_change(SpoolDb *db, const SpoolAccount *account, const char *by, GError **error);
/* Set a password; wrong tries are forgotten and all sessions end.
 * Errors: SPOOL_ERROR_STATE, it is too short or too long. */
bool spool_account_set_password(SpoolDb *db, gint64 id, const char *password, const char *by,
                                GError **error);
/* Forget the second factor, so that it is set up at the next sign-in; all sessions end. */
bool spool_account_reset_second(SpoolDb *db, gint64 id, const char *by, GError **error);
bool spool_account_unlock(SpoolDb *db, gint64 id, const char *by, GError **error);

/* What a try to prove oneself came to. */
typedef enum {
    SPOOL_PROOF_GOOD,
    SPOOL_PROOF_WRONG,  /* or there is no such account, or it is disabled: nobody is told which */
    SPOOL_PROOF_LOCKED, /* too many wrong tries; *out_account says until when, when there is one */
} SpoolProof;

/* Who somebody says they are; all borrowed. */
typedef struct {
    const char *name, *password;
    const char *device; /* what their browser holds (spool/device.h), or NULL */
} SpoolAccountClaim;

/* Check a password.  Takes the same time whether the account is there or not.  A browser that has
 * signed in as this account before is not shut out by a lock, and its wrong answers lead to none,
 * until it has used up its own.
 *
 * out_account: set when the proof is good, NULL otherwise; owned. */
bool spool_account_check_password(SpoolDb *db, const SpoolAccountClaim *claim,
                                  SpoolProof *out_proof, SpoolAccount **out_account,
                                  GError **error);
/* Store a second factor once its first code is right.  secret: SPOOL_TOTP_SECRET bytes. */
bool spool_account_set_second(SpoolDb *db, gint64 id, GBytes *secret, const char *code,
                              SpoolProof *out_proof, GError **error);
/* Check a code of the second factor: of now, or one step of 30 seconds before or after; each once.
 * device: as in SpoolAccountClaim.
 * Source: RFC 6238 */
bool spool_account_check_code(SpoolDb *db, gint64 id, const char *code, const char *device,
                              SpoolProof *out_proof, GError **error);

#endif
