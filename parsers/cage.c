/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/cage.c - the walls between a stranger's bytes and everything else.
 *
 * The table of system calls below is the whole of what may happen inside.  What has no row kills
 * the process at once.  Libraries look for files of their own now and then; that is refused
 * without a kill, so that they go on without.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md; seccomp(2), landlock(7), setrlimit(2)
 */
#include "config.h"

#include "parsers/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OUTER = 1, INNER = 2, BOTH = 3 };

typedef struct {
    int call;
    int cages; /* where the row holds */
    uint32_t action;
} Rule;

#define REFUSE SCMP_ACT_ERRNO(EACCES)
#define ABSENT SCMP_ACT_ERRNO(ENOSYS)
#define NO_TTY SCMP_ACT_ERRNO(ENOTTY)

/* clang-format off */
static const Rule rules[] = {
    /* memory and time: what any computation needs; mmap and mprotect are below */
    {SCMP_SYS(brk),               BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(munmap),            BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(mremap),            BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(madvise),           BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(futex),             BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(clock_gettime),     BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(gettimeofday),      BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(getrandom),         BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(getpid),            BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(gettid),            BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(getuid),            BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(geteuid),           BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(sched_yield),       BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(rt_sigaction),      BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(rt_sigprocmask),    BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(rt_sigreturn),      BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(exit),              BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(exit_group),        BOTH,  SCMP_ACT_ALLOW},
    /* descriptors: a child has 0, 1 and 2, and all are /dev/null */
    {SCMP_SYS(read),              BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(write),             BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(writev),            BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(close),             BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(lseek),             BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(fstat),             BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(ioctl),             BOTH,  NO_TTY},
    /* what libraries try and do without */
    {SCMP_SYS(open),              BOTH,  REFUSE},
    {SCMP_SYS(openat),            BOTH,  REFUSE},
    {SCMP_SYS(openat2),           BOTH,  REFUSE},
    {SCMP_SYS(access),            BOTH,  REFUSE},
    {SCMP_SYS(faccessat),         BOTH,  REFUSE},
    {SCMP_SYS(faccessat2),        BOTH,  REFUSE},
    {SCMP_SYS(readlink),          BOTH,  REFUSE},
    {SCMP_SYS(readlinkat),        BOTH,  REFUSE},
    {SCMP_SYS(stat),              BOTH,  REFUSE},
    {SCMP_SYS(lstat),             BOTH,  REFUSE},
    {SCMP_SYS(statx),             BOTH,  REFUSE},
    {SCMP_SYS(getcwd),            BOTH,  REFUSE},
    {SCMP_SYS(newfstatat),        INNER, REFUSE},
    {SCMP_SYS(sysinfo),           BOTH,  ABSENT},
    {SCMP_SYS(sched_getaffinity), BOTH,  ABSENT},
    {SCMP_SYS(prctl),             INNER, ABSENT},
    {SCMP_SYS(clone3),            OUTER, ABSENT}, /* so that fork() uses clone(), whose flags can be seen */
    /* what the long-lived process needs to serve: packets in and out, children, their cage */
    {SCMP_SYS(newfstatat),        OUTER, SCMP_ACT_ALLOW}, /* fstat() of glibc; Landlock knows no path */
    {SCMP_SYS(recvmsg),           OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(sendmsg),           OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(poll),              OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(ppoll),             OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(fcntl),             OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(close_range),       OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(wait4),             OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(waitid),            OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(pidfd_open),        OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(pidfd_send_signal), OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(getppid),           OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(set_robust_list),   OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(rseq),              OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(prctl),             OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(prlimit64),         OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(setrlimit),         OUTER, SCMP_ACT_ALLOW},
    {SCMP_SYS(seccomp),           OUTER, SCMP_ACT_ALLOW},
    /* abort() comes here: parsers/main.c says in its handler what it was for.  A trap sends nothing */
    {SCMP_SYS(tgkill),            BOTH,  SCMP_ACT_TRAP},
#ifdef POSTERN_SANITIZERS
    {SCMP_SYS(sigaltstack),       BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(getrlimit),         BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(prlimit64),         INNER, SCMP_ACT_ALLOW},
    /* UBSan writes into a pipe to learn whether an object of C++ can be read. */
    {SCMP_SYS(pipe),              BOTH,  SCMP_ACT_ALLOW},
    {SCMP_SYS(pipe2),             BOTH,  SCMP_ACT_ALLOW},
#endif
};
/* clang-format on */

typedef struct {
    struct sock_filter *steps;
    unsigned short length;
} Filter;

struct ParsersCage {
    Filter outer;
    Filter inner;
};

/* fork(), but no namespace of its own, no thread and nothing shared. */
static int
add_fork(scmp_filter_ctx context)
{
    const scmp_datum_t forbidden = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
                                   CLONE_THREAD | CLONE_PARENT | CLONE_NEWNS | CLONE_NEWCGROUP |
                                   CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                                   CLONE_NEWNET;

    return seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, forbidden, 0));
}

