/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-memory-file.c - what a parser gets is whole, and cannot be changed.
 *
 * Runs in:  make check.
 * Source:   daemon/memory-file.h
 */
#include "config.h"

#include "tests/unit/spool-help.h"

#include <sys/stat.h>
#include <unistd.h>

#include "daemon/memory-file.h"
#include "parsers/wire.h"

static void
assert_content(const DaemonMemoryFile *file, GBytes *wanted)
{
    gsize length = 0, size = 0;
    const void *data = g_bytes_get_data(wanted, &length);
    g_autofree char *content = g_malloc(length + 1);

    assert_true(parsers_wire_is_sealed(daemon_memory_file_fd(file), length, &size));
    assert_int_equal(size, length);
    assert_int_equal(pread(daemon_memory_file_fd(file), content, length + 1, 0), length);
    assert_memory_equal(content, data, length);
    assert_int_equal(pwrite(daemon_memory_file_fd(file), "x", 1, 0), -1);
}

static void
test_from_spool(void **fixture)
{
    Spool *spool = *fixture;
    gint64 id = help_put(spool->db, 5, 3000000);
    g_autoptr(GBytes) mail = help_mail(5, 3000000);
    g_autoptr(DaemonMemoryFile) file = NULL, none = NULL;

    assert_ok(daemon_memory_file_load(spool->db, id, &file, &error));
    assert_content(file, mail);
    assert_fails(daemon_memory_file_load(spool->db, 77, &none, &error), SPOOL_ERROR_NOT_FOUND);
}

static void
test_joined(void **fixture)
{
    g_autoptr(GBytes) first = help_mail(1, 200000), second = g_bytes_new_static("more", 4), all;
    g_autoptr(GByteArray) both = g_byte_array_new();
    g_autoptr(DaemonMemoryFile) file = NULL, joined = NULL;

    (void)fixture;
    g_byte_array_append(both, g_bytes_get_data(first, NULL), 200000);
    g_byte_array_append(both, (const guint8 *)"more", 4);
    all = g_byte_array_free_to_bytes(g_steal_pointer(&both));
    assert_true(daemon_memory_file_new(first, &file, NULL));
    assert_true(daemon_memory_file_join(file, second, &joined, NULL));
    assert_content(file, first);
    assert_content(joined, all);
}

static void
test_pdf(void **fixture)
{
    g_autoptr(GBytes) with = g_bytes_new_static("Subject: x\n\nJVBERi0x", 20);
    g_autoptr(GBytes) without = g_bytes_new_static("Subject: JVBER\n\n", 16);
    g_autoptr(DaemonMemoryFile) first = NULL, second = NULL;

    (void)fixture;
    assert_true(daemon_memory_file_new(with, &first, NULL));
    assert_true(daemon_memory_file_new(without, &second, NULL));
    assert_true(daemon_memory_file_may_have_pdf(first));
    assert_false(daemon_memory_file_may_have_pdf(second));
}

/* A mail without a byte in it. */
static void
test_empty(void **fixture)
{
    g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);
    g_autoptr(DaemonMemoryFile) file = NULL;

    (void)fixture;
    assert_true(daemon_memory_file_new(nothing, &file, NULL));
    assert_int_equal(lseek(daemon_memory_file_fd(file), 0, SEEK_END), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_from_spool, help_setup, help_teardown),
        cmocka_unit_test(test_joined),
        cmocka_unit_test(test_pdf),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
