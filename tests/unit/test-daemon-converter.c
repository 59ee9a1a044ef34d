/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-converter.c - converters that hang, eat, flood, crash and look around.
 *
 * Runs in:  make check; needs bubblewrap and user namespaces.
 * Source:   doc/process-model.md, "Converters"
 */
#include "config.h"

#include "daemon/converter.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/limits.h"

static bool
convert(const char *script, guint wall_s, GBytes **out, GError **error)
{
    const DaemonConverterTask task = {script, "the test", wall_s};
    g_autoptr(GBytes) document = g_bytes_new_static("a document", 10);
    g_autoptr(DaemonConverter) converter = NULL;
    struct pollfd watched = {.events = POLLIN};
    gint64 left_us;

    if (!daemon_converter_start_task(&task, document, &converter, error))
        return false;
    watched.fd = daemon_converter_fd(converter);
    left_us = daemon_converter_deadline(converter) - g_get_monotonic_time();
    poll(&watched, 1, (int)(left_us / 1000) + 1);
    return daemon_converter_finish(converter, out, error);
}

static void
need_cage(void)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;

    if (convert("echo yes", 20, &bytes, &error))
        return;
    print_message("SKIP converters: %s\n", error->message);
    skip();
}

static void
assert_gives(const char *script, const char *wanted)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize size = 0;

    if (!convert(script, 20, &bytes, &error))
        fail_msg("%s: %s", script, error->message);
    assert_non_null(g_bytes_get_data(bytes, &size));
    assert_int_equal(size, strlen(wanted));
    assert_memory_equal(g_bytes_get_data(bytes, NULL), wanted, size);
}

static void
assert_fails(const char *script, guint wall_s, const char *reason)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(convert(script, wall_s, &bytes, &error));
    assert_null(bytes);
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_CONVERT));
    if (strstr(error->message, reason) == NULL)
        fail_msg("%s: \"%s\"", script, error->message);
}

static void
test_document_goes_through(void **fixture)
{
    need_cage();
    assert_gives("cat document", "a document");
}

static void
test_hangs(void **fixture)
{
    need_cage();
    assert_fails("sleep 1000", 1, "more than 1 seconds");
    assert_fails("while :; do :; done", 1, "more than 1 seconds");
}

/* What it leaves running in the background ends with it. */
static void
test_leaves_nothing_behind(void **fixture)
{
    need_cage();
    assert_gives("(sleep 5; echo late) & echo done", "done\n");
}

static void
test_eats_memory(void **fixture)
{
    need_cage();
    assert_fails("x=$(head -c 2000000000 /dev/zero | tr '\\0' x) && echo $x | wc -c || exit 70", 20,
                 "gave up");
}

/* The scratch folder is memory and has an end; so has what comes out. */
static void
test_writes_without_end(void **fixture)
{
    need_cage();
    assert_fails("for i in 1 2 3 4 5 6 7 8 9; do head -c 60000000 /dev/zero >$i || exit 70; done",
                 20, "gave up");
    assert_fails("head -c 10000000000 /dev/zero", 20, "gave up");
    assert_fails("head -c 60000000 /dev/zero", 20, "convert_bytes");
}

static void
test_crashes(void **fixture)
{
    need_cage();
    assert_fails("kill -SEGV $$", 20, "gave up");
    assert_fails("exit 70", 20, "gave up");
    assert_fails("exit 71", 20, "nothing");
    assert_fails(":", 20, "nothing");
}

static void
test_forks(void **fixture)
{
    need_cage();
    if (getuid() == 0) {
        print_message("SKIP processes: the kernel does not count those of root\n");
        skip();
    }
    assert_fails("i=0; while [ $i -lt 300 ]; do sleep 3 & i=$((i + 1)); done", 20, "gave up");
}

/* Nothing of this machine, of ours or of the network is there. */
static void
test_walls(void **fixture)
{
    need_cage();
    assert_gives("ls -A / | tr '\\n' ' '; ls -A /tmp", "bin dev etc lib lib64 tmp usr document\n");
    assert_gives("env | grep -v -e ^PWD -e ^OLDPWD | sed 's/=.*//' | sort | tr '\\n' ' '",
                 "HOME LC_ALL LD_LIBRARY_PATH PATH ");
    assert_gives("touch /usr/here 2>/dev/null || echo no", "no\n");
    assert_gives("ls -A /etc | grep -v -e '^libreoffice$' -e '^fonts$'; echo all", "all\n");
    assert_gives("unshare --user true 2>/dev/null || echo no", "no\n");
    assert_gives("cat /proc/1/environ 2>/dev/null || echo no", "no\n");
}

static void
test_unknown_converter(void **fixture)
{
    g_autoptr(GBytes) document = g_bytes_new_static("x", 1);
    g_autoptr(DaemonConverter) converter = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(daemon_converter_start("text; rm", document, &converter, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_CONVERT));
    assert_null(converter);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_goes_through),
        cmocka_unit_test(test_hangs),
        cmocka_unit_test(test_leaves_nothing_behind),
        cmocka_unit_test(test_eats_memory),
        cmocka_unit_test(test_writes_without_end),
        cmocka_unit_test(test_crashes),
        cmocka_unit_test(test_forks),
        cmocka_unit_test(test_walls),
        cmocka_unit_test(test_unknown_converter),
    };

    return cmocka_run_group_tests_name("daemon-converter", tests, NULL, NULL);
}
