/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-odt.c - OpenDocument texts made here, feature by feature.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3
 */
#include "config.h"

#include "parsers/odt.h"

#include "tests/unit/office.h"

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define SPACES                                                                                     \
    " xmlns:office='" ODF "office:1.0' xmlns:text='" ODF "text:1.0' xmlns:table='" ODF             \
    "table:1.0'"                                                                                   \
    " xmlns:style='" ODF "style:1.0' xmlns:fo='" ODF "xsl-fo-compatible:1.0'"                      \
    " xmlns:draw='" ODF "drawing:1.0' xmlns:form='" ODF "form:1.0'"                                \
    " xmlns:svg='" ODF "svg-compatible:1.0'"                                                       \
    " xmlns:field='urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0'"              \
    " xmlns:loext='urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'"
#define STYLES                                                                                     \
    "<office:automatic-styles>"                                                                    \
    "<style:style style:name='B' style:family='text'>"                                             \
    "<style:text-properties fo:font-weight='bold'/></style:style>"                                 \
    "<style:style style:name='U' style:family='text' style:parent-style-name='B'>"                 \
    "<style:text-properties style:text-underline-style='solid'/></style:style>"                    \
    "<style:style style:name='S' style:family='text'>"                                             \
    "<style:text-properties style:text-line-through-style='solid'/></style:style>"                 \
    "<style:style style:name='H' style:family='text'>"                                             \
    "<style:text-properties fo:background-color='#ffff00'/></style:style>"                         \
    "<style:style style:name='V' style:family='text'>"                                             \
    "<style:text-properties text:display='none'/></style:style>"                                   \
    "<style:style style:name='W' style:family='text'>"                                             \
    "<style:text-properties style:font-name='Wingdings'/></style:style>"                           \
    "<style:style style:name='C' style:family='table-cell'>"                                       \
    "<style:table-cell-properties fo:background-color='#d9d9d9'/></style:style>"                   \
    "<style:style style:name='T' style:family='paragraph' style:default-outline-level='2'/>"       \
    "</office:automatic-styles>"
#define CONTENT(body)                                                                              \
    "<office:document-content" SPACES ">" STYLES "<office:body><office:text>" body                 \
    "</office:text></office:body></office:document-content>"
#define P(content) "<text:p>" content "</text:p>"
#define SPAN(style, content) "<text:span text:style-name='" style "'>" content "</text:span>"

static void
check(const char *content, const char *wanted)
{
    g_autoptr(GBytes) zipped = office_zip("mimetype", "application/vnd.oasis.opendocument.text",
                                          "content.xml", content, NULL);
    g_autoptr(GBytes) flat = g_bytes_new_static(content, strlen(content));

    office_check(parsers_odt_read, zipped, wanted);
    office_check(parsers_odt_read, flat, wanted);
}

#define CHECK(body, wanted) check(CONTENT(body), wanted)

static void
test_text(void **fixture)
{
    (void)fixture;
    CHECK(P("a" SPAN("B", "b") SPAN("U", "c") SPAN("S", "d") SPAN("H", "e") SPAN("V", "f")),
          "P('a'b'b'bu'c's'd'h'e')");
    CHECK(P("\n  a\n  b<text:s text:c='2'/>c<text:tab/>d<text:line-break/>e"), "P('a b  c\td\ne')");
    CHECK("<text:h text:outline-level='3'>h</text:h><text:p text:style-name='T'>t</text:p>"
          "<text:list><text:list-item>" P("i") "</text:list-item></text:list>",
          "P3('h')P2('t')P*('i')");
    CHECK("<text:tracked-changes>" P("gone") "</text:tracked-changes>" P("a<office:annotation>" P(
              "remark") "</office:annotation>"
                        "<text:note><text:note-citation>1</text:note-citation><text:note-body>" P(
                            "note") "</text:note-body></text:note>b"),
          "P('ab')P('note')");
    CHECK(P(SPAN("W", "\xef\x82\xa8") " Yes " SPAN("W", "\xc3\xbe") " No"), "P([]' Yes '[x]' No')");
}

#define CELL(attributes, content) "<table:table-cell " attributes ">" content "</table:table-cell>"
#define COVERED "<table:covered-table-cell/>"
#define ROW(content) "<table:table-row>" content "</table:table-row>"

static void
test_tables(void **fixture)
{
    (void)fixture;
    CHECK(
        "<table:table><table:table-header-rows>" ROW(
            CELL("table:number-columns-spanned='2' table:style-name='C'", P("a")) COVERED CELL(
                "table:number-rows-spanned='2'",
                P("b"))) "</table:table-header-rows>" ROW(CELL("", P("c")) CELL("", P("d")) COVERED)
            ROW(CELL("table:number-columns-repeated='2'", "") CELL("", P("e"))) "</table:table>",
        "T(R(1-2hs:P('a')3v2h:P('b'))R(1:P('c')2:P('d'))R(1:2:3:P('e')))");
    CHECK("<table:table>" ROW(CELL("", "<table:table>" ROW(CELL("", P("in"))) "</table:table>" P(
                                           "out"))) "</table:table>",
          "T(R(1:T(R(1:P('in')))P('out')))");
}

