/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-doc-text.c - the work that the texts of a Word binary document may make.
 *
 * Runs in:  make check.
 * Source:   doc/reading.md; [MS-DOC]
 */
#include "config.h"

#include "parsers/doc.h"

#include "tests/unit/office.h"
#include "tests/unit/word.h"

/* Positions of n stories, of which every second one is the same whole text. */
static void
share_text(GByteArray *plc, guint n, guint length)
{
    for (guint i = 0; i <= n; i++)
        compound_add(plc, i % 2 == 0 ? 0 : length, 4);
}

/* Many stories of the same characters, none of which is text, are no endless work. */
static void
check_shared(bool in_boxes)
{
    enum { LENGTH = 10000, STORIES = 300 };
    Doc doc = doc_new();
    g_autofree char *nothing = g_strnfill(LENGTH, 0x02);
    ParsersLimits limits = *parsers_limits_default();
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GByteArray) file = NULL;
    g_autoptr(GBytes) bytes = NULL;

    doc.narrow = true;
    mark(&doc, "\r", 0, PLAIN);
    end_text(&doc, 0);
    put(&doc, nothing, PLAIN);
    mark(&doc, "\r", 0, PLAIN);
    end_text(&doc, in_boxes ? 5 : 2);
    share_text(in_boxes ? doc.boxes : doc.heads, STORIES, LENGTH + 1);
    for (guint i = 0; in_boxes && i < STORIES * 22; i++)
        compound_add(doc.boxes, 0, 1);
    file = doc_finish(&doc);
    bytes = g_bytes_new(file->data, file->len);
    assert_true(parsers_doc_read(bytes, &limits, &document, NULL));
    limits.document_text_bytes = 2 * LENGTH;
    office_check_fails(parsers_doc_read, bytes, &limits, PARSERS_ERROR_LIMIT,
                       "document_text_bytes");
}

static void
test_shared_boxes(void **fixture)
{
    (void)fixture;
    check_shared(true);
}

static void
test_shared_heads(void **fixture)
{
    (void)fixture;
    check_shared(false);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared_boxes),
        cmocka_unit_test(test_shared_heads),
    };

    return cmocka_run_group_tests_name("parsers-doc-text", tests, NULL, NULL);
}
