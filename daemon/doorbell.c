/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/doorbell.c - "look now": how one role wakes another.
 *
 * Runs in:  every role.
 * Source:   eventfd(2)
 */
#include "config.h"

#include "daemon/doorbell.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

bool
daemon_doorbell_new(int *out_fd, GError **error)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    if (fd < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "eventfd: %s", g_strerror(errno));
    *out_fd = fd;
    return true;
}

void
daemon_doorbell_ring(int fd)
{
    uint64_t one = 1;
    ssize_t written;

    if (fd < 0)
        return;
    /* EAGAIN means that it has rung as often as it can: it is heard all the same. */
    do
        written = write(fd, &one, sizeof one);
    while (written < 0 && errno == EINTR);
}

bool
daemon_doorbell_clear(int fd)
{
    uint64_t count;
    ssize_t got;

    if (fd < 0)
        return false;
    do
        got = read(fd, &count, sizeof count);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof count;
}

bool
daemon_doorbell_wait(int fd, int other_fd, int ms)
{
    struct pollfd fds[2] = {{fd, POLLIN, 0}, {other_fd, POLLIN, 0}};

    /* A signal ends the wait early: the caller looks, finds nothing and waits again. */
    return poll(fds, G_N_ELEMENTS(fds), ms) > 0;
}
