/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon.h - which field a label means, and which section a heading opens.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LEXICON_H
#define PARSERS_LEXICON_H

#include "parsers/definition.h"

typedef struct ParsersLexicon ParsersLexicon;

typedef enum {
    PARSERS_LABEL_NONE,      /* not a label that we know */
    PARSERS_LABEL_FIELD,     /* a field's label */
    PARSERS_LABEL_ELSEWHERE, /* would be a field's label under another heading */
    PARSERS_LABEL_OTHER,     /* a known label that has no field */
    PARSERS_LABEL_SIGNATURE,
} ParsersLabelKind;

typedef struct {
    ParsersLabelKind kind;
    const ParsersFieldDef *field; /* for FIELD and ELSEWHERE */
    double score;                 /* 0 to 1; 1 is word for word */
    guint number;                 /* of the child or person named in the label, or 0 */
    bool own;                     /* the label itself says whose it is */
    bool bare;                    /* it says nothing but whose it is: "Referrer" */
    bool guessed;                 /* see parsers_context_stranger() */
    guint strange;                /* how many of its words no label has */
    guint words;                  /* how many of its words were not empty ones */
} ParsersLabel;

typedef struct {
    const ParsersSectionDef *section; /* or NULL */
    double score;
    guint number; /* "child 2": 2; "another child": G_MAXUINT; else 0 */
} ParsersHeading;

/* Labels below this score are left alone: unsure is not an answer. */
#define PARSERS_LEXICON_SURE 0.78

/* Score of a heading that we do not know, but that names the person of one section only. */
#define PARSERS_LEXICON_NAMED 0.62

/* Compile a definition, which must outlive it. */
ParsersLexicon *parsers_lexicon_new(const ParsersDefinition *definition);
void parsers_lexicon_free(ParsersLexicon *lexicon);

/* What a label means when the heading of that section (or none: NULL) is in force. */
ParsersLabel parsers_lexicon_label(const ParsersLexicon *lexicon, const char *text,
                                   const ParsersSectionDef *section);

/* Which section a heading opens; score 0 when none. */
ParsersHeading parsers_lexicon_heading(const ParsersLexicon *lexicon, const char *text);

/* How well a line agrees with one of the form's titles, 0 to 1. */
double parsers_lexicon_title(const ParsersLexicon *lexicon, const char *text);

/* True if a line begins as what people sign does: "I confirm that". */
bool parsers_lexicon_declaration(const ParsersLexicon *lexicon, const char *text);

/* True if a line begins as the sentences printed on forms do. */
bool parsers_lexicon_guidance(const ParsersLexicon *lexicon, const char *text);

#endif
