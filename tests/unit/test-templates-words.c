/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-words.c - what each reply says, in hours and out of hours.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/words.h"

/* Tuesday 5 March 2024 at 10:05, and Thursday 28 March 2024 at 18:00, the evening before Easter. */
#define IN_HOURS (G_GINT64_CONSTANT(1709633100) * G_USEC_PER_SEC)
#define OUT_OF_HOURS (G_GINT64_CONSTANT(1711648800) * G_USEC_PER_SEC)

/* Good Friday 2024 at noon. */
#define GOOD_FRIDAY (G_GINT64_CONSTANT(1711713600) * G_USEC_PER_SEC)

/* What families and professionals get; an alert is for staff. */
static const char *const templates[] = {"acknowledgement", "holding", "holding-unopened",
                                        "holding-blank", "redirection"};

static TemplatesReply
sample(const char *template, gint64 now)
{
    const char *base = NULL, *variant = NULL;

    assert_true(templates_reply_parse(template, &base, &variant));
    return (TemplatesReply){.template = base,
                            .variant = variant,
                            .reference = "LADO-7K3M-Q9TR",
                            .received = IN_HOURS,
                            .now = now,
                            .service = "County <LADO> Service",
                            .portal_url = "https://portal.example.org/lado?a=1&b=2"};
}

static void
make_with(TemplatesReply reply, GHashTable *contacts, TemplatesWords *words)
{
    static const char *const closures[] = {"2024-12-27", NULL};
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(TemplatesAreas) areas = NULL;
    g_autoptr(TemplatesKit) kit = templates_kit_new(NULL, NULL, contacts);
    g_autoptr(GError) error = NULL;

    assert_true(templates_calendar_load(NULL, "Europe/London", closures, &calendar, NULL));
    assert_true(templates_areas_load(NULL, &areas, NULL));
    reply.calendar = calendar;
    reply.areas = areas;
    if (!templates_words_make(&reply, kit, words, &error))
        fail_msg("%s", error->message);
}

static void
make(TemplatesReply reply, TemplatesWords *words)
{
    make_with(reply, NULL, words);
}

/* Whether a text has another, white space of any kind taken as one space. */
static bool
says(const char *text, const char *wanted)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \r\n\t", -1);
    g_autoptr(GString) flat = g_string_new(NULL);

    for (guint i = 0; words[i] != NULL; i++)
        if (words[i][0] != '\0')
            g_string_append_printf(flat, "%s%s", flat->len > 0 ? " " : "", words[i]);
    return strstr(flat->str, wanted) != NULL;
}

static void
expect(const char *text, const char *const *wanted)
{
    for (; *wanted != NULL; wanted++)
        if (!says(text, *wanted))
            fail_msg("\"%s\" is missing in:\n%s", *wanted, text);
}

static void
test_acknowledgement(void **fixture)
{
    static const char *const text[] = {"We have received your email",
                                       "Reference: LADO-7K3M-Q9TR",
                                       "Received: Tuesday 5 March 2024 at 10:05am",
                                       "automatic message",
                                       "Nobody has read your email yet",
                                       "the LADO on duty",
                                       "Someone may contact you.",
                                       "Nothing has been decided",
                                       "Phone 999",
                                       "03000 41 11 11",
                                       "03000 41 91 91",
                                       "Evenings, nights, weekends and bank holidays",
                                       "only need to send it again if we ask",
                                       "Keep the reference LADO-7K3M-Q9TR",
                                       "https://www.kent.gov.uk/",
                                       "a child may be at risk",
                                       "0808 800 5000",
                                       "0800 1111",
                                       "interpreter",
                                       NULL};
    g_auto(TemplatesWords) words = {0};

    (void)fixture;
    make(sample("acknowledgement", IN_HOURS), &words);
    assert_string_equal(words.subject, "We have received your email (reference LADO-7K3M-Q9TR)");
    expect(words.text, text);
    assert_false(says(words.text, "not read until"));
    assert_true(strstr(words.text, "999") > strstr(words.text, "We have received"));
}

/* Whoever sends it from the staff pages has read the mail. */
static void
test_by_hand(void **fixture)
{
    static const char *const names[] = {"acknowledgement", "holding", "redirection"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_auto(TemplatesWords) machine = {0}, person = {0};
        TemplatesReply reply = sample(names[i], IN_HOURS);

        make(reply, &machine);
        reply.by_hand = true;
        make(reply, &person);
        assert_true(says(machine.text, "automatic") && says(machine.html, "automatic"));
        assert_false(says(person.text, "automatic") || says(person.html, "automatic"));
        assert_false(says(person.text, "Nobody has") || says(person.html, "Nobody has"));
        assert_null(strstr(person.text, "\n\n\n"));
    }
}

