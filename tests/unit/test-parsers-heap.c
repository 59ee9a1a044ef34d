/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-heap.c - no memory from between what was there before.
 *
 * Runs in:  make check.
 * Source:   doc/process-model.md, "Gaps of the heap"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "parsers/heap.h"

#define PIECES 4000u

static const size_t sizes[] = {16, 24, 100, 500, 1000, 1100, 4000, 9000, 40000};

static size_t
size_of(unsigned i)
{
    return sizes[i % (sizeof sizes / sizeof *sizes)];
}

/* Many pieces, of which every other one is given back.  Returns: the highest that stays. */
static uintptr_t
leave_gaps(void *pieces[PIECES])
{
    uintptr_t highest = 0;

    for (unsigned i = 0; i < PIECES; i++)
        pieces[i] = malloc(size_of(i / 2));
    for (unsigned i = 0; i < PIECES; i += 2) {
        free(pieces[i]);
        if ((uintptr_t)pieces[i + 1] > highest)
            highest = (uintptr_t)pieces[i + 1];
    }
    return highest;
}

static unsigned
below(uintptr_t highest)
{
    unsigned n = 0;

    for (unsigned i = 0; i < PIECES; i++)
        n += (uintptr_t)malloc(size_of(i)) < highest;
    return n;
}

/* A sanitizer has a malloc() of its own. */
static void
need_the_libraries_malloc(void)
{
#ifdef POSTERN_SANITIZERS
    print_message("SKIP: the gaps of the C library's heap, in a program with sanitizers\n");
    skip();
#endif
}

static void
test_gaps(void **fixture)
{
    static void *pieces[PIECES];
    uintptr_t highest;

    need_the_libraries_malloc();
    highest = leave_gaps(pieces);
    parsers_heap_fill();
    assert_int_equal(below(highest), 0);
}

/* That the other test can fail. */
static void
test_without(void **fixture)
{
    static void *pieces[PIECES];
    uintptr_t highest;

    need_the_libraries_malloc();
    highest = leave_gaps(pieces);
    assert_in_range(below(highest), PIECES / 4, PIECES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_without),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
