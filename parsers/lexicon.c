/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon.c - which field a label means, and which section a heading opens.
 *
 * A label becomes a small set of meanings: its words without the empty ones, with
 * words of one meaning made one.  Two sets are as alike as the weight they share,
 * and a word weighs the more the fewer fields use it, so that one strange word
 * ("social worker's name") is enough to keep a label from being "name".
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/lexicon.h"

#include "parsers/lexicon-heard.h"
#include "parsers/normalise.h"

#include <string.h>

#define HEAD_LETTERS 80 /* of a line, to tell what it begins with */

/* What is asked of one variant after the other. */
typedef struct {
    const ParsersLexicon *lexicon;
    ParsersLexiconHeard *heard;
    const ParsersSectionDef *section; /* in force */
    ParsersLabel best;
    const ParsersVariant *of; /* of best */
    double rank;              /* of best, with a bonus for the section in force */
    double second;            /* rank of the best one for another field */
} Question;

static bool
same_words(const Question *question, const ParsersVariant *variant, guint which)
{
    const ParsersTokens *words = parsers_lexicon_heard_words(question->heard, which);

    return words->hash == variant->hash && strcmp(words->joined, variant->words->all) == 0;
}

static bool
word_for_word(const Question *question, const ParsersVariant *variant)
{
    return same_words(question, variant, 1) ||
           (question->heard->bracketed && same_words(question, variant, 0));
}

/* Of two with the same rank the first one is the better. */
static void
offer(Question *question, const ParsersLexiconNear *near, ParsersLabelKind kind, double score)
{
    const ParsersVariant *variant = near->variant;
    const bool here = variant->section != NULL && variant->section == question->section;
    const bool same = score > 0.99 && word_for_word(question, variant);
    /* What the form's author wrote word for word as one field's label is no other's, unless the
     * heading in force has just these words too. */
    const double known = variant->kind == PARSERS_VARIANT_LABEL ? 0.04 : 0.02;
    const double rank = score + (here ? 0.03 : 0) + (same ? known : 0) -
                        (kind == PARSERS_LABEL_ELSEWHERE ? 0.02 : 0) -
                        (kind == PARSERS_LABEL_OTHER && !same ? 0.01 : 0);

    if (rank < question->rank || (rank <= question->rank && question->of <= variant)) {
        if (variant->field != question->best.field)
            question->second = MAX(question->second, rank);
        return;
    }
    if (variant->field != question->best.field)
        question->second = question->rank;
    question->of = variant;
    question->rank = rank;
    question->best.kind = kind;
    question->best.field = variant->field;
    question->best.score = MIN(score, 1.0);
    question->best.own = variant->kind == PARSERS_VARIANT_LABEL || near->own;
}

/* full: how alike label and variant are, with their persons. */
static void
ask_field(Question *question, const ParsersLexiconNear *near, double full)
{
    const ParsersVariant *variant = near->variant;
    const ParsersSectionDef *section = question->section;
    const bool here = variant->section == section;
    const double bare = near->bare * (here ? 1.0 : 0.99);

    if (here && near->alone)
        full = MAX(full, 0.95);
    /* Under one person's heading a question about another must say so, or be word for word. */
    if (variant->kind == PARSERS_VARIANT_LABEL && !here && !near->own &&
        (full < 0.95 || !word_for_word(question, variant)) && variant->section->persons->len > 0 &&
        section != NULL && section->persons->len > 0)
        offer(question, near, PARSERS_LABEL_ELSEWHERE, full);
    else if (variant->kind == PARSERS_VARIANT_LABEL || here)
        offer(question, near, PARSERS_LABEL_FIELD, MAX(full, here ? bare : 0));
    else if (bare > full)
        offer(question, near, PARSERS_LABEL_FIELD, bare);
    else
        offer(question, near, PARSERS_LABEL_ELSEWHERE, full);
}

/* "Address of workplace" is not "workplace and address". */
static bool
is_joined(const Question *question, const ParsersVariant *variant)
{
    return variant->field->parts->len == 0 || question->heard->joined ||
           word_for_word(question, variant);
}

static void
ask_near(Question *question, const ParsersLexiconNear *near)
{
    const ParsersVariant *variant = near->variant;

    if (!near->close && !(near->alone && variant->section == question->section))
        return;
    if (variant->field == NULL)
        offer(question, near,
              variant->kind == PARSERS_VARIANT_OTHER ? PARSERS_LABEL_OTHER
                                                     : PARSERS_LABEL_SIGNATURE,
              near->full);
    else if (is_joined(question, variant) &&
             !(question->heard->hinted && same_words(question, variant, 1)))
        ask_field(question, near, near->full);
}

