/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/account-proof.c - whether somebody is who they say, and what wrong answers lead to.
 *
 * Wrong answers are counted in the same row for both factors: each five lock the
 * account, for 15 minutes the first time and twice as long each time after.  A
 * browser that has signed in before has a count of its own instead.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "People"; NIST SP 800-63B section 5.2.2
 */
#include "config.h"

#include "spool/account.h"
#include "spool/audit.h"
#include "spool/device.h"
#include "spool/password.h"
#include "spool/private.h"

#define LOCK (15 * 60 * SPOOL_SECOND)
#define LOCK_DOUBLINGS 6u /* at most sixteen hours */

/* What the row of an account says about proving it. */
typedef struct {
    gint64 id; /* 0: there is none */
    char *password;
    GBytes *second;
    gint64 last_step, failures, locked;
    bool disabled;
    bool known; /* the browser has signed in as this account before, and has tries left */
} Proof;

static void
proof_clear(Proof *proof)
{
    g_clear_pointer(&proof->password, g_free);
    g_clear_pointer(&proof->second, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Proof, proof_clear)

/* Leaves out_proof as it is when there is no such account. */
static bool
read_proof(SpoolDb *db, const char *text, SpoolSqlArgs args, Proof *out_proof, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, text, args, &rows, error) || !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return true;
    out_proof->id = spool_sql_int(&rows, 0);
    out_proof->password = g_strdup(spool_sql_text(&rows, 1));
    out_proof->second = spool_sql_is_null(&rows, 2) ? NULL : spool_sql_bytes(&rows, 2);
    out_proof->last_step = spool_sql_int(&rows, 3);
    out_proof->failures = spool_sql_int(&rows, 4);
    out_proof->locked = spool_sql_int(&rows, 5);
    out_proof->disabled = spool_sql_int(&rows, 6) != 0;
    return true;
}

#define PROOF                                                                                      \
    "SELECT id, password, second, last_step, failures, locked, disabled FROM account WHERE "

static bool
is_locked(const Proof *proof)
{
    return !proof->known && proof->locked > spool_now();
}

static gint64
locked_until(gint64 failures)
{
    guint times = (guint)(failures / SPOOL_ACCOUNT_TRIES);

    if (failures % SPOOL_ACCOUNT_TRIES != 0)
        return 0;
    return spool_now() + LOCK * (1 << MIN(times - 1, LOCK_DOUBLINGS));
}

static bool
audit_proof(SpoolDb *db, gint64 id, const char *act, GError **error)
{
    g_autofree char *object = g_strdup_printf("account:%" G_GINT64_FORMAT, id);

    return spool_audit_append(db, "review", act, object, NULL, error);
}

/* One more wrong answer.  Counted in the database, so that it holds for every worker.
 *
 * device: of a known browser, or NULL. */
static bool
note_wrong(SpoolDb *db, gint64 id, const char *device, GError **error)
{
    SpoolSqlNumber failures;
    gint64 until;

    if (device != NULL)
        return spool_device_note_wrong(db, device, error) &&
               audit_proof(db, id, "sign-in-wrong", error);
    if (!spool_sql_number(db->sql,
                          "UPDATE account SET failures = failures + 1 WHERE id = $1"
                          " RETURNING failures",
                          SQL_ARGS(SQL_INT(id)), &failures, error))
        return false;
    until = locked_until(failures.value);
    if (until != 0 && !spool_sql_run(db->sql, "UPDATE account SET locked = $1 WHERE id = $2",
                                     SQL_ARGS(SQL_INT(until), SQL_INT(id)), NULL, error))
        return false;
    return audit_proof(db, id, until != 0 ? "account-locked" : "sign-in-wrong", error);
}

/* A known browser leaves the lock to those it is for: else each signing in gave strangers five more
 * guesses. */
static bool
note_good(SpoolDb *db, const Proof *proof, gint64 step, GError **error)
{
    return spool_sql_run(
        db->sql,
        proof->known ? "UPDATE account SET last_step = $1 WHERE id = $2"
                     : "UPDATE account SET failures = 0, locked = 0, last_step = $1 WHERE id = $2",
        SQL_ARGS(SQL_INT(step), SQL_INT(proof->id)), NULL, error);
}

