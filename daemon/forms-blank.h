/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-blank.h - the form to be filled in, made from its definition.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md
 */
#ifndef DAEMON_FORMS_BLANK_H
#define DAEMON_FORMS_BLANK_H

#include "parsers/definition.h"
#include "templates/blank.h"

/* Blocks that a repeated section gets: two children, two others in the household. */
#define DAEMON_FORMS_BLANK_PEOPLE 2u

/* How well the words above a form must agree with one of its titles (parsers_lexicon_title()). */
#define DAEMON_FORMS_BLANK_TITLE 0.9

/* The sections and questions of a definition that a person is shown; the caller frees. */
TemplatesBlank *daemon_forms_blank(const ParsersDefinition *definition);

/* "child.N.name" for the second child is "child.2.name"; the caller frees. */
char *daemon_forms_blank_key(const char *key, guint number);

#endif
