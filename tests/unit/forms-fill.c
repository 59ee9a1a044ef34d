/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/forms-fill.c - fills a blank form in as the program that shows it would.
 *
 * Runs in:  tests.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <poppler.h>
#include <string.h>
#include <zip.h>

#include "tests/unit/forms-fill.h"

void
forms_fill_answer_free(gpointer data)
{
    FormsFillAnswer *answer = data;

    g_free(answer->written);
    g_free(answer->value);
    g_free(answer);
}

/* The answer to a control, whose name is a key or, for a box, a key and the number of its option;
 * out_option: that number, or 0. */
static const FormsFillAnswer *
find_answer(GHashTable *answers, const char *name, guint *out_option)
{
    const FormsFillAnswer *answer = g_hash_table_lookup(answers, name);
    const char *dot = strrchr(name, '.');
    g_autofree char *key = g_strndup(name, dot != NULL ? (gsize)(dot - name) : 0);

    *out_option = 0;
    if (answer != NULL)
        return answer;
    *out_option = dot != NULL ? (guint)g_ascii_strtoull(dot + 1, NULL, 10) : 0;
    answer = g_hash_table_lookup(answers, key);
    if (answer == NULL || *out_option == 0)
        fail_msg("no answer for control %s", name);
    return answer;
}

static bool
is_ticked(const FormsFillAnswer *answer, const char *option)
{
    g_auto(GStrv) chosen = g_strsplit(answer->written, "; ", -1);

    return g_strv_contains((const char *const *)chosen, option);
}

/* ---- Text ---- */

GBytes *
forms_fill_text(GBytes *blank, const TemplatesBlank *form, GHashTable *answers)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(blank, &size);
    g_autofree char *text = g_strndup(data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint line = 0;
    char *joined = NULL;

    for (guint s = 0; s < form->sections->len; s++) {
        const TemplatesBlankSection *section = form->sections->pdata[s];

        for (guint r = 0; r < section->rows->len; r++) {
            const TemplatesBlankRow *row = section->rows->pdata[r];
            const FormsFillAnswer *answer = g_hash_table_lookup(answers, row->key);
            char *filled = NULL;

            while (lines[line] != NULL && !g_str_has_suffix(lines[line], ": "))
                line++;
            assert_non_null(lines[line]);
            assert_true(g_str_has_prefix(lines[line], row->label));
            filled = g_strconcat(lines[line], answer->written, NULL);
            g_free(lines[line]);
            lines[line++] = filled;
        }
    }
    joined = g_strjoinv("\n", lines);
    return g_bytes_new_take(joined, strlen(joined));
}

/* ---- DOCX ---- */

static xmlNodePtr
find_node(xmlXPathContextPtr xpath, xmlNodePtr from, const char *path)
{
    xmlXPathObjectPtr found = NULL;
    xmlNodePtr node = NULL;

    xpath->node = from;
    found = xmlXPathEval((const xmlChar *)path, xpath);
    if (found != NULL && found->nodesetval != NULL && found->nodesetval->nodeNr > 0)
        node = found->nodesetval->nodeTab[0];
    xmlXPathFreeObject(found);
    return node;
}

/* Text with line breaks, as Word writes what is typed into a control of several lines. */
static void
set_lines(xmlNodePtr words, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    xmlNodeSetContent(words, NULL);
    xmlNodeAddContent(words, (const xmlChar *)lines[0]);
    for (guint i = 1; lines[i] != NULL; i++) {
        xmlNewChild(words->parent, words->ns, (const xmlChar *)"br", NULL);
        xmlNewTextChild(words->parent, words->ns, (const xmlChar *)"t", (const xmlChar *)lines[i]);
    }
}

static void
set_content(xmlXPathContextPtr xpath, xmlNodePtr control, const char *text)
{
    xmlNodePtr prompt = find_node(xpath, control, "w:sdtPr/w:showingPlcHdr");
    xmlNodePtr style = find_node(xpath, control, "w:sdtContent/w:r/w:rPr");
    xmlNodePtr words = find_node(xpath, control, "w:sdtContent//w:t");

    assert_non_null(prompt);
    assert_non_null(words);
    xmlUnlinkNode(prompt);
    xmlFreeNode(prompt);
    xmlUnlinkNode(style);
    xmlFreeNode(style);
    set_lines(words, text);
}