bool
spool_account_check_password(SpoolDb *db, const SpoolAccountClaim *claim, SpoolProof *out_proof,
                             SpoolAccount **out_account, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(Proof) proof = {0};

    *out_account = NULL;
    if (!read_proof(db, PROOF "name = $1", SQL_ARGS(SQL_TEXT(claim->name)), &proof, error) ||
        !spool_device_is_known(db, claim->device, proof.id, &proof.known, error))
        return false;
    bool good =
        spool_password_matches(claim->password, proof.password) && proof.id != 0 && !proof.disabled;

    bool locked = is_locked(&proof);

    /* Only who knows the password is told of the lock: it would say that there is such a name. */
    *out_proof = !good ? SPOOL_PROOF_WRONG : locked ? SPOOL_PROOF_LOCKED : SPOOL_PROOF_GOOD;
    if (*out_proof == SPOOL_PROOF_GOOD)
        return spool_account_get(db, proof.id, out_account, error);
    if (locked || proof.id == 0)
        return true;
    return spool_txn_begin(&txn, db, error) &&
           note_wrong(db, proof.id, proof.known ? claim->device : NULL, error) &&
           spool_txn_commit(&txn, error);
}

static bool
seal_second(SpoolDb *db, gint64 id, GBytes *secret, GBytes **out_sealed, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = g_strdup_printf("account.second %" G_GINT64_FORMAT, id);

    spool_crypt_own_key(db->keys, &key);
    return spool_crypt_seal(&key, place, secret, out_sealed, error);
}

static bool
open_second(SpoolDb *db, const Proof *proof, GBytes **out_secret, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autofree char *place = g_strdup_printf("account.second %" G_GINT64_FORMAT, proof->id);

    spool_crypt_own_key(db->keys, &key);
    return spool_crypt_open(&key, place, proof->second, out_secret, error);
}

bool
spool_account_set_second(SpoolDb *db, gint64 id, GBytes *secret, const char *code,
                         SpoolProof *out_proof, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(GBytes) sealed = NULL;
    gint64 step = spool_totp_match(secret, code, spool_now() / SPOOL_SECOND, 0);
    guint changed = 0;

    *out_proof = step != 0 ? SPOOL_PROOF_GOOD : SPOOL_PROOF_WRONG;
    if (step == 0)
        return true;
    if (!seal_second(db, id, secret, &sealed, error) || !spool_txn_begin(&txn, db, error) ||
        !spool_sql_run(db->sql,
                       "UPDATE account SET second = $1, last_step = $2"
                       " WHERE id = $3 AND second IS NULL",
                       SQL_ARGS(SQL_BYTES(sealed), SQL_INT(step), SQL_INT(id)), &changed, error))
        return false;
    if (changed == 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "there is a second factor already");
    return audit_proof(db, id, "second-factor-set", error) && spool_txn_commit(&txn, error);
}

/* Reads and writes in one transaction: the same code given to two workers is right once. */
bool
spool_account_check_code(SpoolDb *db, gint64 id, const char *code, const char *device,
                         SpoolProof *out_proof, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(Proof) proof = {0};
    g_autoptr(GBytes) secret = NULL;
    gint64 step = 0;

    if (!spool_txn_begin(&txn, db, error) ||
        !read_proof(db, PROOF "id = $1", SQL_ARGS(SQL_INT(id)), &proof, error) ||
        !spool_device_is_known(db, device, id, &proof.known, error))
        return false;
    *out_proof = is_locked(&proof) ? SPOOL_PROOF_LOCKED : SPOOL_PROOF_WRONG;
    if (*out_proof == SPOOL_PROOF_LOCKED || proof.second == NULL || proof.disabled)
        return spool_txn_commit(&txn, error);
    if (!open_second(db, &proof, &secret, error))
        return false;
    step = spool_totp_match(secret, code, spool_now() / SPOOL_SECOND, proof.last_step);
    if (step != 0)
        *out_proof = SPOOL_PROOF_GOOD;
    return (step != 0 ? note_good(db, &proof, step, error)
                      : note_wrong(db, id, proof.known ? device : NULL, error)) &&
           spool_txn_commit(&txn, error);
}
