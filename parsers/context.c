/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/context.c - one document being read with one definition: what was heard so far.
 *
 * Keeps whose questions are being asked: the heading in force, the last label
 * that named a person, and which child comes now.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/context.h"

#include "parsers/gist.h"

#include <string.h>

#define HEADING_SURE 0.8
#define OTHERS_MAX 2000u
#define FOLLOW_UP 0.79 /* how sure "If yes, details" is to ask for the story */

typedef struct {
    guint now;  /* person whose answers come */
    guint most; /* highest number so far */
    bool fresh; /* a heading opened a block, no label was met in it yet */
} People;

static void
answer_free(ParsersAnswer *answer)
{
    g_free(answer->key);
    g_free(answer->label);
    g_array_unref(answer->slices);
    g_free(answer);
}

ParsersContext *
parsers_context_new(const ParsersDefinition *form, const ParsersWhose *given)
{
    ParsersContext *reading = g_new0(ParsersContext, 1);

    reading->form = form;
    reading->given = given;
    reading->whose = parsers_whose_new(form);
    reading->people = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    reading->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reading->answers = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    reading->others = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    reading->tables = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    return reading;
}

void
parsers_context_free(ParsersContext *reading)
{
    if (reading == NULL)
        return;
    parsers_whose_free(reading->whose);
    g_hash_table_unref(reading->people);
    g_hash_table_unref(reading->seen);
    g_ptr_array_unref(reading->answers);
    g_ptr_array_unref(reading->others);
    g_ptr_array_unref(reading->tables);
    g_free(reading->heading);
    g_free(reading);
}

GPtrArray *
parsers_context_lines(ParsersContext *reading)
{
    GPtrArray *lines = parsers_line_array();

    g_ptr_array_add(reading->tables, lines);
    return lines;
}

static People *
people_of(ParsersContext *reading, const ParsersSectionDef *section)
{
    People *people = g_hash_table_lookup(reading->people, section);

    if (people == NULL) {
        people = g_new0(People, 1);
        g_hash_table_insert(reading->people, (gpointer)section, people);
    }
    return people;
}

bool
parsers_context_closed(const ParsersContext *reading)
{
    return reading->section != NULL && reading->section->kind == PARSERS_SECTION_OFFICE;
}

static ParsersLabel
ask(const ParsersContext *reading, const char *text, const ParsersSectionDef *section)
{
    return parsers_lexicon_label(reading->form->lexicon, text, section);
}

/* "Reported?" under "Police" is "Police reported?". */
static ParsersLabel
with_heading(const ParsersContext *reading, const char *text)
{
    g_autofree char *both = NULL;
    ParsersLabel label = {0};

    if (reading->heading == NULL || strlen(reading->heading) > 60)
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    both = g_strdup_printf("%s %s", reading->heading, text);
    label = ask(reading, both, reading->section);
    label.number = 0; /* of the heading's own numbering, or heard with the heading */
    return label;
}

/* The heading alone asks for that, and better: the text below it is no part of the question. */
static bool
heading_asks(const ParsersContext *reading, const ParsersLabel *both)
{
    ParsersLabel alone = ask(reading, reading->heading, reading->section);

    return alone.field == both->field && alone.score > both->score;
}

/* Before anybody is named, "Name" and "Telephone" ask for the one who writes: the section that
 * the form begins with. */
static ParsersLabel
at_the_top(const ParsersContext *reading, const char *text)
{
    const ParsersSectionDef *first = NULL;

    if (reading->opened || reading->headings > 1 || reading->form->sections->len == 0)
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    first = g_ptr_array_index(reading->form->sections, 0);
    return ask(reading, text, first);
}

/* "Lead for this matter (name and job title)": what nobody understands says in brackets what is
 * asked. */
static ParsersLabel
in_brackets(const ParsersContext *reading, const char *text)
{
    const char *open = strchr(text, '(');
    const char *close = open != NULL ? strchr(open, ')') : NULL;
    g_autofree char *inside = NULL;
    ParsersLabel label = {.kind = PARSERS_LABEL_NONE};

    /* A number with a bracket behind it is an answer: "07700 900210 (mobile)". */
    if (close == NULL || open == text || strcspn(text, "0123456789") < (gsize)(open - text))
        return label;
    inside = g_strndup(open + 1, (gsize)(close - open - 1));
    label = ask(reading, inside, reading->section);
    if (label.kind != PARSERS_LABEL_FIELD || label.score < 0.95 || label.bare || label.strange > 0)
        label.kind = PARSERS_LABEL_NONE;
    return label;
}

