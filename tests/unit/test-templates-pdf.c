/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-pdf.c - the PDF copy, read back by pdftotext.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/pdf.h"

static void
add_row(TemplatesRecord *record, const char *label, const char *value, const char *note)
{
    const TemplatesRecordRow row = {
        .label = (char *)label, .value = (char *)value, .note = (char *)note};

    templates_record_add_answer(record, &row);
}

static TemplatesRecord *
sample(void)
{
    TemplatesRecord *record =
        templates_record_new("Referral from a parent or carer", "LADO-7K3M-Q9TR");

    templates_record_set_times(record, "Tuesday 5 March 2024 at 10:05am",
                               "Wednesday 6 March 2024 at 9am",
                               G_GINT64_CONSTANT(1709715600) * G_USEC_PER_SEC);
    templates_record_set_footer(record, "OFFICIAL - SENSITIVE   LADO-7K3M-Q9TR");
    templates_record_add_status(record, "Accepted. Acknowledgement sent.");
    templates_record_add_section(record, "Your details");
    add_row(record, "Name", "Małgorzata Źdźbło", NULL);
    add_row(record, "Relationship to the child", "mother", NULL);
    add_row(record, "Telephone", "", NULL);
    templates_record_add_section(record, "Child or children");
    add_row(record, "Name", "Ștefan Țurcanu", NULL);
    add_row(record, "Other name", "علي محمد", NULL);
    add_row(record, "School", "Ysgol Tŷ Gwyn", "read with doubt: page 2, row 3");
    return record;
}

static void
add_long_answer(TemplatesRecord *record, guint sentences)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 1; i <= sentences; i++)
        g_string_append_printf(text, "Sentence %u of a long answer that goes on. ", i);
    templates_record_add_section(record, "What happened");
    add_row(record, "Please tell us what happened, in your own words", text->str, NULL);
}

static GBytes *
render(const TemplatesRecord *record)
{
    GBytes *pdf = NULL;
    g_autoptr(GError) error = NULL;

    if (!templates_pdf_render(record, &pdf, &error)) {
        if (g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_FONT)) {
            print_message("SKIP %s\n", error->message);
            skip();
        }
        fail_msg("%s", error->message);
    }
    return pdf;
}

/* The text of a PDF as pdftotext reads it; what it complains of in *out_complaint. */
static char *
read_back(GBytes *pdf, char **out_complaint)
{
    g_autofree char *tool = g_find_program_in_path("pdftotext");
    g_autofree char *path = NULL;
    const char *argv[] = {"pdftotext", "-layout", NULL, "-", NULL};
    char *text = NULL;
    int fd;

    if (tool == NULL) {
        print_message("SKIP pdftotext is not installed (poppler-utils)\n");
        skip();
    }
    fd = g_file_open_tmp("postern-XXXXXX.pdf", &path, NULL);
    assert_true(fd >= 0);
    g_close(fd, NULL);
    assert_true(g_file_set_contents(path, g_bytes_get_data(pdf, NULL),
                                    (gssize)g_bytes_get_size(pdf), NULL));
    argv[2] = path;
    assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                             out_complaint, NULL, NULL));
    if (g_getenv("POSTERN_KEEP_PDF") != NULL)
        print_message("kept %s\n", path);
    else
        g_remove(path);
    return text;
}

static void
test_reads_back(void **fixture)
{
    static const char *const wanted[] = {"Referral from a parent or carer",
                                         "Reference: LADO-7K3M-Q9TR",
                                         "Received: Tuesday 5 March 2024 at 10:05am",
                                         "This copy was made: Wednesday 6 March",
                                         "Accepted. Acknowledgement sent.",
                                         "Your details",
                                         "Małgorzata Źdźbło",
                                         "Ștefan Țurcanu",
                                         "Ysgol Tŷ Gwyn",
                                         "(not answered)",
                                         "read with doubt: page 2, row 3",
                                         "OFFICIAL - SENSITIVE",
                                         "Page 1 of 1"};
    g_autoptr(TemplatesRecord) record = sample();
    g_autoptr(GBytes) pdf = render(record);
    g_autofree char *complaint = NULL;
    g_autofree char *text = read_back(pdf, &complaint);

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++)
        if (strstr(text, wanted[i]) == NULL)
            fail_msg("\"%s\" is missing in:\n%s", wanted[i], text);
    assert_string_equal(complaint, "");
}

