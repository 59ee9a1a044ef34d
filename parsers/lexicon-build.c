/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/lexicon-build.c - a definition made into sets of meanings.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/lexicon-heard.h"

#include <string.h>

#define UNKNOWN_WEIGHT 1.3 /* of a word that no label has, beside the rarest known one */

static void
add_variant(ParsersLexicon *lexicon, ParsersVariant variant, const char *text)
{
    const ParsersTokens *words = parsers_tokens_learn(text);
    ParsersLexiconSet *alone = NULL;

    variant.set = parsers_lexicon_set_read(lexicon, words, true, NULL);
    if (variant.field != NULL)
        alone = g_hash_table_lookup(lexicon->alone, variant.field);
    if (variant.section != NULL)
        variant.persons = g_hash_table_lookup(lexicon->persons, variant.section);
    if (variant.set.n == 1 && alone != NULL)
        parsers_lexicon_set_add(alone, variant.set.ids[0]);
    if (variant.set.n > 0) {
        variant.alone = alone;
        variant.words = words;
        variant.hash = g_str_hash(words->all);
        g_array_append_val(lexicon->variants, variant);
    }
}

static void
add_variants(ParsersLexicon *lexicon, ParsersVariant variant, const GPtrArray *texts)
{
    for (guint i = 0; i < texts->len; i++)
        add_variant(lexicon, variant, g_ptr_array_index(texts, i));
}

static void
learn_stop(ParsersLexicon *lexicon, const char *text)
{
    const ParsersTokens *words = parsers_tokens_learn(text);

    parsers_lexicon_set_know(lexicon, words);
    if (words->n > 1 && words->n <= PARSERS_LEXICON_PHRASE_MAX)
        parsers_lexicon_set_phrase(lexicon, words, PARSERS_LEXICON_SILENT);
    else if (words->n > 0)
        parsers_lexicon_set_token(lexicon, words->token[0])->stop = true;
}

static void
learn_phrase(ParsersLexicon *lexicon, const char *text, guint id)
{
    const ParsersTokens *words = parsers_tokens_learn(text);

    parsers_lexicon_set_know(lexicon, words);
    if (words->n > 0 && words->n <= PARSERS_LEXICON_PHRASE_MAX)
        parsers_lexicon_set_phrase(lexicon, words, id);
}

static void
learn_words(ParsersLexicon *lexicon)
{
    const ParsersDefinition *form = lexicon->definition;

    for (guint i = 0; i < form->stops->len; i++)
        learn_stop(lexicon, g_ptr_array_index(form->stops, i));
    for (guint i = 0; i < form->words->len; i++) {
        const GPtrArray *group = g_ptr_array_index(form->words, i);
        g_autofree char *name = g_strconcat("=", g_ptr_array_index(group, 0), NULL);
        const guint id = parsers_lexicon_set_intern(lexicon, name);

        for (guint j = 1; j < group->len; j++)
            learn_phrase(lexicon, g_ptr_array_index(group, j), id);
    }
}

static guint
id_of(const ParsersLexicon *lexicon, const char *meaning)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->ids, meaning));
}

static void
learn_section(ParsersLexicon *lexicon, const ParsersSectionDef *section)
{
    ParsersLexiconSet *persons = g_new0(ParsersLexiconSet, 1);

    for (guint i = 0; i < section->persons->len; i++) {
        const ParsersTokens *words = parsers_tokens_learn(g_ptr_array_index(section->persons, i));
        ParsersLexiconSet set = parsers_lexicon_set_read(lexicon, words, true, NULL);

        for (guint j = 0; j < set.n; j++) {
            parsers_lexicon_set_add(persons, set.ids[j]);
            parsers_lexicon_set_add(&lexicon->people, set.ids[j]);
            if (section->repeats)
                parsers_lexicon_set_add(&lexicon->counted, set.ids[j]);
        }
    }
    g_hash_table_insert(lexicon->persons, (gpointer)section, persons);
    add_variants(lexicon, (ParsersVariant){.kind = PARSERS_VARIANT_HEADING, .section = section},
                 section->headings);
    for (guint i = 0; i < section->fields->len; i++) {
        const ParsersFieldDef *field = g_ptr_array_index(section->fields, i);
        ParsersVariant variant = {
            .kind = PARSERS_VARIANT_LABEL, .field = field, .section = section};

        g_hash_table_insert(lexicon->alone, (gpointer)field, g_new0(ParsersLexiconSet, 1));
        add_variants(lexicon, variant, field->labels);
        variant.kind = PARSERS_VARIANT_WITHIN;
        add_variants(lexicon, variant, field->within);
    }
}

