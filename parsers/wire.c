/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/wire.c - what postern-parser and its parent say to each other.
 *
 * Runs in:  postern-parser and its parent.
 * Source:   doc/process-model.md; memfd_create(2), unix(7)
 */
#include "config.h"

#include "parsers/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define PACK_TYPE "a(say)"

typedef union {
    char bytes[CMSG_SPACE(sizeof(int) * PARSERS_WIRE_MAX_FDS)];
    struct cmsghdr align;
} Control;

bool
parsers_wire_send(int socket, gconstpointer packet, gsize length, const int *fds, guint n_fds)
{
    struct iovec piece = {.iov_base = (gpointer)packet, .iov_len = length};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    Control control = {0};
    ssize_t sent;

    g_assert(n_fds <= PARSERS_WIRE_MAX_FDS);
    if (n_fds > 0) {
        struct cmsghdr *head;

        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds);
        head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
        memcpy(CMSG_DATA(head), fds, sizeof(int) * n_fds);
    }
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)length;
}

/* Take the descriptors out of a message; returns how many there were. */
static guint
collect_fds(struct msghdr *message, int fds[PARSERS_WIRE_MAX_FDS])
{
    struct cmsghdr *head = CMSG_FIRSTHDR(message);
    guint n = 0;

    if (head == NULL || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
        return 0;
    n = (guint)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    n = MIN(n, (guint)PARSERS_WIRE_MAX_FDS);
    memcpy(fds, CMSG_DATA(head), sizeof(int) * n);
    return n;
}

bool
parsers_wire_receive(int socket, gpointer packet, gsize length, int *out_fds, guint n_fds)
{
    struct iovec piece = {.iov_base = packet, .iov_len = length};
    Control control = {0};
    struct msghdr message = {.msg_iov = &piece,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    int fds[PARSERS_WIRE_MAX_FDS];
    ssize_t got;
    guint n;

    g_assert(n_fds <= PARSERS_WIRE_MAX_FDS);
    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return false;
    n = collect_fds(&message, fds);
    if (got == (ssize_t)length && n == n_fds &&
        (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0) {
        for (guint i = 0; i < n; i++)
            out_fds[i] = fds[i];
        return true;
    }
    for (guint i = 0; i < n; i++)
        close(fds[i]);
    return false;
}

bool
parsers_wire_is_sealed(int fd, gsize max, gsize *out_size)
{
    const int wanted = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
    int seals = fcntl(fd, F_GET_SEALS);
    struct stat info;

    if (seals < 0 || (seals & wanted) != wanted || fstat(fd, &info) != 0)
        return false;
    if (info.st_size < 0 || (guint64)info.st_size > max)
        return false;
    *out_size = (gsize)info.st_size;
    return true;
}

bool
parsers_wire_pack(const GPtrArray *names, const GPtrArray *files, GBytes **out_packed,
                  GError **error)
{
    GVariantBuilder builder;
    g_autoptr(GVariant) packed = NULL;
    gsize total = 0;

    g_assert(names->len == files->len);
    for (guint i = 0; i < files->len; i++)
        total += g_bytes_get_size(files->pdata[i]);
    if (names->len > PARSERS_WIRE_MAX_FILES || total > PARSERS_WIRE_MAX_DEFINITIONS / 2)
        return parsers_throw(
            error, PARSERS_ERROR_DEFINITION,
            "%u definition files of %zu bytes are too many; the limits are %d and %d", names->len,
            total, PARSERS_WIRE_MAX_FILES, PARSERS_WIRE_MAX_DEFINITIONS / 2);
    g_variant_builder_init(&builder, G_VARIANT_TYPE(PACK_TYPE));
    for (guint i = 0; i < names->len; i++)
        g_variant_builder_add(
            &builder, "(s@ay)", names->pdata[i],
            g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, files->pdata[i], true));
    packed = g_variant_ref_sink(g_variant_builder_end(&builder));
    *out_packed = g_variant_get_data_as_bytes(packed);
    return true;
}

bool
parsers_wire_unpack(GBytes *packed, GPtrArray **out_names, GPtrArray **out_files, GError **error)
{
    g_autoptr(GVariant) all =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(PACK_TYPE), packed, false));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

    if (g_bytes_get_size(packed) > PARSERS_WIRE_MAX_DEFINITIONS || !g_variant_is_normal_form(all) ||
        g_variant_n_children(all) > PARSERS_WIRE_MAX_FILES)
        return parsers_throw(error, PARSERS_ERROR_DEFINITION, "the definitions arrived damaged");
    for (gsize i = 0; i < g_variant_n_children(all); i++) {
        g_autoptr(GVariant) bytes = NULL;
        char *name = NULL;

        g_variant_get_child(all, i, "(s@ay)", &name, &bytes);
        g_ptr_array_add(names, name);
        g_ptr_array_add(files, g_variant_get_data_as_bytes(bytes));
    }
    *out_names = g_steal_pointer(&names);
    *out_files = g_steal_pointer(&files);
    return true;
}
