/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/fields.c - answers become the fields of a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/fields.h"

#include "parsers/choice.h"
#include "parsers/normalise.h"
#include "parsers/repair.h"
#include "parsers/value.h"

#include <string.h>

#define OTHERS_MAX 500u
#define CHOICES_BYTES_MAX 160u
#define OPTION_BYTES_MAX 40u
#define PRINTED_BYTES_MAX 120u
#define ANSWERS_MAX 1000u /* in a longer document dates stay where they are */
#define STORY_BYTES 80u
#define YESNO_BYTES_MAX 60u
#define LOOSE 0.85 /* a label only resembles one of the field's */
#define SURE 0.99  /* a label is one of a field's own, word for word */

/* A label without a field, or an answer that has no place: kept for a person to see. */
static void
keep_other(ParsersForm *form, const char *label, const char *value, const ParsersPlace *place)
{
    g_autofree char *where = parsers_fields_place(place);

    if (value[0] == '\0' || form->others->len >= OTHERS_MAX)
        return;
    g_ptr_array_add(form->others, parsers_field_new(label, value, value, where, 0));
}

static void
append_number(GString *text, guint number)
{
    char digits[16];
    guint at = sizeof digits;

    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    g_string_append_len(text, digits + at, (gssize)(sizeof digits - at));
}

char *
parsers_fields_place(const ParsersPlace *place)
{
    GString *text = g_string_new(NULL);
    const struct {
        const char *word;
        guint number;
    } parts[] = {{"page ", place->page},
                 {"table ", place->table},
                 {"row ", place->row},
                 {"column ", place->column},
                 {"paragraph ", place->table == 0 ? place->paragraph : 0}};

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].number == 0)
            continue;
        if (text->len > 0)
            g_string_append(text, ", ");
        g_string_append(text, parts[i].word);
        append_number(text, parts[i].number);
    }
    return g_string_free(text, FALSE);
}

/* The field that an answer of nothing but its options must belong to, or NULL. */
static const ParsersFieldDef *
field_by_options(const ParsersDefinition *form, const char *text)
{
    g_auto(GStrv) parts = NULL;
    const ParsersFieldDef *field = NULL;

    if (strlen(text) > CHOICES_BYTES_MAX)
        return NULL;
    parts = g_strsplit_set(text, ",;", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        const ParsersFieldDef *one = NULL;

        g_strstrip(parts[i]);
        one = parsers_definition_choice(form, parts[i]);
        if (one == NULL || strlen(parts[i]) > OPTION_BYTES_MAX || (field != NULL && one != field))
            return NULL;
        field = one;
    }
    return field;
}

static void
say_where(ParsersValue *value, const ParsersAnswer *answer)
{
    g_free(value->label);
    value->label = g_strdup(answer->label);
    value->place = answer->place;
    value->confidence = answer->score;
}

/* An answer below a label that we took for another question, or did not know. */
static bool
take_choice(ParsersValues *values, const ParsersAnswer *answer, const char *raw)
{
    g_autofree char *text = parsers_value_typed(answer->slices, raw, PARSERS_TYPE_CHOICE);
    const ParsersFieldDef *field = field_by_options(values->reading->form, text);

    if (field == NULL || text[0] == '\0' ||
        g_hash_table_contains(values->reading->seen, field->key) ||
        parsers_values_get(values, field->key) != NULL)
        return false;
    say_where(parsers_values_add(values, field->key, field, text, raw), answer);
    return true;
}

/* A question of the form that stands where an answer was looked for. */
static bool
is_printed(const char *text)
{
    static const char *const openings[] = {"what ", "who ",  "where ", "when ",  "how ",  "have ",
                                           "has ",  "did ",  "does ",  "do ",    "is ",   "are ",
                                           "was ",  "were ", "why ",   "which ", "would "};
    const gsize length = strlen(text);

    if (length > PRINTED_BYTES_MAX || strchr(text, '\n') != NULL)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(openings) && text[length - 1] == '?'; i++)
        if (g_ascii_strncasecmp(text, openings[i], strlen(openings[i])) == 0)
            return true;
    return false;
}

/* Where the form has its answers beside the labels, or has none, a line below a label is most
 * likely the next question. */
