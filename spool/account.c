/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/account.c - the people who use the staff pages.
 *
 * Runs in:  staff pages; command line.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include <string.h>

#include "spool/account.h"
#include "spool/audit.h"
#include "spool/password.h"
#include "spool/private.h"
#include "spool/session.h"

#define NAME_MAX_BYTES 64u
#define SHOWN_MAX_BYTES 120u

#define COLUMNS                                                                                    \
    "SELECT id, name, shown, roles, password IS NOT NULL, second IS NOT NULL, disabled, locked,"   \
    " made FROM account "

/* clang-format off */
static const struct {
    SpoolRole role;
    const char *word;
} roles_table[] = {
    { SPOOL_ROLE_REVIEWER,      "reviewer"      },
    { SPOOL_ROLE_MANAGER,       "manager"       },
    { SPOOL_ROLE_AUDITOR,       "auditor"       },
    { SPOOL_ROLE_ADMINISTRATOR, "administrator" },
};
/* clang-format on */

void
spool_account_free(SpoolAccount *account)
{
    if (account == NULL)
        return;
    g_free(account->name);
    g_free(account->shown);
    g_free(account);
}

static void
free_account(gpointer account)
{
    spool_account_free(account);
}

char *
spool_account_roles_text(guint roles)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(roles_table); i++)
        if ((roles & roles_table[i].role) != 0)
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", roles_table[i].word);
    return g_string_free(text, FALSE);
}

guint
spool_account_roles_parse(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " ,;", -1);
    guint roles = 0;

    for (char **word = words; *word != NULL; word++) {
        guint before = roles;

        for (guint i = 0; i < G_N_ELEMENTS(roles_table); i++)
            if (strcmp(*word, roles_table[i].word) == 0)
                roles |= roles_table[i].role;
        if (**word != '\0' && roles == before)
            return 0;
    }
    return roles;
}

static bool
audit_account(SpoolDb *db, gint64 id, const char *by, const char *act, GError **error)
{
    g_autofree char *object = g_strdup_printf("account:%" G_GINT64_FORMAT, id);

    return spool_audit_append(db, by, act, object, NULL, error);
}

static bool
check_account(const SpoolAccount *account, GError **error)
{
    gsize length = account->name != NULL ? strlen(account->name) : 0;

    if (length == 0 || length > NAME_MAX_BYTES ||
        strspn(account->name, "abcdefghijklmnopqrstuvwxyz0123456789._-@") != length)
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "a name to sign in with has 1 to %u of: a-z 0-9 . _ - @",
                           NAME_MAX_BYTES);
    if (account->shown == NULL || account->shown[0] == '\0' ||
        strlen(account->shown) > SHOWN_MAX_BYTES || !g_utf8_validate(account->shown, -1, NULL))
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "say how colleagues know them, in at most %u bytes", SHOWN_MAX_BYTES);
    return account->roles != 0 ||
           spool_throw(error, SPOOL_ERROR_STATE,
                       "give at least one role: reviewer, manager, auditor, administrator");
}

bool
spool_account_new(SpoolDb *db, const SpoolAccount *account, const char *by, gint64 *out_id,
                  GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autofree char *roles = spool_account_roles_text(account->roles);
    SpoolSqlNumber id;

    if (!check_account(account, error) || !spool_txn_begin(&txn, db, error) ||
        !spool_sql_number(db->sql,
                          "INSERT INTO account (name, shown, roles, made) VALUES ($1, $2, $3, $4)"
                          " ON CONFLICT (name) DO NOTHING RETURNING id",
                          SQL_ARGS(SQL_TEXT(account->name), SQL_TEXT(account->shown),
                                   SQL_TEXT(roles), SQL_INT(spool_now())),
                          &id, error))
        return false;
    if (!id.found)
        return spool_throw(error, SPOOL_ERROR_STATE, "there is an account of that name already");
    *out_id = id.value;
    return audit_account(db, id.value, by, "account-made", error) && spool_txn_commit(&txn, error);
}

