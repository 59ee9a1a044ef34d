/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-privilege.c - a role without network has none, however it asks.
 *
 * Runs in:  make check.
 * Source:   doc/process-model.md; socket(2)
 */
#include "config.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "daemon/privilege.h"

/* The kernel takes the lower half. */
#define ABOVE (UINT64_C(1) << 32)

enum { OPENED, REFUSED, NOT_SUPPORTED, NOT_DROPPED };

/* In a process of its own, as nobody gets privileges back. */
static int
ask_for_socket(guint may, uint64_t family)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        const DaemonAccount self = {getuid(), getgid(), (char *)"self"};

        if (!daemon_privilege_drop(&self, may, NULL))
            _exit(NOT_DROPPED);
        if (syscall(SYS_socket, family, SOCK_DGRAM, 0) >= 0)
            _exit(OPENED);
        _exit(errno == EACCES ? REFUSED : NOT_SUPPORTED);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
test_no_network(void **fixture)
{
    const uint64_t families[] = {AF_INET,   AF_INET6,        AF_PACKET,        AF_VSOCK,
                                 AF_UNSPEC, AF_INET | ABOVE, AF_INET6 | ABOVE, AF_PACKET | ABOVE};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        assert_int_equal(ask_for_socket(0, families[i]), REFUSED);
    assert_int_equal(ask_for_socket(0, AF_UNIX), OPENED);
    assert_int_equal(ask_for_socket(0, AF_NETLINK), OPENED);
}

static void
test_network(void **fixture)
{
    (void)fixture;
    assert_int_equal(ask_for_socket(DAEMON_MAY_CONNECT, AF_INET), OPENED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_network),
        cmocka_unit_test(test_network),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
