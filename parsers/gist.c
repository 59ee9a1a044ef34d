/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/gist.c - what a question asks that nobody has put just so before.
 *
 * The lexicon compares whole labels.  Here a label that we know may stand inside a
 * longer one: "Actions to date" holds "Actions".  The heaviest such label decides,
 * unless what else the question says speaks against it: somebody else's name, a
 * word that belongs to a label without a field, or, for names, dates and the like,
 * anything at all that we know.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/gist.h"

#include "parsers/lexicon-near.h"

#include <string.h>

#define SCORE 0.85
#define STRANGE_MAX 3u /* words that no label has */
#define TEXT_BYTES_MAX 160u

typedef struct {
    const ParsersLexicon *lexicon;
    const ParsersSectionDef *section; /* in force */
    ParsersLexiconSet asked;
    const ParsersVariant *best;
    double weight;
    guint first;  /* where in asked the best one's first word stands */
    double other; /* weight of the heaviest label without a field */
} Gist;

const char *
parsers_gist_skip(const char *text)
{
    static const char *const openings[] = {
        "please ",   "can you ",  "could you ", "would you ",  "tell us ",   "let us know ",
        "say ",      "give us ",  "give ",      "write down ", "write ",     "set down ",
        "put down ", "state ",    "enter ",     "name the ",   "name any ",  "do you know ",
        "tell me ",  "indicate ", "specify ",   "confirm ",    "note down ", "insert "};
    bool found = true;

    while (found) {
        const char first = g_ascii_tolower(text[0]);

        found = false;
        for (guint i = 0; i < G_N_ELEMENTS(openings) && !found; i++) {
            gsize length = 0;

            if (openings[i][0] != first)
                continue;
            length = strlen(openings[i]);
            found = g_ascii_strncasecmp(text, openings[i], length) == 0;
            text += found ? length : 0;
        }
    }
    return text;
}

static const ParsersLexiconSet *
persons_of(const ParsersLexicon *lexicon, const ParsersSectionDef *section)
{
    return section != NULL ? g_hash_table_lookup(lexicon->persons, section) : NULL;
}

/* True if the label names a person that neither the section in force nor the variant is about. */
static bool
names_another(const Gist *gist, const ParsersVariant *variant)
{
    const ParsersLexicon *lexicon = gist->lexicon;
    const ParsersLexiconSet *own = persons_of(lexicon, variant->section);
    const ParsersLexiconSet *writer =
        persons_of(lexicon, g_ptr_array_index(lexicon->definition->sections, 0));

    for (guint i = 0; i < gist->asked.n; i++) {
        const guint id = gist->asked.ids[i];

        if (parsers_lexicon_set_has(&lexicon->people, id) &&
            !(own != NULL && parsers_lexicon_set_has(own, id)) &&
            !parsers_lexicon_set_has(&variant->set, id) &&
            !(writer != NULL && parsers_lexicon_set_has(writer, id)))
            return true;
    }
    return false;
}

/* What a variant asks, without the person under whose heading it stands: its weight if the label
 * has all of it, or 0.  out_first: where in the label its first word stands. */
static double
held(const Gist *gist, const ParsersVariant *variant, guint *out_first)
{
    const ParsersLexiconSet *own =
        variant->section == gist->section ? persons_of(gist->lexicon, gist->section) : NULL;
    double weight = 0;

    *out_first = gist->asked.n;
    for (guint i = 0; i < variant->set.n; i++) {
        const guint id = variant->set.ids[i];
        guint at = 0;

        if (own != NULL && parsers_lexicon_set_has(own, id))
            continue;
        while (at < gist->asked.n && gist->asked.ids[at] != id)
            at++;
        if (at == gist->asked.n)
            return 0;
        *out_first = MIN(*out_first, at);
        weight += g_array_index(gist->lexicon->weights, double, id - 1);
    }
    return weight;
}

/* True if the variant may be meant here at all: asked of the one whose heading it is, of nobody, or
 * of somebody whom the label names. */
