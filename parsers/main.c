/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/main.c - postern-parser, postern-ocr and postern-view: read one mail after the other,
 * each in a child of its own; only plain text shares one.
 *
 * The long-lived process takes the form definitions, warms the libraries up and closes the outer
 * cage.  Of a mail it sees at most whether its lines are plain text (parsers/plain.h).  For each
 * mail it forks a child, which closes the inner cage, reads, leaves the findings in the file it was
 * given, and exits: no sender's document ever shares a process with the next one's.
 *
 * The long-lived process is two: one drops the libraries that few mails need, so that its forks are
 * cheap, and passes a mail whose child died for want of them to the other, which has everything.
 *
 * The programs differ in what they are linked with: Tesseract, or what draws pages, would make
 * every fork dearer, so that only the second and the third have it.
 *
 * Runs in:  postern-parser, postern-ocr, postern-view.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/aside.h"
#include "parsers/cage.h"
#include "parsers/draw.h"
#include "parsers/foreign.h"
#include "parsers/heap.h"
#include "parsers/mail.h"
#include "parsers/mapped.h"
#include "parsers/ocr.h"
#include "parsers/pattern.h"
#include "parsers/plain.h"
#include "parsers/rehearse.h"
#include "parsers/view-read.h"
#include "parsers/warm.h"
#include "parsers/wire.h"
#include "parsers/worker.h"

/* How a child ends that was not killed. */
enum { CHILD_READ = 0, CHILD_MEMORY = 70, CHILD_ABORTED, CHILD_TOO_BIG, CHILD_CAGE, CHILD_NOTHING };

/* abort() with less than this to be had was for want of memory. */
#define MEMORY_PROBE (32u * 1024 * 1024)

/* Of the child that reads plain mails. */
#define WORKER_MEMORY (64u * 1024 * 1024)
#define WORKER_CPU_S 20u

typedef struct {
    ParsersCage *cage;
    ParsersDefinitions *definitions;
    const ParsersLimits *limits;
    guint64 baseline; /* address space before any mail */
    ParsersAside aside;
    ParsersWorker *worker;
} Zygote;

/* Text from libraries may quote the mail: it goes nowhere.  A fatal one ends the process here, as
 * abort() is not to be had in the cage. */
static void
on_log(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
    if ((level & G_LOG_FLAG_FATAL) != 0 || (level & G_LOG_LEVEL_ERROR) != 0)
        _exit(message != NULL && strstr(message, "allocate") != NULL ? CHILD_MEMORY
                                                                     : CHILD_ABORTED);
}

static GLogWriterOutput
on_structured_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
    on_log(NULL, level, NULL, NULL);
    return G_LOG_WRITER_HANDLED;
}

/* The filter's trap: some library called abort(), mostly because it ran out of memory. */
static void
on_trap(int signal_number)
{
    void *probe = mmap(NULL, MEMORY_PROBE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    _exit(probe == MAP_FAILED ? CHILD_MEMORY : CHILD_ABORTED);
}

static void
set_handlers(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGSYS, on_trap);
    g_log_set_default_handler(on_log, NULL);
    g_log_set_writer_func(on_structured_log, NULL, NULL);
}

static bool
reply(guint64 serial, ParsersWireVerdict verdict, guint detail, const char *text)
{
    ParsersWireReply packet = {.serial = serial, .verdict = verdict, .detail = detail};

    if (text != NULL)
        g_strlcpy(packet.text, text, sizeof packet.text);
    return parsers_wire_send(PARSERS_WIRE_FD, &packet, sizeof packet, NULL, 0);
}

/* A sealed memory file as bytes; the mapping stays for as long as the process lives. */
static GBytes *
map_file(int fd, gsize size)
{
    void *data;

    if (size == 0)
        return g_bytes_new_static("", 0);
    data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    return data == MAP_FAILED ? NULL : g_bytes_new_static(data, size);
}

static GBytes *
map_mail(int fd, gsize size)
{
    GBytes *raw = map_file(fd, size);

    if (raw != NULL && size > 0)
        parsers_mapped_set(g_bytes_get_data(raw, NULL), size);
    return raw;
}

