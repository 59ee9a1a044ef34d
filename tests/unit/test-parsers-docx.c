/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-docx.c - Word documents made here, feature by feature.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; ECMA-376 part 1
 */
#include "config.h"

#include "parsers/docx.h"

#include "tests/unit/office.h"

#define PACKAGING "http://schemas.openxmlformats.org/package/2006/"
#define TRANSITIONAL "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"
#define SPACES                                                                                     \
    " xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'"                            \
    " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"                      \
    " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"               \
    " xmlns:v='urn:schemas-microsoft-com:vml'"                                                     \
    " xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"           \
    " xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'"
#define RELATION(type, target)                                                                     \
    "<Relationship "                                                                               \
    "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type              \
    "' Target='" target "'/>"
#define RELATIONS(content)                                                                         \
    "<Relationships xmlns='" PACKAGING "relationships'>" content "</Relationships>"
#define DOCUMENT(space, content)                                                                   \
    "<w:document xmlns:w='" space "'" SPACES "><w:body>" content "</w:body></w:document>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define P(content) "<w:p>" content "</w:p>"
#define CELL(content) "<w:tc>" content "</w:tc>"
#define FIELD(data, instruction, result)                                                           \
    "<w:r><w:fldChar w:fldCharType='begin'>" data "</w:fldChar></w:r>"                             \
    "<w:r><w:instrText>" instruction "</w:instrText></w:r>"                                        \
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" result                                      \
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>"

static GBytes *
make(const char *document)
{
    return office_zip("_rels/.rels", RELATIONS(RELATION("officeDocument", "word/document.xml")),
                      "word/document.xml", document, NULL);
}

static void
check(const char *document, const char *wanted)
{
    g_autoptr(GBytes) bytes = make(document);

    office_check(parsers_docx_read, bytes, wanted);
}

#define CHECK(content, wanted) check(DOCUMENT(TRANSITIONAL, content), wanted)

static void
test_runs(void **fixture)
{
    (void)fixture;
    CHECK(P(RUN("Na") "<w:proofErr/>" RUN("me")), "P('Name')");
    CHECK(P("<w:r><w:rPr><w:b/><w:u w:val='single'/></w:rPr><w:t>a</w:t></w:r>"
            "<w:r><w:rPr><w:b w:val='0'/><w:strike/></w:rPr><w:t>b</w:t></w:r>"
            "<w:r><w:rPr><w:highlight w:val='yellow'/></w:rPr><w:t>c</w:t></w:r>"
            "<w:r><w:rPr><w:shd w:val='clear' w:fill='FFFF00'/></w:rPr><w:t>d</w:t></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>e</w:t></w:r>"),
          "P(bu'a's'b'h'cd')");
    CHECK(P("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"),
          "P('a\tb\nc-')");
    CHECK(P("<w:pPr><w:outlineLvl w:val='1'/></w:pPr>" RUN("h"))
              P("<w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>" RUN("i")),
          "P2('h')P*('i')");
}

static void
test_strict(void **fixture)
{
    (void)fixture;
    check(DOCUMENT(STRICT, P(RUN("strict"))), "P('strict')");
}

static void
test_symbols(void **fixture)
{
    (void)fixture;
    CHECK(P("<w:r><w:sym w:font='Wingdings' w:char='F0A8'/></w:r>" RUN(
              " Yes ") "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" RUN(" No")),
          "P([]' Yes '[x]' No')");
    CHECK(P("<w:r><w:sym w:font='Wingdings 2' w:char='F0A3'/></w:r>"
            "<w:r><w:sym w:font='Wingdings 2' w:char='0052'/></w:r>"
            "<w:r><w:sym w:font='Symbol' w:char='F0B7'/></w:r>"),
          "P([][x]'\xef\x82\xb7')");
    CHECK(P("<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>&#xF06F;</w:t></w:r>"
            "<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>\xc3\xbe</w:t></w:r>" RUN(
                "o \xe2\x98\x92")),
          "P([][x]'o '[x])");
}

