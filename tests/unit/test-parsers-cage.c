/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-cage.c - what can be done inside the cage, and what it costs to try more.
 *
 * Each deed runs in a child that has closed the cage around itself; the test looks at how it ended.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/cage.h"
#include "parsers/warm.h"

typedef int (*Deed)(void); /* returns the child's exit status */

enum { OUTER_ONLY = 1, WARM = 2 };

static const ParsersCageBudget budget = {.memory_bytes = 512u * 1024 * 1024, .cpu_s = 1};

static int
run(Deed deed, int how)
{
    pid_t child = fork();
    int status = -1;

    if (child == 0) {
        g_autoptr(ParsersCage) cage = parsers_cage_new(NULL);

        if ((how & WARM) != 0)
            parsers_warm_up();
        if (cage == NULL || !parsers_cage_enter(cage, NULL))
            _exit(99);
        if ((how & OUTER_ONLY) == 0 && !parsers_cage_enter_child(cage, &budget, NULL))
            _exit(98);
        _exit(deed());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void
assert_refused(Deed deed, int how)
{
    int status = run(deed, how);

    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EACCES);
}

static void
assert_fatal(Deed deed, int how)
{
    int status = run(deed, how);

    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSYS);
}

static void
assert_done(Deed deed, int how)
{
    int status = run(deed, how);

    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- Deeds.  Raw system calls, so that no library stands between. ---- */

static int
do_nothing(void)
{
    return 0;
}

static int
do_open(void)
{
    return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) < 0 ? errno : 0;
}

static int
do_open_proc(void)
{
    return syscall(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY) < 0 ? errno : 0;
}

static int
do_create(void)
{
    return syscall(SYS_openat, AT_FDCWD, "/tmp/cage", O_WRONLY | O_CREAT, 0600) < 0 ? errno : 0;
}

static int
do_access(void)
{
    return syscall(SYS_faccessat, AT_FDCWD, "/etc/passwd", R_OK) < 0 ? errno : 0;
}

static int
do_readlink(void)
{
    char link[64];

    return syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", link, sizeof link) < 0 ? errno : 0;
}

static int
do_stat(void)
{
    struct stat info;

    return syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", &info, 0) < 0 ? errno : 0;
}

static int
do_map_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return page == MAP_FAILED ? errno : 0;
}

static int
do_make_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mprotect(page, 4096, PROT_READ | PROT_EXEC) != 0 ? errno : 0;
}

static int
do_socket(void)
{
    return (int)syscall(SYS_socket, AF_INET, SOCK_STREAM, 0) * 0;
}

static int
do_connect(void)
{
    return (int)syscall(SYS_connect, 1, NULL, 0) * 0;
}

static int
do_fork(void)
{
    long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

    if (child == 0)
        _exit(0);
    return child > 0 ? 0 : 1;
}

static int
do_thread(void)
{
    return (int)syscall(SYS_clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, 0, 0, 0, 0) * 0;
}

static int
do_namespace(void)
{
    return (int)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) * 0;
}

static int
do_unshare(void)
{
    return (int)syscall(SYS_unshare, CLONE_NEWUSER) * 0;
}

static int
do_exec(void)
{
    char *const arguments[] = {(char *)"true", NULL};

    return (int)syscall(SYS_execve, "/bin/true", arguments, NULL) * 0;
}

static int
do_ptrace(void)
{
    return (int)syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0) * 0;
}

static int
do_kill_parent(void)
{
    return (int)syscall(SYS_kill, getppid(), 0) * 0;
}

static int
do_memory_file(void)
{
    return (int)syscall(SYS_memfd_create, "x", 0) * 0;
}

static int
do_unlink(void)
{
    return (int)syscall(SYS_unlinkat, AT_FDCWD, "/tmp/cage", 0) * 0;
}

static int
do_take_too_much(void)
{
    volatile char *much = malloc(1024u * 1024 * 1024);

    return much == NULL ? 0 : 1;
}

static int
do_loop(void)
{
    volatile unsigned turns = 0;

    for (;;)
        turns++;
    return 0;
}

static int
do_use_descriptor_3(void)
{
    return lseek(3, 0, SEEK_CUR) < 0 && errno == EBADF ? 0 : 1;
}

static int
do_convert(void)
{
    static const char *const charsets[] = {"UTF-16BE", "windows-1252", "ISO-2022-JP", "GB18030",
                                           "KOI8-R"};

    for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++) {
        g_autofree char *text = g_convert("\0A\0B", 4, "UTF-8", charsets[i], NULL, NULL, NULL);

        if (text == NULL)
            return (int)i + 1;
    }
    return 0;
}

/* ---- Tests ---- */

static void
test_ordinary_end(void **fixture)
{
    assert_done(do_nothing, 0);
    assert_done(do_nothing, OUTER_ONLY);
}

static void
test_files_are_refused(void **fixture)
{
    const Deed deeds[] = {do_open, do_open_proc, do_create, do_access, do_readlink, do_stat};

    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        assert_refused(deeds[i], 0);
    assert_refused(do_open, OUTER_ONLY);
}

static void
test_code_is_refused(void **fixture)
{
    assert_refused(do_map_code, 0);
    assert_refused(do_make_code, 0);
}

static void
test_the_world_is_fatal(void **fixture)
{
    const Deed deeds[] = {do_socket,      do_connect, do_fork,   do_thread,
                          do_namespace,   do_exec,    do_ptrace, do_kill_parent,
                          do_memory_file, do_unlink,  do_unshare};

    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        assert_fatal(deeds[i], 0);
}

/* The long-lived process may fork, and nothing more of what is fatal to its children. */
static void
test_outer_cage(void **fixture)
{
    const Deed deeds[] = {do_socket,    do_connect,     do_exec,   do_ptrace,
                          do_namespace, do_memory_file, do_thread, do_unshare};

    assert_done(do_fork, OUTER_ONLY);
    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        assert_fatal(deeds[i], OUTER_ONLY);
}

static void
test_descriptors_are_closed(void **fixture)
{
    int high = fcntl(1, F_DUPFD, 3);

    assert_true(high >= 3);
    assert_done(do_use_descriptor_3, 0);
    close(high);
}

static void
test_memory_is_bounded(void **fixture)
{
#ifdef POSTERN_SANITIZERS
    print_message("SKIP memory bound: AddressSanitizer needs the address space\n");
    skip();
#endif
    assert_done(do_take_too_much, 0);
}

static void
test_processor_time_is_bounded(void **fixture)
{
    int status = run(do_loop, 0);

    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGXCPU);
}

/* glibc loads converters from files; the warm-up must have done so. */
static void
test_character_sets_work_inside(void **fixture)
{
    assert_done(do_convert, WARM);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordinary_end),
        cmocka_unit_test(test_files_are_refused),
        cmocka_unit_test(test_code_is_refused),
        cmocka_unit_test(test_the_world_is_fatal),
        cmocka_unit_test(test_outer_cage),
        cmocka_unit_test(test_descriptors_are_closed),
        cmocka_unit_test(test_memory_is_bounded),
        cmocka_unit_test(test_processor_time_is_bounded),
        cmocka_unit_test(test_character_sets_work_inside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
