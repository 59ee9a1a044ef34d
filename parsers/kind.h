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
 * sent it.  findings has its people and its text. */
bool parsers_kind_is_notice(const ParsersFindings *findings, const ParsersMime *mime);

/* True if a form that was read in the words of such a report is the mail system's own: a list of
 * dates, senders and codes has the shape of one, but names nobody and has no word of children. */
bool parsers_kind_is_own_list(const ParsersFindings *findings, const ParsersMime *mime,
                              const ParsersForm *form);

/* Add the signals of headers, shape and words, and set the kind.
 *
 * findings: its headers, text, forms and parts are filled in; kind is PERSON, or ENCRYPTED when
 *           nothing readable was found, which stays.
 * mime:     borrowed. */
void parsers_kind_classify(ParsersFindings *findings, const ParsersMime *mime);

#endif
