/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-table.c - tables of an OpenDocument text into the model.
 *
 * Covered cells below a cell that spans rows become its lower parts.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 9
 */
#include "config.h"

#include "parsers/odt-table.h"

#include "parsers/odt-control.h"

enum {
    COLUMNS_MAX = 1024,
    REPEAT_MAX = 64, /* equal cells beside one another, written as one */
};

static ParsersXmlNext
start_table(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;

    if (!parsers_odt_body_takes_blocks(state))
        return PARSERS_XML_SKIP;
    parsers_odt_body_note(state, parsers_document_begin_table(state->document));
    parsers_odt_body_push(state, PARSERS_ODT_TABLE)->reach =
        g_array_new(FALSE, TRUE, sizeof(ParsersOdtReach));
    return parsers_odt_body_next(state);
}

static void
end_table(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_document_end_table(state->document);
    parsers_odt_body_pop(state);
}

static ParsersXmlNext
start_header_rows(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersOdtState *)user)->header_rows++;
    return PARSERS_XML_ENTER;
}

static void
end_header_rows(gpointer user)
{
    ((ParsersOdtState *)user)->header_rows--;
}

static ParsersXmlNext
start_row(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    ParsersOdtContext *row = NULL;

    if (!parsers_odt_body_is_at(state, PARSERS_ODT_TABLE))
        return PARSERS_XML_SKIP;
    parsers_document_begin_row(state->document);
    row = parsers_odt_body_push(state, PARSERS_ODT_ROW);
    row->column = 1;
    row->header = state->header_rows > 0;
    return parsers_odt_body_next(state);
}

static void
end_row(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_document_end_row(state->document);
    parsers_odt_body_pop(state);
}

static void
begin_cell(ParsersOdtState *state, guint column_span, bool continues)
{
    ParsersOdtContext *row = parsers_odt_body_top(state);

    parsers_odt_body_note(
        state, parsers_document_begin_cell(state->document, row->column, column_span, continues));
}

/* Remember how far down a cell goes, for the covered cells below it. */
static void
remember_reach(ParsersOdtState *state, guint rows, guint span)
{
    ParsersOdtContext *row = parsers_odt_body_top(state);
    GArray *reach = (row - 1)->reach;

    if (row->column > COLUMNS_MAX)
        return;
    if (reach->len <= row->column)
        g_array_set_size(reach, row->column + 1);
    g_array_index(reach, ParsersOdtReach, row->column) =
        (ParsersOdtReach){.rows = rows - 1, .span = span};
}

static ParsersXmlNext
start_cell(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    guint span =
        parsers_odt_body_number(element, PARSERS_XML_TABLE, "number-columns-spanned", COLUMNS_MAX);
    guint rows =
        parsers_odt_body_number(element, PARSERS_XML_TABLE, "number-rows-spanned", G_MAXINT);
    guint repeat =
        parsers_odt_body_number(element, PARSERS_XML_TABLE, "number-columns-repeated", REPEAT_MAX);
    g_autofree char *name = parsers_xml_attribute(element, PARSERS_XML_TABLE, "style-name");
    ParsersOdtStyle style = {0};

    if (!parsers_odt_body_is_at(state, PARSERS_ODT_ROW))
        return PARSERS_XML_SKIP;
    for (; repeat > 1 && !state->failed; repeat--) {
        begin_cell(state, 1, false);
        parsers_document_end_cell(state->document);
        parsers_odt_body_top(state)->column++;
    }
    parsers_odt_styles_lay(state->styles, "table-cell", name, &style);
    remember_reach(state, rows, span);
    begin_cell(state, span, false);
    parsers_document_mark_cell(state->document, parsers_odt_body_top(state)->header, style.shaded);
    parsers_odt_body_top(state)->column++; /* the covered cells beside it come by themselves */
    parsers_odt_body_push(state, PARSERS_ODT_CELL);
    return parsers_odt_body_next(state);
}

static void
end_cell(gpointer user)
{
    ParsersOdtState *state = user;

    /* A field mark without an end must not swallow the next cell. */
    parsers_odt_control_flush(state);
    state->control.open = false;
    parsers_document_end_cell(state->document);
    parsers_odt_body_pop(state);
}

static void
cover(ParsersOdtState *state)
{
    ParsersOdtContext *row = parsers_odt_body_top(state);
    GArray *reach = (row - 1)->reach;
    ParsersOdtReach *above =
        row->column < reach->len ? &g_array_index(reach, ParsersOdtReach, row->column) : NULL;

    if (above != NULL && above->rows > 0) {
        above->rows--;
        begin_cell(state, above->span, true);
        parsers_document_end_cell(state->document);
    }
    row->column++;
}

static ParsersXmlNext
start_covered(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    guint n =
        parsers_odt_body_number(element, PARSERS_XML_TABLE, "number-columns-repeated", COLUMNS_MAX);

    for (; parsers_odt_body_is_at(state, PARSERS_ODT_ROW) && n > 0; n--)
        cover(state);
    return PARSERS_XML_SKIP;
}

/* clang-format off */
const ParsersXmlRule parsers_odt_table_rules[] = {
    { PARSERS_XML_TABLE,  "table",                 start_table,       end_table       },
    { PARSERS_XML_TABLE,  "table-header-rows",     start_header_rows, end_header_rows },
    { PARSERS_XML_TABLE,  "table-row",             start_row,         end_row         },
    { PARSERS_XML_TABLE,  "table-cell",            start_cell,        end_cell        },
    { PARSERS_XML_TABLE,  "covered-table-cell",    start_covered,     NULL            },
};
/* clang-format on */
const gsize parsers_odt_table_n_rules = G_N_ELEMENTS(parsers_odt_table_rules);
