/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-docx-chunk.c - Word documents whose words stand in a file of another
 * format.
 *
 * Runs in:  make check.
 * Source:   ECMA-376 part 1, 17.17.2.1 (altChunk)
 */
#include "config.h"

#include "parsers/docx-chunk.h"

#include "parsers/docx.h"
#include "parsers/html.h"
#include "tests/unit/office.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(type, target)                                                                     \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"         \
    "<Relationship Id='c' Type='" OFFICE type "' Target='" target "'/></Relationships>"

static const char table[] =
    "<html><body><h1>Form</h1><table><tr><th rowspan=2>Child</th><td>Name</td><td>Wren</td></tr>"
    "<tr><td>Born</td><td><b>3/4/2014</b><ul><li>at home</li></ul></td></tr></table>"
    "<p>Tick: \xe2\x98\x92 yes</p></body></html>";

static GBytes *
document_with(const char *chunk)
{
    return office_zip(
        "_rels/.rels", RELATION("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels", RELATION("aFChunk", "chunk.dat"), "word/document.xml",
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
        " xmlns:r='" OFFICE "'><w:body><w:altChunk r:id='c'/></w:body></w:document>",
        "word/chunk.dat", chunk, NULL);
}

/* What the blocks of a document are, in a line. */
static char *
written(const ParsersDocument *document)
{
    GString *out = g_string_new(NULL);

    office_write_blocks(out, parsers_document_blocks(document));
    return g_string_free(out, FALSE);
}

/* Read as a chunk it is what it is alone: tables, merged cells, boxes. */
static void
test_as_it_is_alone(void **fixture)
{
    g_autoptr(GBytes) page = g_bytes_new_static(table, sizeof table - 1);
    g_autoptr(GBytes) docx = document_with(table);
    g_autoptr(ParsersDocument) alone = NULL;
    g_autoptr(ParsersDocument) within = NULL;
    g_autofree char *wanted = NULL;
    g_autofree char *got = NULL;

    assert_true(parsers_html_read(page, parsers_limits_default(), &alone, NULL));
    assert_true(parsers_docx_read(docx, parsers_limits_default(), &within, NULL));
    wanted = written(alone);
    got = written(within);
    assert_non_null(strstr(wanted, "Wren"));
    assert_string_equal(got, wanted);
}

static void
assert_holds(const char *chunk, const char *words)
{
    g_autoptr(GBytes) docx = document_with(chunk);
    g_autoptr(ParsersDocument) document = NULL;
    g_autofree char *text = NULL;

    assert_true(parsers_docx_read(docx, parsers_limits_default(), &document, NULL));
    text = parsers_document_text(document);
    if (strstr(text, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, text);
}

static void
test_formats(void **fixture)
{
    assert_holds("{\\rtf1 some words}", "some words");
    assert_holds("plain words\n", "plain words");
    assert_holds(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9 words</p>\r\n--x--",
        "caf\xc3\xa9 words");
}

/* Its words are missed: the document is not read without them. */
static void
test_unreadable(void **fixture)
{
    static const char *const chunks[] = {"\177ELF", "", "MIME-Version: 1.0\nSubject: x\n\nno page",
                                         "PK\3\4word/document.xml"};

    for (gsize i = 0; i < G_N_ELEMENTS(chunks); i++) {
        g_autoptr(GBytes) docx = document_with(chunks[i]);
        g_autoptr(ParsersDocument) document = NULL;
        g_autoptr(GError) error = NULL;

        assert_false(parsers_docx_read(docx, parsers_limits_default(), &document, &error));
        assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_DAMAGED));
        assert_null(document);
    }
}

static void
test_limits_count_both(void **fixture)
{
    g_autoptr(GBytes) docx = document_with(table);
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    ParsersLimits limits = *parsers_limits_default();

    limits.document_cells = 2;
    assert_false(parsers_docx_read(docx, &limits, &document, &error));
    assert_true(g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_it_is_alone),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_limits_count_both),
    };

    return cmocka_run_group_tests_name("parsers-docx-chunk", tests, NULL, NULL);
}
