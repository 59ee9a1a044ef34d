/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/tcp.c - a TCP connection to a server, with a deadline.
 *
 * Runs in:  mailbox, courier.
 * Source:   tcp(7); RFC 5482 (user timeout)
 */
#include "config.h"

#include "daemon/tcp.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct addrinfo Addresses;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Addresses, freeaddrinfo)

bool
daemon_tcp_wait(int fd, short events, int stop_fd, int timeout_ms, GError **error)
{
    struct pollfd fds[2] = {{fd, events, 0}, {stop_fd, POLLIN, 0}};
    gint64 deadline = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
    int ready;

    do {
        gint64 left_ms = (deadline - g_get_monotonic_time() + 999) / 1000;

        ready = poll(fds, G_N_ELEMENTS(fds), (int)MAX(left_ms, 0));
    } while (ready < 0 && errno == EINTR);

    if (ready < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "poll: %s", g_strerror(errno));
    if (fds[1].revents != 0)
        return daemon_throw(error, DAEMON_ERROR_TIMEOUT, "told to stop");
    if (ready == 0)
        return daemon_throw(error, DAEMON_ERROR_TIMEOUT, "the server was silent for %d s",
                            timeout_ms / 1000);
    return true;
}

static bool
is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;

        return (ntohl(v4->sin_addr.s_addr) >> 24) == IN_LOOPBACKNET;
    }
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)address;

        return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
    }
    return false;
}

/* None of these can fail in a way that matters: without them a dead peer is noticed later, by our
 * own deadlines. */
static void
set_options(int fd, guint timeout_s)
{
    static const int one = 1, idle_s = 20, interval_s = 10, probes = 3;
    unsigned int timeout_ms = timeout_s * 1000;

    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof interval_s);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms, sizeof timeout_ms);
}

static bool
finish_connect(int fd, const DaemonTcpGoal *goal, GError **error)
{
    int failure = 0;
    socklen_t length = sizeof failure;

    if (!daemon_tcp_wait(fd, POLLOUT, goal->stop_fd, (int)goal->timeout_s * 1000, error))
        return false;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &length) < 0)
        failure = errno;
    if (failure != 0)
        return daemon_throw(error, DAEMON_ERROR_CONNECT, "cannot connect to %s port %u: %s",
                            goal->host, goal->port, g_strerror(failure));
    return true;
}

static bool
connect_one(const struct addrinfo *address, const DaemonTcpGoal *goal, int *out_fd, GError **error)
{
    int fd;

    if (goal->loopback && !is_loopback(address->ai_addr))
        return daemon_throw(error, DAEMON_ERROR_TLS,
                            "%s is another computer: tls = none is for loopback only", goal->host);
    fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return daemon_throw(error, DAEMON_ERROR_CONNECT, "socket: %s", g_strerror(errno));
    set_options(fd, goal->timeout_s);
    if (connect(fd, address->ai_addr, address->ai_addrlen) < 0 && errno != EINPROGRESS) {
        daemon_throw(error, DAEMON_ERROR_CONNECT, "cannot connect to %s port %u: %s", goal->host,
                     goal->port, g_strerror(errno));
        close(fd);
        return false;
    }
    if (!finish_connect(fd, goal, error)) {
        close(fd);
        return false;
    }
    *out_fd = fd;
    return true;
}

bool
daemon_tcp_connect(const DaemonTcpGoal *goal, int *out_fd, GError **error)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    g_autoptr(Addresses) addresses = NULL;
    g_autofree char *port = g_strdup_printf("%u", goal->port);
    g_autoptr(GError) last = NULL;
    int result = getaddrinfo(goal->host, port, &hints, &addresses);

    if (result != 0)
        return daemon_throw(error, DAEMON_ERROR_CONNECT, "cannot find the address of %s: %s",
                            goal->host, gai_strerror(result));
    for (const struct addrinfo *each = addresses; each != NULL; each = each->ai_next) {
        g_clear_error(&last);
        if (connect_one(each, goal, out_fd, &last))
            return true;
    }
    if (last == NULL)
        return daemon_throw(error, DAEMON_ERROR_CONNECT, "%s has no address", goal->host);
    g_propagate_error(error, g_steal_pointer(&last));
    return false;
}