/* A word weighs the more the fewer fields use it. */
static void
weigh_words(ParsersLexicon *lexicon)
{
    const guint n = lexicon->words->len;
    g_autofree guint *uses = g_new0(guint, n + 1);
    g_autofree gconstpointer *last = g_new0(gconstpointer, n + 1);
    double most = 1;

    for (guint i = 0; i < lexicon->variants->len; i++) {
        const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, i);
        gconstpointer owner = variant->field != NULL ? (gconstpointer)variant->field : variant;

        if (variant->kind == PARSERS_VARIANT_HEADING || variant->kind == PARSERS_VARIANT_TITLE)
            owner = variant->section;
        for (guint j = 0; j < variant->set.n; j++) {
            if (last[variant->set.ids[j]] == owner)
                continue;
            last[variant->set.ids[j]] = owner;
            uses[variant->set.ids[j]]++;
        }
    }
    for (guint i = 1; i <= n; i++) {
        const double weight = 1 + 3.2 / (1 + 0.25 * uses[i]);

        g_array_append_val(lexicon->weights, weight);
        most = MAX(most, weight);
    }
    lexicon->unknown = most * 0.6 * UNKNOWN_WEIGHT;
    for (guint i = 0; i < lexicon->variants->len; i++) {
        ParsersLexiconSet *set = &g_array_index(lexicon->variants, ParsersVariant, i).set;

        set->weight = 0;
        for (guint j = 0; j < set->n; j++)
            set->weight += g_array_index(lexicon->weights, double, set->ids[j] - 1);
        lexicon->heaviest = MAX(lexicon->heaviest, set->weight);
    }
}

static guint
part_of(const ParsersVariant *variant)
{
    return (variant->kind >= PARSERS_VARIANT_HEADING) + (variant->kind == PARSERS_VARIANT_TITLE);
}

/* Labels first, then headings, then titles, else in their order. */
static void
part_variants(ParsersLexicon *lexicon)
{
    GArray *parted = g_array_new(FALSE, FALSE, sizeof(ParsersVariant));

    for (guint part = 0; part < 3; part++) {
        for (guint i = 0; i < lexicon->variants->len; i++) {
            const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, i);

            if (part_of(variant) == part)
                g_array_append_val(parted, *variant);
        }
        if (part == 0)
            lexicon->n_labels = parted->len;
        if (part == 1)
            lexicon->n_headings = parted->len - lexicon->n_labels;
    }
    g_array_unref(lexicon->variants);
    lexicon->variants = parted;
}

/* Which labels are just these words. */
static void
list_said(ParsersLexicon *lexicon)
{
    for (guint i = lexicon->n_labels; i > 0; i--) {
        ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, i - 1);

        variant->next = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->said, variant->words->all));
        g_hash_table_insert(lexicon->said, (gpointer)variant->words->all, GUINT_TO_POINTER(i));
    }
}

/* Which variants have an id, so that only those are compared with a label that has it: of labels,
 * then of headings. */
static void
list_users(ParsersLexicon *lexicon)
{
    const guint n = 2 * lexicon->words->len;
    g_autofree guint *next = g_new0(guint, n + 1);
    guint total = 0;

    for (guint i = 0; i < lexicon->variants->len; i++) {
        const ParsersLexiconSet *set = &g_array_index(lexicon->variants, ParsersVariant, i).set;

        for (guint j = 0; j < set->n; j++)
            next[2 * (set->ids[j] - 1) + (i >= lexicon->n_labels)]++;
    }
    for (guint i = 0; i <= n; i++) {
        const guint users = next[i];

        next[i] = total;
        total += users;
    }
    g_array_append_vals(lexicon->starts, next, n + 1);
    g_array_set_size(lexicon->users, total);
    g_array_set_size(lexicon->shared, lexicon->variants->len);
    g_array_set_size(lexicon->marks, (lexicon->variants->len + 63) / 64);
    for (guint i = 0; i < lexicon->variants->len; i++) {
        const ParsersVariant *variant = &g_array_index(lexicon->variants, ParsersVariant, i);
        const ParsersVariantBrief brief = {
            .weight = variant->set.weight, .section = variant->section, .field = variant->field};

        g_array_append_val(lexicon->briefs, brief);
        for (guint j = 0; j < variant->set.n; j++)
            g_array_index(lexicon->users, guint,
                          next[2 * (variant->set.ids[j] - 1) + (i >= lexicon->n_labels)]++) = i;
    }
}