static void
test_tables(void **fixture)
{
    (void)fixture;
    CHECK(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        "<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:shd w:fill='D9D9D9'/></w:tcPr>" P(RUN(
            "a")) "</w:tc><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" P(RUN("b")) "</"
                                                                                          "w:tc></"
                                                                                          "w:tr>"
                                                                                          "<w:tr><"
                                                                                          "w:trPr><"
                                                                                          "w:"
                                                                                          "gridBefo"
                                                                                          "re "
                                                                                          "w:val='"
                                                                                          "1'/></"
                                                                                          "w:"
                                                                                          "trPr"
                                                                                          ">" CELL(P(RUN("c"))) "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" P(
                                                                                              RUN("d")) "</w:tc></w:tr></w:tbl>",
        "T(R(1-2hs:P('a')3v2h:P('b')P('d'))R(2:P('c')))");
    CHECK("<w:tbl><w:tr>" CELL(
              "<w:tbl><w:tr>" CELL(P(RUN("in"))) "</w:tr></w:tbl>" P(RUN("out"))) "</w:tr></w:tbl>",
          "T(R(1:T(R(1:P('in')))P('out')))");
    CHECK("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" CELL(P(RUN("gone"))) "</w:tr>"
                                                                        "<w:tr>" CELL(
                                                                            "") "</w:tr></w:tbl>",
          "T(R(1:))");
}

#define SDT(properties, content)                                                                   \
    "<w:sdt><w:sdtPr>" properties "</w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"

static void
test_controls(void **fixture)
{
    (void)fixture;
    CHECK(P(SDT("<w:alias w:val='Your name'/><w:tag w:val='n'/><w:text/>", RUN("Sa") RUN("m"))),
          "P({Sam|Your name@n})");
    CHECK(P(SDT("<w:showingPlcHdr/><w:text/>", RUN("Click or tap here to enter text."))), "P({?})");
    CHECK(P(SDT("<w:dropDownList><w:listItem w:value='Yes'/></w:dropDownList>", RUN("Yes"))),
          "P({#Yes})");
    CHECK(P(SDT("<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", RUN("\xe2\x98\x92"))
                RUN(" Yes ") SDT("<w14:checkbox><w14:checked w14:val='0'/></w14:checkbox>",
                                 RUN("\xe2\x98\x90"))),
          "P([x]' Yes '[])");
    CHECK(P(SDT("<w:text/>", "")), "P({})");
    CHECK(SDT("<w:tag w:val='t'/>", P(RUN("one")) P("") P(RUN("two"))), "P({one@t})P()P({two@t})");
    CHECK("<w:tbl><w:tr>" SDT("<w:tag w:val='c'/>", CELL(P(RUN("in cell")))) "</w:tr></w:tbl>",
          "T(R(1:P({in cell@c})))");
}

/* A control that holds a table or other controls is only a frame around them. */
static void
test_control_frames(void **fixture)
{
    (void)fixture;
    CHECK(SDT("", P(RUN("Label")) "<w:tbl><w:tr>" CELL(P(RUN("x"))) "</w:tr></w:tbl>"),
          "P('Label')T(R(1:P('x')))");
    CHECK(SDT("", P(RUN("Name: ") SDT("<w:text/>", RUN("Sam")))), "P('Name: '{Sam})");
    CHECK("<w:tbl>" SDT("", "<w:tr>" CELL(P(RUN("a"))) CELL(P(RUN("b"))) "</w:tr>") "</w:tbl>",
          "T(R(1:P('a')2:P('b')))");
    CHECK(SDT("<w:docPartObj/>", P(RUN("Contents"))), "P('Contents')");
}

