/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/error.h - what can go wrong while making a document.
 *
 * Runs in:  courier, command line, staff pages.
 * Source:   doc/architecture.md
 */
#ifndef TEMPLATES_ERROR_H
#define TEMPLATES_ERROR_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    TEMPLATES_ERROR_MISSING, /* no such template file: stop at start, never while a parent waits */
    TEMPLATES_ERROR_SYNTAX,  /* the text has "file:line: what is wrong": stop at start */
    TEMPLATES_ERROR_FONT,    /* the font cannot be loaded: tell the operator which package has it */
    TEMPLATES_ERROR_RENDER,  /* could not be made from this data: tell staff */
    TEMPLATES_N_ERRORS
} TemplatesError;

#define TEMPLATES_ERROR (templates_error_quark())
GQuark templates_error_quark(void);

/* Set error and return false, so that a failure is one line.  error may be NULL. */
bool templates_throw(GError **error, TemplatesError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

#endif