/* Variants that are word for word the label with what stands in its brackets, which counts where
 * the definition has just these words: "Base (address)". */
static void
ask_said(Question *question, const ParsersLexiconSet *label)
{
    const ParsersLexicon *lexicon = question->lexicon;
    const ParsersTokens *words = parsers_lexicon_heard_words(question->heard, 1);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->said, words->joined));

    while (at != 0) {
        const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, at - 1);
        const bool here = variant->section == question->section;
        ParsersLexiconNear near;
        double shared = 0;

        at = variant->next;
        if (!parsers_lexicon_near_of(lexicon, label, variant, &near, &shared))
            continue;
        if (!question->heard->hinted || variant->field == NULL)
            ask_near(question, &near);
        else if (here || 2 * shared >= PARSERS_LEXICON_NEAR * variant->set.weight)
            ask_field(question, &near, MAX(near.full, 1.0));
    }
}

/* The meaning that is asked about: what stands in brackets counts only if nothing else says
 * anything.  out_hint: that is so. */
static ParsersLexiconMeaning *
take_meaning(Question *question, bool *out_hint)
{
    const ParsersLexicon *lexicon = question->lexicon;
    ParsersLexiconHeard *heard = question->heard;
    ParsersLexiconMeaning *label = parsers_lexicon_heard_meaning(lexicon, heard, false);

    *out_hint = label->set.n == 0;
    if (*out_hint)
        label = parsers_lexicon_heard_meaning(lexicon, heard, true);
    question->best.number = label->number;
    if (label->number == 0 && heard->hinted)
        question->best.number = parsers_lexicon_heard_meaning(lexicon, heard, true)->number;
    return label;
}

ParsersLabel
parsers_lexicon_label(const ParsersLexicon *lexicon, const char *text,
                      const ParsersSectionDef *section)
{
    Question question = {
        .lexicon = lexicon, .section = section, .heard = parsers_lexicon_heard_of(lexicon, text)};
    bool hint = false;
    ParsersLexiconMeaning *label = take_meaning(&question, &hint);

    if (label->set.n == 0)
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    if (!label->weighed)
        parsers_lexicon_near_find(lexicon, label);
    if (label->heavy)
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE, .words = label->set.read};
    for (guint i = 0; i < label->n_near; i++)
        ask_near(&question, &label->near[i]);
    if (question.heard->bracketed)
        ask_said(&question, &label->set);
    question.best.words = label->set.read;
    question.best.strange = label->set.unknown;
    question.best.bare = label->persons;
    /* "Section (Cubs, Scouts)" names nobody. */
    if (hint && question.best.bare)
        question.best.kind = PARSERS_LABEL_NONE;
    if (question.best.score < PARSERS_LEXICON_SURE ||
        (question.best.kind == PARSERS_LABEL_FIELD && question.rank - question.second < 0.005))
        question.best.kind = PARSERS_LABEL_NONE;
    return question.best;
}

/* The section whose person a word means, or NULL. */
static const ParsersSectionDef *
section_of_person(const ParsersLexicon *lexicon, guint id)
{
    for (guint i = 0; i < lexicon->definition->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(lexicon->definition->sections, i);
        const ParsersLexiconSet *persons = g_hash_table_lookup(lexicon->persons, section);

        if (persons != NULL && parsers_lexicon_set_has(persons, id))
            return section;
    }
    return NULL;
}

/* The section about whose person a heading speaks, or NULL.  "Adult whose behaviour worries you"
 * is about the first; where the one who writes comes first it may be about anything. */
static const ParsersSectionDef *
section_named(const ParsersLexicon *lexicon, const ParsersLexiconSet *set)
{
    const ParsersSectionDef *writer = lexicon->definition->sections->len > 0
                                          ? g_ptr_array_index(lexicon->definition->sections, 0)
                                          : NULL;
    const ParsersSectionDef *named = NULL;

    for (guint i = 0; i < set->n; i++) {
        const ParsersSectionDef *section = section_of_person(lexicon, set->ids[i]);

        if (named == NULL)
            named = section;
        else if (section != NULL && section != named && named == writer)
            return NULL;
    }
    return named;
}

/* "Carer subject to allegation" is about the carer, whatever is said of him: the section of the
 * person that a heading begins with, or NULL. */
static const ParsersSectionDef *
section_led(const ParsersLexicon *lexicon, const ParsersLexiconSet *set)
{
    for (guint i = 0; i < set->n; i++) {
        const guint id = set->ids[i];
        const ParsersSectionDef *section = section_of_person(lexicon, id);

        if (id == lexicon->describe || id == lexicon->information)
            continue;
        /* What the one who writes says may be about anything: "Your concern". */
        return section == g_ptr_array_index(lexicon->definition->sections, 0) ? NULL : section;
    }
    return NULL;
}

