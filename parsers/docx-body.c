/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-body.c - blocks and runs of WordprocessingML into the model.
 *
 * Tracked changes are read as accepted, hidden text is left out.  An element
 * where the schema does not allow it is passed over, so the builder is never
 * called out of order.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.3 and 17.4
 */
#include "config.h"

#include "parsers/docx-body.h"

#include "parsers/docx-control.h"
#include "parsers/symbol.h"

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

static ParsersXmlNext
next(const ParsersDocxState *state)
{
    return state->failed ? PARSERS_XML_STOP : PARSERS_XML_ENTER;
}

static void
note(ParsersDocxState *state, bool ok)
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
    note(state,
         parsers_document_begin_cell(state->document, cell->column, cell->span, cell->continues));
    parsers_document_mark_cell(state->document, row->header, cell->shaded);
}

static ParsersXmlNext
start_table(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    if (!holds_blocks(parsers_docx_body_top(state)->level))
        return PARSERS_XML_SKIP;
    begin_cell(state);
    note(state, parsers_document_begin_table(state->document));
    push(state, PARSERS_DOCX_TABLE);
    return next(state);
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
    return next(state);
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
    return next(state);
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
        note(state, parsers_document_begin_paragraph(state->document, paragraph->style.heading,
                                                     paragraph->style.list_item));
    paragraph->begun = true;
    return true;
}

/* What lies inside a paragraph in the file stands after it, so that it must have begun. */
static void
leave_paragraph(ParsersDocxState *state)
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
    leave_paragraph(state);
    push(state, PARSERS_DOCX_PARAGRAPH);
    return next(state);
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
    leave_paragraph(state);
    push(state, PARSERS_DOCX_BLOCKS);
    return next(state);
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

/* ---- Runs ---- */

static ParsersXmlNext
start_run(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxContext *paragraph = parsers_docx_body_top(state);

    if (paragraph->level != PARSERS_DOCX_PARAGRAPH)
        return PARSERS_XML_SKIP;
    paragraph->in_run = true;
    paragraph->format = paragraph->style.format;
    paragraph->font[0] = '\0';
    return next(state);
}

static void
end_run(gpointer user)
{
    parsers_docx_body_top(user)->in_run = false;
}

static ParsersXmlNext
start_format(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    state->in_format = parsers_docx_body_top(state)->in_run;
    return state->in_format ? PARSERS_XML_ENTER : PARSERS_XML_SKIP;
}

static void
end_format(gpointer user)
{
    ((ParsersDocxState *)user)->in_format = false;
}

static ParsersXmlNext
start_format_property(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    ParsersDocxContext *top = parsers_docx_body_top(state);
    const char *name = parsers_xml_name(element);
    ParsersDocxStyle style;
    g_autofree char *value = NULL;

    if (state->in_cell_properties && strcmp(name, "shd") == 0)
        top->shaded = parsers_docx_styles_is_shaded(element);
    if (!state->in_format)
        return PARSERS_XML_ENTER;
    if (strcmp(name, "rStyle") == 0) {
        value = parsers_xml_attribute(element, PARSERS_XML_W, "val");
        style = parsers_docx_styles_look_up(state->styles, value);
        parsers_docx_styles_lay(&top->format, &style.format);
    } else if (strcmp(name, "rFonts") == 0) {
        value = parsers_xml_attribute(element, PARSERS_XML_W, "ascii");
        g_strlcpy(top->font, value == NULL ? "" : value, sizeof(top->font));
    } else {
        parsers_docx_styles_format(&top->format, element);
    }
    return PARSERS_XML_ENTER;
}

static void
put_text(ParsersDocxState *state, const char *text, gsize length)
{
    guint flags = parsers_docx_body_top(state)->format.flags;

    if (length == 0 || parsers_docx_control_take(state, text, length, flags))
        return;
    if (parsers_docx_body_paragraph(state))
        note(state, parsers_document_add_text(state->document, text, length, flags));
}

