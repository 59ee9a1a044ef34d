/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-policy.c - each rule, each trap, and what may never happen.
 */
#include "tests/unit/case-help.h"

#include "daemon/policy.h"
#include "daemon/rules.h"

typedef struct {
    const char *pieces;   /* see bench_add() */
    const char *expected; /* action, reply, rule that decided */
} Sample;

#define SCHOOL "from=dsl@brook.kent.sch.uk; "
#define DSL SCHOOL "professional-role; referral-words; "

/* clang-format off */
static const Sample samples[] = {
    /* machines */
    { "message-id=ack.1@intake.council.example; auto-submitted; kind=auto-reply", "ignore none own-mail-back" },
    { "message-id=canary.0@intake.council.example; auto-submitted; kind=auto-reply", "ignore none canary" },
    { "message-id=canary.0@elsewhere.example; auto-submitted; kind=auto-reply; auto-reply", "ignore none auto-reply" },
    { "junk; form=lado-parent",                              "hold none junk-folder" },
    { "junk",                                                "hold none junk-folder" },
    { "junk; kind=spam; spam-verdict",                       "ignore none spam-by-gateway" },
    { "junk; kind=spam; spam-verdict; says-my-child",        "hold none machine-with-story" },
    { "junk; in-reply-to=ack.1@intake.council.example",      "attach none answer-to-ours" },
    { "from=lado@postern.invalid",                           "hold none own-address" },
    { "kind=bounce; original=ack.1@intake.council.example",  "attach none bounce-of-ours" },
    { "kind=bounce; in-reply-to=ack.1@intake.council.example", "attach none bounce-of-ours" },
    { "kind=bounce; reference=LADO-7K3M-Q9TR",               "attach none bounce-of-ours" },
    { "kind=bounce",                                         "ignore none bounce" },
    { "kind=bounce; says-my-child",                          "hold none machine-with-story" },
    { "kind=report; report",                                 "ignore none report" },
    { "recall",                                              "hold none recall" },
    { "kind=auto-reply; auto-reply",                         "ignore none auto-reply" },
    { "kind=auto-reply; auto-reply; form=lado-parent",       "hold none machine-with-story" },
    { "kind=auto-reply; auto-reply; child-writes",           "hold none machine-with-story" },
    { "kind=auto-reply; auto-reply; words-unread",           "hold none machine-with-story" },
    { "kind=auto-reply; auto-reply; professional-signature", "ignore none auto-reply" },
    { "kind=auto-reply; auto-reply; children-words",         "ignore none auto-reply" },
    { "kind=auto-reply; auto-reply; no-answer",              "hold none machine-with-story" },
    { "kind=auto-reply; auto-reply; harm-words",             "hold none machine-with-story" },
    { "kind=report; report; harm-words",                     "hold none machine-with-story" },
    { "kind=bounce; harm-words",                             "hold none machine-with-story" },
    { "kind=bounce; harm-words; reference=LADO-7K3M-Q9TR",   "attach none bounce-of-ours" },
    { "kind=list; list-header; harm-words",                  "ignore none newsletter" },
    { "kind=calendar; calendar",                             "hold none calendar" },
    { "kind=list; list-header",                              "ignore none newsletter" },
    { "kind=list; list-header; home-life",                   "hold none machine-with-story" },
    { "kind=spam; spam-verdict",                             "ignore none spam-by-gateway" },
    { "kind=spam; spam-verdict; children-words",             "hold none machine-with-story" },
    { "kind=spam; spam-words",                               "hold none spam-by-looks" },
    { "dmarc=fail; form=lado-parent",                        "hold none forged" },
    /* answers to us */
    { "in-reply-to=ack.1@intake.council.example",            "attach none answer-to-ours" },
    { "in-reply-to=ack.1@intake.council.example.evil",       "hold holding no-form" },
    { "reference=LADO-7K3M-Q9TR",                            "attach none quotes-our-reference" },
    { "reference=LADO-7K3M-Q9TX",                            "hold holding no-form" },
    /* for a person */
    { "reader-died",                                         "hold holding reader-died" },
    { "kind=encrypted; encrypted",                           "hold holding encrypted" },
    { "list-header",                                         "hold none through-a-list" },
    { "child-writes; form=lado-parent",                      "hold holding child-writes" },
    { "self-report",                                         "hold holding self-report" },
    { "self-report; form=lado-parent",                       "accept acknowledgement family-form-read" },
    { "solicitor",                                           "hold holding other-business" },
    { "form=lado-professional; portal-copy",                 "hold none portal-copy" },
    { "press; form=lado-parent",                             "accept acknowledgement family-form-read" },
    { "form=request-for-support",                            "hold holding other-service" },
    { "blank=occupational-therapy",                          "hold holding other-service" },
    { "forwarded; form=lado-parent",                         "hold holding forwarded" },
    { "forwarded-subject; form=lado-parent",                 "accept acknowledgement family-form-read" },
    { "forwarded-subject; " DSL "form=lado-professional",    "hold holding forwarded" },
    { "part=mail/0; form=lado-parent",                       "hold holding forwarded" },
    /* forms in pictures */
    { "pictured=lado-parent",                                "hold holding form-in-picture" },
    { "pictured=lado-parent; form=lado-parent; says-parent", "hold holding form-in-picture" },
    { DSL "pictured=lado-professional",                      "hold holding form-in-picture" },
    { "pictured=lado-professional; before",                  "hold holding form-in-picture" },
    /* professionals */
    { DSL "form=lado-professional; before",                  "accept acknowledgement agency-form-before-cutoff" },
    { DSL "form=lado-professional",                          "redirect redirection professional-after-cutoff" },
    { DSL,                                                   "redirect redirection professional-after-cutoff" },
    { DSL "cls",                                             "redirect redirection professional-after-cutoff" },
    { DSL "before",                                          "hold holding no-form" },
    { SCHOOL "professional-role",                            "hold holding no-form" },
    { SCHOOL "professional-job; referral-words",             "hold holding no-form" },
    { SCHOOL "referral-words",                               "hold holding no-form" },
    { "professional-role; professional-act; referral-words", "hold holding no-form" },
    { DSL "advice-only",                                     "hold holding no-form" },
    { DSL "cloud-link",                                      "hold holding link-only" },
    { DSL "other-language",                                  "hold holding other-language" },
    { DSL "words-unread",                                    "hold holding no-form" },
    { DSL "says-public",                                     "hold holding no-form" },
    { DSL "home-life",                                       "hold holding no-form" },
    { DSL "says-my-child",                                   "hold holding no-form" },
    { DSL "says-parent",                                     "hold holding no-form" },
    { DSL "foster-carer",                                    "hold holding foster-carer" },
    { DSL "part=docx/4",                                     "hold holding damaged" },
    { DSL "form=unknown",                                    "hold holding unknown-form" },
    { DSL "form=lado-parent",                                "hold holding family-form-by-professional" },
    { DSL "blank=lado-parent",                               "hold holding blank-form" },
    { DSL "form=lado-professional; referrer.relationship:Mother", "hold holding agency-form-in-doubt" },
    { "body=lado-professional; professional-act",            "hold holding agency-form-in-doubt" },
    { SCHOOL "body=lado-professional; professional-act",     "redirect redirection professional-after-cutoff" },
    { "form=lado-professional",                              "hold holding agency-form-in-doubt" },
    { "form=lado-professional; referrer.relationship:Mother", "accept acknowledgement parent-on-agency-form" },
    { "form=lado-professional; says-parent",                 "accept acknowledgement parent-on-agency-form" },
    { SCHOOL "form=lado-professional; says-parent",          "hold holding agency-form-in-doubt" },
    { "form=lado-professional; professional-role",           "redirect redirection professional-after-cutoff" },
    { SCHOOL "form=lado-professional",                       "redirect redirection professional-after-cutoff" },
    { "from=dsl@brook.kent.sch.uk.example; form=lado-professional", "hold holding agency-form-in-doubt" },
    /* families */
    { "form=lado-parent",                                    "accept acknowledgement family-form-read" },
    { "form=lado-parent; cls",                               "accept acknowledgement family-form-read" },
    { SCHOOL "form=lado-parent; referrer.relationship:Mum",  "accept acknowledgement family-form-read" },
    { "form=lado-parent; says-parent; professional-job",     "accept acknowledgement family-form-read" },
    { "form=lado-parent; says-parent; professional-role",    "hold holding family-form-by-professional" },
    { "form=lado-parent; foster-carer",                      "hold holding foster-carer" },
    { "form=lado-parent; referrer.relationship:Head teacher", "hold holding family-form-by-professional" },
    { "form=lado-parent; child.1.postcode:ME7 1AA; adult.employer_address:Gillingham", "hold holding both-elsewhere" },
    { "form=lado-parent; child.1.postcode:ME7 1AA",          "accept acknowledgement family-form-read" },
    { "form=lado-parent; adult.employer_address:Gillingham", "accept acknowledgement family-form-read" },
    { "form=lado-parent; child.1.postcode:TN34 1AA; adult.employer_address:Gillingham", "accept acknowledgement family-form-read" },
    { SCHOOL "form=lado-professional; child.1.postcode:ME7 1AA; adult.employer_address:Chatham", "redirect redirection professional-after-cutoff" },
    /* the rest */
    { "part=docx/3",                                         "hold holding locked" },
    { "part=zip/6",                                          "hold holding limit-reached" },
    { "part=pdf/4",                                          "hold holding damaged" },
    { "part=pages/5",                                        "hold holding unsupported" },
    { "form=unknown",                                        "hold holding unknown-form" },
    { "blank=lado-parent",                                   "hold holding blank-form" },
    { "cloud-link",                                          "hold holding link-only" },
    { "part=image/1",                                        "hold holding evidence-only" },
    { "other-language",                                      "hold holding other-language" },
    { "asks-for-form",                                       "hold holding asks-for-form" },
    { "password-follows; asks-for-form",                     "hold holding password" },
    { "password-follows; cloud-link",                        "hold holding link-only" },
    { "password-follows; part=docx/3",                       "hold holding locked" },
    { "courtesy-subject; auto-words",                        "hold none no-form" },
    { "loop-mark",                                           "hold none no-form" },
    { "",                                                    "hold holding no-form" },
    { "text=",                                               "hold holding no-form" },
    { "urgent-words",                                        "hold holding no-form" },
    /* who cannot be told must be looked at */
    { "from=noreply@x.example; form=lado-parent",            "hold none family-form-read" },
    { "from=no-reply@brook.kent.sch.uk; professional-role; form=lado-professional", "hold none professional-after-cutoff" },
};
/* clang-format on */

