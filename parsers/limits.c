/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/limits.c - the default limits.
 *
 * Runs in:  postern-parser.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include "parsers/limits.h"

const ParsersLimits *
parsers_limits_default(void)
{
    static const ParsersLimits limits = {
#define X(name, preset, meaning) .name = (preset),
        PARSERS_LIMITS(X)
#undef X
    };

    return &limits;
}

const ParsersLimits *
parsers_limits_careful(void)
{
    static ParsersLimits limits;

    limits = *parsers_limits_default();
    limits.documents = 0;
    limits.container_depth = 0;
    return &limits;
}
