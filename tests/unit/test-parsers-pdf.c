/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf.c - PDF into the neutral model, from PDFs written here by hand.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/pdf-help.h"

/* ---- Flat pages ---- */

/* A line goes on only if the next word had no room on it. */
static void
test_wrapped_lines(void **fixture)
{
    (void)fixture;
    assert_text(
        make_page("BT /F 10 Tf " AT(20, 300) "(It was a long line of text that) Tj " AT(
            20, 288) "(reached the margin.) Tj " AT(20,
                                                    276) "(Short one.) Tj " AT(20,
                                                                               264) "(Next one.) "
                                                                                    "Tj ET"),
        "It was a long line of text that reached the margin.\nShort one.\nNext one.\n");
}

static void
test_texts_far_apart(void **fixture)
{
    (void)fixture;
    assert_text(make_page("BT /F 10 Tf " AT(20, 300) "(Name) Tj " AT(150, 300) "(Ann Smith) Tj ET"),
                "Name\tAnn Smith\n");
}

static void
test_dotted_lines_stay_apart(void **fixture)
{
    (void)fixture;
    assert_text(make_page("BT /F 10 Tf " AT(20, 300) "(Name: Ann......................) Tj " AT(
                    20, 288) "(Telephone: 01234) Tj ET"),
                "Name: Ann......................\nTelephone: 01234\n");
}

static const char grid[] = "0.5 w 20 340 300 -20 re S 20 320 300 -40 re S 20 280 300 -20 re S "
                           "120 320 m 120 260 l S ";

/* Three rows: a heading over both columns, then two of label and answer. */
static void
test_ruled_table(void **fixture)
{
    g_autofree char *drawing =
        g_strconcat(grid,
                    "BT /F 10 Tf " AT(25, 326) "(Your details) Tj " AT(
                        25, 306) "(What is your own full) "
                                 "Tj " AT(25, 294) "(given "
                                                   "name?) "
                                                   "Tj " AT(125, 306) "(Ann) Tj " AT(
                                                       25, 266) "(Ad"
                                                                "dre"
                                                                "ss)"
                                                                " Tj"
                                                                " " AT(125, 266) "(1 "
                                                                                 "High"
                                                                                 " Str"
                                                                                 "eet)"
                                                                                 " Tj "
                                                                                 "ET",
                    NULL);
    g_autoptr(ParsersDocument) document = read_bytes(make_page(drawing), NULL);
    g_autofree char *text = parsers_document_text(document);
    const ParsersBlock *table = block_at(document, 0);
    const ParsersCell *cell = NULL;

    (void)fixture;
    assert_string_equal(text, "Your details\nWhat is your own full given name?\tAnn\n"
                              "Address\t1 High Street\n");
    assert_int_equal(table->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(table->rows->len, 3);
    cell = g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, 0), 0);
    assert_int_equal(cell->column_span, 2);
    cell = g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, 1), 1);
    assert_int_equal(cell->column, 2);
    assert_int_equal(((const ParsersBlock *)g_ptr_array_index(cell->blocks, 0))->place.row, 2);
}

/* A box of its own, close above a table, is no row of it. */
static void
test_box_above_table(void **fixture)
{
    g_autoptr(ParsersDocument) document = read_bytes(
        make_page(
            "0.5 w 20 380 200 -30 re S 20 343 210 -20 re S 90 343 m 90 323 l S BT /F 10 Tf " AT(
                25, 360) "(Story) Tj " AT(25, 332) "(Name) Tj " AT(95, 332) "(Ann) Tj ET"),
        NULL);

    (void)fixture;
    assert_int_equal(block_at(document, 0)->kind, PARSERS_BLOCK_PARAGRAPH);
    assert_int_equal(block_at(document, 1)->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(block_at(document, 1)->rows->len, 1);
}

/* A cell that is merged downwards spans the rows beside it. */
static void
test_merged_cell(void **fixture)
{
    g_autoptr(ParsersDocument) document =
        read_bytes(make_page("20 340 200 -60 re S 60 340 m 60 280 l S 60 310 m 220 310 l S "
                             "BT /F 10 Tf " AT(30, 320) "(A) Tj " AT(70, 320) "(one) Tj " AT(
                                 70, 290) "(two) Tj ET"),
                   NULL);
    const ParsersBlock *table = block_at(document, 0);
    const ParsersCell *cell = NULL;

    (void)fixture;
    assert_int_equal(table->kind, PARSERS_BLOCK_TABLE);
    assert_int_equal(table->rows->len, 2);
    cell = g_ptr_array_index((GPtrArray *)g_ptr_array_index(table->rows, 0), 0);
    assert_int_equal(cell->row_span, 2);
}

/* Only the word under the line is struck, and only the one over the line underlined. */
static void
test_marks(void **fixture)
{
    g_autoptr(ParsersDocument) document =
        read_bytes(make_page("BT /F 10 Tf " AT(
                       20, 300) "(Yes / No) Tj ET "
                                "0.6 w 45.5 303 m 58.4 303 l S 20 298.4 m 37.2 298.4 l S"),
                   NULL);
    const ParsersBlock *line = block_at(document, 0);

    (void)fixture;
    assert_string_equal(span_at(line, 0)->text, "Yes");
    assert_int_equal(span_at(line, 0)->flags, PARSERS_SPAN_UNDERLINE);
    assert_string_equal(span_at(line, 1)->text, " / ");
    assert_int_equal(span_at(line, 1)->flags, 0);
    assert_string_equal(span_at(line, 2)->text, "No");
    assert_int_equal(span_at(line, 2)->flags, PARSERS_SPAN_STRIKE);
}

/* Lines of a picture are found as well as drawn ones: here a table of two cells is a picture. */
static void
test_table_in_a_picture(void **fixture)
{
    g_autoptr(GString) drawing =
        g_string_new("q 240 0 0 40 20 240 cm BI /W 240 /H 40 /CS /G /BPC 8 /F /AHx ID ");
    g_autoptr(ParsersDocument) document = NULL;

    (void)fixture;
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 240; x++)
            g_string_append(drawing,
                            y == 1 || y == 38 || x == 1 || x == 120 || x == 238 ? "00" : "FF");
    g_string_append(drawing,
                    "> EI Q BT /F 10 Tf " AT(50, 255) "(Name) Tj " AT(170, 255) "(Ann) Tj ET");
    document = read_bytes(make_page(drawing->str), NULL);
    assert_int_equal(block_at(document, 0)->kind, PARSERS_BLOCK_TABLE);
}