/* Arabic comes back as the letters that were written, whatever forms they were drawn in. */
static void
test_arabic_reads_back(void **fixture)
{
    g_autoptr(TemplatesRecord) record = sample();
    g_autoptr(GBytes) pdf = render(record);
    g_autofree char *complaint = NULL;
    g_autofree char *text = read_back(pdf, &complaint);

    (void)fixture;
    if (strstr(text, "علي محمد") == NULL)
        fail_msg("no Arabic name in:\n%s", text);
}

static void
test_long_answers_flow(void **fixture)
{
    g_autoptr(TemplatesRecord) record = sample();
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *complaint = NULL;
    g_autofree char *text = NULL;
    g_auto(GStrv) words = NULL;
    guint next = 1;

    (void)fixture;
    add_long_answer(record, 400);
    pdf = render(record);
    text = read_back(pdf, &complaint);
    assert_non_null(strstr(text, "Page 4 of 4"));
    words = g_strsplit_set(text, " \n\f", -1);
    /* Each number follows the one before it: no line is lost between two pages. */
    for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++)
        if (g_str_equal(words[i], "Sentence")) {
            assert_int_equal(g_ascii_strtoull(words[i + 1], NULL, 10), next);
            next++;
        }
    assert_int_equal(next, 401);
}

static void
test_marks(void **fixture)
{
    g_autoptr(TemplatesRecord) record = sample();
    g_autoptr(GBytes) pdf = NULL;
    g_autofree char *complaint = NULL;
    g_autofree char *text = NULL;

    (void)fixture;
    add_row(record, "Note", "He was \xf0\x9f\x98\xa1 and her name is 李", NULL);
    pdf = render(record);
    text = read_back(pdf, &complaint);
    assert_non_null(strstr(text, "He was [U+1F621] and her name is [U+674E]"));
    assert_non_null(strstr(text, "cannot show every sign"));
}

static void
test_deterministic(void **fixture)
{
    g_autoptr(TemplatesRecord) record = sample();
    g_autoptr(GBytes) first = render(record);
    g_autoptr(GBytes) second = render(record);

    (void)fixture;
    assert_true(g_bytes_equal(first, second));
    record->made_at += 60 * G_USEC_PER_SEC;
    g_bytes_unref(second);
    second = render(record);
    assert_false(g_bytes_equal(first, second));
}

static void
test_too_much(void **fixture)
{
    g_autoptr(TemplatesRecord) record = sample();
    g_autofree char *huge = g_strnfill(TEMPLATES_PDF_MAX_TEXT / 40, '\n');
    g_autoptr(GError) error = NULL;
    GBytes *pdf = NULL;

    (void)fixture;
    add_row(record, "Note", huge, NULL);
    assert_false(templates_pdf_render(record, &pdf, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
    assert_null(pdf);
}

static void
test_missing_font_names_the_package(void **fixture)
{
    g_autoptr(TemplatesRecord) record = sample();
    g_autoptr(GError) error = NULL;
    GBytes *pdf = NULL;

    (void)fixture;
    g_setenv("POSTERN_FONTS", "/nonexistent", TRUE);
    assert_false(templates_pdf_render(record, &pdf, &error));
    g_unsetenv("POSTERN_FONTS");
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_FONT));
    assert_non_null(strstr(error->message, "fonts-dejavu-core"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_back),
        cmocka_unit_test(test_arabic_reads_back),
        cmocka_unit_test(test_long_answers_flow),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_deterministic),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_missing_font_names_the_package),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
