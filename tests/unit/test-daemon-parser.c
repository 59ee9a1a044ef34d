/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-parser.c - a parser process that dies, loops or lies costs one mail.
 *
 * hostile-parser is the real process and cage around a reader that does what the mail says
 * (tests/unit/hostile-reader.c); it gives back the mail as the subject.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/parser.h"
#include "parsers/mail.h"
#include "parsers/plain.h"
#include "parsers/rehearse.h"
#include "parsers/warm.h"
#include "parsers/wire.h"
#include "tests/unit/parser-help.h"

static DaemonParser *
new_parser_within(const char *program, guint recycle_after, guint timeout_s, guint memory_mib)
{
    g_autofree char *path = g_build_filename(g_getenv("top_builddir"), program, NULL);
    g_autoptr(GBytes) definitions = NULL;
    DaemonParserSettings settings = {.program = path,
                                     .timeout_s = timeout_s,
                                     .memory_mib = memory_mib,
                                     .recycle_after = recycle_after};

    assert_true(daemon_parser_definitions(NULL, &definitions, NULL));
    settings.definitions = definitions;
    return daemon_parser_new(&settings);
}

/* Little, so that what takes too much of it is soon known. */
static DaemonParser *
new_parser(const char *program, guint recycle_after)
{
    return new_parser_within(program, recycle_after, 1, 128);
}

static void
assert_subject(const ParsersFindings *findings, const char *subject)
{
    assert_non_null(findings);
    assert_string_equal(findings->subject, subject);
}

static DaemonMemoryFile *
mail_of(const char *text)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(text, strlen(text));
    DaemonMemoryFile *mail = NULL;

    assert_true(daemon_memory_file_new(raw, &mail, NULL));
    return mail;
}

static void
assert_works(DaemonParser *parser)
{
    g_autoptr(GBytes) raw = g_bytes_new_static("hello", 5);
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    if (!help_read(parser, raw, &findings, &error))
        fail_msg("%s", error->message);
    assert_subject(findings, "hello");
}

/* The mail fails with that code and text, and the next one is read. */
static void
assert_costs_one_mail(const char *mail, DaemonError code, const char *text)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, strlen(mail));
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    assert_works(parser);
    assert_false(help_read(parser, raw, &findings, &error));
    assert_null(findings);
    if (error->code != (gint)code || strstr(error->message, text) == NULL)
        fail_msg("%s: code %d, \"%s\"", mail, error->code, error->message);
    assert_int_equal(daemon_parser_fd(parser), -1);
    assert_works(parser);
}

static void
test_processor_time(void **fixture)
{
    /* On a busy machine the clock may run out before the processor time does. */
    assert_costs_one_mail("loop", DAEMON_ERROR_PARSER_SLOW, "");
}

static void
test_wall_clock(void **fixture)
{
    assert_costs_one_mail("sleep", DAEMON_ERROR_PARSER_SLOW, "too long");
}

static void
test_memory(void **fixture)
{
#ifdef POSTERN_SANITIZERS
    print_message("SKIP memory bound: AddressSanitizer needs the address space\n");
    skip();
#endif
    assert_costs_one_mail("memory", DAEMON_ERROR_PARSER_DIED, "memory");
}

static void
test_forbidden_call(void **fixture)
{
    assert_costs_one_mail("socket", DAEMON_ERROR_PARSER_DIED, "signal 31");
}

static void
test_crash(void **fixture)
{
#ifdef POSTERN_SANITIZERS
    print_message("SKIP crash: a sanitizer takes the signal\n");
    skip();
#endif
    assert_costs_one_mail("crash", DAEMON_ERROR_PARSER_DIED, "signal 11");
}

static void
test_abort(void **fixture)
{
    assert_costs_one_mail("abort", DAEMON_ERROR_PARSER_DIED, "gave up");
}

/* An empty findings file decodes to nothing valid. */
static void
test_nothing_left(void **fixture)
{
    assert_costs_one_mail("nothing", DAEMON_ERROR_PARSER_DIED, "findings");
}

static void
test_killed_between_mails(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);
    siginfo_t end;
    int first;

    assert_works(parser);
    first = daemon_parser_pid(parser);
    assert_int_equal(kill(first, SIGKILL), 0);
    assert_int_equal(waitid(P_PID, (id_t)first, &end, WEXITED | WNOWAIT), 0);
    assert_works(parser);
    assert_int_not_equal(daemon_parser_pid(parser), first);
}

static void
test_killed_while_reading(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);
    g_autoptr(DaemonMemoryFile) mail = mail_of("sleep");
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    assert_true(daemon_parser_start(parser, mail, NULL));
    assert_int_equal(kill(daemon_parser_pid(parser), SIGKILL), 0);
    assert_false(daemon_parser_finish(parser, &findings, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_PARSER_DIED));
    assert_works(parser);
}

/* Stopped, the process cannot even kill its child; we end both. */
static void
test_silent_process(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);
    g_autoptr(GBytes) raw = g_bytes_new_static("hello", 5);
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    assert_works(parser);
    assert_int_equal(kill(daemon_parser_pid(parser), SIGSTOP), 0);
    assert_false(help_read(parser, raw, &findings, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_PARSER_SLOW));
    assert_works(parser);
}

