/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-audit-words.c - the audit reads as sentences, and hides nothing.
 *
 * Source:   daemon/review-audit-words.h
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "daemon/review-audit-words.h"

/* The lines, a bar between them. */
static char *
join(GPtrArray *lines)
{
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? " | " : "", (const char *)lines->pdata[i]);
    g_ptr_array_unref(lines);
    return g_string_free(all, FALSE);
}

/* clang-format off */
static const struct { const char *detail, *lines; } cases[] = {
    { NULL, "" },
    { "{}", "" },
    { "{\"action\":\"accept\",\"reply\":\"acknowledgement\",\"attempts\":1,\"record\":4,"
      "\"reference\":\"LADO-7K3M-Q9TR\",\"rules\":[\"x\"],\"content\":\"00ff\"}",
      "Referral | Reply: Acknowledgement | LADO-7K3M-Q9TR" },
    { "{\"action\":\"attach\",\"reply\":\"none\",\"attempts\":2,\"record\":4,\"with\":3,\"alert\":true}",
      "Filed with another | No reply | Read 2 times | Filed with item 3 | Whoever is on duty is alerted" },
    { "{\"form\":0,\"key\":\"child.1.known_as\",\"version\":2}", "Answer: child 1 known as | Version 2 of it" },
    { "{\"form\":1,\"key\":\"adult.name\",\"version\":1}",
      "Form 2 of it | Answer: adult name | Version 1 of it" },
    { "{\"form\":\"pdf\"}", "as a PDF" },
    { "{\"found\":3}", "3 found" },
    { "{\"what\":\"not-told\",\"mail\":5,\"reply\":0}", "The person who wrote has not been told | Mail 5" },
    { "{\"mail\":5,\"state\":\"sent\",\"unsure\":1}",
      "Mail 5 | It was not certain before whether it had arrived" },
    { "new uidvalidity=1 first-uid=7", "new uidvalidity=1 first-uid=7" }, /* not JSON: as it stands */
    { "{\"later\":[1,2],\"action\":7}", "later: [1,2] | action: 7" },     /* of another version */
    { "[1]", "[1]" },
};
/* clang-format on */

static void
test_lines(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *lines = join(daemon_review_audit_lines(cases[i].detail));

        assert_string_equal(lines, cases[i].lines);
    }
}

static void
test_rules(void **state)
{
    g_autofree char *known = join(daemon_review_audit_rules("{\"rules\":[\"split-by-staff\"]}"));
    g_autofree char *other = join(daemon_review_audit_rules("{\"rules\":[\"of-tomorrow\",3]}"));
    g_autofree char *none = join(daemon_review_audit_rules("no json"));

    (void)state;
    assert_non_null(strchr(known, ' '));
    assert_string_equal(other, "of-tomorrow");
    assert_string_equal(none, "");
}

static void
test_who_and_what(void **state)
{
    g_autofree char *item = daemon_review_audit_what("record:12");
    g_autofree char *mailbox = daemon_review_audit_what("mailbox:lado-parents");
    g_autofree char *strange = daemon_review_audit_what("moon:1");

    (void)state;
    assert_string_equal(daemon_review_audit_who("intake"), "Postern, deciding");
    assert_string_equal(daemon_review_audit_who("alice"), "alice");
    assert_string_equal(item, "Item 12");
    assert_string_equal(mailbox, "Mailbox lado-parents");
    assert_string_equal(strange, "moon:1");
    assert_int_equal(daemon_review_audit_item("record:12", NULL), 12);
    assert_int_equal(daemon_review_audit_item("mail:3", "{\"record\":4}"), 4);
    assert_int_equal(daemon_review_audit_item("mail:3", "{\"record\":\"4\"}"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_who_and_what),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
