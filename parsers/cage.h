/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/cage.h - the walls between a stranger's bytes and everything else.
 *
 * Two steps.  The long-lived process closes the outer cage: no files, no network, no programs, but
 * it may fork and wait.  Each child that reads a mail then closes the inner cage: no fork, no
 * descriptors, a budget of memory and processor time.  Neither can be opened again.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md; seccomp(2), landlock(7), setrlimit(2)
 */
#ifndef PARSERS_CAGE_H
#define PARSERS_CAGE_H

#include "parsers/error.h"

typedef struct ParsersCage ParsersCage;

typedef struct {
    guint64 memory_bytes; /* address space in all; 0: as it is */
    guint cpu_s;
} ParsersCageBudget;

/* Make the filters ready, so that a child installs its own with one call.
 * Errors: PARSERS_ERROR_CAGE. */
ParsersCage *parsers_cage_new(GError **error);
void parsers_cage_free(ParsersCage *cage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersCage, parsers_cage_free)

/* What this kernel cannot do for the outer cage, for people, or NULL; static.  May be asked by any
 * process that is not in the cage itself. */
const char *parsers_cage_lacks(void);

/* Close the outer cage around this process and all its children to come.  Without the filter of
 * system calls this fails; without Landlock it does not, which parsers_cage_lacks() tells.
 *
 * Errors: PARSERS_ERROR_CAGE: read nothing. */
bool parsers_cage_enter(const ParsersCage *cage, GError **error);

/* Close the inner cage around this process.  Descriptors from 3 on are closed.
 *
 * Errors: PARSERS_ERROR_CAGE: read nothing, exit. */
bool parsers_cage_enter_child(const ParsersCage *cage, const ParsersCageBudget *budget,
                              GError **error);

#endif
