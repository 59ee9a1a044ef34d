/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-address.c - what is one plain address, and what is not.
 *
 * Source:   RFC 5321 section 4.1.2
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "templates/address.h"

/* Only what is safe in a header and in an SMTP command. */
static void
test_plain(void **fixture)
{
    static const char *const plain[] = {"a@b.uk", "o'neil+x@mail.b.co.uk", "a.b-c_d=e@x-y.uk"};
    static const char *const others[] = {"",
                                         "a",
                                         "@b.uk",
                                         "a@",
                                         "a@b",
                                         "a@b@c.uk",
                                         "a b@c.uk",
                                         "a@b.uk\r\nBcc: x@y.uk",
                                         "a\n@b.uk",
                                         "a@b.uk\t",
                                         "<a@b.uk>",
                                         "a@b.uk,c@d.uk",
                                         "\"a\"@b.uk",
                                         "a@[192.0.2.1]",
                                         "a@.uk",
                                         "a@-b.uk",
                                         "a@b.uk.",
                                         "a\\@b.uk",
                                         "z\xc3\xa9@b.uk",
                                         "a;b@c.uk",
                                         "a@b.uk\x7f",
                                         "a:b@c.uk",
                                         "(x)a@b.uk"};
    g_autofree char *long_one = g_strnfill(250, 'a');
    g_autofree char *too_long = g_strconcat(long_one, "@b.uk", NULL);

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
        assert_true(templates_address_is_plain(plain[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(templates_address_is_plain(others[i]));
    assert_false(templates_address_is_plain(too_long));
}

static void
test_domains(void **fixture)
{
    static const char *const good[] = {"a.b", "Kent.gov.uk", "x-y.1a.org"};
    static const char *const bad[] = {"",     "uk",   ".uk",   "a.",   "a..b",
                                      "-a.b", "a-.b", "a_b.c", "a b.c"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        assert_true(templates_address_is_domain(good[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(templates_address_is_domain(bad[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain),
                                       cmocka_unit_test(test_domains)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
