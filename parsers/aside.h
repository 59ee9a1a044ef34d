/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/aside.h - converters that few mails need, left out of most children.
 *
 * Runs in:  postern-parser.
 * Source:   madvise(2), MADV_DONTFORK; doc/process-model.md
 */
#ifndef PARSERS_ASIDE_H
#define PARSERS_ASIDE_H

#include <stdbool.h>

/* Find what can be left out; called once, when all is loaded and before the cage closes. */
void parsers_aside_find(void);

/* Say whether the next children do without it.  False when nothing can be left out. */
bool parsers_aside_leave(bool out);

/* In a child that does without it: keep the places empty, so that whatever needs it ends the child
 * by SIGSEGV and never meets something else there.  False when that cannot be done. */
bool parsers_aside_reserve(void);

#endif
