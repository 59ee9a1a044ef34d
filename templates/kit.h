/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/kit.h - what all replies of a service are made from, read and parsed once.
 *
 * Whoever writes many replies keeps one for as long as it runs: a template that is
 * changed meanwhile is read at the next start, which also checks it.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   doc/replies.md, "Your own words and numbers"
 */
#ifndef TEMPLATES_KIT_H
#define TEMPLATES_KIT_H

#include <jansson.h>

#include "templates/areas.h"
#include "templates/dates.h"
#include "templates/error.h"

typedef struct TemplatesKit TemplatesKit;

/* All borrowed; they must outlive it.
 *
 * folder:   a council's own template folder, or NULL.
 * language: subfolder of mails, such as "cy"; NULL for "en".
 * contacts: text -> text, before those of mails/contacts.json; or NULL. */
TemplatesKit *templates_kit_new(const char *folder, const char *language, GHashTable *contacts);
void templates_kit_free(TemplatesKit *kit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesKit, templates_kit_free)

/* The names and telephone numbers that a template may give.
 * out_contacts: borrowed; not to be changed.
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX: the text names file and line. */
bool templates_kit_contacts(TemplatesKit *kit, json_t **out_contacts, GError **error);

/* What a template may say of another council's area: name, lado-phone, lado-phone-link ...; every
 * key is there, with an empty text when name is NULL or no area's. areas: the same each time, or
 * NULL.  Borrowed; not to be changed. */
json_t *templates_kit_area(TemplatesKit *kit, const TemplatesAreas *areas, const char *name);

/* Days and times in the words of the language; borrowed.
 * Errors: as templates_dates_load(). */
bool templates_kit_dates(TemplatesKit *kit, const TemplatesDates **out_dates, GError **error);

/* Such as mails/en/holding-blank.txt; the caller frees.
 * name: of a template, as its files are called; suffix: ".subject", ".txt" or ".html". */
char *templates_kit_path(const TemplatesKit *kit, const char *name, const char *suffix);

/* Fill in one file of a template.  out_text: the caller frees.
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX, _RENDER. */
bool templates_kit_fill_in(TemplatesKit *kit, const char *path, const json_t *data, char **out_text,
                           GError **error);

/* Read one file of a template and its partials without filling them in.
 * known: the names that may stand in a tag.
 * Errors: as templates_mustache_check(). */
bool templates_kit_check(TemplatesKit *kit, const char *path, const char *const *known,
                         GError **error);

#endif