static void
tick(xmlXPathContextPtr xpath, xmlNodePtr control)
{
    xmlNodePtr state = find_node(xpath, control, "w:sdtPr/w14:checkbox/w14:checked");

    assert_non_null(state);
    xmlSetNsProp(state, state->ns, (const xmlChar *)"val", (const xmlChar *)"1");
    xmlNodeSetContent(find_node(xpath, control, "w:sdtContent//w:t"),
                      (const xmlChar *)"\xe2\x98\x92");
}

static const char *
option_of(const TemplatesBlank *form, const char *key, guint number)
{
    for (guint s = 0; s < form->sections->len; s++) {
        const TemplatesBlankSection *section = form->sections->pdata[s];

        for (guint r = 0; r < section->rows->len; r++) {
            const TemplatesBlankRow *row = section->rows->pdata[r];

            if (g_str_has_prefix(key, row->key) &&
                (key[strlen(row->key)] == '.' || key[strlen(row->key)] == '-'))
                return row->options->pdata[number - 1];
        }
    }
    fail_msg("no question for %s", key);
    return NULL;
}

static void
fill_controls(xmlDocPtr document, const TemplatesBlank *form, GHashTable *answers)
{
    xmlXPathContextPtr xpath = xmlXPathNewContext(document);
    xmlXPathObjectPtr found = NULL;

    xmlXPathRegisterNs(
        xpath, (const xmlChar *)"w",
        (const xmlChar *)"http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    xmlXPathRegisterNs(xpath, (const xmlChar *)"w14",
                       (const xmlChar *)"http://schemas.microsoft.com/office/word/2010/wordml");
    found = xmlXPathEval((const xmlChar *)"//w:sdt", xpath);
    assert_true(found->nodesetval->nodeNr > 10);
    for (int i = 0; i < found->nodesetval->nodeNr; i++) {
        xmlNodePtr control = found->nodesetval->nodeTab[i];
        xmlNodePtr tag = find_node(xpath, control, "w:sdtPr/w:tag");
        xmlChar *name = xmlGetProp(tag, (const xmlChar *)"val");
        guint option = 0;
        const FormsFillAnswer *answer = find_answer(answers, (const char *)name, &option);

        if (option == 0)
            set_content(xpath, control, answer->written);
        else if (is_ticked(answer, option_of(form, (const char *)name, option)))
            tick(xpath, control);
        xmlFree(name);
    }
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(xpath);
}

/* The named member of a package; the package is opened for change. */
static zip_t *
open_package(GBytes *bytes, zip_source_t **out_source)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(bytes, &size);
    zip_t *zip = NULL;

    *out_source = zip_source_buffer_create(data, size, 0, NULL);
    assert_non_null(*out_source);
    zip = zip_open_from_source(*out_source, 0, NULL);
    assert_non_null(zip);
    zip_source_keep(*out_source);
    return zip;
}

static GBytes *
source_bytes(zip_source_t *source)
{
    zip_stat_t stat;
    char *data = NULL;

    assert_int_equal(zip_source_stat(source, &stat), 0);
    data = g_malloc(stat.size);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, data, stat.size), (zip_int64_t)stat.size);
    zip_source_close(source);
    return g_bytes_new_take(data, stat.size);
}