static void
test_fields(void **fixture)
{
    (void)fixture;
    CHECK(P(FIELD("<w:ffData><w:name w:val='T1'/><w:helpText w:val='Your name'/>"
                  "<w:textInput><w:default w:val='Sam'/></w:textInput></w:ffData>",
                  " FORMTEXT ", RUN("Sa") RUN("m"))),
          "P({Sam|Your name@T1})");
    CHECK(P(FIELD("<w:ffData><w:textInput/></w:ffData>", " FORMTEXT ",
                  RUN("\xe2\x80\x82\xe2\x80\x82\xe2\x80\x82\xe2\x80\x82\xe2\x80\x82"))),
          "P({?})");
    CHECK(
        P(FIELD("<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>",
                " FORMCHECKBOX ", "")
              FIELD("<w:ffData><w:checkBox><w:default w:val='1'/><w:checked w:val='0'/>"
                    "</w:checkBox></w:ffData>",
                    " FORMCHECKBOX ", "")),
        "P([x][])");
    CHECK(P(FIELD("<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='Male'/>"
                  "<w:listEntry w:val='Female'/></w:ddList></w:ffData>",
                  " FORMDROPDOWN ", "")),
          "P({#Female})");
    CHECK(P(FIELD("", " PAGE ", RUN("7")) "<w:fldSimple w:instr='DATE'>" RUN("8") "</w:fldSimple>"),
          "P('78')");
}

/* A field without an end must not swallow what follows the cell it stands in. */
static void
test_open_field(void **fixture)
{
    (void)fixture;
    CHECK("<w:tbl><w:tr>" CELL(P("<w:r><w:fldChar w:fldCharType='begin'/></w:r>"))
              CELL(P(RUN("seen"))) "</w:tr></w:tbl>",
          "T(R(1:P()2:P('seen')))");
}

static void
test_tracked_changes(void **fixture)
{
    (void)fixture;
    CHECK(P("<w:ins>" RUN("Yes") "</w:ins><w:del><w:r><w:delText>No</w:delText></w:r></w:del>"
                                 "<w:moveFrom>" RUN("old") "</w:moveFrom><w:moveTo>" RUN(
                                     "!") "</w:moveTo>"),
          "P('Yes!')");
}

#define BOX(content) "<w:txbxContent>" content "</w:txbxContent>"

static void
test_text_boxes(void **fixture)
{
    (void)fixture;
    CHECK(P(RUN("before") "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                          "<wps:txbx>" BOX(P(
                              RUN("boxed"))) "</wps:txbx></w:drawing></mc:Choice>"
                                             "<mc:Fallback><w:pict><v:textbox>" BOX(P(RUN(
                                                 "boxed"))) "</v:textbox></w:pict>"
                                                            "</mc:Fallback></mc:AlternateContent></"
                                                            "w:r>" RUN(" after")),
          "P('before after')P('boxed')");
    CHECK(P("<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w:odd/></mc:Choice>"
            "<mc:Fallback><w:t>smile</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
          "P('smile')");
    CHECK(P("<w:r><w:pict><v:textbox>" BOX(P(RUN("old"))) "</v:textbox></w:pict></w:r>"),
          "P()P('old')");
    CHECK(P("<w:r><w:drawing><wp:inline><wp:docPr descr='A map'/><pic:pic/></wp:inline>"
            "</w:drawing></w:r>"),
          "P(<A map>)");
}

static void
test_parts(void **fixture)
{
    g_autoptr(GBytes) bytes = office_zip(
        "_rels/.rels", RELATIONS(RELATION("officeDocument", "/odd/main.xml")), "odd/main.xml",
        DOCUMENT(TRANSITIONAL, P("<w:pPr><w:pStyle w:val='H'/></w:pPr>" RUN("body"))),
        "odd/_rels/main.xml.rels",
        RELATIONS(RELATION("header", "h.xml") RELATION("footer", "../f.xml")
                      RELATION("styles", "s.xml")),
        "odd/h.xml", "<w:hdr xmlns:w='" TRANSITIONAL "'>" P(RUN("head")) "</w:hdr>", "f.xml",
        "<w:ftr xmlns:w='" TRANSITIONAL "'>" P(RUN("foot")) "</w:ftr>", "odd/s.xml",
        "<w:styles xmlns:w='" TRANSITIONAL
        "'><w:style w:styleId='B'><w:rPr><w:b/></w:rPr></w:style>"
        "<w:style w:styleId='H'><w:name w:val='heading 2'/><w:basedOn "
        "w:val='B'/></w:style></w:styles>",
        NULL);

    (void)fixture;
    office_check(parsers_docx_read, bytes, "^P('head')P2(b'body')_P('foot')");
}

