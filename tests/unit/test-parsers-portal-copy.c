/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-portal-copy.c - print-outs of the portal, and forms that only mention it.
 */
#include "config.h"

#include "forms-help.h"

#include "parsers/portal-copy.h"

static bool
is_copy(const char *text)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(parsers_limits_default());

    help_lines(document, text);
    return parsers_portal_copy(document);
}

static void
test_copies(void **fixture)
{
    (void)fixture;
    assert_true(is_copy("Example Integrated Children's Services\nLADO referral\n"
                        "Submitted on 3 May 2024 at 10:12\nYour name\nAnn"));
    assert_true(is_copy("\nExample Children\xe2\x80\x99s Portal\n\nSubmission reference: 4711"));
}

static void
test_others(void **fixture)
{
    (void)fixture;
    /* Not submitted; submitted to something else; only mentioned; far down. */
    assert_false(is_copy("Example Children's Portal\nLADO referral\nYour name"));
    assert_false(is_copy("LADO referral form\nSubmitted by\nAnn"));
    assert_false(is_copy("LADO referral form\nProfessionals must use the Integrated Children's "
                         "Services Portal\nSubmitted by: Ann"));
    assert_false(is_copy("Form\nPlease see the Children's Portal.\nSubmitted by: Ann"));
    assert_false(is_copy("1\n2\n3\n4\n5\n6\nExample Children's Portal\nSubmitted on 3 May"));
    assert_false(is_copy(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