GBytes *
forms_fill_docx(GBytes *blank, const TemplatesBlank *form, GHashTable *answers)
{
    zip_source_t *source = NULL;
    zip_t *zip = open_package(blank, &source);
    zip_stat_t stat;
    zip_file_t *member = NULL;
    g_autofree char *xml = NULL;
    xmlDocPtr document = NULL;
    xmlChar *changed = NULL;
    int length = 0;
    GBytes *bytes = NULL;

    assert_int_equal(zip_stat(zip, "word/document.xml", 0, &stat), 0);
    xml = g_malloc(stat.size);
    member = zip_fopen(zip, "word/document.xml", 0);
    assert_int_equal(zip_fread(member, xml, stat.size), (zip_int64_t)stat.size);
    zip_fclose(member);
    document = xmlReadMemory(xml, (int)stat.size, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    fill_controls(document, form, answers);
    xmlDocDumpMemory(document, &changed, &length);
    xmlFreeDoc(document);
    zip_file_add(zip, "word/document.xml", zip_source_buffer(zip, changed, (zip_uint64_t)length, 0),
                 ZIP_FL_OVERWRITE);
    assert_int_equal(zip_close(zip), 0);
    xmlFree(changed);
    bytes = source_bytes(source);
    zip_source_free(source);
    return bytes;
}

/* ---- PDF ---- */

static void
fill_field(PopplerFormField *field, const TemplatesBlank *form, GHashTable *answers,
           GHashTable *radios)
{
    g_autofree char *given = poppler_form_field_get_name(field);
    g_autofree char *name = g_strdelimit(g_strdup(given), "-", '.');
    g_autofree char *tip = poppler_form_field_get_alternate_ui_name(field);
    const FormsFillAnswer *answer = g_hash_table_lookup(answers, name);

    assert_non_null(tip); /* what a screen reader says */
    switch (poppler_form_field_get_field_type(field)) {
    case POPPLER_FORM_FIELD_TEXT:
        assert_non_null(answer);
        poppler_form_field_text_set_text(field, answer->written);
        break;
    case POPPLER_FORM_FIELD_CHOICE:
        poppler_form_field_choice_set_text(field, answer->written);
        break;
    case POPPLER_FORM_FIELD_BUTTON:
        if (poppler_form_field_button_get_button_type(field) == POPPLER_FORM_BUTTON_RADIO) {
            /* The first box of a question is Yes, the second No. */
            bool second = !g_hash_table_add(radios, g_strdup(name));

            if (second == g_str_equal(answer->written, "No"))
                poppler_form_field_button_set_state(field, TRUE);
        } else {
            guint option = 0;
            const FormsFillAnswer *chosen = find_answer(answers, name, &option);

            if (is_ticked(chosen, option_of(form, name, option)))
                poppler_form_field_button_set_state(field, TRUE);
        }
        break;
    default:
        fail_msg("a field of no kind: %s", name);
    }
}

static GBytes *
save_pdf(PopplerDocument *document)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "form.pdf", NULL);
    g_autofree char *uri = g_filename_to_uri(path, NULL, NULL);
    char *data = NULL;
    gsize size = 0;

    assert_true(poppler_document_save(document, uri, NULL));
    assert_true(g_file_get_contents(path, &data, &size, NULL));
    g_unlink(path);
    g_rmdir(folder);
    return g_bytes_new_take(data, size);
}

static int
by_id(gconstpointer a, gconstpointer b)
{
    PopplerFormField *one = ((const PopplerFormFieldMapping *)a)->field;
    PopplerFormField *other = ((const PopplerFormFieldMapping *)b)->field;

    return poppler_form_field_get_id(one) - poppler_form_field_get_id(other);
}

GBytes *
forms_fill_pdf(GBytes *blank, const TemplatesBlank *form, GHashTable *answers)
{
    PopplerDocument *document = poppler_document_new_from_bytes(blank, NULL, NULL);
    GBytes *filled = NULL;
    g_autoptr(GHashTable) radios = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    assert_non_null(document);
    for (int p = 0; p < poppler_document_get_n_pages(document); p++) {
        PopplerPage *page = poppler_document_get_page(document, p);
        GList *fields = poppler_page_get_form_field_mapping(page);

        fields = g_list_sort(fields, by_id);
        for (GList *at = fields; at != NULL; at = at->next)
            fill_field(((PopplerFormFieldMapping *)at->data)->field, form, answers, radios);
        poppler_page_free_form_field_mapping(fields);
        g_object_unref(page);
    }
    filled = save_pdf(document);
    g_object_unref(document);
    return filled;
}