/* Elements where they do not belong are passed over and break nothing. */
static void
test_misplaced(void **fixture)
{
    (void)fixture;
    CHECK("<w:tc>" P(RUN("a")) "</w:tc><w:tbl>" P(RUN("b")) "<w:tbl/><w:tc/><w:tr>" P(
              RUN("c")) "<w:tr/></w:tr></w:tbl>" RUN("d") P(RUN("e")),
          "T()P('e')");
}

static void
test_failures(void **fixture)
{
    static const char locked[] =
        "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a"
        "\0c\0k\0a\0g\0e\0";
    const ParsersLimits *limits = parsers_limits_default();
    ParsersLimits small = *limits;
    g_autoptr(GBytes) whole = make(DOCUMENT(TRANSITIONAL, P(RUN("a"))));
    g_autoptr(GBytes) half = g_bytes_new_from_bytes(whole, 0, g_bytes_get_size(whole) / 2);
    g_autoptr(GBytes) cfb = g_bytes_new_static(locked, sizeof(locked));
    g_autoptr(GBytes) other = g_bytes_new_static(locked, 12);
    g_autoptr(GBytes) entity =
        make("<!DOCTYPE a [<!ENTITY e 'x'>]>" DOCUMENT(TRANSITIONAL, P(RUN("&e;"))));
    g_autoptr(GBytes) cut = make("<w:document xmlns:w='" TRANSITIONAL "'><w:body>" P(RUN("a")));
    g_autoptr(GBytes) sheet = make("<workbook/>");

    (void)fixture;
    small.zip_entry_bytes = 100;
    office_check_fails(parsers_docx_read, half, limits, PARSERS_ERROR_DAMAGED, "ZIP");
    office_check_fails(parsers_docx_read, cfb, limits, PARSERS_ERROR_ENCRYPTED, "OOXML in CFB");
    office_check_fails(parsers_docx_read, other, limits, PARSERS_ERROR_UNSUPPORTED, "compound");
    office_check_fails(parsers_docx_read, entity, limits, PARSERS_ERROR_DAMAGED, "document type");
    office_check_fails(parsers_docx_read, cut, limits, PARSERS_ERROR_DAMAGED, "well-formed");
    office_check_fails(parsers_docx_read, sheet, limits, PARSERS_ERROR_UNSUPPORTED, "not a Word");
    office_check_fails(parsers_docx_read, whole, &small, PARSERS_ERROR_LIMIT, "zip_entry_bytes");
    small = *limits;
    small.zip_entries = 0;
    office_check_fails(parsers_docx_read, whole, &small, PARSERS_ERROR_LIMIT, "zip_entries");
    small = *limits;
    small.xml_depth = 3;
    office_check_fails(parsers_docx_read, whole, &small, PARSERS_ERROR_LIMIT, "xml_depth");
    small = *limits;
    small.document_text_bytes = 0;
    office_check_fails(parsers_docx_read, whole, &small, PARSERS_ERROR_LIMIT,
                       "document_text_bytes");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_strict),
        cmocka_unit_test(test_symbols),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_controls),
        cmocka_unit_test(test_control_frames),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_open_field),
        cmocka_unit_test(test_tracked_changes),
        cmocka_unit_test(test_text_boxes),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_misplaced),
        cmocka_unit_test(test_failures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
