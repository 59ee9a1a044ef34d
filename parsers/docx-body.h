/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-body.h - one WordprocessingML part (body, header, notes) into the model.
 *
 * Shared by docx-body.c (blocks), docx-run.c (text) and docx-control.c (places for answers).
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.3 to 17.5 and 17.16
 */
#ifndef PARSERS_DOCX_BODY_H
#define PARSERS_DOCX_BODY_H

#include "parsers/docx-styles.h"
#include "parsers/document.h"

/* How a part is read; all borrowed. */
typedef struct {
    const char *root; /* its root element should be this: "document", "hdr", ... */
    const ParsersDocxStyles *styles;
    const ParsersLimits *limits;
    ParsersDocument *document; /* takes what is read */
} ParsersDocxPart;

/* Read a part.
 *
 * out_is_root: whether its root was what it should be.
 * Errors: those of parsers_xml_read() and parsers_document_check(). */
bool parsers_docx_body_read(GBytes *bytes, const ParsersDocxPart *part, bool *out_is_root,
                            GError **error);

/* ---- For docx-run.c and docx-control.c ---- */

typedef enum {
    PARSERS_DOCX_BLOCKS, /* body, header, text box */
    PARSERS_DOCX_PARAGRAPH,
    PARSERS_DOCX_TABLE,
    PARSERS_DOCX_ROW,
    PARSERS_DOCX_CELL,
} ParsersDocxLevel;

/* One open element that holds others. */
typedef struct {
    ParsersDocxLevel level;
    bool begun;     /* the document knows of it */
    guint n_fields; /* fields open when it began */
    /* rows and cells */
    guint column; /* row: where the next cell goes; cell: where it stands */
    guint span;
    bool header;
    bool dropped; /* a tracked deletion */
    bool continues;
    bool shaded;
    /* paragraphs */
    ParsersDocxStyle style;
    bool in_run;
    ParsersDocxFormat format; /* of the open run, without the paragraph's style */
    char font[32];            /* of the open run, or "" */
} ParsersDocxContext;

typedef enum {
    PARSERS_DOCX_ANSWER,
    PARSERS_DOCX_BOX,
    PARSERS_DOCX_STRUCTURE, /* holds other controls or whole tables: not an answer itself */
} ParsersDocxControlKind;

/* A content control, or the result of a legacy text field. */
typedef struct {
    ParsersDocxControlKind kind;
    bool placeholder;
    bool checked;
    bool list;
    bool emitted; /* at least one span was made of it */
    bool legacy;
    char *label;
    char *name;
    GString *text;
    guint flags;    /* those that all its runs have */
    bool any_flags; /* flags was set by a run */
} ParsersDocxControl;

typedef enum {
    PARSERS_DOCX_FIELD_OTHER,
    PARSERS_DOCX_FIELD_TEXT,
    PARSERS_DOCX_FIELD_BOX,
    PARSERS_DOCX_FIELD_LIST,
} ParsersDocxFieldKind;

/* A complex field, from its begin to its end. */
typedef struct {
    ParsersDocxFieldKind kind;
    bool in_result;
    char *status_text;
    char *help_text;
    bool checked;
    bool checked_given;
    guint chosen;
    bool chosen_given;
    GPtrArray *entries; /* char*, or NULL */
    ParsersDocxControl control;
} ParsersDocxField;

typedef struct {
    ParsersDocument *document;
    const ParsersLimits *limits;
    const ParsersDocxStyles *styles;
    const char *root;
    bool is_root;
    GArray *contexts;       /* ParsersDocxContext, the innermost last */
    GArray *controls;       /* ParsersDocxControl */
    GArray *fields;         /* ParsersDocxField */
    GHashTable *structures; /* ordinals of controls that are structure, as guint64* */
    GByteArray *alternates; /* for each open mc:AlternateContent: whether one was taken */
    bool in_text;           /* in w:t */
    bool in_format;         /* in w:rPr of a run */
    bool in_paragraph_properties;
    bool in_cell_properties;
    bool in_control_properties;
    bool in_field_data;
    char *picture; /* description of the drawing being read, or NULL */
    bool failed;   /* a limit was reached */
} ParsersDocxState;

/* The innermost thing that is open; borrowed, until the next is opened. */
ParsersDocxContext *parsers_docx_body_top(ParsersDocxState *state);

/* Tell the document that the open paragraph begins, if it does not know.  False when there is none.
 */
bool parsers_docx_body_paragraph(ParsersDocxState *state);

/* Stop reading once a limit was reached. */
ParsersXmlNext parsers_docx_body_next(const ParsersDocxState *state);
void parsers_docx_body_note(ParsersDocxState *state, bool ok);

/* What lies inside a paragraph in the file stands after it, so that it must have begun. */
void parsers_docx_body_leave(ParsersDocxState *state);

#endif
