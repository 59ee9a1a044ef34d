/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/error.h - what can go wrong while reading a stranger's bytes.
 *
 * Runs in:  postern-parser; the codes also cross to the intake role inside findings.
 * Source:   doc/architecture.md
 */
#ifndef PARSERS_ERROR_H
#define PARSERS_ERROR_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    PARSERS_ERROR_DAMAGED,     /* not what it claims to be, or cut short: a person must look */
    PARSERS_ERROR_ENCRYPTED,   /* locked; the message names the kind: a person must ask for another
                                  way */
    PARSERS_ERROR_LIMIT,       /* a limit was reached; the message names it: a person must look */
    PARSERS_ERROR_UNSUPPORTED, /* a format that this build does not read: a person must look */
    PARSERS_ERROR_DEFINITION,  /* a form definition is wrong; the message has file and line: stop */
    PARSERS_ERROR_CAGE,        /* the sandbox cannot be closed: read nothing, stop */
    PARSERS_N_ERRORS
} ParsersError;

#define PARSERS_ERROR (parsers_error_quark())
GQuark parsers_error_quark(void);

/* Set error and return false, so that a failure is one line.  error may be NULL. */
bool parsers_throw(GError **error, ParsersError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