/* The heading that we know which agrees best.
 *
 * set, plain: the heading with and without what stands in brackets. */
static void
find_heading(const ParsersLexicon *lexicon, const ParsersLexiconSet *set,
             const ParsersLexiconSet *plain, ParsersHeading *heading)
{
    const guint end = lexicon->n_labels + lexicon->n_headings;
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;

    parsers_lexicon_near_mark(lexicon, plain, true);
    if (plain != set)
        parsers_lexicon_near_mark(lexicon, set, true);
    for (guint i = lexicon->n_labels / 64; i < lexicon->marks->len; i++)
        for (; marks[i] != 0; marks[i] &= marks[i] - 1) {
            const guint user = i * 64 + (guint)__builtin_ctzll(marks[i]);
            const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, user);
            double score = 2 * g_array_index(lexicon->shared, double, user) /
                           (set->weight + variant->set.weight);

            g_array_index(lexicon->shared, double, user) = 0;
            if (user >= end)
                continue;
            if (plain != set)
                score = MAX(parsers_lexicon_set_alike(lexicon, set, &variant->set),
                            parsers_lexicon_set_alike(lexicon, plain, &variant->set));
            if (score <= heading->score)
                continue;
            heading->score = MIN(score, 1.0);
            heading->section = variant->section;
        }
}

static ParsersHeading
read_heading(const ParsersLexicon *lexicon, ParsersLexiconHeard *heard)
{
    const ParsersLexiconMeaning *meaning = parsers_lexicon_heard_meaning(lexicon, heard, true);
    const ParsersLexiconSet *plain = &parsers_lexicon_heard_meaning(lexicon, heard, false)->set;
    ParsersHeading heading = {.number = meaning->number};

    find_heading(lexicon, &meaning->set, plain, &heading);
    if (heading.score < 0.95 && heading.section != NULL && heading.section->persons->len == 0 &&
        section_led(lexicon, plain) != NULL) {
        heading.score = MAX(heading.score, PARSERS_LEXICON_NAMED);
        heading.section = section_led(lexicon, plain);
    }
    if (heading.score < PARSERS_LEXICON_NAMED && section_named(lexicon, &meaning->set) != NULL) {
        heading.score = PARSERS_LEXICON_NAMED;
        heading.section = section_named(lexicon, &meaning->set);
    }
    return heading;
}

ParsersHeading
parsers_lexicon_heading(const ParsersLexicon *lexicon, const char *text)
{
    ParsersLexiconHeard *heard = parsers_lexicon_heard_of(lexicon, text);

    if (!heard->headed) {
        heard->headed = true;
        heard->heading = read_heading(lexicon, heard);
    }
    return heard->heading;
}

double
parsers_lexicon_title(const ParsersLexicon *lexicon, const char *text)
{
    const ParsersLexiconMeaning *meaning =
        parsers_lexicon_heard_meaning(lexicon, parsers_lexicon_heard_of(lexicon, text), false);
    double best = 0;

    for (guint i = lexicon->n_labels + lexicon->n_headings; i < lexicon->variants->len; i++) {
        const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, i);

        best = MAX(best, parsers_lexicon_set_alike(lexicon, &meaning->set, &variant->set));
    }
    return MIN(best, 1.0);
}

/* The beginning of a text, in small letters; the caller frees. */
static char *
fold_head(const char *text)
{
    g_autofree char *head = NULL;
    gsize n = 0;

    while (n < HEAD_LETTERS && text[n] != '\0' && (guchar)text[n] < 0x80)
        n++;
    if (n == HEAD_LETTERS || text[n] == '\0')
        return g_ascii_strdown(text, (gssize)n);
    head = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), HEAD_LETTERS));
    return parsers_normalise_casefold(head);
}

/* True if a text begins with one of those, which are in small letters. */
static bool
begins_with(const GPtrArray *beginnings, const char *text)
{
    const bool plain = (guchar)text[0] < 0x80;
    const char first = g_ascii_tolower(text[0]);
    g_autofree char *folded = NULL;

    for (guint i = 0; i < beginnings->len; i++) {
        const char *beginning = g_ptr_array_index(beginnings, i);

        if (plain && beginning[0] != first)
            continue;
        if (folded == NULL)
            folded = fold_head(text);
        if (g_str_has_prefix(folded, beginning))
            return true;
    }
    return false;
}

bool
parsers_lexicon_declaration(const ParsersLexicon *lexicon, const char *text)
{
    return begins_with(lexicon->declarations, text);
}

bool
parsers_lexicon_guidance(const ParsersLexicon *lexicon, const char *text)
{
    return begins_with(lexicon->guidance, text);
}
