/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-pdf.c - PDF into the neutral model, from PDFs written here by hand.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- Writing PDFs ---- */

typedef struct {
    GString *file;
    GArray *offsets; /* gsize, of objects 1 and on */
} Writer;

static void
put_object(Writer *writer, const char *body)
{
    gsize offset = writer->file->len;

    g_array_append_val(writer->offsets, offset);
    g_string_append_printf(writer->file, "%u 0 obj\n%s\nendobj\n", writer->offsets->len, body);
}

static GBytes *
finish(Writer *writer, const char *trailer)
{
    gsize table = writer->file->len;
    guint size = writer->offsets->len + 1;

    g_string_append_printf(writer->file, "xref\n0 %u\n0000000000 65535 f \n", size);
    for (guint i = 0; i + 1 < size; i++)
        g_string_append_printf(writer->file, "%010zu 00000 n \n",
                               g_array_index(writer->offsets, gsize, i));
    g_string_append_printf(writer->file,
                           "trailer<</Size %u/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", size,
                           trailer, table);
    g_array_unref(writer->offsets);
    return g_string_free_to_bytes(writer->file);
}

/* Pages that all have the same drawing; fields are objects 6 and on, NULL ends them.
 *
 * form: what else stands in the form's dictionary. */
static GBytes *
make_pages(guint n_pages, const char *drawing, const char *const *fields, const char *form,
           const char *trailer)
{
    Writer writer = {g_string_new("%PDF-1.5\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
    g_autoptr(GString) kids = g_string_new(NULL);
    g_autoptr(GString) annots = g_string_new(NULL);
    g_autofree char *text = NULL;
    guint n_fields = fields == NULL ? 0 : g_strv_length((char **)fields);

    for (guint i = 0; i < n_fields; i++)
        g_string_append_printf(annots, "%u 0 R ", 6 + i);
    for (guint i = 0; i < n_pages; i++)
        g_string_append_printf(kids, "%u 0 R ", 6 + n_fields + i);
    text =
        g_strdup_printf("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]/DA(/F 10 Tf 0 g)%s>>>>",
                        annots->str, form);
    put_object(&writer, text);
    g_free(text);
    text = g_strdup_printf("<</Type/Pages/Kids[%s]/Count %u/MediaBox[0 0 400 400]/Resources<</Font"
                           "<</F 4 0 R/B 5 0 R>>>>>>",
                           kids->str, n_pages);
    put_object(&writer, text);
    g_free(text);
    text = g_strdup_printf("<</Length %zu>>stream\n%s\nendstream", strlen(drawing), drawing);
    put_object(&writer, text);
    put_object(&writer, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    put_object(&writer,
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>");
    for (guint i = 0; i < n_fields; i++)
        put_object(&writer, fields[i]);
    for (guint i = 0; i < n_pages; i++) {
        g_free(text);
        text = g_strdup_printf("<</Type/Page/Parent 2 0 R/Contents 3 0 R/Annots[%s]>>",
                               i == 0 ? annots->str : "");
        put_object(&writer, text);
    }
    return finish(&writer, trailer);
}

static GBytes *
make_page(const char *drawing)
{
    return make_pages(1, drawing, NULL, "", "");
}

/* ---- Reading them ---- */

static ParsersDocument *
read_bytes(GBytes *given, ParsersPdfInfo *info)
{
    g_autoptr(GBytes) bytes = given;
    g_autoptr(GError) error = NULL;
    ParsersDocument *document = NULL;

    if (!parsers_pdf_read(bytes, parsers_limits_default(), &document, info, &error))
        fail_msg("%s", error->message);
    return document;
}

static void
assert_text(GBytes *bytes, const char *expected)
{
    g_autoptr(ParsersDocument) document = read_bytes(bytes, NULL);
    g_autofree char *text = parsers_document_text(document);

    assert_string_equal(text, expected);
}

static const ParsersBlock *
block_at(const ParsersDocument *document, guint index)
{
    const GPtrArray *blocks = parsers_document_blocks(document);

    assert_true(index < blocks->len);
    return g_ptr_array_index(blocks, index);
}

static const ParsersSpan *
span_at(const ParsersBlock *block, guint index)
{
    assert_int_equal(block->kind, PARSERS_BLOCK_PARAGRAPH);
    assert_true(index < block->spans->len);
    return g_ptr_array_index(block->spans, index);
}

static void
assert_refused(GBytes *given, const ParsersLimits *limits, ParsersError code, const char *word)
{
    g_autoptr(GBytes) bytes = given;
    g_autoptr(GError) error = NULL;
    ParsersDocument *document = NULL;

    assert_false(parsers_pdf_read(bytes, limits, &document, NULL, &error));
    assert_null(document);
    assert_true(g_error_matches(error, PARSERS_ERROR, (int)code));
    assert_non_null(strstr(error->message, word));
}

/* ---- Flat pages ---- */

#define AT(x, y) "1 0 0 1 " #x " " #y " Tm "

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

/* ---- Forms ---- */

#define ON_AND_OFF "/AP<</N<</On 3 0 R/Off 3 0 R>>>>"

/* Values without a drawing of their own, one of them in UTF-16; a field shown at two places. */
static const char *const fields[] = {
    "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/TU(Your name)/V<FEFF017900E9>"
    "/Rect[150 295 300 311]>>",
    "<</FT/Tx/T(town)/V(Dover)/Kids[8 0 R 9 0 R]>>",
    "<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[150 265 300 281]>>",
    "<</Type/Annot/Subtype/Widget/Parent 7 0 R/Rect[150 235 300 251]>>",
    "<</Type/Annot/Subtype/Widget/FT/Btn/T(hurt)/V/On/AS/On/Rect[150 200 160 210]" ON_AND_OFF ">>",
    "<</Type/Annot/Subtype/Widget/FT/Btn/T(told)/V/Off/AS/Off/Rect[220 200 230 210]" ON_AND_OFF
    ">>",
    "<</FT/Btn/Ff 49152/T(agree)/V/On/Kids[13 0 R]>>",
    "<</Type/Annot/Subtype/Widget/Parent 12 0 R/AS/On/Rect[150 170 160 180]" ON_AND_OFF ">>",
    "<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(area)/Opt[(North)(South)]/V(South)"
    "/Rect[150 140 300 156]>>",
    NULL,
};

static const char form_page[] = "BT /F 10 Tf " AT(20, 300) "(Name) Tj " AT(20, 270) "(Town) Tj " AT(
    20, 240) "(Town again) Tj " AT(163,
                                   201) "(Hurt) Tj " AT(233,
                                                        201) "(Told) Tj " AT(163,
                                                                             171) "(Agreed) "
                                                                                  "Tj " AT(20,
                                                                                           145) "("
                                                                                                "A"
                                                                                                "r"
                                                                                                "e"
                                                                                                "a"
                                                                                                ")"
                                                                                                " "
                                                                                                "T"
                                                                                                "j"
                                                                                                " "
                                                                                                "E"
                                                                                                "T";

static GBytes *
make_form(void)
{
    return make_pages(1, form_page, fields, "/NeedAppearances true", "");
}

static void
test_form_values(void **fixture)
{
    ParsersPdfInfo info = {0};
    g_autoptr(ParsersDocument) document = read_bytes(make_form(), &info);
    g_autofree char *text = parsers_document_text(document);
    const ParsersSpan *name = span_at(block_at(document, 0), 1);

    (void)fixture;
    assert_true(info.has_form_fields);
    assert_false(info.is_image_only);
    assert_string_equal(text, "Name\t\xc5\xb9\xc3\xa9\nTown\tDover\nTown again\n"
                              "\xe2\x98\x92 Hurt\t\xe2\x98\x90 Told\n\xe2\x98\x92 Agreed\n"
                              "Area\tSouth\n");
    assert_int_equal(name->kind, PARSERS_SPAN_CONTROL);
    assert_string_equal(name->name, "name");
    assert_string_equal(name->label, "Your name");
}

static void
test_form_boxes(void **fixture)
{
    g_autoptr(ParsersDocument) document = read_bytes(make_form(), NULL);
    const ParsersSpan *hurt = span_at(block_at(document, 3), 0);
    const ParsersSpan *told = span_at(block_at(document, 3), 2);
    const ParsersSpan *agree = span_at(block_at(document, 4), 0);
    const ParsersSpan *area = span_at(block_at(document, 5), 1);

    (void)fixture;
    assert_int_equal(hurt->kind, PARSERS_SPAN_CHECKBOX);
    assert_int_equal(hurt->flags, PARSERS_SPAN_CHECKED);
    assert_string_equal(hurt->text, "Hurt");
    assert_int_equal(told->flags, 0);
    assert_int_equal(agree->flags, PARSERS_SPAN_CHECKED | PARSERS_SPAN_RADIO);
    assert_string_equal(agree->name, "agree");
    assert_int_equal(area->flags, PARSERS_SPAN_LIST);
}

/* Whether captions stand before their boxes is told by the row as a whole. */
static void
test_captions_before_boxes(void **fixture)
{
    static const char *const boxes[] = {
        "<</Type/Annot/Subtype/Widget/FT/Btn/T(a)/V/On/AS/On/Rect[40 299 50 309]" ON_AND_OFF ">>",
        "<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/AS/Off/Rect[77 299 87 309]" ON_AND_OFF ">>",
        NULL,
    };

    (void)fixture;
    assert_text(make_pages(1, "BT /F 10 Tf " AT(20, 300) "(Yes) Tj " AT(62, 300) "(No) Tj ET",
                           boxes, "", ""),
                "\xe2\x98\x92 Yes \xe2\x98\x90 No\n");
}

static void
test_xfa(void **fixture)
{
    ParsersPdfInfo info = {0};
    g_autoptr(ParsersDocument) document =
        read_bytes(make_pages(1, form_page, fields, "/XFA[(a) 3 0 R]", ""), &info);

    (void)fixture;
    assert_non_null(document);
    assert_true(info.is_xfa);
    assert_refused(make_pages(1, form_page, NULL, "/XFA[(a) 3 0 R]", ""), parsers_limits_default(),
                   PARSERS_ERROR_UNSUPPORTED, "XFA");
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

static int
warm_up(void **fixture)
{
    (void)fixture;
    parsers_pdf_warm_up();
    return 0;
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
        cmocka_unit_test(test_highlight_and_bold),
        cmocka_unit_test(test_drawn_boxes),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_running_feet),
        cmocka_unit_test(test_scan),
        cmocka_unit_test(test_form_values),
        cmocka_unit_test(test_form_boxes),
        cmocka_unit_test(test_captions_before_boxes),
        cmocka_unit_test(test_xfa),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_password),
        cmocka_unit_test(test_deflated_twice),
        cmocka_unit_test(test_limits),
    };
    int failed = cmocka_run_group_tests(caged, NULL, NULL);

    return failed + cmocka_run_group_tests(tests, warm_up, NULL);
}