static void
test_redirection(void **fixture)
{
    static const char *const both[] = {"Since 16 April 2023",
                                       "Choose the",
                                       "Do not choose the Request for Support",
                                       "a message that says we have your referral",
                                       "Never make up a detail",
                                       "one working day",
                                       "does not stop that clock",
                                       "999",
                                       "03000 41 11 11",
                                       "03000 41 91 91",
                                       "No Named consultation",
                                       "10am to 4pm, Monday to Friday, not bank holidays",
                                       "Reply to this email and say so",
                                       "03000 41 08 88",
                                       NULL};
    g_auto(TemplatesWords) words = {0};

    (void)fixture;
    make(sample("redirection", IN_HOURS), &words);
    assert_true(says(words.text, "YOUR EMAIL HAS NOT BEEN PROCESSED AS A REFERRAL"));
    assert_true(says(words.html, "Your email has not been processed as a referral"));
    expect(words.text, both);
    expect(words.html, both);
    assert_true(says(words.text, "https://portal.example.org/lado?a=1&b=2"));
    assert_true(says(words.html, "href=\"https://portal.example.org/lado?a=1&amp;b=2\""));
}

static void
test_holding(void **fixture)
{
    static const char *const both[] = {"A person will look at your email",
                                       "LADO-7K3M-Q9TR",
                                       "999",
                                       "03000 41 11 11",
                                       "03000 41 08 88",
                                       NULL};
    g_auto(TemplatesWords) words = {0};

    (void)fixture;
    make(sample("holding", IN_HOURS), &words);
    expect(words.text, both);
    expect(words.html, both);
}

/* Out of hours the numbers come first, and the day on which the mailbox is next read is told. */
static void
test_out_of_hours(void **fixture)
{
    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(templates); i++) {
        g_auto(TemplatesWords) words = {0};

        make(sample(templates[i], OUT_OF_HOURS), &words);
        assert_true(g_str_has_prefix(words.text, "IF A CHILD IS IN DANGER NOW"));
        assert_true(says(words.text, "not read until Tuesday 2 April 2024 at 8:30am"));
        assert_true(says(words.html, "Tuesday 2 April 2024 at 8:30am"));
        assert_true(strstr(words.html, "91 91") < strstr(words.html, "<h1>"));
    }
}

/* Nothing that a partner who reads the mail should not learn; nothing that is fetched or tracked.
 */
static void
test_neutral(void **fixture)
{
    static const char *const words_of_a_case[] = {"allegation", "abuse", "teacher", "accused"};
    static const char *const fetched[] = {"<img", "<script", "url(", "@import", "<link", "src="};

    (void)fixture;
    for (guint i = 0; i < 2 * G_N_ELEMENTS(templates); i++) {
        g_auto(TemplatesWords) words = {0};

        make(sample(templates[i / 2], i % 2 ? IN_HOURS : OUT_OF_HOURS), &words);
        for (guint k = 0; k < G_N_ELEMENTS(words_of_a_case); k++) {
            assert_null(strcasestr(words.subject, words_of_a_case[k]));
            assert_null(strcasestr(words.text, words_of_a_case[k]));
            assert_null(strcasestr(words.html, words_of_a_case[k]));
        }
        for (guint k = 0; k < G_N_ELEMENTS(fetched); k++)
            assert_null(strcasestr(words.html, fetched[k]));
        assert_non_null(strstr(words.html, "County &lt;LADO&gt; Service"));
        assert_non_null(strstr(words.text, "County <LADO> Service"));
    }
}

/* The lines a person reads are short, but for web addresses. */
static void
test_short_lines(void **fixture)
{
    (void)fixture;
    for (guint i = 0; i < 2 * G_N_ELEMENTS(templates); i++) {
        g_auto(TemplatesWords) words = {0};
        g_auto(GStrv) lines = NULL;

        make(sample(templates[i / 2], i % 2 ? IN_HOURS : OUT_OF_HOURS), &words);
        lines = g_strsplit(words.text, "\n", -1);
        for (guint k = 0; lines[k] != NULL; k++)
            if (strstr(lines[k], "https://") == NULL && g_utf8_strlen(lines[k], -1) > 76)
                fail_msg("too long: %s", lines[k]);
        assert_null(strstr(words.text, "\n\n\n"));
    }
}