static void
test_recycling_loses_none(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 3);
    g_autoptr(GHashTable) pids = g_hash_table_new(NULL, NULL);

    for (int i = 0; i < 9; i++) {
        assert_works(parser);
        g_hash_table_add(pids, GINT_TO_POINTER(daemon_parser_pid(parser)));
    }
    assert_int_equal(g_hash_table_size(pids), 3);
}

static char *
subject_of(DaemonParser *parser, const char *mail)
{
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, strlen(mail));
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    if (!help_read(parser, raw, &findings, &error))
        return g_strdup(error->message);
    return g_strdup(findings->subject);
}

/* A process that was made of the zygote counts the mails that it rehearsed with, too. */
#define assert_counts(parser, mail, wanted)                                                        \
    do {                                                                                           \
        g_autofree char *counted_ = g_strdup_printf("%u", PARSERS_REHEARSE_MAILS + (wanted));      \
        assert_reads(parser, mail, counted_);                                                      \
    } while (0)

#define assert_reads(parser, mail, wanted)                                                         \
    do {                                                                                           \
        g_autofree char *subject_ = subject_of(parser, mail);                                      \
        assert_string_equal(subject_, wanted);                                                     \
    } while (0)

/* Plain mails share a process for a while; nothing else does. */
static void
test_plain_mails_share(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);
    const char *const document = "count\nContent-Type: text/html\n";

    assert_counts(parser, "count", 1u);
    assert_counts(parser, "count", 2u);
    assert_counts(parser, document, 1u);
    assert_counts(parser, document, 1u);
    assert_counts(parser, "count", 3u);
    for (guint i = 4; i <= PARSERS_PLAIN_MAILS; i++)
        g_free(subject_of(parser, "count"));
    assert_counts(parser, "count", 1u);
}

/* A plain mail that kills the worker is read by a child of its own, and the next worker is new. */
static void
test_worker_dies(void **fixture)
{
#ifdef POSTERN_SANITIZERS
    print_message("SKIP crash: a sanitizer takes the signal\n");
    skip();
#endif
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);

    assert_counts(parser, "count", 1u);
    g_autofree char *crash = subject_of(parser, "crash");

    assert_non_null(strstr(crash, "signal 11"));
    assert_counts(parser, "count", 1u);
    assert_counts(parser, "count", 2u);
}

/* A worker that answers before it is asked answers for no other mail; other children cannot ring
 * for it at all. */
static void
test_false_answers(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("hostile-parser", 0);

    g_free(subject_of(parser, "ring"));
    for (guint i = 0; i < 5; i++) {
        g_autofree char *mail = g_strdup_printf("hello %u", i);

        assert_reads(parser, mail, mail);
    }
    g_autofree char *document = subject_of(parser, "ring\nContent-Type: text/html\n");

    assert_non_null(strstr(document, "gave up"));
}

static void
test_no_program(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("no-such-parser", 0);
    g_autoptr(GBytes) raw = g_bytes_new_static("hello", 5);
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    assert_false(help_read(parser, raw, &findings, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_SYSTEM));
    assert_int_equal(daemon_parser_fd(parser), -1);
}

/* Four at once, one of which dies: each gives its own answer. */
static void
test_pool(void **fixture)
{
    static const char *const mails[] = {"one", "crash", "three", "four"};
    DaemonParser *pool[G_N_ELEMENTS(mails)];

    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(DaemonMemoryFile) mail = mail_of(mails[i]);

        pool[i] = new_parser("hostile-parser", 0);
        assert_int_equal(daemon_parser_fd(pool[i]), -1);
        assert_true(daemon_parser_start(pool[i], mail, NULL));
        assert_true(daemon_parser_deadline(pool[i]) > g_get_monotonic_time());
    }
    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
        struct pollfd watched = {.fd = daemon_parser_fd(pool[i]), .events = POLLIN};
        g_autoptr(ParsersFindings) findings = NULL;

        assert_int_equal(poll(&watched, 1, -1), 1);
        assert_int_equal(daemon_parser_finish(pool[i], &findings, NULL), i != 1);
        if (i != 1)
            assert_subject(findings, mails[i]);
        daemon_parser_free(pool[i]);
    }
}

/* The real reader. */
static void
test_real_mail(void **fixture)
{
    static const char mail[] =
        "From: a@example.org\r\nSubject: =?utf-16?B?/v8ATwBsAOE=?=\r\n\r\nHi\r\n";
    g_autoptr(DaemonParser) parser = new_parser("postern-parser", 0);
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, sizeof mail - 1);
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    if (!help_read(parser, raw, &findings, &error))
        fail_msg("%s", error->message);
    assert_subject(findings, "Ol\xc3\xa1");
}

