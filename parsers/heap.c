/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/heap.c - malloc() for a process that is copied for every mail.
 *
 * A child that takes memory from between what its parent left must copy each page that it touches,
 * and the gaps lie all over.  Here it takes one page after the other of a stretch that nobody has
 * used, and leaves alone what was there before the fork.  It lives for
 * one mail: what is given back is kept for others of its size and never joined.
 *
 * Runs in:  postern-parser.  There is one thread.
 * Source:   malloc(3), posix_memalign(3), madvise(2); doc/process-model.md
 */
#include "config.h"

#include "parsers/heap.h"

#ifdef POSTERN_SANITIZERS

void
parsers_heap_turn(void)
{
}

#else

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)
#define HUGE_PAGE ((size_t)2 * 1024 * 1024)
#define UNIT ((size_t)16)
#define CLASS_MAX ((size_t)256 * 1024) /* what is larger gets a mapping of its own */
#define REGION ((size_t)1024 * 1024)

/* Sizes that are told apart: each unit up to 64 of them, then four for each doubling. */
enum { EXACT = 64, EXACT_LOG = 6, CLASSES = EXACT + 1 + 4 * 8 };

/* Stands before each piece; before a mapping of its own stands its size as well. */
typedef struct {
    uint32_t class; /* 0: a mapping of its own, or not to be given back */
    uint32_t generation;
} Head;

typedef struct Piece {
    struct Piece *next;
} Piece;

static struct {
    uint32_t generation; /* pieces of an earlier one stay as they are */
    char *at, *end;      /* of the stretch from which pieces are cut */
    Piece *given_back[CLASSES];
} heap = {.generation = 1};

static Head *
head_of(void *piece)
{
    return (Head *)piece - 1;
}

static size_t *
mapped_size(void *piece)
{
    return (size_t *)head_of(piece) - 1;
}

static unsigned
class_of(size_t size)
{
    const size_t last = (size - 1) / UNIT;
    unsigned log;

    if (last < EXACT)
        return (unsigned)last + 1;
    log = 63 - (unsigned)__builtin_clzl(last);
    return EXACT + 1 + (log - EXACT_LOG) * 4 + (unsigned)(last >> (log - 2) & 3);
}

static size_t
class_size(unsigned class)
{
    const unsigned above = class - EXACT - 1;

    return class <= EXACT ? class * UNIT
                          : (size_t)(above % 4 + 5) * UNIT << (above / 4 + EXACT_LOG - 2);
}

static void *
map(size_t size)
{
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return pages == MAP_FAILED ? NULL : pages;
}

/* What all children share is copied with each as one entry for each page: better few large ones. */
static char *
map_shared(size_t size)
{
    char *pages = map(size + HUGE_PAGE);
    const size_t before = pages == NULL ? 0 : HUGE_PAGE - (uintptr_t)pages % HUGE_PAGE;

    if (pages == NULL)
        return NULL;
    munmap(pages, before);
    if (before < HUGE_PAGE)
        munmap(pages + before + size, HUGE_PAGE - before);
    madvise(pages + before, size, MADV_HUGEPAGE);
    return pages + before;
}

static bool
stretch(void)
{
    const bool shared = heap.generation == 1;
    const size_t size = shared ? 2 * HUGE_PAGE : REGION;
    char *start = shared ? map_shared(size) : map(size);

    if (start == NULL)
        return false;
    if (!shared)
        madvise(start, size, MADV_NOHUGEPAGE); /* most mails need less */
    heap.at = start + sizeof(Head);            /* so that pieces are aligned */
    heap.end = start + size;
    return true;
}

static void *
cut(unsigned class)
{
    const size_t size = class_size(class);
    char *piece;

    if ((size_t)(heap.end - heap.at) < size + sizeof(Head) && !stretch()) {
        errno = ENOMEM;
        return NULL;
    }
    piece = heap.at + sizeof(Head);
    heap.at += size;
    *head_of(piece) = (Head){.class = class, .generation = heap.generation};
    return piece;
}

