/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/date.h - dates as people in England write them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_DATE_H
#define PARSERS_DATE_H

#include <glib.h>
#include <stdbool.h>

/* "YYYY-MM-DD" if the text is one date with day, month and year and says nothing else but a
 * weekday, a time or what kind of date it is; else NULL.  The caller frees. */
char *parsers_date_iso(const char *text);

/* Find one full date, or an age, at the end of a text ("Jo Bloggs, 1/2/2015", "Jo (6, nearly 7)").
 *
 * ages: also take ages ("mid 20s").
 * out_start: set to where it begins, with the words and brackets that belong to it.
 *
 * Returns the date as ISO or the age as written; NULL if there is none.  The caller frees. */
char *parsers_date_tail(const char *text, bool ages, gsize *out_start);

#endif
