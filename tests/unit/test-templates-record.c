/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-record.c - a record keeps what it is given, in order.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "templates/record.h"

static void
test_keeps_order_and_copies(void **fixture)
{
    char label[] = "Name", jo[] = "Jo", years[] = "Age", by_hand[] = "by hand";
    const TemplatesRecordRow name = {.label = label, .value = jo};
    const TemplatesRecordRow age = {.label = years, .note = by_hand};
    g_autoptr(TemplatesRecord) record = templates_record_new("Title", NULL);
    const TemplatesRecordSection *section;
    const TemplatesRecordRow *row;

    (void)fixture;
    assert_string_equal(record->reference, "");
    templates_record_add_section(record, "One");
    templates_record_add_section(record, "Two");
    templates_record_add_answer(record, &name);
    templates_record_add_answer(record, &age);
    label[0] = 'G';
    assert_int_equal(record->sections->len, 2);
    section = g_ptr_array_index(record->sections, 0);
    assert_int_equal(section->rows->len, 0);
    section = g_ptr_array_index(record->sections, 1);
    row = g_ptr_array_index(section->rows, 0);
    assert_string_equal(row->label, "Name");
    assert_string_equal(row->note, "");
    row = g_ptr_array_index(section->rows, 1);
    assert_string_equal(row->value, "");
    assert_string_equal(row->note, "by hand");
}

static void
test_texts_can_be_set_again(void **fixture)
{
    g_autoptr(TemplatesRecord) record = templates_record_new("Title", "LADO-7K3M-Q9TR");

    (void)fixture;
    templates_record_set_footer(record, "first");
    templates_record_set_footer(record, "second");
    templates_record_set_times(record, "a", "b", 1);
    templates_record_set_times(record, "c", "d", 2);
    templates_record_add_status(record, "line");
    assert_string_equal(record->footer, "second");
    assert_string_equal(record->received, "c");
    assert_string_equal(record->made, "d");
    assert_true(record->made_at == 2);
    assert_string_equal(g_ptr_array_index(record->status, 0), "line");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_order_and_copies),
        cmocka_unit_test(test_texts_can_be_set_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