static bool
reads_below(const ParsersContext *reading)
{
    guint beside = 0;
    guint below = 0;

    for (guint i = 0; i < reading->answers->len; i++) {
        const ParsersAnswer *answer = g_ptr_array_index(reading->answers, i);

        beside += answer->beside;
        below += answer->below;
    }
    return below * 4 > beside && below * 5 > reading->answers->len;
}

/* Below a label that was only guessed an answer must look like what was asked. */
static bool
fits_guess(const char *text, ParsersType type)
{
    guint digits = 0;

    for (const char *p = text; *p != '\0'; p++)
        digits += g_ascii_isdigit(*p);
    switch (type) {
    case PARSERS_TYPE_PHONE:
        return digits >= 6;
    case PARSERS_TYPE_EMAIL:
        return strchr(text, '@') != NULL;
    case PARSERS_TYPE_DATE:
    case PARSERS_TYPE_BIRTH:
        return digits > 0;
    case PARSERS_TYPE_POSTCODE:
        return digits > 0 && strlen(text) <= 12;
    case PARSERS_TYPE_NAME:
    case PARSERS_TYPE_GENDER:
        return digits == 0 && strlen(text) < 80;
    case PARSERS_TYPE_YESNO:
        return g_ascii_strncasecmp(text, "yes", 3) == 0 || g_ascii_strncasecmp(text, "no", 2) == 0;
    case PARSERS_TYPE_LINE: /* "Yes" to what was taken for a question about a job */
        return g_ascii_strcasecmp(text, "yes") != 0 && g_ascii_strcasecmp(text, "no") != 0;
    default:
        return true;
    }
}

/* "Nature of allegation", and what follows is the story that the form has no other place for. */
static void
settle_story(const ParsersContext *reading, ParsersAnswer *answer)
{
    const GPtrArray *fields = answer->field->section->fields;
    g_autofree char *text = parsers_value_read(answer->slices, PARSERS_TYPE_TEXT);

    if (strlen(text) < STORY_BYTES || !g_str_has_suffix(text, "."))
        return;
    for (guint i = 0; i < fields->len; i++) {
        const ParsersFieldDef *field = g_ptr_array_index(fields, i);

        if (field->type != PARSERS_TYPE_TEXT || !field->required ||
            g_hash_table_contains(reading->seen, field->key))
            continue;
        answer->field = field;
        g_free(answer->key);
        answer->key = g_strdup(field->key);
        return;
    }
}

/* A name, a number or an address is written and never ticked: "Your home is: [x] rented". */
static bool
ticked_instead(const ParsersAnswer *answer)
{
    g_autofree char *chosen = NULL;

    switch (answer->field->type) {
    case PARSERS_TYPE_NAME:
    case PARSERS_TYPE_PHONE:
    case PARSERS_TYPE_EMAIL:
    case PARSERS_TYPE_ADDRESS:
    case PARSERS_TYPE_POSTCODE:
        return parsers_choice_read(answer->slices, &chosen);
    default:
        return false;
    }
}

/* A sentence below what only resembles a question of yes or no: rather a title or a printed line.
 */
static bool
is_sentence(const ParsersAnswer *answer, const char *text)
{
    return answer->field->type == PARSERS_TYPE_YESNO && answer->score < LOOSE &&
           strlen(text) > YESNO_BYTES_MAX && !fits_guess(text, PARSERS_TYPE_YESNO);
}

static void
take_answer(ParsersValues *values, ParsersForm *form, const ParsersAnswer *answer)
{
    g_autofree char *raw = parsers_value_raw(answer->slices);
    g_autofree char *text = parsers_value_typed(answer->slices, raw, answer->field->type);

    if (text[0] == '\0')
        return;
    if (answer->below && !values->below && answer->field->type != PARSERS_TYPE_TEXT) {
        values->doubtful++;
        keep_other(form, answer->label, text, &answer->place);
        return;
    }
    if (answer->field->type == PARSERS_TYPE_TEXT && take_choice(values, answer, raw))
        return;
    if (!parsers_value_plausible(text, answer->field->type) || is_printed(text) ||
        ticked_instead(answer) || is_sentence(answer, text) ||
        (answer->guessed && !fits_guess(text, answer->field->type)) ||
        parsers_values_get(values, answer->key) != NULL) {
        values->doubtful += parsers_values_get(values, answer->key) == NULL;
        keep_other(form, answer->label, text, &answer->place);
        return;
    }
    say_where(parsers_values_add(values, answer->key, answer->field, text, raw), answer);
}

