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
    assert_int_equal(unclosed->auth->len, 1);
    is_auth(unclosed, 0, "dmarc", "none", "x.org");
}

/* What a sender can bring into the field, such as the d= of a signature, must not hide the rest;
 * and where it might, nothing passes. */
static void
test_broken(void **fixture)
{
    static const char *const fields[] = {
        "mx; dkim=pass header.d=a(.org; dmarc=fail header.from=x.org",
        "mx; dkim=pass header.d=a(.org;dkim=none (x) header.d=b; dmarc=fail header.from=x.org",
        "mx; dkim=pass header.d=a\".org; dmarc=fail (p=\\\"none) header.from=x.org",
        "mx; dkim=pass header.d=\"a\\\"(;dmarc=fail header.from=x.org",
        "mx; dkim=pass (\\) header.d=a; dmarc=fail(p=none header.from=x.org",
        "mx;dkim=pass header.d=a)((\"(;dmarc=fail header.from=x.org",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autoptr(ParsersFindings) f = parse(fields[i]);

        is_auth(f, f->auth->len - 1, "dmarc", "fail", "x.org");
        assert_string_equal(((ParsersAuth *)g_ptr_array_index(f->auth, 0))->result, "none");
    }
}

/* Whatever stands before it, a result that fails is seen. */
static void
test_any_text(void **fixture)
{
    static const char *const pieces[] = {
        "(",    ")",          "\"",        "\\",   ";",     "=",  " ", "\t", "spf",
        "dkim", "dmarc=pass", "header.d=", "pass", "a.org", "/1", "@", "\v", "fail"};
    g_autoptr(GRand) random = g_rand_new_with_seed(8601);

    (void)fixture;
    for (guint i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(ParsersFindings) f = NULL;

        for (gint32 n = g_rand_int_range(random, 0, 30); n > 0; n--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_string_append(text, ";dmarc=fail action=none header.from=x.org;compauth=none");
        f = parse(text->str);
        assert_true(f->auth->len >= 2);
        is_auth(f, f->auth->len - 2, "dmarc", "fail", "x.org");
    }
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
    assert_int_equal(exchange->auth->len, 2);
    is_auth(exchange, 1, "compauth", "pass", "");
    assert_int_equal(none->auth->len, 0);
    assert_int_equal(empty->auth->len, 0);
}

/* clang-format off */
/* As Exchange Online writes it, unfolded: its spellings of some years, from outside and inside. */
static const struct {
    const char *field;
    const char *results; /* method=result@domain */
} exchange[] = {
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=post.example; dkim=pass (signature was verified)"
      " header.d=post.example;dmarc=pass action=none header.from=post.example;compauth=pass reason=100",
      "spf=pass@post.example dkim=pass@post.example dmarc=pass@post.example compauth=pass@" },
    { "spf=pass (sender IP is 2a01:db8:f403::9) smtp.mailfrom=bulk.example; dkim=pass (signature was verified)"
      " header.d=post.example;dkim=pass (signature was verified) header.d=bulk.example;dmarc=pass action=none"
      " header.from=post.example;compauth=pass reason=100",
      "spf=pass@bulk.example dkim=pass@post.example dkim=pass@bulk.example dmarc=pass@post.example compauth=pass@" },
    { "spf=softfail (sender IP is 203.0.113.9) smtp.mailfrom=post.example; council.example; dkim=fail (body hash did"
      " not verify) header.d=post.example;council.example; dmarc=fail action=oreject"
      " header.from=post.example;compauth=fail reason=000",
      "spf=softfail@post.example dkim=fail@post.example dmarc=fail@post.example compauth=fail@" },
    { "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=post.example; dkim=none (message not signed)"
      " header.d=none;dmarc=bestguesspass action=none header.from=post.example;compauth=pass reason=109",
      "spf=pass@post.example dkim=none@none dmarc=bestguesspass@post.example compauth=pass@" },
    { "spf=none (sender IP is 203.0.113.9) smtp.helo=host.example; dkim=none (message not signed)"
      " header.d=none;dmarc=none action=none header.from=;compauth=none reason=405",
      "spf=none@host.example dkim=none@none dmarc=none@ compauth=none@" },
    { "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=council.example;",
      "dkim=none@none dmarc=none@council.example" },
    { "spf=none (sender IP is ) smtp.mailfrom=Ann.Lee@council.example; ",
      "spf=none@council.example" },
};
/* clang-format on */

static void
test_exchange(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(exchange); i++) {
        g_autoptr(ParsersFindings) f = parse(exchange[i].field);
        g_autoptr(GString) got = g_string_new(NULL);

        for (guint a = 0; a < f->auth->len; a++) {
            const ParsersAuth *auth = g_ptr_array_index(f->auth, a);

            assert_string_equal(auth->authserv_id, "");
            g_string_append_printf(got, "%s%s=%s@%s", a > 0 ? " " : "", auth->method, auth->result,
                                   auth->domain);
        }
        assert_string_equal(got->str, exchange[i].results);
    }
}

/* Only what begins with a result has no name. */
static void
test_named(void **fixture)
{
    static const char *const fields[] = {
        "\"\"; dmarc=pass header.from=x.org",
        "; dmarc=pass header.from=x.org",
        "=; dmarc=pass header.from=x.org",
        "1; dmarc=pass header.from=x.org",
        "\"(unnamed)\"; dmarc=pass header.from=x.org",
        "council.example; dkim=none (message not signed) header.d=none;council.example; dmarc=none",
        "dmarc; dmarc=pass header.from=x.org",
        "spf=; dmarc=pass header.from=x.org",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autoptr(ParsersFindings) f = parse(fields[i]);

        for (guint a = 0; a < f->auth->len; a++)
            assert_string_not_equal(((ParsersAuth *)f->auth->pdata[a])->authserv_id, "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual),    cmocka_unit_test(test_versions_and_spaces),
        cmocka_unit_test(test_forged),   cmocka_unit_test(test_broken),
        cmocka_unit_test(test_any_text), cmocka_unit_test(test_without_id),
        cmocka_unit_test(test_exchange), cmocka_unit_test(test_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
