/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank-text.h - a blank form as plain text, to be answered in a mail's body.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md
 */
#ifndef TEMPLATES_BLANK_TEXT_H
#define TEMPLATES_BLANK_TEXT_H

#include "templates/blank.h"

/* Lay a form out as lines "Label: "; answers are typed behind the colons.  UTF-8, lines end in
 * "\n".  The caller frees. */
GBytes *templates_blank_text(const TemplatesBlank *blank);

#endif
