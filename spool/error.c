/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/error.c - the error domain of spool/.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md
 */
#include "config.h"

#include "spool/error.h"

G_DEFINE_QUARK(spool - error - quark, spool_error)

bool
spool_throw(GError **error, SpoolError code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (error != NULL && *error == NULL)
        *error = g_error_new_valist(SPOOL_ERROR, (gint)code, format, args);
    va_end(args);
    return false;
}
