/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/context.h - one document being read with one definition: what was heard so far.
 *
 * The readers of paragraphs (flow.c) and tables (table.c) ask here what a label
 * means and hand over what they found behind it.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_CONTEXT_H
#define PARSERS_CONTEXT_H

#include "parsers/definition.h"
#include "parsers/lexicon.h"
#include "parsers/line.h"
#include "parsers/whose.h"

#define PARSERS_CONTEXT_PEOPLE_MAX 30u /* in one repeated section */

/* A label and what stood behind it. */
typedef struct {
    const ParsersFieldDef *field; /* NULL: a label without a field */
    char *key;                    /* with the person's number; "" without a field */
    char *label;                  /* as written */
    double score;
    ParsersPlace place;
    GArray *slices; /* ParsersSlice, one a line */
    bool guessed;   /* the label was not known word for word */
    bool beside;    /* in running text, the answer began on the label's line */
    bool below;     /* likewise, on the line below */
} ParsersAnswer;

typedef struct {
    const ParsersDefinition *form;
    const ParsersSectionDef *section; /* of the heading in force, or NULL */
    const ParsersSectionDef *sticky;  /* of the last label that said whose it is, or NULL */
    char *heading;                    /* the last heading as written, or NULL */
    GHashTable *people;               /* section: numbers of its persons */
    GHashTable *seen;                 /* keys whose label was met */
    GPtrArray *answers;               /* ParsersAnswer, owned */
    GPtrArray *others;                /* ParsersAnswer without a field, owned */
    ParsersAnswer *open;              /* may still get lines; borrowed from the above */
    guint known;                      /* labels of fields met */
    double title;                     /* best agreement of a line with a title */
    bool headed;                      /* a heading was met, and no label since */
    bool opened;                      /* a heading or a label said whose questions are asked */
    guint headings;                   /* headings met that we do not know */
    bool styled;                      /* headings of this document look like headings */
    guint counted; /* number of the last heading, "1. About you": "2." goes on with it */
    bool dressed;  /* the last label looked like a heading, so an answer does not */
    guint below;   /* answers so far on the line below their label */
    bool gap;      /* the line before was empty */
    bool stacked;  /* in stacked_of, answers stand below their questions */
    const GPtrArray *stacked_of; /* lines for which that was found out; borrowed, or NULL */
    bool signature;              /* the label before was a signature's */
    ParsersWhose *whose;         /* what is asked below headings */
    const ParsersWhose *given; /* of an earlier reading, with what it decided; borrowed, or NULL */
    guint heads;               /* headings met */
    bool marked;               /* questions begin with "Q:", so answers may with "A:" */
    GPtrArray *tables;         /* line arrays that slices point into, owned */
} ParsersContext;

/* given: borrowed, what an earlier reading of the same document decided; or NULL. */
ParsersContext *parsers_context_new(const ParsersDefinition *form, const ParsersWhose *given);
void parsers_context_free(ParsersContext *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersContext, parsers_context_free)

/* An array of lines that lives as long as the reading. */
GPtrArray *parsers_context_lines(ParsersContext *reading);

/* What a label means here. */
ParsersLabel parsers_context_label(const ParsersContext *reading, const char *text);

/* What a label means here that looks like one and that parsers_context_label() does not know: a
 * field, or nothing of ours (PARSERS_LABEL_OTHER). */
ParsersLabel parsers_context_stranger(const ParsersContext *reading, const char *text);

/* What a label that the lexicon does not know probably asks for here; NONE unless that is quite
 * sure. */
ParsersLabel parsers_context_guess(const ParsersContext *reading, const char *text);

/* What a label means, once more: where it only resembles what the lexicon knows, or would be a
 * field's label under another heading, the model may be surer of another field. */
ParsersLabel parsers_context_reconsider(const ParsersContext *reading, const char *text,
                                        ParsersLabel label);

/* The section that a heading which the lexicon does not know probably opens, or NULL. */
const ParsersSectionDef *parsers_context_guess_heading(const ParsersContext *reading,
                                                       const char *text);

/* Take a heading if it is one that opens a section; certain: it looks like a heading, so one that
 * we do not know ends the section in force.  Returns true if it was one that we know. */
bool parsers_context_heading(ParsersContext *reading, const char *text, bool certain);

/* Begin the answer to a label; slices are added to the result.  Never NULL; borrowed. */
ParsersAnswer *parsers_context_answer(ParsersContext *reading, const ParsersLabel *label,
                                      const char *text, const ParsersPlace *place);

/* The rows of a table are persons of that section: say which one comes now, from 1. */
void parsers_context_row(ParsersContext *reading, const ParsersSectionDef *section, guint row,
                         guint *base);

/* The rows are over: what is asked below them for nobody in particular ("Home address of the
 * children") is of the first person of that table.  base: as parsers_context_row() set it. */
void parsers_context_rows_end(ParsersContext *reading, const ParsersSectionDef *section,
                              guint base);

/* True while nothing may be read: the block belongs to the service. */
bool parsers_context_closed(const ParsersContext *reading);

#endif
