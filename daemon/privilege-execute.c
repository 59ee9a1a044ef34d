/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/privilege-execute.c - a role that starts one program can start no other.
 *
 * Runs in:  review, before its work starts.
 * Source:   doc/process-model.md; landlock(7)
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "daemon/privilege.h"

/* Of the main program, which stands first: where it says which loader it wants. */
static int
find_loader(struct dl_phdr_info *info, size_t size, void *data)
{
    const char **out_loader = data;

    (void)size;
    for (guint i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_INTERP)
            *out_loader = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    return 1;
}

static bool
allow(int rules, const char *path)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_EXECUTE,
                                              .parent_fd = open(path, O_PATH | O_CLOEXEC)};
    bool good = false;

    if (rule.parent_fd < 0)
        return false;
    good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(rule.parent_fd);
    return good;
}

bool
daemon_privilege_execute_only(const char *program, GError **error)
{
    const struct landlock_ruleset_attr all = {.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE};
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    const char *loader = NULL;
    bool good;

    if (rules < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP ||
               daemon_throw(error, DAEMON_ERROR_SYSTEM, "Landlock: %s", g_strerror(errno));
    dl_iterate_phdr(find_loader, &loader);
    /* Not to be there is no danger: then nothing can be started. */
    good = (access(program, F_OK) != 0 || allow(rules, program)) &&
           (loader == NULL || allow(rules, loader)) &&
           syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return good || daemon_throw(error, DAEMON_ERROR_SYSTEM, "Landlock: %s", g_strerror(errno));
}