/* The first answer to a question before the n-th, or NULL. */
static const ParsersAnswer *
answer_before(const ParsersContext *reading, const char *key, guint n)
{
    for (guint i = 0; i < n; i++) {
        const ParsersAnswer *answer = g_ptr_array_index(reading->answers, i);
        g_autofree char *text = NULL;

        if (strcmp(answer->key, key) != 0)
            continue;
        text = parsers_value_read(answer->slices, PARSERS_TYPE_TEXT);
        if (text[0] != '\0')
            return answer;
    }
    return NULL;
}

/* Another date that a label would ask for in another section, and that was not given; or NULL. */
static const ParsersFieldDef *
other_date(const ParsersContext *reading, const ParsersAnswer *answer)
{
    const GPtrArray *sections = reading->form->sections;

    for (guint i = 0; i < sections->len; i++) {
        const ParsersLabel label = parsers_lexicon_label(reading->form->lexicon, answer->label,
                                                         g_ptr_array_index(sections, i));

        if (label.kind == PARSERS_LABEL_FIELD && label.score >= SURE &&
            label.field != answer->field && label.field->type == PARSERS_TYPE_DATE &&
            !label.field->section->repeats &&
            answer_before(reading, label.field->key, reading->answers->len) == NULL)
            return label.field;
    }
    return NULL;
}

/* What a label asks for, where only its answer or its place tell: a story where a kind of harm was
 * to be chosen; "Date" at the end of a form, where the date of what happened has been told: whoever
 * signed it wrote when. */
static void
settle_questions(const ParsersContext *reading)
{
    for (guint i = 0; i < MIN(reading->answers->len, ANSWERS_MAX); i++) {
        ParsersAnswer *answer = g_ptr_array_index(reading->answers, i);
        const ParsersFieldDef *field = NULL;

        if (answer->field->type == PARSERS_TYPE_CHOICE)
            settle_story(reading, answer);
        if (answer->guessed || answer->field->type != PARSERS_TYPE_DATE ||
            answer_before(reading, answer->key, i) == NULL)
            continue;
        field = other_date(reading, answer);
        if (field == NULL)
            continue;
        answer->field = field;
        g_free(answer->key);
        answer->key = g_strdup(field->key);
    }
}

/* The answers to labels that we knew, or to the guessed ones, which may not be in their way. */
static void
take_answers(ParsersValues *values, ParsersForm *form, bool known, bool guessed)
{
    const GPtrArray *answers = values->reading->answers;

    for (guint i = 0; i < answers->len; i++) {
        const ParsersAnswer *answer = g_ptr_array_index(answers, i);
        g_autofree char *text = NULL;

        if (answer->guessed != guessed)
            continue;
        if (known) {
            take_answer(values, form, answer);
            continue;
        }
        text = parsers_value_read(answer->slices, answer->field->type);
        keep_other(form, answer->label, text, &answer->place);
    }
}

/* ---- Order, numbers ---- */

static guint
number_in(const char *key)
{
    const char *dot = strchr(key, '.');

    return dot != NULL && g_ascii_isdigit(dot[1]) ? (guint)g_ascii_strtoull(dot + 1, NULL, 10) : 0;
}

/* Numbers of one repeated section without gaps, so that an empty block counts nobody.  Returns how
 * many there are. */
static guint
close_gaps(const ParsersValues *values, const ParsersSectionDef *section)
{
    guint renamed[PARSERS_CONTEXT_PEOPLE_MAX + 1] = {0};
    guint next = 0;

    for (guint i = 0; i < values->list->len; i++) {
        const ParsersValue *value = g_ptr_array_index(values->list, i);
        const guint n = value->field->section == section ? number_in(value->key) : 0;

        if (n <= PARSERS_CONTEXT_PEOPLE_MAX)
            renamed[n] = 1;
    }
    for (guint n = 1; n <= PARSERS_CONTEXT_PEOPLE_MAX; n++)
        renamed[n] = renamed[n] > 0 ? ++next : 0;
    for (guint i = 0; i < values->list->len; i++) {
        ParsersValue *value = g_ptr_array_index(values->list, i);
        const guint n = value->field->section == section ? number_in(value->key) : 0;
        const char *head = strchr(value->key, '.');
        char *key = NULL;

        if (n == 0 || n > PARSERS_CONTEXT_PEOPLE_MAX || renamed[n] == n)
            continue;
        key = g_strdup_printf("%.*s.%u%s", (int)(head - value->key), value->key, renamed[n],
                              strchr(head + 1, '.'));
        g_free(value->key);
        value->key = key;
    }
    return next;
}

