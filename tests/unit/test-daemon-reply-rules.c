/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-reply-rules.c - whether a mail may be answered: the first rule that says
 * no.
 */
#include "tests/unit/case-help.h"

#include "daemon/reply-rules.h"
#include "daemon/settings-table.h"
#include "parsers/auth.h"

typedef struct {
    const char *pieces; /* see bench_add() */
    const char *rule;   /* NULL: may be answered */
} Sample;

/* clang-format off */
static const Sample samples[] = {
    { "",                                               NULL },
    { "kind=encrypted",                                 NULL },
    { "dmarc=pass",                                     NULL },
    { "from=",                                          "reply-no-address" },
    { "from=a@b.uk\r\nBcc: c@d.uk",                     "reply-no-address" },
    { "from=a@b.uk>",                                   "reply-no-address" },
    { "from=a",                                         "reply-no-address" },
    { "from=lado@postern.invalid",                      "reply-ourselves" },
    { "from=CLS@postern.invalid",                       "reply-ourselves" },
    { "from=no-reply@x.example",                        "reply-robot" },
    { "from=list-request@x.example",                    "reply-robot" },
    { "from=postmaster@x.example",                      "reply-robot" },
    { "from=MAILER-DAEMON@x.example; auto-submitted",   "reply-robot" },
    { "auto-submitted",                                 "reply-machine" },
    { "auto-response-suppress",                         "reply-machine" },
    { "precedence",                                     "reply-machine" },
    { "list-header",                                    "reply-machine" },
    { "vendor-auto-mark",                               "reply-machine" },
    { "auto-subject",                                   "reply-machine" },
    { "report",                                         "reply-machine" },
    { "failed-recipients",                              "reply-machine" },
    { "kind=auto-reply",                                "reply-not-a-person" },
    { "kind=bounce",                                    "reply-not-a-person" },
    { "kind=calendar",                                  "reply-not-a-person" },
    { "kind=list",                                      "reply-not-a-person" },
    { "kind=report",                                    "reply-not-a-person" },
    { "kind=spam",                                      "reply-not-a-person" },
    { "dmarc=fail",                                     "reply-forged" },
    { "reply-to=ann@mail.private.example",              NULL },
    { "reply-to=other@private.example",                 NULL },
    { "reply-to=ann@elsewhere.example",                 "reply-elsewhere" },
    { "dmarc=pass; reply-to=ann@elsewhere.example",     "reply-elsewhere" },
    { "reply-to=nonsense",                              "reply-elsewhere" },
};
/* clang-format on */

static void
expect(const Bench *bench, const char *wanted, const char *about)
{
    const char *rule = NULL;
    g_autofree char *evidence = NULL;
    bool allowed = daemon_reply_rules_allow(&bench->mail, &rule, &evidence);

    if (g_strcmp0(rule, wanted) != 0)
        print_error("%s: %s\n", about, rule != NULL ? rule : "answered");
    assert_int_equal(g_strcmp0(rule, wanted), 0);
    assert_int_equal(allowed, wanted == NULL);
    assert_int_equal(evidence != NULL, wanted != NULL);
}

static void
test_samples(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_auto(Bench) bench = {0};

        bench_build(&bench, samples[i].pieces);
        expect(&bench, samples[i].rule, samples[i].pieces);
    }
}

static void
test_envelope(void **fixture)
{
    g_auto(Bench) bench = {0};

    (void)fixture;
    bench_init(&bench);
    bench.findings->from_count = 2;
    expect(&bench, "reply-no-address", "two addresses in From");
    bench.findings->from_count = 1;
    bench_set(&bench.findings->return_path, "list-bounces@x.example");
    expect(&bench, "reply-robot", "Return-Path of a list");
    bench_set(&bench.findings->return_path, "");
    expect(&bench, "reply-null-sender", "null sender");
    bench.findings->has_return_path = false;
    expect(&bench, NULL, "no Return-Path at all");
}

/* Blind copies are answered only when the server says that they came to us, or the sender is
 * proved. */
static void
test_not_addressed(void **fixture)
{
    g_auto(Bench) bench = {0};

    (void)fixture;
    bench_init(&bench);
    g_ptr_array_set_size(bench.findings->recipients, 0);
    g_ptr_array_add(bench.findings->recipients, g_strdup("other@council.example"));
    expect(&bench, "reply-not-addressed", "blind copy");
    g_ptr_array_add(bench.findings->delivered_to, g_strdup("LADO@postern.invalid"));
    expect(&bench, NULL, "delivered to us");
    g_ptr_array_set_size(bench.findings->delivered_to, 0);
    bench_add(&bench, "dmarc=pass");
    expect(&bench, NULL, "proved");
}

