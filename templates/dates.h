/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/dates.h - days and times of day in the words of a language.
 *
 * Runs in:  courier, command line.
 * Source:   doc/replies.md, "A second language"
 */
#ifndef TEMPLATES_DATES_H
#define TEMPLATES_DATES_H

#include <glib.h>

#include "templates/error.h"

typedef struct TemplatesDates TemplatesDates;

/* Read mails/LANGUAGE/dates.json.
 *
 * folder: a council's own template folder, or NULL; language: such as "en"; both borrowed.
 *
 * Errors: TEMPLATES_ERROR_MISSING  there is no such file
 *         TEMPLATES_ERROR_SYNTAX   it lacks a word; the text names the file */
bool templates_dates_load(const char *folder, const char *language, TemplatesDates **out_dates,
                          GError **error);
void templates_dates_free(TemplatesDates *dates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesDates, templates_dates_free)

/* "Tuesday 5 March 2024"; the caller frees. */
char *templates_dates_day(const TemplatesDates *dates, GDateTime *at);

/* "8:30am", "10am", "midday", "midnight"; the caller frees. */
char *templates_dates_clock(const TemplatesDates *dates, GDateTime *at);

#endif
