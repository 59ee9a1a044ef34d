/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/duplicates.h - one form sent twice in one mail is one form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_DUPLICATES_H
#define PARSERS_DUPLICATES_H

#include "parsers/findings.h"

/* Add a form to the findings, or only the better one of two that say the same (a document and its
 * PDF, a body and its print-out), with a warning.  form: taken. */
void parsers_duplicates_add(ParsersFindings *findings, ParsersForm *form);

#endif
