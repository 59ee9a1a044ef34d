/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-aside.c - a child that dropped converters ends where it needs one, and
 * one that has them does not.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <glib.h>
#include <iconv.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/aside.h"

static iconv_t rare;
static iconv_t common;

/* How a child ends that converts one letter. */
static int
convert_in_child(iconv_t with, bool drop)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        char in[] = "\xe9", out[8];
        char *from = in, *to = out;
        gsize left = 1, room = sizeof out;

        signal(SIGSEGV, SIG_DFL); /* cmocka has a handler */
        if (drop && !parsers_aside_drop())
            _exit(2);
        _exit(iconv(with, &from, &left, &to, &room) == 0 ? 0 : 1);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void
test_dropped(void **fixture)
{
    int status = 0;

    (void)fixture;
    if (!parsers_aside_find()) {
        print_message("SKIP: nothing can be left out here\n");
        skip();
    }
    status = convert_in_child(rare, true);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
    assert_int_equal(convert_in_child(common, true), 0);
    assert_int_equal(convert_in_child(rare, false), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dropped)};

    rare = iconv_open("UTF-8", "KOI8-R");
    common = iconv_open("UTF-8", "ISO-8859-15");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
