/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-privilege-execute.c - one program can be started, and no other.
 *
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/privilege.h"

#define REFUSED 99 /* exit codes of a child, beside those of the program */
#define SETUP 98

/* In a child that may start allowed alone: start program, which ends with 0; REFUSED when the
 * kernel does not let it. */
static int
start(const char *allowed, const char *program)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
            !daemon_privilege_execute_only(allowed, NULL))
            _exit(SETUP);
        execl(program, program, NULL);
        _exit(errno == EACCES ? REFUSED : SETUP);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
test_only_one(void **state)
{
    (void)state;
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1) {
        print_message("SKIP this kernel has no Landlock\n");
        skip();
    }
    assert_int_equal(start("/usr/bin/true", "/usr/bin/true"), 0);
    assert_int_equal(start("/usr/bin/true", "/usr/bin/false"), REFUSED);
    assert_int_equal(start("/usr/bin/false", "/usr/bin/true"), REFUSED);
    assert_int_equal(start("/nowhere", "/usr/bin/true"), REFUSED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_only_one)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
