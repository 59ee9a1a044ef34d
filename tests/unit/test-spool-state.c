/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-state.c - no mail and no reply gets stuck.
 *
 * Runs in:  make check.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "tests/unit/spool-help.h"

/* From every state the end can be reached. */
static bool
mail_ends(SpoolMailState from, guint depth)
{
    if (from == SPOOL_MAIL_FILED)
        return true;
    for (int event = 0; event < SPOOL_N_MAIL_EVENTS && depth > 0; event++) {
        SpoolMailState to;

        if (spool_state_mail_next(from, (SpoolMailEvent)event, &to, NULL) &&
            mail_ends(to, depth - 1))
            return true;
    }
    return false;
}

static bool
out_ends(SpoolOutState from, guint depth)
{
    if (from == SPOOL_OUT_SENT)
        return true;
    for (int event = 0; event < SPOOL_N_OUT_EVENTS && depth > 0; event++) {
        SpoolOutState to;

        if (spool_state_out_next(from, (SpoolOutEvent)event, &to, NULL) && out_ends(to, depth - 1))
            return true;
    }
    return false;
}

static void
test_no_dead_ends(void **fixture)
{
    for (int state = 0; state < SPOOL_N_MAIL_STATES; state++)
        assert_true(mail_ends((SpoolMailState)state, 4));
    for (int state = 0; state < SPOOL_N_OUT_STATES; state++)
        assert_true(state == SPOOL_OUT_FAILED || state == SPOOL_OUT_BOUNCED ||
                    out_ends((SpoolOutState)state, 4));
}

/* What was given up, or came back, stays so; what was sent can only come back. */
static void
test_ends_are_ends(void **fixture)
{
    for (int event = 0; event < SPOOL_N_OUT_EVENTS; event++) {
        SpoolOutState to;

        assert_int_equal(spool_state_out_next(SPOOL_OUT_SENT, (SpoolOutEvent)event, &to, NULL),
                         event == SPOOL_OUT_CAME_BACK);
        assert_false(spool_state_out_next(SPOOL_OUT_BOUNCED, (SpoolOutEvent)event, &to, NULL));
        assert_false(spool_state_out_next(SPOOL_OUT_FAILED, (SpoolOutEvent)event, &to, NULL));
    }
}

/* Only reading leads to a decision, and nothing undoes one. */
static void
test_decided_once(void **fixture)
{
    for (int state = 0; state < SPOOL_N_MAIL_STATES; state++) {
        SpoolMailState to;
        bool may = spool_state_mail_next((SpoolMailState)state, SPOOL_MAIL_COMMITTED, &to, NULL);

        assert_int_equal(may, state == SPOOL_MAIL_READING);
        if (state < SPOOL_MAIL_DECIDED)
            continue;
        for (int event = 0; event < SPOOL_N_MAIL_EVENTS; event++)
            if (spool_state_mail_next((SpoolMailState)state, (SpoolMailEvent)event, &to, NULL))
                assert_true(to >= SPOOL_MAIL_DECIDED);
    }
}

static void
test_words(void **fixture)
{
    SpoolMailState mail;
    SpoolOutState out;

    for (int state = 0; state < SPOOL_N_MAIL_STATES; state++) {
        assert_ok(
            spool_state_mail_parse(spool_state_mail_word((SpoolMailState)state), &mail, &error));
        assert_int_equal(mail, state);
    }
    for (int state = 0; state < SPOOL_N_OUT_STATES; state++) {
        assert_ok(spool_state_out_parse(spool_state_out_word((SpoolOutState)state), &out, &error));
        assert_int_equal(out, state);
    }
    assert_fails(spool_state_mail_parse("lost", &mail, &error), SPOOL_ERROR_CORRUPT);
    assert_fails(spool_state_out_parse(NULL, &out, &error), SPOOL_ERROR_CORRUPT);
    assert_string_equal(spool_state_out_shown(SPOOL_OUT_SENDING), "queued");
    assert_string_equal(spool_state_out_shown(SPOOL_OUT_UNCERTAIN), "uncertain");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test(name)
    const struct CMUnitTest tests[] = {
        TEST(test_no_dead_ends),
        TEST(test_ends_are_ends),
        TEST(test_decided_once),
        TEST(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
