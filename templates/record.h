/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/record.h - what a document about one mail shows, in words ready to be printed.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/records.md
 */
#ifndef TEMPLATES_RECORD_H
#define TEMPLATES_RECORD_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *label;
    char *value; /* "" when not answered; may have several lines */
    char *note;  /* such as "read with doubt: page 2, row 3"; "" for none */
    char *key;   /* "child.1.name", by which pages refer to it; "" where nothing does */
    char *place; /* where in the original it was read; "" for nowhere */
    guint form;  /* which of the mail's forms it belongs to, from 0 */
    bool doubt;  /* it was read with doubt, and nobody has corrected it */
} TemplatesRecordRow;

typedef struct {
    char *heading;
    GPtrArray *rows; /* TemplatesRecordRow */
} TemplatesRecordSection;

/* All text is owned, UTF-8, and may come from a mail. */
typedef struct {
    char *title;
    char *reference;
    char *received;      /* "Tuesday 5 March 2024 at 10:05am" */
    char *made;          /* when this copy was made, in words */
    gint64 made_at;      /* the same, microseconds UTC: the document's own date */
    GPtrArray *status;   /* char*: lines below the title */
    GPtrArray *sections; /* TemplatesRecordSection */
    char *footer;        /* on every page, such as the protective marking */
} TemplatesRecord;

/* An empty record; every text is "" or a copy of what is given. */
TemplatesRecord *templates_record_new(const char *title, const char *reference);
void templates_record_free(TemplatesRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TemplatesRecord, templates_record_free)

/* Set when the mail was received and the copy made, in words, and the latter as a moment. */
void templates_record_set_times(TemplatesRecord *record, const char *received, const char *made,
                                gint64 made_at);
void templates_record_set_footer(TemplatesRecord *record, const char *footer);
void templates_record_add_status(TemplatesRecord *record, const char *line);

/* Begin a section; answers that follow belong to it. */
void templates_record_add_section(TemplatesRecord *record, const char *heading);
/* A row of the last section, which must be there; texts are copied, NULL is "". */
void templates_record_add_answer(TemplatesRecord *record, const TemplatesRecordRow *answer);

#endif
