/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/repair.h - values taken apart, put together and moved to the box they belong in.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_REPAIR_H
#define PARSERS_REPAIR_H

#include "parsers/context.h"

typedef struct {
    char *key;
    const ParsersFieldDef *field;
    char *text;
    char *raw;
    char *label; /* of the question it answers */
    ParsersPlace place;
    double confidence;
} ParsersValue;

typedef struct {
    const ParsersContext *reading;
    GPtrArray *list; /* ParsersValue, owned */
    guint doubtful;  /* answers that were put aside as printed on the form */
    bool below;      /* the form has its answers on the lines below its labels */
} ParsersValues;

ParsersValues *parsers_values_new(const ParsersContext *reading);
void parsers_values_free(ParsersValues *values);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersValues, parsers_values_free)

/* The value of a key, or NULL; borrowed. */
ParsersValue *parsers_values_get(const ParsersValues *values, const char *key);

/* Add a value with no label and no place; all is copied but the field.  Returns it, borrowed. */
ParsersValue *parsers_values_add(ParsersValues *values, const char *key,
                                 const ParsersFieldDef *field, const char *text, const char *raw);

/* Take combined answers apart, join first names and surnames, move what was typed in the wrong
 * box, split postcodes off.  Only what is certain; the raw text stays as it was. */
void parsers_values_repair(ParsersValues *values);

/* "page 1, table 2, row 3"; the caller frees. */
char *parsers_fields_place(const ParsersPlace *place);

#endif
