/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-set.h - a label as a small set of meanings; the inside of the lexicon.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LEXICON_SET_H
#define PARSERS_LEXICON_SET_H

#include "parsers/lexicon.h"
#include "parsers/tokens.h"

#define PARSERS_LEXICON_SET_MAX 24u
#define PARSERS_LEXICON_PHRASE_MAX 9u
#define PARSERS_LEXICON_SILENT G_MAXUINT /* what a phrase that says nothing means */

typedef struct {
    guint n;
    guint ids[PARSERS_LEXICON_SET_MAX];
    guint64 mask;  /* a bit for each id: sets without a common bit have nothing in common */
    guint unknown; /* words besides these that no label has */
    guint read;    /* words of the text that all these came from */
    double weight;
} ParsersLexiconSet;

typedef enum {
    PARSERS_VARIANT_LABEL,
    PARSERS_VARIANT_WITHIN,
    PARSERS_VARIANT_OTHER,
    PARSERS_VARIANT_SIGNATURE,
    PARSERS_VARIANT_HEADING,
    PARSERS_VARIANT_TITLE
} ParsersVariantKind;

typedef struct {
    ParsersVariantKind kind;
    guint hash; /* of all words */
    const ParsersFieldDef *field;
    const ParsersSectionDef *section;
    const ParsersLexiconSet *persons; /* of section; NULL without one */
    const ParsersLexiconSet *alone;   /* of field; NULL without one */
    const ParsersTokens *words;       /* to prefer what is word for word the same */
    guint next;                       /* label with the same words: its position + 1; or 0 */
    ParsersLexiconSet set;
} ParsersVariant;

/* What is asked of a variant first. */
typedef struct {
    double weight; /* of its set */
    const ParsersSectionDef *section;
    const ParsersFieldDef *field;
} ParsersVariantBrief;

/* What a definition knows of a word of the vocabulary. */
typedef struct {
    guint id;      /* of the word, or 0 */
    guint phrases; /* the longest phrase that begins with it: its position + 1; or 0 */
    bool known;    /* a label, a phrase or the list of stops has it */
    bool stop;     /* has no meaning */
} ParsersLexiconToken;

/* Words with one meaning together: "date of birth". */
typedef struct {
    guint id;
    guint next; /* the next one with the same first word, not longer: its position + 1; or 0 */
    guint n;
    guint tokens[PARSERS_LEXICON_PHRASE_MAX];
} ParsersLexiconPhrase;

struct ParsersLexicon {
    const ParsersDefinition *definition;
    GHashTable *ids;         /* word or meaning: id, from 1; needed only while compiling */
    GPtrArray *words;        /* by id - 1; borrowed from ids */
    GArray *tokens;          /* ParsersLexiconToken, by the token's id - 1 */
    GArray *phrases;         /* ParsersLexiconPhrase */
    GArray *long_words[256]; /* by first byte, ids of tokens of some length that are known */
    GArray *weights;         /* double, by id - 1 */
    GArray *variants;        /* ParsersVariant */
    guint n_labels;          /* so many of them are of labels; then come headings, then titles */
    guint n_headings;
    GHashTable *said; /* words: position + 1 of the first label that is just these */
    GArray *briefs;   /* ParsersVariantBrief of each */
    GArray *starts;   /* guint, two for each id: where its users among labels and among headings
                         begin; one more at the end */
    GArray *users;    /* guint, positions in variants that have an id, in order */
    GArray *marks;    /* guint64, a bit for each variant; all 0 between two questions */
    GArray *shared; /* double, for each variant that is marked: the weight it shares with a label */
    GArray *found;  /* ParsersLexiconNear, while they are looked for */
    GHashTable *persons; /* section: ParsersLexiconSet of its person words */
    GHashTable *alone; /* field: ParsersLexiconSet of words of which each alone is a label of it */
    guint name;        /* id of the meaning "name" */
    guint postcode;    /* id of the meaning "postcode" */
    guint describe;    /* id of the meaning "describe" */
    guint information; /* id of the meaning "information" */
    GPtrArray *guidance;       /* char*, folded beginnings */
    GPtrArray *declarations;   /* char*, likewise of what is signed */
    double unknown;            /* weight of a word we do not know */
    ParsersLexiconSet counted; /* words for persons that are counted: "child 2" */
    ParsersLexiconSet people;  /* words for all persons */
    double heaviest;           /* of all variants */
    GHashTable *heard;         /* text: ParsersLexiconHeard */
    GHashTable *known;         /* ParsersTokens of variants: ParsersLexiconMeaning */
};

/* The id of a word or meaning, made if it is new. */
guint parsers_lexicon_set_intern(ParsersLexicon *lexicon, const char *word);

/* What the definition knows of a word of the vocabulary; room for it is made. */
ParsersLexiconToken *parsers_lexicon_set_token(ParsersLexicon *lexicon, const ParsersToken *token);

/* Remember the words of a label or phrase, so that mistyped ones can be told. */
void parsers_lexicon_set_know(ParsersLexicon *lexicon, const ParsersTokens *words);

/* Put an id into a set; ask whether it is in. */
void parsers_lexicon_set_add(ParsersLexiconSet *set, guint id);
bool parsers_lexicon_set_has(const ParsersLexiconSet *set, guint id);

/* The meanings of a label's words.
 *
 * grow:       learn the words (while compiling); otherwise the lexicon is not changed.
 * out_number: the person that is counted in it, see ParsersHeading; may be NULL. */
ParsersLexiconSet parsers_lexicon_set_read(ParsersLexicon *lexicon, const ParsersTokens *written,
                                           bool grow, guint *out_number);

/* Give a phrase its meaning; words: at most PARSERS_LEXICON_PHRASE_MAX. */
void parsers_lexicon_set_phrase(ParsersLexicon *lexicon, const ParsersTokens *words, guint id);

/* The weight that two sets share, 0 to 1. */
double parsers_lexicon_set_alike(const ParsersLexicon *lexicon, const ParsersLexiconSet *one,
                                 const ParsersLexiconSet *other);

#endif
