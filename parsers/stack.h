/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/stack.h - tables that became lines of plain text, each cell a line of its own.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_STACK_H
#define PARSERS_STACK_H

#include "parsers/context.h"

/* Read what stands stacked in lines (of ParsersLine, which live as long as the reading) from index
 * at on: heads one below the other and then as many answers for each row, or, where most of the
 * lines are so, one question and its answer below.  Returns how many lines that were; 0 if there
 * is nothing of the kind. */
guint parsers_stack_read(ParsersContext *reading, const GPtrArray *lines, guint at);

#endif
