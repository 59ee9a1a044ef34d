/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-body.c - paragraphs and tables of WordprocessingML into the model.
 *
 * Tracked changes are read as accepted.  An element where the schema does not
 * allow it is passed over, so the builder is never called out of order.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.3 and 17.4
 */
#include "config.h"

#include "parsers/docx-body.h"

#include "parsers/docx-control.h"
#include "parsers/docx-run.h"

#include <string.h>

ParsersDocxContext *
parsers_docx_body_top(ParsersDocxState *state)
{
    return &g_array_index(state->contexts, ParsersDocxContext, state->contexts->len - 1);
}

static ParsersDocxContext *
push(ParsersDocxState *state, ParsersDocxLevel level)
{
    const ParsersDocxContext context = {.level = level, .n_fields = state->fields->len};

    g_array_append_val(state->contexts, context);
    return parsers_docx_body_top(state);
}

static void
pop(ParsersDocxState *state)
{
    g_array_set_size(state->contexts, state->contexts->len - 1);
}

static bool
holds_blocks(ParsersDocxLevel level)
{
    return level != PARSERS_DOCX_TABLE && level != PARSERS_DOCX_ROW;
}

ParsersXmlNext
parsers_docx_body_next(const ParsersDocxState *state)
{
    return state->failed ? PARSERS_XML_STOP : PARSERS_XML_ENTER;
}

void
parsers_docx_body_note(ParsersDocxState *state, bool ok)
{
    state->failed = state->failed || !ok;
}

/* ---- Tables ---- */

/* The cell begins for the document when its properties are known: at its first block. */
static void
begin_cell(ParsersDocxState *state)
{
    ParsersDocxContext *cell = parsers_docx_body_top(state);
    ParsersDocxContext *row = cell - 1;

    if (cell->level != PARSERS_DOCX_CELL || cell->begun)
        return;
    cell->begun = true;
    cell->column = row->column;
    row->column += MIN(cell->span, 1000u);
    parsers_docx_body_note(state, parsers_document_begin_cell(state->document, cell->column,
                                                              cell->span, cell->continues));
    parsers_document_mark_cell(state->document, row->header, cell->shaded);
}

static ParsersXmlNext
start_table(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    if (!holds_blocks(parsers_docx_body_top(state)->level))
        return PARSERS_XML_SKIP;
    begin_cell(state);
    parsers_docx_body_note(state, parsers_document_begin_table(state->document));
    push(state, PARSERS_DOCX_TABLE);
    return parsers_docx_body_next(state);
}

static void
end_table(gpointer user)
{
    ParsersDocxState *state = user;

    parsers_document_end_table(state->document);
    pop(state);
}

static ParsersXmlNext
start_row(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    if (parsers_docx_body_top(state)->level != PARSERS_DOCX_TABLE)
        return PARSERS_XML_SKIP;
    push(state, PARSERS_DOCX_ROW)->column = 1;
    return parsers_docx_body_next(state);
}

static void
end_row(gpointer user)
{
    ParsersDocxState *state = user;

    if (parsers_docx_body_top(state)->begun)
        parsers_document_end_row(state->document);
    pop(state);
}

static ParsersXmlNext
start_cell(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxContext *row = parsers_docx_body_top(state);

    if (row->level != PARSERS_DOCX_ROW || row->dropped)
        return PARSERS_XML_SKIP;
    if (!row->begun)
        parsers_document_begin_row(state->document);
    row->begun = true;
    push(state, PARSERS_DOCX_CELL)->span = 1;
    return parsers_docx_body_next(state);
}

static void
end_cell(gpointer user)
{
    ParsersDocxState *state = user;

    parsers_docx_control_drop_fields(state, parsers_docx_body_top(state)->n_fields);
    begin_cell(state);
    parsers_document_end_cell(state->document);
    pop(state);
}

static ParsersXmlNext
start_row_property(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxContext *row = parsers_docx_body_top(state);
    const char *name = parsers_xml_name(element);

    if (row->level != PARSERS_DOCX_ROW || row->begun)
        return PARSERS_XML_SKIP;
    if (strcmp(name, "gridBefore") == 0)
        row->column = 1 + MIN(parsers_docx_styles_number(element, 0), 1000u);
    else if (strcmp(name, "tblHeader") == 0)
        row->header = parsers_docx_styles_is_on(element);
    return PARSERS_XML_ENTER;
}

/* A deletion in the properties of a row deletes the row; around runs, the runs. */
static ParsersXmlNext
start_deletion(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxContext *row = parsers_docx_body_top(user);

    if (row->level == PARSERS_DOCX_ROW && !row->begun)
        row->dropped = true;
    return PARSERS_XML_SKIP;
}