/* A converter that most children are forked without, in the subject and in the text. */
static void
test_rare_character_set(void **fixture)
{
    static const char mail[] =
        "From: a@example.org\r\nSubject: =?koi8-r?B?8NLJ18XU?=\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=koi8-r\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n\xf0\xd2\xc9\xd7\xc5\xd4\r\n";
    static const char hello[] = "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82";
    g_autoptr(DaemonParser) parser = new_parser("postern-parser", 0);
    g_autoptr(GBytes) raw = g_bytes_new_static(mail, sizeof mail - 1);
    int pid = 0;

    for (guint round = 0; round < 2; round++) {
        g_autoptr(ParsersFindings) findings = NULL;
        g_autoptr(GError) error = NULL;

        if (!help_read(parser, raw, &findings, &error))
            fail_msg("%s", error->message);
        assert_subject(findings, hello);
        assert_non_null(strstr(findings->text, hello));
        assert_true(pid == 0 || pid == daemon_parser_pid(parser));
        pid = daemon_parser_pid(parser);
    }
}

/* GMime 3.2.13 never comes back from these bytes. */
static void
test_mail_that_hangs_gmime(void **fixture)
{
    g_autoptr(DaemonParser) parser = new_parser("postern-parser", 0);
    g_autoptr(GString) mail = g_string_new("Content-Type: multipart/mixed;\n ");
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 35; i++)
        g_string_append_c(mail, (char)0x9d);
    g_string_append(mail, "=\"\x9d\";");
    raw = g_bytes_new(mail->str, mail->len);
    if (!help_read(parser, raw, &findings, &error))
        fail_msg("%s", error->message);
    assert_non_null(findings);
}

/* Definitions for a reader in this process. */
static ParsersDefinitions *
own_definitions(void)
{
    ParsersDefinitions *definitions = parsers_definitions_new();
    g_autoptr(GBytes) packed = NULL;
    g_autoptr(GPtrArray) names = NULL;
    g_autoptr(GPtrArray) files = NULL;

    assert_true(daemon_parser_definitions(NULL, &packed, NULL));
    assert_true(parsers_wire_unpack(packed, &names, &files, NULL));
    for (guint i = 0; i < names->len; i++)
        if (g_str_has_suffix(names->pdata[i], ".form"))
            assert_true(
                parsers_definitions_add(definitions, names->pdata[i], files->pdata[i], NULL));
    return definitions;
}

/* The mail gives the same findings inside the cage and outside: nothing that a library would open
 * is missing there. */
static void
assert_same_inside(DaemonParser *parser, const ParsersDefinitions *definitions, const char *path)
{
    char *data = NULL;
    gsize length = 0;
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(GBytes) encoded_inside = NULL;
    g_autoptr(GBytes) encoded_outside = NULL;
    g_autoptr(ParsersFindings) inside = NULL;
    g_autoptr(ParsersFindings) outside = NULL;
    g_autoptr(GError) error = NULL;

    assert_true(g_file_get_contents(path, &data, &length, NULL));
    raw = g_bytes_new_take(data, length);
    if (!help_read(parser, raw, &inside, &error))
        fail_msg("%s: %s", path, error->message);
    outside = parsers_mail_read(raw, definitions, parsers_limits_default());
    encoded_inside = parsers_findings_encode(inside);
    encoded_outside = parsers_findings_encode(outside);
    if (!g_bytes_equal(encoded_inside, encoded_outside))
        fail_msg("%s reads otherwise inside the cage", path);
}

static void
test_cage_changes_nothing(void **fixture)
{
    enum { ENOUGH = 40 };
    g_autofree char *folder =
        g_build_filename(g_getenv("top_srcdir"), "..", "shared", "forms", "mails", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(DaemonParser) parser = NULL;
    g_autoptr(ParsersDefinitions) definitions = NULL;
    const char *name;
    int n = 0;

    if (dir == NULL) {
        print_message("SKIP mails in and out of the cage: %s is not there\n", folder);
        g_clear_pointer(&folder, g_free); /* skip() does not come back */
        skip();
    }
    /* Pictures take seconds to read. */
    parser = new_parser_within("postern-parser", 0, 60, 512);
    definitions = own_definitions();
    parsers_warm_up();
    while (n < ENOUGH && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        if (!g_str_has_suffix(name, ".eml"))
            continue;
        assert_same_inside(parser, definitions, path);
        n++;
    }
    assert_int_equal(n, ENOUGH);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_processor_time),
        cmocka_unit_test(test_wall_clock),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_forbidden_call),
        cmocka_unit_test(test_crash),
        cmocka_unit_test(test_abort),
        cmocka_unit_test(test_nothing_left),
        cmocka_unit_test(test_killed_between_mails),
        cmocka_unit_test(test_killed_while_reading),
        cmocka_unit_test(test_silent_process),
        cmocka_unit_test(test_recycling_loses_none),
        cmocka_unit_test(test_plain_mails_share),
        cmocka_unit_test(test_worker_dies),
        cmocka_unit_test(test_false_answers),
        cmocka_unit_test(test_no_program),
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_real_mail),
        cmocka_unit_test(test_rare_character_set),
        cmocka_unit_test(test_mail_that_hangs_gmime),
        cmocka_unit_test(test_cage_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
