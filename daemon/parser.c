/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/parser.c - one parser process: a mail in, findings out, and it may die meanwhile.
 *
 * The process watches its child's clock; we watch the process's with a little more patience, so
 * that nothing it does or fails to do costs more than one mail.
 *
 * Runs in:  intake, staff pages and the command line.
 * Source:   doc/process-model.md; parsers/wire.h
 */
#include "config.h"

#include "daemon/parser.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/log.h"
#include "parsers/cage.h"
#include "parsers/foreign.h"
#include "parsers/limits.h"
#include "parsers/wire.h"

enum {
    RECYCLE_AFTER = 10000,
    START_MS = 30 * 1000, /* definitions, warm-up and cage; a loaded machine needs seconds */
    END_MS = 500,
    GRACE_MS = 3 * 1000, /* what the process gets beyond the time of its child */
};

struct DaemonParser {
    char *program;
    GBytes *definitions;
    guint timeout_s;
    bool careful;
    guint memory_mib;
    guint recycle_after;
    GBytes *converted; /* or NULL */
    DaemonParserWant want;

    pid_t pid; /* 0: none */
    int socket;
    guint served;

    bool busy;
    guint64 serial;
    int findings_fd; /* while busy */
    gint64 deadline; /* while busy */
};

DaemonParser *
daemon_parser_new(const DaemonParserSettings *settings)
{
    DaemonParser *parser = g_new0(DaemonParser, 1);

    parser->program = g_strdup(settings->program);
    parser->definitions = g_bytes_ref(settings->definitions);
    parser->timeout_s = MAX(settings->timeout_s, 1u);
    parser->memory_mib = settings->memory_mib;
    parser->recycle_after = settings->recycle_after != 0 ? settings->recycle_after : RECYCLE_AFTER;
    parser->socket = -1;
    parser->findings_fd = -1;
    return parser;
}

