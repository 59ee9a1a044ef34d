/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-writer.c - who wrote a mail, and how sure that is.
 */
#include "tests/unit/case-help.h"

#include "daemon/writer.h"

typedef struct {
    const char *pieces; /* see bench_add() */
    DaemonWriterKind kind;
    bool certain;
} Sample;

#define PARENT DAEMON_WRITER_PARENT, false
#define PUBLIC DAEMON_WRITER_PUBLIC, false
#define UNKNOWN DAEMON_WRITER_UNKNOWN, false
#define PROFESSIONAL DAEMON_WRITER_PROFESSIONAL
#define SCHOOL "from=dsl@brook.kent.sch.uk; "

/* clang-format off */
static const Sample samples[] = {
    /* families */
    { "form=lado-parent",                                            PARENT },
    { "says-my-child",                                               PARENT },
    { "says-parent; professional-job",                               PARENT },
    { SCHOOL "says-parent; professional-role",                       PARENT },
    { SCHOOL "form=lado-parent; referrer.relationship:Step-mother",  PARENT },
    { "form=lado-parent; referrer.relationship:Grandad; referrer.organisation:Tesco", PARENT },
    { "form=lado-professional; referrer.relationship:His mum",       PARENT },
    { "foster-carer",                                                PARENT },
    { "asks-for-form",                                               PARENT },
    { "form=lado-parent; referrer.relationship:Mother and teacher",  PARENT },
    /* the public */
    { "says-public",                                                 PUBLIC },
    { "child-writes",                                                PUBLIC },
    { "press",                                                       PUBLIC },
    { "self-report",                                                 PUBLIC },
    { "form=lado-parent; referrer.relationship:Neighbour",           PUBLIC },
    { "professional-act; says-public",                               PUBLIC },
    /* professionals */
    { SCHOOL "professional-signature",                               PROFESSIONAL, true },
    { SCHOOL "form=lado-professional",                               PROFESSIONAL, true },
    { "form=lado-professional; professional-role",                   PROFESSIONAL, true },
    { "form=lado-professional; referrer.job_title:Manager",          PROFESSIONAL, false },
    { "professional-role; professional-act",                         PROFESSIONAL, false },
    { SCHOOL,                                                        PROFESSIONAL, false },
    { SCHOOL "professional-job",                                     PROFESSIONAL, false },
    { SCHOOL "professional-role; home-life",                         PROFESSIONAL, false },
    { SCHOOL "professional-role; words-unread",                      PROFESSIONAL, false },
    { SCHOOL "professional-role; forwarded",                         PROFESSIONAL, false },
    { SCHOOL "forwarded; form=lado-parent; referrer.relationship:Mum", PROFESSIONAL, false },
    { SCHOOL "professional-role; form=lado-parent; referrer.relationship:Mum", PROFESSIONAL, false },
    { "solicitor",                                                   PROFESSIONAL, false },
    { "member-of-parliament",                                        PROFESSIONAL, false },
    { "form=lado-professional; referrer.relationship:Head teacher",  PROFESSIONAL, false },
    /* nobody that we know */
    { "text=",                                                       UNKNOWN },
    { "cls",                                                         UNKNOWN },
    { "from=noreply@scan.gov.uk",                                    UNKNOWN },
    { "from=lado@postern.invalid",                                   UNKNOWN },
    { SCHOOL "kind=auto-reply; professional-signature",              UNKNOWN },
    { "kind=bounce",                                                 UNKNOWN },
    { "kind=encrypted",                                              UNKNOWN },
};
/* clang-format on */

static void
test_samples(void **fixture)
{
    guint wrong = 0;

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonWriter) writer = {0};

        bench_build(&bench, samples[i].pieces);
        daemon_writer_weigh(&bench.mail, &writer);
        if (writer.kind == samples[i].kind && writer.certain == samples[i].certain)
            continue;
        print_error("%s: %s%s\n", samples[i].pieces, daemon_writer_name(writer.kind),
                    writer.certain ? ", certain" : "");
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* Relationships as people write them. */
static void
test_relationships(void **fixture)
{
    static const char *const family[] = {"Mother",
                                         "mum",
                                         "DAD AND STEP DAD",
                                         "Parents",
                                         "Nan (legal guardian)",
                                         "grandmother",
                                         "aunty",
                                         "his big sister",
                                         "foster carer",
                                         "Birth father",
                                         "kinship carer",
                                         "Special Guardian"};
    static const char *const others[] = {
        "Head teacher", "social worker", "neighbour",          "GP",
        "none",         "mummified",     "Motherwell FC coach"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(family) + G_N_ELEMENTS(others); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonWriter) writer = {0};
        bool is_family = i < G_N_ELEMENTS(family);

        bench_build(&bench, "form=lado-professional");
        bench_answer(&bench, "referrer.relationship",
                     is_family ? family[i] : others[i - G_N_ELEMENTS(family)]);
        daemon_writer_weigh(&bench.mail, &writer);
        assert_int_equal(writer.family, is_family);
    }
}

/* A question about the writer that no definition knows still speaks for a family. */
static void
test_other_answers(void **fixture)
{
    /* clang-format off */
    static const struct { const char *label, *value; bool family; } rows[] = {
        { "Your relationship to the young person", "Mum",    true },
        { "Are you a parent or carer?",            "\u2612", true },
        { "How do you know the child?",            "I am his grandfather", true },
        { "Your role",                             "Head of year", false },
        { "Have you informed the parents?",        "Yes",    false },
        { "Household member 1",                    "Mother", false },
        { "Are you a parent or carer?",            "No",     false },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Bench) bench = {0};
        g_auto(DaemonWriter) writer = {0};
        ParsersForm *form;

        bench_build(&bench, SCHOOL "form=lado-professional");
        form = bench.findings->forms->pdata[0];
        g_ptr_array_add(form->others, parsers_field_new(rows[i].label, rows[i].value, rows[i].value,
                                                        "page 1", 1.0));
        daemon_writer_weigh(&bench.mail, &writer);
        assert_int_equal(writer.family, rows[i].family);
        assert_int_equal(writer.certain, !rows[i].family);
    }
}

/* Both sides are listed. */
static void
test_reasons(void **fixture)
{
    g_auto(Bench) bench = {0};
    g_auto(DaemonWriter) writer = {0};

    (void)fixture;
    bench_build(&bench, SCHOOL "form=lado-parent; says-parent; professional-role");
    daemon_writer_weigh(&bench.mail, &writer);
    assert_int_equal(writer.reasons->len, 4);
    assert_true(writer.family && writer.role);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_relationships),
        cmocka_unit_test(test_other_answers),
        cmocka_unit_test(test_reasons),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
