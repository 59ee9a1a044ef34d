/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/error.c - the error domain of daemon/.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include "daemon/error.h"

G_DEFINE_QUARK(daemon - error - quark, daemon_error)

bool
daemon_throw(GError **error, DaemonError code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (error != NULL && *error == NULL)
        *error = g_error_new_valist(DAEMON_ERROR, (gint)code, format, args);
    va_end(args);
    return false;
}
