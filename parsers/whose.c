/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/whose.c - whose block a heading opens that we do not know, told by what is asked there.
 *
 * "Job title" and "Employer" are asked of the adult, "School" of a child, "Relation to
 * the child" of the one who writes.  Where two could be asked just so, the block
 * belongs to the one who comes first in the definition and has no block yet: forms
 * begin with the writer, then the child, then the adult.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/whose.h"

#include "parsers/label-model.h"
#include "parsers/lexicon.h"

#include <string.h>

#define SECTIONS_MAX 16u
#define VOTES_LEAST 3u
#define OWN_LEAST 4u
#define EARLY_LEAST 5u
#define HEADINGS_MAX 1000u
#define SURE 0.9        /* agreement of a heading or a label with one that we know */
#define GUESS_SURE 0.75 /* likewise of one that the model knows */
#define GUESS_BYTES_MAX 260u

typedef struct {
    char *text;
    const ParsersSectionDef *section; /* by its words, or decided by decide(); or NULL */
    bool sure;                        /* its words leave no doubt */
    guint asked;                      /* labels below it */
    guint votes[SECTIONS_MAX];        /* how many of them each section's person could be asked */
    const ParsersSectionDef *early;   /* whose nearly all of the first ones are, or NULL */
} Heading;

struct ParsersWhose {
    const ParsersDefinition *form;
    GArray *headings;         /* Heading */
    guint own[SECTIONS_MAX];  /* labels that name their person, under another heading */
    bool found[SECTIONS_MAX]; /* sections with a heading or a label of their own */
};

static void
heading_clear(Heading *heading)
{
    g_free(heading->text);
}

ParsersWhose *
parsers_whose_new(const ParsersDefinition *form)
{
    ParsersWhose *whose = g_new0(ParsersWhose, 1);

    whose->form = form;
    whose->headings = g_array_new(FALSE, TRUE, sizeof(Heading));
    g_array_set_clear_func(whose->headings, (GDestroyNotify)heading_clear);
    return whose;
}

void
parsers_whose_free(ParsersWhose *whose)
{
    if (whose == NULL)
        return;
    g_array_unref(whose->headings);
    g_free(whose);
}

static const ParsersSectionDef *
section_at(const ParsersWhose *whose, guint index)
{
    return index < MIN(whose->form->sections->len, SECTIONS_MAX)
               ? g_ptr_array_index(whose->form->sections, index)
               : NULL;
}

static void
mark_found(ParsersWhose *whose, const ParsersSectionDef *section)
{
    for (guint i = 0; section_at(whose, i) != NULL; i++)
        whose->found[i] = whose->found[i] || section_at(whose, i) == section;
}

void
parsers_whose_heading(ParsersWhose *whose, const char *text, const ParsersSectionDef *section,
                      double score)
{
    const bool people = section != NULL && section->persons->len > 0;
    Heading heading = {.section = section, .sure = section != NULL && (people || score >= SURE)};

    if (whose->headings->len < HEADINGS_MAX) {
        heading.text = g_strdup(text);
        g_array_append_val(whose->headings, heading);
    }
    if (heading.sure)
        mark_found(whose, section);
}

/* Would this label, under a heading of that section, ask for something of it? */
static bool
could_ask(const ParsersDefinition *form, const ParsersSectionDef *section, const char *label)
{
    const ParsersLabel found = parsers_lexicon_label(form->lexicon, label, section);
    const ParsersFieldDef *guess = NULL;
    double sure = 0;

    if (found.kind == PARSERS_LABEL_FIELD && found.score >= SURE)
        return found.field->section == section;
    if (section->persons->len == 0 || strlen(label) > GUESS_BYTES_MAX)
        return false;
    guess = parsers_definition_field(form, parsers_label_model_guess(label, section->name, &sure));
    return sure >= GUESS_SURE && guess != NULL && guess->section == section;
}

/* A question that opens the next block ("What happened?") may be taken for a label of this one, so
 * that the votes for a person grow thin: the first questions count, if they are one person's. */
static void
judge_early(const ParsersWhose *whose, Heading *heading)
{
    const ParsersSectionDef *best = NULL;
    guint most = 0;

    for (guint i = 0; section_at(whose, i) != NULL; i++) {
        const guint votes = section_at(whose, i)->persons->len > 0 ? heading->votes[i] : 0;

        best = votes > most ? section_at(whose, i) : votes == most ? NULL : best;
        most = MAX(most, votes);
    }
    if (best != NULL && most >= EARLY_LEAST && most * 6 >= heading->asked * 5)
        heading->early = best;
}

void
parsers_whose_asked(ParsersWhose *whose, const char *label, const ParsersSectionDef *own)
{
    Heading *last = whose->headings->len > 0
                        ? &g_array_index(whose->headings, Heading, whose->headings->len - 1)
                        : NULL;

    if (last == NULL || last->sure) {
        for (guint i = 0; section_at(whose, i) != NULL; i++) {
            whose->own[i] += section_at(whose, i) == own;
            whose->found[i] = whose->found[i] || whose->own[i] >= OWN_LEAST;
        }
        return;
    }
    last->asked++;
    for (guint i = 0; section_at(whose, i) != NULL; i++)
        last->votes[i] += could_ask(whose->form, section_at(whose, i), label);
    judge_early(whose, last);
}

/* The section with the most votes that nobody has yet; the first of several. */
static const ParsersSectionDef *
elect(const ParsersWhose *whose, const Heading *heading)
{
    const ParsersSectionDef *best = NULL;
    guint most = 0;
    guint against = 0;

    for (guint i = 0; section_at(whose, i) != NULL; i++) {
        if (section_at(whose, i)->persons->len == 0) {
            against =
                MAX(against, section_at(whose, i) == heading->section ? heading->votes[i] : 0);
            continue;
        }
        if (whose->found[i] || heading->votes[i] <= most)
            continue;
        most = heading->votes[i];
        best = section_at(whose, i);
    }
    if (most >= VOTES_LEAST && most * 2 > heading->asked && most > 2 * against)
        return best;
    return heading->section == NULL && best != NULL && best == heading->early ? best
                                                                              : heading->section;
}

bool
parsers_whose_decide(ParsersWhose *whose)
{
    bool decided = false;

    for (guint i = 0; i < whose->headings->len; i++) {
        Heading *heading = &g_array_index(whose->headings, Heading, i);

        const ParsersSectionDef *elected = NULL;

        if (heading->sure)
            continue;
        elected = elect(whose, heading);
        mark_found(whose, elected);
        decided = decided || elected != heading->section;
        heading->section = elected;
    }
    return decided;
}

const ParsersSectionDef *
parsers_whose_section(const ParsersWhose *whose, const char *text, guint nth)
{
    const ParsersSectionDef *section = NULL;

    for (guint i = whose->headings->len; i-- > 0;) {
        const Heading *heading = &g_array_index(whose->headings, Heading, i);

        if (strcmp(heading->text, text) != 0)
            continue;
        section = heading->section;
        if (i == nth)
            break;
    }
    return section;
}
