/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/heap.c - leaves the heap without gaps before it is copied for every mail.
 *
 * Runs in:  postern-parser, postern-ocr, postern-view.
 * Source:   mallinfo(3), sbrk(2); doc/process-model.md
 */
#include "config.h"

#include "parsers/heap.h"

#ifdef POSTERN_SANITIZERS

void
parsers_heap_fill(void)
{
}

#else

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define LARGEST ((size_t)64 * 1024)
#define STEP ((size_t)16) /* in which malloc() counts sizes on 64 bits */

/* Take one gap of that size.  False: there is none left.
 * What came from the top is given back, if it is large enough that it can go back there. */
static bool
take_gap(size_t size, uintptr_t top)
{
    void *piece = malloc(size);

    if (piece != NULL && (uintptr_t)piece < top)
        return true;
    free(piece);
    return false;
}

void
parsers_heap_fill(void)
{
    const uintptr_t top = (uintptr_t)sbrk(0) - mallinfo2().keepcost;

    for (size_t size = LARGEST; size > 0; size -= STEP)
        while (take_gap(size, top))
            continue;
}

#endif