static void
test_highlight_and_bold(void **fixture)
{
    g_autoptr(ParsersDocument) document =
        read_bytes(make_page("1 1 0 rg 45 297 14 12 re f 0 g "
                             "BT /F 10 Tf " AT(20, 300) "(Yes / No) Tj /B 10 Tf ( sure) Tj ET"),
                   NULL);
    const ParsersBlock *line = block_at(document, 0);

    (void)fixture;
    assert_int_equal(span_at(line, 0)->flags, 0);
    assert_string_equal(span_at(line, 1)->text, "No");
    assert_int_equal(span_at(line, 1)->flags, PARSERS_SPAN_HIGHLIGHT);
    assert_int_equal(span_at(line, line->spans->len - 1)->flags, PARSERS_SPAN_BOLD);
}

static void
test_drawn_boxes(void **fixture)
{
    g_autoptr(ParsersDocument) document =
        read_bytes(make_page("0.5 w 20 300 9 9 re S 80 300 9 9 re S 81 301 m 88 308 l S "
                             "81 308 m 88 301 l S BT /F 10 Tf " AT(32, 301) "(Yes) Tj " AT(
                                 92, 301) "(No) Tj ET"),
                   NULL);
    g_autofree char *text = parsers_document_text(document);

    (void)fixture;
    assert_string_equal(text, "\xe2\x98\x90 Yes\t\xe2\x98\x92 No\n");
}

static void
test_headings(void **fixture)
{
    g_autoptr(ParsersDocument) document =
        read_bytes(make_page("BT /B 18 Tf " AT(20, 340) "(Referral form) Tj /F 10 Tf " AT(
                       20, 300) "(Some words that are the most of what stands here.) Tj ET"),
                   NULL);

    (void)fixture;
    assert_int_equal(block_at(document, 0)->heading, 1);
    assert_int_equal(block_at(document, 1)->heading, 0);
    assert_int_equal(block_at(document, 1)->place.page, 1);
    assert_true(block_at(document, 1)->place.box[1] > 85);
    assert_true(block_at(document, 1)->place.box[3] < 105);
}

static void
test_running_feet(void **fixture)
{
    g_autoptr(ParsersDocument) document = read_bytes(
        make_pages(2, "BT /F 10 Tf " AT(20, 300) "(Body) Tj " AT(20, 20) "(Form 7) Tj ET", NULL, "",
                   ""),
        NULL);

    (void)fixture;
    assert_int_equal(block_at(document, 0)->region, PARSERS_REGION_BODY);
    assert_int_equal(block_at(document, 1)->region, PARSERS_REGION_FOOTER);
    assert_int_equal(block_at(document, 3)->region, PARSERS_REGION_FOOTER);
}

static void
test_scan(void **fixture)
{
    ParsersPdfInfo info = {0};
    g_autoptr(ParsersDocument) document = read_bytes(make_page("0 0 300 300 re f"), &info);

    (void)fixture;
    assert_true(info.is_image_only);
    assert_false(info.has_form_fields);
    assert_int_equal(info.pages, 1);
    assert_int_equal(parsers_document_blocks(document)->len, 0);
}

/* ---- What is refused ---- */

