/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/worker.c - a child that reads plain mails one after the other.
 *
 * The mail goes in and the findings come out through memory that both share; two
 * eventfds, which lie where standard input and output were, say when.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md, "Plain mails"; eventfd(2)
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/plain.h"
#include "parsers/worker.h"

#define WALL_MS 500 /* a plain mail takes one; what takes longer is left to a child of its own */

enum { ASK_FD = 0, ANSWER_FD = 1 };

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

static bool
ring(int fd)
{
    const guint64 one = 1;

    return write(fd, &one, sizeof one) == sizeof one;
}

static bool
wait_for(int fd)
{
    guint64 count;

    return read(fd, &count, sizeof count) == sizeof count;
}

static bool
put_eventfd(int number)
{
    int fd = eventfd(0, EFD_CLOEXEC);
    bool good = fd >= 0 && (fd == number || dup2(fd, number) == number);

    if (fd > ANSWER_FD)
        close(fd);
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
    return (worker->area != MAP_FAILED && put_eventfd(ASK_FD) && put_eventfd(ANSWER_FD)) ||
           parsers_throw(error, PARSERS_ERROR_CAGE, "no memory or events to share: %s",
                         g_strerror(errno));
}

void
parsers_worker_forget(ParsersWorker *worker)
{
    if (worker->area != MAP_FAILED)
        munmap(worker->area, sizeof(Area));
    close(ASK_FD);
    close(ANSWER_FD);
}

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
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || !worker->deeds.enter(worker->deeds.data))
        _exit(1);
    while (wait_for(ASK_FD)) {
        read_one(worker);
        worker->area->answered = worker->area->asked;
        if (!ring(ANSWER_FD))
            break;
    }
    _exit(0);
}

/* Take what was rung and not heard. */
static void
silence(int fd)
{
    struct pollfd heard = {.fd = fd, .events = POLLIN};

    if (poll(&heard, 1, 0) > 0)
        (void)wait_for(fd);
}

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
    silence(ASK_FD);
    silence(ANSWER_FD);
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
    struct pollfd heard[] = {{.fd = ANSWER_FD, .events = POLLIN},
                             {.fd = worker->pidfd, .events = POLLIN}};

    return poll(heard, G_N_ELEMENTS(heard), WALL_MS) > 0 && heard[0].revents != 0 &&
           wait_for(ANSWER_FD);
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
    if (!ring(ASK_FD) || !has_answered(worker) || worker->area->answered != worker->asked) {
        end(worker);
        return false;
    }
    *out_findings = worker->area->findings;
    *out_length = worker->area->length;
    return *out_length > 0 && *out_length <= PARSERS_PLAIN_FINDINGS;
}
