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

#include "parsers/normalise.h"

#include <string.h>

#define SET_MAX 24u
#define PHRASE_MAX 6u
#define UNKNOWN_WEIGHT 1.3 /* of a word that no label has, beside the rarest known one */

typedef struct {
    guint n;
    guint ids[SET_MAX];
    guint unknown; /* words besides these that no label has */
    guint read;    /* words of the text that all these came from */
    double weight;
} Set;

typedef enum { FIELD_LABEL, FIELD_WITHIN, OTHER, SIGNATURE, HEADING, TITLE } VariantKind;

typedef struct {
    VariantKind kind;
    const ParsersFieldDef *field;
    const ParsersSectionDef *section;
    char *words; /* in order, to prefer what is word for word the same */
    Set set;
} Variant;

struct ParsersLexicon {
    const ParsersDefinition *definition;
    GHashTable *ids;      /* word or meaning: id, from 1 */
    GPtrArray *words;     /* by id - 1; borrowed from ids */
    GHashTable *phrases;  /* "date of birth" in stems: id of its meaning */
    GHashTable *stops;    /* words without meaning */
    GArray *weights;      /* double, by id - 1 */
    GArray *variants;     /* Variant */
    GHashTable *persons;  /* section: Set of its person words */
    GHashTable *alone;    /* field: Set of words of which each alone is a label of it */
    guint name;           /* id of the meaning "name" */
    guint postcode;       /* id of the meaning "postcode" */
    GPtrArray *guidance;  /* char*, folded beginnings */
    double unknown;       /* weight of a word we do not know */
    Set counted;          /* words for persons that are counted: "child 2" */
    Set people;           /* words for all persons */
};

static guint
intern(ParsersLexicon *lexicon, const char *word)
{
    guint id = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->ids, word));
    char *copy = NULL;

    if (id != 0)
        return id;
    copy = g_strdup(word);
    g_ptr_array_add(lexicon->words, copy);
    id = lexicon->words->len;
    g_hash_table_insert(lexicon->ids, copy, GUINT_TO_POINTER(id));
    return id;
}

static char *
join_words(const GPtrArray *words, guint from, guint n)
{
    GString *joined = g_string_new(NULL);

    for (guint i = from; i < from + n; i++) {
        if (i > from)
            g_string_append_c(joined, ' ');
        g_string_append(joined, g_ptr_array_index(words, i));
    }
    return g_string_free(joined, FALSE);
}

/* ---- A label's meanings ---- */

static void
set_add(Set *set, guint id)
{
    for (guint i = 0; i < set->n; i++)
        if (set->ids[i] == id)
            return;
    if (set->n < SET_MAX)
        set->ids[set->n++] = id;
}

static bool
set_has(const Set *set, guint id)
{
    for (guint i = 0; i < set->n; i++)
        if (set->ids[i] == id)
            return true;
    return false;
}

/* The known word that a mistyped one must have been, or 0. */
static guint
guess_word(const ParsersLexicon *lexicon, const char *word)
{
    const gsize length = strlen(word);
    const guint limit = length >= 9 ? 2 : 1;

    if (length < 5)
        return 0;
    for (guint i = 0; i < lexicon->words->len; i++) {
        const char *known = g_ptr_array_index(lexicon->words, i);

        if (known[0] == word[0] && strlen(known) >= 5 &&
            parsers_normalise_distance(word, known, limit) <= limit)
            return i + 1;
    }
    return 0;
}

static guint
ordinal(const char *word)
{
    static const char *const ordinals[] = { "first", "second", "third", "fourth", "fifth", "sixth",
                                            "1st",   "2nd",    "3rd",   "4th",    "5th",   "6th",
                                            "on",    "two",    "three", "four",   "fiv",   "six" };

    for (guint i = 0; i < G_N_ELEMENTS(ordinals); i++)
        if (strcmp(ordinals[i], word) == 0)
            return i % 6 + 1;
    if (g_ascii_isdigit(word[0]) && strlen(word) <= 2)
        return (guint)g_ascii_strtoull(word, NULL, 10);
    if (strcmp(word, "another") == 0 || strcmp(word, "next") == 0 ||
        strcmp(word, "additional") == 0)
        return G_MAXUINT;
    return 0;
}

