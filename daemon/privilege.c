/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/privilege.c - each role keeps only what it needs.
 *
 * The filter here denies what no role ever does; the parser's cage, which allows
 * almost nothing, is another matter (parsers/cage.c).
 *
 * Runs in:  every role, before its work starts.
 * Source:   doc/process-model.md; seccomp(2); prctl(2)
 */
#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/parser.h"
#include "daemon/privilege.h"

/* Never needed by any role; a flaw must not find them. */
static const int denied[] = {
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(chroot),
    SCMP_SYS(setns),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(bpf),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
};

/* What a cage is built with; a user namespace of one's own makes them work without root. */
static const int building[] = {
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(unshare),
};

static bool
failed(const char *what, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_SYSTEM, "%s: %s", what, g_strerror(errno));
}

/* The folder of sqlite:/path/to/postern.db, or NULL; the caller frees. */
static char *
spool_folder(const char *url)
{
    return url != NULL && g_str_has_prefix(url, "sqlite:")
               ? g_path_get_dirname(url + strlen("sqlite:"))
               : NULL;
}

bool
daemon_privilege_account(const DaemonSettings *settings, DaemonAccount *out_account, GError **error)
{
    g_autofree char *folder = spool_folder(settings->spool_url);
    const struct passwd *entry;
    struct stat st;

    if (settings->user != NULL)
        entry = getpwnam(settings->user);
    else if (folder != NULL && stat(folder, &st) == 0)
        entry = getpwuid(st.st_uid);
    else
        entry = getpwuid(getuid());
    if (settings->user == NULL && folder == NULL && getuid() == 0)
        return daemon_throw(
            error, DAEMON_ERROR_SETTINGS,
            "[service] user: is missing: with this spool, who should the roles be?");
    if (entry == NULL)
        return daemon_throw(error, DAEMON_ERROR_SETTINGS,
                            "[service] user: there is no account \"%s\"",
                            settings->user != NULL ? settings->user : "(owner of the spool)");
    *out_account = (DaemonAccount){entry->pw_uid, entry->pw_gid, g_strdup(entry->pw_name)};
    return true;
}

static bool
become(const DaemonAccount *account, GError **error)
{
    if (getuid() != 0 || account->uid == 0)
        return true;
    if (initgroups(account->name, account->gid) != 0 || setgid(account->gid) != 0 ||
        setuid(account->uid) != 0)
        return failed("giving up root", error);
    if (setuid(0) == 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "root could be taken back");
    return true;
}

static int
deny_all(scmp_filter_ctx filter, const int *calls, gsize n)
{
    int bad = 0;

    for (gsize i = 0; i < n; i++)
        bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0);
    return bad;
}

/* No cage can be built, nor a wall of this one taken down.  clone3() keeps its flags where a filter
 * does not see them; without it the C library uses clone(). */
static int
deny_building(scmp_filter_ctx filter)
{
    return deny_all(filter, building, G_N_ELEMENTS(building)) |
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) |
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER));
}

/* Of the families only AF_UNIX stays, and AF_NETLINK, with which bubblewrap makes a loopback of its
 * own.  The kernel takes the lower 32 bits, whatever stands above them. */
static int
deny_internet(scmp_filter_ctx filter)
{
    int bad = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
                               SCMP_A0_32(SCMP_CMP_GT, AF_NETLINK, 0));

    for (unsigned family = AF_UNSPEC; family < AF_NETLINK; family++)
        if (family != AF_UNIX)
            bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1,
                                    SCMP_A0_32(SCMP_CMP_EQ, family, 0));
    return bad;
}

static int
add_rules(scmp_filter_ctx filter, guint may)
{
    int bad = deny_all(filter, denied, G_N_ELEMENTS(denied));

    if ((may & DAEMON_MAY_CONNECT) == 0)
        bad |= deny_internet(filter);
    if ((may & DAEMON_MAY_EXECUTE) == 0)
        bad |= deny_building(filter);
    if ((may & (DAEMON_MAY_EXECUTE | DAEMON_MAY_SHOW)) == 0) {
        bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execve), 0);
        bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execveat), 0);
    }
    return bad;
}

static bool
filter_calls(guint may, GError **error)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool good = filter != NULL && add_rules(filter, may) == 0 && seccomp_load(filter) == 0;

    seccomp_release(filter);
    return good || failed("filtering system calls", error);
}

bool
daemon_privilege_drop(const DaemonAccount *account, guint may, GError **error)
{
    const struct rlimit none = {0, 0};

    if (!become(account, error))
        return false;
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failed("giving up privileges", error);
    if ((may & DAEMON_MAY_SHOW) != 0) {
        g_autofree char *program = daemon_parser_program(DAEMON_PARSER_VIEW);

        if (!daemon_privilege_execute_only(program, error))
            return false;
    }
    return filter_calls(may, error);
}

int
daemon_privilege_converter_filter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int fd = memfd_create("filter", MFD_CLOEXEC);
    bool good = filter != NULL && fd >= 0 &&
                (deny_all(filter, denied, G_N_ELEMENTS(denied)) | deny_building(filter) |
                 deny_internet(filter)) == 0 &&
                seccomp_export_bpf(filter, fd) == 0 && lseek(fd, 0, SEEK_SET) == 0;

    if (filter != NULL)
        seccomp_release(filter);
    if (!good && fd >= 0)
        close(fd);
    return good ? fd : -1;
}
