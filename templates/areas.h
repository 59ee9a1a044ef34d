/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/areas.h - councils next door: what lies in them, and whom to ring there.
 *
 * A council edits areas.json, never C.  The borders are irregular: a find is a
 * flag and a reason to give two telephone numbers, and redirects nobody.
 *
 * Runs in:  intake, courier, command line.
 * Source:   doc/deciding.md, "Where"
 */
#ifndef TEMPLATES_AREAS_H
#define TEMPLATES_AREAS_H

#include <jansson.h>

#include "templates/error.h"

typedef struct TemplatesAreas TemplatesAreas;

/* Read areas.json (a council's own, or the embedded one).
 *
 * folder: a council's own template folder, or NULL; borrowed.
 *
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX: the text names file and line, or the area. */
bool templates_areas_load(const char *folder, TemplatesAreas **out_areas, GError **error);
void templates_areas_free(TemplatesAreas *areas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesAreas, templates_areas_free)

/* The area that a written address is probably in: by post code, whole or "ME5" alone, spelled as
 * people spell them ("me71aa", "ME7 lAA" with O for 0 and I for 1); by the name of a place when
 * there is no post code.
 *
 * postcode, address: as written, either may be NULL; borrowed.
 * Returns its name, borrowed from areas, or NULL: in none of them. */
const char *templates_areas_of_address(const TemplatesAreas *areas, const char *postcode,
                                       const char *address);

/* The same for words in which an address may stand somewhere: whole post codes and places only. */
const char *templates_areas_of_words(const TemplatesAreas *areas, const char *words);

/* An area's names and telephone numbers for the templates, every key always there; an empty text
 * for each when name is NULL or no area's.  The caller owns it. */
json_t *templates_areas_contacts(const TemplatesAreas *areas, const char *name);

/* The name of the first area, for trying templates out; NULL when there is none. */
const char *templates_areas_first(const TemplatesAreas *areas);

#endif
