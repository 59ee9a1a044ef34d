/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier-letter.c - which addresses a list of domains covers, and which
 * problems are for good.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"
 */
#include "config.h"

#include "daemon/courier-letter.h"
#include "templates/error.h"
#include "tests/unit/outbox-help.h"

static void
test_domains(void **fixture)
{
    static const struct {
        const char *domains, *address;
        bool in;
    } rows[] = {
        {"gov.uk", "a@gov.uk", true},
        {"gov.uk", "a@Kent.GOV.uk", true},
        {"gov.uk;nhs.net", "a@nhs.net", true},
        {" gov.uk ; nhs.net ", "a@nhs.net", true},
        {"gov.uk;;nhs.net;", "a@example.org", false},
        {"gov.uk", "a@notgov.uk", false},
        {"gov.uk", "gov.uk@example.org", false},
        {"kent.gov.uk", "a@gov.uk", false},
        {"", "a@gov.uk", false},
        {NULL, "a@gov.uk", false},
        {"gov.uk", "nowhere", false},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_int_equal(daemon_courier_letter_is_in(rows[i].domains, rows[i].address), rows[i].in);
}

/* A moment in which the database does not answer while a letter is written is nobody's fault; a
 * template that cannot be filled in is. */
static void
test_problems(void **fixture)
{
    static const struct {
        GQuark (*domain)(void);
        int code;
        const char *state;
    } rows[] = {
        {spool_error_quark, SPOOL_ERROR_BUSY, "deferred"},
        {spool_error_quark, SPOOL_ERROR_IO, "deferred"},
        {spool_error_quark, SPOOL_ERROR_FULL, "deferred"},
        {spool_error_quark, SPOOL_ERROR_CORRUPT, "failed"},
        {templates_error_quark, TEMPLATES_ERROR_RENDER, "failed"},
        {daemon_error_quark, DAEMON_ERROR_CONNECT, "deferred"},
        {daemon_error_quark, DAEMON_ERROR_TEMPORARY, "deferred"},
        {daemon_error_quark, DAEMON_ERROR_PERMANENT, "failed"},
    };
    Spool *spool = *fixture;
    const DaemonSettings settings = {
        .smtp_expire = 72, .smtp_retry_min = 60, .smtp_retry_max = 3600};
    const DaemonCourierWork work = {.settings = &settings, .db = spool->db};

    queue(spool->db, G_N_ELEMENTS(rows));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(SpoolReply) reply = claim(spool->db);
        g_autoptr(GError) problem = g_error_new_literal(rows[i].domain(), rows[i].code, "so");
        const DaemonCourierLetter letter = {.reply = reply, .problem = problem};

        assert_ok(daemon_courier_letter_finish(&work, &letter, 0, &error));
        assert_state(spool->db, reply->id, rows[i].state);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_domains),
        cmocka_unit_test_setup_teardown(test_problems, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