static void
fold_all(GPtrArray *folded, const GPtrArray *texts)
{
    for (guint i = 0; i < texts->len; i++)
        g_ptr_array_add(folded, g_utf8_casefold(g_ptr_array_index(texts, i), -1));
}

ParsersLexicon *
parsers_lexicon_new(const ParsersDefinition *definition)
{
    ParsersLexicon *lexicon = g_new0(ParsersLexicon, 1);

    lexicon->definition = definition;
    lexicon->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lexicon->words = g_ptr_array_new();
    lexicon->tokens = g_array_new(FALSE, TRUE, sizeof(ParsersLexiconToken));
    lexicon->phrases = g_array_new(FALSE, FALSE, sizeof(ParsersLexiconPhrase));
    for (guint i = 0; i < G_N_ELEMENTS(lexicon->long_words); i++)
        lexicon->long_words[i] = g_array_new(FALSE, FALSE, sizeof(guint));
    lexicon->weights = g_array_new(FALSE, FALSE, sizeof(double));
    lexicon->variants = g_array_new(FALSE, FALSE, sizeof(ParsersVariant));
    lexicon->briefs = g_array_new(FALSE, FALSE, sizeof(ParsersVariantBrief));
    lexicon->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    lexicon->users = g_array_new(FALSE, FALSE, sizeof(guint));
    lexicon->marks = g_array_new(FALSE, TRUE, sizeof(guint64));
    lexicon->shared = g_array_new(FALSE, TRUE, sizeof(double));
    lexicon->said = g_hash_table_new(g_str_hash, g_str_equal);
    lexicon->found = g_array_new(FALSE, FALSE, sizeof(ParsersLexiconNear));
    parsers_lexicon_heard_open(lexicon);
    lexicon->persons = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    lexicon->alone = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    lexicon->guidance = g_ptr_array_new_with_free_func(g_free);
    lexicon->declarations = g_ptr_array_new_with_free_func(g_free);
    learn_words(lexicon);
    lexicon->name = id_of(lexicon, "=name");
    lexicon->postcode = id_of(lexicon, "=postcode");
    lexicon->describe = id_of(lexicon, "=describe");
    lexicon->information = id_of(lexicon, "=information");
    for (guint i = 0; i < definition->sections->len; i++)
        learn_section(lexicon, g_ptr_array_index(definition->sections, i));
    add_variants(lexicon, (ParsersVariant){.kind = PARSERS_VARIANT_OTHER}, definition->others);
    add_variants(lexicon, (ParsersVariant){.kind = PARSERS_VARIANT_SIGNATURE},
                 definition->signatures);
    add_variants(lexicon, (ParsersVariant){.kind = PARSERS_VARIANT_TITLE}, definition->titles);
    fold_all(lexicon->guidance, definition->guidance);
    fold_all(lexicon->declarations, definition->declarations);
    weigh_words(lexicon);
    part_variants(lexicon);
    list_said(lexicon);
    list_users(lexicon);
    parsers_lexicon_heard_learn(lexicon);
    return lexicon;
}

void
parsers_lexicon_free(ParsersLexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    g_hash_table_unref(lexicon->heard);
    g_hash_table_unref(lexicon->known);
    g_array_unref(lexicon->tokens);
    g_array_unref(lexicon->phrases);
    for (guint i = 0; i < G_N_ELEMENTS(lexicon->long_words); i++)
        g_array_unref(lexicon->long_words[i]);
    g_hash_table_unref(lexicon->persons);
    g_hash_table_unref(lexicon->alone);
    g_ptr_array_unref(lexicon->words);
    g_hash_table_unref(lexicon->ids);
    g_array_unref(lexicon->weights);
    g_hash_table_unref(lexicon->said);
    g_array_unref(lexicon->variants);
    g_array_unref(lexicon->briefs);
    g_array_unref(lexicon->starts);
    g_array_unref(lexicon->users);
    g_array_unref(lexicon->marks);
    g_array_unref(lexicon->shared);
    g_array_unref(lexicon->found);
    g_ptr_array_unref(lexicon->guidance);
    g_ptr_array_unref(lexicon->declarations);
    g_free(lexicon);
}