static void
child_leave(char *area, GBytes *encoded, const GPtrArray *wait, const ParsersLimits *limits)
{
    g_autoptr(GBytes) foreign = parsers_foreign_pack(wait);
    ParsersWireHeader header = {.length = g_bytes_get_size(encoded),
                                .foreign_length = g_bytes_get_size(foreign)};

    if (header.length > limits->findings_bytes ||
        header.foreign_length > parsers_foreign_packed_max())
        _exit(CHILD_TOO_BIG);
    memcpy(area + sizeof header, g_bytes_get_data(encoded, NULL), header.length);
    if (header.foreign_length > 0)
        memcpy(area + sizeof header + header.length, g_bytes_get_data(foreign, NULL),
               header.foreign_length);
    memcpy(area, &header, sizeof header);
}

/* The mail that the file begins with, and what converters made of its parts, with which it ends. */
static ParsersViewMail
child_mail(const Zygote *zygote, const ParsersWireRequest *request, GBytes *file)
{
    const gsize size = g_bytes_get_size(file) - request->converted_bytes;
    g_autoptr(GBytes) packed = g_bytes_new_from_bytes(file, size, request->converted_bytes);
    GPtrArray *converted = NULL;

    if (request->converted_bytes > 0 && !parsers_foreign_unpack(packed, &converted, NULL))
        _exit(CHILD_ABORTED);
    return (ParsersViewMail){.raw = g_bytes_new_from_bytes(file, 0, size),
                             .definitions = zygote->definitions,
                             .limits =
                                 request->careful != 0 ? parsers_limits_careful() : zygote->limits,
                             .converted = converted};
}

static void
child_read(const ParsersViewMail *mail, char *area, const ParsersLimits *limits)
{
    g_autoptr(ParsersFindings) findings =
        parsers_mail_read_converted(mail->raw, mail->definitions, mail->limits, mail->converted);
    g_autoptr(GBytes) encoded = parsers_findings_encode(findings);

    child_leave(area, encoded, findings->foreign, limits);
}

static void
child_show(const ParsersViewMail *mail, const ParsersWireRequest *request, char *area,
           const ParsersLimits *limits)
{
    g_autoptr(GPtrArray) none = parsers_foreign_list_new();
    g_autoptr(GBytes) encoded = NULL;

    if (!parsers_view_answer(mail, request, &encoded, NULL))
        _exit(CHILD_NOTHING);
    child_leave(area, encoded, none, limits);
}

/* The child's whole life.  fds: the mail and the file for its findings. */
static G_NORETURN void
child_main(const Zygote *zygote, const ParsersWireRequest *request, const int fds[2], gsize size)
{
    const gsize area_size =
        sizeof(ParsersWireHeader) + zygote->limits->findings_bytes + parsers_foreign_packed_max();
    /* What the mail costs beyond itself and the answer. */
    const ParsersCageBudget budget = {.memory_bytes = zygote->baseline + request->memory_bytes +
                                                      size + area_size,
                                      .cpu_s = request->cpu_s};
    parsers_worker_forget(zygote->worker);
    void *area = mmap(NULL, area_size, PROT_READ | PROT_WRITE, MAP_SHARED, fds[1], 0);
    GBytes *file = map_mail(fds[0], size);
    ParsersViewMail mail;

    if (area == MAP_FAILED || file == NULL || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
        !parsers_cage_enter_child(zygote->cage, &budget, NULL))
        _exit(CHILD_CAGE);
    mail = child_mail(zygote, request, file);
    if (request->want == PARSERS_WIRE_WANT_FINDINGS)
        child_read(&mail, area, zygote->limits);
    else
        child_show(&mail, request, area, zygote->limits);
    _exit(CHILD_READ);
}

static ParsersWireVerdict
judge(int status, bool timed_out, guint *out_detail)
{
    *out_detail = WIFSIGNALED(status) ? (guint)WTERMSIG(status) : (guint)WEXITSTATUS(status);
    if (timed_out)
        return PARSERS_WIRE_WALL;
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGXCPU ? PARSERS_WIRE_CPU : PARSERS_WIRE_SIGNAL;
    switch (WEXITSTATUS(status)) {
    case CHILD_READ:
        return PARSERS_WIRE_READ;
    case CHILD_MEMORY:
        return PARSERS_WIRE_MEMORY;
    case CHILD_TOO_BIG:
        return PARSERS_WIRE_TOO_BIG;
    case CHILD_NOTHING:
        return PARSERS_WIRE_NOTHING;
    default:
        return PARSERS_WIRE_GAVE_UP;
    }
}

