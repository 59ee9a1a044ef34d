/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-heap.c - malloc() of postern-parser: pieces that keep apart and keep what
 * is in them, and nothing of a parent's that a child gets.
 *
 * Runs in:  make check.  This whole program lives on parsers/heap.c.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <errno.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/heap.h"

#define MOST_PIECES 600u

typedef struct {
    unsigned char *data;
    size_t size;
    unsigned char mark;
} Held;

static unsigned
next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Mostly small, as libraries ask, and now and then larger than any class. */
static size_t
random_size(unsigned *state)
{
    static const size_t most[] = {24, 64, 200, 1100, 5000, 40000, 270000, 600000};
    const unsigned which = next_random(state) % 64;

    return next_random(state) % most[which < 32   ? which % 4
                                     : which < 62 ? which % 6
                                                  : 6 + which % 2];
}

static void
check_held(const Held *held)
{
    for (size_t i = 0; i < held->size; i++)
        assert_int_equal(held->data[i], held->mark);
}

static void
fill(Held *held, size_t size, unsigned char mark)
{
    assert_non_null(held->data);
    assert_int_equal((uintptr_t)held->data % 16, 0);
    assert_true(malloc_usable_size(held->data) >= size);
    held->size = size;
    held->mark = mark;
    memset(held->data, mark, size);
}

static void
step(Held *held, unsigned *state)
{
    const size_t size = random_size(state);
    const unsigned char mark = (unsigned char)next_random(state);
    const size_t before = held->size;

    check_held(held);
    if (held->data != NULL && mark % 3 == 0) {
        held->data = realloc(held->data, size + 1);
        for (size_t i = 0; i < before && i < size + 1; i++)
            assert_int_equal(held->data[i], held->mark);
        fill(held, size + 1, mark);
        return;
    }
    free(held->data);
    held->data = mark % 2 == 0 ? malloc(size) : calloc(1, size);
    for (size_t i = 0; mark % 2 != 0 && i < size; i++)
        assert_int_equal(held->data[i], 0);
    fill(held, size, mark);
}

/* Whatever is asked and given back, in any order, what is held stays as it was written. */
static void
test_pieces(void **fixture)
{
    static Held held[MOST_PIECES];
    unsigned state = 1;

    (void)fixture;
    memset(held, 0, sizeof held);
    for (unsigned i = 0; i < 20000; i++)
        step(&held[next_random(&state) % MOST_PIECES], &state);
    for (unsigned i = 0; i < MOST_PIECES; i++) {
        check_held(&held[i]);
        free(held[i].data);
    }
}

/* Each size has room, also where one class ends and the next begins. */
static void
test_sizes(void **fixture)
{
    (void)fixture;
    for (size_t size = 0; size < 300000; size += size < 3000 ? 1 : 977) {
        unsigned char *first = malloc(size);
        unsigned char *second = malloc(size);

        assert_non_null(first);
        assert_non_null(second);
        assert_true(second >= first + size || first >= second + size);
        memset(first, 1, malloc_usable_size(first));
        memset(second, 2, malloc_usable_size(second));
        assert_true(size == 0 || (first[size - 1] == 1 && second[0] == 2));
        free(first);
        free(second);
    }
}

static void
test_alignment(void **fixture)
{
    (void)fixture;
    for (size_t alignment = 8; alignment <= 65536; alignment *= 2) {
        void *piece = NULL;
        char *grown;

        assert_int_equal(posix_memalign(&piece, alignment, 100), 0);
        assert_int_equal((uintptr_t)piece % alignment, 0);
        memset(piece, 7, 100);
        grown = realloc(piece, 1000);
        assert_non_null(grown);
        assert_int_equal(grown[99], 7);
        free(grown);
        free(aligned_alloc(alignment, 3 * alignment));
    }
}

#ifndef POSTERN_SANITIZERS
static void
test_impossible(void **fixture)
{
    /* A compiler knows what malloc() may be asked, and that it does not fail. */
    volatile size_t most = SIZE_MAX;
    volatile size_t half = SIZE_MAX / 2 + 2;
    void *volatile none;
    void *piece = malloc(10);
    void *untouched = &piece;

    (void)fixture;
    errno = 0;
    none = malloc(most);
    assert_null(none);
    assert_int_equal(errno, ENOMEM);
    none = malloc(most - 20);
    assert_null(none);
    none = calloc(half, 2);
    assert_null(none);
    none = realloc(piece, most);
    assert_null(none);
    assert_int_equal(posix_memalign(&untouched, 4096, most), ENOMEM);
    assert_ptr_equal(untouched, &piece);
    free(piece);
}

/* What was given back before comes to nobody after, nor what is given back of it then. */
static void
test_turn(void **fixture)
{
    enum { N = 100 };
    void *before[N];
    char *kept = strdup("kept");
    uintptr_t given;

    (void)fixture;
    for (unsigned i = 0; i < N; i++)
        before[i] = malloc(48);
    for (unsigned i = 0; i < N / 2; i++)
        free(before[i]);
    parsers_heap_turn();
    for (unsigned i = N / 2; i < N; i++)
        free(before[i]);
    for (unsigned i = 0; i < N; i++) {
        void *after = malloc(48);

        for (unsigned k = 0; k < N; k++)
            assert_ptr_not_equal(after, before[k]);
    }
    kept = realloc(kept, 5000);
    assert_string_equal(kept, "kept");
    free(kept);
    given = (uintptr_t)malloc(5000);
    free((void *)given);
    assert_int_equal((uintptr_t)malloc(5000), given);
}
#endif

int
main(void)
{
#ifdef POSTERN_SANITIZERS
    print_message("SKIP parsers/heap.c: with a sanitizer its own malloc() stays\n");
#endif
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),     cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_alignment),
#ifndef POSTERN_SANITIZERS
        cmocka_unit_test(test_impossible), cmocka_unit_test(test_turn),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
