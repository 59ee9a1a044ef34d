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

/* True if the mail is a machine's report of what became of another mail, by its shape and by who
 * sent it, and no word in it is one that a person would use, or a form (parsers/notice.h): then
 * neither forms nor stories need be looked for.  findings has its people and its text. */
bool parsers_kind_is_notice(const ParsersFindings *findings, const ParsersMime *mime);

/* Add the signals of headers, shape and words, and set the kind.
 *
 * findings: its headers, text, forms and parts are filled in; kind is PERSON, or ENCRYPTED when
 *           nothing readable was found, which stays.
 * mime:     borrowed.
 * notice:   what parsers_kind_is_notice() said: then no words are looked at, unless there is a
 * form. */
void parsers_kind_classify(ParsersFindings *findings, const ParsersMime *mime, bool notice);

#endif
