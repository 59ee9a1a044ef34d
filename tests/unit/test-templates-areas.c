/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-areas.c - councils next door by post code and place, as people write
 * them.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/areas.h"
#include "templates/autoptr.h"

/* clang-format off */
static const struct {
    const char *postcode, *address, *area;
} addresses[] = {
    { "ME7 1AA", NULL,                              "Medway" },
    { "me71aa", NULL,                               "Medway" },
    { "ME4  4AA", NULL,                             "Medway" },
    { "ME7 IAA", NULL,                              "Medway" },
    { "MEI 1AA", NULL,                              "Medway" },
    { "ME5", NULL,                                  "Medway" },
    { "ME7 1AA (her dad's)", NULL,                  "Medway" },
    { NULL, "1 High Street, Chatham, Kent ME4 4AA", "Medway" },
    { NULL, "1 High Street, Chatham, Kent",         "Medway" },
    { NULL, "12 The Street, somewhere, me8.",       "Medway" },
    { NULL, "Gillingham",                           "Medway" },
    { NULL, "Hoo St Werburgh",                      "Medway" },
    { "DA16 3AA", NULL,                             "Bexley" },
    { "TN34 1AA", NULL,                             "East Sussex" },
    { "ME6 5AA", NULL,                              NULL },
    { "ME10 1AA", NULL,                             NULL },
    { "MEIO 1AA", NULL,                             NULL },
    { "ME14 1XX", NULL,                             NULL },
    { "CT1 1AA", NULL,                              NULL },
    { "DA1 1AA", NULL,                              NULL },
    { "BR8 7AA", NULL,                              NULL },
    /* of a district that two councils share, the villages that are ours */
    { "ME1 3AA", "2 Church Street, Burham",         NULL },
    { NULL, "Rainham, Essex",                       NULL },
    { NULL, "Gillingham, Dorset SP8 4AA",           NULL },
    { NULL, "Gillingham, Dorset",                   NULL },
    /* the post code is stronger than a street that is named after a town */
    { NULL, "Rochester Road, Gravesend DA12 2AA",   NULL },
    { NULL, "5 Rochester Road, Gravesend",          NULL },
    { "CT11 7AA", "Chatham Street",                 NULL },
    { NULL, "Maidstone, Kent",                      NULL },
    { NULL, "Mrs Halling, Maidstone",               NULL },
    { NULL, NULL,                                   NULL },
    { "", "",                                       NULL },
    { "SOME7 1AAB", NULL,                           NULL },
    { "not known", "same as above",                 NULL },
};

static const struct {
    const char *words, *area;
} stories[] = {
    { "We live in Gillingham and it happened at the club there.", "Medway" },
    { "It was to Ian. We are at 3 Hill View, ME8 0AA.",           "Medway" },
    { "Mr Rochester shouted at him in Dover.",                    NULL },
    { "It was in Chatham Road in Maidstone.",                     NULL },
    { "He is 5 and in year 1.",                                   NULL },
    { "me 1 and my son",                                          NULL },
    { "",                                                         NULL },
};
/* clang-format on */

static TemplatesAreas *
load(void)
{
    TemplatesAreas *areas = NULL;
    g_autoptr(GError) error = NULL;

    if (!templates_areas_load(NULL, &areas, &error))
        fail_msg("%s", error->message);
    return areas;
}

static void
test_addresses(void **fixture)
{
    g_autoptr(TemplatesAreas) areas = load();

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
        const char *area =
            templates_areas_of_address(areas, addresses[i].postcode, addresses[i].address);

        if (g_strcmp0(area, addresses[i].area) != 0)
            fail_msg("%s, %s: %s", addresses[i].address, addresses[i].postcode, area);
    }
}

static void
test_words(void **fixture)
{
    g_autoptr(TemplatesAreas) areas = load();

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(stories); i++) {
        const char *area = templates_areas_of_words(areas, stories[i].words);

        if (g_strcmp0(area, stories[i].area) != 0)
            fail_msg("%s: %s", stories[i].words, area);
    }
}

static void
test_contacts(void **fixture)
{
    g_autoptr(TemplatesAreas) areas = load();
    g_autoptr(json_t) medway = templates_areas_contacts(areas, "Medway");
    g_autoptr(json_t) none = templates_areas_contacts(areas, "Atlantis");
    g_autoptr(json_t) nothing = templates_areas_contacts(NULL, "Medway");

    (void)fixture;
    assert_string_equal(json_string_value(json_object_get(medway, "lado-phone")), "01634 331 065");
    assert_string_equal(json_string_value(json_object_get(none, "lado-phone")), "");
    assert_string_equal(json_string_value(json_object_get(none, "name")), "");
    assert_string_equal(json_string_value(json_object_get(nothing, "name")), "");
    assert_string_equal(templates_areas_first(areas), "Medway");
}

/* A council's own file, and what is wrong with it. */
static void
test_own_file(void **fixture)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"{\n\"areas\": [\n}", "areas.json:3: "},
        {"{}", "there is no list \"areas\""},
        {"{\"areas\": [{}]}", "area 1 has no name"},
        {"{\"areas\": [{\"name\": \"A\"}, {\"name\": \"B\", \"lado-phone\": 7}]}",
         "area 2: \"lado-phone\""},
        {"{\"areas\": [{\"name\": \"A\", \"district\": [\"ME1\"]}]}", "area 1: \"district\""},
        {"{\"areas\": [{\"name\": \"A\", \"places\": [\"\"]}]}", "area 1: \"places\""},
        {"{\"areas\": []}", NULL},
        {"{\"areas\": [{\"name\": \"A\", \"places\": [\"Nether (Upper)\"]}]}", NULL},
    };
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "areas.json", NULL);

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TemplatesAreas) areas = NULL;
        g_autoptr(GError) error = NULL;

        assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        assert_int_equal(templates_areas_load(folder, &areas, &error), cases[i].expected == NULL);
        if (error != NULL && strstr(error->message, cases[i].expected) == NULL)
            fail_msg("\"%s\" does not say %s", error->message, cases[i].expected);
    }
    g_remove(path);
    g_rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_contacts),
        cmocka_unit_test(test_own_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