/* "Club in which they coach": the words behind tell which club, and ask for nothing else. */
static ParsersLabel
without_clause(const ParsersContext *reading, const char *text, ParsersLabel label)
{
    static const char *const clauses[] = {" in which ", " at which ", " for which ", " with which ",
                                          " to which "};
    const ParsersSectionDef *section = reading->sticky != NULL ? reading->sticky : reading->section;

    if (strstr(text, " which ") == NULL)
        return label;
    for (guint i = 0; i < G_N_ELEMENTS(clauses); i++) {
        const char *clause = strstr(text, clauses[i]);
        g_autofree char *head = clause != NULL ? g_strndup(text, (gsize)(clause - text)) : NULL;
        ParsersLabel alone = {.kind = PARSERS_LABEL_NONE};

        if (head != NULL && section != NULL)
            alone = ask(reading, head, section);
        if (alone.kind == PARSERS_LABEL_FIELD && alone.field->section == section &&
            alone.score >= 0.95 && alone.strange == 0)
            return alone;
    }
    return label;
}

/* "If yes, please give details" goes on with the question before: it asks for the story of the
 * section only where nothing else does. */
static ParsersLabel
follow_up(const char *text, ParsersLabel label)
{
    if (label.kind != PARSERS_LABEL_FIELD || label.field->type != PARSERS_TYPE_TEXT ||
        !label.field->required ||
        (g_ascii_strncasecmp(text, "if yes", 6) != 0 && g_ascii_strncasecmp(text, "if so", 5) != 0))
        return label;
    label.guessed = true;
    label.score = MIN(label.score, FOLLOW_UP);
    return label;
}

/* "Telephone / Ffôn": the question once more in a language that we do not know. */
static ParsersLabel
in_two_languages(const ParsersContext *reading, const char *text, ParsersLabel label)
{
    const char *slash = label.kind == PARSERS_LABEL_NONE ? strstr(text, " / ") : NULL;
    g_autofree char *first = slash != NULL ? g_strndup(text, (gsize)(slash - text)) : NULL;
    ParsersLabel alone = {.kind = PARSERS_LABEL_NONE};

    if (first == NULL || strstr(slash + 1, " / ") != NULL)
        return label;
    alone = parsers_context_label(reading, first);
    if (alone.kind != PARSERS_LABEL_FIELD || alone.score < 0.95 || alone.strange > 0 ||
        ask(reading, slash + 3, reading->section).kind != PARSERS_LABEL_NONE)
        return label;
    return alone;
}

ParsersLabel
parsers_context_label(const ParsersContext *reading, const char *text)
{
    ParsersLabel label = ask(reading, text, reading->section);

    if (reading->sticky != NULL && reading->sticky != reading->section &&
        !(label.own && label.kind == PARSERS_LABEL_FIELD)) {
        ParsersLabel sticky = ask(reading, text, reading->sticky);

        if (sticky.kind == PARSERS_LABEL_FIELD && sticky.score >= label.score - 0.01)
            label = sticky;
    }
    if (label.words > 0 &&
        (label.kind == PARSERS_LABEL_NONE || label.kind == PARSERS_LABEL_ELSEWHERE)) {
        ParsersLabel both = with_heading(reading, text);

        if (both.kind == PARSERS_LABEL_FIELD && both.score >= 0.9 && !both.bare &&
            !heading_asks(reading, &both))
            label = both;
    }
    if (reading->signature &&
        (label.kind == PARSERS_LABEL_NONE || label.kind == PARSERS_LABEL_ELSEWHERE)) {
        const ParsersFieldDef *date = parsers_definition_field(reading->form, "referral.date");
        ParsersLabel signed_on = {.kind = PARSERS_LABEL_NONE};

        if (date != NULL)
            signed_on = ask(reading, text, date->section);
        if (signed_on.kind == PARSERS_LABEL_FIELD && signed_on.field == date)
            label = signed_on;
    }
    if (label.kind == PARSERS_LABEL_NONE || label.kind == PARSERS_LABEL_ELSEWHERE) {
        ParsersLabel top = at_the_top(reading, text);

        if (top.kind == PARSERS_LABEL_FIELD && top.score >= 0.95)
            label = top;
    }
    if (parsers_gist_skip(text) != text &&
        (label.kind != PARSERS_LABEL_FIELD || label.score < 0.95)) {
        ParsersLabel bare = parsers_context_label(reading, parsers_gist_skip(text));

        if (bare.kind == PARSERS_LABEL_FIELD && bare.score >= 0.95 && !bare.bare)
            return follow_up(text, bare);
    }
    if (label.kind == PARSERS_LABEL_NONE && in_brackets(reading, text).kind != PARSERS_LABEL_NONE)
        label = in_brackets(reading, text);
    label = in_two_languages(reading, text, label);
    label = without_clause(reading, text, label);
    return follow_up(text, parsers_context_reconsider(reading, text, label));
}