static void
put_box(ParsersDocxState *state, ParsersSymbol symbol)
{
    const ParsersSpan span = {.kind = PARSERS_SPAN_CHECKBOX,
                              .text = (char *)"",
                              .flags =
                                  parsers_docx_body_top(state)->format.flags |
                                  (symbol == PARSERS_SYMBOL_TICKED ? PARSERS_SPAN_CHECKED : 0)};

    /* The picture of a check box that is a control of its own tells nothing new. */
    if (parsers_docx_control_is_box(state))
        return;
    parsers_docx_control_flush(state);
    if (parsers_docx_body_paragraph(state))
        note(state, parsers_document_add_span(state->document, &span));
}

/* Whether text in the open run would be seen. */
static bool
is_visible(ParsersDocxState *state)
{
    const ParsersDocxContext *top = parsers_docx_body_top(state);

    return top->level == PARSERS_DOCX_PARAGRAPH && top->in_run && !top->format.hidden &&
           !parsers_docx_control_hides(state);
}

/* Text that may hold characters of a picture font. */
static void
put_symbols(ParsersDocxState *state, const char *text, gsize length)
{
    const char *font = parsers_docx_body_top(state)->font;
    const char *end = text + length;
    const char *pending = text;

    for (const char *at = text; at < end; at = g_utf8_next_char(at)) {
        ParsersSymbol symbol =
            parsers_symbol_look_up(*font == '\0' ? NULL : font, g_utf8_get_char(at));

        if (symbol == PARSERS_SYMBOL_OTHER)
            continue;
        put_text(state, pending, (gsize)(at - pending));
        put_box(state, symbol);
        pending = g_utf8_next_char(at);
    }
    put_text(state, pending, (gsize)(end - pending));
}

static void
on_text(gpointer user, const char *text, gsize length)
{
    ParsersDocxState *state = user;

    if (state->in_text && is_visible(state))
        put_symbols(state, text, length);
}

static ParsersXmlNext
start_text(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersDocxState *)user)->in_text = true;
    return PARSERS_XML_ENTER;
}

static void
end_text(gpointer user)
{
    ((ParsersDocxState *)user)->in_text = false;
}

static ParsersXmlNext
start_character(gpointer user, const ParsersXmlElement *element)
{
    /* clang-format off */
    static const struct {
        const char *name;
        const char *text;
    } characters[] = {
        { "tab", "\t" }, { "ptab", "\t" }, { "br", "\n" }, { "cr", "\n" }, { "noBreakHyphen", "-" },
    };
    /* clang-format on */
    ParsersDocxState *state = user;

    if (state->in_format || !is_visible(state))
        return PARSERS_XML_ENTER;
    for (gsize i = 0; i < G_N_ELEMENTS(characters); i++) {
        if (strcmp(parsers_xml_name(element), characters[i].name) == 0)
            put_text(state, characters[i].text, 1);
    }
    return next(state);
}

static ParsersXmlNext
start_symbol(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    g_autofree char *font = parsers_xml_attribute(element, PARSERS_XML_W, "font");
    g_autofree char *code = parsers_xml_attribute(element, PARSERS_XML_W, "char");
    gunichar c = code == NULL ? 0 : (gunichar)g_ascii_strtoull(code, NULL, 16);
    ParsersSymbol symbol = parsers_symbol_look_up(font, c);
    char utf8[6];

    if (!is_visible(state))
        return PARSERS_XML_ENTER;
    if (symbol != PARSERS_SYMBOL_OTHER)
        put_box(state, symbol);
    else if (c >= 0x20 && g_unichar_validate(c))
        put_text(state, utf8, (gsize)g_unichar_to_utf8(c, utf8));
    return next(state);
}

/* ---- Drawings and alternatives ---- */

