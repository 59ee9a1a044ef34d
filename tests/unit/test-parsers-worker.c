/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-worker.c - the child for plain mails gets those, and nothing else.
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
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_others_are_kept_from_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