/* Wait until the child is gone; kill it when its time is up or when nobody wants the answer. */
static ParsersWireVerdict
child_await(pid_t child, guint wall_ms, guint *out_detail)
{
    int pidfd = pidfd_open(child, 0);
    struct pollfd watched[] = {{.fd = pidfd, .events = POLLIN}, {.fd = PARSERS_WIRE_FD}};
    gint64 deadline = g_get_monotonic_time() + (gint64)wall_ms * 1000;
    bool over = pidfd < 0;
    int status = 0;

    while (!over && watched[0].revents == 0 && watched[1].revents == 0) {
        gint64 left_ms = (deadline - g_get_monotonic_time() + 999) / 1000;

        over = left_ms <= 0;
        if (!over && poll(watched, G_N_ELEMENTS(watched), (int)left_ms) < 0 && errno != EINTR)
            over = true;
    }
    if (pidfd < 0)
        _exit(1); /* the child goes with us: PR_SET_PDEATHSIG */
    if (watched[0].revents == 0)
        pidfd_send_signal(pidfd, SIGKILL, NULL, 0);
    close(pidfd);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return judge(status, over, out_detail);
}

/* Read one mail in a child. */
static bool
serve_once(const Zygote *zygote, const ParsersWireRequest *request, const int fds[2], gsize size,
           ParsersWireReply *out_answer)
{
    pid_t child = fork();

    if (child < 0) {
        out_answer->verdict = PARSERS_WIRE_REFUSED;
        g_strlcpy(out_answer->text, g_strerror(errno), sizeof out_answer->text);
        return false;
    }
    if (child == 0)
        child_main(zygote, request, fds, size);
    out_answer->verdict = child_await(child, request->wall_ms, &out_answer->detail);
    return true;
}

/* Where the child of the worker closes its cage.  Its time is that of all its mails. */
static bool
worker_enter(gpointer data)
{
    const Zygote *zygote = data;
    const ParsersCageBudget budget = {.memory_bytes = zygote->baseline + WORKER_MEMORY,
                                      .cpu_s = WORKER_CPU_S};

    return parsers_cage_enter_child(zygote->cage, &budget, NULL);
}

static ParsersFindings *
worker_read(GBytes *raw, gpointer data)
{
    const Zygote *zygote = data;

    return parsers_mail_read(raw, zygote->definitions, parsers_plain_limits());
}

/* Into the file of the answer: writing to it is not to be had in the cage, mapping it is. */
static bool
leave_answer(int fd, const char *findings, gsize length)
{
    const ParsersWireHeader header = {.length = length};
    const gsize size = sizeof header + length;
    char *area = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (area == MAP_FAILED)
        return false;
    memcpy(area + sizeof header, findings, length);
    memcpy(area, &header, sizeof header);
    munmap(area, size);
    return true;
}

/* A small mail that is plain text, by the worker.  False: a child of its own must read it. */
static bool
serve_plain(const Zygote *zygote, const ParsersWireRequest *request, const int fds[2], gsize size,
            bool *out_elsewhere)
{
    const char *findings = NULL;
    gsize length = 0;
    void *data;
    bool read;

    if (size == 0 || size > PARSERS_PLAIN_BYTES || request->careful != 0 ||
        request->converted_bytes > 0 || parsers_ocr_is_there())
        return false;
    data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fds[0], 0);
    if (data == MAP_FAILED)
        return false;
    g_autoptr(GBytes) raw = g_bytes_new_static(data, size);

    read = parsers_worker_read(zygote->worker, raw, &findings, &length, out_elsewhere);
    munmap(data, size);
    return read && leave_answer(fds[1], findings, length);
}

/* Have it read where everything is. */
static bool
pass_on(const Zygote *zygote, const ParsersWireRequest *request, const int fds[2],
        ParsersWireReply *out_answer)
{
    return parsers_wire_send(zygote->aside.full, request, sizeof *request, fds, 2) &&
           parsers_wire_receive(zygote->aside.full, out_answer, sizeof *out_answer, NULL, 0);
}

static bool
serve(const Zygote *zygote, const ParsersWireRequest *request, const int fds[2])
{
    ParsersWireReply answer = {.serial = request->serial, .verdict = PARSERS_WIRE_BAD_MAIL};
    bool here = zygote->aside.full < 0 || request->whole == 0;
    bool elsewhere = false, served = true;
    gsize size = 0;

    if (parsers_wire_is_sealed(fds[0], zygote->limits->mail_bytes + parsers_foreign_packed_max(),
                               &size) &&
        size >= request->converted_bytes) {
        if (request->want == PARSERS_WIRE_WANT_FINDINGS &&
            serve_plain(zygote, request, fds, size, &elsewhere)) {
            answer.verdict = PARSERS_WIRE_READ;
            return parsers_wire_send(PARSERS_WIRE_FD, &answer, sizeof answer, NULL, 0);
        }
        here = here && (!elsewhere || zygote->aside.full < 0);
        served = here ? serve_once(zygote, request, fds, size, &answer)
                      : pass_on(zygote, request, fds, &answer);
        if (here && zygote->aside.full >= 0 && answer.verdict == PARSERS_WIRE_SIGNAL &&
            answer.detail == SIGSEGV)
            served = pass_on(zygote, request, fds, &answer);
    }
    return parsers_wire_send(PARSERS_WIRE_FD, &answer, sizeof answer, NULL, 0) && served;
}

