/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-text.c - lines that were broken are joined, and only those.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/prose.h"
#include "parsers/text.h"

static void
gives(const char *in, ParsersTextFormat format, const char *own, const char *quoted)
{
    g_autoptr(ParsersDocument) document = NULL;
    g_autofree char *a = NULL;
    g_autofree char *b = NULL;

    assert_true(parsers_text_read(in, format, parsers_limits_default(), &document, NULL));
    a = parsers_prose_collect(document, false);
    b = parsers_prose_collect(document, true);
    assert_string_equal(a, own);
    assert_string_equal(b, quoted);
}

static void
test_lines(void **fixture)
{
    (void)fixture;
    gives("Name: A\r\nDate:\t1\r\n\r\nx\n", PARSERS_TEXT_FIXED, "Name: A\nDate:\t1\nx\n", "");
    gives("", PARSERS_TEXT_FIXED, "", "");
}

static const ParsersBlock *
find_table(const ParsersDocument *document)
{
    const GPtrArray *blocks = parsers_document_blocks(document);

    for (guint i = 0; i < blocks->len; i++)
        if (((const ParsersBlock *)blocks->pdata[i])->kind == PARSERS_BLOCK_TABLE)
            return blocks->pdata[i];
    return NULL;
}

/* How many rows the first table of a text has, and how many cells its first row; 0 without one. */
static void
has_table(const char *in, guint rows, guint cells)
{
    g_autoptr(ParsersDocument) document = NULL;
    const ParsersBlock *table = NULL;

    assert_true(
        parsers_text_read(in, PARSERS_TEXT_FIXED, parsers_limits_default(), &document, NULL));
    table = find_table(document);
    assert_int_equal(table != NULL ? table->rows->len : 0, rows);
    if (table != NULL)
        assert_int_equal(((const GPtrArray *)table->rows->pdata[0])->len, cells);
}

static void
test_pasted_tables(void **fixture)
{
    (void)fixture;
    has_table("\xe2\x80\xa2\tHe pulled her\n\xe2\x80\xa2\tHe shouted\n", 0, 0);
    has_table("Your details\nName\tA B\tPhone\t1\nTown\t\tPost\tC D\nBye\n", 2, 4);
    has_table("Name:\t\tA B\nTown:\t\tC\n", 2, 2); /* tabs that line up the answers */
    has_table("Name:\t\tA B\nTown:\tC\n", 0, 0);   /* so do these */
    has_table("Name:\tA\n\nTown:\tC\n", 0, 0);
    has_table("Name\tA B\tPhone\t1\n", 1, 4); /* one row is enough if it is no single pair */
    has_table("\tindented\n\ttoo\n", 0, 0);
    /* a title below a row is not the end of its answer, small letters are */
    gives("Name and all other names that were ever used\tAnna Bell of the Old Mill\n"
          "Your details\n",
          PARSERS_TEXT_FIXED,
          "Name and all other names that were ever used\tAnna Bell of the Old Mill\n"
          "Your details\n",
          "");
    gives("Name and all other names that were ever used\tAnna Bell of the Old Mill\n"
          "in Deal by the sea\n",
          PARSERS_TEXT_FIXED,
          "Name and all other names that were ever used\tAnna Bell of the Old Mill in Deal by the "
          "sea\n",
          "");
}

static void
test_hard_wrapped(void **fixture)
{
    (void)fixture;
    gives("What happened: he came in and then he shouted at all of them for a very\n"
          "long time.\n"
          "Hurt? No, but the boy was very afraid of him and did not go back for one\n"
          "Witnesses: none\n",
          PARSERS_TEXT_FIXED,
          "What happened: he came in and then he shouted at all of them for a very long time.\n"
          "Hurt? No, but the boy was very afraid of him and did not go back for one\n"
          "Witnesses: none\n",
          "");
    /* short lines were meant to be short */
    gives("one two\nthree four\n", PARSERS_TEXT_FIXED, "one two\nthree four\n", "");
}

static void
test_flowed(void **fixture)
{
    (void)fixture;
    gives("one \ntwo\nthree\n", PARSERS_TEXT_FLOWED, "one two\nthree\n", "");
    gives("on \ne\n", PARSERS_TEXT_FLOWED_DELSP, "one\n", "");
    gives(" >no mark\n>> a \n>> b\n>c\n", PARSERS_TEXT_FLOWED, ">no mark\n", "a b\nc\n");
    gives("-- \nname\n", PARSERS_TEXT_FLOWED, "--\nname\n", "");
}

static void
test_quoted(void **fixture)
{
    (void)fixture;
    gives("my answer\n> Name: A\n> > old\n>tight\n", PARSERS_TEXT_FIXED, "my answer\n",
          "Name: A\nold\ntight\n");
    gives("hi\n\nOn 2 May 2023, X wrote:\n> a\nmore\n", PARSERS_TEXT_FIXED, "hi\nmore\n",
          "On 2 May 2023, X wrote:\na\n");
    gives("hi\n-----Original Message-----\nFrom: x\n\nold\n", PARSERS_TEXT_FIXED, "hi\n",
          "-----Original Message-----\nFrom: x\nold\n");
    gives("hi\n\nFrom: x\nSent: y\nTo: z\nSubject: s\n\nold\n", PARSERS_TEXT_FIXED, "hi\n",
          "From: x\nSent: y\nTo: z\nSubject: s\nold\n");
    gives("From: my own view it was wrong\n", PARSERS_TEXT_FIXED,
          "From: my own view it was wrong\n", "");
}

/* Some programs quote without marks; a person's sentence is no head. */
static void
test_bare_quotes(void **fixture)
{
    (void)fixture;
    gives("hi\n\nOn Mon, Feb 1, 2016 at 4:58 AM, \"S\" <foo@bar.com>\nwrote:\n\nold\nolder\n",
          PARSERS_TEXT_FIXED, "hi\n",
          "On Mon, Feb 1, 2016 at 4:58 AM, \"S\" <foo@bar.com>\nwrote:\nold\nolder\n");
    gives("---- On Tue, 22 Dec 2015 S <a@b> wrote ----\nold\n", PARSERS_TEXT_FIXED, "",
          "---- On Tue, 22 Dec 2015 S <a@b> wrote ----\nold\n");
    gives("Am 2.5.2023 um 10:14 X:\n> alt\n", PARSERS_TEXT_FIXED, "",
          "Am 2.5.2023 um 10:14 X:\nalt\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),        cmocka_unit_test(test_pasted_tables),
        cmocka_unit_test(test_hard_wrapped), cmocka_unit_test(test_flowed),
        cmocka_unit_test(test_quoted),       cmocka_unit_test(test_bare_quotes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
