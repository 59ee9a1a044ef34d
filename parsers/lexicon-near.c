/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-near.c - the variants that a label is near to.
 *
 * The same label is asked under one heading after the other; what it is near to, and how near, is
 * found once for all of them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/lexicon-near.h"

#define HEAVIEST 3.0

/* What is this much farther than the nearest one can neither win nor make the answer unsure,
 * whatever the heading in force adds or takes (see parsers_lexicon_label()). */
#define FARTHER 0.1

void
parsers_lexicon_near_mark(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
                          bool headings)
{
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;
    double *shared = (double *)(gpointer)lexicon->shared->data;
    const guint *users = (const guint *)(gconstpointer)lexicon->users->data;

    for (guint i = 0; i < set->n; i++) {
        const guint *start = &g_array_index(lexicon->starts, guint, 2 * (set->ids[i] - 1));
        const double weight = g_array_index(lexicon->weights, double, set->ids[i] - 1);

        for (guint u = start[headings]; u < start[headings + 1]; u++) {
            const guint user = users[u];

            marks[user / 64] |= (guint64)1 << (user % 64);
            shared[user] += weight;
        }
    }
}

/* What is found out of a label while variants are compared with it. */
typedef struct {
    const ParsersLexicon *lexicon;
    const ParsersLexiconSet *label;
    const ParsersTokens *words;  /* of the label */
    double least;                /* weight of the label without any person */
    const ParsersSectionDef *of; /* bare is the label without this section's person */
    ParsersLexiconSet bare;
    bool own;                        /* something was left out of bare */
    const ParsersFieldDef *alone_of; /* alone is the answer of all_alone() for this field */
    bool alone;
} Search;

/* A set without the words for one person. */
static ParsersLexiconSet
without(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
        const ParsersLexiconSet *persons)
{
    ParsersLexiconSet rest = {
        .mask = set->mask, .weight = set->weight, .unknown = set->unknown, .read = set->read};

    for (guint i = 0; i < set->n; i++) {
        if (persons == NULL || !parsers_lexicon_set_has(persons, set->ids[i]))
            rest.ids[rest.n++] = set->ids[i];
        else
            rest.weight -= g_array_index(lexicon->weights, double, set->ids[i] - 1);
    }
    return rest;
}

/* "Age or date of birth", "School, club or group", "Name of school", "Address and postcode": every
 * word alone would be a label of this field, or says no more than the others. */
static bool
all_alone(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
          const ParsersVariant *variant)
{
    const ParsersFieldDef *field = variant->field;
    guint found = 0;

    if (set->unknown > 0 || field->parts->len > 0)
        return false;
    for (guint i = 0; i < set->n; i++) {
        const guint id = set->ids[i];
        const bool idle = (id == lexicon->name && field->type == PARSERS_TYPE_LINE) ||
                          (id == lexicon->postcode && field->type == PARSERS_TYPE_ADDRESS);

        if (parsers_lexicon_set_has(variant->alone, id))
            found++;
        else if (!idle)
            return false;
    }
    return found > 0;
}

/* The label without the person of the variant's section; all variants of a section stand
 * together. */
static void
take_section(Search *search, const ParsersVariant *variant)
{
    if (search->of == variant->section)
        return;
    search->of = variant->section;
    search->bare = without(search->lexicon, search->label, variant->persons);
    search->own = search->bare.n < search->label->n && search->bare.n > 0;
}

/* The same for the question; all variants of a field stand together. */
static bool
is_alone(Search *search, const ParsersVariant *variant)
{
    if (search->alone_of != variant->field) {
        search->alone_of = variant->field;
        search->alone =
            all_alone(search->lexicon, search->bare.n > 0 ? &search->bare : search->label, variant);
    }
    return search->alone;
}

/* How near a variant is that shares some weight with the label; false if it is not. */
static bool
weigh(Search *search, const ParsersVariant *variant, double shared, ParsersLexiconNear *near)
{
    const ParsersLexiconSet *label = search->label;
    const double both = label->weight + variant->set.weight;
    double least = label->weight;

    *near = (ParsersLexiconNear){.variant = variant, .full = both > 0 ? 2 * shared / both : 0};
    if (variant->field != NULL) {
        take_section(search, variant);
        near->own = search->own;
        near->alone = is_alone(search, variant);
        if (search->own)
            least = MIN(search->bare.weight, least);
    }
    near->close = 2 * shared >= PARSERS_LEXICON_NEAR * (least + variant->set.weight);
    if (near->own)
        near->bare = parsers_lexicon_set_alike(search->lexicon, &search->bare, &variant->set);
    return near->close || near->alone;
}

static bool
is_too_heavy(const ParsersLexiconSet *label, const ParsersLexiconSet *variant)
{
    return variant->weight > HEAVIEST * label->weight;
}

bool
parsers_lexicon_near_of(const ParsersLexicon *lexicon, const ParsersLexiconSet *label,
                        const ParsersVariant *variant, ParsersLexiconNear *out_near,
                        double *out_shared)
{
    Search search = {.lexicon = lexicon, .label = label};
    double shared = 0;

    if (is_too_heavy(label, &variant->set))
        return false;
    for (guint i = 0; i < label->n; i++)
        if (parsers_lexicon_set_has(&variant->set, label->ids[i]))
            shared += g_array_index(lexicon->weights, double, label->ids[i] - 1);
    weigh(&search, variant, shared, out_near);
    *out_shared = shared;
    return shared > 0;
}

/* Far from the label by its words, but may be meant all the same, word by word. */
static bool
may_be_alone(Search *search, const ParsersVariant *variant, const ParsersFieldDef *field)
{
    if (field == NULL || search->label->unknown > 0)
        return false;
    if (search->alone_of == field)
        return search->alone;
    take_section(search, variant);
    return is_alone(search, variant);
}

