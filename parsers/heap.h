/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/heap.h - the heap of a process that is copied for every mail.
 *
 * Runs in:  postern-parser, postern-ocr, postern-view.
 * Source:   doc/process-model.md, "Gaps of the heap"
 */
#ifndef PARSERS_HEAP_H
#define PARSERS_HEAP_H

/* Called once, before the forks begin: takes all gaps between what is in use by now, so that each
 * child gets its memory from pages that nobody has used, and need not copy those with the gaps. */
void parsers_heap_fill(void);

#endif
