/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-record-read.c - staff see what was decided, and what waits.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static void
add_form(SpoolDecision *decision, SpoolForm *form, SpoolField *fields, guint count)
{
    decision->forms = g_ptr_array_new();
    g_ptr_array_add(decision->forms, form);
    decision->fields = g_ptr_array_new();
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(decision->fields, &fields[i]);
}

static void
test_whole_record(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    SpoolForm form = {.form = (char *)"lado-parent",
                      .source = (char *)"a.docx",
                      .format = (char *)"docx",
                      .missing = (char *)"adult.dob; adult.name"};
    SpoolField fields[] = {
        {.key = (char *)"child.1.name",
         .value = (char *)"Arthur",
         .raw = (char *)"ARTHUR",
         .place = (char *)"table 1",
         .confidence = 0.5},
        {.key = (char *)"child.1.dob", .value = (char *)"2015-03-09", .confidence = 1},
        /* the same question answered twice must not stop the commit */
        {.key = (char *)"child.1.dob", .value = (char *)"2015-03-10", .confidence = 1},
    };
    g_autoptr(SpoolRecord) record = NULL, by_number = NULL;

    add_form(&decision, &form, fields, G_N_ELEMENTS(fields));
    decision.urgent = true;
    g_autofree char *reference = help_decide(spool->db, 1, &decision);
    g_autofree char *typed = g_ascii_strdown(reference, -1);

    assert_ok(spool_record_get(spool->db, typed, &record, &error));
    assert_int_equal(record->record_id, 1);
    assert_string_equal(record->listing->reference, reference);
    assert_string_equal(record->listing->action, "accept");
    assert_string_equal(record->listing->reply_state, "queued");
    assert_string_equal(record->listing->form, "lado-parent");
    assert_string_equal(record->listing->reasons_json, decision.reasons_json);
    assert_string_equal(record->findings_json, decision.findings_json);
    assert_true(record->listing->urgent);
    assert_int_equal(record->forms->len, 1);
    assert_string_equal(((SpoolForm *)record->forms->pdata[0])->missing, form.missing);
    assert_int_equal(record->fields->len, 3);
    SpoolField *first = record->fields->pdata[0];

    assert_string_equal(first->value, "Arthur");
    assert_string_equal(first->raw, "ARTHUR");
    assert_string_equal(first->place, "table 1");
    assert_string_equal(first->author, "machine");
    assert_true(first->confidence == 0.5);
    assert_ok(spool_record_get(spool->db, "1", &by_number, &error));
    assert_int_equal(by_number->record_id, 1);
    g_ptr_array_unref(decision.forms);
    g_ptr_array_unref(decision.fields);
}

static void
test_undecided(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolRecord) record = NULL;

    (void)help_put(spool->db, 1, 10);
    assert_ok(spool_record_get(spool->db, "1", &record, &error));
    assert_int_equal(record->record_id, 0);
    assert_string_equal(record->listing->state, "received");
    assert_string_equal(record->listing->reply_state, "none");
    assert_null(record->listing->action);
    assert_int_equal(record->fields->len, 0);
    assert_int_equal(record->attached->len, 0);
}

static void
test_not_found(void **fixture)
{
    Spool *spool = *fixture;
    const char *const wrong[] = {"LADO-7K3M-Q9TR",      "7", "nonsense", "", "-1", "0",
                                 "99999999999999999999"};

    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(SpoolRecord) record = NULL;

        assert_fails(spool_record_get(spool->db, wrong[i], &record, &error), SPOOL_ERROR_NOT_FOUND);
    }
}

static void
assert_list(SpoolDb *db, const char *action, const char *mailbox, guint count)
{
    g_autoptr(GPtrArray) rows = NULL;

    assert_ok(spool_record_list(db, action, mailbox, 100, &rows, &error));
    assert_int_equal(rows->len, count);
    for (guint i = 1; i < rows->len; i++)
        assert_true(((SpoolListing *)rows->pdata[i - 1])->id >
                    ((SpoolListing *)rows->pdata[i])->id);
}

static void
test_list(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision accept = help_decision(), hold = help_decision();

    hold.action = "hold";
    hold.reply = "holding";
    g_autofree char *one = help_decide(spool->db, 1, &accept);
    g_autofree char *two = help_decide(spool->db, 2, &hold);
    g_autofree char *three = help_decide(spool->db, 3, &accept);

    (void)help_put(spool->db, 4, 10);
    assert_list(spool->db, NULL, NULL, 4);
    assert_list(spool->db, "accept", NULL, 2);
    assert_list(spool->db, "hold", "lado", 1);
    assert_list(spool->db, NULL, "lado", 4);
    assert_list(spool->db, NULL, "cls", 0);
    assert_list(spool->db, "ignore", NULL, 0);
    assert_true(one != NULL && two != NULL && three != NULL);
}

static void
test_tampered(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autofree char *one = help_decide(spool->db, 1, &decision);
    g_autofree char *two = help_decide(spool->db, 2, &decision);
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    help_tamper(spool->db, "UPDATE record SET sealed = (SELECT sealed FROM record WHERE id = 2)"
                           " WHERE id = 1");
    assert_fails(spool_record_get(spool->db, one, &record, &error), SPOOL_ERROR_CORRUPT);
    assert_list(spool->db, NULL, NULL, 2);
    assert_ok(spool_record_list(spool->db, NULL, NULL, 9, &rows, &error));
    assert_false(((SpoolListing *)rows->pdata[0])->damaged);
    assert_true(((SpoolListing *)rows->pdata[1])->damaged);
    assert_ok(spool_record_get(spool->db, two, &record, &error));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_whole_record), TEST(test_undecided), TEST(test_not_found),
        TEST(test_list),         TEST(test_tampered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