/* "2.", "Section 2", "4.3", "Q3": a number that only counts the question. */
static guint
skip_numbering(const GPtrArray *words)
{
    guint i = 0;

    while (i + 1 < words->len) {
        const char *word = g_ptr_array_index(words, i);
        const bool counts = g_ascii_isdigit(word[0]) && strlen(word) <= 2;

        if (!counts && strcmp(word, "section") != 0 && strcmp(word, "part") != 0 &&
            strcmp(word, "question") != 0 && !(word[0] == 'q' && g_ascii_isdigit(word[1])))
            break;
        i++;
    }
    return i;
}

/* The longest phrase with one meaning that begins at a word; its length in out_n. */
static guint
find_phrase(const ParsersLexicon *lexicon, const GPtrArray *words, guint from, guint *out_n)
{
    for (guint n = MIN(PHRASE_MAX, words->len - from); n > 0; n--) {
        g_autofree char *phrase = join_words(words, from, n);
        const guint id = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->phrases, phrase));

        if (id != 0) {
            *out_n = n;
            return id;
        }
    }
    return 0;
}

/* As above, but leaves the word alone if a longer phrase begins at the next one: "the person
 * making the referral" is not "the person". */
static guint
best_phrase(const ParsersLexicon *lexicon, const GPtrArray *words, guint from, guint *out_n)
{
    guint later = 0;
    const guint id = find_phrase(lexicon, words, from, out_n);

    if (id == 0 || *out_n < 2 || from + 1 >= words->len)
        return id;
    return find_phrase(lexicon, words, from + 1, &later) != 0 && later >= *out_n ? 0 : id;
}

/* One word that is no phrase: its meaning, or nothing.  grow: learn words (while compiling). */
static void
add_word(ParsersLexicon *lexicon, Set *set, const char *word, bool grow, guint *unknown)
{
    guint id = 0;

    /* Numbers of some length, and M or F, are part of an answer, not of a label. */
    if (!grow && ((g_ascii_isdigit(word[0]) && strlen(word) >= 3) || strcmp(word, "m") == 0 ||
                  strcmp(word, "f") == 0))
        (*unknown)++;
    if (g_utf8_strlen(word, -1) <= 1 || g_ascii_isdigit(word[0]) ||
        g_hash_table_contains(lexicon->stops, word))
        return;
    id = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->ids, word));
    if (id == 0 && grow)
        id = intern(lexicon, word);
    if (id == 0)
        id = guess_word(lexicon, word);
    if (id != 0)
        set_add(set, id);
    else
        (*unknown)++;
}

static bool
counts_somebody(const ParsersLexicon *lexicon, const Set *set)
{
    for (guint i = 0; i < set->n; i++)
        if (set_has(&lexicon->counted, set->ids[i]))
            return true;
    return false;
}

/* The meanings of a label.  out_number: the person counted in it, see ParsersHeading. */
static Set
read_set(ParsersLexicon *lexicon, const GPtrArray *words, bool grow, guint *out_number)
{
    Set set = { 0 };
    guint unknown = 0;
    guint number = 0;
    guint step = 1;
    guint before = 0;

    for (guint i = skip_numbering(words); i < words->len; i += step) {
        const char *word = g_ptr_array_index(words, i);
        guint id = best_phrase(lexicon, words, i, &step);

        if (id != 0) {
            set_add(&set, id);
            set.read += step;
            continue;
        }
        step = 1;
        if (ordinal(word) != 0) {
            /* Two numbers are a date; a number that counts nobody is part of an answer. */
            unknown += number != 0 ||
                       (g_ascii_isdigit(word[0]) && !grow && !counts_somebody(lexicon, &set));
            number = ordinal(word);
            continue;
        }
        before = set.n + unknown;
        add_word(lexicon, &set, word, grow, &unknown);
        set.read += set.n + unknown > before;
    }
    for (guint i = 0; i < set.n && lexicon->weights->len >= lexicon->words->len; i++)
        set.weight += g_array_index(lexicon->weights, double, set.ids[i] - 1);
    set.weight += unknown * lexicon->unknown;
    set.unknown = unknown;
    if (out_number != NULL)
        *out_number = number;
    return set;
}

static double
alike(const ParsersLexicon *lexicon, const Set *one, const Set *other)
{
    double shared = 0;

    for (guint i = 0; i < one->n; i++)
        if (set_has(other, one->ids[i]))
            shared += g_array_index(lexicon->weights, double, one->ids[i] - 1);
    return one->weight + other->weight > 0 ? 2 * shared / (one->weight + other->weight) : 0;
}

/* ---- Compiling ---- */

static void
variant_clear(Variant *variant)
{
    g_free(variant->words);
}