static SpoolAccount *
read_account(const SpoolSqlRows *rows)
{
    SpoolAccount *account = g_new0(SpoolAccount, 1);

    account->id = spool_sql_int(rows, 0);
    account->name = g_strdup(spool_sql_text(rows, 1));
    account->shown = g_strdup(spool_sql_text(rows, 2));
    account->roles = spool_account_roles_parse(spool_sql_text(rows, 3));
    account->has_password = spool_sql_int(rows, 4) != 0;
    account->has_second = spool_sql_int(rows, 5) != 0;
    account->disabled = spool_sql_int(rows, 6) != 0;
    account->locked_until = spool_sql_int(rows, 7);
    account->made = spool_sql_int(rows, 8);
    return account;
}

static bool
read_one(SpoolDb *db, const char *text, SpoolSqlArgs args, SpoolAccount **out_account,
         GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, text, args, &rows, error) || !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such account");
    *out_account = read_account(&rows);
    return true;
}

bool
spool_account_get(SpoolDb *db, gint64 id, SpoolAccount **out_account, GError **error)
{
    return read_one(db, COLUMNS "WHERE id = $1", SQL_ARGS(SQL_INT(id)), out_account, error);
}

bool
spool_account_find(SpoolDb *db, const char *name, SpoolAccount **out_account, GError **error)
{
    return read_one(db, COLUMNS "WHERE name = $1", SQL_ARGS(SQL_TEXT(name)), out_account, error);
}

bool
spool_account_list(SpoolDb *db, GPtrArray **out_accounts, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_account);
    bool more = true;

    if (!spool_sql_query(db->sql, COLUMNS "ORDER BY name", SQL_NO_ARGS, &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        if (more)
            g_ptr_array_add(all, read_account(&rows));
    }
    *out_accounts = g_steal_pointer(&all);
    return true;
}

/* Who changes what. */
typedef struct {
    gint64 id;
    const char *by, *act;
} Change;

/* One change of an account: the row, its sessions, the audit. */
static bool
change(SpoolDb *db, const Change *job, const char *text, SpoolSqlArgs args, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    guint changed = 0;

    if (!spool_txn_begin(&txn, db, error) || !spool_sql_run(db->sql, text, args, &changed, error))
        return false;
    if (changed == 0)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such account");
    return spool_session_end_all(db, job->id, error) &&
           audit_account(db, job->id, job->by, job->act, error) && spool_txn_commit(&txn, error);
}

bool
spool_account_change(SpoolDb *db, const SpoolAccount *account, const char *by, GError **error)
{
    g_autofree char *roles = spool_account_roles_text(account->roles);

    return check_account(account, error) &&
           change(db, &(Change){account->id, by, "account-changed"},
                  "UPDATE account SET shown = $1, roles = $2, disabled = $3 WHERE id = $4",
                  SQL_ARGS(SQL_TEXT(account->shown), SQL_TEXT(roles), SQL_INT(account->disabled),
                           SQL_INT(account->id)),
                  error);
}

bool
spool_account_set_password(SpoolDb *db, gint64 id, const char *password, const char *by,
                           GError **error)
{
    g_autofree char *hash = NULL;

    if (strlen(password) > SPOOL_PASSWORD_MAX || !g_utf8_validate(password, -1, NULL) ||
        g_utf8_strlen(password, -1) < SPOOL_PASSWORD_MIN)
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "a password has at least %u characters, and at most %u bytes",
                           SPOOL_PASSWORD_MIN, SPOOL_PASSWORD_MAX);
    return spool_password_hash(password, &hash, error) &&
           change(db, &(Change){id, by, "password-set"},
                  "UPDATE account SET password = $1, failures = 0, locked = 0 WHERE id = $2",
                  SQL_ARGS(SQL_TEXT(hash), SQL_INT(id)), error);
}

bool
spool_account_reset_second(SpoolDb *db, gint64 id, const char *by, GError **error)
{
    return change(db, &(Change){id, by, "second-factor-reset"},
                  "UPDATE account SET second = NULL, last_step = 0 WHERE id = $1",
                  SQL_ARGS(SQL_INT(id)), error);
}

bool
spool_account_unlock(SpoolDb *db, gint64 id, const char *by, GError **error)
{
    return change(db, &(Change){id, by, "account-unlocked"},
                  "UPDATE account SET failures = 0, locked = 0 WHERE id = $1",
                  SQL_ARGS(SQL_INT(id)), error);
}
