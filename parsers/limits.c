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