static ParsersXmlNext
start_drawing_properties(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    g_free(state->picture);
    state->picture = parsers_xml_attribute(element, PARSERS_XML_NONE, "descr");
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_picture(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    const ParsersSpan span = {.kind = PARSERS_SPAN_IMAGE, .text = state->picture};

    if (is_visible(state)) {
        leave_paragraph(state);
        note(state, parsers_document_add_span(state->document, &span));
    }
    g_clear_pointer(&state->picture, g_free);
    return next(state);
}

static ParsersXmlNext
start_alternates(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;

    g_byte_array_append(state->alternates, (const guint8 *)"", 1);
    return PARSERS_XML_ENTER;
}

static void
end_alternates(gpointer user)
{
    ParsersDocxState *state = user;

    g_byte_array_set_size(state->alternates, state->alternates->len - 1);
}

/* The first alternative is as good as any: text is text in all of them. */
static ParsersXmlNext
start_alternate(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    guint8 *taken = NULL;

    if (state->alternates->len == 0)
        return PARSERS_XML_SKIP;
    taken = &state->alternates->data[state->alternates->len - 1];
    if (*taken != 0)
        return PARSERS_XML_SKIP;
    *taken = 1;
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
    { PARSERS_XML_W,    "r",             start_run,                  end_run                  },
    { PARSERS_XML_W,    "rPr",           start_format,               end_format               },
    { PARSERS_XML_W,    "rStyle",        start_format_property,      NULL                     },
    { PARSERS_XML_W,    "rFonts",        start_format_property,      NULL                     },
    { PARSERS_XML_W,    "b",             start_format_property,      NULL                     },
    { PARSERS_XML_W,    "u",             start_format_property,      NULL                     },
    { PARSERS_XML_W,    "strike",        start_format_property,      NULL                     },
    { PARSERS_XML_W,    "dstrike",       start_format_property,      NULL                     },
    { PARSERS_XML_W,    "highlight",     start_format_property,      NULL                     },
    { PARSERS_XML_W,    "shd",           start_format_property,      NULL                     },
    { PARSERS_XML_W,    "vanish",        start_format_property,      NULL                     },
    { PARSERS_XML_W,    "t",             start_text,                 end_text                 },
    { PARSERS_XML_W,    "tab",           start_character,            NULL                     },
    { PARSERS_XML_W,    "ptab",          start_character,            NULL                     },
    { PARSERS_XML_W,    "br",            start_character,            NULL                     },
    { PARSERS_XML_W,    "cr",            start_character,            NULL                     },
    { PARSERS_XML_W,    "noBreakHyphen", start_character,            NULL                     },
    { PARSERS_XML_W,    "sym",           start_symbol,               NULL                     },
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
    { PARSERS_XML_WP,   "docPr",         start_drawing_properties,   NULL                     },
    { PARSERS_XML_PIC,  "pic",           start_picture,              NULL                     },
    { PARSERS_XML_V,    "imagedata",     start_picture,              NULL                     },
    { PARSERS_XML_MATH, "t",             start_text,                 end_text                 },
    { PARSERS_XML_MC,   "AlternateContent", start_alternates,        end_alternates           },
    { PARSERS_XML_MC,   "Choice",        start_alternate,            NULL                     },
    { PARSERS_XML_MC,   "Fallback",      start_alternate,            NULL                     },
};
/* clang-format on */

static bool
walk(ParsersDocxState *state, GBytes *bytes, GError **error)
{
    gsize n = G_N_ELEMENTS(body_rules);
    g_autofree ParsersXmlRule *rules = g_new(ParsersXmlRule, n + parsers_docx_control_n_rules);
    ParsersXmlReader reader = {
        .rules = rules, .n_rules = n + parsers_docx_control_n_rules, .text = on_text};

    memcpy(rules, body_rules, sizeof(body_rules));
    memcpy(rules + n, parsers_docx_control_rules,
           parsers_docx_control_n_rules * sizeof(ParsersXmlRule));
    if (!parsers_docx_control_survey(state, bytes, error))
        return false;
    push(state, PARSERS_DOCX_BLOCKS);
    if (!parsers_xml_read(bytes, &reader, state->limits, state, error))
        return false;
    return parsers_document_check(state->document, error);
}

bool
parsers_docx_body_read(GBytes *bytes, const char *root, const ParsersDocxStyles *styles,
                       ParsersDocument *document, const ParsersLimits *limits, bool *out_is_root,
                       GError **error)
{
    g_autoptr(GArray) contexts = g_array_new(FALSE, FALSE, sizeof(ParsersDocxContext));
    g_autoptr(GArray) controls = g_array_new(FALSE, FALSE, sizeof(ParsersDocxControl));
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(ParsersDocxField));
    g_autoptr(GHashTable) structures =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GByteArray) alternates = g_byte_array_new();
    ParsersDocxState state = {.document = document,
                              .limits = limits,
                              .styles = styles,
                              .root = root,
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