static bool
wait_readable(int fd, gint64 deadline)
{
    struct pollfd watched = {.fd = fd, .events = POLLIN};
    int ready;

    do {
        gint64 left_ms = (deadline - g_get_monotonic_time() + 999) / 1000;

        ready = poll(&watched, 1, (int)CLAMP(left_ms, 0, G_MAXINT));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

/* End the process and forget it.  Its child, if there is one, goes with it. */
static void
stop(DaemonParser *parser)
{
    /* One that has nothing to do ends by itself, so that all its processor time is accounted for.
     */
    if (parser->socket >= 0 && !parser->busy && shutdown(parser->socket, SHUT_WR) == 0)
        wait_readable(parser->socket, g_get_monotonic_time() + (gint64)END_MS * 1000);
    if (parser->pid > 0) {
        kill(parser->pid, SIGKILL);
        while (waitpid(parser->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (parser->socket >= 0)
        close(parser->socket);
    parser->pid = 0;
    parser->socket = -1;
    parser->served = 0;
}

static void
become_idle(DaemonParser *parser)
{
    if (parser->findings_fd >= 0)
        close(parser->findings_fd);
    parser->findings_fd = -1;
    parser->busy = false;
}

void
daemon_parser_free(DaemonParser *parser)
{
    if (parser == NULL)
        return;
    daemon_parser_end(parser);
    g_bytes_unref(parser->definitions);
    g_clear_pointer(&parser->converted, g_bytes_unref);
    g_free(parser->program);
    g_free(parser);
}

/* An empty file of fixed size for findings. */
static int
findings_file(void)
{
    off_t size = (off_t)(sizeof(ParsersWireHeader) + parsers_limits_default()->findings_bytes +
                         parsers_foreign_packed_max());
    int fd = memfd_create("findings", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (fd >= 0 && ftruncate(fd, size) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Run the program with the socket as descriptor 3, nothing else of ours. */
static int
spawn(const char *program, int socket, pid_t *out_pid)
{
    char *const arguments[] = {(char *)program, NULL};
    /* Symbols are bound once, not again by each child; GLib keeps no memory of its own. */
    char *const environment[] = {(char *)"LD_BIND_NOW=1", (char *)"G_SLICE=always-malloc", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int result;

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_adddup2(&actions, socket, PARSERS_WIRE_FD);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
#ifndef POSTERN_SANITIZERS
    /* Libraries write there what they dislike, and quote it. */
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
#endif
    posix_spawn_file_actions_addclosefrom_np(&actions, PARSERS_WIRE_FD + 1);
    result = posix_spawn(out_pid, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return result;
}

/* Hand over the definitions and wait until the cage is closed. */
static bool
greet(DaemonParser *parser, GError **error)
{
    ParsersWireRequest first = {0};
    ParsersWireReply answer = {.verdict = PARSERS_WIRE_REFUSED};
    g_autoptr(DaemonMemoryFile) file = NULL;
    bool sent;
    int fd;

    if (!daemon_memory_file_new(parser->definitions, &file, error))
        return false;
    fd = daemon_memory_file_fd(file);
    sent = parsers_wire_send(parser->socket, &first, sizeof first, &fd, 1);
    if (!sent || !wait_readable(parser->socket, g_get_monotonic_time() + (gint64)START_MS * 1000) ||
        !parsers_wire_receive(parser->socket, &answer, sizeof answer, NULL, 0))
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "%s did not get ready; try to run it",
                            parser->program);
    answer.text[sizeof answer.text - 1] = '\0';
    if (answer.verdict != PARSERS_WIRE_READY)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "%s cannot serve: %s", parser->program,
                            answer.text);
    return true;
}

/* Once a process is enough: all parsers stand in the same cage. */
static void
warn_of_weak_cage(void)
{
    static bool warned = false;
    const char *lacks = parsers_cage_lacks();

    if (lacks != NULL && !warned)
        daemon_log(DAEMON_LOG_WARNING, "-", "mails are read in a weaker cage: %s", lacks);
    warned = true;
}

static bool
launch(DaemonParser *parser, GError **error)
{
    int pair[2];
    int failure;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "socketpair: %s", g_strerror(errno));
    failure = spawn(parser->program, pair[1], &parser->pid);
    close(pair[1]);
    parser->socket = pair[0];
    if (failure != 0) {
        parser->pid = 0;
        stop(parser);
        return daemon_throw(error, DAEMON_ERROR_SYSTEM,
                            "cannot run %s: %s; is Postern installed whole?", parser->program,
                            g_strerror(failure));
    }
    if (!greet(parser, error)) {
        stop(parser);
        return false;
    }
    warn_of_weak_cage();
    return true;
}

/* Send one mail to the process that is there; false when it is not there any more. */
static bool
submit(DaemonParser *parser, const DaemonMemoryFile *mail)
{
    const gsize converted = parser->converted != NULL ? g_bytes_get_size(parser->converted) : 0;
    const ParsersWireRequest request = {.serial = ++parser->serial,
                                        .memory_bytes = (guint64)parser->memory_mib * 1024 * 1024,
                                        .cpu_s = parser->timeout_s,
                                        .wall_ms = parser->timeout_s * 2000,
                                        .careful = parser->careful,
                                        .converted_bytes = (guint32)converted,
                                        .want = (guint32)parser->want.what,
                                        .part = parser->want.part,
                                        .page = parser->want.page,
                                        .whole = daemon_memory_file_may_have_pdf(mail)};
    const int fds[] = {daemon_memory_file_fd(mail), parser->findings_fd};

    /* Readable now means that it is dead, or said what nobody asked. */
    if (parser->pid == 0 || wait_readable(parser->socket, 0))
        return false;
    return parsers_wire_send(parser->socket, &request, sizeof request, fds, G_N_ELEMENTS(fds));
}

/* Give the mail to the process, or to a new one. */
static bool
submit_somewhere(DaemonParser *parser, const DaemonMemoryFile *mail, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (parser->served >= parser->recycle_after)
        stop(parser);
    if (submit(parser, mail))
        return true;
    stop(parser);
    if (launch(parser, &failure) && submit(parser, mail))
        return true;
    stop(parser);
    if (failure == NULL)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "%s died before it was asked",
                            parser->program);
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* The mail as it is, or with what converters made of it behind. */
static bool
take_mail(const DaemonParser *parser, DaemonMemoryFile *mail, DaemonMemoryFile **out_file,
          GError **error)
{
    if (parser->converted != NULL)
        return daemon_memory_file_join(mail, parser->converted, out_file, error);
    *out_file = daemon_memory_file_ref(mail);
    return true;
}

bool
daemon_parser_start(DaemonParser *parser, DaemonMemoryFile *mail, GError **error)
{
    g_autoptr(DaemonMemoryFile) file = NULL;

    g_assert(!parser->busy);
    if (!take_mail(parser, mail, &file, error))
        return false;
    parser->findings_fd = findings_file();
    if (parser->findings_fd < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "memfd_create: %s", g_strerror(errno));
    if (!submit_somewhere(parser, file, error)) {
        become_idle(parser);
        return false;
    }
    parser->busy = true;
    parser->served++;
    parser->deadline =
        g_get_monotonic_time() + ((gint64)parser->timeout_s * 2000 + GRACE_MS) * 1000;
    return true;
}

/* Copy first, then look: what is looked at cannot change. */
static bool
copy_out(int fd, gsize offset, guint64 length, gsize most, GBytes **out_bytes)
{
    gpointer copy = NULL;

    if (length > most)
        return false;
    copy = g_malloc(length + 1);
    *out_bytes = g_bytes_new_take(copy, length);
    return pread(fd, copy, length, (off_t)offset) == (ssize_t)length;
}

/* What a child left: what was wanted, and a packed list of ParsersForeign. */
static bool
take_bytes(int fd, GBytes **out_bytes, GBytes **out_packed, GError **error)
{
    ParsersWireHeader header;

    return (pread(fd, &header, sizeof header, 0) == (ssize_t)sizeof header &&
            copy_out(fd, sizeof header, header.length, parsers_limits_default()->findings_bytes,
                     out_bytes) &&
            copy_out(fd, sizeof header + header.length, header.foreign_length,
                     parsers_foreign_packed_max(), out_packed)) ||
           daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the parser left no findings");
}

static bool
take_findings(GBytes *bytes, GBytes *packed, ParsersFindings **out_findings, GError **error)
{
    g_autoptr(GError) damage = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GPtrArray) foreign = NULL;

    if (!parsers_findings_decode(bytes, &findings, &damage) ||
        !parsers_foreign_unpack(packed, &foreign, &damage))
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED,
                            "the parser's findings are damaged: %s", damage->message);
    g_ptr_array_unref(findings->foreign);
    findings->foreign = g_steal_pointer(&foreign);
    *out_findings = g_steal_pointer(&findings);
    return true;
}

/* A verdict other than READ as an error. */
static bool
explain(const ParsersWireReply *answer, GError **error)
{
    switch ((ParsersWireVerdict)answer->verdict) {
    case PARSERS_WIRE_CPU:
        return daemon_throw(error, DAEMON_ERROR_PARSER_SLOW, "the mail used up its processor time");
    case PARSERS_WIRE_WALL:
        return daemon_throw(error, DAEMON_ERROR_PARSER_SLOW, "the mail took too long to read");
    case PARSERS_WIRE_MEMORY:
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the mail used up its memory");
    case PARSERS_WIRE_SIGNAL:
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the parser died of signal %u (%s)",
                            answer->detail, g_strsignal((gint)MIN(answer->detail, 64u)));
    case PARSERS_WIRE_TOO_BIG:
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the findings are too large");
    case PARSERS_WIRE_BAD_MAIL:
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED,
                            "the mail is too large for the parser");
    case PARSERS_WIRE_NOTHING:
        return daemon_throw(error, DAEMON_ERROR_FILE, "there is no picture of that");
    default:
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the parser gave up (%u, status %u)",
                            answer->verdict, answer->detail);
    }
}

/* Wait for the answer to what is under way; the parser is idle afterwards. */
static bool
await(DaemonParser *parser, GBytes **out_bytes, GBytes **out_packed, GError **error)
{
    ParsersWireReply answer = {0};
    bool done;

    g_assert(parser->busy);
    if (!wait_readable(parser->socket, parser->deadline)) {
        stop(parser);
        done = daemon_throw(error, DAEMON_ERROR_PARSER_SLOW, "the parser is silent; it was ended");
    } else if (!parsers_wire_receive(parser->socket, &answer, sizeof answer, NULL, 0) ||
               answer.serial != parser->serial) {
        stop(parser);
        done = daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the parser process died");
    } else if (answer.verdict != PARSERS_WIRE_READ) {
        done = explain(&answer, error);
    } else {
        done = take_bytes(parser->findings_fd, out_bytes, out_packed, error);
    }
    become_idle(parser);
    return done;
}

bool
daemon_parser_finish(DaemonParser *parser, ParsersFindings **out_findings, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GBytes) packed = NULL;

    return await(parser, &bytes, &packed, error) &&
           take_findings(bytes, packed, out_findings, error);
}

bool
daemon_parser_ask(DaemonParser *parser, DaemonMemoryFile *mail, const DaemonParserWant *want,
                  GError **error)
{
    parser->want = *want;
    return daemon_parser_start(parser, mail, error);
}

bool
daemon_parser_answer(DaemonParser *parser, GBytes **out_bytes, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GBytes) packed = NULL;

    if (!await(parser, &bytes, &packed, error))
        return false;
    *out_bytes = g_steal_pointer(&bytes);
    return true;
}

bool
daemon_parser_show(DaemonParser *parser, DaemonMemoryFile *mail, const DaemonParserWant *want,
                   GBytes **out_bytes, GError **error)
{
    return daemon_parser_ask(parser, mail, want, error) &&
           daemon_parser_answer(parser, out_bytes, error);
}

void
daemon_parser_set_careful(DaemonParser *parser, bool careful)
{
    parser->careful = careful;
}

void
daemon_parser_set_converted(DaemonParser *parser, GBytes *packed)
{
    g_clear_pointer(&parser->converted, g_bytes_unref);
    parser->converted = packed != NULL ? g_bytes_ref(packed) : NULL;
}

void
daemon_parser_end(DaemonParser *parser)
{
    become_idle(parser);
    stop(parser);
}

int
daemon_parser_fd(const DaemonParser *parser)
{
    return parser->busy ? parser->socket : -1;
}

gint64
daemon_parser_deadline(const DaemonParser *parser)
{
    return parser->deadline;
}

int
daemon_parser_pid(const DaemonParser *parser)
{
    return (int)parser->pid;
}
