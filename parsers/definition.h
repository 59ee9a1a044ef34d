/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/definition.h - what a form is: sections, fields, label variants, types.
 *
 * Definitions come from templates/forms/ files, as bytes; nothing is opened here.
 *
 * Runs in:  postern-parser; the command line and templates read sections and titles.
 * Source:   doc/forms.md
 */
#ifndef PARSERS_DEFINITION_H
#define PARSERS_DEFINITION_H

#include "parsers/error.h"

typedef enum {
    PARSERS_TYPE_LINE,  /* a short answer */
    PARSERS_TYPE_TEXT,  /* a story of any length */
    PARSERS_TYPE_NAME,  /* a person's name */
    PARSERS_TYPE_DATE,  /* a date; ISO when day, month and year are given */
    PARSERS_TYPE_BIRTH, /* a date of birth or an age */
    PARSERS_TYPE_GENDER,
    PARSERS_TYPE_ADDRESS, /* its postcode belongs to the key that ends in .postcode */
    PARSERS_TYPE_POSTCODE,
    PARSERS_TYPE_PHONE,
    PARSERS_TYPE_EMAIL,
    PARSERS_TYPE_YESNO,  /* "yes" or "no", or the words that were written */
    PARSERS_TYPE_CHOICE, /* one or several of the options */
    PARSERS_N_TYPES
} ParsersType;

typedef enum {
    PARSERS_SECTION_NORMAL,
    PARSERS_SECTION_OTHER,  /* asks about somebody or something that has no key: kept, never an
                               answer */
    PARSERS_SECTION_OFFICE, /* filled in by the service: never read */
} ParsersSectionKind;

typedef struct ParsersSectionDef ParsersSectionDef;

typedef struct {
    char *key; /* contract key; "N" stands for the number of a repeated section */
    ParsersType type;
    bool required;
    bool aside;         /* read, but kept beside the record's fields */
    bool hidden;        /* only another way to ask: not shown on pages and blank forms */
    char *shown;        /* the label on our own pages and forms */
    GPtrArray *labels;  /* char*, name the field wherever they stand */
    GPtrArray *within;  /* char*, name it only under its section, or with its person's word */
    GPtrArray *options; /* char*, choices in the order of the form */
    GPtrArray *parts;   /* char*, keys that one answer is taken apart into */
    char *joins;        /* key that this is a part of (first name, surname), or NULL */
    ParsersSectionDef *section; /* borrowed */
} ParsersFieldDef;

struct ParsersSectionDef {
    char *name;
    char *shown;
    ParsersSectionKind kind;
    bool repeats;        /* one block, or one row, for each person */
    GPtrArray *headings; /* char* */
    GPtrArray *persons;  /* char*, words for the one it is about: "child", "your" */
    GPtrArray *fields;   /* ParsersFieldDef */
};

typedef struct {
    int weight;
    char *text; /* words, or a field key for evidence by field */
} ParsersEvidence;

typedef struct {
    char *name;              /* "lado-parent" */
    char *shown;             /* "LADO referral form for parents and carers" */
    GPtrArray *titles;       /* char* */
    GPtrArray *evidence;     /* ParsersEvidence: words in the document */
    GPtrArray *asks;         /* ParsersEvidence: a question on the form, answered or not */
    GPtrArray *sections;     /* ParsersSectionDef, in order */
    GPtrArray *words;        /* GPtrArray of char*: words of one meaning, the first is its name */
    GPtrArray *stops;        /* char*, words that carry no meaning in a label */
    GPtrArray *others;       /* char*, labels that look like a field's and are not */
    GPtrArray *signatures;   /* char*, labels of a signature; a bare date after one is the form's */
    GPtrArray *guidance;     /* char*, beginnings of sentences printed on forms */
    GPtrArray *declarations; /* char*, likewise, of those that are signed */
    struct ParsersLexicon *lexicon; /* compiled from the above */
} ParsersDefinition;

typedef struct ParsersDefinitions ParsersDefinitions;

ParsersDefinitions *parsers_definitions_new(void);
void parsers_definitions_free(ParsersDefinitions *definitions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersDefinitions, parsers_definitions_free)

/* Add one .form file.  A file that others include may be added before or after them.
 *
 * name:  file name, for messages and for "include"; borrowed.
 * bytes: the file; borrowed.
 *
 * Errors: PARSERS_ERROR_DEFINITION, the text has "name:line: what is wrong". */
bool parsers_definitions_add(ParsersDefinitions *definitions, const char *name, GBytes *bytes,
                             GError **error);

/* True when every file that is included was added.  To be called after the last one; it also
 * compiles the forms, which otherwise happens when they are first asked for.
 *
 * Errors: PARSERS_ERROR_DEFINITION, as above. */
bool parsers_definitions_check(const ParsersDefinitions *definitions, GError **error);

/* The forms whose includes are all there: ParsersDefinition; borrowed. */
const GPtrArray *parsers_definitions_forms(const ParsersDefinitions *definitions);

/* The form of that name, or NULL; borrowed. */
const ParsersDefinition *parsers_definitions_find(const ParsersDefinitions *definitions,
                                                  const char *form);

/* The field of that key ("child.2.name" finds "child.N.name"), or NULL; borrowed. */
const ParsersFieldDef *parsers_definition_field(const ParsersDefinition *definition,
                                                const char *key);

/* The field of which text is one of the options ("Physical abuse" for "Physical"), or NULL. */
const ParsersFieldDef *parsers_definition_choice(const ParsersDefinition *definition,
                                                 const char *text);

/* The word of a type in .form files ("name"); static. */
const char *parsers_type_name(ParsersType type);

#endif
