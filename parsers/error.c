/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/error.c - the error domain of parsers/.
 *
 * Runs in:  postern-parser.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include "parsers/error.h"

G_DEFINE_QUARK(parsers - error - quark, parsers_error)

bool
parsers_throw(GError **error, ParsersError code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (error != NULL && *error == NULL)
        *error = g_error_new_valist(PARSERS_ERROR, (gint)code, format, args);
    va_end(args);
    return false;
}
