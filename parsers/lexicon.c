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

#define HEAVIEST 3.0
#define HEAD_LETTERS 80 /* of a line, to tell what it begins with */

/* Variants below this are not looked at any closer: nobody asks how unlike they are. */
#define WORTH_A_LOOK 0.6

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

/* What is asked of one variant after the other. */
typedef struct {
    const ParsersLexicon *lexicon;
    const ParsersSectionDef *section; /* in force */
    const ParsersLexiconSet *label;
    ParsersLexiconHeard *heard;
    const ParsersSectionDef *of; /* bare is the label without this section's person */
    ParsersLexiconSet bare;
    bool own; /* something was left out of bare */
    ParsersLabel best;
    double rank;                     /* of best, with a bonus for the section in force */
    double second;                   /* rank of the best one for another field */
    bool hinted;                     /* the label has something in brackets */
    bool joined;                     /* the label has "and", "&", "/" or a comma */
    bool bracketed;                  /* likewise, of any kind */
    const char *text;                /* as written */
    double least;                    /* weight of the label without any person, or less */
    ParsersLexiconSet here;          /* the label without the person of the section in force */
    const ParsersFieldDef *alone_of; /* alone is the answer of all_alone() for this field */
    bool alone;
} Question;

static bool
same_words(Question *question, const ParsersVariant *variant, guint which)
{
    const ParsersTokens *words =
        parsers_lexicon_heard_words(question->heard, question->text, which);

    return words->hash == variant->hash && strcmp(words->joined, variant->words) == 0;
}

static bool
word_for_word(Question *question, const ParsersVariant *variant)
{
    return same_words(question, variant, 1) ||
           (question->bracketed && same_words(question, variant, 0));
}