static bool
as_expected(const Sample *sample)
{
    g_auto(Bench) bench = {0};
    g_auto(DaemonDecision) decision = {0};
    g_autofree char *found = NULL;

    bench_build(&bench, sample->pieces);
    daemon_policy_decide(&bench.mail, &decision);
    found = g_strdup_printf("%s %s %s", daemon_action_name(decision.action),
                            daemon_reply_name(decision.reply),
                            ((DaemonReason *)decision.reasons->pdata[0])->rule);
    if (!g_str_equal(found, sample->expected))
        print_error("%s: %s, not %s\n", sample->pieces, found, sample->expected);
    return g_str_equal(found, sample->expected);
}

static void
test_samples(void **fixture)
{
    guint wrong = 0;

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
        wrong += !as_expected(&samples[i]);
    assert_int_equal(wrong, 0);
}

static bool
is_tried(const char *rule)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
        if (g_str_has_suffix(samples[i].expected, rule) &&
            samples[i].expected[strlen(samples[i].expected) - strlen(rule) - 1] == ' ')
            return true;
    return false;
}

/* Each rule has a sample; those that need a history have a test of their own below. */
static void
test_every_rule_is_tried(void **fixture)
{
    const DaemonRule *const tables[] = {daemon_rules_machine, daemon_rules_referral,
                                        daemon_rules_rest};

    (void)fixture;
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const DaemonRule *rule = tables[t]; rule->name != NULL; rule++) {
            bool own_test = g_str_equal(rule->name, "same-mail-again") ||
                            g_str_equal(rule->name, "auto-reply-to-ours") ||
                            g_str_equal(rule->name, "password-for-locked") ||
                            g_str_equal(rule->name, "calendar-answer");

            if (!own_test && !is_tried(rule->name))
                print_error("no sample for %s\n", rule->name);
            assert_true(own_test || is_tried(rule->name));
        }
}