static ParsersXmlNext
start_cell_properties(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    const ParsersDocxContext *cell = parsers_docx_body_top(state);

    state->in_cell_properties = cell->level == PARSERS_DOCX_CELL && !cell->begun;
    return state->in_cell_properties ? PARSERS_XML_ENTER : PARSERS_XML_SKIP;
}

static void
end_cell_properties(gpointer user)
{
    ((ParsersDocxState *)user)->in_cell_properties = false;
}

static ParsersXmlNext
start_cell_property(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxContext *cell = parsers_docx_body_top(state);
    const char *name = parsers_xml_name(element);
    g_autofree char *value = NULL;

    if (!state->in_cell_properties)
        return PARSERS_XML_ENTER;
    if (strcmp(name, "gridSpan") == 0) {
        cell->span = CLAMP(parsers_docx_styles_number(element, 1), 1u, 1000u);
    } else if (strcmp(name, "vMerge") == 0) {
        value = parsers_xml_attribute(element, PARSERS_XML_W, "val");
        cell->continues = g_strcmp0(value, "restart") != 0;
    }
    return PARSERS_XML_ENTER;
}

/* ---- Paragraphs ---- */

bool
parsers_docx_body_paragraph(ParsersDocxState *state)
{
    ParsersDocxContext *paragraph = parsers_docx_body_top(state);

    if (paragraph->level != PARSERS_DOCX_PARAGRAPH)
        return false;
    if (!paragraph->begun)
        parsers_docx_body_note(state, parsers_document_begin_paragraph(state->document,
                                                                       paragraph->style.heading,
                                                                       paragraph->style.list_item));
    paragraph->begun = true;
    return true;
}

void
parsers_docx_body_leave(ParsersDocxState *state)
{
    if (parsers_docx_body_paragraph(state))
        parsers_docx_control_flush(state);
}

static ParsersXmlNext
start_paragraph(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    if (!holds_blocks(parsers_docx_body_top(state)->level))
        return PARSERS_XML_SKIP;
    begin_cell(state);
    parsers_docx_body_leave(state);
    push(state, PARSERS_DOCX_PARAGRAPH);
    return parsers_docx_body_next(state);
}

static void
end_paragraph(gpointer user)
{
    ParsersDocxState *state = user;

    parsers_docx_body_paragraph(state);
    parsers_docx_control_end_paragraph(state);
    parsers_document_end_paragraph(state->document);
    pop(state);
}

static ParsersXmlNext
start_text_box(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    if (!holds_blocks(parsers_docx_body_top(state)->level))
        return PARSERS_XML_SKIP;
    begin_cell(state);
    parsers_docx_body_leave(state);
    push(state, PARSERS_DOCX_BLOCKS);
    return parsers_docx_body_next(state);
}

static void
end_text_box(gpointer user)
{
    ParsersDocxState *state = user;

    parsers_docx_control_drop_fields(state, parsers_docx_body_top(state)->n_fields);
    pop(state);
}

static ParsersXmlNext
start_paragraph_properties(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    const ParsersDocxContext *paragraph = parsers_docx_body_top(state);

    state->in_paragraph_properties =
        paragraph->level == PARSERS_DOCX_PARAGRAPH && !paragraph->begun;
    return state->in_paragraph_properties ? PARSERS_XML_ENTER : PARSERS_XML_SKIP;
}

static void
end_paragraph_properties(gpointer user)
{
    ((ParsersDocxState *)user)->in_paragraph_properties = false;
}

static ParsersXmlNext
start_paragraph_property(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxStyle *style = &parsers_docx_body_top(state)->style;
    const char *name = parsers_xml_name(element);
    g_autofree char *id = NULL;

    if (!state->in_paragraph_properties)
        return PARSERS_XML_ENTER;
    if (strcmp(name, "pStyle") == 0) {
        id = parsers_xml_attribute(element, PARSERS_XML_W, "val");
        *style = parsers_docx_styles_look_up(state->styles, id);
    } else if (strcmp(name, "outlineLvl") == 0 && parsers_docx_styles_number(element, 9) < 9) {
        style->heading = MIN(parsers_docx_styles_number(element, 0) + 1, 6);
    } else if (strcmp(name, "numId") == 0) {
        style->list_item = parsers_docx_styles_number(element, 0) != 0;
    }
    return PARSERS_XML_ENTER;
}

/* Separators of notes are notes themselves. */
static ParsersXmlNext
start_note(gpointer user, const ParsersXmlElement *element)
{
    g_autofree char *type = parsers_xml_attribute(element, PARSERS_XML_W, "type");

    return type == NULL || strcmp(type, "normal") == 0 ? PARSERS_XML_ENTER : PARSERS_XML_SKIP;
}

