/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-printer.c - office files as pages, by the real programs: made, given up,
 * or put back when the printer stops.
 *
 * Source:   doc/review.md, "Pages of office files"
 */
#include "config.h"

#include "daemon/converter.h"
#include "daemon/doorbell.h"
#include "daemon/printer.h"
#include "parsers/foreign.h"
#include "spool-help.h"
#include "spool/printed.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)

/* Rich text, which LibreOffice knows by its first letters. */
#define LETTER "{\\rtf1\\ansi Of the form\\par}"

/* When the printer is told to stop: before its first job, or after it. */
typedef struct {
    int stop_fd;
    guint jobs;
    guint stop_at;
} Watch;

static void
alive(void *data)
{
    Watch *watch = data;

    if (watch->jobs++ == watch->stop_at)
        daemon_doorbell_ring(watch->stop_fd);
}

/* Keep a mail with this attached; its part 1 is wanted. */
static void
want(SpoolDb *db, const char *name, const char *text)
{
    g_autofree char *mail =
        g_strdup_printf("From: a@example.org\r\nMIME-Version: 1.0\r\n"
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n"
                        "--b\r\nContent-Type: application/octet-stream; name=%s\r\n\r\n%s\r\n"
                        "--b--\r\n",
                        name, text);
    g_autoptr(GBytes) raw = g_bytes_new(mail, strlen(mail));
    const SpoolArrival arrival = {"lado", 1, 1, 1};
    bool is_new = false;
    gint64 id = 0;

    assert_ok(spool_message_put(db, &arrival, raw, &id, &error));
    assert_ok(spool_printed_want(db, id, 1, &is_new, &error));
    assert_true(is_new);
}

static void
run(SpoolDb *db, guint stop_at)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();
    Watch watch = {.stop_at = stop_at};
    DaemonPrinterWork work = {
        .settings = settings, .db = db, .doorbell_fd = -1, .alive = alive, .alive_data = &watch};

    assert_ok(daemon_doorbell_new(&watch.stop_fd, &error));
    work.stop_fd = watch.stop_fd;
    assert_ok(daemon_printer_run(&work, &error));
    close(watch.stop_fd);
}

static SpoolPrintedState
state(SpoolDb *db, GBytes **out_document)
{
    g_autoptr(GArray) list = NULL;

    assert_ok(spool_printed_list(db, 1, &list, &error));
    assert_int_equal(list->len, 1);
    const SpoolPrinted *row = &g_array_index(list, SpoolPrinted, 0);

    *out_document = row->document != NULL ? g_bytes_ref(row->document) : NULL;
    return row->state;
}

/* LibreOffice and bubblewrap are there, and may make a cage. */
static void
need_converter(void)
{
    g_autoptr(GError) error = NULL;

    if (daemon_converter_check("print", &error))
        return;
    print_message("SKIP %s\n", error->message);
    skip();
}

static void
test_made(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) packed = NULL;
    g_autoptr(GPtrArray) list = NULL;

    need_converter();
    want(spool->db, "form.rtf", LETTER);
    run(spool->db, 1);
    assert_int_equal(state(spool->db, &packed), SPOOL_PRINTED_MADE);
    assert_true(parsers_foreign_unpack(packed, &list, NULL));
    assert_int_equal(list->len, 1);
    const ParsersForeign *made = list->pdata[0];

    assert_string_equal(made->converter, "print");
    assert_true(g_bytes_get_size(made->bytes) > 500);
    assert_memory_equal(g_bytes_get_data(made->bytes, NULL), "%PDF-", 5);
}

/* What is no office file is given up without a converter. */
static void
test_given_up(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) packed = NULL;

    want(spool->db, "form.txt", "Only words");
    run(spool->db, 1);
    assert_int_equal(state(spool->db, &packed), SPOOL_PRINTED_FAILED);
    assert_null(packed);
}

static void
test_stopped(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) packed = NULL;
    SpoolPrinted job = {0};
    bool any = false;

    need_converter();
    want(spool->db, "form.rtf", LETTER);
    run(spool->db, 0);
    assert_int_equal(state(spool->db, &packed), SPOOL_PRINTED_WAITING);
    assert_ok(spool_printed_take(spool->db, &job, &any, &error));
    assert_true(any);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_made), TEST(test_given_up), TEST(test_stopped)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