/* Address space in use, so that the budget counts only what the mail takes. */
static guint64
address_space(void)
{
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");

    if (file != NULL) {
        if (fscanf(file, "%llu", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    return pages * (guint64)sysconf(_SC_PAGESIZE);
}

static bool
take_definitions(Zygote *zygote, int fd, GError **error)
{
    g_autoptr(GBytes) packed = NULL;
    g_autoptr(GPtrArray) names = NULL;
    g_autoptr(GPtrArray) files = NULL;
    gsize size = 0;

    if (parsers_wire_is_sealed(fd, PARSERS_WIRE_MAX_DEFINITIONS, &size))
        packed = map_file(fd, size);
    if (packed == NULL)
        return parsers_throw(error, PARSERS_ERROR_DEFINITION, "the definitions are not sealed");
    if (!parsers_wire_unpack(packed, &names, &files, error))
        return false;
    zygote->definitions = parsers_definitions_new();
    for (guint i = 0; i < names->len; i++)
        if (g_str_has_suffix(names->pdata[i], ".form") &&
            !parsers_definitions_add(zygote->definitions, names->pdata[i], files->pdata[i], error))
            return false;
    return true;
}

/* Everything that needs the world outside, then the outer cage. */
static bool
prepare(Zygote *zygote, GError **error)
{
    ParsersWireRequest first;
    bool taken;
    int fd;

    if (!parsers_wire_receive(PARSERS_WIRE_FD, &first, sizeof first, &fd, 1))
        return parsers_throw(error, PARSERS_ERROR_DEFINITION, "no definitions came");
    taken = take_definitions(zygote, fd, error);
    close(fd);
    if (!taken)
        return false;
    /* No zone can be read in the cage, and libraries would try that for every date. */
    if (setenv("TZ", "UTC0", 1) != 0)
        return parsers_throw(error, PARSERS_ERROR_CAGE, "no memory");
    parsers_warm_up();
    parsers_ocr_warm_up();
    parsers_draw_warm_up();
    zygote->limits = parsers_limits_default();
    parsers_rehearse(zygote->definitions, zygote->limits);
    if (!parsers_pattern_seal())
        return parsers_throw(error, PARSERS_ERROR_CAGE, "machine code cannot be sealed: %s",
                             g_strerror(errno));
    /* What shows pictures, or reads them, needs everything. */
    if (!parsers_ocr_is_there() && !parsers_draw_is_there() && !parsers_aside_part(&zygote->aside))
        return parsers_throw(error, PARSERS_ERROR_CAGE, "the process cannot be doubled: %s",
                             g_strerror(errno));
    zygote->cage = parsers_cage_new(error);
    if (!parsers_worker_new(
            &(ParsersWorkerDeeds){worker_enter, worker_read, zygote, zygote->aside.full >= 0},
            &zygote->worker, error))
        return false;
    parsers_heap_fill();
    zygote->baseline = address_space();
    return zygote->cage != NULL && parsers_cage_enter(zygote->cage, error);
}

int
main(void)
{
    Zygote zygote = {.aside = {.full = -1}};
    g_autoptr(GError) error = NULL;
    ParsersWireRequest request;
    int fds[2];

    set_handlers();
    if (!prepare(&zygote, &error)) {
        reply(0, PARSERS_WIRE_REFUSED, 0, error->message);
        _exit(1);
    }
    if (!zygote.aside.is_second && !reply(0, PARSERS_WIRE_READY, 0, NULL))
        _exit(1);
    while (parsers_wire_receive(PARSERS_WIRE_FD, &request, sizeof request, fds, 2)) {
        bool served = serve(&zygote, &request, fds);

        close(fds[0]);
        close(fds[1]);
        if (!served)
            break;
    }
    close(zygote.aside.full);
    /* So that its processor time counts as ours. */
    if (zygote.aside.second > 0)
        waitpid(zygote.aside.second, NULL, 0);
    _exit(0);
}
