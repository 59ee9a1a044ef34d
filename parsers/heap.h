/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/heap.h - malloc() for a process that is copied for every mail.
 *
 * Linking parsers/heap.c replaces malloc() and its like in the whole program, which must have one
 * thread.  Elsewhere, and with sanitizers, the C library's stays.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md, "Memory of its own"
 */
#ifndef PARSERS_HEAP_H
#define PARSERS_HEAP_H

/* Called once, before the forks begin: what is there by now is never given back, so that no child
 * writes to the pages that it shares with its parent, and what comes later lies elsewhere. */
void parsers_heap_turn(void);

#endif