static void
add_field(ParsersForm *form, const ParsersValue *value)
{
    g_autofree char *place = parsers_fields_place(&value->place);
    GPtrArray *list = value->field->aside ? form->others : form->fields;

    g_ptr_array_add(
        list, parsers_field_new(value->key, value->text, value->raw, place, value->confidence));
}

/* All values of one section, person by person.  people: how many a repeated section has. */
static void
add_section(ParsersForm *form, const ParsersValues *values, const ParsersSectionDef *section,
            guint people)
{
    const guint most = section->repeats ? people : 0;

    for (guint n = section->repeats ? 1 : 0; n <= most; n++) {
        for (guint f = 0; f < section->fields->len; f++) {
            for (guint i = 0; i < values->list->len; i++) {
                const ParsersValue *value = g_ptr_array_index(values->list, i);

                if (value->field == g_ptr_array_index(section->fields, f) &&
                    number_in(value->key) == n)
                    add_field(form, value);
            }
        }
    }
}

/* True if the key was answered, be it beside the record's fields. */
static bool
is_answered(const ParsersForm *form, const char *key)
{
    for (guint i = 0; i < form->others->len; i++)
        if (strcmp(((const ParsersField *)g_ptr_array_index(form->others, i))->key, key) == 0)
            return true;
    return parsers_form_value(form, key) != NULL;
}

static void
add_missing(ParsersForm *form, const ParsersSectionDef *section)
{
    for (guint f = 0; f < section->fields->len; f++) {
        const ParsersFieldDef *field = g_ptr_array_index(section->fields, f);
        g_auto(GStrv) parts = NULL;
        g_autofree char *key = NULL;

        if (!field->required)
            continue;
        parts = g_strsplit(field->key, ".N.", 2);
        key = g_strjoinv(".1.", parts);
        if (!is_answered(form, key))
            g_ptr_array_add(form->missing, g_steal_pointer(&key));
    }
}

static void
collect_others(ParsersForm *form, const ParsersContext *reading)
{
    for (guint i = 0; i < reading->others->len; i++) {
        const ParsersAnswer *answer = g_ptr_array_index(reading->others, i);
        g_autofree char *value = parsers_value_read(answer->slices, PARSERS_TYPE_TEXT);

        keep_other(form, answer->label, value, &answer->place);
    }
}

ParsersForm *
parsers_fields_collect(const ParsersContext *reading, bool known)
{
    ParsersForm *form = parsers_form_new();
    g_autoptr(ParsersValues) values = parsers_values_new(reading);

    g_free(form->form);
    form->form = g_strdup(known ? reading->form->name : "unknown");
    values->below = reads_below(reading);
    if (known)
        settle_questions(reading);
    take_answers(values, form, known, false);
    take_answers(values, form, known, true);
    for (guint i = 0; known && i < reading->others->len; i++) {
        const ParsersAnswer *answer = g_ptr_array_index(reading->others, i);
        g_autofree char *raw = parsers_value_raw(answer->slices);

        take_choice(values, answer, raw);
    }
    parsers_values_repair(values);
    for (guint i = 0; known && i < reading->form->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(reading->form->sections, i);

        add_section(form, values, section, section->repeats ? close_gaps(values, section) : 0);
    }
    for (guint i = 0; known && i < reading->form->sections->len; i++)
        add_missing(form, g_ptr_array_index(reading->form->sections, i));
    form->blank = form->fields->len == 0 && form->others->len <= values->doubtful;
    collect_others(form, reading);
    if (!known && form->others->len > 0)
        form->blank = false;
    return form;
}
