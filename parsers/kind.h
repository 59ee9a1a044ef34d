/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/kind.h - what a mail is: a person's, or one of the many that machines send.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3834, RFC 3464, RFC 8098, RFC 2369, RFC 5545; doc/deciding.md, "Signals"
 */
#ifndef PARSERS_KIND_H
#define PARSERS_KIND_H

#include "parsers/mime.h"

/* True if the words of the mail are a mail system's notice of what it could not deliver: so by its
 * shape, by who sent it, and by their length.  findings has its people and its text. */
bool parsers_kind_is_notice(ParsersFindings *findings, const ParsersMime *mime);

/* Add the signals of headers, shape and words, and set the kind.
 *
 * findings: its headers, text, forms and parts are filled in; kind is PERSON, or ENCRYPTED when
 *           nothing readable was found, which stays.
 * mime:     borrowed. */
void parsers_kind_classify(ParsersFindings *findings, const ParsersMime *mime);

#endif
