/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-doc.c - Word binary documents made by hand, feature by feature.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; [MS-DOC]
 */
#include "config.h"

#include "parsers/doc.h"

#include "parsers/docx.h"

#include "tests/unit/office.h"
#include "tests/unit/word.h"

static void
check(Doc *doc, const char *wanted)
{
    g_autoptr(GByteArray) file = doc_finish(doc);
    g_autoptr(GBytes) bytes = g_bytes_new(file->data, file->len);

    office_check(parsers_doc_read, bytes, wanted);
}

static void
check_fails(Doc *doc, ParsersError code, const char *words)
{
    g_autoptr(GByteArray) file = doc_finish(doc);
    g_autoptr(GBytes) bytes = g_bytes_new(file->data, file->len);

    office_check_fails(parsers_doc_read, bytes, parsers_limits_default(), code, words);
}

/* ---- Tests ---- */

static void
test_text(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    put(&doc,
        "a\tb\x0b"
        "c\x1e"
        "d\x1f"
        "e\xc2\xa0\xf0\x9d\x84\x9e",
        PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    put(&doc, "no mark \x05\x02", PLAIN);
    end_run(&doc, doc.marks, 0, PLAIN);
    /* The character outside of the basic plane was cut to 16 bits by put(). */
    check(&doc, "P('a\tb\nc-de\xc2\xa0\xed\x84\x9e')P('no mark ')");

    doc = doc_new();
    doc.narrow = true;
    put(&doc, "caf\xe9 \x93x\x94 \x80", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P('caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d \xe2\x82\xac')");
}

static void
test_look(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    put(&doc, "bold", SPRMS(0x35, 0x08, 1));
    put(&doc, "line", SPRMS(0x3E, 0x2A, 1));
    put(&doc, "out", SPRMS(0x37, 0x08, 1));
    put(&doc, "twice", SPRMS(0x53, 0x2A, 1));
    put(&doc, "mark", SPRMS(0x0C, 0x2A, 7));
    put(&doc, "shade", SPRMS(0x71, 0xCA, 10, 0, 0, 0, 0xFF, 1, 2, 3, 0, 0, 0));
    put(&doc, "white", SPRMS(0x66, 0x48, 0x00, 0x01));
    put(&doc, "hidden", SPRMS(0x3C, 0x08, 1));
    put(&doc, "deleted", SPRMS(0x00, 0x08, 1));
    put(&doc, "inserted", SPRMS(0x01, 0x08, 1));
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P(b'bold'u'line's'outtwice'h'markshade''whiteinserted')");

    doc = doc_new();
    doc.prm = 0x55 << 1 | 1 << 8; /* the whole piece is bold */
    put(&doc, "x", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P(b'x')");
}

/* A record of the style sheet with an empty name, which switches one property on. */
static void
add_style(Doc *doc, guint built_in, guint kind, guint base, guint sprm)
{
    const guint paragraph = kind == 1 ? 4 : 0; /* the number of the style alone */
    const guint character = sprm == 0 ? 2 : 5;

    if (doc->styles->len == 0) {
        compound_add(doc->styles, 18, 2);
        compound_add(doc->styles, 5, 2);
        compound_add(doc->styles, 10, 2);
        compound_pad(doc->styles, 20);
    }
    compound_add(doc->styles, 10 + 4 + paragraph + character, 2);
    compound_add(doc->styles, built_in, 2);
    compound_add(doc->styles, kind | base << 4, 2);
    compound_add(doc->styles, 0, 6);
    compound_add(doc->styles, 0, 4);
    if (kind == 1)
        compound_add(doc->styles, 2, 4);
    compound_add(doc->styles, character - 2, 2);
    if (sprm != 0) {
        compound_add(doc->styles, sprm, 2);
        compound_add(doc->styles, 1, 1);
    }
    compound_pad(doc->styles, 2);
}

static void
test_styles(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    add_style(&doc, 0, 1, 0xFFF, 0);
    add_style(&doc, 2, 1, 0, 0x0835);         /* 1: heading 2, bold */
    add_style(&doc, 0xFFE, 1, 1, 0);          /* 2: based on it */
    add_style(&doc, 62, 1, 0, 0);             /* 3: title */
    add_style(&doc, 0xFFE, 2, 0xFFF, 0x2A3E); /* 4: underlined characters */
    put(&doc, "a", PLAIN);
    put(&doc, "b", SPRMS(0x35, 0x08, 0x81));
    put(&doc, "c", SPRMS(0x35, 0x08, 0x80));
    mark(&doc, "\r", 1, PLAIN);
    put(&doc, "d", PLAIN);
    put(&doc, "e", SPRMS(0x30, 0x4A, 4, 0, 0x35, 0x08, 0));
    mark(&doc, "\r", 2, PLAIN);
    put(&doc, "f", PLAIN);
    mark(&doc, "\r", 3, PLAIN);
    put(&doc, "g", PLAIN);
    mark(&doc, "\r", 0, SPRMS(0x0B, 0x46, 1, 0));
    put(&doc, "h", PLAIN);
    mark(&doc, "\r", 99, SPRMS(0x40, 0x26, 0));
    check(&doc, "P2(b'a''b'b'c')P2(b'd'u'e')P1('f')P*('g')P1('h')");
}

/* The end of a row with two cells, from 0 to 1000 and to right.  flags: of the first cell. */
#define ROW(right, flags)                                                                          \
    IN_TABLE, 0x17, 0x24, 1, 0x08, 0xD6, 28, 0, 2, 0, 0, 0xE8, 3, (right)&0xFF, (right) >> 8,      \
        flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0

static void
cell(Doc *doc, const char *text)
{
    put(doc, text, PLAIN);
    mark(doc, "\x07", 0, SPRMS(IN_TABLE));
}

static void
test_tables(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    cell(&doc, "a");
    put(&doc, "b", PLAIN);
    mark(&doc, "\r", 0, SPRMS(IN_TABLE));
    cell(&doc, "c");
    mark(&doc, "\x07", 0, SPRMS(ROW(3000, 0x60), 0x04, 0x34, 1));
    cell(&doc, "d");
    cell(&doc, "e");
    mark(&doc, "\x07", 0, SPRMS(ROW(2000, 0x20)));
    put(&doc, "after", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "T(R(1v2h:P('a')P('d')2-3h:P('b')P('c'))R(2:P('e')))P('after')");

    doc = doc_new();
    put(&doc, "in", PLAIN);
    mark(&doc, "\r", 0, SPRMS(IN_TABLE, DEPTH(2), 0x4B, 0x24, 1));
    mark(&doc, "\r", 0,
         SPRMS(IN_TABLE, DEPTH(2), 0x4C, 0x24, 1, 0x08, 0xD6, 6, 0, 1, 0, 0, 0xE8, 3));
    cell(&doc, "out");
    cell(&doc, "x");
    mark(&doc, "\x07", 0, SPRMS(ROW(3000, 0), 0x12, 0xD6, 10, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0));
    check(&doc, "T(R(1s:T(R(1:P('in')))P('out')2:P('x')))");
}

/* ---- Form fields ---- */

static void
add_string(GByteArray *data, const char *text, bool closed)
{
    compound_add(data, strlen(text), 2);
    for (; *text != '\0'; text++)
        compound_add(data, (guint8)*text, 2);
    if (closed)
        compound_add(data, 0, 2);
}

/* A description of a field; its place in the data stream. */
static guint
describe(Doc *doc, const char *name, guint type, guint result, const char *help)
{
    const guint at = doc->data->len;

    compound_add(doc->data, 0, 4);
    compound_add(doc->data, 0x44, 2);
    for (guint i = 0; i < 62; i++)
        compound_add(doc->data, 0, 1);
    compound_add(doc->data, 0xFFFFFFFF, 4);
    compound_add(doc->data, type | result << 2, 2);
    compound_add(doc->data, 0, 4);
    add_string(doc->data, name, true);
    if (type == 0)
        add_string(doc->data, "preset", true);
    else
        compound_add(doc->data, 1, 2); /* the preset */
    add_string(doc->data, "", true);
    add_string(doc->data, help, true);
    add_string(doc->data, "status", true);
    add_string(doc->data, "", true);
    add_string(doc->data, "", true);
    if (type == 2) {
        compound_add(doc->data, 0xFFFF, 2);
        compound_add(doc->data, 2, 2);
        compound_add(doc->data, 0, 2);
        add_string(doc->data, "Mum", false);
        add_string(doc->data, "Dad", false);
    }
    compound_put(doc->data, at, doc->data->len - at, 4);
    return at;
}

static void
field(Doc *doc, const char *instruction, guint at, const char *result)
{
    put(doc, "\x13", SPRMS(SPECIAL));
    put(doc, instruction, PLAIN);
    put(doc, "\x01", SPRMS(SPECIAL, 0x06, 0x08, 1, 0x03, 0x6A, at & 0xFF, at >> 8, 0, 0));
    put(doc, "\x14", SPRMS(SPECIAL));
    put(doc, result, PLAIN);
    put(doc, "\x15", SPRMS(SPECIAL));
}

static void
test_fields(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    field(&doc, " FORMTEXT ", describe(&doc, "Text1", 0, 0, "Help"), "Asha");
    field(&doc, " FORMTEXT ", describe(&doc, "Text2", 0, 0, ""), "\xe2\x80\x82\xe2\x80\x82");
    mark(&doc, "\r", 0, PLAIN);
    field(&doc, " FORMCHECKBOX ", describe(&doc, "Box1", 1, 1, ""), "");
    mark(&doc, "\r", 0, PLAIN);
    field(&doc, " FORMCHECKBOX ", describe(&doc, "Box2", 1, 25, ""), "");
    mark(&doc, "\r", 0, PLAIN);
    field(&doc, " FORMCHECKBOX ", describe(&doc, "Box3", 1, 0, ""), "");
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P({Asha|Help@Text1}{?|status@Text2})P([x|status@Box1])P([x|status@Box2])"
                "P([|status@Box3])");

    doc = doc_new();
    field(&doc, " FORMDROPDOWN ", describe(&doc, "List1", 2, 1, ""), "ignored");
    field(&doc, " FORMDROPDOWN ", describe(&doc, "List2", 2, 24, ""), "");
    mark(&doc, "\r", 0, PLAIN);
    field(&doc, " HYPERLINK x ", 9999, "seen");
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P({#Dad|status@List1}{?#|status@List2})P('seen')");
}

/* An answer of two paragraphs, a field inside another, and one that was deleted. */
static void
test_nested_fields(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    put(&doc, "\x13 FORMTEXT \x14one", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    put(&doc, "t\x13 DATE \x14wo\x15\x15", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    put(&doc, "\x13 FORMTEXT \x14gone\x15", SPRMS(0x00, 0x08, 1));
    put(&doc,
        "\x13 IF \x13 A \x14"
        "b\x15 = 1 \x14"
        "c\x15",
        PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P({one})P({two})P('c')");

    doc = doc_new();
    put(&doc, "\x13 FORMTEXT \x14 never ends", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    check_fails(&doc, PARSERS_ERROR_DAMAGED, "field");
}

static void
test_symbols(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    add_font(&doc, "Arial");
    add_font(&doc, "Wingdings");
    put(&doc, "(", SPRMS(0x09, 0x6A, 1, 0, 0xA8, 0xF0));
    put(&doc, "Yes", PLAIN);
    put(&doc, "\xc3\xbe", SPRMS(0x4F, 0x4A, 1, 0));
    put(&doc, "No", SPRMS(0x4F, 0x4A, 0, 0));
    put(&doc, "\xe2\x98\x90", PLAIN);
    put(&doc, "\x01", SPRMS(SPECIAL, 0x03, 0x6A, 0, 0, 0, 0));
    mark(&doc, "\r", 0, PLAIN);
    check(&doc, "P([]'Yes'[x]'No'[]<>)");
}

/* ---- Other texts ---- */

/* A text box on the third character, notes, heads and feet. */
static void
test_texts(void **fixture)
{
    Doc doc = doc_new();

    (void)fixture;
    put(&doc, "ab", PLAIN);
    put(&doc, "\x08", SPRMS(SPECIAL));
    put(&doc, "c", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    put(&doc, "d", PLAIN);
    mark(&doc, "\x0c", 0, PLAIN);
    end_text(&doc, 0);
    put(&doc, "note", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    end_text(&doc, 1);
    put(&doc, "head\rx", PLAIN);
    put(&doc, "foot\rx", PLAIN);
    end_run(&doc, doc.marks, 0, PLAIN);
    end_text(&doc, 2);
    put(&doc, "box", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    put(&doc, "grouped", PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    end_text(&doc, 5);
    for (guint i = 0; i < 8; i++)
        compound_add(doc.heads, 0, 4);
    compound_add(doc.heads, 6, 4);
    compound_add(doc.heads, 12, 4);
    compound_add(doc.heads, 12, 4);

    compound_add(doc.shapes, 2, 4);
    compound_add(doc.shapes, 7, 4);
    compound_add(doc.shapes, 1025, 4);
    for (guint i = 0; i < 22; i++)
        compound_add(doc.shapes, 0, 1);
    for (guint i = 0; i < 4; i++)
        compound_add(doc.boxes, (const guint[]){0, 4, 12, 13}[i], 4);
    for (guint i = 0; i < 3; i++) {
        compound_add(doc.boxes, 0, 8);
        compound_add(doc.boxes, 0, 6);
        compound_add(doc.boxes, (const guint[]){1025, 1030, 0}[i], 4);
        compound_add(doc.boxes, 0, 4);
    }
    check(&doc, "^P('head')P('abc')P('box')P('d')P('grouped')P('note')_P('foot')");
}

/* ---- Failures ---- */

static void
test_failures(void **fixture)
{
    static const struct {
        guint flags;
        guint magic;
        guint extra; /* characters that are not there */
        ParsersError code;
        const char *words;
    } cases[] = {
        {0x0300, 0xA5EC, 0, PARSERS_ERROR_ENCRYPTED, "password"},
        {0x8300, 0xA5EC, 0, PARSERS_ERROR_ENCRYPTED, "password"},
        {0x0200, 0xA5DC, 0, PARSERS_ERROR_UNSUPPORTED, "Word 95"},
        {0x0200, 0x1234, 0, PARSERS_ERROR_DAMAGED, "FIB"},
        {0x0000, 0xA5EC, 0, PARSERS_ERROR_DAMAGED, "0Table"},
        {0x0200, 0xA5EC, 9000, PARSERS_ERROR_DAMAGED, "pieces"},
        {0x0200, 0xA5EC, 0x40000000, PARSERS_ERROR_LIMIT, "document_text_bytes"},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Doc doc = doc_new();

        doc.flags = cases[i].flags;
        doc.magic = cases[i].magic;
        put(&doc, "x", PLAIN);
        mark(&doc, "\r", 0, PLAIN);
        end_text(&doc, 0);
        doc.counts[0] += cases[i].extra;
        check_fails(&doc, cases[i].code, cases[i].words);
    }
}

/* However a file is cut or bent, it is read or refused. */
static void
test_bent(void **fixture)
{
    Doc doc = doc_new();
    g_autoptr(GByteArray) file = NULL;
    guint refused = 0;

    (void)fixture;
    field(&doc, " FORMTEXT ", describe(&doc, "Text1", 0, 0, ""), "Asha");
    cell(&doc, "a");
    cell(&doc, "b");
    mark(&doc, "\x07", 0, SPRMS(ROW(3000, 0)));
    add_style(&doc, 2, 1, 0, 0x0835);
    file = doc_finish(&doc);
    for (guint i = 0; i < 2 * file->len; i += 3) {
        g_autoptr(ParsersDocument) document = NULL;
        g_autoptr(GBytes) bytes = NULL;
        const guint at = i % file->len;
        const guint8 was = file->data[at];

        file->data[at] = i < file->len ? 0xFF : (guint8)(was + 1);
        bytes = g_bytes_new(file->data, file->len);
        file->data[at] = was;
        refused += !parsers_doc_read(bytes, parsers_limits_default(), &document, NULL);
    }
    assert_true(refused > 50);
}

/* ---- Documents that are there as .docx, too ---- */

static char *
read_words(OfficeRead read, const char *path)
{
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;
    g_auto(GStrv) words = NULL;
    g_autoptr(GString) joined = g_string_new(NULL);
    char *data = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &data, &length, NULL))
        return NULL;
    bytes = g_bytes_new_take(data, length);
    assert_true(read(bytes, parsers_limits_default(), &document, NULL));
    text = parsers_document_text(document);
    words = g_strsplit_set(text, " \t\n", -1);
    for (gsize i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_string_append_printf(joined, "%s ", words[i]);
    return g_string_free(g_steal_pointer(&joined), FALSE);
}

static void
test_twins(void **fixture)
{
    const char *top = g_getenv("top_srcdir");
    g_autofree char *folder = g_build_filename(
        top == NULL ? "." : top, "../shared/corpus/docx/morungos+node-word-extractor/data", NULL);
    guint n = 0;
    guint equal = 0;

    (void)fixture;
    for (guint i = 1; i < 100; i++) {
        g_autofree char *doc = g_strdup_printf("%s/test%02u.doc", folder, i);
        g_autofree char *docx = g_strdup_printf("%s/test%02u.docx", folder, i);
        g_autofree char *a = read_words(parsers_doc_read, doc);
        g_autofree char *b = a == NULL ? NULL : read_words(parsers_docx_read, docx);

        if (a == NULL || b == NULL)
            continue;
        n++;
        equal += strcmp(a, b) == 0;
    }
    if (n == 0) {
        print_message("SKIP there are no documents at %s\n", folder);
        g_free(g_steal_pointer(&folder)); /* skip() does not return */
        skip();
    }
    print_message("%u of %u documents read as their .docx\n", equal, n);
    /* Some differ in themselves: other dates, other symbols, running heads in another order. */
    assert_true(equal * 100 >= n * 75);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),     cmocka_unit_test(test_look),
        cmocka_unit_test(test_styles),   cmocka_unit_test(test_tables),
        cmocka_unit_test(test_fields),   cmocka_unit_test(test_nested_fields),
        cmocka_unit_test(test_symbols),  cmocka_unit_test(test_texts),
        cmocka_unit_test(test_failures), cmocka_unit_test(test_bent),
        cmocka_unit_test(test_twins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
