/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/heap-none.c - the C library's malloc(), where parsers/heap.c is not linked.
 *
 * Runs in:  postern-ocr and postern-view, whose libraries may have threads while they start.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include "parsers/heap.h"

void
parsers_heap_turn(void)
{
}
