/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/worker.c - a child that reads plain mails one after the other.
 *
 * The mail goes in and the findings come out through memory that both share; a pair
 * of sockets, which lie where standard input and output were, says when.  The worker
 * waits at its end; the zygote never does, whatever a worker that was taken over has
 * sent or taken away.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md, "Plain mails"; unix(7)
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/plain.h"
#include "parsers/worker.h"

#define WALL_MS 500 /* a plain mail takes one; what takes longer is left to a child of its own */

enum { OUR_FD = 0, ITS_FD = 1 }; /* the ends of the zygote and of the worker */

/* Written by one side while the other waits.  The worker may have been taken over: what it leaves
 * is bounded here and checked as a stranger's by whoever gets it. */
typedef struct {
    guint64 asked, answered; /* numbers of mails: an answer to another one is none */
    guint64 size;            /* of the mail */
    guint64 length;          /* of the findings; 0: not plain */
    char mail[PARSERS_PLAIN_BYTES];
    char findings[PARSERS_PLAIN_FINDINGS];
} Area;

struct ParsersWorker {
    ParsersWorkerDeeds deeds;
    Area *area;
    pid_t pid; /* 0: there is none */
    int pidfd;
    guint mails; /* that it has read */
    guint64 asked;
};

/* ---- the zygote's end ---- */

/* send() is another call to the cage than the sendmsg() that its requests need anyway. */
static bool
ask(void)
{
    char byte = 0;
    struct iovec bytes = {.iov_base = &byte, .iov_len = 1};
    const struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};

    return sendmsg(OUR_FD, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == 1;
}

/* False when nothing is there. */
static bool
hear(int fd)
{
    char byte;
    struct iovec bytes = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};

    return recvmsg(fd, &message, MSG_DONTWAIT) >= 0;
}

/* Whatever a worker that is gone has left. */
static void
silence(void)
{
    while (hear(OUR_FD) || hear(ITS_FD))
        continue;
}

static bool
put_pair(void)
{
    int pair[2];
    bool good;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    good = dup2(pair[0], OUR_FD) == OUR_FD && dup2(pair[1], ITS_FD) == ITS_FD;
    for (gsize i = 0; i < G_N_ELEMENTS(pair); i++)
        if (pair[i] > ITS_FD)
            close(pair[i]);
    return good;
}

bool
parsers_worker_new(const ParsersWorkerDeeds *deeds, ParsersWorker **out_worker, GError **error)
{
    ParsersWorker *worker = g_new0(ParsersWorker, 1);

    worker->deeds = *deeds;
    worker->area =
        mmap(NULL, sizeof(Area), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *out_worker = worker;
    return (worker->area != MAP_FAILED && put_pair()) ||
           parsers_throw(error, PARSERS_ERROR_CAGE, "no memory or sockets to share: %s",
                         g_strerror(errno));
}

void
parsers_worker_forget(ParsersWorker *worker)
{
    if (worker->area != MAP_FAILED)
        munmap(worker->area, sizeof(Area));
    close(OUR_FD);
    close(ITS_FD);
}

/* ---- the worker ---- */

static void
read_one(const ParsersWorker *worker)
{
    Area *area = worker->area;
    g_autoptr(GBytes) raw = g_bytes_new(area->mail, MIN(area->size, sizeof area->mail));
    gsize length = 0;

    area->length = 0;
    g_autoptr(ParsersFindings) findings = worker->deeds.read(raw, worker->deeds.data);

    if (!parsers_plain_was(findings))
        return;
    g_autoptr(GBytes) encoded = parsers_findings_encode(findings);
    const void *bytes = g_bytes_get_data(encoded, &length);

    if (length > sizeof area->findings)
        return;
    memcpy(area->findings, bytes, length);
    area->length = length;
}

static G_NORETURN void
live(const ParsersWorker *worker)
{
    char byte = 0;

    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || !worker->deeds.enter(worker->deeds.data))
        _exit(1);
    while (read(ITS_FD, &byte, 1) == 1) {
        read_one(worker);
        worker->area->answered = worker->area->asked;
        if (write(ITS_FD, &byte, 1) != 1)
            break;
    }
    _exit(0);
}

/* ---- the zygote again ---- */

static void
end(ParsersWorker *worker)
{
    if (worker->pid > 0) {
        pidfd_send_signal(worker->pidfd, SIGKILL, NULL, 0);
        close(worker->pidfd);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    worker->pid = 0;
    worker->mails = 0;
    silence();
}

static bool
start(ParsersWorker *worker)
{
    pid_t pid = fork();

    if (pid == 0)
        live(worker);
    if (pid < 0)
        return false;
    worker->pid = pid;
    worker->pidfd = pidfd_open(pid, 0);
    if (worker->pidfd < 0)
        _exit(1); /* the child goes with us: PR_SET_PDEATHSIG */
    return true;
}

static bool
has_answered(const ParsersWorker *worker)
{
    struct pollfd heard[] = {{.fd = OUR_FD, .events = POLLIN},
                             {.fd = worker->pidfd, .events = POLLIN}};

    return poll(heard, G_N_ELEMENTS(heard), WALL_MS) > 0 && heard[0].revents != 0 && hear(OUR_FD);
}

bool
parsers_worker_read(ParsersWorker *worker, GBytes *raw, const char **out_findings,
                    gsize *out_length, bool *out_elsewhere)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(raw, &size);

    /* Asked here: a worker that was taken over must not get what is not plain. */
    *out_elsewhere = false;
    if (size == 0 || !parsers_plain_looks(data, size))
        return false;
    *out_elsewhere = worker->deeds.lacking && !parsers_plain_is_common(data, size);
    if (*out_elsewhere)
        return false;
    if (worker->mails >= PARSERS_PLAIN_MAILS)
        end(worker);
    if (worker->pid == 0 && !start(worker))
        return false;
    worker->mails++;
    memcpy(worker->area->mail, data, size);
    worker->area->size = size;
    worker->area->length = 0;
    worker->area->asked = ++worker->asked;
    if (!ask() || !has_answered(worker) || worker->area->answered != worker->asked) {
        end(worker);
        return false;
    }
    *out_findings = worker->area->findings;
    *out_length = worker->area->length;
    return *out_length > 0 && *out_length <= PARSERS_PLAIN_FINDINGS;
}
