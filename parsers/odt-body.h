/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-body.h - one OpenDocument stream into the model.
 *
 * Shared by odt-body.c (text), odt-table.c and odt-control.c (places for answers).
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3
 */
#ifndef PARSERS_ODT_BODY_H
#define PARSERS_ODT_BODY_H

#include "parsers/document.h"
#include "parsers/odt-styles.h"

/* Read a stream: styles are added to styles, text to document.
 *
 * is_text: false for styles.xml; else the stream must hold a text document.
 * Errors: those of parsers_xml_read() and parsers_document_check();
 *         PARSERS_ERROR_UNSUPPORTED, not a text document */
bool parsers_odt_body_read(GBytes *bytes, bool is_text, ParsersOdtStyles *styles,
                           ParsersDocument *document, const ParsersLimits *limits, GError **error);

/* ---- For odt-table.c and odt-control.c ---- */

typedef enum {
    PARSERS_ODT_BLOCKS,
    PARSERS_ODT_PARAGRAPH,
    PARSERS_ODT_TABLE,
    PARSERS_ODT_ROW,
    PARSERS_ODT_CELL,
} ParsersOdtLevel;

/* How many more rows the cell in a column goes on for. */
typedef struct {
    guint rows;
    guint span;
} ParsersOdtReach;

typedef struct {
    ParsersOdtLevel level;
    guint column;   /* row: where the next cell goes */
    bool was_space; /* paragraph: white space that comes now is folded away */
    bool header;    /* row */
    GArray *reach;  /* table: ParsersOdtReach by column; owned */
} ParsersOdtContext;

/* A place for an answer that is open in the text. */
typedef struct {
    bool open;
    bool in_result;
    ParsersSpan span; /* label and name are owned; text is not used */
    GString *text;
} ParsersOdtControl;

typedef struct {
    ParsersDocument *document;
    const ParsersLimits *limits;
    ParsersOdtStyles *styles;
    GArray *contexts;  /* ParsersOdtContext, the innermost last; empty outside any text */
    GArray *spans;     /* ParsersOdtStyle, the innermost last */
    GHashTable *forms; /* id to ParsersSpan: the controls that office:forms lists */
    ParsersSpan *form; /* the one being read, or NULL; borrowed */
    ParsersOdtControl control;
    bool mark;          /* a field mark is being read: control is its */
    GPtrArray *entries; /* char*: of the field mark's drop-down list */
    guint chosen;
    guint lists;
    guint header_rows;
    bool saw_text;
    bool has_image;
    bool in_description;
    GString *description; /* of the picture being read */
    bool failed;
} ParsersOdtState;

/* NULL outside any text. */
ParsersOdtContext *parsers_odt_body_top(ParsersOdtState *state);

/* Put a span where the text has come to, in a paragraph of its own if none is open. */
void parsers_odt_body_put(ParsersOdtState *state, const ParsersSpan *span);

/* Elements that hold others. */
ParsersOdtContext *parsers_odt_body_push(ParsersOdtState *state, ParsersOdtLevel level);
void parsers_odt_body_pop(ParsersOdtState *state);
bool parsers_odt_body_is_at(ParsersOdtState *state, ParsersOdtLevel level);
bool parsers_odt_body_takes_blocks(ParsersOdtState *state);

/* Stop reading once a limit was reached. */
void parsers_odt_body_note(ParsersOdtState *state, bool ok);
ParsersXmlNext parsers_odt_body_next(const ParsersOdtState *state);

/* An attribute as a number from 1 to max; 1 when there is none. */
guint parsers_odt_body_number(const ParsersXmlElement *element, ParsersXmlSpace space,
                              const char *name, guint max);

#endif
