/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/record.c - what a document about one mail shows, in words ready to be printed.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/records.md
 */
#include "config.h"

#include "templates/record.h"

static char *
copy(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

static void
row_free(gpointer data)
{
    TemplatesRecordRow *row = data;

    g_free(row->label);
    g_free(row->value);
    g_free(row->note);
    g_free(row->key);
    g_free(row->place);
    g_free(row);
}

static void
section_free(gpointer data)
{
    TemplatesRecordSection *section = data;

    g_free(section->heading);
    g_ptr_array_unref(section->rows);
    g_free(section);
}

TemplatesRecord *
templates_record_new(const char *title, const char *reference)
{
    TemplatesRecord *record = g_new0(TemplatesRecord, 1);

    record->title = copy(title);
    record->reference = copy(reference);
    record->received = copy(NULL);
    record->made = copy(NULL);
    record->footer = copy(NULL);
    record->status = g_ptr_array_new_with_free_func(g_free);
    record->sections = g_ptr_array_new_with_free_func(section_free);
    return record;
}

void
templates_record_free(TemplatesRecord *record)
{
    if (record == NULL)
        return;
    g_free(record->title);
    g_free(record->reference);
    g_free(record->received);
    g_free(record->made);
    g_free(record->footer);
    g_ptr_array_unref(record->status);
    g_ptr_array_unref(record->sections);
    g_free(record);
}

void
templates_record_set_times(TemplatesRecord *record, const char *received, const char *made,
                           gint64 made_at)
{
    g_free(record->received);
    g_free(record->made);
    record->received = copy(received);
    record->made = copy(made);
    record->made_at = made_at;
}

void
templates_record_set_footer(TemplatesRecord *record, const char *footer)
{
    g_free(record->footer);
    record->footer = copy(footer);
}

void
templates_record_add_status(TemplatesRecord *record, const char *line)
{
    g_ptr_array_add(record->status, copy(line));
}

void
templates_record_add_section(TemplatesRecord *record, const char *heading)
{
    TemplatesRecordSection *section = g_new0(TemplatesRecordSection, 1);

    section->heading = copy(heading);
    section->rows = g_ptr_array_new_with_free_func(row_free);
    g_ptr_array_add(record->sections, section);
}

void
templates_record_add_answer(TemplatesRecord *record, const TemplatesRecordRow *answer)
{
    TemplatesRecordRow *row = g_new0(TemplatesRecordRow, 1);
    TemplatesRecordSection *section;

    g_assert(record->sections->len > 0);
    section = g_ptr_array_index(record->sections, record->sections->len - 1);
    *row = *answer;
    row->label = copy(answer->label);
    row->value = copy(answer->value);
    row->note = copy(answer->note);
    row->key = copy(answer->key);
    row->place = copy(answer->place);
    g_ptr_array_add(section->rows, row);
}
