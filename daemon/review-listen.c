/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-listen.c - the socket that all workers of the staff pages share.
 *
 * Runs in:  supervisor.
 * Source:   doc/review.md
 */
#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/review-listen.h"

#define WAITING_MAX 128

bool
daemon_review_listen_parse(const char *listen, char **out_host, guint *out_port)
{
    const char *colon = strrchr(listen, ':');
    bool brackets = listen[0] == '[' && colon > listen && colon[-1] == ']';
    guint64 port = 0;

    if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 1, 65535, &port, NULL))
        return false;
    *out_port = (guint)port;
    *out_host = brackets ? g_strndup(listen + 1, (gsize)(colon - listen - 2))
                         : g_strndup(listen, (gsize)(colon - listen));
    if (g_hostname_is_ip_address(*out_host) && (brackets || strchr(*out_host, ':') == NULL))
        return true;
    g_clear_pointer(out_host, g_free);
    return false;
}

static bool
bind_to(int fd, const char *host, guint port)
{
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string(host, port);
    struct sockaddr_storage native;
    gssize length = g_socket_address_get_native_size(address);
    const int yes = 1;

    return g_socket_address_to_native(address, &native, sizeof native, NULL) &&
           setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
           bind(fd, (const struct sockaddr *)&native, (socklen_t)length) == 0 &&
           listen(fd, WAITING_MAX) == 0;
}

bool
daemon_review_listen_open(const char *listen_at, int *out_fd, GError **error)
{
    g_autofree char *host = NULL;
    guint port = 0;
    int fd;

    if (!daemon_review_listen_parse(listen_at, &host, &port))
        return daemon_throw(error, DAEMON_ERROR_SETTINGS, "[review] listen: not an address:port");
    fd = socket(strchr(host, ':') != NULL ? AF_INET6 : AF_INET,
                SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && bind_to(fd, host, port)) {
        *out_fd = fd;
        return true;
    }
    daemon_throw(error, DAEMON_ERROR_CONNECT, "[review] listen %s: %s", listen_at,
                 g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return false;
}
