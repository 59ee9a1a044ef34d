/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-rtf.c - Rich Text Format, feature by feature.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; Rich Text Format Specification 1.9.1
 */
#include "config.h"

#include "parsers/rtf.h"

#include "tests/unit/office.h"

static void
check(const char *rtf, const char *wanted)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(rtf, strlen(rtf));

    office_check(parsers_rtf_read, bytes, wanted);
}

#define FONTS                                                                                      \
    "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset2 Wingdings;}{\\f2\\fcharset204 Arial;}}"
#define CHECK(content, wanted) check("{\\rtf1\\ansi\\ansicpg1252\\deff0" FONTS content "}", wanted)

static void
test_text(void **fixture)
{
    (void)fixture;
    CHECK("a {\\b b\\b0 c}{\\ul d}{\\strike e}\\par f\\line g\\tab h",
          "P('a 'b'b''c'u'd's'e')P('f\ng\th')");
    CHECK("caf\\'e9 \\u8364 ?\\u-10179?\\u-8704? {\\f2 \\'ff}\\uc2\\u233\\'c3\\'a9.\\~x\\_y",
          "P('caf\xc3\xa9 \xe2\x82\xac\xf0\x9f\x98\x80 \xd1\x8f\xc3\xa9.\xc2\xa0x-y')");
    check("{\\rtf1\\ansicpg932 \\'93\\'fa\\'96{\\b\\'7b}}", "P('\xe6\x97\xa5\xef\xbf\xbd'b'{')");
    CHECK("{\\colortbl;\\red255\\green255\\blue0;\\red255\\green255\\blue255;}"
          "{\\highlight1 a}{\\chcbpat2 b}{\\v c}{\\deleted d}",
          "P(h'a''b')");
    CHECK("{\\stylesheet{\\s1 heading 2;}{\\s2 Normal;}}\\s1 a\\par\\pard\\outlinelevel0 b\\par"
          "\\pard{\\listtext 1.}c",
          "P2('a')P1('b')P*('c')");
    CHECK("{\\*\\unknown x{y}}{\\info{\\title t}}{\\pict abc}{\\*\\bkmkstart m}z", "P(<>'z')");
    CHECK("a\\bin3 }{\\b", "P('ab')");
}

static void
test_symbols(void **fixture)
{
    (void)fixture;
    CHECK("{\\f1 o}Yes{\\f1\\'fe}No{\\f1\\u-3928 ?}", "P([]'Yes'[x]'No'[])");
    CHECK("\\u9744 ?\\u9746 ?", "P([][x])");
}

static void
test_tables(void **fixture)
{
    (void)fixture;
    CHECK(
        "{\\colortbl;\\red200\\green200\\blue200;}"
        "\\trowd\\trhdr\\clvmgf\\clcbpat1\\cellx1000\\cellx3000"
        "\\pard\\intbl a\\cell b\\par c\\cell\\row"
        "\\trowd\\clvmrg\\cellx1005\\cellx2000\\cellx3000\\pard\\intbl\\cell d\\cell e\\cell\\row"
        "\\trowd\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000\\intbl f\\cell\\cell g\\cell\\row"
        "\\pard h",
        "T(R(1v2hs:P('a')P()2-3h:P('b')P('c'))R(2:P('d')3:P('e'))R(1-2:P('f')P()3:P('g')))P('h')");
    CHECK("\\pard\\intbl\\itap2 a\\nestcell b\\nestcell"
          "{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{\\nonesttables\\par}"
          "\\pard\\intbl c\\cell\\trowd\\cellx1000\\row",
          "T(R(1:T(R(1:P('a')2:P('b')))P('c')))");
    /* A row without an end, as a writer in a hurry leaves it. */
    CHECK("\\trowd\\cellx1000\\intbl a\\cell\\pard b", "T(R(1:P('a')))P('b')");
}