static void
add_variant(ParsersLexicon *lexicon, Variant variant, const char *text)
{
    g_autoptr(GPtrArray) words = parsers_normalise_words(text, true);

    variant.set = read_set(lexicon, words, true, NULL);
    if (variant.set.n == 0)
        return;
    if (variant.set.n == 1 && variant.field != NULL)
        set_add(g_hash_table_lookup(lexicon->alone, variant.field), variant.set.ids[0]);
    variant.words = join_words(words, 0, words->len);
    g_array_append_val(lexicon->variants, variant);
}

static void
add_variants(ParsersLexicon *lexicon, Variant variant, const GPtrArray *texts)
{
    for (guint i = 0; i < texts->len; i++)
        add_variant(lexicon, variant, g_ptr_array_index(texts, i));
}

static void
learn_words(ParsersLexicon *lexicon)
{
    const ParsersDefinition *form = lexicon->definition;

    for (guint i = 0; i < form->stops->len; i++) {
        g_autoptr(GPtrArray) words =
            parsers_normalise_words(g_ptr_array_index(form->stops, i), true);

        if (words->len > 0)
            g_hash_table_add(lexicon->stops, g_strdup(g_ptr_array_index(words, 0)));
    }
    for (guint i = 0; i < form->words->len; i++) {
        const GPtrArray *group = g_ptr_array_index(form->words, i);
        g_autofree char *name = g_strconcat("=", g_ptr_array_index(group, 0), NULL);
        const guint id = intern(lexicon, name);

        for (guint j = 1; j < group->len; j++) {
            g_autoptr(GPtrArray) words =
                parsers_normalise_words(g_ptr_array_index(group, j), true);

            if (words->len > 0 && words->len <= PHRASE_MAX)
                g_hash_table_insert(lexicon->phrases, join_words(words, 0, words->len),
                                    GUINT_TO_POINTER(id));
        }
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
    Set *persons = g_new0(Set, 1);

    for (guint i = 0; i < section->persons->len; i++) {
        g_autoptr(GPtrArray) words =
            parsers_normalise_words(g_ptr_array_index(section->persons, i), true);
        Set set = read_set(lexicon, words, true, NULL);

        for (guint j = 0; j < set.n; j++) {
            set_add(persons, set.ids[j]);
            set_add(&lexicon->people, set.ids[j]);
            if (section->repeats)
                set_add(&lexicon->counted, set.ids[j]);
        }
    }
    g_hash_table_insert(lexicon->persons, (gpointer)section, persons);
    add_variants(lexicon, (Variant){ .kind = HEADING, .section = section }, section->headings);
    for (guint i = 0; i < section->fields->len; i++) {
        const ParsersFieldDef *field = g_ptr_array_index(section->fields, i);
        Variant variant = { .kind = FIELD_LABEL, .field = field, .section = section };

        g_hash_table_insert(lexicon->alone, (gpointer)field, g_new0(Set, 1));
        add_variants(lexicon, variant, field->labels);
        variant.kind = FIELD_WITHIN;
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
        const Variant *variant = &g_array_index(lexicon->variants, Variant, i);
        gconstpointer owner = variant->field != NULL ? (gconstpointer)variant->field : variant;

        if (variant->kind == HEADING || variant->kind == TITLE)
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
        Set *set = &g_array_index(lexicon->variants, Variant, i).set;

        set->weight = 0;
        for (guint j = 0; j < set->n; j++)
            set->weight += g_array_index(lexicon->weights, double, set->ids[j] - 1);
    }
}

ParsersLexicon *
parsers_lexicon_new(const ParsersDefinition *definition)
{
    ParsersLexicon *lexicon = g_new0(ParsersLexicon, 1);

    lexicon->definition = definition;
    lexicon->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lexicon->words = g_ptr_array_new();
    lexicon->phrases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lexicon->stops = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lexicon->weights = g_array_new(FALSE, FALSE, sizeof(double));
    lexicon->variants = g_array_new(FALSE, FALSE, sizeof(Variant));
    g_array_set_clear_func(lexicon->variants, (GDestroyNotify)variant_clear);
    lexicon->persons = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    lexicon->alone = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    lexicon->guidance = g_ptr_array_new_with_free_func(g_free);
    learn_words(lexicon);
    lexicon->name = id_of(lexicon, "=name");
    lexicon->postcode = id_of(lexicon, "=postcode");
    for (guint i = 0; i < definition->sections->len; i++)
        learn_section(lexicon, g_ptr_array_index(definition->sections, i));
    add_variants(lexicon, (Variant){ .kind = OTHER }, definition->others);
    add_variants(lexicon, (Variant){ .kind = SIGNATURE }, definition->signatures);
    add_variants(lexicon, (Variant){ .kind = TITLE }, definition->titles);
    for (guint i = 0; i < definition->guidance->len; i++)
        g_ptr_array_add(lexicon->guidance,
                        g_utf8_casefold(g_ptr_array_index(definition->guidance, i), -1));
    weigh_words(lexicon);
    return lexicon;
}

void
parsers_lexicon_free(ParsersLexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    g_hash_table_unref(lexicon->phrases);
    g_hash_table_unref(lexicon->stops);
    g_hash_table_unref(lexicon->persons);
    g_hash_table_unref(lexicon->alone);
    g_ptr_array_unref(lexicon->words);
    g_hash_table_unref(lexicon->ids);
    g_array_unref(lexicon->weights);
    g_array_unref(lexicon->variants);
    g_ptr_array_unref(lexicon->guidance);
    g_free(lexicon);
}

/* ---- Asking ---- */

/* A set without the words for one person. */
static Set
without(const ParsersLexicon *lexicon, const Set *set, const Set *persons)
{
    Set rest = { .weight = set->weight };

    for (guint i = 0; i < set->n; i++) {
        if (persons == NULL || !set_has(persons, set->ids[i]))
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
    Set label;
    const ParsersSectionDef *of;      /* bare is the label without this section's person */
    Set bare;
    bool own;                         /* something was left out of bare */
    ParsersLabel best;
    double rank;                      /* of best, with a bonus for the section in force */
    double second;                    /* rank of the best one for another field */
    bool joined;                      /* the label has "and", "&", "/" or a comma */
    const char *words;                /* of the label, in order */
} Question;

static void
offer(Question *question, const Variant *variant, ParsersLabelKind kind, double score)
{
    const bool here = variant->section != NULL && variant->section == question->section;
    const bool same = score > 0.99 && strcmp(question->words, variant->words) == 0;
    const double rank = score + (here ? 0.03 : 0) + (same ? 0.02 : 0) -
                        (kind == PARSERS_LABEL_ELSEWHERE ? 0.02 : 0);

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
    question->best.own = variant->kind == FIELD_LABEL || question->own;
}

/* "Age or date of birth", "School, club or group", "Name of school", "Address and postcode": every
 * word alone would be a label of this field, or says no more than the others. */
static bool
all_alone(const ParsersLexicon *lexicon, const Set *set, const ParsersFieldDef *field)
{
    const Set *alone = g_hash_table_lookup(lexicon->alone, field);
    guint found = 0;

    for (guint i = 0; i < set->n; i++) {
        const guint id = set->ids[i];
        const bool idle = (id == lexicon->name && field->type == PARSERS_TYPE_LINE) ||
                          (id == lexicon->postcode && field->type == PARSERS_TYPE_ADDRESS);

        if (set_has(alone, id))
            found++;
        else if (!idle)
            return false;
    }
    return found > 0 && set->unknown == 0 && field->parts->len == 0;
}

static void
ask_field(Question *question, const Variant *variant)
{
    const ParsersLexicon *lexicon = question->lexicon;
    const bool here = variant->section == question->section;
    double full = alike(lexicon, &question->label, &variant->set);
    double bare = 0;

    if (question->own)
        bare = alike(lexicon, &question->bare, &variant->set) * (here ? 1.0 : 0.99);
    if (here && all_alone(lexicon, question->own ? &question->bare : &question->label, variant->field))
        full = MAX(full, 0.95);
    /* Under one person's heading a question about another must say so, or be word for word. */
    if (variant->kind == FIELD_LABEL && !here && !question->own && full < 0.95 &&
        variant->section->persons->len > 0 && question->section != NULL &&
        question->section->persons->len > 0)
        offer(question, variant, PARSERS_LABEL_ELSEWHERE, full);
    else if (variant->kind == FIELD_LABEL || here)
        offer(question, variant, PARSERS_LABEL_FIELD, MAX(full, here ? bare : 0));
    else if (bare > full)
        offer(question, variant, PARSERS_LABEL_FIELD, bare);
    else
        offer(question, variant, PARSERS_LABEL_ELSEWHERE, full);
}

static void
ask_variant(Question *question, const Variant *variant)
{
    /* "Address of workplace" is not "workplace and address". */
    if (variant->field != NULL && variant->field->parts->len > 0 && !question->joined)
        return;
    if (variant->kind == FIELD_LABEL || variant->kind == FIELD_WITHIN) {
        if (question->of != variant->section) {
            const Set *persons = g_hash_table_lookup(question->lexicon->persons, variant->section);

            question->of = variant->section;
            question->bare = without(question->lexicon, &question->label, persons);
            question->own = question->bare.n < question->label.n && question->bare.n > 0;
        }
        ask_field(question, variant);
    } else if (variant->kind == OTHER || variant->kind == SIGNATURE) {
        offer(question, variant,
              variant->kind == OTHER ? PARSERS_LABEL_OTHER : PARSERS_LABEL_SIGNATURE,
              alike(question->lexicon, &question->label, &variant->set));
    }
}

static bool
only_persons(const ParsersLexicon *lexicon, const Set *set)
{
    for (guint i = 0; i < set->n; i++)
        if (!set_has(&lexicon->people, set->ids[i]))
            return false;
    return set->unknown == 0;
}

static Set
read_label(const ParsersLexicon *lexicon, const char *text, bool hints, guint *out_number)
{
    g_autoptr(GPtrArray) words = parsers_normalise_words(text, hints);

    /* Without grow nothing is learnt: the lexicon is not changed. */
    return read_set((ParsersLexicon *)lexicon, words, false, out_number);
}

ParsersLabel
parsers_lexicon_label(const ParsersLexicon *lexicon, const char *text,
                      const ParsersSectionDef *section)
{
    Question question = { .lexicon = lexicon, .section = section };
    g_autoptr(GPtrArray) words = NULL;
    g_autofree char *joined = NULL;
    guint number = 0;

    question.joined = strpbrk(text, "&/,+") != NULL || strstr(text, " and ") != NULL ||
                      strstr(text, " AND ") != NULL || strstr(text, " And ") != NULL ||
                      strstr(text, "details") != NULL || strstr(text, "information") != NULL;
    question.label = read_label(lexicon, text, false, &question.best.number);
    if (question.label.n == 0)
        question.label = read_label(lexicon, text, true, &question.best.number);
    else if (question.best.number == 0 && strchr(text, '(') != NULL) {
        read_label(lexicon, text, true, &number);
        question.best.number = number;
    }
    if (question.label.n == 0)
        return (ParsersLabel){ .kind = PARSERS_LABEL_NONE };
    words = parsers_normalise_words(text, true);
    question.words = joined = join_words(words, 0, words->len);
    for (guint i = 0; i < lexicon->variants->len; i++)
        ask_variant(&question, &g_array_index(lexicon->variants, Variant, i));
    question.best.words = question.label.read;
    question.best.strange = question.label.unknown;
    question.best.bare = only_persons(lexicon, &question.label);
    if (question.best.score < PARSERS_LEXICON_SURE ||
        (question.best.kind == PARSERS_LABEL_FIELD && question.rank - question.second < 0.005))
        question.best.kind = PARSERS_LABEL_NONE;
    return question.best;
}

ParsersHeading
parsers_lexicon_heading(const ParsersLexicon *lexicon, const char *text)
{
    ParsersHeading heading = { 0 };
    Set set = read_label(lexicon, text, true, &heading.number);
    guint ignored = 0;
    Set plain = read_label(lexicon, text, false, &ignored);

    for (guint i = 0; i < lexicon->variants->len; i++) {
        const Variant *variant = &g_array_index(lexicon->variants, Variant, i);
        double score = 0;

        if (variant->kind != HEADING)
            continue;
        score = MAX(alike(lexicon, &set, &variant->set), alike(lexicon, &plain, &variant->set));
        if (score <= heading.score)
            continue;
        heading.score = MIN(score, 1.0);
        heading.section = variant->section;
    }
    return heading;
}

double
parsers_lexicon_title(const ParsersLexicon *lexicon, const char *text)
{
    Set set = read_label(lexicon, text, false, NULL);
    double best = 0;

    for (guint i = 0; i < lexicon->variants->len; i++) {
        const Variant *variant = &g_array_index(lexicon->variants, Variant, i);

        if (variant->kind == TITLE)
            best = MAX(best, alike(lexicon, &set, &variant->set));
    }
    return MIN(best, 1.0);
}

bool
parsers_lexicon_guidance(const ParsersLexicon *lexicon, const char *text)
{
    g_autofree char *head = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), 80));
    g_autofree char *folded = g_utf8_casefold(head, -1);

    for (guint i = 0; i < lexicon->guidance->len; i++)
        if (g_str_has_prefix(folded, g_ptr_array_index(lexicon->guidance, i)))
            return true;
    return false;
}
