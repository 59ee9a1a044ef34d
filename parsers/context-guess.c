/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/context-guess.c - what a label that the lexicon leaves alone probably asks for.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/context.h"

#include "parsers/label-features.h"
#include "parsers/label-model.h"

#include <string.h>

#define SURE 0.75          /* below, the model's guess is not taken */
#define LOOSE 0.9          /* a match of the lexicon's below may be wrong */
#define SURE_OF_LOOSE 0.9  /* it gives way to a guess as sure as this */
#define SURE_ELSEWHERE 0.8 /* likewise what the lexicon knows under other headings only */
#define HEADING_SURE 0.8   /* likewise of a heading */
#define BYTES_MAX 260u
#define HEADING_BYTES_MAX 100u
#define CONFIDENCE 0.79 /* of what is quite sure: staff are shown such answers as doubtful */

const ParsersSectionDef *
parsers_context_guess_heading(const ParsersContext *reading, const char *text)
{
    const GPtrArray *sections = reading->form->sections;
    const char *key = NULL;
    double sure = 0;

    if (text[0] == '\0' || strlen(text) > HEADING_BYTES_MAX)
        return NULL;
    key = parsers_label_model_guess(text, PARSERS_LABEL_HEADING, &sure);
    if (sure < HEADING_SURE || !g_str_has_prefix(key, "section:"))
        return NULL;
    for (guint i = 0; i < sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(sections, i);

        if (strcmp(section->name, key + strlen("section:")) == 0)
            return section;
    }
    return NULL;
}

ParsersLabel
parsers_context_guess(const ParsersContext *reading, const char *text)
{
    const ParsersSectionDef *section = reading->sticky != NULL ? reading->sticky : reading->section;
    ParsersLabel label = {.kind = PARSERS_LABEL_NONE};
    const char *key = NULL;
    double sure = 0;

    if (section != NULL && section->kind != PARSERS_SECTION_NORMAL)
        return label;
    if (text[0] == '\0' || strlen(text) > BYTES_MAX)
        return label;
    key = parsers_label_model_guess(text, section != NULL ? section->name : "", &sure);
    if (sure < SURE || strcmp(key, "-") == 0)
        return label;
    label.field = parsers_definition_field(reading->form, key);
    if (label.field == NULL || label.field->section->kind != PARSERS_SECTION_NORMAL)
        return label;
    label.kind = PARSERS_LABEL_FIELD;
    label.score = CONFIDENCE * sure;
    label.guessed = true;
    return label;
}

ParsersLabel
parsers_context_reconsider(const ParsersContext *reading, const char *text, ParsersLabel label)
{
    const bool loose = label.kind == PARSERS_LABEL_FIELD && label.score < LOOSE;
    ParsersLabel guess = {0};

    if (!loose && label.kind != PARSERS_LABEL_ELSEWHERE)
        return label;
    guess = parsers_context_guess(reading, text);
    if (guess.kind != PARSERS_LABEL_FIELD ||
        guess.score < CONFIDENCE * (loose ? SURE_OF_LOOSE : SURE_ELSEWHERE))
        return label;
    if (loose && guess.field == label.field)
        return label;
    guess.number = label.number;
    guess.words = label.words;
    guess.strange = label.strange;
    return guess;
}
