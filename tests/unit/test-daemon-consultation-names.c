/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-consultation-names.c - what looks as if it named a child, and what not.
 *
 * Source:   doc/consultations.md
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/consultation-names.h"

#define AT (G_GINT64_CONSTANT(1772700000) * G_USEC_PER_SEC) /* March 2026 */

/* What is found in a summary, as "kind: words" joined by "; "; the caller frees. */
static char *
find(const char *summary)
{
    DaemonConsultation consultation = {.name = (char *)"Jo Whitfield",
                                       .organisation = (char *)"Marsh Lane Primary School",
                                       .adviser = (char *)"Priya Nair",
                                       .summary = (char *)summary};
    g_autoptr(GPtrArray) names = daemon_consultation_names_find(&consultation, AT);
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++) {
        const DaemonConsultationName *name = names->pdata[i];

        g_string_append_printf(all, "%s%s: %s", i > 0 ? "; " : "", name->what, name->words);
    }
    return g_string_free(all, FALSE);
}

static void
test_found(void **fixture)
{
    static const struct {
        const char *summary, *found;
    } cases[] = {
        {"She spoke of Sam Ashdown at length.", "a name: Sam Ashdown"},
        {"Then Sam Ashdown cried.", "a name: Sam Ashdown"},
        {"A boy called Tyrese was upset.", "a name: Tyrese"},
        {"The child, Ana-Maria, was upset.", "a name: Ana-Maria"},
        {"Mrs Okafor rang about her daughter.", "a name: Mrs Okafor"},
        {"He said that mr Okafor rang.", "a name: Okafor"},
        {"Seán O’Brien was there.", "a name: Seán O’Brien"},
        {"DOB 3/4/17.", "a date of birth: DOB 3/4/17"},
        {"It was 03/04/2017 then.", "a date of birth: 03/04/2017"},
        {"It was 3rd April 2017 then.", "a date of birth: 3rd April 2017"},
        {"It was 2017-04-03 then.", "a date of birth: 2017-04-03"},
        {"A pupil aged 9 said so.", "an age: aged 9"},
        {"A nine and a 9-year-old.", "an age: 9-year-old"},
        {"The number is 943 476 5919.", "an NHS number: 943 476 5919"},
        {"The number is A823432108005.", "a pupil number: A823432108005"},
        {"They live at ME14 1XX now.", "a post code: ME14 1XX"},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = find(cases[i].summary);

        assert_string_equal(found, cases[i].found);
    }
}

static void
test_not_found(void **fixture)
{
    static const char *const summaries[] = {
        "",
        "Jo Whitfield of Marsh Lane asked. Priya Nair advised to wait.",
        "Advised to speak to the parents and the Front Door if it goes on.",
        "Early Help was offered. Kent Police were told on Monday 2 March.",
        "It began on 20/02/2026. The meeting is on 2 March 2026.",
        "The father, aged 41, works at a Primary School.",
        "The number is 943 476 5918, or 03000 41 11 11.",
        "Level 3 of the Threshold document. A Year 5 pupil.",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(summaries); i++) {
        g_autofree char *found = find(summaries[i]);

        assert_string_equal(found, "");
    }
}

/* However much there is, the list ends, and the search does. */
static void
test_much(void **fixture)
{
    g_autoptr(GString) summary = g_string_new(NULL);
    g_autofree char *found = NULL;
    g_auto(GStrv) parts = NULL;

    (void)fixture;
    for (guint i = 0; i < 800; i++)
        g_string_append_printf(summary, "Aa%c%c Bb%c%c. ", 'a' + (int)(i % 26),
                               'a' + (int)(i / 26 % 26), 'a' + (int)(i % 26), 'b');
    found = find(summary->str);
    parts = g_strsplit(found, "; ", -1);
    assert_int_equal(g_strv_length(parts), 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_found),
                                       cmocka_unit_test(test_not_found),
                                       cmocka_unit_test(test_much)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
