/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/record-document.c - a record of the spool in the order and words of its form.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include <string.h>

#include "daemon/record-document.h"
#include "daemon/start.h"

#define SURE 0.8
#define MAX_PEOPLE 50

typedef struct {
    const SpoolRecord *record;
    guint form; /* index of the form being laid out */
    TemplatesRecord *document;
    GHashTable *shown; /* SpoolField* already laid out */
} Layout;

static const SpoolField *
find_field(const Layout *layout, const char *key)
{
    for (guint i = 0; i < layout->record->fields->len; i++) {
        const SpoolField *field = layout->record->fields->pdata[i];

        if (field->form == layout->form && g_str_equal(field->key, key))
            return field;
    }
    return NULL;
}

static char *
note_of(const SpoolField *field)
{
    if (field->version > 1)
        return g_strdup_printf("corrected by %s", field->author);
    return field->confidence < SURE ? g_strdup_printf("read with doubt: %s", field->place)
                                    : g_strdup("");
}

static void
add_answer(Layout *layout, const char *label, const SpoolField *field)
{
    g_autofree char *note = note_of(field);
    const TemplatesRecordRow row = {.label = (char *)label,
                                    .value = field->value,
                                    .note = note,
                                    .key = field->key,
                                    .place = field->place,
                                    .form = layout->form,
                                    .doubt = field->version == 1 && field->confidence < SURE};

    templates_record_add_answer(layout->document, &row);
    g_hash_table_add(layout->shown, (gpointer)field);
}

/* A question that was not answered. */
static void
add_question(Layout *layout, const char *label, const char *key)
{
    const TemplatesRecordRow row = {
        .label = (char *)label, .key = (char *)key, .form = layout->form};

    templates_record_add_answer(layout->document, &row);
}

/* "child.N.name" for the second child is "child.2.name". */
static char *
numbered(const char *key, guint number)
{
    g_auto(GStrv) halves = g_strsplit(key, ".N", 2);
    g_autofree char *middle = g_strdup_printf(".%u", number);

    return halves[1] != NULL ? g_strconcat(halves[0], middle, halves[1], NULL) : g_strdup(key);
}

static bool
has_any(const Layout *layout, const ParsersSectionDef *section, guint number)
{
    for (guint i = 0; i < section->fields->len; i++) {
        const ParsersFieldDef *field = section->fields->pdata[i];
        g_autofree char *key = numbered(field->key, number);

        if (find_field(layout, key) != NULL)
            return true;
    }
    return false;
}

static void
add_section(Layout *layout, const ParsersSectionDef *section, guint number)
{
    g_autofree char *heading =
        number > 1 ? g_strdup_printf("%s (%u)", section->shown, number) : g_strdup(section->shown);

    templates_record_add_section(layout->document, heading);
    for (guint i = 0; i < section->fields->len; i++) {
        const ParsersFieldDef *def = section->fields->pdata[i];
        g_autofree char *key = numbered(def->key, number);
        const SpoolField *field = find_field(layout, key);

        if (field != NULL)
            add_answer(layout, def->shown, field);
        else if (!def->hidden)
            add_question(layout, def->shown, key);
    }
}

static void
add_form(Layout *layout, const ParsersDefinition *definition)
{
    for (guint i = 0; i < definition->sections->len; i++) {
        const ParsersSectionDef *section = definition->sections->pdata[i];

        if (section->kind != PARSERS_SECTION_NORMAL)
            continue;
        add_section(layout, section, 1);
        for (guint number = 2; section->repeats && number <= MAX_PEOPLE; number++) {
            if (!has_any(layout, section, number))
                break;
            add_section(layout, section, number);
        }
    }
}

/* Whatever the definition has no place for is still shown. */
static void
add_rest(Layout *layout)
{
    bool begun = false;

    for (guint i = 0; i < layout->record->fields->len; i++) {
        const SpoolField *field = layout->record->fields->pdata[i];

        if (field->form != layout->form || g_hash_table_contains(layout->shown, field))
            continue;
        if (!begun)
            templates_record_add_section(layout->document, "Other answers");
        begun = true;
        add_answer(layout, field->key, field);
    }
}

static char *
words(const TemplatesCalendar *calendar, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(calendar, at);

    return g_date_time_format(local, "%A %-e %B %Y at %H:%M");
}

static void
add_head(const DaemonSettings *settings, const SpoolRecord *record,
         const TemplatesCalendar *calendar, TemplatesRecord *document)
{
    gint64 now = spool_now();
    g_autofree char *received = words(calendar, record->listing->received);
    g_autofree char *made = words(calendar, now);
    g_autofree char *status = g_strdup_printf("Decision: %s. Reply: %s.", record->listing->action,
                                              record->listing->reply);

    templates_record_set_times(document, received, made, now);
    templates_record_add_status(document, status);
    if (record->listing->urgent)
        templates_record_add_status(document, "URGENT: the words of the mail need attention now.");
    templates_record_add_status(document,
                                "Answers were read by machine from the sender's form; the "
                                "original mail is kept unchanged.");
    templates_record_set_footer(document, settings->name);
}

static const char *
title_of(const SpoolRecord *record, const ParsersDefinitions *definitions)
{
    const SpoolForm *form = record->forms->len > 0 ? record->forms->pdata[0] : NULL;
    const ParsersDefinition *definition =
        form != NULL ? parsers_definitions_find(definitions, form->form) : NULL;

    return definition != NULL ? definition->shown : "Mail without a form";
}

static void
add_forms(Layout *layout, const ParsersDefinitions *definitions)
{
    for (layout->form = 0; layout->form < layout->record->forms->len; layout->form++) {
        const SpoolForm *form = layout->record->forms->pdata[layout->form];
        const ParsersDefinition *definition = parsers_definitions_find(definitions, form->form);

        if (definition != NULL)
            add_form(layout, definition);
        add_rest(layout);
    }
}

TemplatesRecord *
daemon_record_document_make(const DaemonRecordWith *with, const SpoolRecord *record)
{
    g_autoptr(GHashTable) shown = g_hash_table_new(NULL, NULL);
    TemplatesRecord *document =
        templates_record_new(title_of(record, with->definitions), record->listing->reference);
    Layout layout = {record, 0, document, shown};

    add_head(with->settings, record, with->calendar, document);
    add_forms(&layout, with->definitions);
    return document;
}

bool
daemon_record_document(const DaemonSettings *settings, const SpoolRecord *record,
                       TemplatesRecord **out_document, GError **error)
{
    g_autoptr(ParsersDefinitions) definitions = NULL;
    g_autoptr(TemplatesCalendar) calendar = NULL;

    if (!daemon_start_definitions(settings, &definitions, error) ||
        !templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &calendar, error))
        return false;
    const DaemonRecordWith with = {settings, definitions, calendar};

    *out_document = daemon_record_document_make(&with, record);
    return true;
}
