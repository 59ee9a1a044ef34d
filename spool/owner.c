/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/owner.c - whose the files of a spool are.
 *
 * What root restored from a backup, or made by hand, the service cannot open.  It
 * says so in words that can be pasted; nothing here changes an owner or a mode.
 *
 * Runs in:  every role; command line.
 * Source:   doc/spool.md, "Whose the files are"; faccessat(2)
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/owner.h"

/* What is wrong, as words of commands. */
typedef struct {
    GString *foreign, *shut; /* to be given to us; to be opened for its owner */
    char *first;             /* what is said of the first */
} Wrong;

static void
wrong_clear(Wrong *wrong)
{
    g_string_free(wrong->foreign, TRUE);
    g_string_free(wrong->shut, TRUE);
    g_free(wrong->first);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wrong, wrong_clear)

/* Its name, or its number where it has none; the caller frees. */
static char *
user_name(uid_t uid)
{
    const struct passwd *entry = getpwuid(uid);

    return entry != NULL ? g_strdup(entry->pw_name) : g_strdup_printf("%u", (guint)uid);
}

static char *
group_name(gid_t gid)
{
    const struct group *entry = getgrgid(gid);

    return entry != NULL ? g_strdup(entry->gr_name) : g_strdup_printf("%u", (guint)gid);
}

static void
add_path(GString *paths, const char *path)
{
    g_autofree char *quoted = g_shell_quote(path);

    g_string_append_printf(paths, " %s", quoted);
}

static void
note(Wrong *wrong, const char *path, const struct stat *st)
{
    const mode_t needed = S_ISDIR(st->st_mode) ? S_IRWXU : S_IRUSR | S_IWUSR;
    bool foreign = st->st_uid != geteuid(), shut = (st->st_mode & needed) != needed;
    g_autofree char *owner = user_name(st->st_uid), *we = user_name(geteuid());

    if (foreign)
        add_path(wrong->foreign, path);
    if (shut)
        add_path(wrong->shut, path);
    if (wrong->first == NULL && (foreign || shut))
        wrong->first =
            foreign ? g_strdup_printf("%s belongs to \"%s\"; it should belong to \"%s\", who "
                                      "cannot write it",
                                      path, owner, we)
                    : g_strdup_printf("%s belongs to \"%s\", who cannot write it", path, we);
}

/* A file that is not there is none that is wrong, nor is one on a disk that nobody may write. */
static void
look(Wrong *wrong, const char *path, int how)
{
    struct stat st;

    if (faccessat(AT_FDCWD, path, how, AT_EACCESS) != 0 && errno == EACCES && lstat(path, &st) == 0)
        note(wrong, path, &st);
}

/* -h: whoever owns the folder could put a link in the file's place before the command is run. */
static bool
tell(const Wrong *wrong, const char *when, GError **error)
{
    g_autoptr(GString) commands = g_string_new(NULL);
    g_autofree char *user = user_name(geteuid()), *group = group_name(getegid());

    if (wrong->first == NULL)
        return true;
    if (wrong->foreign->len > 0)
        g_string_append_printf(commands, "chown -h %s:%s%s", user, group, wrong->foreign->str);
    if (wrong->shut->len > 0)
        g_string_append_printf(commands, "%schmod u+rwX%s", commands->len > 0 ? " && " : "",
                               wrong->shut->str);
    return spool_throw(error, SPOOL_ERROR_IO, "%s; %sas root: %s", wrong->first, when,
                       commands->str);
}

static bool
check_folder(const char *database, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(database);
    g_auto(Wrong) wrong = {g_string_new(NULL), g_string_new(NULL), NULL};

    look(&wrong, folder, R_OK | W_OK | X_OK);
    return tell(&wrong, "if that folder is the spool's alone, ", error);
}

bool
spool_owner_check(const char *database, const char *also, GError **error)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-sent"};
    g_auto(Wrong) wrong = {g_string_new(NULL), g_string_new(NULL), NULL};

    if (!check_folder(database, error))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = g_strconcat(database, suffixes[i], NULL);

        look(&wrong, path, R_OK | W_OK);
    }
    if (also != NULL)
        look(&wrong, also, R_OK | W_OK);
    return tell(&wrong, "", error);
}