static void
test_calendar_answer(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_auto(DaemonDecision) decision = {0};

    (void)fixture;
    bench_build(&bench, "kind=calendar");
    parsers_findings_add_signal(bench.findings, "calendar", "REPLY");
    daemon_policy_decide(&bench.mail, &decision);
    assert_int_equal(decision.action, DAEMON_IGNORE);
    assert_string_equal(((DaemonReason *)decision.reasons->pdata[0])->rule, "calendar-answer");
}

/* With a spool behind it, only what it knows is ours. */
static void
test_history(void **fixture)
{
    static const struct {
        const char *pieces;
        SpoolHistory history;
        DaemonAction action;
    } rows[] = {
        {"in-reply-to=ack.1@intake.council.example", {.record_by_reply = 7}, DAEMON_ATTACH},
        {"in-reply-to=ack.1@intake.council.example", {0}, DAEMON_HOLD},
        {"reference=LADO-7K3M-Q9TR", {.record_by_reference = 7}, DAEMON_ATTACH},
        {"reference=LADO-7K3M-Q9TR", {0}, DAEMON_HOLD},
        {"form=lado-parent", {.record_by_message_id = 7, .same_sender = true}, DAEMON_ATTACH},
        {"form=lado-parent", {.record_by_fingerprint = 7, .same_sender = true}, DAEMON_ATTACH},
        {"form=lado-parent", {.record_by_fingerprint = 7}, DAEMON_ACCEPT},
        {"password-follows", {.record_locked = 7, .same_sender = true}, DAEMON_ATTACH},
        {"password-follows", {0}, DAEMON_HOLD},
        {"", {.record_locked = 7, .same_sender = true}, DAEMON_HOLD},
        {"password-follows; part=docx/3", {.record_locked = 7, .same_sender = true}, DAEMON_HOLD},
        {"password-follows; form=lado-parent",
         {.record_locked = 7, .same_sender = true},
         DAEMON_ACCEPT},
        {"kind=bounce; original=ack.1@intake.council.example", {0}, DAEMON_IGNORE},
        {"kind=bounce", {.by_bounce_address = true}, DAEMON_ATTACH},
        {"kind=auto-reply; in-reply-to=ack.1@intake.council.example",
         {.record_by_reply = 7},
         DAEMON_ATTACH},
        {"kind=auto-reply; auto-reply; in-reply-to=ack.1@intake.council.example",
         {0},
         DAEMON_IGNORE},
        {"kind=auto-reply; auto-submitted; auto-reply; message-id=ack.1@intake.council.example",
         {.own_mark = true},
         DAEMON_IGNORE},
        {"message-id=ack.1@intake.council.example; says-parent; auto-submitted; kind=auto-reply",
         {0},
         DAEMON_HOLD},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonDecision) decision = {0};

        bench_build(&bench, rows[i].pieces);
        bench.mail.history = &rows[i].history;
        daemon_policy_decide(&bench.mail, &decision);
        assert_int_equal(decision.action, rows[i].action);
    }
}