static void *
map_alone(size_t size)
{
    const size_t whole = (size + UNIT + PAGE - 1) & ~(PAGE - 1);
    char *pages = whole > size ? map(whole) : NULL;

    if (pages == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    *mapped_size(pages + UNIT) = whole;
    *head_of(pages + UNIT) = (Head){.generation = heap.generation};
    return pages + UNIT;
}

/* out_zero: set to whether nobody has used it before. */
static inline void *
take(size_t size, bool *out_zero)
{
    Piece *piece;
    unsigned class;

    *out_zero = true;
    if (size > CLASS_MAX - sizeof(Head))
        return map_alone(size);
    class = class_of(size + sizeof(Head));
    piece = heap.given_back[class];
    if (piece == NULL)
        return cut(class);
    heap.given_back[class] = piece->next;
    *out_zero = false;
    return piece;
}

static size_t
room(void *piece)
{
    const Head *head = head_of(piece);

    return head->class != 0 ? class_size(head->class) - sizeof *head : *mapped_size(piece) - UNIT;
}

void
parsers_heap_turn(void)
{
    heap.generation++;
    memset(heap.given_back, 0, sizeof heap.given_back);
    stretch();
}

void *
malloc(size_t size)
{
    bool zero;

    return take(size, &zero);
}

void
free(void *piece)
{
    const Head *head = piece != NULL ? head_of(piece) : NULL;
    const int before = errno;

    if (head == NULL || head->generation != heap.generation)
        return;
    if (head->class == 0) {
        munmap((char *)piece - UNIT, *mapped_size(piece));
        errno = before;
        return;
    }
    ((Piece *)piece)->next = heap.given_back[head->class];
    heap.given_back[head->class] = piece;
}

void *
calloc(size_t n, size_t each)
{
    size_t size;
    bool zero;
    void *piece;

    if (__builtin_mul_overflow(n, each, &size)) {
        errno = ENOMEM;
        return NULL;
    }
    piece = take(size, &zero);
    return piece == NULL || zero ? piece : memset(piece, 0, size);
}

/* Large mappings move without being copied. */
static void *
remap(void *piece, size_t size)
{
    const size_t whole = (size + UNIT + PAGE - 1) & ~(PAGE - 1);
    char *pages = whole > size
                      ? mremap((char *)piece - UNIT, *mapped_size(piece), whole, MREMAP_MAYMOVE)
                      : MAP_FAILED;

    if (pages == MAP_FAILED) {
        errno = ENOMEM;
        return NULL;
    }
    *mapped_size(pages + UNIT) = whole;
    return pages + UNIT;
}

void *
realloc(void *piece, size_t size)
{
    const size_t has = piece != NULL ? room(piece) : 0;
    void *other;

    if (piece == NULL)
        return malloc(size);
    if (size <= has && (has < CLASS_MAX || size > has / 2))
        return piece;
    if (has >= CLASS_MAX && size >= CLASS_MAX && head_of(piece)->generation == heap.generation)
        return remap(piece, size);
    other = malloc(size);
    if (other == NULL)
        return NULL;
    memcpy(other, piece, size < has ? size : has);
    free(piece);
    return other;
}

/* Never given back: few ask for it, and they keep it. */
void *
memalign(size_t alignment, size_t size)
{
    char *piece;

    if (alignment <= UNIT)
        return malloc(size);
    piece = size < SIZE_MAX - alignment - UNIT ? malloc(size + alignment + UNIT) : NULL;
    if (piece == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    piece += UNIT;
    piece += (alignment - (uintptr_t)piece % alignment) % alignment;
    *mapped_size(piece) = size + UNIT;
    *head_of(piece) = (Head){.generation = 0};
    return piece;
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int
posix_memalign(void **out_piece, size_t alignment, size_t size)
{
    void *piece = memalign(alignment, size);

    if (piece == NULL)
        return ENOMEM;
    *out_piece = piece;
    return 0;
}

size_t
malloc_usable_size(void *piece)
{
    return piece != NULL ? room(piece) : 0;
}

#endif
