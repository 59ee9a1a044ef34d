/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-reader.c - which program reads a mail again, and what is left when it
 * dies.
 *
 * hostile-parser (tests/unit/hostile-reader.c) gives back the mail as the subject, or dies as the
 * mail says; one that starts with "picture" it says to hold pictures.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/reader.h"

static DaemonParser *
new_parser(const char *program)
{
    g_autofree char *path = g_build_filename(g_getenv("top_builddir"), program, NULL);
    g_autoptr(GBytes) definitions = NULL;
    DaemonParserSettings settings = {.program = path, .timeout_s = 1, .memory_mib = 128};

    assert_true(daemon_parser_definitions(NULL, &definitions, NULL));
    settings.definitions = definitions;
    return daemon_parser_new(&settings);
}

static ParsersFindings *
read_by(DaemonReader *reader, const char *mail)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, strlen(mail));
    g_autoptr(GError) error = NULL;
    ParsersFindings *findings = NULL;

    if (!daemon_reader_read(reader, raw, &findings, &error))
        fail_msg("%s", error->message);
    return findings;
}

static void
test_words_alone(void **fixture)
{
    DaemonParser *pictures = new_parser("hostile-parser");
    g_autoptr(DaemonReader) reader = daemon_reader_new(new_parser("hostile-parser"), pictures);
    g_autoptr(ParsersFindings) findings = read_by(reader, "hello");
    (void)fixture;

    assert_string_equal(findings->subject, "hello");
    assert_int_equal(daemon_parser_pid(pictures), 0);
    assert_int_equal(daemon_reader_fd(reader), -1);
}

/* What the second program finds counts; it stays for the next mail, and not for ever. */
static void
test_pictures(void **fixture)
{
    DaemonParser *pictures = new_parser("postern-parser");
    g_autoptr(DaemonReader) reader = daemon_reader_new(new_parser("hostile-parser"), pictures);
    int pid = 0;
    (void)fixture;

    for (int i = 0; i < 2; i++) {
        g_autoptr(ParsersFindings) findings =
            read_by(reader, "picture: 1\r\nSubject: second\r\n\r\nHi\r\n");

        assert_string_equal(findings->subject, "second");
        assert_int_equal(findings->signals->len, 0);
        assert_true(i == 0 || daemon_parser_pid(pictures) == pid);
        pid = daemon_parser_pid(pictures);
        assert_int_not_equal(pid, 0);
    }
    daemon_reader_rest(reader, g_get_monotonic_time());
    assert_int_equal(daemon_parser_pid(pictures), pid);
    daemon_reader_rest(reader, g_get_monotonic_time() + 60 * G_USEC_PER_SEC);
    assert_int_equal(daemon_parser_pid(pictures), 0);
}

static void
test_no_program_for_pictures(void **fixture)
{
    g_autoptr(DaemonReader) reader = daemon_reader_new(new_parser("hostile-parser"), NULL);
    g_autoptr(ParsersFindings) findings = read_by(reader, "picture");
    (void)fixture;

    assert_string_equal(findings->subject, "picture");
    assert_true(findings->unseen_pictures);
    assert_null(parsers_findings_signal(findings, "reader-died"));
}

/* The first program's findings are kept, and say that a person must look. */
static void
assert_kept(const char *program)
{
    g_autoptr(DaemonReader) reader =
        daemon_reader_new(new_parser("postern-parser"), new_parser(program));

    for (int i = 0; i < 2; i++) {
        g_autoptr(ParsersFindings) findings =
            read_by(reader, "nothing: 1\r\nSubject: first\r\nContent-Type: image/png\r\n\r\n"
                            "\x89PNG\r\n\x1a\n\r\n");

        assert_string_equal(findings->subject, "first");
        assert_non_null(parsers_findings_signal(findings, "reader-died"));
        assert_true(findings->warnings->len > 0);
    }
}

static void
test_pictures_kill(void **fixture)
{
    (void)fixture;
    assert_kept("hostile-parser");
}

static void
test_pictures_cannot_start(void **fixture)
{
    (void)fixture;
    assert_kept("no-such-program");
}

static void
test_words_die(void **fixture)
{
    g_autoptr(DaemonReader) reader =
        daemon_reader_new(new_parser("hostile-parser"), new_parser("hostile-parser"));
    g_autoptr(ParsersFindings) findings = read_by(reader, "nothing");
    g_autoptr(ParsersFindings) next = read_by(reader, "hello");
    const ParsersPart *part = NULL;
    (void)fixture;

    assert_int_equal(findings->parts->len, 1);
    part = g_ptr_array_index(findings->parts, 0);
    assert_int_equal(part->state, PARSERS_PART_LIMIT);
    assert_non_null(strstr(part->problem, "findings"));
    assert_string_equal(next->subject, "hello");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_alone),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_no_program_for_pictures),
        cmocka_unit_test(test_pictures_kill),
        cmocka_unit_test(test_pictures_cannot_start),
        cmocka_unit_test(test_words_die),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
