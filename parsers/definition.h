/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/definition.h - what a form is: sections, fields, label variants, types.
 *
 * Definitions come from templates/forms/ files, as bytes; nothing is opened here.
 *
 * Runs in:  postern-parser; the command line and templates read sections and titles.
 * Source:   doc/forms.md
 */
#ifndef PARSERS_DEFINITION_H
#define PARSERS_DEFINITION_H

#include "parsers/error.h"

typedef struct ParsersDefinitions ParsersDefinitions;

ParsersDefinitions *parsers_definitions_new(void);
void parsers_definitions_free(ParsersDefinitions *definitions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDefinitions, parsers_definitions_free)

/* Add one .form file.
 *
 * name:  file name, for messages; borrowed.
 * bytes: the file; borrowed.
 *
 * Errors: PARSERS_ERROR_DEFINITION, the text has "name:line: what is wrong". */
bool parsers_definitions_add(ParsersDefinitions *definitions, const char *name, GBytes *bytes,
                             GError **error);

#endif
