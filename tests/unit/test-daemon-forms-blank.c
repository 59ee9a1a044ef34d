/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test-daemon-forms-blank.c - a blank form of every definition and format, filled in, reads back.
 *
 * Each control is filled as a program that shows the form would, and the parser must
 * find exactly what was put in, and nothing in the form that was left blank.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
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

#include "daemon/forms-blank.h"
#include "daemon/start.h"
#include "parsers/mail.h"
#include "parsers/warm.h"
#include "templates/blank-docx.h"
#include "templates/blank-pdf.h"
#include "templates/blank-text.h"

static ParsersDefinitions *definitions;

/* What is written into a control, and what the record must then say. */
typedef struct {
    char *written;
    char *value;
} Answer;

typedef GHashTable Answers; /* key: Answer */

static void
answer_free(gpointer data)
{
    Answer *answer = data;

    g_free(answer->written);
    g_free(answer->value);
    g_free(answer);
}

static Answer *
answer_new(const char *written, const char *value)
{
    Answer *answer = g_new0(Answer, 1);

    answer->written = g_strdup(written);
    answer->value = g_strdup(value);
    return answer;
}

static Answer *
choose(const ParsersFieldDef *field, guint i)
{
    const char *first = field->options->pdata[0];
    g_autofree char *both = g_strdup_printf("%s; %s", first, (char *)field->options->pdata[2]);

    return i % 2 == 0 ? answer_new(first, first) : answer_new(both, both);
}

/* The i-th answer of a form: the kind follows from the field, the words from the number. */
static Answer *
make_answer(const ParsersFieldDef *field, guint i)
{
    static const char *const first[] = {"Priya", "Tomasz", "Rowena", "Samuel", "Bethan", "Idris"};
    static const char *const last[] = {"Anand", "Zielinski", "Fairbrass", "Okoro", "Larkin"};
    static const char *const story[] = {
        "Walked away crying on two mornings", "Said so twice to an aunt",
        "Nothing that anybody could see",     "Went quiet for the rest of the week",
        "Three of them, all in year four",    "Much better after the summer"};
    g_autofree char *text = NULL;

    switch (field->type) {
    case PARSERS_TYPE_NAME:
        text = g_strdup_printf("%s %s", first[i % 6], last[i % 5]);
        return answer_new(text, text);
    case PARSERS_TYPE_DATE:
        return answer_new("5 March 2024", "2024-03-05");
    case PARSERS_TYPE_BIRTH:
        return answer_new("17/09/2014", "2014-09-17");
    case PARSERS_TYPE_GENDER:
        return answer_new("Female", "Female");
    case PARSERS_TYPE_ADDRESS:
        text = g_strdup_printf("%u Mill Lane, Ashford", 2 + i);
        return answer_new(text, text);
    case PARSERS_TYPE_POSTCODE:
        return answer_new("TN24 8XX", "TN24 8XX");
    case PARSERS_TYPE_PHONE:
        return answer_new("07700 900123", "07700 900123");
    case PARSERS_TYPE_EMAIL:
        return answer_new("priya.anand@example.org", "priya.anand@example.org");
    case PARSERS_TYPE_YESNO:
        return i % 2 == 0 ? answer_new("Yes", "yes") : answer_new("No", "no");
    case PARSERS_TYPE_CHOICE:
        return choose(field, i);
    default:
        return answer_new(story[i % 6], story[i % 6]);
    }
}

static Answers *
make_answers(const ParsersDefinition *form, const TemplatesBlank *blank)
{
    Answers *answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, answer_free);
    guint count = 0;

    for (guint s = 0; s < blank->sections->len; s++) {
        const TemplatesBlankSection *section = blank->sections->pdata[s];

        for (guint r = 0; r < section->rows->len; r++) {
            const TemplatesBlankRow *row = section->rows->pdata[r];
            const ParsersFieldDef *field = parsers_definition_field(form, row->key);

            assert_non_null(field);
            g_hash_table_insert(answers, g_strdup(row->key), make_answer(field, count++));
        }
    }
    return answers;
}

/* The answer to a control, whose name is a key or, for a box, a key and the number of its option;
 * out_option: that number, or 0. */