static void
test_too_many(void **fixture)
{
    g_auto(Bench) bench = {0};
    SpoolHistory history = {0};

    (void)fixture;
    bench_init(&bench);
    bench.mail.history = &history;
    history.replies_to_sender_day = bench.settings->reply_limit - 1;
    expect(&bench, NULL, "below the limit");
    history.replies_to_sender_day = bench.settings->reply_limit;
    expect(&bench, "reply-too-many", "at the limit");
}

static void
test_bounced_before(void **fixture)
{
    g_auto(Bench) bench = {0};
    SpoolHistory history = {.bounced_before = true};

    (void)fixture;
    bench_init(&bench);
    bench.mail.history = &history;
    expect(&bench, "reply-bounced-before", "the last reply came back");
    history.bounced_before = false;
    expect(&bench, NULL, "somebody has dealt with it");
}

typedef struct {
    const char *id;
    guint instance;
    const char *method, *result, *domain;
} Auth;

typedef struct {
    Auth auth[3];
    const char *rule; /* when unproved mail is not answered */
} AuthSample;

#define OURS "mx.council.example"

/* clang-format off */
static const AuthSample auths[] = {
    { { { NULL, 0, NULL, NULL, NULL } },                                          "reply-unproved" },
    { { { OURS, 0, "dmarc", "pass", "private.example" } },                        NULL },
    { { { "MX.Council.Example", 0, "dmarc", "pass", "private.example" } },        NULL },
    { { { OURS, 0, "dmarc", "fail", "private.example" } },                        "reply-forged" },
    { { { OURS, 0, "dkim", "pass", "private.example" } },                         NULL },
    { { { OURS, 0, "dkim", "pass", "mail.private.example" } },                    NULL },
    { { { OURS, 0, "spf", "pass", "bulk.example" } },                             "reply-unproved" },
    { { { OURS, 0, "dkim", "pass", "example" } },                                 "reply-unproved" },
    { { { OURS, 0, "dkim", "pass", "evilprivate.example" } },                     "reply-unproved" },
    { { { OURS, 0, "spf", "fail", "private.example" } },                          "reply-forged" },
    { { { OURS, 0, "spf", "softfail", "x" }, { OURS, 0, "dkim", "fail", "x" } },  "reply-forged" },
    { { { OURS, 0, "spf", "fail", "x" }, { OURS, 0, "dkim", "pass", "private.example" } }, NULL },
    /* written by the sender: below ours, or with a name that only looks like ours */
    { { { OURS, 0, "dmarc", "none", "x" }, { OURS, 1, "dmarc", "pass", "private.example" } }, "reply-unproved" },
    { { { OURS, 0, "dmarc", "fail", "x" }, { OURS, 1, "dmarc", "pass", "private.example" } }, "reply-forged" },
    { { { OURS, 0, "dmarc", "pass", "x" }, { OURS, 1, "dmarc", "fail", "private.example" } }, NULL },
    { { { "mx.evil.example", 0, "dmarc", "pass", "private.example" } },           "reply-unproved" },
    { { { OURS ".evil.example", 0, "dmarc", "pass", "private.example" } },        "reply-unproved" },
    { { { "", 0, "dmarc", "pass", "private.example" } },                          "reply-unproved" },
    { { { "mx.evil.example", 0, "dmarc", "fail", "private.example" } },           "reply-unproved" },
};
/* clang-format on */

static void
test_authentic(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(auths); i++) {
        g_auto(Bench) bench = {0};
        g_autofree char *about = g_strdup_printf("row %zu", i);

        bench_init(&bench);
        bench.settings->reply_unauthenticated = false;
        for (gsize a = 0; a < 3 && auths[i].auth[a].id != NULL; a++) {
            const Auth *auth = &auths[i].auth[a];
            const ParsersAuth verdict = {.authserv_id = (char *)auth->id,
                                         .instance = auth->instance,
                                         .method = (char *)auth->method,
                                         .result = (char *)auth->result,
                                         .domain = (char *)auth->domain};

            bench_auth(&bench, &verdict);
        }
        expect(&bench, auths[i].rule, about);
        bench.settings->reply_unauthenticated = true;
        expect(&bench, g_strcmp0(auths[i].rule, "reply-forged") == 0 ? "reply-forged" : NULL,
               about);
    }
}

