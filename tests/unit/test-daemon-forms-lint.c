/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-forms-lint.c - each thing that is said of a form's file, with its line.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <glib/gstdio.h>

#include "daemon/forms-lint.h"

#define HEAD "form test\nshown Test form\ntitle Test form\nevidence 3 test\n"
#define SECTION "section referrer\n  shown About you\n  heading About you\n"
#define NAME "  field referrer.name\n    shown Your name\n    type name\n    label Your name\n"

/* Lint a form beside which a file with that name may lie; the caller frees. */
static GPtrArray *
lint(const char *text, guint *out_mistakes)
{
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "test.form", NULL);
    g_autoptr(DaemonFormsFiles) files = NULL;
    GPtrArray *remarks = NULL;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_true(daemon_forms_load(NULL, path, &files, NULL));
    remarks = daemon_forms_lint(files, out_mistakes);
    g_unlink(path);
    g_rmdir(folder);
    return remarks;
}

/* Expect a remark at a line that begins so. */
static void
expect(const char *text, guint line, bool mistake, const char *begins)
{
    guint mistakes = 0;
    g_autoptr(GPtrArray) remarks = lint(text, &mistakes);

    for (guint i = 0; i < remarks->len; i++) {
        const DaemonFormsRemark *remark = remarks->pdata[i];

        if (remark->line == line && remark->mistake == mistake &&
            g_str_has_prefix(remark->text, begins) && g_str_has_suffix(remark->file, "/test.form"))
            return;
        print_message("line %u: %s\n", remark->line, remark->text);
    }
    fail_msg("line %u: not said: %s", line, begins);
}

static void
test_good(void **fixture)
{
    guint mistakes = 0;
    g_autoptr(GPtrArray) remarks = lint(HEAD SECTION NAME, &mistakes);

    assert_int_equal(mistakes, 0);
    assert_int_equal(remarks->len, 0);
}

/* The first mistake does not hide the second. */
static void
test_all_mistakes(void **fixture)
{
    static const char text[] = HEAD "colour red\n" SECTION NAME "    type nome\n";

    expect(text, 5, true, "there is no such keyword: colour");
    expect(text, 13, true, "there is no such type: nome");
}

static void
test_head(void **fixture)
{
    expect("form test\n" SECTION NAME, 0, true, "no \"title\"");
    expect("form test\ntitle T\n" SECTION NAME, 0, true, "no \"shown\"");
    expect("form test\nshown T\ntitle T\n" SECTION NAME, 0, false, "no \"evidence\"");
    expect("form test\nshown Quite another\ntitle Test form\nevidence 3 t\n" SECTION NAME, 0, false,
           "\"shown\" is none of the titles");
    expect(HEAD "asks 2 adult.name\n" SECTION NAME, 5, true, "\"asks\" names adult.name");
    expect(HEAD "include gone.form\n" SECTION NAME, 5, true, "the included file is not there");
}

static void
test_keys(void **fixture)
{
    expect(HEAD SECTION "  field referrer.nmae\n    shown N\n    label N\n", 8, true,
           "unknown key referrer.nmae; was referrer.name meant?");
    expect(HEAD SECTION "  field referrer.shoes\n    shown N\n    label N\n", 8, true,
           "unknown key referrer.shoes: this group");
    expect(HEAD SECTION "  field pet.breed\n    shown N\n    label N\n", 8, false,
           "pet.breed begins a group");
    expect(HEAD SECTION "  field child.N.name\n    shown N\n    label N\n", 8, true,
           "child.N.name has a number");
}

static void
test_fields(void **fixture)
{
    expect(HEAD SECTION "  field referrer.name\n    shown Your name\n", 8, true,
           "referrer.name has neither");
    expect(HEAD SECTION "  field referrer.name\n    label Your name\n", 8, true,
           "referrer.name has no \"shown\"");
    expect(HEAD SECTION NAME
           "  field referrer.phone\n    shown Phone\n    label Phone | Your name\n",
           14, true, "\"Your name\" is a label of referrer.name too, in line 11");
    expect(HEAD SECTION
           "  field incident.category\n    shown Kind\n    label Kind\n    type choice\n",
           8, true, "incident.category is a choice without");
    expect(HEAD SECTION NAME
           "  field referrer.first_name\n    label First\n    joins referrer.nom\n",
           14, true, "\"joins\" names referrer.nom");
    expect(HEAD SECTION "  field referrer.name\n    shown Quite other words\n    label Your name\n",
           9, false, "\"Quite other words\" is not understood as referrer.name");
}

static void
test_sections(void **fixture)
{
    expect(HEAD "section referrer\n  heading About you\n" NAME, 5, true,
           "section referrer has no \"shown\"");
    expect(HEAD "section referrer\n  shown You\n" NAME, 5, false,
           "section referrer has no \"heading\"");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),   cmocka_unit_test(test_all_mistakes),
        cmocka_unit_test(test_head),   cmocka_unit_test(test_keys),
        cmocka_unit_test(test_fields), cmocka_unit_test(test_sections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