static void
offer(Question *question, const ParsersVariant *variant, ParsersLabelKind kind, double score)
{
    const bool here = variant->section != NULL && variant->section == question->section;
    const bool same = score > 0.99 && word_for_word(question, variant);
    /* What the form's author wrote word for word as one field's label is no other's, unless the
     * heading in force has just these words too. */
    const double known = variant->kind == PARSERS_VARIANT_LABEL ? 0.04 : 0.02;
    const double rank = score + (here ? 0.03 : 0) + (same ? known : 0) -
                        (kind == PARSERS_LABEL_ELSEWHERE ? 0.02 : 0) -
                        (kind == PARSERS_LABEL_OTHER && !same ? 0.01 : 0);

    if (rank <= question->rank) {
        if (variant->field != question->best.field)
            question->second = MAX(question->second, rank);
        return;
    }
    if (variant->field != question->best.field)
        question->second = question->rank;
    question->rank = rank;
    question->best.kind = kind;
    question->best.field = variant->field;
    question->best.score = MIN(score, 1.0);
    question->best.own = variant->kind == PARSERS_VARIANT_LABEL || question->own;
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

/* The same for the question; all variants of a field stand together. */
static bool
is_alone(Question *question, const ParsersVariant *variant)
{
    if (question->alone_of != variant->field) {
        question->alone_of = variant->field;
        question->alone = all_alone(question->lexicon, &question->here, variant);
    }
    return question->alone;
}

/* parsers_lexicon_set_alike(), when the weight that they share is known. */
static double
alike(const ParsersLexiconSet *label, const ParsersVariant *variant, double shared)
{
    const double both = label->weight + variant->set.weight;

    return both > 0 ? 2 * shared / both : 0;
}

static void
ask_field(Question *question, const ParsersVariant *variant, double shared)
{
    const ParsersLexicon *lexicon = question->lexicon;
    const bool here = variant->section == question->section;
    const double least = question->own ? MIN(question->bare.weight, question->label->weight)
                                       : question->label->weight;
    const bool alone = here && is_alone(question, variant);
    double full = alike(question->label, variant, shared);
    double bare = 0;

    /* The words in brackets count where the definition has just these: "Base (address)". */
    if (full < 1.0 && question->hinted && same_words(question, variant, 1))
        full = 1.0;
    if (!alone && full < 1.0 && 2 * shared < WORTH_A_LOOK * (least + variant->set.weight))
        return;
    if (question->own)
        bare = parsers_lexicon_set_alike(lexicon, &question->bare, &variant->set) *
               (here ? 1.0 : 0.99);
    if (alone)
        full = MAX(full, 0.95);
    /* Under one person's heading a question about another must say so, or be word for word. */
    if (variant->kind == PARSERS_VARIANT_LABEL && !here && !question->own &&
        (full < 0.95 || !word_for_word(question, variant)) && variant->section->persons->len > 0 &&
        question->section != NULL && question->section->persons->len > 0)
        offer(question, variant, PARSERS_LABEL_ELSEWHERE, full);
    else if (variant->kind == PARSERS_VARIANT_LABEL || here)
        offer(question, variant, PARSERS_LABEL_FIELD, MAX(full, here ? bare : 0));
    else if (bare > full)
        offer(question, variant, PARSERS_LABEL_FIELD, bare);
    else
        offer(question, variant, PARSERS_LABEL_ELSEWHERE, full);
}

/* shared: the weight of the words that label and variant share. */
static void
ask_variant(Question *question, const ParsersVariant *variant, double shared)
{
    if (variant->set.weight > HEAVIEST * question->label->weight)
        return; /* says far more than was asked */
    /* "Address of workplace" is not "workplace and address". */
    if (variant->field != NULL && variant->field->parts->len > 0 && !question->joined &&
        !word_for_word(question, variant))
        return;
    if (variant->kind == PARSERS_VARIANT_LABEL || variant->kind == PARSERS_VARIANT_WITHIN) {
        if (question->of != variant->section) {
            question->of = variant->section;
            question->bare = without(question->lexicon, question->label, variant->persons);
            question->own = question->bare.n < question->label->n && question->bare.n > 0;
        }
        ask_field(question, variant, shared);
    } else if (2 * shared >= WORTH_A_LOOK * (question->label->weight + variant->set.weight)) {
        offer(question, variant,
              variant->kind == PARSERS_VARIANT_OTHER ? PARSERS_LABEL_OTHER
                                                     : PARSERS_LABEL_SIGNATURE,
              alike(question->label, variant, shared));
    }
}

static bool
only_persons(const ParsersLexicon *lexicon, const ParsersLexiconSet *set)
{
    for (guint i = 0; i < set->n; i++)
        if (!parsers_lexicon_set_has(&lexicon->people, set->ids[i]))
            return false;
    return set->unknown == 0;
}

/* Far from the label by its words, but may be meant all the same, under the heading in force. */
static bool
may_be_alone(Question *question, const ParsersVariantBrief *brief, const ParsersVariant *variant)
{
    return brief->section == question->section && brief->field != NULL &&
           (question->hinted || is_alone(question, variant));
}

/* Ask the marked variants, in their order, and unmark them. */
static void
ask_users(Question *question)
{
    const ParsersLexicon *lexicon = question->lexicon;
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;
    double *shared = (double *)(gpointer)lexicon->shared->data;
    const ParsersVariantBrief *briefs =
        (const ParsersVariantBrief *)(gconstpointer)lexicon->briefs->data;
    const ParsersVariant *variants = (const ParsersVariant *)(gconstpointer)lexicon->variants->data;

    for (guint i = 0; i < lexicon->marks->len; i++)
        for (; marks[i] != 0; marks[i] &= marks[i] - 1) {
            const guint user = i * 64 + (guint)__builtin_ctzll(marks[i]);
            const double weight = shared[user];
            const ParsersVariant *variant = &variants[user];

            shared[user] = 0;
            if (2 * weight >= WORTH_A_LOOK * (question->least + briefs[user].weight) ||
                may_be_alone(question, &briefs[user], variant))
                ask_variant(question, variant, weight);
        }
}

/* A line that says far more than any label does, even if all its words for persons are left out. */
static bool
too_heavy(const ParsersLexicon *lexicon, double rest)
{
    return PARSERS_LEXICON_SURE * (rest + lexicon->heaviest) > 2 * lexicon->heaviest;
}

/* The label as it is asked under the heading in force. */
static void
take_section(Question *question)
{
    const ParsersLexiconSet *persons =
        question->section != NULL
            ? g_hash_table_lookup(question->lexicon->persons, question->section)
            : NULL;

    question->here = without(question->lexicon, question->label, persons);
    if (question->here.n == 0)
        question->here = *question->label;
}

ParsersLabel
parsers_lexicon_label(const ParsersLexicon *lexicon, const char *text,
                      const ParsersSectionDef *section)
{
    Question question = {.lexicon = lexicon, .section = section, .text = text};
    double rest = 0;
    guint number = 0;
    bool hint = false;

    question.bracketed = parsers_lexicon_heard_which(text, false) == 0;
    question.hinted = question.bracketed && strchr(text, '(') != NULL;
    question.joined = strpbrk(text, "&/,+") != NULL || strstr(text, " and ") != NULL ||
                      strstr(text, " AND ") != NULL || strstr(text, " And ") != NULL ||
                      strstr(text, "details") != NULL || strstr(text, "information") != NULL;
    question.heard = parsers_lexicon_heard_of(lexicon, text);
    question.label =
        parsers_lexicon_heard_set(lexicon, question.heard, text, false, &question.best.number);
    hint = question.label->n == 0;
    if (hint)
        question.label =
            parsers_lexicon_heard_set(lexicon, question.heard, text, true, &question.best.number);
    else if (question.best.number == 0 && question.hinted) {
        parsers_lexicon_heard_set(lexicon, question.heard, text, true, &number);
        question.best.number = number;
    }
    if (question.label->n == 0)
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    rest = without(lexicon, question.label, &lexicon->people).weight;
    /* What stands in brackets may be all that a variant says: such are not passed over. */
    question.least = question.hinted ? 0 : MIN(rest, question.label->weight);
    if (too_heavy(lexicon, rest))
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE, .words = question.label->read};
    take_section(&question);
    parsers_lexicon_heard_mark(lexicon, question.label, false);
    ask_users(&question);
    question.best.words = question.label->read;
    question.best.strange = question.label->unknown;
    question.best.bare = only_persons(lexicon, question.label);
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
    guint64 *marks = (guint64 *)(gpointer)lexicon->marks->data;

    parsers_lexicon_heard_mark(lexicon, plain, true);
    if (plain != set)
        parsers_lexicon_heard_mark(lexicon, set, true);
    for (guint i = 0; i < lexicon->marks->len; i++)
        for (; marks[i] != 0; marks[i] &= marks[i] - 1) {
            const guint user = i * 64 + (guint)__builtin_ctzll(marks[i]);
            const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, user);
            double score = 0;

            g_array_index(lexicon->shared, double, user) = 0;
            if (variant->kind != PARSERS_VARIANT_HEADING)
                continue;
            score = parsers_lexicon_set_alike(lexicon, set, &variant->set);
            if (plain != set)
                score = MAX(score, parsers_lexicon_set_alike(lexicon, plain, &variant->set));
            if (score <= heading->score)
                continue;
            heading->score = MIN(score, 1.0);
            heading->section = variant->section;
        }
}