#define FIELD(data, result)                                                                        \
    "{\\field{\\*\\fldinst{ FORMX }{\\*\\formfield{" data "}}}{\\fldrslt " result "}}"

static void
test_fields(void **fixture)
{
    (void)fixture;
    CHECK(FIELD("\\fftype0{\\*\\ffname T}{\\*\\ffhelptext Who}{\\*\\ffdeftext Sam}", "{\\b Sam}"),
          "P(b{Sam|Who@T})");
    CHECK(FIELD("\\fftype0", "\\u8194 ?\\u8194 ?\\u8194 ?"), "P({?})");
    CHECK(FIELD("\\fftype1\\ffres1", "") FIELD("\\fftype1\\ffres0\\ffdefres1", "")
              FIELD("\\fftype1\\ffres25\\ffdefres1", "x"),
          "P([x][][x])");
    CHECK(FIELD("\\fftype2\\ffres1{\\*\\ffl Male}{\\*\\ffl Female}", ""), "P({#Female})");
    CHECK("{\\field{\\*\\fldinst{ FORMTEXT }}{\\fldrslt a\\par b}}c", "P({a})P({b}'c')");
    CHECK("{\\field{\\*\\fldinst{HYPERLINK \"x\"}}{\\fldrslt link}}", "P('link')");
}

static void
test_flows(void **fixture)
{
    (void)fixture;
    CHECK("{\\header head\\par}{\\footer foot\\par}"
          "\\trowd\\cellx900\\intbl in{\\shp{\\*\\shpinst{\\sp{\\sn n}{\\sv v}}"
          "{\\shptxt boxed\\par}}{\\shprslt again}}side\\cell\\row",
          "^P('head')_P('foot')T(R(1:P('inside')P('boxed')))");
}

static void
check_fails(const char *rtf, gsize length, ParsersError code, const char *words)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(rtf, length);
    ParsersLimits limits = *parsers_limits_default();

    limits.xml_depth = 4;
    limits.document_text_bytes = 64;
    office_check_fails(parsers_rtf_read, bytes, &limits, code, words);
}

#define LONG                                                                                       \
    "one long word without an end, so that it comes to the model in one piece and not before"
#define FAILS(rtf, code, words) check_fails(rtf, sizeof(rtf) - 1, code, words)

static void
test_failures(void **fixture)
{
    (void)fixture;
    FAILS("hello", PARSERS_ERROR_DAMAGED, "not RTF");
    FAILS("{\\rtf1 hello", PARSERS_ERROR_DAMAGED, "cut short");
    FAILS("{\\rtf1 \\bin99999999 x}", PARSERS_ERROR_DAMAGED, "\\bin");
    FAILS("{\\rtf1 \\bin-1 x}", PARSERS_ERROR_DAMAGED, "\\bin");
    FAILS("{\\rtf1{{{{{{}}}}}}}", PARSERS_ERROR_LIMIT, "xml_depth");
    FAILS("{\\rtf1 \\par\\par\\par\\par\\par\\par\\par\\par\\par}", PARSERS_ERROR_LIMIT,
          "document_text_bytes");
    FAILS("{\\rtf1 " LONG LONG LONG LONG "}", PARSERS_ERROR_LIMIT, "document_text_bytes");
}

/* Unbalanced or misplaced words do no harm. */
static void
test_misplaced(void **fixture)
{
    (void)fixture;
    CHECK("\\row\\nestrow{\\*\\formfield\\fftype0}\\ffres1{\\fldrslt x}\\cellx5\\clmrg", "P('x')");
    CHECK("a\\cell\\intbl b\\nestcell c\\row\\pard d\\cellx9",
          "T(R(1:P('a')2:T(R(1:P('b')))P('c')))P('d')");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),      cmocka_unit_test(test_symbols),
        cmocka_unit_test(test_tables),    cmocka_unit_test(test_fields),
        cmocka_unit_test(test_flows),     cmocka_unit_test(test_failures),
        cmocka_unit_test(test_misplaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
