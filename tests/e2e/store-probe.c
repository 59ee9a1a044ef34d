/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/e2e/store-probe.c - open one mailbox and do what the command line says to it.
 *
 * Prints what it got, one fact a line; a failure as "error CODE: text" with exit
 * status 1.  So a shell script can check the store against real and hostile servers.
 *
 * Runs in:  tests.
 * Source:   daemon/store.h
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "daemon/store.h"

static const char *const codes[DAEMON_N_ERRORS] = {
    [DAEMON_ERROR_SETTINGS] = "SETTINGS",
    [DAEMON_ERROR_FILE] = "FILE",
    [DAEMON_ERROR_CONNECT] = "CONNECT",
    [DAEMON_ERROR_TLS] = "TLS",
    [DAEMON_ERROR_AUTH] = "AUTH",
    [DAEMON_ERROR_PROTOCOL] = "PROTOCOL",
    [DAEMON_ERROR_MAILBOX] = "MAILBOX",
    [DAEMON_ERROR_SYSTEM] = "SYSTEM",
    [DAEMON_ERROR_TIMEOUT] = "TIMEOUT",
    [DAEMON_ERROR_THROTTLED] = "THROTTLED",
    [DAEMON_ERROR_UNCONNECTED] = "UNCONNECTED",
    [DAEMON_ERROR_QUOTA] = "QUOTA",
};

static int
fail(const GError *error)
{
    const char *code = error->domain == DAEMON_ERROR ? codes[error->code] : NULL;

    printf("error %s: %s\n", code != NULL ? code : "OTHER", error->message);
    return EXIT_FAILURE;
}

static guint32
number(const char *text)
{
    return (guint32)g_ascii_strtoull(text, NULL, 10);
}

static bool
do_list(DaemonStore *store, char **arguments, GError **error)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
    guint32 next = 0;

    if (!daemon_store_list(store, number(arguments[0]), items, &next, error))
        return false;
    for (guint i = 0; i < items->len; i++) {
        const DaemonStoreItem *item = &g_array_index(items, DaemonStoreItem, i);

        printf("mail %u size %" G_GUINT64_FORMAT " received %" G_GINT64_FORMAT "\n", item->uid,
               item->size, item->received / G_USEC_PER_SEC);
    }
    printf("next %u uidvalidity %u%s\n", next, store->uidvalidity,
           store->read_only ? " read-only" : "");
    return true;
}

/* fetch UID SIZE, headers UID SIZE */
static bool
do_fetch(DaemonStore *store, DaemonStorePart part, char **arguments, GError **error)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
    g_autoptr(GPtrArray) bytes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    DaemonStoreItem item = {number(arguments[0]), number(arguments[1]), 0};

    g_array_append_val(items, item);
    if (!daemon_store_fetch(store, items, part, bytes, error))
        return false;
    if (bytes->pdata[0] == NULL) {
        printf("nothing\n");
        return true;
    }
    fwrite(g_bytes_get_data(bytes->pdata[0], NULL), 1, g_bytes_get_size(bytes->pdata[0]), stdout);
    return true;
}

static bool
print(void *user, const void *data, gsize length, GError **error)
{
    (void)user;
    (void)error;
    fwrite(data, 1, length, stdout);
    return true;
}

/* stream UID SIZE */
static bool
do_stream(DaemonStore *store, char **arguments, GError **error)
{
    const DaemonStoreItem item = {number(arguments[0]), number(arguments[1]), 0};
    const DaemonStoreSink sink = {print, NULL};
    bool given = false;

    if (!daemon_store_stream(store, &item, &sink, &given, error))
        return false;
    if (!given)
        printf("nothing\n");
    return true;
}

/* move ACTION UID... */
static bool
do_move(DaemonStore *store, char **arguments, GError **error)
{
    g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(guint32));

    for (char **uid = arguments + 1; *uid != NULL; uid++) {
        guint32 each = number(*uid);

        g_array_append_val(uids, each);
    }
    if (!daemon_store_move(store, uids, arguments[0], gone, error))
        return false;
    for (guint i = 0; i < gone->len; i++)
        printf("gone %u\n", g_array_index(gone, guint32, i));
    printf("moved %u\n", uids->len - gone->len);
    return true;
}

static bool
do_wait(DaemonStore *store, char **arguments, GError **error)
{
    gint64 began = g_get_monotonic_time();

    printf("waiting\n");
    fflush(stdout);
    if (!daemon_store_wait(store, -1, number(arguments[0]), error))
        return false;
    printf("woken after %" G_GINT64_FORMAT " ms\n", (g_get_monotonic_time() - began) / 1000);
    return true;
}

static bool
run(DaemonStore *store, char **arguments, GError **error)
{
    const char *command = arguments[0];

    if (g_str_equal(command, "list"))
        return do_list(store, arguments + 1, error);
    if (g_str_equal(command, "fetch"))
        return do_fetch(store, DAEMON_STORE_WHOLE, arguments + 1, error);
    if (g_str_equal(command, "stream"))
        return do_stream(store, arguments + 1, error);
    if (g_str_equal(command, "headers"))
        return do_fetch(store, DAEMON_STORE_HEADERS, arguments + 1, error);
    if (g_str_equal(command, "move"))
        return do_move(store, arguments + 1, error);
    if (g_str_equal(command, "wait"))
        return do_wait(store, arguments + 1, error);
    return daemon_throw(error, DAEMON_ERROR_SETTINGS, "no such command: %s", command);
}

static DaemonTls
tls_of(const char *word)
{
    if (g_strcmp0(word, "none") == 0)
        return DAEMON_TLS_NONE;
    return g_strcmp0(word, "starttls") == 0 ? DAEMON_TLS_STARTTLS : DAEMON_TLS_IMPLICIT;
}

/* How much memory a hostile server made us take. */
static void
print_memory(void)
{
    struct rusage usage;

    if (getrusage(RUSAGE_SELF, &usage) == 0)
        fprintf(stderr, "memory %ld\n", usage.ru_maxrss / 1024);
}

/* store-probe COMMAND [ARGUMENT...]; the mailbox comes from the environment. */
int
main(int argc, char **argv)
{
    const char *port = g_getenv("PROBE_PORT"), *path = g_getenv("PROBE_MAILDIR");
    const char *refresh = g_getenv("PROBE_REFRESH");
    DaemonMailbox mailbox = {
        .name = (char *)"probe",
        .server = {.scheme = path != NULL ? DAEMON_SCHEME_MAILDIR : DAEMON_SCHEME_IMAP,
                   .tls = tls_of(g_getenv("PROBE_TLS")),
                   .user = (char *)g_getenv("PROBE_USER"),
                   .host = (char *)g_getenv("PROBE_HOST"),
                   .port = port != NULL ? number(port) : 0,
                   .folder = (char *)(path != NULL ? path : "INBOX")},
        .ca_file = (char *)g_getenv("PROBE_CA"),
        .timeout = 2,
        .idle_refresh = refresh != NULL ? number(refresh) : 60,
        .message_max = 25,
        .batch = 10,
    };
    g_autoptr(DaemonStore) store = NULL;
    g_autoptr(GError) error = NULL;
    bool done;

    if (argc < 2)
        return 2;
    done = daemon_store_open(&mailbox, g_getenv("PROBE_PASSWORD"), -1, &store, &error) &&
           run(store, argv + 1, &error);
    print_memory();
    return done ? EXIT_SUCCESS : fail(error);
}