/* A council's numbers go before the built-in ones; an empty one takes its lines away. */
static void
test_own_contacts(void **fixture)
{
    g_autoptr(GHashTable) contacts = g_hash_table_new(g_str_hash, g_str_equal);
    TemplatesReply reply = sample("acknowledgement", IN_HOURS);
    g_auto(TemplatesWords) words = {0};

    (void)fixture;
    g_hash_table_insert(contacts, (char *)"urgent-phone", (char *)"01234 567 890");
    g_hash_table_insert(contacts, (char *)"privacy-url", (char *)"");
    g_hash_table_insert(contacts, (char *)"response-time", (char *)"within one working day");
    make_with(reply, contacts, &words);
    assert_true(says(words.text, "01234 567 890"));
    assert_true(says(words.html, "tel:01234567890"));
    assert_false(says(words.text, "03000 41 11 11"));
    assert_false(says(words.text, "privacy notice"));
    assert_true(says(words.text, "Someone may contact you within one working day."));
}

static void
test_no_reference(void **fixture)
{
    TemplatesReply reply = sample("redirection", IN_HOURS);
    g_auto(TemplatesWords) words = {0};

    (void)fixture;
    reply.reference = NULL;
    make(reply, &words);
    assert_string_equal(words.subject, "Please use the portal: your email was not processed");
    assert_false(says(words.text, "Reference:"));
}

/* What could not be opened, and an empty form, are said so, with what helps, and no blame. */
static void
test_variants(void **fixture)
{
    static const char *const unopened[] = {"could not open",
                                           "You have done nothing wrong",
                                           "tell us by phone. Do not email it",
                                           "Nothing has been decided",
                                           "A person will look at your email",
                                           NULL};
    static const char *const blank[] = {
        "found no answers in the form",     "You have done nothing wrong",
        "tell us in your own words",        "You do not need the form",
        "A person will look at your email", NULL};
    static const gint64 times[] = {IN_HOURS, OUT_OF_HOURS, GOOD_FRIDAY};

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(times); i++) {
        g_auto(TemplatesWords) first = {0}, second = {0};

        make(sample("holding-unopened", times[i]), &first);
        make(sample("holding-blank", times[i]), &second);
        expect(first.text, unopened);
        expect(first.html, unopened);
        expect(second.text, blank);
        expect(second.html, blank);
        assert_string_equal(first.subject, second.subject);
    }
}

/* A bank holiday is named; a weekend, an evening and a day on which only the council closes are
 * not called one. */
static void
test_bank_holidays(void **fixture)
{
    /* clang-format off */
    static const struct { const char *at; bool holiday; const char *opens; } rows[] = {
        { "2024-03-29T12:00:00Z", true,  "Tuesday 2 April 2024 at 8:30am" },    /* Good Friday */
        { "2024-03-30T12:00:00Z", false, "Tuesday 2 April 2024 at 8:30am" },    /* its Saturday */
        { "2024-03-31T12:00:00Z", false, "Tuesday 2 April 2024 at 8:30am" },    /* clocks go on */
        { "2024-04-01T12:00:00Z", true,  "Tuesday 2 April 2024 at 8:30am" },    /* Easter Monday */
        { "2024-04-01T23:30:00Z", false, "Tuesday 2 April 2024 at 8:30am" },    /* 00:30 in Kent */
        { "2024-10-27T12:00:00Z", false, "Monday 28 October 2024 at 8:30am" },  /* clocks go back */
        { "2024-12-26T12:00:00Z", true,  "Monday 30 December 2024 at 8:30am" }, /* closed on 27 */
        { "2024-12-27T12:00:00Z", false, "Monday 30 December 2024 at 8:30am" },
        { "2026-12-28T12:00:00Z", true,  "Tuesday 29 December 2026 at 8:30am" }, /* substitute */
        { "2027-12-27T12:00:00Z", true,  "Wednesday 29 December 2027 at 8:30am" },
        { "2033-12-27T12:00:00Z", true,  "Wednesday 28 December 2033 at 8:30am" }, /* by rule */
    };
    /* clang-format on */

    (void)fixture;
    for (guint i = 0; i < 5 * G_N_ELEMENTS(rows); i++) {
        g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(rows[i / 5].at, NULL);
        g_autofree char *until = g_strconcat("not read until ", rows[i / 5].opens, NULL);
        g_auto(TemplatesWords) words = {0};

        make(sample(templates[i % 5], g_date_time_to_unix(at) * G_USEC_PER_SEC), &words);
        if (says(words.text, "Today is a bank holiday.") != rows[i / 5].holiday ||
            says(words.html, "Today is a bank holiday.") != rows[i / 5].holiday ||
            !says(words.text, until))
            fail_msg("%s, %s:\n%s", rows[i / 5].at, templates[i % 5], words.text);
    }
}

