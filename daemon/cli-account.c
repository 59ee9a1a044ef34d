/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-account.c - "postern account": who may use the staff pages.
 *
 * The way in for the first administrator, and the way back for one who is locked
 * out.  Passwords are read from standard input, never from arguments.
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "spool/account.h"

typedef bool Act(SpoolDb *db, const SpoolAccount *account, const DaemonCliOptions *options,
                 GError **error);

/* A line from standard input, not shown while it is typed.  The caller wipes and frees. */
static bool
read_password(char **out_password, GError **error)
{
    g_autofree char *line = g_malloc0(SPOOL_PASSWORD_MAX + 2);
    struct termios before, silent;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    bool good;

    if (terminal) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        fprintf(stderr, "Password (at least %u characters): ", SPOOL_PASSWORD_MIN);
    }
    good = fgets(line, SPOOL_PASSWORD_MAX + 2, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    line[strcspn(line, "\n")] = '\0';
    *out_password = g_steal_pointer(&line);
    return good || daemon_throw(error, DAEMON_ERROR_FILE, "no password came on standard input");
}

static bool
act_password(SpoolDb *db, const SpoolAccount *account, const DaemonCliOptions *options,
             GError **error)
{
    char *password = NULL;
    bool good;

    (void)options;
    good = read_password(&password, error) &&
           spool_account_set_password(db, account->id, password, g_get_user_name(), error);
    OPENSSL_cleanse(password, strlen(password));
    g_free(password);
    return good;
}

static bool
act_reset(SpoolDb *db, const SpoolAccount *account, const DaemonCliOptions *options, GError **error)
{
    (void)options;
    return spool_account_reset_second(db, account->id, g_get_user_name(), error);
}

static bool
act_unlock(SpoolDb *db, const SpoolAccount *account, const DaemonCliOptions *options,
           GError **error)
{
    (void)options;
    return spool_account_unlock(db, account->id, g_get_user_name(), error);
}

static bool
act_change(SpoolDb *db, const SpoolAccount *account, const DaemonCliOptions *options,
           GError **error)
{
    SpoolAccount changed = *account;

    changed.disabled = false;
    if (options->roles != NULL)
        changed.roles = spool_account_roles_parse(options->roles);
    if (options->shown != NULL)
        changed.shown = options->shown;
    return spool_account_change(db, &changed, g_get_user_name(), error);
}

static bool
act_disable(SpoolDb *db, const SpoolAccount *account, const DaemonCliOptions *options,
            GError **error)
{
    SpoolAccount changed = *account;

    (void)options;
    changed.disabled = true;
    return spool_account_change(db, &changed, g_get_user_name(), error);
}

/* clang-format off */
static const struct {
    const char *word;
    Act *act;
} acts[] = {
    { "password", act_password },
    { "reset",    act_reset    },
    { "unlock",   act_unlock   },
    { "change",   act_change   },
    { "disable",  act_disable  },
};
/* clang-format on */

/* The account and its password in one commit: none is left without. */
static bool
make(SpoolDb *db, const char *name, const DaemonCliOptions *options, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    SpoolAccount account = {
        .name = (char *)name,
        .shown = options->shown != NULL ? options->shown : (char *)name,
        .roles = spool_account_roles_parse(options->roles != NULL ? options->roles : "")};
    char *password = NULL;
    bool good;

    good = read_password(&password, error) && spool_txn_begin(&txn, db, error) &&
           spool_account_new(db, &account, g_get_user_name(), &account.id, error) &&
           spool_account_set_password(db, account.id, password, g_get_user_name(), error) &&
           spool_txn_commit(&txn, error);
    OPENSSL_cleanse(password, strlen(password));
    g_free(password);
    return good;
}

static void
print_account(const SpoolAccount *account, bool json)
{
    g_autofree char *roles = spool_account_roles_text(account->roles);
    g_autofree char *shown = daemon_cli_plain(account->shown);
    bool locked = account->locked_until > spool_now();

    if (json)
        daemon_cli_print_json(json_pack("{s:s, s:s, s:s, s:b, s:b, s:b}", "name", account->name,
                                        "shown", account->shown, "roles", roles, "disabled",
                                        account->disabled, "locked", locked, "second_factor",
                                        account->has_second));
    else
        printf("%-20s %-30s %s%s%s%s\n", account->name, shown, roles,
               account->disabled ? ", disabled" : "", locked ? ", locked" : "",
               account->has_second ? "" : ", no second factor yet");
}

static bool
list(SpoolDb *db, bool json, GError **error)
{
    g_autoptr(GPtrArray) accounts = NULL;

    if (!spool_account_list(db, &accounts, error))
        return false;
    for (guint i = 0; i < accounts->len; i++)
        print_account(accounts->pdata[i], json);
    return true;
}

static Act *
find_act(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        if (strcmp(acts[i].word, word) == 0)
            return acts[i].act;
    return NULL;
}

static bool
run(SpoolDb *db, const DaemonCliOptions *options, GError **error)
{
    const char *word = options->names[0], *name = options->names[1];
    g_autoptr(SpoolAccount) account = NULL;

    if (name == NULL)
        return list(db, options->json, error);
    if (strcmp(word, "new") == 0)
        return make(db, name, options, error);
    return spool_account_find(db, name, &account, error) &&
           find_act(word)(db, account, options, error);
}

int
daemon_cli_account(const DaemonCliOptions *options)
{
    const char *word = options->names[0];
    bool named = options->names[1] != NULL;
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GError) error = NULL;

    if (named ? strcmp(word, "new") != 0 && find_act(word) == NULL : strcmp(word, "list") != 0) {
        fputs("postern account: say: list, or new, password, reset, unlock, change or disable "
              "and a NAME\n",
              stderr);
        return DAEMON_CLI_USAGE;
    }
    if (!daemon_cli_open(options, &settings, &db, &error) || !run(db, options, &error))
        return daemon_cli_fail(error);
    return DAEMON_CLI_DONE;
}
