/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-blank-pdf.c - the PDF form: fields, their names and what refuses to be
 * drawn.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <poppler.h>

#include "templates/blank-pdf.h"

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

static PopplerDocument *
open_pdf(const TemplatesBlank *blank)
{
    g_autoptr(GBytes) pdf = NULL;
    PopplerDocument *document = NULL;

    assert_true(templates_blank_pdf(blank, &pdf, NULL));
    document = poppler_document_new_from_bytes(pdf, NULL, NULL);
    assert_non_null(document);
    return document;
}

static void
test_fields(void **fixture)
{
    static const char *const tips[] = {"Your name",        "Born on",         "Are you well? Yes",
                                       "Are you well? No", "Kind: Small",     "Town",
                                       "The story",        "Kind: Big (very)"};
    g_autoptr(TemplatesBlank) blank = sample();
    PopplerDocument *document = open_pdf(blank);
    PopplerPage *page = poppler_document_get_page(document, 0);
    GList *fields = poppler_page_get_form_field_mapping(page);

    assert_int_equal(g_list_length(fields), G_N_ELEMENTS(tips));
    for (gsize i = 0; i < G_N_ELEMENTS(tips); i++) {
        bool found = false;

        for (GList *at = fields; at != NULL; at = at->next) {
            PopplerFormField *field = ((PopplerFormFieldMapping *)at->data)->field;
            g_autofree char *tip = poppler_form_field_get_alternate_ui_name(field);

            found = found || g_strcmp0(tip, tips[i]) == 0;
        }
        if (!found)
            fail_msg("no field says %s", tips[i]);
    }
    poppler_page_free_form_field_mapping(fields);
    g_object_unref(page);
    g_object_unref(document);
}

/* Whoever only prints it finds every question on the page. */
static void
test_words(void **fixture)
{
    static const char *const words[] = {"Form for <A & B>", "About you",  "Your name",
                                        "(please answer)",  "Yes",        "Big (very)",
                                        "The story",        "Page 1 of 1"};
    g_autoptr(TemplatesBlank) blank = sample();
    PopplerDocument *document = open_pdf(blank);
    PopplerPage *page = poppler_document_get_page(document, 0);
    g_autofree char *text = poppler_page_get_text(page);
    g_autofree char *title = poppler_document_get_title(document);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(text, words[i]) == NULL)
            fail_msg("\"%s\" is not on the page", words[i]);
    assert_string_equal(title, "Form for <A & B>");
    g_object_unref(page);
    g_object_unref(document);
}

static void
test_pages(void **fixture)
{
    g_autoptr(TemplatesBlank) blank = sample();
    PopplerDocument *document = NULL;

    for (guint i = 0; i < 60; i++)
        templates_blank_add_row(blank, "it.more", "More", TEMPLATES_BLANK_LINE);
    document = open_pdf(blank);
    assert_int_equal(poppler_document_get_n_pages(document), 4);
    g_object_unref(document);
}

/* What cannot be shown is refused, never left out. */
static void
test_refused(void **fixture)
{
    g_autoptr(TemplatesBlank) foreign = sample();
    g_autoptr(TemplatesBlank) tall = sample();
    g_autoptr(GBytes) pdf = NULL;
    g_autoptr(GError) error = NULL;
    TemplatesBlankRow *row = NULL;

    templates_blank_add_section(foreign, "\xd0\x98\xd0\xbc\xd1\x8f");
    assert_false(templates_blank_pdf(foreign, &pdf, &error));
    assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
    row = templates_blank_add_row(tall, "it.many", "Many", TEMPLATES_BLANK_SEVERAL);
    for (guint i = 0; i < 40; i++)
        g_ptr_array_add(row->options, g_strdup("Option"));
    assert_false(templates_blank_pdf(tall, &pdf, NULL));
    assert_null(pdf);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fields), cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_pages),
                                       cmocka_unit_test(test_refused)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
