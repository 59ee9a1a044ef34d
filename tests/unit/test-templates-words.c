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

static const char *const templates[] = {"acknowledgement", "holding", "redirection"};

static TemplatesReply
sample(const char *template, gint64 now)
{
    return (TemplatesReply){.template = template,
                            .reference = "LADO-7K3M-Q9TR",
                            .received = IN_HOURS,
                            .now = now,
                            .service = "County <LADO> Service",
                            .portal_url = "https://portal.example.org/lado?a=1&b=2"};
}

static void
make(TemplatesReply reply, TemplatesWords *words)
{
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(GError) error = NULL;

    assert_true(templates_calendar_load(NULL, "Europe/London", NULL, &calendar, NULL));
    reply.calendar = calendar;
    if (!templates_words_make(&reply, words, &error))
        fail_msg("%s", error->message);
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
    reply.contacts = contacts;
    make(reply, &words);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_acknowledgement), cmocka_unit_test(test_redirection),
        cmocka_unit_test(test_holding),         cmocka_unit_test(test_out_of_hours),
        cmocka_unit_test(test_neutral),         cmocka_unit_test(test_short_lines),
        cmocka_unit_test(test_own_contacts),    cmocka_unit_test(test_no_reference),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