static const Answer *
find_answer(Answers *answers, const char *name, guint *out_option)
{
    const Answer *answer = g_hash_table_lookup(answers, name);
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
is_ticked(const Answer *answer, const char *option)
{
    g_auto(GStrv) chosen = g_strsplit(answer->written, "; ", -1);

    return g_strv_contains((const char *const *)chosen, option);
}

/* ---- Text ---- */

static GBytes *
fill_text(GBytes *blank, const TemplatesBlank *form, Answers *answers)
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
            const Answer *answer = g_hash_table_lookup(answers, row->key);
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
    xmlNodeSetContent(words, (const xmlChar *)text);
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
fill_controls(xmlDocPtr document, const TemplatesBlank *form, Answers *answers)
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
        const Answer *answer = find_answer(answers, (const char *)name, &option);

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

static GBytes *
fill_docx(GBytes *blank, const TemplatesBlank *form, Answers *answers)
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
fill_field(PopplerFormField *field, const TemplatesBlank *form, Answers *answers,
           GHashTable *radios)
{
    g_autofree char *given = poppler_form_field_get_name(field);
    g_autofree char *name = g_strdelimit(g_strdup(given), "-", '.');
    g_autofree char *tip = poppler_form_field_get_alternate_ui_name(field);
    const Answer *answer = g_hash_table_lookup(answers, name);

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
            const Answer *chosen = find_answer(answers, name, &option);

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

static GBytes *
fill_pdf(GBytes *blank, const TemplatesBlank *form, Answers *answers)
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

/* ---- Reading back ---- */

static ParsersForm *
read_form(GBytes *document, const char *ending)
{
    gsize size = 0;
    const guchar *data = g_bytes_get_data(document, &size);
    g_autofree char *base64 = g_base64_encode(data, size);
    GString *mail = g_string_new(NULL);
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;

    g_string_append_printf(mail,
                           "From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: form\r\n"
                           "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
                           "Content-Disposition: attachment; filename=\"form.%s\"\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n",
                           ending);
    for (gsize i = 0; i < strlen(base64); i += 76)
        g_string_append_printf(mail, "%.76s\r\n", base64 + i);
    raw = g_string_free_to_bytes(mail);
    findings = parsers_mail_read(raw, definitions, parsers_limits_default());
    assert_int_equal(findings->forms->len, 1);
    return g_ptr_array_steal_index(findings->forms, 0);
}

/* What stands beside the record's fields is among the others, under its key. */
static const char *
value_of(const ParsersForm *form, const char *key)
{
    const char *value = parsers_form_value(form, key);

    for (guint i = 0; value == NULL && i < form->others->len; i++) {
        const ParsersField *other = form->others->pdata[i];

        if (g_str_equal(other->key, key))
            value = other->value;
    }
    return value;
}

static guint
count_missing(const ParsersDefinition *definition, const ParsersForm *form)
{
    guint count = 0;

    for (guint i = 0; i < form->missing->len; i++) {
        const char *key = form->missing->pdata[i];

        if (parsers_definition_field(definition, key)->aside)
            continue;
        print_message("%s: %s is said to be missing\n", form->form, key);
        count++;
    }
    return count;
}

static guint
compare(const ParsersForm *form, Answers *answers, const char *format)
{
    GHashTableIter iter;
    gpointer key = NULL;
    gpointer data = NULL;
    guint wrong = 0;

    g_hash_table_iter_init(&iter, answers);
    while (g_hash_table_iter_next(&iter, &key, &data)) {
        const Answer *answer = data;
        const char *value = value_of(form, key);

        if (g_strcmp0(value, answer->value) == 0)
            continue;
        print_message("%s %s %s: wrote \"%s\", read \"%s\"\n", form->form, format, (char *)key,
                      answer->value, value != NULL ? value : "");
        wrong++;
    }
    for (guint i = 0; i < form->fields->len; i++) {
        const ParsersField *field = form->fields->pdata[i];

        if (g_hash_table_contains(answers, field->key))
            continue;
        print_message("%s %s: %s was made up: %s\n", form->form, format, field->key, field->value);
        wrong++;
    }
    for (guint i = 0; i < form->others->len; i++) {
        const ParsersField *other = form->others->pdata[i];

        if (g_hash_table_contains(answers, other->key))
            continue;
        print_message("%s %s: left over, %s: %s\n", form->form, format, other->key, other->value);
        wrong++;
    }
    return wrong;
}

typedef GBytes *Fill(GBytes *blank, const TemplatesBlank *form, Answers *answers);

static guint
check_format(const ParsersDefinition *definition, const char *format, GBytes *bytes, Fill *fill)
{
    g_autoptr(TemplatesBlank) blank = daemon_forms_blank(definition);
    g_autoptr(GHashTable) answers = make_answers(definition, blank);
    g_autoptr(GBytes) filled = fill(bytes, blank, answers);
    g_autoptr(ParsersForm) empty = read_form(bytes, format);
    g_autoptr(ParsersForm) full = read_form(filled, format);

    assert_string_equal(empty->form, definition->name);
    for (guint i = 0; i < empty->fields->len; i++) {
        const ParsersField *field = empty->fields->pdata[i];

        print_message("%s %s, blank: %s was made up: %s\n", empty->form, format, field->key,
                      field->value);
    }
    assert_true(empty->blank);
    assert_int_equal(empty->fields->len, 0);
    assert_string_equal(full->form, definition->name);
    assert_false(full->blank);
    return compare(full, answers, format) + count_missing(definition, full);
}

/* Every form that is embedded, in one format. */
static void
check_all(const char *format, bool (*make)(const TemplatesBlank *, GBytes **, GError **),
          Fill *fill)
{
    const GPtrArray *forms = parsers_definitions_forms(definitions);
    guint wrong = 0;

    assert_true(forms->len >= 4);
    for (guint i = 0; i < forms->len; i++) {
        const ParsersDefinition *definition = forms->pdata[i];
        g_autoptr(TemplatesBlank) blank = daemon_forms_blank(definition);
        g_autoptr(GBytes) bytes = NULL;

        assert_true(make(blank, &bytes, NULL));
        wrong += check_format(definition, format, bytes, fill);
    }
    assert_int_equal(wrong, 0);
}

static bool
make_text(const TemplatesBlank *blank, GBytes **out_bytes, GError **error)
{
    *out_bytes = templates_blank_text(blank);
    return true;
}

static void
test_text(void **fixture)
{
    check_all("txt", make_text, fill_text);
}

static void
test_docx(void **fixture)
{
    check_all("docx", templates_blank_docx, fill_docx);
}

static void
test_pdf(void **fixture)
{
    check_all("pdf", templates_blank_pdf, fill_pdf);
}

static void
test_key(void **fixture)
{
    g_autofree char *second = daemon_forms_blank_key("child.N.name", 2);
    g_autofree char *single = daemon_forms_blank_key("adult.name", 2);

    assert_string_equal(second, "child.2.name");
    assert_string_equal(single, "adult.name");
}

/* What is hidden is on no blank form, and each person has a block. */
static void
test_rows(void **fixture)
{
    const ParsersDefinition *form = parsers_definitions_find(definitions, "lado-parent");
    g_autoptr(TemplatesBlank) blank = daemon_forms_blank(form);
    guint children = 0;

    for (guint s = 0; s < blank->sections->len; s++) {
        const TemplatesBlankSection *section = blank->sections->pdata[s];

        assert_true(section->rows->len > 0);
        for (guint r = 0; r < section->rows->len; r++) {
            const TemplatesBlankRow *row = section->rows->pdata[r];

            assert_false(parsers_definition_field(form, row->key)->hidden);
            children += g_str_has_prefix(row->key, "child.") && g_str_has_suffix(row->key, ".name");
        }
    }
    assert_int_equal(children, DAEMON_FORMS_BLANK_PEOPLE);
}

static int
load(void **fixture)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();

    parsers_warm_up();
    return daemon_start_definitions(settings, &definitions, NULL) ? 0 : -1;
}

static int
unload(void **fixture)
{
    g_clear_pointer(&definitions, parsers_definitions_free);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_key),  cmocka_unit_test(test_rows), cmocka_unit_test(test_text),
        cmocka_unit_test(test_docx), cmocka_unit_test(test_pdf),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