static void
test_urgent_and_prefix(void **fixture)
{
    /* clang-format off */
    static const struct { const char *pieces; bool urgent; const char *prefix; } rows[] = {
        { "urgent-words; kind=auto-reply; auto-reply", true, "LADO" },
        { DSL "urgent-words",                          true, "LADO" },
        { "child-writes",                              true, "LADO" },
        { "form=request-for-support",                  false, "RFS" },
        { "form=occupational-therapy",                 false, "OT" },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonDecision) decision = {0};

        bench_build(&bench, rows[i].pieces);
        daemon_policy_decide(&bench.mail, &decision);
        assert_int_equal(decision.urgent, rows[i].urgent);
        assert_string_equal(decision.prefix, rows[i].prefix);
    }
}

/* Words of danger alert whoever is on duty, whatever is replied; what a machine sends about a mail
 * of ours does not, nor does what the duty address itself sends. */
static void
test_alert(void **fixture)
{
    /* clang-format off */
    static const struct { const char *pieces; bool alert; } rows[] = {
        { "urgent-words",                                                   true },
        { "child-writes",                                                   true },
        { "form=lado-parent; urgent-words",                                 true },
        { SCHOOL "form=lado-professional; urgent-words",                    true }, /* redirected */
        { "from=noreply@x.example; form=lado-parent; urgent-words",         true }, /* unanswered */
        { "dmarc=fail; urgent-words",                                       true },
        { "in-reply-to=ack.7k3mq9tr.1@intake.council.example; urgent-words", true },
        { "kind=auto-reply; auto-reply; urgent-words; says-my-child",       true },
        { "kind=spam; spam-verdict; urgent-words; children-words",          true },
        { "form=lado-parent",                                               false },
        { "kind=auto-reply; auto-reply; urgent-words",                      false },
        { "kind=list; list-header; urgent-words",                           false },
        { "kind=bounce; original=ack.7k3mq9tr.1@intake.council.example; urgent-words", false },
        { "kind=auto-reply; auto-reply; in-reply-to=ack.7k3mq9tr.1@intake.council.example; urgent-words", false },
        { "from=Duty@council.example; urgent-words",                        false },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(rows); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonDecision) decision = {0};
        bool has_duty = i % 2 == 0;

        bench_build(&bench, rows[i / 2].pieces);
        if (has_duty)
            bench_set(&bench.settings->duty_address, "duty@council.example");
        daemon_policy_decide(&bench.mail, &decision);
        if (decision.alert != (rows[i / 2].alert && has_duty))
            fail_msg("%s: %s", rows[i / 2].pieces, daemon_action_name(decision.action));
    }
}