/* "Informed of this?" below the adult's heading is "Adult informed of this?". */
static ParsersLabel
with_person(const ParsersContext *reading, const char *text, const ParsersSectionDef *section)
{
    g_autofree char *both = NULL;

    if (section == NULL || section->persons->len == 0)
        return (ParsersLabel){.kind = PARSERS_LABEL_NONE};
    both = g_strdup_printf("%s %s", (const char *)g_ptr_array_index(section->persons, 0), text);
    return parsers_gist_label(reading->form->lexicon, both, section);
}

ParsersLabel
parsers_context_stranger(const ParsersContext *reading, const char *text)
{
    const ParsersSectionDef *section = reading->sticky != NULL ? reading->sticky : reading->section;
    ParsersLabel label = parsers_context_label(reading, parsers_gist_skip(text));

    if (label.kind == PARSERS_LABEL_NONE || label.kind == PARSERS_LABEL_ELSEWHERE)
        label = parsers_context_guess(reading, text);
    if (label.kind == PARSERS_LABEL_NONE || label.kind == PARSERS_LABEL_ELSEWHERE)
        label = parsers_gist_label(reading->form->lexicon, text, section);
    if (label.kind == PARSERS_LABEL_NONE && section != reading->section)
        label = parsers_gist_label(reading->form->lexicon, text, reading->section);
    if (label.kind == PARSERS_LABEL_NONE)
        label = with_person(reading, text, section);
    if (label.kind != PARSERS_LABEL_FIELD)
        label = (ParsersLabel){.kind = PARSERS_LABEL_OTHER};
    return label;
}

static void
open_block(ParsersContext *reading, const ParsersSectionDef *section, guint number)
{
    People *people = people_of(reading, section);

    people->fresh = number == 0;
    if (number == G_MAXUINT)
        people->now = MAX(people->most, 1u) + 1;
    else if (number > 0 && number <= PARSERS_CONTEXT_PEOPLE_MAX)
        people->now = number;
    people->most = MAX(people->most, people->now);
}

bool
parsers_context_heading(ParsersContext *reading, const char *text, bool certain)
{
    ParsersHeading heading = parsers_lexicon_heading(reading->form->lexicon, text);

    /* What stands above the first question is the title, as "Harbour Junior Cricket". */
    const bool title = reading->known == 0 && reading->heads < 2 && reading->section == NULL;

    if (heading.score < (certain && !title ? 0.55 : HEADING_SURE)) {
        if (!certain)
            return false;
        heading.section = parsers_context_guess_heading(reading, text);
        /* "A concern about a member of staff" says what the form is for: the writer comes first. */
        if (title && heading.section != NULL && heading.section->persons->len > 0 &&
            heading.section != g_ptr_array_index(reading->form->sections, 0))
            heading.section = NULL;
    }
    if (reading->given != NULL &&
        parsers_whose_section(reading->given, text, reading->heads) != NULL)
        heading.section = parsers_whose_section(reading->given, text, reading->heads);
    reading->heads++;
    parsers_whose_heading(reading->whose, text, heading.section, heading.score);
    reading->section = heading.section;
    reading->sticky = NULL;
    reading->signature = false;
    reading->open = NULL;
    reading->headed = true;
    reading->opened = reading->opened || heading.section != NULL;
    reading->headings += heading.section == NULL;
    g_free(reading->heading);
    reading->heading = g_strdup(text);
    if (heading.section != NULL && heading.section->repeats)
        open_block(reading, heading.section, heading.number);
    return heading.section != NULL;
}

