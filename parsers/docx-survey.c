/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-survey.c - finds content controls that are only frames around others.
 *
 * A control comes before what it holds, so a first walk looks ahead.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.5.2
 */
#include "config.h"

#include "parsers/docx-control.h"

#include <string.h>

enum {
    STRUCTURES_MAX = 50000,
    HEAD_BYTES = 64, /* UTF-16 shows by then */
};

typedef struct {
    guint64 ordinal;
    guint n_cells;
} Seen;

typedef struct {
    ParsersDocxState *state;
    GArray *open; /* Seen */
} Survey;

static Seen *
innermost(Survey *survey)
{
    if (survey->open->len == 0)
        return NULL;
    return &g_array_index(survey->open, Seen, survey->open->len - 1);
}

static void
mark_structure(Survey *survey)
{
    const Seen *seen = innermost(survey);

    if (seen != NULL && g_hash_table_size(survey->state->structures) < STRUCTURES_MAX)
        g_hash_table_add(survey->state->structures, g_memdup2(&seen->ordinal, sizeof(guint64)));
}

static ParsersXmlNext
survey_control(gpointer user, const ParsersXmlElement *element)
{
    Survey *survey = user;
    const Seen seen = {.ordinal = parsers_xml_ordinal(element)};

    mark_structure(survey);
    g_array_append_val(survey->open, seen);
    return PARSERS_XML_ENTER;
}

static void
survey_end_control(gpointer user)
{
    Survey *survey = user;

    g_array_set_size(survey->open, survey->open->len - 1);
}

static ParsersXmlNext
survey_table(gpointer user, const ParsersXmlElement *element)
{
    mark_structure(user);
    return PARSERS_XML_ENTER;
}

/* A control around one cell is the answer of that cell. */
static ParsersXmlNext
survey_cell(gpointer user, const ParsersXmlElement *element)
{
    Seen *seen = innermost(user);

    if (seen != NULL && ++seen->n_cells > 1)
        mark_structure(user);
    return PARSERS_XML_ENTER;
}

/* Could there be a control in it?  In ASCII's letters, which all but UTF-16 have, it is called so.
 */
static bool
may_have_control(GBytes *bytes)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);

    return memchr(data, '\0', MIN(size, HEAD_BYTES)) != NULL ||
           memmem(data, size, "sdt", strlen("sdt")) != NULL;
}

bool
parsers_docx_control_survey(ParsersDocxState *state, GBytes *bytes, GError **error)
{
    /* clang-format off */
    static const ParsersXmlRule rules[] = {
        { PARSERS_XML_W, "sdt",    survey_control, survey_end_control },
        { PARSERS_XML_W, "tbl",    survey_table,   NULL               },
        { PARSERS_XML_W, "ffData", survey_table,   NULL               },
        { PARSERS_XML_W, "tc",     survey_cell,    NULL               },
    };
    /* clang-format on */
    static const ParsersXmlReader reader = {.rules = rules, .n_rules = G_N_ELEMENTS(rules)};
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Seen));
    Survey survey = {.state = state, .open = open};

    if (!may_have_control(bytes))
        return true;
    return parsers_xml_read(bytes, &reader, state->limits, &survey, error);
}