static bool
in_scope(const Gist *gist, const ParsersVariant *variant)
{
    const ParsersLexiconSet *own = NULL;

    if (variant->kind != PARSERS_VARIANT_LABEL && variant->kind != PARSERS_VARIANT_WITHIN)
        return false;
    if (variant->field->parts->len > 0)
        return false;
    if (variant->section == gist->section)
        return true;
    if (variant->kind != PARSERS_VARIANT_LABEL)
        return false;
    own = persons_of(gist->lexicon, variant->section);
    if (own == NULL || own->n == 0)
        return true;
    for (guint i = 0; i < own->n; i++)
        if (parsers_lexicon_set_has(&gist->asked, own->ids[i]))
            return true;
    return false;
}

/* False for what many questions ask for: that must be known whole, as "Date Ofsted was told" asks
 * for a date. */
static bool
is_plain(const ParsersFieldDef *field)
{
    switch (field->type) {
    case PARSERS_TYPE_LINE:
    case PARSERS_TYPE_TEXT:
    case PARSERS_TYPE_YESNO:
    case PARSERS_TYPE_CHOICE:
    case PARSERS_TYPE_GENDER:
    case PARSERS_TYPE_EMAIL:
    case PARSERS_TYPE_POSTCODE:
        return true;
    default:
        return false;
    }
}

/* The weight of what the label says besides; words for persons are no more than that. */
static double
besides(const Gist *gist, const ParsersVariant *variant)
{
    double weight = 0;

    for (guint i = 0; i < gist->asked.n; i++) {
        const guint id = gist->asked.ids[i];

        if (!parsers_lexicon_set_has(&variant->set, id) &&
            !parsers_lexicon_set_has(&gist->lexicon->people, id) && id != gist->lexicon->describe &&
            id != gist->lexicon->information)
            weight += g_array_index(gist->lexicon->weights, double, id - 1);
    }
    return weight;
}

static bool
fits(const Gist *gist, const ParsersVariant *variant, double weight)
{
    const double rest = besides(gist, variant);

    if (names_another(gist, variant))
        return false;
    if (is_plain(variant->field))
        return rest <= weight && gist->asked.unknown <= STRANGE_MAX;
    return rest == 0 && gist->asked.unknown <= 1;
}

static void
offer(Gist *gist, const ParsersVariant *variant)
{
    guint first = 0;
    const double weight = held(gist, variant, &first);
    const double here = variant->section == gist->section ? 0.01 : 0;

    if (weight <= 0)
        return;
    if (variant->kind == PARSERS_VARIANT_OTHER) {
        gist->other = MAX(gist->other, weight);
        return;
    }
    if (!in_scope(gist, variant) || !fits(gist, variant, weight))
        return;
    /* Of two that are asked, the first: "Position in the club". */
    if (gist->best != NULL &&
        (first > gist->first || (first == gist->first && weight + here <= gist->weight)))
        return;
    gist->best = variant;
    gist->weight = weight + here;
    gist->first = first;
}

/* Offer the variants that have a word of the label, in their order. */
static void
offer_users(Gist *gist)
{
    const ParsersLexicon *lexicon = gist->lexicon;
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;

    parsers_lexicon_near_mark(lexicon, &gist->asked, false);
    for (guint i = 0; i < lexicon->marks->len; i++)
        for (; marks[i] != 0; marks[i] &= marks[i] - 1) {
            const guint user = i * 64 + (guint)__builtin_ctzll(marks[i]);

            g_array_index(lexicon->shared, double, user) = 0;
            offer(gist, &g_array_index(lexicon->variants, ParsersVariant, user));
        }
}

ParsersLabel
parsers_gist_label(const ParsersLexicon *lexicon, const char *text,
                   const ParsersSectionDef *section)
{
    ParsersLabel label = {.kind = PARSERS_LABEL_NONE};
    Gist gist = {.lexicon = lexicon, .section = section};
    const ParsersTokens *words = NULL;

    if (strlen(text) > TEXT_BYTES_MAX)
        return label;
    words = parsers_tokens_of(parsers_gist_skip(text), false);
    /* Without grow nothing is learnt. */
    gist.asked = parsers_lexicon_set_read((ParsersLexicon *)lexicon, words, false, &label.number);
    parsers_tokens_release(words);
    offer_users(&gist);
    if (gist.best == NULL || gist.other >= gist.weight)
        return label;
    label.kind = PARSERS_LABEL_FIELD;
    label.field = gist.best->field;
    label.score = SCORE;
    label.guessed = true;
    label.own = gist.best->section != section;
    label.words = gist.asked.read;
    label.strange = gist.asked.unknown;
    return label;
}
