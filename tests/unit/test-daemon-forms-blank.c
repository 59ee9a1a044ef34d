/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-forms-blank.c - a blank form of every definition and format, filled in,
 * reads back.
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
#include <string.h>

#include "daemon/forms-blank.h"
#include "daemon/start.h"
#include "parsers/mail.h"
#include "parsers/warm.h"
#include "templates/blank-docx.h"
#include "templates/blank-pdf.h"
#include "templates/blank-text.h"
#include "tests/unit/forms-fill.h"

static ParsersDefinitions *definitions;

static FormsFillAnswer *
answer_new(const char *written, const char *value)
{
    FormsFillAnswer *answer = g_new0(FormsFillAnswer, 1);

    answer->written = g_strdup(written);
    answer->value = g_strdup(value);
    return answer;
}

static FormsFillAnswer *
choose(const ParsersFieldDef *field, guint i)
{
    const char *first = field->options->pdata[0];
    g_autofree char *both = g_strdup_printf("%s; %s", first, (char *)field->options->pdata[2]);

    return i % 2 == 0 ? answer_new(first, first) : answer_new(both, both);
}

/* The i-th answer of a form: the kind follows from the field, the words from the number. */
static FormsFillAnswer *
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
    case PARSERS_TYPE_TEXT: /* several paragraphs, as people write them */
        text = g_strdup_printf("On Monday it began. %s.\nOn Tuesday she would not go in, and told "
                               "an aunt why.\nNobody rang us back.",
                               story[i % 6]);
        return answer_new(text, text);
    default:
        return answer_new(story[i % 6], story[i % 6]);
    }
}

static GHashTable *
make_answers(const ParsersDefinition *form, const TemplatesBlank *blank)
{
    GHashTable *answers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, forms_fill_answer_free);
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

/* A document as an attachment. */
static GString *
attach(GBytes *document, const char *ending)
{
    gsize size = 0;
    const guchar *data = g_bytes_get_data(document, &size);
    g_autofree char *base64 = g_base64_encode(data, size);
    GString *mail = g_string_new(NULL);

    g_string_append_printf(mail,
                           "From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: form\r\n"
                           "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
                           "Content-Disposition: attachment; filename=\"form.%s\"\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n",
                           ending);
    for (gsize i = 0; i < strlen(base64); i += 76)
        g_string_append_printf(mail, "%.76s\r\n", base64 + i);
    return mail;
}

/* Text as the body of a mail, as a phone sends it. */
static GString *
write_body(GBytes *text)
{
    GString *mail = g_string_new("From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: form\r\n"
                                 "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: 8bit\r\n\r\n");

    g_string_append_len(mail, g_bytes_get_data(text, NULL), (gssize)g_bytes_get_size(text));
    return mail;
}

static ParsersForm *
read_form(GBytes *document, const char *format)
{
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;

    raw = g_string_free_to_bytes(g_str_equal(format, "body") ? write_body(document)
                                                             : attach(document, format));
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
count_missing(const ParsersForm *form)
{
    for (guint i = 0; i < form->missing->len; i++)
        print_message("%s: %s is said to be missing\n", form->form,
                      (const char *)form->missing->pdata[i]);
    return form->missing->len;
}

static guint
compare(const ParsersForm *form, GHashTable *answers, const char *format)
{
    GHashTableIter iter;
    gpointer key = NULL;
    gpointer data = NULL;
    guint wrong = 0;

    g_hash_table_iter_init(&iter, answers);
    while (g_hash_table_iter_next(&iter, &key, &data)) {
        const FormsFillAnswer *answer = data;
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

static guint
check_format(const ParsersDefinition *definition, const char *format, GBytes *bytes,
             FormsFill *fill)
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
    return compare(full, answers, format) + count_missing(full);
}

/* Every form that is embedded, in one format. */
static void
check_all(const char *format, bool (*make)(const TemplatesBlank *, GBytes **, GError **),
          FormsFill *fill)
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
    check_all("txt", make_text, forms_fill_text);
}

static void
test_body(void **fixture)
{
    check_all("body", make_text, forms_fill_text);
}

static void
test_docx(void **fixture)
{
    check_all("docx", templates_blank_docx, forms_fill_docx);
}

static void
test_pdf(void **fixture)
{
    check_all("pdf", templates_blank_pdf, forms_fill_pdf);
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

/* A parent is not asked where he works; a professional is. */
static void
test_job(void **fixture)
{
    static const char *const keys[] = {"referrer.job_title", "referrer.organisation"};

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        const ParsersDefinition *parent = parsers_definitions_find(definitions, "lado-parent");
        const ParsersDefinition *agency =
            parsers_definitions_find(definitions, "lado-professional");

        assert_true(parsers_definition_field(parent, keys[i])->hidden);
        assert_false(parsers_definition_field(agency, keys[i])->hidden);
    }
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
        cmocka_unit_test(test_key),  cmocka_unit_test(test_rows), cmocka_unit_test(test_job),
        cmocka_unit_test(test_text), cmocka_unit_test(test_body), cmocka_unit_test(test_docx),
        cmocka_unit_test(test_pdf),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
