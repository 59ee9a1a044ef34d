/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-wire.c - packets, seals and the container of definitions.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "parsers/wire.h"

static void
make_pair(int pair[2])
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
}

static void
close_pair(int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

static int
open_descriptors(void)
{
    int n = 0;

    for (int fd = 0; fd < 64; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void
test_packet_with_descriptors(void **fixture)
{
    const int sent[] = {0, 1};
    int pair[2], got[2];
    char packet[4];

    make_pair(pair);
    assert_true(parsers_wire_send(pair[0], "abcd", 4, sent, 2));
    assert_true(parsers_wire_receive(pair[1], packet, 4, got, 2));
    assert_memory_equal(packet, "abcd", 4);
    assert_true(fcntl(got[0], F_GETFD) & FD_CLOEXEC);
    close(got[0]);
    close(got[1]);
    close_pair(pair);
}

/* What is not as announced is not taken, and leaves no descriptor behind. */
static void
test_unexpected_packets(void **fixture)
{
    const int sent[] = {0, 1};
    int pair[2], got[2] = {-1, -1};
    char packet[4];
    int before;

    make_pair(pair);
    before = open_descriptors();
    assert_true(parsers_wire_send(pair[0], "abcd", 4, sent, 2));
    assert_false(parsers_wire_receive(pair[1], packet, 4, got, 1));
    assert_true(parsers_wire_send(pair[0], "abcde", 5, sent, 2));
    assert_false(parsers_wire_receive(pair[1], packet, 4, got, 2));
    assert_true(parsers_wire_send(pair[0], "abc", 3, NULL, 0));
    assert_false(parsers_wire_receive(pair[1], packet, 4, NULL, 0));
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(got[0], -1);
    close_pair(pair);
}

static void
test_other_side_gone(void **fixture)
{
    int pair[2];
    char packet[4];

    make_pair(pair);
    close(pair[1]);
    assert_false(parsers_wire_send(pair[0], "abcd", 4, NULL, 0));
    assert_false(parsers_wire_receive(pair[0], packet, 4, NULL, 0));
    close(pair[0]);
}

static void
test_seals(void **fixture)
{
    int fd = memfd_create("test", MFD_ALLOW_SEALING | MFD_CLOEXEC);
    gsize size = 0;

    assert_int_equal(write(fd, "mail", 4), 4);
    assert_false(parsers_wire_is_sealed(fd, 100, &size));
    assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW), 0);
    assert_false(parsers_wire_is_sealed(fd, 100, &size));
    assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0);
    assert_false(parsers_wire_is_sealed(fd, 3, &size));
    assert_true(parsers_wire_is_sealed(fd, 4, &size));
    assert_int_equal(size, 4);
    assert_false(parsers_wire_is_sealed(0, 100, &size));
    close(fd);
}

static void
test_pack_and_unpack(void **fixture)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GPtrArray) out_names = NULL;
    g_autoptr(GPtrArray) out_files = NULL;
    g_autoptr(GBytes) packed = NULL;

    g_ptr_array_add(names, (char *)"forms/a.form");
    g_ptr_array_add(names, (char *)"forms/b.form");
    g_ptr_array_add(files, g_bytes_new_static("a\0z", 3));
    g_ptr_array_add(files, g_bytes_new_static("", 0));
    assert_true(parsers_wire_pack(names, files, &packed, NULL));
    assert_true(parsers_wire_unpack(packed, &out_names, &out_files, NULL));
    assert_int_equal(out_names->len, 2);
    assert_string_equal(out_names->pdata[1], "forms/b.form");
    assert_true(g_bytes_equal(out_files->pdata[0], files->pdata[0]));
    assert_int_equal(g_bytes_get_size(out_files->pdata[1]), 0);
}

static void
test_damaged_pack(void **fixture)
{
    g_autoptr(GBytes) junk = g_bytes_new_static("\xff\xff\xff\xff\xff", 5);
    g_autoptr(GPtrArray) names = NULL;
    g_autoptr(GPtrArray) files = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(parsers_wire_unpack(junk, &names, &files, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DEFINITION));
    assert_null(names);
}

static void
test_too_much_to_pack(void **fixture)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GBytes) packed = NULL;
    g_autoptr(GError) error = NULL;

    for (int i = 0; i <= PARSERS_WIRE_MAX_FILES; i++) {
        g_ptr_array_add(names, (char *)"x.form");
        g_ptr_array_add(files, g_bytes_new_static("", 0));
    }
    assert_false(parsers_wire_pack(names, files, &packed, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DEFINITION));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packet_with_descriptors), cmocka_unit_test(test_unexpected_packets),
        cmocka_unit_test(test_other_side_gone),         cmocka_unit_test(test_seals),
        cmocka_unit_test(test_pack_and_unpack),         cmocka_unit_test(test_damaged_pack),
        cmocka_unit_test(test_too_much_to_pack),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
