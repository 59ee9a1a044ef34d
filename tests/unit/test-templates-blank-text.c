/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-blank-text.c - a blank form as plain text, word for word.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "templates/blank-text.h"

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

static void
test_words(void **fixture)
{
    static const char wanted[] = "Form for <A & B>\n================\n\nAnswer what you can.\n\n\n"
                                 "About you\n---------\n\nYour name (please answer): \n"
                                 "Born on (day, month, year): \nAre you well? (yes or no): \n\n\n"
                                 "What happened\n-------------\n\n"
                                 "Kind (one or more of Big (very), Small): \n"
                                 "Town (one of Ashford): \nThe story: \n";
    g_autoptr(TemplatesBlank) blank = sample();
    g_autoptr(GBytes) bytes = templates_blank_text(blank);
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);

    assert_int_equal(size, strlen(wanted));
    assert_memory_equal(data, wanted, size);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
