/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-listen.c - where the staff pages listen.
 *
 * Source:   daemon/review-listen.h
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/review-listen.h"

static const char *const wrong[] = {"",
                                    "8080",
                                    "127.0.0.1",
                                    "127.0.0.1:",
                                    "127.0.0.1:0",
                                    "127.0.0.1:65536",
                                    "127.0.0.1:+80",
                                    "127.0.0.1:80x",
                                    "localhost:80",
                                    "::1:80",
                                    "[::1]",
                                    "[::1:80",
                                    "[]:80",
                                    ":80"};

static void
test_addresses(void **state)
{
    g_autofree char *four = NULL, *six = NULL;
    guint port = 0;

    (void)state;
    assert_true(daemon_review_listen_parse("127.0.0.1:8080", &four, &port));
    assert_string_equal(four, "127.0.0.1");
    assert_int_equal(port, 8080);
    assert_true(daemon_review_listen_parse("[::1]:65535", &six, &port));
    assert_string_equal(six, "::1");
    assert_int_equal(port, 65535);
}

static void
test_what_is_no_address(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *host = NULL;
        guint port = 0;

        if (daemon_review_listen_parse(wrong[i], &host, &port))
            fail_msg("\"%s\" was taken for an address", wrong[i]);
        assert_null(host);
    }
}

static guint
port_of(int fd)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;

    assert_return_code(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    return ntohs(address.sin_port);
}

static void
test_a_taken_address(void **state)
{
    const struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int taken = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), fd = -1;
    g_autoptr(GError) error = NULL;
    g_autofree char *at = NULL;

    (void)state;
    assert_return_code(bind(taken, (const struct sockaddr *)&any, sizeof any), 0);
    assert_return_code(listen(taken, 1), 0);
    at = g_strdup_printf("127.0.0.1:%u", port_of(taken));
    assert_false(daemon_review_listen_open(at, &fd, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_CONNECT));
    close(taken);
    g_clear_error(&error);
    assert_true(daemon_review_listen_open(at, &fd, &error));
    assert_int_equal(port_of(fd), g_ascii_strtoull(at + sizeof "127.0.0.1:" - 1, NULL, 10));
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_what_is_no_address),
        cmocka_unit_test(test_a_taken_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
