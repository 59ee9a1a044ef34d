/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/tcp.h - a TCP connection to a server, with a deadline.
 *
 * Runs in:  mailbox, courier.
 * Source:   doc/architecture.md
 */
#ifndef DAEMON_TCP_H
#define DAEMON_TCP_H

#include "daemon/error.h"

/* Wait until fd is ready for events (POLLIN, POLLOUT) or stop_fd (or -1) is readable.
 * Errors: DAEMON_ERROR_TIMEOUT after timeout_ms of nothing, or when told to stop. */
bool daemon_tcp_wait(int fd, short events, int stop_fd, int timeout_ms, GError **error);

typedef struct {
    const char *host; /* name or address; borrowed */
    guint port;
    guint timeout_s;
    int stop_fd;   /* readable: give up; or -1 */
    bool loopback; /* only a loopback address will do: the talk is not encrypted */
} DaemonTcpGoal;

/* Connect, trying each address of the host in turn, IPv6 and IPv4.
 *
 * out_fd: not blocking, close-on-exec, with keepalive; a peer that vanished is noticed within
 *         timeout_s of our writing and within a minute of silence.
 *
 * Errors: DAEMON_ERROR_CONNECT, _TIMEOUT: try again later; _TLS: the host is not loopback. */
bool daemon_tcp_connect(const DaemonTcpGoal *goal, int *out_fd, GError **error);

#endif