/* The words of the holding reply follow the rule that decided; its kind stays "holding". */
static void
test_variants(void **fixture)
{
    /* clang-format off */
    static const struct { const char *pieces, *variant; } rows[] = {
        { "part=docx/3",       "unopened" }, { "part=zip/6",          "unopened" },
        { "part=pdf/4",        "unopened" }, { "part=pages/5",        "unopened" },
        { "kind=encrypted",    "unopened" }, { "blank=lado-parent",   "blank" },
        { "form=unknown",      NULL },       { "part=image/1",        NULL },
        { "form=lado-parent; part=docx/3", NULL },
        { "blank=lado-parent; from=noreply@x.example", NULL },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonDecision) decision = {0};

        bench_build(&bench, rows[i].pieces);
        daemon_policy_decide(&bench.mail, &decision);
        if (g_strcmp0(decision.variant, rows[i].variant) != 0)
            fail_msg("%s: %s", rows[i].pieces, decision.variant);
        if (decision.variant != NULL)
            assert_int_equal(decision.reply, DAEMON_REPLY_HOLDING);
    }
}

/* ---- what may never happen, over all combinations ---- */

static const char *const family[] = {"says-my-child", "says-parent", "foster-carer", "home-life",
                                     "child-writes"};
static const char *const others[] = {"professional-role", "professional-act", "referral-words",
                                     "spam-verdict",      "list-header",      "auto-reply"};
static const char *const forms[] = {
    "", "form=lado-parent", "blank=lado-parent", "form=lado-professional",
    "form=lado-professional; referrer.relationship:Dad",
    /* A family form and an agency's in one mail. */
    ("form=lado-parent; referrer.relationship:Teacher; referrer.job_title:Teacher; "
     "form=lado-professional")};
