/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-view-read.c - a mail as people look at it: its parts, their words, and
 * the pages of what a program outside printed.
 *
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include "parsers/draw.h"
#include "parsers/foreign.h"
#include "parsers/view-read.h"
#include "tests/unit/office.h"
#include "tests/unit/pdf-help.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define PACKAGING "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static GBytes *
word_document(void)
{
    return office_zip(
        "[Content_Types].xml",
        "<Types xmlns='" PACKAGING "content-types'><Override PartName='/word/document.xml' "
        "ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document."
        "main+xml'/></Types>",
        "_rels/.rels",
        "<Relationships xmlns='" PACKAGING "relationships'><Relationship Id='r1' Type='" OFFICE
        "officeDocument' Target='word/document.xml'/></Relationships>",
        "word/document.xml",
        "<w:document xmlns:w='" W "'><w:body><w:p><w:r><w:t>Of the form</w:t></w:r></w:p></w:body>"
        "</w:document>",
        NULL);
}

/* A mail with these bytes attached. */
static GBytes *
mail_with(const char *name, GBytes *bytes)
{
    gsize size = 0;
    const guchar *data = g_bytes_get_data(bytes, &size);
    g_autofree char *encoded = g_base64_encode(data, size);
    GString *mail = g_string_new("From: a@example.org\r\nSubject: Form\r\nMIME-Version: 1.0\r\n"
                                 "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                                 "--b\r\n\r\nHello there\r\n");

    g_string_append_printf(mail,
                           "--b\r\nContent-Type: application/octet-stream; name=\"%s\"\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n%s\r\n--b--\r\n",
                           name, encoded);
    return g_string_free_to_bytes(mail);
}

/* What is seen of the part of that name; its view is kept in *out_view. */
static const ParsersViewPart *
look(GBytes *raw, const GPtrArray *converted, const char *name, ParsersView **out_view)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    const ParsersViewMail mail = {raw, definitions, parsers_limits_default(), converted};

    *out_view = parsers_view_read(&mail);
    for (guint i = 0; i < (*out_view)->parts->len; i++) {
        const ParsersViewPart *part = (*out_view)->parts->pdata[i];

        if (strcmp(part->name, name) == 0)
            return part;
    }
    fail_msg("there is no part %s", name);
    return NULL;
}

static bool
says(const ParsersViewPart *part, const char *words)
{
    for (guint i = 0; i < part->steps->len; i++)
        if (strcmp(((const ParsersViewStep *)part->steps->pdata[i])->text, words) == 0)
            return true;
    return false;
}

static GBytes *
hand_out(GBytes *raw, guint part, GError **error)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    const ParsersViewMail mail = {raw, definitions, parsers_limits_default(), NULL};
    GBytes *packed = NULL;

    return parsers_view_document(&mail, part, &packed, error) ? packed : NULL;
}

/* The text of a Word document is there at once; its pages when they were printed. */
static void
test_printed(void **state)
{
    g_autoptr(GBytes) document = word_document();
    g_autoptr(GBytes) raw = mail_with("form.docx", document);
    g_autoptr(GBytes) pages = make_pages(2, "", NULL, "", "");
    g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, document);
    g_autoptr(GPtrArray) made = parsers_foreign_list_new();
    g_autoptr(ParsersView) before = NULL, after = NULL;
    const ParsersViewPart *part = look(raw, NULL, "form.docx", &before);

    (void)state;
    assert_true(says(part, "Of the form"));
    assert_true(part->printable);
    assert_false(part->printed);
    assert_int_equal(part->pages->len, 0);
    assert_true(parsers_foreign_add(made, parsers_limits_default(), "print", sum, pages));
    part = look(raw, made, "form.docx", &after);
    assert_true(says(part, "Of the form"));
    assert_true(part->printed);
    assert_false(part->printable);
    assert_int_equal(part->pages->len, 2);
    assert_string_equal(part->type, "docx");
    assert_string_equal(part->problem, "");
}

/* One that no reader here knows is read from what was printed of it. */
static void
test_foreign(void **state)
{
    static const char perfect[] = "\377WPC\x10\0\0\0\x01\x0a rest";
    g_autoptr(GBytes) document = g_bytes_new_static(perfect, sizeof perfect);
    g_autoptr(GBytes) raw = mail_with("form.wpd", document);
    g_autoptr(GBytes) pages = make_page("BT /F 40 Tf 20 100 Td (Words) Tj ET");
    g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, document);
    g_autoptr(GPtrArray) made = parsers_foreign_list_new();
    g_autoptr(ParsersView) before = NULL, after = NULL;
    const ParsersViewPart *part = look(raw, NULL, "form.wpd", &before);

    (void)state;
    assert_true(part->printable);
    assert_int_equal(part->state, PARSERS_PART_UNSUPPORTED);
    assert_true(parsers_foreign_add(made, parsers_limits_default(), "", sum, pages));
    part = look(raw, made, "form.wpd", &after);
    assert_true(says(part, "Words"));
    assert_int_equal(part->pages->len, 1);
    assert_non_null(strstr(part->problem, "converted from a WordPerfect document"));
}

/* Only what is to be printed is handed out, as it was, and nothing beside it. */
static void
test_handed_out(void **state)
{
    g_autoptr(GBytes) document = word_document();
    g_autoptr(GBytes) pdf = make_page("");
    g_autoptr(GBytes) raw = mail_with("form.docx", document);
    g_autoptr(GBytes) other = mail_with("form.pdf", pdf);
    g_autoptr(GBytes) packed = hand_out(raw, 1, NULL);
    g_autoptr(GPtrArray) list = NULL;
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_non_null(packed);
    assert_true(parsers_foreign_unpack(packed, &list, NULL));
    assert_int_equal(list->len, 1);
    assert_string_equal(((const ParsersForeign *)list->pdata[0])->converter, "print");
    assert_true(g_bytes_equal(((const ParsersForeign *)list->pdata[0])->bytes, document));
    assert_null(hand_out(raw, 0, NULL));
    assert_null(hand_out(raw, 99, NULL));
    assert_null(hand_out(other, 1, &error));
    assert_int_equal(error->code, PARSERS_ERROR_UNSUPPORTED);
}

static void
test_drawn(void **state)
{
    g_autoptr(GBytes) document = word_document();
    g_autoptr(GBytes) raw = mail_with("form.docx", document);
    g_autoptr(GBytes) pages = make_page("0 g 0 0 400 400 re f");
    g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, document);
    g_autoptr(GPtrArray) made = parsers_foreign_list_new();
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    ParsersViewMail mail = {raw, definitions, parsers_limits_default(), NULL};
    g_autoptr(GBytes) png = NULL;

    (void)state;
    assert_false(parsers_view_draw(&mail, 1, 1, &png, NULL));
    assert_true(parsers_foreign_add(made, parsers_limits_default(), "print", sum, pages));
    mail.converted = made;
    assert_true(parsers_view_draw(&mail, 1, 1, &png, NULL));
    assert_memory_equal(g_bytes_get_data(png, NULL), "\x89PNG", 4);
    g_clear_pointer(&png, g_bytes_unref);
    assert_false(parsers_view_draw(&mail, 1, 2, &png, NULL));
    assert_false(parsers_view_draw(&mail, 1, 0, &png, NULL));
    assert_false(parsers_view_draw(&mail, 2, 1, &png, NULL));
}

#ifdef POSTERN_SANITIZERS
const char *__lsan_default_suppressions(void);

/* poppler keeps what it looks up of a font that a PDF does not bring along. */
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_handed_out),
        cmocka_unit_test(test_drawn),
    };

    parsers_draw_warm_up();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