static void
test_controls(void **fixture)
{
    (void)fixture;
    CHECK(P("<text:text-input text:description='Name'>Sam</text:text-input>"
            "<text:placeholder text:description='Date'>&lt;date&gt;</text:placeholder>"
            "<text:drop-down text:name='d'><text:label text:value='x'/>Yes</text:drop-down>"),
          "P({Sam|Name}{?|Date}{#Yes@d})");
    CHECK(P("<loext:content-control loext:checkbox='true' loext:checked='true' loext:alias='Yes'>"
            "\xe2\x98\x92</loext:content-control>"
            "<loext:content-control loext:checkbox='true'>\xe2\x98\x90</loext:content-control>"
            "<loext:content-control loext:showing-place-holder='true'>Click</loext:content-control>"
            "<loext:content-control><loext:list-item loext:value='M'/>M</loext:content-control>"),
          "P([x|Yes][]{?}{#M})");
    CHECK(P("<field:fieldmark-start text:name='t' field:type='x.FORMTEXT'/>"
            "<field:fieldmark-separator/>Sam<field:fieldmark-end/>"
            "<field:fieldmark-start field:type='x.FORMTEXT'/>"
            "\xe2\x80\x82\xe2\x80\x82<field:fieldmark-end/>"),
          "P({Sam@t}{?})");
    CHECK(P("<field:fieldmark field:type='x.FORMCHECKBOX'>"
            "<field:param field:name='Checkbox_Checked' field:value='true'/></field:fieldmark>"
            "<field:fieldmark field:type='x.FORMCHECKBOX'/>"
            "<field:fieldmark field:type='x.FORMDROPDOWN'>"
            "<field:param field:name='Dropdown_ListEntry' field:value='M'/>"
            "<field:param field:name='Dropdown_ListEntry' field:value='F'/>"
            "<field:param field:name='Dropdown_Selected' field:value='1'/></field:fieldmark>"),
          "P([x][]{#F})");
}

static void
test_forms(void **fixture)
{
    (void)fixture;
    CHECK("<office:forms><form:form>"
          "<form:text form:id='a' form:name='n' form:current-value='Sam'/>"
          "<form:checkbox form:id='b' form:label='Yes' form:current-state='checked'/>"
          "<form:radio form:id='c' form:label='No'/>"
          "<form:listbox form:id='d'><form:option form:label='M'/>"
          "<form:option form:label='F' form:current-selected='true'/></form:listbox>"
          "</form:form></office:forms>" P(
              "Name: <draw:control draw:control='a'/><draw:control "
              "draw:control='b'/>") "<draw:control draw:control='c'/>" P("<draw:control "
                                                                         "draw:control='d'/>"),
          "P('Name: '{Sam@n}[xYes])P([No])P({#F})");
}

static void
test_frames(void **fixture)
{
    (void)fixture;
    CHECK(P("before<draw:frame><draw:text-box>" P("boxed") "</draw:text-box></draw:frame> after"),
          "P('before after')P('boxed')");
    CHECK(P("<draw:frame><draw:image/><svg:title>t</svg:title><svg:desc>A map</svg:desc>"
            "</draw:frame>"),
          "P(<A map>)");
}

static void
test_running_heads(void **fixture)
{
    g_autoptr(GBytes) bytes = office_zip(
        "styles.xml",
        "<office:document-styles" SPACES "><office:styles><style:style style:name='X' "
        "style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>"
        "</office:styles><office:master-styles><style:master-page><style:header>" P(
            "head") "</style:header><style:footer>" P("foot") "</style:footer></style:master-page>"
                                                              "</office:master-styles></"
                                                              "office:document-styles>",
        "content.xml", CONTENT(P(SPAN("X", "body"))), NULL);

    (void)fixture;
    office_check(parsers_odt_read, bytes, "^P('head')_P('foot')P(b'body')");
}

/* Elements where they do not belong are passed over and break nothing. */
static void
test_misplaced(void **fixture)
{
    (void)fixture;
    CHECK(CELL("", P("a")) "<table:table>" P("b") COVERED
          "<table:table/>" ROW(P("c") ROW("")) "</table:table>" SPAN("B", "d") P("e"),
          "T(R())P('e')");
}

static void
test_failures(void **fixture)
{
    const ParsersLimits *limits = parsers_limits_default();
    g_autoptr(GBytes) locked =
        office_zip("content.xml", "\x01\x02", "META-INF/manifest.xml",
                   "<m:manifest xmlns:m='" ODF "manifest:1.0'><m:file-entry><m:encryption-data/>"
                   "</m:file-entry></m:manifest>",
                   NULL);
    g_autoptr(GBytes) sheet = office_zip("content.xml",
                                         "<office:document-content" SPACES
                                         "><office:body><office:spreadsheet/></office:body>"
                                         "</office:document-content>",
                                         NULL);
    g_autoptr(GBytes) empty = office_zip("other.xml", "<a/>", NULL);
    g_autoptr(GBytes) cut = g_bytes_new_static("<office:document", 16);

    (void)fixture;
    office_check_fails(parsers_odt_read, locked, limits, PARSERS_ERROR_ENCRYPTED, "ODF");
    office_check_fails(parsers_odt_read, sheet, limits, PARSERS_ERROR_UNSUPPORTED, "OpenDocument");
    office_check_fails(parsers_odt_read, empty, limits, PARSERS_ERROR_UNSUPPORTED, "content.xml");
    office_check_fails(parsers_odt_read, cut, limits, PARSERS_ERROR_DAMAGED, "well-formed");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),      cmocka_unit_test(test_tables),
        cmocka_unit_test(test_controls),  cmocka_unit_test(test_forms),
        cmocka_unit_test(test_frames),    cmocka_unit_test(test_running_heads),
        cmocka_unit_test(test_misplaced), cmocka_unit_test(test_failures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