static const char *const addresses[] = {"ann@private.example", "dsl@brook.kent.sch.uk",
                                        "noreply@police.uk"};

static bool
speaks_for_family(guint words, guint form)
{
    return words != 0 || form == 1 || form == 2 || form == 4 || form == 5;
}

static void
check_outcome(const Bench *bench, const DaemonDecision *decision, bool for_family)
{
    const ParsersKind kind = bench->findings->kind;
    const bool machine = kind != PARSERS_KIND_PERSON && kind != PARSERS_KIND_ENCRYPTED;

    if (for_family) {
        assert_int_not_equal(decision->action, DAEMON_REDIRECT);
        assert_int_not_equal(decision->action, DAEMON_IGNORE);
    }
    if (decision->action == DAEMON_REDIRECT)
        assert_true(kind == PARSERS_KIND_PERSON && decision->reply == DAEMON_REPLY_REDIRECTION);
    if (machine || g_str_has_prefix(bench->findings->from_address, "noreply") ||
        parsers_findings_signal(bench->findings, "list-header") != NULL)
        assert_int_equal(decision->reply, DAEMON_REPLY_NONE);
    if (decision->action == DAEMON_IGNORE || decision->action == DAEMON_ATTACH)
        assert_int_equal(decision->reply, DAEMON_REPLY_NONE);
}

static void
try_all_words(Bench *bench, guint form)
{
    const guint n = 1u << G_N_ELEMENTS(others);

    for (guint i = 0; i < n * (1 + G_N_ELEMENTS(family)); i++) {
        g_auto(DaemonDecision) decision = {0};
        guint words = i / n;

        g_ptr_array_set_size(bench->findings->signals, 0);
        if (words != 0)
            parsers_findings_add_signal(bench->findings, family[words - 1], "x");
        for (gsize o = 0; o < G_N_ELEMENTS(others); o++)
            if ((i % n & (1u << o)) != 0)
                parsers_findings_add_signal(bench->findings, others[o], "x");
        daemon_policy_decide(&bench->mail, &decision);
        check_outcome(bench, &decision, speaks_for_family(words, form));
    }
}

/* Whenever anything speaks for a parent or a child, the mail is neither redirected nor ignored. */
static void
test_never(void **fixture)
{
    (void)fixture;
    for (guint form = 0; form < G_N_ELEMENTS(forms); form++)
        for (guint i = 0; i < PARSERS_N_KINDS * G_N_ELEMENTS(addresses); i++) {
            g_auto(Bench) bench = {0};

            bench_build(&bench, forms[form]);
            bench.findings->kind = (ParsersKind)(i % PARSERS_N_KINDS);
            bench_set(&bench.findings->from_address, addresses[i / PARSERS_N_KINDS]);
            try_all_words(&bench, form);
        }
}

/* Only the rules say what follows; one that redirects or ignores never answers in another way. */
static void
test_tables_are_sound(void **fixture)
{
    const DaemonRule *const tables[] = {daemon_rules_machine, daemon_rules_referral,
                                        daemon_rules_rest};
    guint redirects = 0;

    (void)fixture;
    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const DaemonRule *rule = tables[t]; rule->name != NULL; rule++) {
            redirects += rule->action == DAEMON_REDIRECT;
            assert_int_equal(rule->action == DAEMON_REDIRECT,
                             rule->reply == DAEMON_REPLY_REDIRECTION);
            assert_int_equal(rule->action == DAEMON_ACCEPT,
                             rule->reply == DAEMON_REPLY_ACKNOWLEDGEMENT);
        }
    assert_int_equal(redirects, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),           cmocka_unit_test(test_every_rule_is_tried),
        cmocka_unit_test(test_calendar_answer),   cmocka_unit_test(test_history),
        cmocka_unit_test(test_urgent_and_prefix), cmocka_unit_test(test_alert),
        cmocka_unit_test(test_variants),          cmocka_unit_test(test_never),
        cmocka_unit_test(test_tables_are_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
