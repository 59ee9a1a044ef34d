/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/error.c - the error domain of templates/.
 *
 * Runs in:  courier, command line, staff pages.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include "templates/error.h"

G_DEFINE_QUARK(templates - error - quark, templates_error)

bool
templates_throw(GError **error, TemplatesError code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (error != NULL && *error == NULL)
        *error = g_error_new_valist(TEMPLATES_ERROR, (gint)code, format, args);
    va_end(args);
    return false;
}
