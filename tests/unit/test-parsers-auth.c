/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-auth.c - Authentication-Results cannot be fooled by comments and quotes.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/auth.h"
#include "parsers/findings.h"

static ParsersFindings *
parse(const char *value)
{
    ParsersFindings *findings = parsers_findings_new();

    parsers_auth_parse(value, 3, findings->auth);
    return findings;
}

static void
is_auth(const ParsersFindings *findings, guint i, const char *method, const char *result,
        const char *domain)
{
    const ParsersAuth *auth = NULL;

    assert_true(i < findings->auth->len);
    auth = g_ptr_array_index(findings->auth, i);
    assert_string_equal(auth->method, method);
    assert_string_equal(auth->result, result);
    assert_string_equal(auth->domain, domain);
    assert_int_equal(auth->instance, 3);
}

static void
test_usual(void **fixture)
{
    g_autoptr(ParsersFindings) f = parse(
        "mx.example.org 1; spf=pass smtp.mailfrom=A.B@Example.com; dkim=pass (2048-bit key; x) "
        "header.d=example.com header.b=\"a;b=\"; dmarc=FAIL (p=NONE) header.from=example.com");
    (void)fixture;

    assert_int_equal(f->auth->len, 3);
    assert_string_equal(((ParsersAuth *)g_ptr_array_index(f->auth, 0))->authserv_id,
                        "mx.example.org");
    is_auth(f, 0, "spf", "pass", "example.com");
    is_auth(f, 1, "dkim", "pass", "example.com");
    is_auth(f, 2, "dmarc", "fail", "example.com");
}

static void
test_versions_and_spaces(void **fixture)
{
    g_autoptr(ParsersFindings) f =
        parse("mx.example.org/1; dkim/1 = pass reason=\"good; dmarc=pass\" header.i=@sub.x.org");
    (void)fixture;

    assert_int_equal(f->auth->len, 1);
    is_auth(f, 0, "dkim", "pass", "sub.x.org");
}

/* What stands in a comment or a quoted string is no result. */
static void
test_forged(void **fixture)
{
    g_autoptr(ParsersFindings) comment =
        parse("mx (; dmarc=pass (nested ; spf=pass) ) ; dmarc=fail header.from=x.org");
    g_autoptr(ParsersFindings) quoted =
        parse("mx; spf=none smtp.mailfrom=\"a; dmarc=pass header.from=y.org\"@x.org");
    g_autoptr(ParsersFindings) nested =
        parse("mx; (a (b) ; dmarc=pass header.from=x.org) dmarc=fail header.from=x.org");
    g_autoptr(ParsersFindings) escaped =
        parse("mx; (a \\) ; dmarc=pass header.from=x.org) dmarc=fail header.from=x.org");
    g_autoptr(ParsersFindings) unclosed = parse("mx; (dmarc=pass header.from=x.org");
    (void)fixture;

    assert_int_equal(comment->auth->len, 1);
    is_auth(comment, 0, "dmarc", "fail", "x.org");
    assert_int_equal(nested->auth->len, 1);
    is_auth(nested, 0, "dmarc", "fail", "x.org");
    assert_int_equal(escaped->auth->len, 1);
    is_auth(escaped, 0, "dmarc", "fail", "x.org");
    assert_int_equal(quoted->auth->len, 1);
    is_auth(quoted, 0, "spf", "none", "x.org");
    assert_int_equal(unclosed->auth->len, 0);
}

static void
test_without_id(void **fixture)
{
    g_autoptr(ParsersFindings) exchange =
        parse("spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=x.org;compauth=pass reason=100");
    g_autoptr(ParsersFindings) none = parse("mx.example.org; none");
    g_autoptr(ParsersFindings) empty = parse("");
    (void)fixture;

    is_auth(exchange, 0, "spf", "pass", "x.org");
    assert_string_equal(((ParsersAuth *)g_ptr_array_index(exchange->auth, 0))->authserv_id, "");
    assert_int_equal(exchange->auth->len, 1);
    assert_int_equal(none->auth->len, 0);
    assert_int_equal(empty->auth->len, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual),
        cmocka_unit_test(test_versions_and_spaces),
        cmocka_unit_test(test_forged),
        cmocka_unit_test(test_without_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
