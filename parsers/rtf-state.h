/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf-state.h - what the readers of RTF share: groups, fields, fonts.
 *
 * rtf.c takes the bytes apart, rtf-words.c knows the control words, rtf-field.c the form fields,
 * rtf-flow.c the blocks.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Rich Text Format Specification 1.9.1
 */
#ifndef PARSERS_RTF_STATE_H
#define PARSERS_RTF_STATE_H

#include "parsers/rtf-flow.h"

/* Where the text of a group goes. */
typedef enum {
    PARSERS_RTF_SKIP,
    PARSERS_RTF_BODY, /* into the flow */
    PARSERS_RTF_FONTS,
    PARSERS_RTF_COLOURS,
    PARSERS_RTF_STYLES,
    PARSERS_RTF_INSTRUCTION, /* of a field */
    PARSERS_RTF_FORM_FIELD,
    PARSERS_RTF_FIELD_NAME,
    PARSERS_RTF_FIELD_HELP,
    PARSERS_RTF_FIELD_STATUS,
    PARSERS_RTF_FIELD_ENTRY,
} ParsersRtfDestination;

typedef struct {
    ParsersRtfDestination destination;
    bool starred; /* the next control word names a destination that may be passed over */
    bool opens_field;
    bool opens_flow;
    bool nested_row; /* in the properties of a nested row */
    /* characters */
    guint flags;
    bool hidden;
    guint font;
    guint unicode_skip; /* characters that stand in for one \u */
    /* paragraphs */
    bool in_table;
    guint level;
    guint heading;
    bool list_item;
} ParsersRtfGroup;

typedef struct {
    char name[32];
    const char *charset; /* static */
    bool is_symbol;
} ParsersRtfFont;

typedef enum {
    PARSERS_RTF_FIELD_OTHER,
    PARSERS_RTF_FIELD_TEXT,
    PARSERS_RTF_FIELD_BOX,
    PARSERS_RTF_FIELD_LIST,
} ParsersRtfFieldKind;

typedef struct {
    ParsersRtfFieldKind kind;
    bool in_result;
    bool emitted;
    int result; /* -1: not given */
    int preset; /* -1: not given */
    GString *name;
    GString *help;
    GString *status;
    GPtrArray *entries; /* GString */
    GString *text;
    guint flags;
    bool any_flags;
} ParsersRtfField;

typedef struct {
    const ParsersLimits *limits;
    ParsersDocument *document;
    ParsersRtfBudget budget;
    GArray *groups;       /* ParsersRtfGroup, the innermost last */
    GPtrArray *flows;     /* ParsersRtfFlow, the innermost last */
    GArray *regions;      /* ParsersRegion of each flow */
    GPtrArray *fields;    /* ParsersRtfField, the innermost last */
    GHashTable *fonts;    /* number to ParsersRtfFont */
    guint open_font;      /* the one being read in the font table */
    GHashTable *headings; /* number of a style to the level of its heading */
    guint open_style;
    GString *style_name;
    GArray *colours;     /* guint32, 0xRRGGBB; G_MAXUINT32 is "automatic" */
    guint32 colour;      /* being read */
    const char *charset; /* of the document; static */
    guint default_font;
    GString *bytes;        /* text not yet converted, in the charset of the font */
    gunichar high;         /* first half of a surrogate pair, or 0 */
    guint to_skip;         /* characters still to pass over after \u */
    ParsersRtfRow rows[2]; /* properties of a row: of the outer table, of nested ones */
    ParsersRtfEdge edge;   /* being read */
} ParsersRtfState;

/* The innermost group, and the flow that its text goes to; borrowed, until the next begins. */
ParsersRtfGroup *parsers_rtf_group(ParsersRtfState *state);
ParsersRtfFlow *parsers_rtf_flow(ParsersRtfState *state);
/* One Unicode character, or one of a picture font. */
void parsers_rtf_put_char(ParsersRtfState *state, gunichar c);
void parsers_rtf_end_paragraph(ParsersRtfState *state);
void parsers_rtf_begin_flow(ParsersRtfState *state, ParsersRegion region, bool attached);

/* ---- rtf-words.c ---- */

/* What a control word does.  argument: from the table of words; given: it has a number. */
typedef void (*ParsersRtfAct)(ParsersRtfState *state, int argument, bool given, int number);

/* Do what a control word says.  False when nothing is known of it. */
bool parsers_rtf_words_apply(ParsersRtfState *state, const char *word, bool given, int number);

/* ---- rtf-charset.c ---- */

/* The charset of \ansicpg or of \fcharset; static, NULL when it is not known. */
const char *parsers_rtf_charset_of_page(int page);
const char *parsers_rtf_charset_of_font(int charset);

/* ---- rtf-field.c ---- */

void parsers_rtf_field_free(gpointer field);
/* The innermost field ends. */
void parsers_rtf_field_end(ParsersRtfState *state);
/* The instruction of a field: tells what kind it is. */
void parsers_rtf_field_instruct(ParsersRtfState *state, const char *text, gsize length);
/* Text of one of the parts of its description. */
void parsers_rtf_field_describe(ParsersRtfState *state, ParsersRtfDestination destination,
                                const char *text, gsize length);
/* Text in a field.  False when it belongs to the paragraph after all. */
bool parsers_rtf_field_take(ParsersRtfState *state, const char *text, gsize length, guint flags);
/* What waits in an open text field becomes a span. */
void parsers_rtf_field_flush(ParsersRtfState *state);
/* Control words, as ParsersRtfAct. */
void parsers_rtf_field_open(ParsersRtfState *state, int argument, bool given, int number);
void parsers_rtf_field_instruction(ParsersRtfState *state, int argument, bool given, int number);
void parsers_rtf_field_result(ParsersRtfState *state, int argument, bool given, int number);
void parsers_rtf_field_number(ParsersRtfState *state, int argument, bool given, int number);
void parsers_rtf_field_part(ParsersRtfState *state, int argument, bool given, int number);

#endif
