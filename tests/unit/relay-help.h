/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/relay-help.h - a relay on a port of its own, which answers when a test wants it to.
 *
 * Runs in:  the unit tests of the courier.
 * Source:   RFC 5321; doc/replies.md, "Sending"
 */
#ifndef TESTS_UNIT_RELAY_HELP_H
#define TESTS_UNIT_RELAY_HELP_H

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RELAY_MAX 64

typedef struct {
    int listening;
    guint16 port;
    gint held;        /* the final dot is not answered */
    gint connections; /* so far */
    gint mails;       /* whose final dot has come */
    int fds[RELAY_MAX];
} Relay;

typedef struct {
    Relay *relay;
    int fd;
} RelayTalk;

static inline void
relay_say(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* What is to be said to a line; static.  in_mail: whether it is one of a mail. */
static inline const char *
relay_answer(Relay *relay, const char *line, bool *in_mail)
{
    if (*in_mail && strcmp(line, ".\r\n") != 0)
        return "";
    if (*in_mail) {
        *in_mail = false;
        g_atomic_int_inc(&relay->mails);
        while (g_atomic_int_get(&relay->held))
            g_usleep(1000);
        return "250 taken\r\n";
    }
    *in_mail = strcmp(line, "DATA\r\n") == 0;
    return *in_mail                              ? "354 go ahead\r\n"
           : g_str_has_prefix(line, "EHLO") != 0 ? "250-relay\r\n250 PIPELINING\r\n"
                                                 : "250 ok\r\n";
}

static inline gpointer
relay_talk(gpointer data)
{
    RelayTalk *talk = data;
    FILE *in = fdopen(dup(talk->fd), "r");
    bool in_mail = false;
    char line[4096];

    relay_say(talk->fd, "220 relay\r\n");
    while (fgets(line, sizeof line, in) != NULL)
        relay_say(talk->fd, relay_answer(talk->relay, line, &in_mail));
    shutdown(talk->fd, SHUT_RDWR);
    fclose(in);
    g_free(talk);
    return NULL;
}

static inline gpointer
relay_listen(gpointer data)
{
    Relay *relay = data;
    int fd;

    while ((fd = accept(relay->listening, NULL, NULL)) >= 0) {
        RelayTalk *talk = g_new(RelayTalk, 1);
        gint number = g_atomic_int_get(&relay->connections);

        g_assert(number < RELAY_MAX);
        *talk = (RelayTalk){relay, fd};
        relay->fds[number] = fd;
        g_atomic_int_inc(&relay->connections);
        g_thread_unref(g_thread_new("talk", relay_talk, talk));
    }
    return NULL;
}

/* It lives as long as the test. */
static inline Relay *
relay_new(void)
{
    Relay *relay = g_new0(Relay, 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;

    relay->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert(bind(relay->listening, (struct sockaddr *)&address, sizeof address) == 0 &&
             listen(relay->listening, 16) == 0 &&
             getsockname(relay->listening, (struct sockaddr *)&address, &length) == 0);
    relay->port = ntohs(address.sin_port);
    g_thread_unref(g_thread_new("relay", relay_listen, relay));
    return relay;
}

static inline void
relay_await(gint *count, gint wanted)
{
    while (g_atomic_int_get(count) < wanted)
        g_usleep(1000);
}

#endif