/* clang-format off */
/* The topmost field of a mail from ann@private.example, where our gateway writes no name. */
static const struct {
    const char *field;
    const char *rule; /* when unproved mail is not answered */
} unnamed[] = {
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=pass (signature was verified)"
      " header.d=private.example;dmarc=pass action=none header.from=private.example;compauth=pass reason=100",
      NULL },
    { "spf=softfail (sender IP is 203.0.113.9) smtp.mailfrom=private.example; council.example; dkim=fail (body hash"
      " did not verify) header.d=private.example;council.example; dmarc=fail action=quarantine"
      " header.from=private.example;compauth=fail reason=000",                            "reply-forged" },
    /* the domain's own wish, or an ARC chain, lets it in: it is no proof that an answer goes home */
    { "spf=fail (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=fail (body hash did not verify)"
      " header.d=private.example;dmarc=fail action=none header.from=private.example;compauth=pass reason=130",
      "reply-forged" },
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=none (message not signed)"
      " header.d=none;dmarc=bestguesspass action=none header.from=private.example;compauth=pass reason=109", NULL },
    { "dkim=none (message not signed) header.d=none;dmarc=bestguesspass action=none header.from=private.example",
      NULL },
    /* nothing published, nothing passed: only the sum says it */
    { "spf=none (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=none (message not signed)"
      " header.d=none;dmarc=none action=none header.from=private.example;compauth=fail reason=001", "reply-forged" },
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=bulk.example; dkim=none (message not signed)"
      " header.d=none;dmarc=none action=none header.from=private.example;compauth=fail reason=601", "reply-forged" },
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=none (message not signed)"
      " header.d=none;dmarc=bestguesspass action=none header.from=private.example;compauth=fail reason=002",
      "reply-forged" },
    /* history is no proof */
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=bulk.example; dkim=none (message not signed)"
      " header.d=none;dmarc=none action=none header.from=private.example;compauth=pass reason=703", "reply-unproved" },
    { "spf=none (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=none (message not signed)"
      " header.d=none;dmarc=none action=none header.from=private.example;compauth=softpass reason=202",
      "reply-unproved" },
    { "spf=softfail (sender IP is 203.0.113.9) smtp.mailfrom=private.example; dkim=none (message not signed)"
      " header.d=none;dmarc=none action=none header.from=private.example;compauth=none reason=405", "reply-forged" },
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=bulk.example; dkim=pass (signature was verified)"
      " header.d=private.example;dmarc=temperror action=none header.from=private.example;compauth=pass reason=111",
      NULL },
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=evil.example; dkim=fail (no key for signature)"
      " header.d=evil(.example;dmarc=fail action=none header.from=private.example;compauth=fail reason=001",
      "reply-forged" },
    /* from inside */
    { "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=private.example;",
      "reply-unproved" },
    { "council.example; dkim=none (message not signed) header.d=none;council.example; dmarc=fail action=none"
      " header.from=private.example;",                                                    "reply-unproved" },
    /* no verdict, but the topmost all the same */
    { "",                                                                                 "reply-unproved" },
    { "none",                                                                             "reply-unproved" },
    { "arc=none",                                                                         "reply-unproved" },
    { "mx.relay.example; dmarc=pass header.from=private.example",                         "reply-unproved" },
    { "mx.relay.example; dmarc=fail header.from=private.example",                         "reply-unproved" },
    { "\"\"; dmarc=pass header.from=private.example",                                     "reply-unproved" },
    { "\"(unnamed)\"; dmarc=pass header.from=private.example",                            "reply-unproved" },
    { "(unnamed); dmarc=pass header.from=private.example",                                "reply-unproved" },
};
/* What a sender may write himself. */
static const char *const below[] = {
    "dmarc=pass action=none header.from=private.example;compauth=pass reason=100",
    "dmarc=fail action=oreject header.from=private.example;compauth=fail reason=000",
    "spf=pass smtp.mailfrom=private.example; dkim=pass header.d=private.example",
    "spf=fail smtp.mailfrom=private.example; dkim=fail header.d=private.example",
    "(unnamed); dmarc=pass header.from=private.example",
    "\"(unnamed)\"; dmarc=fail header.from=private.example",
    "\"\"; dmarc=pass header.from=private.example",
    "mx.council.example; dmarc=pass header.from=private.example",
    "dmarc=pass (", ") dmarc=fail", "\"", "",
};
/* clang-format on */