static int
add_rules(scmp_filter_ctx context, int cage)
{
    const struct scmp_arg_cmp data = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
    static const int maps[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
    int result = seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

    for (gsize i = 0; result == 0 && i < G_N_ELEMENTS(rules); i++)
        if ((rules[i].cages & cage) != 0 && rules[i].call >= 0)
            result = seccomp_rule_add(context, rules[i].action, rules[i].call, 0);
    /* Code made at run time is refused, not fatal: PCRE2 then interprets its patterns. */
    for (gsize i = 0; result == 0 && i < G_N_ELEMENTS(maps); i++) {
        result = seccomp_rule_add(context, SCMP_ACT_ALLOW, maps[i], 1, data);
        if (result == 0)
            result = seccomp_rule_add(context, REFUSE, maps[i], 1, code);
    }
    if (result == 0 && cage == OUTER)
        result = add_fork(context);
    return result;
}

/* The context as steps that the kernel takes. */
static bool
export_steps(scmp_filter_ctx context, Filter *filter)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    off_t size;
    bool done = false;

    if (fd < 0)
        return false;
    if (seccomp_export_bpf(context, fd) == 0 && (size = lseek(fd, 0, SEEK_END)) > 0 &&
        size / (off_t)sizeof(struct sock_filter) <= BPF_MAXINSNS) {
        filter->steps = g_malloc((gsize)size);
        filter->length = (unsigned short)((gsize)size / sizeof(struct sock_filter));
        done = pread(fd, filter->steps, (gsize)size, 0) == (ssize_t)size;
    }
    close(fd);
    return done;
}

static bool
compile(int cage, Filter *filter, GError **error)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int result = context == NULL ? -ENOMEM : add_rules(context, cage);
    bool done = result == 0 && export_steps(context, filter);

    if (context != NULL)
        seccomp_release(context);
    if (!done)
        return parsers_throw(error, PARSERS_ERROR_CAGE,
                             "the filter of system calls cannot be made: %s",
                             g_strerror(result < 0 ? -result : errno));
    return true;
}

ParsersCage *
parsers_cage_new(GError **error)
{
    g_autoptr(ParsersCage) cage = g_new0(ParsersCage, 1);

    if (!compile(OUTER, &cage->outer, error) || !compile(INNER, &cage->inner, error))
        return NULL;
    return g_steal_pointer(&cage);
}

void
parsers_cage_free(ParsersCage *cage)
{
    if (cage == NULL)
        return;
    g_free(cage->outer.steps);
    g_free(cage->inner.steps);
    g_free(cage);
}

static bool
install(const Filter *filter, GError **error)
{
    struct sock_fprog program = {.len = filter->length, .filter = filter->steps};

    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        return parsers_throw(error, PARSERS_ERROR_CAGE, "seccomp: %s", g_strerror(errno));
    return true;
}

static bool
limit(int which, guint64 value, GError **error)
{
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};

    if (which == RLIMIT_CPU)
        both.rlim_max = value + 1; /* SIGXCPU first, which says what happened; then SIGKILL */
    if (setrlimit((__rlimit_resource_t)which, &both) != 0)
        return parsers_throw(error, PARSERS_ERROR_CAGE, "setrlimit %d: %s", which,
                             g_strerror(errno));
    return true;
}

/* Newer kernels know more to forbid; the header we are built with may be older than the kernel. */
typedef struct {
    guint64 fs;
    guint64 net;    /* from version 4 */
    guint64 scoped; /* from version 6 */
} LandlockRules;

static long
landlock_version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

const char *
parsers_cage_lacks(void)
{
    return landlock_version() >= 1
               ? NULL
               : "this kernel has no Landlock; the filter of system calls stands alone";
}

static bool
forbid_files(void)
{
    static const int fs_bits[] = {0, 13, 14, 15, 15, 16}; /* rights known to versions 0 to 5 */
    const long version = landlock_version();
    LandlockRules all = {.net = 3, .scoped = 3};
    gsize size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long fd;
    bool done;

    if (version < 1)
        return true; /* parsers_cage_lacks() tells */
    all.fs = (1ull << fs_bits[MIN(version, 5)]) - 1;
    fd = syscall(SYS_landlock_create_ruleset, &all, size, 0);
    if (fd < 0)
        return false;
    done = syscall(SYS_landlock_restrict_self, (int)fd, 0) == 0;
    close((int)fd);
    return done;
}

bool
parsers_cage_enter(const ParsersCage *cage, GError **error)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return parsers_throw(error, PARSERS_ERROR_CAGE, "prctl: %s", g_strerror(errno));
    /* Before RLIMIT_NOFILE: it needs a descriptor. */
    if (!forbid_files())
        return parsers_throw(error, PARSERS_ERROR_CAGE, "Landlock: %s", g_strerror(errno));
    if (!limit(RLIMIT_NOFILE, 16, error) || !limit(RLIMIT_CORE, 0, error))
        return false;
#ifndef POSTERN_SANITIZERS
    /* A sanitizer's report goes to a file. */
    if (!limit(RLIMIT_FSIZE, 0, error))
        return false;
#endif
    return install(&cage->outer, error);
}

bool
parsers_cage_enter_child(const ParsersCage *cage, const ParsersCageBudget *budget, GError **error)
{
    if (close_range(3, ~0u, 0) != 0)
        return parsers_throw(error, PARSERS_ERROR_CAGE, "close_range: %s", g_strerror(errno));
    if (!limit(RLIMIT_CPU, budget->cpu_s, error) || !limit(RLIMIT_NPROC, 0, error))
        return false;
#ifndef POSTERN_SANITIZERS
    /* AddressSanitizer's shadow takes terabytes of addresses. */
    if (budget->memory_bytes != 0 && !limit(RLIMIT_AS, budget->memory_bytes, error))
        return false;
#endif
    return install(&cage->inner, error);
}
