/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-answers.c - answers come back as they were read, in their order, and what
 * people put right stands in their place.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md, "The decision"
 */
#include "config.h"

#include "tests/unit/spool-help.h"

/* Two forms: "a b" and "a c", each value its number. */
static char *
decide_two_forms(SpoolDb *db, guint32 uid)
{
    SpoolDecision decision = help_decision();
    SpoolForm forms[] = {
        {(char *)"lado-parent", (char *)"1.docx", (char *)"docx", false, (char *)""},
        {(char *)"lado-agency", (char *)"2.pdf", (char *)"pdf", false, (char *)""}};
    SpoolField all[] = {
        {.form = 0, .key = (char *)"a", .value = (char *)"0", .confidence = 0.95},
        {.form = 0, .key = (char *)"b", .value = (char *)"1", .raw = (char *)"one\ntwo"},
        {.form = 1, .key = (char *)"a", .value = (char *)"2", .place = (char *)"page 2"},
        {.form = 1, .key = (char *)"c", .value = (char *)"", .author = (char *)"ann"},
    };
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    g_autoptr(GPtrArray) fields = g_ptr_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        g_ptr_array_add(kinds, &forms[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        g_ptr_array_add(fields, &all[i]);
    decision.forms = kinds;
    decision.fields = fields;
    return help_decide(db, uid, &decision);
}

/* Each as form:key=value/version, in order. */
static void
assert_fields(SpoolDb *db, const char *reference, const char *expected)
{
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(GString) all = g_string_new(NULL);

    assert_ok(spool_record_get(db, reference, &record, &error));
    for (guint i = 0; i < record->fields->len; i++) {
        const SpoolField *field = record->fields->pdata[i];

        g_string_append_printf(all, "%s%u:%s=%s/%u", i > 0 ? " " : "", field->form, field->key,
                               field->value, field->version);
    }
    assert_string_equal(all->str, expected);
}

static void
correct(SpoolDb *db, guint form, const char *key, const char *value)
{
    assert_ok(spool_record_correct(
        db, &(SpoolCorrection){1, form, key, value, "bob", "on the phone", NULL}, &error));
}

static void
test_as_read(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_two_forms(spool->db, 1);
    g_autoptr(SpoolRecord) record = NULL;

    assert_fields(spool->db, reference, "0:a=0/1 0:b=1/1 1:a=2/1 1:c=/1");
    assert_ok(spool_record_get(spool->db, reference, &record, &error));
    const SpoolField *first = record->fields->pdata[0], *second = record->fields->pdata[1],
                     *third = record->fields->pdata[2], *last = record->fields->pdata[3];

    assert_true(first->confidence == 0.95);
    assert_true(second->confidence == 0.0 && last->at > 0);
    assert_string_equal(first->author, "machine");
    assert_string_equal(second->raw, "one\ntwo");
    assert_string_equal(third->place, "page 2");
    assert_string_equal(last->author, "ann");
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM field"), 0);
}

static void
test_corrected(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_two_forms(spool->db, 1);

    correct(spool->db, 1, "a", "right");
    assert_fields(spool->db, reference, "0:a=0/1 0:b=1/1 1:a=right/2 1:c=/1");
    correct(spool->db, 1, "a", "better");
    assert_fields(spool->db, reference, "0:a=0/1 0:b=1/1 1:a=better/3 1:c=/1");
    correct(spool->db, 0, "c", "new");
    correct(spool->db, 0, "d", "also new");
    correct(spool->db, 0, "c", "newer");
    assert_fields(spool->db, reference,
                  "0:a=0/1 0:b=1/1 0:c=newer/2 0:d=also new/1 1:a=better/3 1:c=/1");
}

/* A record of an older version has rows alone. */
static void
test_rows_alone(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_two_forms(spool->db, 1);

    help_tamper(spool->db, "UPDATE record SET answers = NULL");
    assert_fields(spool->db, reference, "");
    correct(spool->db, 1, "a", "one");
    correct(spool->db, 0, "b", "two");
    correct(spool->db, 0, "a", "three");
    correct(spool->db, 0, "b", "four");
    assert_fields(spool->db, reference, "0:b=four/2 0:a=three/1 1:a=one/1");
}

static void
test_of_another_mail(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_two_forms(spool->db, 1);
    g_autofree char *other = decide_two_forms(spool->db, 2);
    g_autoptr(SpoolRecord) record = NULL;

    assert_ok(spool_record_get(spool->db, other, &record, &error));
    help_tamper(
        spool->db,
        "UPDATE record SET answers = (SELECT answers FROM record WHERE id = 2) WHERE id = 1");
    g_clear_pointer(&record, spool_record_free);
    assert_fails(spool_record_get(spool->db, reference, &record, &error), SPOOL_ERROR_CORRUPT);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_as_read),
        TEST(test_corrected),
        TEST(test_rows_alone),
        TEST(test_of_another_mail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
