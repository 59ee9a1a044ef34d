/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/flow-control.c - controls that bring their own label.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/flow.h"

#include <string.h>

/* "ChildDateOfBirth_2" as "Child Date Of Birth"; the caller frees. */
static char *
spell_out(const char *name)
{
    GString *out = g_string_new(NULL);

    for (const char *p = name; *p != '\0'; p++) {
        if (p > name && g_ascii_isupper(*p) && g_ascii_islower(p[-1]))
            g_string_append_c(out, ' ');
        g_string_append_c(out, *p == '_' || *p == '.' || *p == '-' ? ' ' : *p);
    }
    g_strchomp(out->str);
    g_string_set_size(out, strlen(out->str));
    while (out->len > 0 &&
           (g_ascii_isdigit(out->str[out->len - 1]) || out->str[out->len - 1] == ' '))
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

bool
parsers_flow_controls(ParsersContext *reading, ParsersSlice line)
{
    const char *text = line.line->text;
    guint k = 0;
    bool any = false;

    for (gsize at = 0; at < line.to; at++) {
        const ParsersSpan *span = NULL;
        g_autofree char *name = NULL;
        const char *said = NULL;
        ParsersLabel label = {0};
        const char *end = NULL;
        ParsersAnswer *answer = NULL;
        ParsersSlice value = {0};

        if (text[at] != PARSERS_LINE_ANSWER || k >= parsers_line_controls(line.line))
            continue;
        span = g_ptr_array_index(line.line->controls, k++);
        name = span->name != NULL ? spell_out(span->name) : NULL;
        said = span->label != NULL ? span->label : name;
        end = strchr(text + at, PARSERS_LINE_END);
        if (at < line.from || said == NULL)
            continue;
        label = parsers_context_label(reading, said);
        if (label.kind == PARSERS_LABEL_NONE && name != NULL)
            label = parsers_context_label(reading, name);
        if (label.kind == PARSERS_LABEL_NONE)
            continue;
        any = true;
        /* A control of several paragraphs comes as several, each with the same label. */
        if (reading->open != NULL && reading->open->slices->len > 0 &&
            reading->open->field != NULL && reading->open->field == label.field) {
            g_array_append_val(reading->open->slices, line);
            continue;
        }
        answer = parsers_context_answer(reading, &label, said, &line.line->place);
        /* Also when it is empty: then nothing below it is the answer either. */
        value = parsers_slice_cut(line, at, end != NULL ? (gsize)(end - text) + 1 : line.to);
        g_array_append_val(answer->slices, value);
    }
    return any;
}
