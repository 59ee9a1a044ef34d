/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-explain-words.c - every rule, outcome and state has its sentence.
 *
 * Names that no header shows are looked up by tests/check-deciding.sh.
 */
#include "tests/unit/case-help.h"

#include "daemon/explain-words.h"
#include "daemon/rules.h"
#include "spool/state.h"

static void
assert_sentence(const char *name, const char *words)
{
    if (words == NULL || !g_ascii_isupper(words[0]) || !g_str_has_suffix(words, "."))
        fail_msg("%s: no sentence", name);
}

static void
test_every_rule(void **fixture)
{
    static const DaemonRule *const parts[] = {daemon_rules_machine, daemon_rules_referral,
                                              daemon_rules_rest};

    (void)fixture;
    for (gsize p = 0; p < G_N_ELEMENTS(parts); p++)
        for (const DaemonRule *rule = parts[p]; rule->name != NULL; rule++)
            assert_sentence(rule->name, daemon_explain_words_rule(rule->name));
    assert_null(daemon_explain_words_rule("of-another-version"));
    assert_null(daemon_explain_words_rule(NULL));
}

/* Each outcome has a sentence of its own, not the one for what is unknown. */
static void
test_every_outcome(void **fixture)
{
    const char *unknown = daemon_explain_words_action("of-another-version");

    (void)fixture;
    assert_sentence("unknown", unknown);
    assert_sentence("undecided", daemon_explain_words_action(NULL));
    assert_string_not_equal(daemon_explain_words_action(NULL), unknown);
    for (DaemonAction action = DAEMON_ACCEPT; action <= DAEMON_IGNORE; action++) {
        const char *words = daemon_explain_words_action(daemon_action_name(action));

        assert_sentence(daemon_action_name(action), words);
        assert_string_not_equal(words, unknown);
    }
}

static void
test_every_sender(void **fixture)
{
    const char *unknown = daemon_explain_words_sender(NULL);

    (void)fixture;
    assert_sentence("unknown", unknown);
    assert_string_equal(daemon_explain_words_sender(daemon_writer_name(DAEMON_WRITER_UNKNOWN)),
                        unknown);
    for (DaemonWriterKind kind = DAEMON_WRITER_PARENT; kind <= DAEMON_WRITER_PUBLIC; kind++) {
        const char *words = daemon_explain_words_sender(daemon_writer_name(kind));

        assert_sentence(daemon_writer_name(kind), words);
        assert_string_not_equal(words, unknown);
    }
}

static void
test_every_reply_state(void **fixture)
{
    const char *unknown = daemon_explain_words_reply("of-another-version");

    (void)fixture;
    for (SpoolOutState state = SPOOL_OUT_QUEUED; state < SPOOL_N_OUT_STATES; state++) {
        const char *words = daemon_explain_words_reply(spool_state_out_shown(state));

        assert_sentence(spool_state_out_shown(state), words);
        assert_string_not_equal(words, unknown);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rule),
        cmocka_unit_test(test_every_outcome),
        cmocka_unit_test(test_every_sender),
        cmocka_unit_test(test_every_reply_state),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
