/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/spool-account.c - whoever runs a command, the spool's files are of one account.
 *
 * Root never makes, opens or gives away a file in a folder that another account
 * may write: it acts as that account, so no link put there leads it anywhere else.
 *
 * Runs in:  command line; supervisor.
 * Source:   doc/spool.md, "Whose the files are"; seteuid(2)
 */
#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/privilege.h"
#include "daemon/secret.h"
#include "daemon/spool-account.h"
#include "spool/owner.h"

/* The path of sqlite:/path, or NULL. */
static const char *
database(const DaemonSettings *settings)
{
    return g_str_has_prefix(settings->spool_url, "sqlite:")
               ? settings->spool_url + strlen("sqlite:")
               : NULL;
}

char *
daemon_spool_account_lock_path(const DaemonSettings *settings)
{
    return database(settings) != NULL ? g_strconcat(database(settings), ".lock", NULL) : NULL;
}

/* A folder of root's says nothing of who runs the service: its group may. */
static bool
is_anothers(const DaemonSettings *settings, uid_t owner)
{
    const struct passwd *user = settings->user != NULL ? getpwnam(settings->user) : NULL;

    return getuid() != 0 && owner != 0 && owner != getuid() &&
           (user == NULL || user->pw_uid != getuid());
}

/* As sudo(8) takes it: "#1000" where there is no name.  The caller frees. */
static char *
account_name(uid_t uid)
{
    const struct passwd *entry = getpwuid(uid);

    return entry != NULL ? g_strdup(entry->pw_name) : g_strdup_printf("#%u", (guint)uid);
}

/* Files made by a stranger who may write to the folder would keep the service from its spool. */
static bool
refuse_stranger(const DaemonSettings *settings, GError **error)
{
    const char *path = database(settings);
    g_autofree char *folder = path != NULL ? g_path_get_dirname(path) : NULL;
    struct stat st;

    if (folder == NULL || stat(folder, &st) != 0 || !is_anothers(settings, st.st_uid))
        return true;
    g_autofree char *owner = account_name(st.st_uid), *we = account_name(getuid());

    return daemon_throw(error, DAEMON_ERROR_FILE,
                        "the spool in %s belongs to \"%s\", and this is \"%s\": nothing was done; "
                        "run it as that account: sudo -u '%s' ...",
                        folder, owner, we, owner);
}

static bool
put_on(DaemonSpoolAccount *guise, const DaemonAccount *account, GError **error)
{
    guise->on = true;
    guise->group = getegid();
    guise->n_groups = getgroups(0, NULL);
    guise->groups = g_new0(gid_t, (gsize)MAX(guise->n_groups, 0) + 1);
    if (guise->n_groups >= 0 && getgroups(guise->n_groups, guise->groups) == guise->n_groups &&
        initgroups(account->name, account->gid) == 0 && setegid(account->gid) == 0 &&
        seteuid(account->uid) == 0)
        return true;
    return daemon_throw(error, DAEMON_ERROR_SYSTEM, "acting as \"%s\": %s", account->name,
                        g_strerror(errno));
}

bool
daemon_spool_account_enter(DaemonSpoolAccount *out_guise, const DaemonSettings *settings,
                           GError **error)
{
    DaemonAccount account = {0};
    bool good;

    if (geteuid() != 0 || database(settings) == NULL)
        return true;
    if (!daemon_privilege_account(settings, &account, error))
        return false;
    good = account.uid == 0 || put_on(out_guise, &account, error);
    g_free(account.name);
    return good;
}

void
daemon_spool_account_leave(DaemonSpoolAccount *guise)
{
    if (!guise->on)
        return;
    guise->on = false;
    /* The real account is still root, who may always do this. */
    if (seteuid(0) != 0 || setegid(guise->group) != 0 ||
        setgroups((gsize)MAX(guise->n_groups, 0), guise->groups) != 0)
        g_error("root could not be taken back: %s", g_strerror(errno));
    g_clear_pointer(&guise->groups, g_free);
}

bool
daemon_spool_account_open(const DaemonSettings *settings, SpoolDb **out_db, GError **error)
{
    g_auto(DaemonSpoolAccount) guise = {0};
    g_autoptr(GBytes) key = NULL;

    return refuse_stranger(settings, error) &&
           daemon_secret_master_key(settings->master_key_file, &key, error) &&
           daemon_spool_account_enter(&guise, settings, error) &&
           spool_db_open(settings->spool_url, key, out_db, error);
}

bool
daemon_spool_account_check(const DaemonSettings *settings, GError **error)
{
    g_auto(DaemonSpoolAccount) guise = {0};
    g_autofree char *lock = daemon_spool_account_lock_path(settings);

    return refuse_stranger(settings, error) &&
           daemon_spool_account_enter(&guise, settings, error) &&
           (lock == NULL || spool_owner_check(database(settings), lock, error));
}