static void
test_damaged(void **fixture)
{
    (void)fixture;
    assert_refused(g_bytes_new_static("", 0), parsers_limits_default(), PARSERS_ERROR_DAMAGED,
                   "PDF");
    assert_refused(g_bytes_new_static("%PDF-1.4\nnothing", 16), parsers_limits_default(),
                   PARSERS_ERROR_DAMAGED, "PDF");
}

static void
test_password(void **fixture)
{
    (void)fixture;
    assert_refused(
        make_pages(1, form_page, NULL, "",
                   "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
                   "/O<0000000000000000000000000000000000000000000000000000000000000000>"
                   "/U<1111111111111111111111111111111111111111111111111111111111111111>>>"),
        parsers_limits_default(), PARSERS_ERROR_ENCRYPTED, "password");
}

static void
test_deflated_twice(void **fixture)
{
    static const char *const objects[] = {
        "<</Filter[/FlateDecode /FlateDecode]/Length 0>>stream\n\nendstream", NULL};

    (void)fixture;
    assert_refused(make_pages(1, form_page, objects, "", ""), parsers_limits_default(),
                   PARSERS_ERROR_LIMIT, "twice");
}

/* A page's steps are counted, states kept one over the other as well, and what is inflated. */
static void
test_endless_pages(void **fixture)
{
    g_autoptr(GString) steps = g_string_new(NULL);
    g_autoptr(GString) states = g_string_new("BT /F 10 Tf (a) Tj ET ");
    ParsersLimits limits = *parsers_limits_default();

    (void)fixture;
    for (int i = 0; i < 200; i++)
        g_string_append(steps, "9 9 m 20 20 l S ");
    limits.pdf_page_steps = 100;
    assert_refused(make_page(steps->str), &limits, PARSERS_ERROR_LIMIT, "pdf_page_steps");
    for (int i = 0; i < 1500; i++)
        g_string_append(states, "q ");
    assert_refused(make_page(states->str), parsers_limits_default(), PARSERS_ERROR_LIMIT,
                   "pdf_page_steps");
}

static void
test_limits(void **fixture)
{
    ParsersLimits limits = *parsers_limits_default();

    (void)fixture;
    limits.pdf_pages = 2;
    assert_refused(make_pages(3, form_page, NULL, "", ""), &limits, PARSERS_ERROR_LIMIT,
                   "pdf_pages");
    limits = *parsers_limits_default();
    limits.pdf_fields = 3;
    assert_refused(make_form(), &limits, PARSERS_ERROR_LIMIT, "pdf_fields");
    limits = *parsers_limits_default();
    limits.document_text_bytes = 200;
    assert_refused(make_form(), &limits, PARSERS_ERROR_LIMIT, "document_text_bytes");
    limits = *parsers_limits_default();
    limits.pdf_page_characters = 10;
    assert_refused(make_form(), &limits, PARSERS_ERROR_LIMIT, "pdf_page_characters");
}

/* ---- Inside the cage ---- */

/* Every way to open a file is closed; what poppler then asks for is refused and not fatal. */
static bool
close_files(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool closed = filter != NULL &&
                  seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 0) == 0 &&
                  seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0) == 0 &&
                  seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat2), 0) == 0 &&
                  seccomp_load(filter) == 0;

    seccomp_release(filter);
    return closed;
}

static int
read_without_files(void)
{
    g_autoptr(GBytes) form = make_form();
    g_autoptr(ParsersDocument) document = NULL;
    g_autofree char *text = NULL;

    parsers_pdf_warm_up();
    if (!close_files() || open("/dev/null", O_RDONLY) >= 0)
        return 2;
    if (!parsers_pdf_read(form, parsers_limits_default(), &document, NULL, NULL))
        return 3;
    text = parsers_document_text(document);
    return g_str_has_prefix(text, "Name\t\xc5\xb9\xc3\xa9\nTown\tDover\n") ? 0 : 4;
}

static void
test_no_file_is_needed(void **fixture)
{
    pid_t child = 0;
    int status = 0;

    (void)fixture;
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(read_without_files());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
    /* First, while nothing is warm that the test does not warm up itself. */
    const struct CMUnitTest caged[] = {cmocka_unit_test(test_no_file_is_needed)};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrapped_lines),
        cmocka_unit_test(test_texts_far_apart),
        cmocka_unit_test(test_dotted_lines_stay_apart),
        cmocka_unit_test(test_ruled_table),
        cmocka_unit_test(test_box_above_table),
        cmocka_unit_test(test_merged_cell),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_table_in_a_picture),
        cmocka_unit_test(test_highlight_and_bold),
        cmocka_unit_test(test_drawn_boxes),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_running_feet),
        cmocka_unit_test(test_scan),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_password),
        cmocka_unit_test(test_deflated_twice),
        cmocka_unit_test(test_endless_pages),
        cmocka_unit_test(test_limits),
    };
    int failed = cmocka_run_group_tests(caged, NULL, NULL);

    return failed + cmocka_run_group_tests(tests, warm_up, NULL);
}