static char *
key_of(const ParsersFieldDef *field, guint number)
{
    const char *n = strstr(field->key, ".N.");

    if (n == NULL)
        return g_strdup(field->key);
    return g_strdup_printf("%.*s.%u.%s", (int)(n - field->key), field->key, number, n + 3);
}

/* A question that the first line of a block asks: another one opens the next block. */
static bool
begins_person(const ParsersFieldDef *field)
{
    const char *last = strrchr(field->key, '.');

    return last != NULL && (g_str_has_prefix(last, ".name") || strcmp(last, ".first_name") == 0);
}

static guint
person_number(ParsersContext *reading, const ParsersFieldDef *field, guint named)
{
    People *people = people_of(reading, field->section);
    g_autofree char *key = NULL;

    if (named == G_MAXUINT)
        people->now = people->most + 1;
    else if (named > 0 && named <= PARSERS_CONTEXT_PEOPLE_MAX)
        people->now = named;
    else if (people->fresh || people->now == 0)
        people->now = 1;
    key = key_of(field, people->now);
    if (named == 0 && g_hash_table_contains(reading->seen, key) &&
        (people->fresh || begins_person(field)))
        people->now = people->most + 1;
    people->fresh = false;
    people->now = MIN(people->now, PARSERS_CONTEXT_PEOPLE_MAX);
    people->most = MAX(people->most, people->now);
    return people->now;
}

void
parsers_context_row(ParsersContext *reading, const ParsersSectionDef *section, guint row,
                    guint *base)
{
    People *people = people_of(reading, section);

    if (row == 1)
        *base = people->most;
    people->fresh = false;
    people->now = MIN(*base + row, PARSERS_CONTEXT_PEOPLE_MAX);
    people->most = MAX(people->most, people->now);
}

void
parsers_context_rows_end(ParsersContext *reading, const ParsersSectionDef *section, guint base)
{
    People *people = people_of(reading, section);

    people->now = MIN(base + 1, PARSERS_CONTEXT_PEOPLE_MAX);
}

static ParsersAnswer *
new_answer(GPtrArray *list, const char *text, const ParsersPlace *place)
{
    ParsersAnswer *answer = g_new0(ParsersAnswer, 1);

    answer->label = g_strdup(text);
    answer->key = g_strdup("");
    answer->place = *place;
    answer->slices = g_array_new(FALSE, FALSE, sizeof(ParsersSlice));
    g_ptr_array_add(list, answer);
    return answer;
}

/* A bare "Date" that follows the signature is the form's. */
static const ParsersFieldDef *
signature_date(const ParsersContext *reading, const ParsersLabel *label)
{
    if (!reading->signature || label->field == NULL || label->own ||
        label->field->type != PARSERS_TYPE_DATE)
        return NULL;
    return parsers_definition_field(reading->form, "referral.date");
}

ParsersAnswer *
parsers_context_answer(ParsersContext *reading, const ParsersLabel *label, const char *text,
                       const ParsersPlace *place)
{
    const ParsersFieldDef *field = label->kind == PARSERS_LABEL_FIELD ? label->field : NULL;
    const ParsersFieldDef *date = signature_date(reading, label);
    ParsersAnswer *answer = NULL;

    if (date != NULL)
        field = date;
    if (reading->sticky == NULL || (field != NULL && label->own))
        parsers_whose_asked(reading->whose, text,
                            field != NULL && label->own ? field->section : NULL);
    reading->headed = false;
    reading->signature = label->kind == PARSERS_LABEL_SIGNATURE;
    if (field != NULL && field->section->kind != PARSERS_SECTION_NORMAL)
        field = NULL;
    if (reading->others->len >= OTHERS_MAX || reading->answers->len >= OTHERS_MAX)
        field = NULL;
    answer = new_answer(field != NULL ? reading->answers : reading->others, text, place);
    reading->open = answer;
    if (field == NULL)
        return answer;
    reading->known++;
    if (label->own && field->section->persons->len > 0) {
        reading->sticky = field->section;
        reading->opened = true;
    }
    g_free(answer->key);
    answer->key = key_of(field, strstr(field->key, ".N.") != NULL
                                    ? person_number(reading, field, label->number)
                                    : 0);
    answer->field = field;
    answer->score = label->score;
    answer->guessed = label->guessed;
    g_hash_table_add(reading->seen, g_strdup(answer->key));
    return answer;
}