/* True if a variant of the same field that was found before is as near, so that this one says
 * nothing new, unless it is word for word what was asked. */
static bool
says_the_same(const Search *search, const ParsersLexiconNear *near)
{
    const GArray *found = search->lexicon->found;

    for (guint i = found->len; i > 0; i--) {
        const ParsersLexiconNear *other = &g_array_index(found, ParsersLexiconNear, i - 1);

        if (other->variant->field != near->variant->field)
            return false;
        if (other->full == near->full && other->bare == near->bare &&
            other->variant->kind == near->variant->kind && other->close == near->close)
            return near->variant->hash != search->words->hash;
    }
    return false;
}

/* Weigh the marked variants, in their order, and unmark them.
 *
 * worth: variants below are passed over. */
static void
weigh_users(Search *search, double worth)
{
    const ParsersLexicon *lexicon = search->lexicon;
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;
    double *shared = (double *)(gpointer)lexicon->shared->data;
    const ParsersVariantBrief *briefs =
        (const ParsersVariantBrief *)(gconstpointer)lexicon->briefs->data;
    const ParsersVariant *variants = (const ParsersVariant *)(gconstpointer)lexicon->variants->data;
    ParsersLexiconNear near;

    for (guint i = 0; i < lexicon->marks->len; i++)
        for (; marks[i] != 0; marks[i] &= marks[i] - 1) {
            const guint user = i * 64 + (guint)__builtin_ctzll(marks[i]);
            const double weight = shared[user];

            shared[user] = 0;
            if (2 * weight < worth * (search->least + briefs[user].weight) &&
                !may_be_alone(search, &variants[user], briefs[user].field))
                continue;
            if (!is_too_heavy(search->label, &variants[user].set) &&
                weigh(search, &variants[user], weight, &near) && !says_the_same(search, &near))
                g_array_append_val(lexicon->found, near);
        }
}

/* How near the label is that it is word for word, or 0. */
static double
near_said(const ParsersLexicon *lexicon, const ParsersLexiconMeaning *meaning)
{
    const guint at = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->said, meaning->words->joined));
    const ParsersVariant *variant =
        at != 0 ? &g_array_index(lexicon->variants, ParsersVariant, at - 1) : NULL;
    ParsersLexiconNear near;
    double shared = 0;

    if (variant == NULL || (variant->field != NULL && variant->field->parts->len > 0) ||
        !parsers_lexicon_near_of(lexicon, &meaning->set, variant, &near, &shared) || !near.close)
        return 0;
    return near.full;
}

/* The most that the nearest of the found reaches under any heading and in any dress. */
static double
nearest(const ParsersLexicon *lexicon)
{
    double top = 0;

    for (guint i = 0; i < lexicon->found->len; i++) {
        const ParsersLexiconNear *near = &g_array_index(lexicon->found, ParsersLexiconNear, i);
        const ParsersFieldDef *field = near->variant->field;

        if (near->close && (field == NULL || field->parts->len == 0))
            top = MAX(top, near->full);
    }
    return top;
}

static void
keep_nearest(const ParsersLexicon *lexicon, ParsersLexiconMeaning *meaning)
{
    const ParsersLexiconNear *found =
        (const ParsersLexiconNear *)(gconstpointer)lexicon->found->data;
    const double least = nearest(lexicon) - FARTHER;

    for (guint i = 0; i < lexicon->found->len; i++)
        meaning->n_near += MAX(found[i].full, found[i].bare) >= least || found[i].alone;
    meaning->near = g_new(ParsersLexiconNear, meaning->n_near);
    for (guint i = 0, n = 0; i < lexicon->found->len; i++)
        if (MAX(found[i].full, found[i].bare) >= least || found[i].alone)
            meaning->near[n++] = found[i];
    g_array_set_size(lexicon->found, 0);
}

static bool
only_persons(const ParsersLexicon *lexicon, const ParsersLexiconSet *set)
{
    for (guint i = 0; i < set->n; i++)
        if (!parsers_lexicon_set_has(&lexicon->people, set->ids[i]))
            return false;
    return set->unknown == 0;
}

/* False if what is known of a label is too little beside the strange words to be near to anything,
 * even to a variant that has all of it and nothing else. */
static bool
may_be_near(const ParsersLexicon *lexicon, const ParsersLexiconSet *label, double least)
{
    double known = 0;

    for (guint i = 0; i < label->n; i++)
        known += g_array_index(lexicon->weights, double, label->ids[i] - 1);
    return label->unknown == 0 ||
           (2 - PARSERS_LEXICON_NEAR) * known >= 0.999 * PARSERS_LEXICON_NEAR * least;
}

void
parsers_lexicon_near_find(const ParsersLexicon *lexicon, ParsersLexiconMeaning *meaning)
{
    Search search = {.lexicon = lexicon, .label = &meaning->set, .words = meaning->words};
    const double rest = without(lexicon, search.label, &lexicon->people).weight;

    meaning->weighed = true;
    meaning->persons = only_persons(lexicon, search.label);
    /* A line that says far more than any label does, even without all its words for persons. */
    meaning->heavy = PARSERS_LEXICON_SURE * (rest + lexicon->heaviest) > 2 * lexicon->heaviest;
    search.least = MIN(rest, search.label->weight);
    if (meaning->heavy || !may_be_near(lexicon, search.label, search.least))
        return;
    parsers_lexicon_near_mark(lexicon, search.label, false);
    weigh_users(&search, MAX(PARSERS_LEXICON_NEAR, near_said(lexicon, meaning) - FARTHER));
    keep_nearest(lexicon, meaning);
}
