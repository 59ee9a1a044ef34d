/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank.h - a form to be filled in, in words ready to be laid out.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md
 */
#ifndef TEMPLATES_BLANK_H
#define TEMPLATES_BLANK_H

#include <stdbool.h>

#include "templates/error.h"

typedef enum {
    TEMPLATES_BLANK_LINE,    /* a short answer */
    TEMPLATES_BLANK_LONG,    /* a story of any length */
    TEMPLATES_BLANK_DATE,    /* a day; a picker where the format has one */
    TEMPLATES_BLANK_YESNO,   /* its two options are "Yes" and "No" */
    TEMPLATES_BLANK_ONE_OF,  /* one of the options, or other words */
    TEMPLATES_BLANK_SEVERAL, /* any number of the options: a box each */
} TemplatesBlankKind;

typedef struct {
    char *key;   /* names the control: "child.2.dob" */
    char *label; /* "Child's date of birth" */
    char *hint;  /* how to write the answer: "day, month, year"; "" for none */
    TemplatesBlankKind kind;
    bool required;
    GPtrArray *options; /* char* */
} TemplatesBlankRow;

typedef struct {
    char *heading;
    GPtrArray *rows; /* TemplatesBlankRow */
} TemplatesBlankSection;

/* All text is owned and UTF-8. */
typedef struct {
    char *title;
    GPtrArray *notes;    /* char*: lines below the title */
    GPtrArray *sections; /* TemplatesBlankSection */
} TemplatesBlank;

TemplatesBlank *templates_blank_new(const char *title);
void templates_blank_free(TemplatesBlank *blank);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesBlank, templates_blank_free)

/* A line below the title. */
void templates_blank_add_note(TemplatesBlank *blank, const char *line);
/* Begin a section; rows that follow belong to it. */
void templates_blank_add_section(TemplatesBlank *blank, const char *heading);
/* A question of the last section, which must be there; borrowed, to be completed by the caller.
 * key, label: borrowed, copied.  A YESNO gets its options here. */
TemplatesBlankRow *templates_blank_add_row(TemplatesBlank *blank, const char *key,
                                           const char *label, TemplatesBlankKind kind);

/* The label with what is said behind it: "Your name (please answer)"; the caller frees. */
char *templates_blank_label(const TemplatesBlankRow *row);

/* What stands behind the label, without brackets: "day, month and year; please answer"; the caller
 * frees. */
char *templates_blank_aside(const TemplatesBlankRow *row);

#endif