/* The clock of receipt and the clock of sending are two: what came at 16:59 and leaves at 17:00
 * says when it came, and that the office is closed. */
static void
test_received_and_sent(void **fixture)
{
    const gint64 minute = G_GINT64_CONSTANT(60) * G_USEC_PER_SEC;
    g_autoptr(GDateTime) five = g_date_time_new_from_iso8601("2024-07-02T16:00:00Z", NULL);
    gint64 at = g_date_time_to_unix(five) * G_USEC_PER_SEC;

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(templates); i++) {
        TemplatesReply reply = sample(templates[i], at - minute);
        g_auto(TemplatesWords) before = {0}, after = {0};

        reply.received = at - minute;
        make(reply, &before);
        reply.now = at;
        make(reply, &after);
        assert_true(says(before.text, "Tuesday 2 July 2024 at 4:59pm"));
        assert_false(says(before.text, "not read until"));
        assert_true(says(after.text, "Tuesday 2 July 2024 at 4:59pm"));
        assert_true(says(after.text, "not read until Wednesday 3 July 2024 at 8:30am"));
    }
}

/* The numbers of the council next door: the LADO's by workplace, the Front Door's by home, and none
 * where the file has none. */
static void
test_areas(void **fixture)
{
    (void)fixture;
    for (guint i = 0; i < 4 * G_N_ELEMENTS(templates); i++) {
        TemplatesReply reply = sample(templates[i / 4], i % 2 ? IN_HOURS : OUT_OF_HOURS);
        g_auto(TemplatesWords) words = {0};
        bool home = i % 4 < 2;

        if (home)
            reply.home_area = "Medway";
        else
            reply.work_area = "Medway";
        make(reply, &words);
        assert_int_equal(says(words.text, "01634 334 466"), home);
        assert_int_equal(says(words.html, "tel:01634334466"), home);
        assert_int_equal(says(words.text, "03000 419 191"), home);
        assert_int_equal(says(words.text, "01634 331 065"), !home);
        assert_int_equal(says(words.html, "tel:01634331065"), !home);
        assert_null(strstr(words.text, "\n\n\n"));
    }
    TemplatesReply none = sample("acknowledgement", IN_HOURS);
    g_auto(TemplatesWords) words = {0};

    none.home_area = none.work_area = "Bexley";
    make(none, &words);
    assert_false(says(words.text, "Bexley"));
    assert_false(says(words.text, "LIVES SOMEWHERE ELSE"));
}

/* For whoever is on duty: the reference, when it came, and where to look. */
static void
test_alert(void **fixture)
{
    g_autoptr(GHashTable) contacts = g_hash_table_new(g_str_hash, g_str_equal);
    TemplatesReply reply = sample("alert", OUT_OF_HOURS);
    g_auto(TemplatesWords) plain = {0}, linked = {0};

    (void)fixture;
    make(reply, &plain);
    assert_true(says(plain.text, "postern show LADO-7K3M-Q9TR"));
    g_hash_table_insert(contacts, (char *)"review-url",
                        (char *)"https://intake.example.org/record/");
    make_with(reply, contacts, &linked);
    assert_true(says(linked.text, "https://intake.example.org/record/LADO-7K3M-Q9TR"));
    assert_false(says(linked.text, "postern show"));
    assert_non_null(
        strstr(linked.html, "href=\"https://intake.example.org/record/LADO-7K3M-Q9TR\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acknowledgement), cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_redirection),     cmocka_unit_test(test_holding),
        cmocka_unit_test(test_out_of_hours),    cmocka_unit_test(test_neutral),
        cmocka_unit_test(test_short_lines),     cmocka_unit_test(test_own_contacts),
        cmocka_unit_test(test_no_reference),    cmocka_unit_test(test_variants),
        cmocka_unit_test(test_bank_holidays),   cmocka_unit_test(test_received_and_sent),
        cmocka_unit_test(test_areas),           cmocka_unit_test(test_alert),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
