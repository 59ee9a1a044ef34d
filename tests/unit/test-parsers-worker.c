/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-worker.c - the child for plain mails gets those, and nothing else;
 * and when it was taken over, nobody waits for it.
 *
 * Runs in:  make check.
 * Source:   doc/process-model.md, "Plain mails"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/plain.h"
#include "parsers/worker.h"

#define PLAIN "Subject: hello\r\n\r\nhello\r\n"
#define WITH_A_FORM "Content-Type: application/pdf\r\n\r\nx"
#define RARE "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\nx"

/* What the child leaves behind, as a worker that was taken over would. */
typedef struct {
    guint entered;
    guint read;
} Seen;

static bool
enter(gpointer data)
{
    ((Seen *)data)->entered++;
    return true;
}

static ParsersFindings *
read_any(GBytes *raw, gpointer data)
{
    (void)raw;
    ((Seen *)data)->read++;
    return parsers_findings_new();
}

/* In a process of its own, as the worker takes standard input and output. */
static bool
is_taken(const char *mail, bool lacking, Seen *seen, bool *out_elsewhere)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, strlen(mail));
    const char *findings = NULL;
    ParsersWorker *worker = NULL;
    gsize length = 0;

    return parsers_worker_new(&(ParsersWorkerDeeds){enter, read_any, seen, lacking}, &worker,
                              NULL) &&
           parsers_worker_read(worker, raw, &findings, &length, out_elsewhere);
}

enum { TAKEN = 1, ELSEWHERE = 2 };

static int
ask(const char *mail, bool lacking, Seen *seen)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        bool elsewhere = false, taken = is_taken(mail, lacking, seen, &elsewhere);

        _exit((taken ? TAKEN : 0) | (elsewhere ? ELSEWHERE : 0));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static Seen *
share(void)
{
    Seen *seen =
        mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_ptr_not_equal(seen, MAP_FAILED);
    return seen;
}

static void
test_plain(void **fixture)
{
    Seen *seen = share();

    (void)fixture;
    assert_int_equal(ask(PLAIN, false, seen), TAKEN);
    assert_int_equal(seen->entered, 1);
    assert_int_equal(seen->read, 1);
    munmap(seen, sizeof *seen);
}

/* It is not even started for them. */
static void
test_others_are_kept_from_it(void **fixture)
{
    Seen *seen = share();

    (void)fixture;
    assert_int_equal(ask(WITH_A_FORM, false, seen), 0);
    assert_int_equal(ask(RARE, true, seen), ELSEWHERE);
    assert_int_equal(seen->entered, 0);
    assert_int_equal(ask(RARE, false, seen), TAKEN);
    munmap(seen, sizeof *seen);
}

/* ---- one mail after the other ---- */

enum { WAIT_S = 60 }; /* a zygote that still waits then waits for ever */

static guint mails_read; /* by this process */
static bool hostile;     /* whether the workers that start now were taken over */

/* Leave no room in what the zygote asks through, and take nothing more out of it. */
static void
fill(void)
{
    const guint64 most = G_MAXUINT64 - 1; /* what an event can hold */
    int asks = dup(0), ends[2];

    if (mails_read > 0)
        pause();
    if (pipe(ends) != 0 || dup2(ends[0], 0) != 0 || write(asks, &most, sizeof most) < 0)
        _exit(1);
    while (send(asks, &most, 1, MSG_DONTWAIT) >= 0)
        continue;
}

/* The subject becomes the number of the mail in its process. */
static ParsersFindings *
read_numbered(GBytes *raw, gpointer data)
{
    ParsersFindings *findings = read_any(raw, data);

    if (hostile)
        fill();
    g_free(findings->subject);
    findings->subject = g_strdup_printf("%u", ++mails_read);
    return findings;
}

/* Hand a mail over; the number that its findings have, or 0 when the worker did not read it. */
static guint
hand_over(ParsersWorker *worker)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(PLAIN, strlen(PLAIN));
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    const char *data = NULL;
    gsize length = 0;
    bool elsewhere = false;

    if (!parsers_worker_read(worker, raw, &data, &length, &elsewhere))
        return 0;
    bytes = g_bytes_new(data, length);
    if (!parsers_findings_decode(bytes, &findings, NULL))
        return 0;
    return (guint)g_ascii_strtoull(findings->subject, NULL, 10);
}

/* Each in a process of its own; false: something was not as it should be. */
typedef bool (*Talk)(ParsersWorker *worker);

static G_NORETURN void
talk_and_exit(Talk talk)
{
    Seen seen = {0};
    const ParsersWorkerDeeds deeds = {enter, read_numbered, &seen, false};
    ParsersWorker *worker = NULL;

    alarm(WAIT_S);
    _exit(parsers_worker_new(&deeds, &worker, NULL) && talk(worker) ? 0 : 1);
}

static void
check(Talk talk)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0)
        talk_and_exit(talk);
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0); /* 14: it was waiting until the alarm */
}

/* One process reads a hundred mails, and another the next. */
static bool
talk_long(ParsersWorker *worker)
{
    for (guint i = 0; i < PARSERS_PLAIN_MAILS + 2; i++)
        if (hand_over(worker) != i % PARSERS_PLAIN_MAILS + 1)
            return false;
    return true;
}

static void
test_many(void **fixture)
{
    (void)fixture;
    check(talk_long);
}

/* Whoever asks does not wait for room.  The first answer may come or not, and one more mail finds
 * the last of the hostile workers; then all is as before. */
static bool
talk_to_hostile(ParsersWorker *worker)
{
    hostile = true;
    hand_over(worker);
    hand_over(worker);
    hostile = false;
    hand_over(worker);
    return hand_over(worker) > 0 && hand_over(worker) > 0;
}

static void
test_taken_over(void **fixture)
{
    (void)fixture;
    check(talk_to_hostile);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_others_are_kept_from_it),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_taken_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
