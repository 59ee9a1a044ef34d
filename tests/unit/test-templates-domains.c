/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-domains.c - a council's list of domains, and whose a domain is.
 *
 * Source:   doc/deciding.md, "Who wrote it"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "templates/domains.h"

/* Load a list from a folder of its own; the message of the error, or NULL; the caller frees. */
static char *
load(const char *text, TemplatesDomains **out_domains)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "domains.list", NULL);
    g_autoptr(GError) error = NULL;
    bool good;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    good = templates_domains_load(folder, out_domains, &error);
    g_remove(path);
    g_rmdir(folder);
    assert_int_equal(good, error == NULL);
    return error != NULL ? g_strdup(error->message) : NULL;
}

static void
test_kinds(void **fixture)
{
    static const struct {
        const char *domain;
        TemplatesDomainKind kind;
        const char *entry;
    } cases[] = {
        {"sch.uk", TEMPLATES_DOMAIN_PROFESSIONAL, "sch.uk"},
        {"Brook.Kent.SCH.UK", TEMPLATES_DOMAIN_PROFESSIONAL, "sch.uk"},
        {"pupils.brook.kent.sch.uk", TEMPLATES_DOMAIN_PUBLIC, "pupils.brook.kent.sch.uk"},
        {"a.pupils.brook.kent.sch.uk", TEMPLATES_DOMAIN_PUBLIC, "pupils.brook.kent.sch.uk"},
        {"mail.example", TEMPLATES_DOMAIN_FREE_MAIL, "mail.example"},
        {"evil-sch.uk", TEMPLATES_DOMAIN_UNKNOWN, NULL},
        {"sch.uk.example", TEMPLATES_DOMAIN_UNKNOWN, NULL},
        {"sch.uk.", TEMPLATES_DOMAIN_UNKNOWN, NULL},
        {"uk", TEMPLATES_DOMAIN_UNKNOWN, NULL},
        {"", TEMPLATES_DOMAIN_UNKNOWN, NULL},
    };
    g_autoptr(TemplatesDomains) domains = NULL;
    g_autofree char *why = load("# ours\n\nprofessional sch.uk # all of them\r\n"
                                "public\tPupils.Brook.Kent.sch.uk\n  free-mail   mail.example",
                                &domains);

    (void)fixture;
    assert_null(why);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *entry = NULL;

        assert_int_equal(templates_domains_find(domains, cases[i].domain, &entry), cases[i].kind);
        assert_int_equal(g_strcmp0(entry, cases[i].entry), 0);
    }
    assert_int_equal(templates_domains_find(NULL, "sch.uk", NULL), TEMPLATES_DOMAIN_UNKNOWN);
}

static void
test_broken(void **fixture)
{
    static const struct {
        const char *text, *place;
    } cases[] = {
        {"# x\nprofesional sch.uk\n", "domains.list:2: the kind"},
        {"professional\n", "domains.list:1: a domain"},
        {"professional uk\n", "domains.list:1: a domain"},
        {"professional sch.uk nhs.uk\n", "domains.list:1: a domain"},
        {"professional *.sch.uk\n", "domains.list:1: a domain"},
        {"professional a@sch.uk\n", "domains.list:1: a domain"},
        {"professional sch.uk\npublic SCH.uk\n", "domains.list:2: SCH.uk is there twice"},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(TemplatesDomains) domains = NULL;
        g_autofree char *why = load(cases[i].text, &domains);

        assert_null(domains);
        assert_non_null(strstr(why, cases[i].place));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kinds), cmocka_unit_test(test_broken)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
