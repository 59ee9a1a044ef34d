/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/definition-read.h - one .form file, line by line.
 *
 * Runs in:  postern-parser and the command line.
 * Source:   doc/forms.md
 */
#ifndef PARSERS_DEFINITION_READ_H
#define PARSERS_DEFINITION_READ_H

#include "parsers/definition.h"

/* Read one file with all that it includes.
 *
 * files: name to GBytes, for what is included; NULL only checks this file; borrowed.
 *
 * Returns NULL on errors: PARSERS_ERROR_DEFINITION.  Its name is NULL if the file is made to be
 * included; its lexicon is not compiled.  Free with parsers_definition_free(). */
ParsersDefinition *parsers_definition_read(const GHashTable *files, const char *name, GBytes *bytes,
                                           GError **error);
void parsers_definition_free(ParsersDefinition *form);

#endif