static void
set_unnamed(Bench *bench, const char *topmost)
{
    bench_init(bench);
    bench_set(&bench->settings->authserv_id, DAEMON_SETTING_UNNAMED);
    bench->settings->reply_unauthenticated = false;
    parsers_auth_parse(topmost, 0, bench->findings->auth);
}

static void
test_unnamed(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(unnamed); i++) {
        g_auto(Bench) bench = {0};

        set_unnamed(&bench, unnamed[i].field);
        expect(&bench, unnamed[i].rule, unnamed[i].field);
        for (guint b = 0; b < G_N_ELEMENTS(below); b++) { /* one more each time */
            parsers_auth_parse(below[b], b + 1, bench.findings->auth);
            expect(&bench, unnamed[i].rule, below[b]);
        }
    }
    for (guint b = 0; b < G_N_ELEMENTS(below); b++) {
        g_auto(Bench) bench = {0};

        set_unnamed(&bench, "");
        parsers_auth_parse(below[b], 1, bench.findings->auth);
        expect(&bench, "reply-unproved", below[b]);
    }
}

/* Where our gateway has a name, a field without one is somebody else's, also on top. */
static void
test_named(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(unnamed); i++) {
        g_auto(Bench) bench = {0};

        set_unnamed(&bench, unnamed[i].field);
        bench_set(&bench.settings->authserv_id, OURS);
        expect(&bench, "reply-unproved", unnamed[i].field);
    }
}

/* Without a gateway of ours no verdict counts, neither for nor against. */
static void
test_no_gateway(void **fixture)
{
    g_auto(Bench) bench = {0};

    (void)fixture;
    bench_build(&bench, "dmarc=fail");
    g_clear_pointer(&bench.settings->authserv_id, g_free);
    expect(&bench, NULL, "no authserv-id set");
    bench.settings->reply_unauthenticated = false;
    expect(&bench, "reply-unproved", "no authserv-id set, proof asked for");
}

/* Limits of organisation and service; the breaker stays open without any count. */
static void
test_limits(void **fixture)
{
    g_auto(Bench) bench = {0};
    SpoolHistory history = {0};

    (void)fixture;
    bench_init(&bench);
    bench.mail.history = &history;
    history.replies_to_domain_hour = bench.settings->reply_limit_domain - 1;
    history.replies_hour = bench.settings->reply_limit_all - 1;
    expect(&bench, NULL, "below the limits");
    history.replies_to_domain_hour++;
    expect(&bench, "reply-too-many-domain", "an organisation's limit");
    history.replies_to_domain_hour = 0;
    history.replies_hour++;
    expect(&bench, "reply-breaker", "the limit of all");
    history.replies_hour = 0;
    history.breaker = true;
    expect(&bench, "reply-breaker", "for the rest of the hour");
}

/* Words alone right after a reply are a machine's; a form, or what came before it, is not. */
static void
test_just_answered(void **fixture)
{
    g_auto(Bench) bench = {0};
    SpoolHistory history = {0};

    (void)fixture;
    bench_init(&bench);
    bench.mail.history = &history;
    history.last_sent = bench.mail.received - 60 * G_USEC_PER_SEC;
    expect(&bench, "reply-just-answered", "a minute later");
    history.last_sent = bench.mail.received + G_USEC_PER_SEC;
    expect(&bench, "reply-just-answered", "received in the same second");
    history.last_sent = bench.mail.received + 60 * G_USEC_PER_SEC;
    expect(&bench, NULL, "it lay in the inbox already");
    history.last_sent = bench.mail.received - 2 * 3600 * G_TIME_SPAN_SECOND;
    expect(&bench, NULL, "two hours later");
    history.last_sent = bench.mail.received - 60 * G_USEC_PER_SEC;
    g_ptr_array_add(bench.findings->forms, parsers_form_new());
    expect(&bench, NULL, "with a form");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),        cmocka_unit_test(test_envelope),
        cmocka_unit_test(test_not_addressed),  cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_bounced_before), cmocka_unit_test(test_authentic),
        cmocka_unit_test(test_unnamed),        cmocka_unit_test(test_named),
        cmocka_unit_test(test_no_gateway),     cmocka_unit_test(test_limits),
        cmocka_unit_test(test_just_answered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