ParsersHeading
parsers_lexicon_heading(const ParsersLexicon *lexicon, const char *text)
{
    ParsersHeading heading = {0};
    ParsersLexiconHeard *heard = parsers_lexicon_heard_of(lexicon, text);
    const ParsersLexiconSet *set =
        parsers_lexicon_heard_set(lexicon, heard, text, true, &heading.number);
    const ParsersLexiconSet *plain = parsers_lexicon_heard_set(lexicon, heard, text, false, NULL);

    find_heading(lexicon, set, plain, &heading);
    if (heading.score < 0.95 && heading.section != NULL && heading.section->persons->len == 0 &&
        section_led(lexicon, plain) != NULL) {
        heading.score = MAX(heading.score, PARSERS_LEXICON_NAMED);
        heading.section = section_led(lexicon, plain);
    }
    if (heading.score < PARSERS_LEXICON_NAMED && section_named(lexicon, set) != NULL) {
        heading.score = PARSERS_LEXICON_NAMED;
        heading.section = section_named(lexicon, set);
    }
    return heading;
}

double
parsers_lexicon_title(const ParsersLexicon *lexicon, const char *text)
{
    const ParsersLexiconSet *set = parsers_lexicon_heard_set(
        lexicon, parsers_lexicon_heard_of(lexicon, text), text, false, NULL);
    double best = 0;

    for (guint i = lexicon->n_labels; i < lexicon->variants->len; i++) {
        const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, i);

        if (variant->kind == PARSERS_VARIANT_TITLE)
            best = MAX(best, parsers_lexicon_set_alike(lexicon, set, &variant->set));
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
    g_autofree char *folded = fold_head(text);

    for (guint i = 0; i < beginnings->len; i++) {
        const char *beginning = g_ptr_array_index(beginnings, i);

        if (beginning[0] == folded[0] && g_str_has_prefix(folded, beginning))
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
