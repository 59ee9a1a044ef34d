/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/view.h - a mail as people look at it: its parts, and what stands in them.
 *
 * Only texts, numbers and our own words: nothing that a sender made goes further as it was.  Made
 * in the cage; decoded as a stranger's.
 *
 * Runs in:  postern-view (made), staff pages (read).
 * Source:   doc/review.md, "The original"
 */
#ifndef PARSERS_VIEW_H
#define PARSERS_VIEW_H

#include "parsers/document.h"
#include "parsers/findings.h"

/* What one mail may show; what is beyond is said to be left out. */
enum {
    PARSERS_VIEW_STEPS = 12000,      /* of all documents together */
    PARSERS_VIEW_TEXT = 1024 * 1024, /* bytes of all texts together */
    PARSERS_VIEW_DEPTH = 16,         /* tables inside one another */
    PARSERS_VIEW_LINE = 1024,        /* bytes of a name, a header or a place */
};

/* A document is a flat list of these; each start has its end. */
typedef enum {
    PARSERS_VIEW_PARAGRAPH, /* number: heading, 1 to 6, or 0; place */
    PARSERS_VIEW_END_PARAGRAPH,
    PARSERS_VIEW_TABLE,
    PARSERS_VIEW_END_TABLE,
    PARSERS_VIEW_ROW,
    PARSERS_VIEW_END_ROW,
    PARSERS_VIEW_CELL, /* number: columns; second: rows; place */
    PARSERS_VIEW_END_CELL,
    PARSERS_VIEW_TEXTS,   /* a piece of text */
    PARSERS_VIEW_BOX,     /* a box to tick; text: its caption */
    PARSERS_VIEW_ANSWER,  /* what stands in a field made for an answer */
    PARSERS_VIEW_PICTURE, /* a picture that is not shown; text: its description */
    PARSERS_VIEW_N_KINDS
} ParsersViewKind;

enum {
    PARSERS_VIEW_STRUCK = 1 << 0,
    PARSERS_VIEW_BOLD = 1 << 1,
    PARSERS_VIEW_TICKED = 1 << 2,
    PARSERS_VIEW_EMPTY = 1 << 3,  /* only a prompt stands there */
    PARSERS_VIEW_QUOTED = 1 << 4, /* from another mail */
    PARSERS_VIEW_MARGIN = 1 << 5, /* running head or foot */
    PARSERS_VIEW_HEADER = 1 << 6, /* a cell that heads its row or column */
    PARSERS_VIEW_LIST = 1 << 7,
};

typedef struct {
    ParsersViewKind kind;
    guint flags;
    guint number, second;
    guint page;    /* 1-based, or 0 */
    char *text;    /* "" when none */
    char *place;   /* as fields say it ("table 1, row 2, column 2"), or "" */
    gint16 box[4]; /* left, top, right, bottom in points on the page; all 0 when not known */
} ParsersViewStep;

/* Size of a page or picture, points or pixels. */
typedef struct {
    guint16 width, height;
} ParsersViewSize;

typedef struct {
    char *name, *type, *problem; /* as ParsersPart has them */
    guint64 size;
    ParsersPartState state;
    guint depth;
    bool body;        /* words of the mail itself, or of one inside it */
    bool again;       /* says again what a part before it said */
    bool scanned;     /* pages that are only pictures */
    bool cut;         /* not all of it is here */
    bool printed;     /* its pages are what a program outside printed */
    bool printable;   /* has no pages, and a program outside could print them */
    GArray *pages;    /* ParsersViewSize: of which pictures can be had; may be empty */
    GPtrArray *steps; /* ParsersViewStep; may be empty */
} ParsersViewPart;

typedef struct {
    GPtrArray *headers; /* char*: name and value in turn */
    GPtrArray *parts;   /* ParsersViewPart, numbered as the mail's parts are, from 0 */
} ParsersView;

ParsersView *parsers_view_new(void);
void parsers_view_free(ParsersView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersView, parsers_view_free)
/* All texts "", all arrays empty. */
ParsersViewPart *parsers_view_part_new(void);
void parsers_view_step_free(ParsersViewStep *step);

/* To bytes and back.  Decoding checks type, counts, sizes, kinds, and that each start has its end.
 * Errors: PARSERS_ERROR_DAMAGED, the bytes are no view: treat the parser as dead. */
GBytes *parsers_view_encode(const ParsersView *view);
bool parsers_view_decode(GBytes *bytes, ParsersView **out_view, GError **error);

#endif
