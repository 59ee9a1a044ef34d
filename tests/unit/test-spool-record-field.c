/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-record-field.c - a correction is a new version, and nothing is overwritten.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static char *
decide_with_field(SpoolDb *db)
{
    SpoolDecision decision = help_decision();
    SpoolField field = {.key = (char *)"child.1.name",
                        .value = (char *)"Arthr",
                        .raw = (char *)"ARTHR",
                        .confidence = 0.5};
    g_autoptr(GPtrArray) fields = g_ptr_array_new();

    g_ptr_array_add(fields, &field);
    decision.fields = fields;
    return help_decide(db, 1, &decision);
}

static void
test_correct(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_with_field(spool->db);
    g_autoptr(SpoolRecord) record = NULL;
    guint64 entries = 0;

    assert_ok(spool_record_correct(
        spool->db, &(SpoolCorrection){1, 0, "child.1.name", "Arthur", "ann", "typing error", NULL},
        &error));
    assert_ok(spool_record_correct(
        spool->db, &(SpoolCorrection){1, 0, "child.1.name", "Arthur Dent", "ann", "phone", NULL},
        &error));
    assert_ok(spool_record_correct(
        spool->db, &(SpoolCorrection){1, 0, "child.1.dob", "2015-03-09", "bob", "phone", NULL},
        &error));
    assert_ok(spool_record_get(spool->db, reference, &record, &error));
    assert_int_equal(record->fields->len, 2);
    SpoolField *name = record->fields->pdata[0], *dob = record->fields->pdata[1];

    assert_string_equal(name->value, "Arthur Dent");
    assert_int_equal(name->version, 3);
    assert_string_equal(name->author, "ann");
    assert_string_equal(dob->value, "2015-03-09");
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM field"), 3);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'corrected'"),
                     3);
    assert_ok(spool_audit_verify(spool->db, &entries, &error));
}

/* A node that knows no answers in the record's row numbers a correction from 0. */
static void
test_number_of_another(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_with_field(spool->db);
    g_autoptr(SpoolRecord) record = NULL;

    help_tamper(spool->db, "CREATE TABLE kept AS SELECT answers FROM record;"
                           "UPDATE record SET answers = NULL");
    assert_ok(spool_record_correct(
        spool->db, &(SpoolCorrection){1, 0, "child.1.dob", "2015-03-09", "bob", "phone", NULL},
        &error));
    help_tamper(spool->db, "UPDATE record SET answers = (SELECT answers FROM kept)");
    assert_ok(spool_record_get(spool->db, reference, &record, &error));
    assert_int_equal(record->fields->len, 2);
}

static void
test_refused(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_with_field(spool->db);
    const char *const keys[] = {"", "Name", "a b", "x\"y", "child/1"};

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        assert_fails(spool_record_correct(spool->db,
                                          &(SpoolCorrection){1, 0, keys[i], "v", "ann", "r", NULL},
                                          &error),
                     SPOOL_ERROR_NOT_FOUND);
    assert_fails(
        spool_record_correct(
            spool->db, &(SpoolCorrection){9, 0, "child.1.name", "v", "ann", "r", NULL}, &error),
        SPOOL_ERROR_NOT_FOUND);
    assert_non_null(reference);
}

/* Who wrote a value cannot be changed without its being noticed. */
static void
test_author_is_sealed(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *reference = decide_with_field(spool->db);
    g_autoptr(SpoolRecord) record = NULL;

    assert_ok(spool_record_correct(
        spool->db, &(SpoolCorrection){1, 0, "child.1.name", "Arthur", "bob", "typing error", NULL},
        &error));
    help_tamper(spool->db, "UPDATE field SET author = 'ann'");
    assert_fails(spool_record_get(spool->db, reference, &record, &error), SPOOL_ERROR_CORRUPT);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_correct),
        TEST(test_number_of_another),
        TEST(test_refused),
        TEST(test_author_is_sealed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
