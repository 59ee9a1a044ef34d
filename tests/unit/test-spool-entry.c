/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-entry.c - what a person entered, kept whole or not at all.
 *
 * Source:   doc/spool.md, "What people enter"
 */
#include "config.h"

#include "tests/unit/spool-help.h"

static SpoolEntry
entry_of(GBytes *raw)
{
    return (SpoolEntry){
        .mailbox = "consultations", .author = "pat", .received = 12345678, .raw = raw};
}

static void
test_entered(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) raw = g_bytes_new_static("Subject: x\n\nwords\n", 18);
    g_autoptr(GBytes) kept = NULL;
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(SpoolReply) reply = NULL;
    g_autoptr(GArray) claims = NULL;
    g_autofree char *reference = NULL;
    SpoolDecision decision = help_decision();
    SpoolEntry entry = entry_of(raw);
    guint64 count = 0;

    decision.prefix = "CON";
    assert_ok(spool_entry_put(spool->db, &entry, &decision, &reference, &error));
    assert_true(g_str_has_prefix(reference, "CON-"));
    assert_ok(spool_record_get(spool->db, reference, &record, &error));
    assert_string_equal(record->listing->mailbox, "consultations");
    assert_string_equal(record->listing->state, "filed");
    assert_int_equal(record->listing->received, 12345678);
    assert_ok(spool_message_raw(spool->db, record->listing->id, &kept, &error));
    assert_true(g_bytes_equal(kept, raw));

    /* It waits for a courier, and for no intake, mailbox or person. */
    assert_ok(spool_outbox_take_started(spool->db, "courier", 60, &reply, &error));
    assert_string_equal(reply->to, decision.reply_to);
    assert_ok(spool_message_claim(spool->db, "intake", 10, 60, &claims, &error));
    assert_int_equal(claims->len, 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM arrival"), 0);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM item WHERE state = 'closed'"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'entered'"), 1);
    assert_ok(spool_audit_verify(spool->db, &count, &error));
}

/* The same bytes, or a decision that cannot be: nothing of it stays. */
static void
test_refused(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(GBytes) raw = g_bytes_new_static("Subject: x\n\nwords\n", 18);
    g_autoptr(GBytes) other = g_bytes_new_static("Subject: y\n\nwords\n", 18);
    g_autofree char *reference = NULL, *none = NULL;
    SpoolDecision decision = help_decision(), wrong = help_decision();
    SpoolEntry entry = entry_of(raw), second = entry_of(other);

    wrong.prefix = "XYZ";
    assert_ok(spool_entry_put(spool->db, &entry, &decision, &reference, &error));
    assert_fails(spool_entry_put(spool->db, &entry, &decision, &none, &error), SPOOL_ERROR_STATE);
    assert_fails(spool_entry_put(spool->db, &second, &wrong, &none, &error), SPOOL_ERROR_STATE);
    assert_null(none);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM mail"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM record"), 1);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM outbox"), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_entered, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_refused, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
