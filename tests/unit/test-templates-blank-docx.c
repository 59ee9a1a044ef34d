/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-blank-docx.c - the Word document: sound XML, a named control for each
 * answer.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <libxml/parser.h>
#include <zip.h>

#include "templates/blank-docx.h"

static TemplatesBlank *
sample(void)
{
    TemplatesBlank *blank = templates_blank_new("Form for <A & B>");
    TemplatesBlankRow *row = NULL;

    templates_blank_add_note(blank, "Answer what you can.");
    templates_blank_add_section(blank, "About you");
    row = templates_blank_add_row(blank, "you.name", "Your name", TEMPLATES_BLANK_LINE);
    row->required = true;
    row = templates_blank_add_row(blank, "you.born", "Born on", TEMPLATES_BLANK_DATE);
    g_free(row->hint);
    row->hint = g_strdup("day, month, year");
    templates_blank_add_row(blank, "you.well", "Are you well?", TEMPLATES_BLANK_YESNO);
    templates_blank_add_section(blank, "What happened");
    row = templates_blank_add_row(blank, "it.kind", "Kind", TEMPLATES_BLANK_SEVERAL);
    g_ptr_array_add(row->options, g_strdup("Big (very)"));
    g_ptr_array_add(row->options, g_strdup("Small"));
    row = templates_blank_add_row(blank, "it.town", "Town", TEMPLATES_BLANK_ONE_OF);
    g_ptr_array_add(row->options, g_strdup("Ashford"));
    templates_blank_add_row(blank, "it.story", "The story", TEMPLATES_BLANK_LONG);
    return blank;
}

/* A part of the package as text, proved to be well-formed. */
static char *
read_part(GBytes *docx, const char *name)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(docx, &size);
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    zip_stat_t stat;
    zip_file_t *file = NULL;
    char *text = NULL;
    xmlDocPtr document = NULL;

    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    text = g_malloc0(stat.size + 1);
    file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    document = xmlReadMemory(text, (int)stat.size, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlFreeDoc(document);
    return text;
}

static guint
count(const char *text, const char *what)
{
    guint n = 0;

    for (const char *p = strstr(text, what); p != NULL; p = strstr(p + 1, what))
        n++;
    return n;
}

static void
test_parts(void **fixture)
{
    static const char *const parts[] = {"[Content_Types].xml", "_rels/.rels",
                                        "word/_rels/document.xml.rels", "word/settings.xml"};
    g_autoptr(TemplatesBlank) blank = sample();
    g_autoptr(GBytes) docx = NULL;
    g_autofree char *styles = NULL;
    g_autofree char *core = NULL;

    assert_true(templates_blank_docx(blank, &docx, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(read_part(docx, parts[i]));
    styles = read_part(docx, "word/styles.xml");
    assert_non_null(strstr(styles, "w:val=\"en-GB\""));
    assert_non_null(strstr(styles, "w:outlineLvl"));
    core = read_part(docx, "docProps/core.xml");
    assert_non_null(strstr(core, "Form for &lt;A &amp; B&gt;"));
}

static void
test_controls(void **fixture)
{
    g_autoptr(TemplatesBlank) blank = sample();
    g_autoptr(GBytes) docx = NULL;
    g_autofree char *text = NULL;

    assert_true(templates_blank_docx(blank, &docx, NULL));
    text = read_part(docx, "word/document.xml");
    assert_int_equal(count(text, "<w:sdt>"), 4 + 2 + 2); /* four fields, Yes, No, two boxes */
    assert_int_equal(count(text, "<w14:checkbox>"), 4);
    assert_int_equal(count(text, "<w:showingPlcHdr/>"), 4);
    assert_int_equal(count(text, "<w:date>"), 1);
    assert_int_equal(count(text, "<w:comboBox>"), 1);
    assert_int_equal(count(text, "w:multiLine=\"1\""), 1);
    assert_int_equal(count(text, "w:pStyle w:val=\"Heading2\""), 2);
    assert_non_null(strstr(text, "<w:alias w:val=\"Your name\"/><w:tag w:val=\"you.name\"/>"));
    assert_non_null(strstr(text, "<w:alias w:val=\"Kind: Big (very)\"/>"));
}

/* Word calls a file damaged in which a control's title has more than 64 letters. */
static void
test_long_label(void **fixture)
{
    g_autoptr(TemplatesBlank) blank = sample();
    g_autoptr(GBytes) docx = NULL;
    g_autofree char *label = g_strnfill(80, 'x');
    g_autofree char *head = g_strnfill(63, 'x');
    g_autofree char *wanted = g_strdup_printf("<w:alias w:val=\"%s\xe2\x80\xa6\"/>", head);
    g_autofree char *text = NULL;

    templates_blank_add_row(blank, "it.long", label, TEMPLATES_BLANK_LINE);
    assert_true(templates_blank_docx(blank, &docx, NULL));
    text = read_part(docx, "word/document.xml");
    assert_non_null(strstr(text, wanted));
    assert_non_null(strstr(text, label)); /* beside the control it stands whole */
}

static void
test_same_bytes(void **fixture)
{
    g_autoptr(TemplatesBlank) blank = sample();
    g_autoptr(GBytes) one = NULL;
    g_autoptr(GBytes) other = NULL;

    assert_true(templates_blank_docx(blank, &one, NULL));
    assert_true(templates_blank_docx(blank, &other, NULL));
    assert_true(g_bytes_equal(one, other));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts), cmocka_unit_test(test_controls),
        cmocka_unit_test(test_long_label), cmocka_unit_test(test_same_bytes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