static ParsersXmlNext
start_root(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    if (parsers_xml_ordinal(element) != 1)
        return PARSERS_XML_ENTER;
    state->is_root = strcmp(parsers_xml_name(element), state->root) == 0;
    return state->is_root ? PARSERS_XML_ENTER : PARSERS_XML_STOP;
}

/* clang-format off */
static const ParsersXmlRule body_rules[] = {
    { PARSERS_XML_W,    "document",      start_root,                 NULL                     },
    { PARSERS_XML_W,    "hdr",           start_root,                 NULL                     },
    { PARSERS_XML_W,    "ftr",           start_root,                 NULL                     },
    { PARSERS_XML_W,    "footnotes",     start_root,                 NULL                     },
    { PARSERS_XML_W,    "endnotes",      start_root,                 NULL                     },
    { PARSERS_XML_W,    "footnote",      start_note,                 NULL                     },
    { PARSERS_XML_W,    "endnote",       start_note,                 NULL                     },
    { PARSERS_XML_W,    "tbl",           start_table,                end_table                },
    { PARSERS_XML_W,    "tr",            start_row,                  end_row                  },
    { PARSERS_XML_W,    "gridBefore",    start_row_property,         NULL                     },
    { PARSERS_XML_W,    "tblHeader",     start_row_property,         NULL                     },
    { PARSERS_XML_W,    "tc",            start_cell,                 end_cell                 },
    { PARSERS_XML_W,    "tcPr",          start_cell_properties,      end_cell_properties      },
    { PARSERS_XML_W,    "gridSpan",      start_cell_property,        NULL                     },
    { PARSERS_XML_W,    "vMerge",        start_cell_property,        NULL                     },
    { PARSERS_XML_W,    "p",             start_paragraph,            end_paragraph            },
    { PARSERS_XML_W,    "pPr",           start_paragraph_properties, end_paragraph_properties },
    { PARSERS_XML_W,    "pStyle",        start_paragraph_property,   NULL                     },
    { PARSERS_XML_W,    "outlineLvl",    start_paragraph_property,   NULL                     },
    { PARSERS_XML_W,    "numId",         start_paragraph_property,   NULL                     },
    { PARSERS_XML_W,    "del",           start_deletion,             NULL                     },
    { PARSERS_XML_W,    "moveFrom",      parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "rt",            parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "sectPr",        parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "tblPr",         parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "tblPrEx",       parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "pPrChange",     parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "rPrChange",     parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "tcPrChange",    parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "trPrChange",    parsers_xml_skip,           NULL                     },
    { PARSERS_XML_W,    "txbxContent",   start_text_box,             end_text_box             },
};
/* clang-format on */

static bool
walk(ParsersDocxState *state, GBytes *bytes, GError **error)
{
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(ParsersXmlRule));
    ParsersXmlReader reader = {.text = parsers_docx_run_text};

    g_array_append_vals(rules, body_rules, G_N_ELEMENTS(body_rules));
    g_array_append_vals(rules, parsers_docx_run_rules, (guint)parsers_docx_run_n_rules);
    g_array_append_vals(rules, parsers_docx_control_rules, (guint)parsers_docx_control_n_rules);
    reader.rules = (const ParsersXmlRule *)(gpointer)rules->data;
    reader.n_rules = rules->len;
    if (!parsers_docx_control_survey(state, bytes, error))
        return false;
    push(state, PARSERS_DOCX_BLOCKS);
    if (!parsers_xml_read(bytes, &reader, state->limits, state, error))
        return false;
    return parsers_document_check(state->document, error);
}

bool
parsers_docx_body_read(GBytes *bytes, const ParsersDocxPart *part, bool *out_is_root,
                       GError **error)
{
    g_autoptr(GArray) contexts = g_array_new(FALSE, FALSE, sizeof(ParsersDocxContext));
    g_autoptr(GArray) controls = g_array_new(FALSE, FALSE, sizeof(ParsersDocxControl));
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(ParsersDocxField));
    g_autoptr(GHashTable) structures =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GByteArray) alternates = g_byte_array_new();
    ParsersDocxState state = {.document = part->document,
                              .limits = part->limits,
                              .styles = part->styles,
                              .root = part->root,
                              .contexts = contexts,
                              .controls = controls,
                              .fields = fields,
                              .structures = structures,
                              .alternates = alternates};
    bool ok = false;

    g_array_set_clear_func(controls, parsers_docx_control_clear);
    g_array_set_clear_func(fields, parsers_docx_control_clear_field);
    ok = walk(&state, bytes, error);
    g_free(state.picture);
    if (ok)
        *out_is_root = state.is_root;
    return ok;
}
