/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-kit.c - templates are read once, and say the same each time.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "templates/autoptr.h"
#include "templates/kit.h"
#include "tests/unit/templates-help.h"

static void
remove_own(const char *folder)
{
    static const char *const files[] = {"mails/en/a.txt",
                                        "mails/en/a.html",
                                        "mails/en/p.txt",
                                        "mails/en/p.html",
                                        "mails/en",
                                        "mails",
                                        ""};

    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);

        g_remove(path);
    }
}

static void
expect(TemplatesKit *kit, const char *suffix, const char *x, const char *expected)
{
    g_autofree char *path = templates_kit_path(kit, "a", suffix);
    g_autofree char *text = NULL;
    g_autoptr(json_t) data = json_pack("{s:s}", "x", x);

    assert_true(templates_kit_fill_in(kit, path, data, &text, NULL));
    assert_string_equal(text, expected);
}

/* A partial with another indent, or of another kind, is another text. */
static void
test_once(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autoptr(TemplatesKit) kit = templates_kit_new(folder, NULL, NULL);

    (void)fixture;
    write_own(folder, "a.txt", "{{x}}\n{{>p}}\n  {{>p}}\n");
    write_own(folder, "a.html", "{{x}}{{>p}}");
    write_own(folder, "p.txt", "1\n2\n");
    write_own(folder, "p.html", "<{{x}}>");
    for (guint i = 0; i < 3; i++) {
        expect(kit, ".txt", "a<", "a<\n1\n2\n  1\n  2\n");
        expect(kit, ".html", "<", "&lt;<&lt;>");
        expect(kit, ".txt", "b", "b\n1\n2\n  1\n  2\n");
        remove_own(folder);
    }
}

/* One that is broken is not remembered as read. */
static void
test_broken(void **fixture)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autoptr(TemplatesKit) kit = templates_kit_new(folder, NULL, NULL);
    g_autoptr(json_t) data = json_object();
    char *text = NULL;

    (void)fixture;
    write_own(folder, "a.txt", "{{#x}}");
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GError) error = NULL;

        assert_false(templates_kit_fill_in(kit, "mails/en/a.txt", data, &text, &error));
        assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_SYNTAX));
    }
    write_own(folder, "a.txt", "{{x}}.");
    expect(kit, ".txt", "y", "y.");
    remove_own(folder);
}

static void
test_contacts(void **fixture)
{
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(TemplatesKit) kit = templates_kit_new(NULL, NULL, own);
    json_t *contacts = NULL, *again = NULL;

    (void)fixture;
    g_hash_table_insert(own, (char *)"urgent-phone", (char *)"+44 1234 567");
    assert_true(templates_kit_contacts(kit, &contacts, NULL));
    assert_string_equal(json_string_value(json_object_get(contacts, "urgent-phone-link")),
                        "+441234567");
    assert_true(templates_kit_contacts(kit, &again, NULL));
    assert_ptr_equal(contacts, again);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_contacts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
