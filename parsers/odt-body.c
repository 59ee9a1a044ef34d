/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-body.c - blocks and text of an OpenDocument stream into the model.
 *
 * Tracked deletions, comments and hidden text are left out.  An element where
 * the schema does not allow it is passed over, so the builder is never called
 * out of order.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 5 to 10
 */
#include "config.h"

#include "parsers/odt-body.h"

#include "parsers/odt-control.h"
#include "parsers/symbol.h"

#include <string.h>

enum {
    COLUMNS_MAX = 1024,
    REPEAT_MAX = 64, /* equal cells beside one another, written as one */
    SPACES_MAX = 1000,
};

ParsersOdtContext *
parsers_odt_body_top(ParsersOdtState *state)
{
    if (state->contexts->len == 0)
        return NULL;
    return &g_array_index(state->contexts, ParsersOdtContext, state->contexts->len - 1);
}

static void
clear_context(gpointer data)
{
    ParsersOdtContext *context = data;

    g_clear_pointer(&context->reach, g_array_unref);
}

static ParsersOdtContext *
push(ParsersOdtState *state, ParsersOdtLevel level)
{
    const ParsersOdtContext context = {.level = level};

    g_array_append_val(state->contexts, context);
    return parsers_odt_body_top(state);
}

static void
pop(ParsersOdtState *state)
{
    g_array_set_size(state->contexts, state->contexts->len - 1);
}

static bool
at_level(ParsersOdtState *state, ParsersOdtLevel level)
{
    const ParsersOdtContext *top = parsers_odt_body_top(state);

    return top != NULL && top->level == level;
}

static bool
takes_blocks(ParsersOdtState *state)
{
    return parsers_odt_body_top(state) != NULL && !at_level(state, PARSERS_ODT_TABLE) &&
           !at_level(state, PARSERS_ODT_ROW);
}

static void
note(ParsersOdtState *state, bool ok)
{
    state->failed = state->failed || !ok;
}

static ParsersXmlNext
next(const ParsersOdtState *state)
{
    return state->failed ? PARSERS_XML_STOP : PARSERS_XML_ENTER;
}

static guint
number(const ParsersXmlElement *element, ParsersXmlSpace space, const char *name, guint max)
{
    g_autofree char *value = parsers_xml_attribute(element, space, name);
    guint64 parsed = value == NULL ? 1 : g_ascii_strtoull(value, NULL, 10);

    return (guint)CLAMP(parsed, 1, max);
}

/* ---- Text ---- */

static const ParsersOdtStyle *
style_here(const ParsersOdtState *state)
{
    static const ParsersOdtStyle plain;

    if (state->spans->len == 0)
        return &plain;
    return &g_array_index(state->spans, ParsersOdtStyle, state->spans->len - 1);
}

void
parsers_odt_body_put(ParsersOdtState *state, const ParsersSpan *span)
{
    if (!takes_blocks(state))
        return;
    if (at_level(state, PARSERS_ODT_PARAGRAPH)) {
        parsers_odt_body_top(state)->was_space = false;
        note(state, parsers_document_add_span(state->document, span));
        return;
    }
    note(state, parsers_document_begin_paragraph(state->document, 0, false));
    note(state, parsers_document_add_span(state->document, span));
    parsers_document_end_paragraph(state->document);
}

static void
put_text(ParsersOdtState *state, const char *text, gsize length)
{
    if (length == 0 || parsers_odt_control_take(state, text, length))
        return;
    note(state, parsers_document_add_text(state->document, text, length, style_here(state)->flags));
}

static void
put_box(ParsersOdtState *state, ParsersSymbol symbol)
{
    const ParsersSpan box = {.kind = PARSERS_SPAN_CHECKBOX,
                             .flags = style_here(state)->flags |
                                      (symbol == PARSERS_SYMBOL_TICKED ? PARSERS_SPAN_CHECKED : 0)};

    if (state->control.open && state->control.span.kind == PARSERS_SPAN_CHECKBOX)
        return;
    parsers_odt_control_flush(state);
    parsers_odt_body_put(state, &box);
}

static void
put_symbols(ParsersOdtState *state, const char *text, gsize length)
{
    const char *font = style_here(state)->font;
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

static bool
is_visible(ParsersOdtState *state)
{
    return at_level(state, PARSERS_ODT_PARAGRAPH) && !style_here(state)->hidden && !state->mark;
}

/* White space is folded: what a person typed stands as text:s, text:tab and text:line-break. */
static void
on_text(gpointer user, const char *text, gsize length)
{
    ParsersOdtState *state = user;
    ParsersOdtContext *paragraph = parsers_odt_body_top(state);
    g_autoptr(GString) folded = NULL;

    if (state->in_description && state->description->len < 4096)
        g_string_append_len(state->description, text, (gssize)length);
    if (state->in_description || !is_visible(state))
        return;
    folded = g_string_sized_new(length);
    for (gsize i = 0; i < length; i++) {
        bool space = text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r';

        if (!space || !paragraph->was_space)
            g_string_append_c(folded, space ? ' ' : text[i]);
        paragraph->was_space = space;
    }
    put_symbols(state, folded->str, folded->len);
}

static ParsersXmlNext
start_character(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    const char *name = parsers_xml_name(element);
    guint n = 1;
    char c = '\n';

    if (!is_visible(state))
        return PARSERS_XML_SKIP;
    if (strcmp(name, "s") == 0) {
        c = ' ';
        n = number(element, PARSERS_XML_TEXT, "c", SPACES_MAX);
    } else if (strcmp(name, "tab") == 0) {
        c = '\t';
    }
    for (guint i = 0; i < n; i++)
        put_text(state, &c, 1);
    parsers_odt_body_top(state)->was_space = false;
    return state->failed ? PARSERS_XML_STOP : PARSERS_XML_SKIP;
}

static void
push_style(ParsersOdtState *state, const char *family, const ParsersXmlElement *element,
           const ParsersOdtStyle *base)
{
    g_autofree char *name = parsers_xml_attribute(element, PARSERS_XML_TEXT, "style-name");
    ParsersOdtStyle style = *base;

    parsers_odt_styles_lay(state->styles, family, name, &style);
    g_array_append_val(state->spans, style);
}

static ParsersXmlNext
start_span(gpointer user, const ParsersXmlElement *element)
{
    push_style(user, "text", element, style_here(user));
    return PARSERS_XML_ENTER;
}

static void
end_span(gpointer user)
{
    ParsersOdtState *state = user;

    g_array_set_size(state->spans, state->spans->len - 1);
}

/* ---- Paragraphs ---- */

static ParsersXmlNext
start_paragraph(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    const ParsersOdtStyle plain = {0};
    guint heading = 0;

    if (!takes_blocks(state))
        return PARSERS_XML_SKIP;
    parsers_odt_control_flush(state);
    push_style(state, "paragraph", element, &plain);
    heading = style_here(state)->heading;
    if (strcmp(parsers_xml_name(element), "h") == 0)
        heading = number(element, PARSERS_XML_TEXT, "outline-level", 6);
    note(state, parsers_document_begin_paragraph(state->document, heading, state->lists > 0));
    push(state, PARSERS_ODT_PARAGRAPH)->was_space = true;
    return next(state);
}

static void
end_paragraph(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_odt_control_flush(state);
    parsers_document_end_paragraph(state->document);
    pop(state);
    g_array_set_size(state->spans, state->spans->len - 1);
}

static ParsersXmlNext
start_list(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersOdtState *)user)->lists++;
    return PARSERS_XML_ENTER;
}

static void
end_list(gpointer user)
{
    ((ParsersOdtState *)user)->lists--;
}

static ParsersXmlNext
start_hidden(gpointer user, const ParsersXmlElement *element)
{
    g_autofree char *hidden = parsers_xml_attribute(element, PARSERS_XML_TEXT, "is-hidden");
    g_autofree char *display = parsers_xml_attribute(element, PARSERS_XML_TEXT, "display");

    return g_strcmp0(hidden, "true") == 0 || g_strcmp0(display, "none") == 0 ? PARSERS_XML_SKIP
                                                                             : PARSERS_XML_ENTER;
}

/* ---- Tables ---- */

static ParsersXmlNext
start_table(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;

    if (!takes_blocks(state))
        return PARSERS_XML_SKIP;
    note(state, parsers_document_begin_table(state->document));
    push(state, PARSERS_ODT_TABLE)->reach = g_array_new(FALSE, TRUE, sizeof(ParsersOdtReach));
    return next(state);
}

static void
end_table(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_document_end_table(state->document);
    pop(state);
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

    if (!at_level(state, PARSERS_ODT_TABLE))
        return PARSERS_XML_SKIP;
    parsers_document_begin_row(state->document);
    row = push(state, PARSERS_ODT_ROW);
    row->column = 1;
    row->header = state->header_rows > 0;
    return next(state);
}

static void
end_row(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_document_end_row(state->document);
    pop(state);
}

static void
begin_cell(ParsersOdtState *state, guint column_span, bool continues)
{
    ParsersOdtContext *row = parsers_odt_body_top(state);

    note(state, parsers_document_begin_cell(state->document, row->column, column_span, continues));
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
    guint span = number(element, PARSERS_XML_TABLE, "number-columns-spanned", COLUMNS_MAX);
    guint rows = number(element, PARSERS_XML_TABLE, "number-rows-spanned", G_MAXINT);
    guint repeat = number(element, PARSERS_XML_TABLE, "number-columns-repeated", REPEAT_MAX);
    g_autofree char *name = parsers_xml_attribute(element, PARSERS_XML_TABLE, "style-name");
    ParsersOdtStyle style = {0};

    if (!at_level(state, PARSERS_ODT_ROW))
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
    push(state, PARSERS_ODT_CELL);
    return next(state);
}

static void
end_cell(gpointer user)
{
    ParsersOdtState *state = user;

    /* A field mark without an end must not swallow the next cell. */
    parsers_odt_control_flush(state);
    state->control.open = false;
    parsers_document_end_cell(state->document);
    pop(state);
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
    guint n = number(element, PARSERS_XML_TABLE, "number-columns-repeated", COLUMNS_MAX);

    for (; at_level(state, PARSERS_ODT_ROW) && n > 0; n--)
        cover(state);
    return PARSERS_XML_SKIP;
}

/* ---- Where text stands ---- */

static ParsersXmlNext
start_region(gpointer user, const ParsersXmlElement *element)
{
    ParsersOdtState *state = user;
    const char *name = parsers_xml_name(element);

    if (state->contexts->len > 0)
        return PARSERS_XML_SKIP;
    if (g_str_has_prefix(name, "header"))
        parsers_document_set_region(state->document, PARSERS_REGION_HEADER);
    else if (g_str_has_prefix(name, "footer"))
        parsers_document_set_region(state->document, PARSERS_REGION_FOOTER);
    else
        state->saw_text = true;
    push(state, PARSERS_ODT_BLOCKS);
    return PARSERS_XML_ENTER;
}

static void
end_region(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_document_set_region(state->document, PARSERS_REGION_BODY);
    pop(state);
}

static ParsersXmlNext
start_note(gpointer user, const ParsersXmlElement *element)
{
    if (!takes_blocks(user))
        return PARSERS_XML_SKIP;
    push(user, PARSERS_ODT_BLOCKS);
    return PARSERS_XML_ENTER;
}

static void
end_note(gpointer user)
{
    pop(user);
}

static ParsersXmlNext
start_style(gpointer user, const ParsersXmlElement *element)
{
    parsers_odt_styles_begin(((ParsersOdtState *)user)->styles, element);
    return PARSERS_XML_ENTER;
}

static void
end_style(gpointer user)
{
    parsers_odt_styles_end(((ParsersOdtState *)user)->styles);
}

static ParsersXmlNext
start_properties(gpointer user, const ParsersXmlElement *element)
{
    parsers_odt_styles_add(((ParsersOdtState *)user)->styles, element);
    return PARSERS_XML_ENTER;
}

/* ---- Pictures ---- */

static ParsersXmlNext
start_image(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersOdtState *)user)->has_image = true;
    return PARSERS_XML_SKIP;
}

static ParsersXmlNext
start_description(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersOdtState *)user)->in_description = true;
    return PARSERS_XML_ENTER;
}

static void
end_description(gpointer user)
{
    ((ParsersOdtState *)user)->in_description = false;
}

/* The description comes after the picture, so the span is made when the frame ends. */
static void
end_frame(gpointer user)
{
    ParsersOdtState *state = user;
    const ParsersSpan span = {.kind = PARSERS_SPAN_IMAGE, .text = state->description->str};

    if (state->has_image)
        parsers_odt_body_put(state, &span);
    state->has_image = false;
    g_string_truncate(state->description, 0);
}

/* clang-format off */
static const ParsersXmlRule body_rules[] = {
    { PARSERS_XML_OFFICE, "text",                  start_region,      end_region      },
    { PARSERS_XML_STYLE,  "header",                start_region,      end_region      },
    { PARSERS_XML_STYLE,  "header-first",          start_region,      end_region      },
    { PARSERS_XML_STYLE,  "header-left",           start_region,      end_region      },
    { PARSERS_XML_STYLE,  "footer",                start_region,      end_region      },
    { PARSERS_XML_STYLE,  "footer-first",          start_region,      end_region      },
    { PARSERS_XML_STYLE,  "footer-left",           start_region,      end_region      },
    { PARSERS_XML_STYLE,  "style",                 start_style,       end_style       },
    { PARSERS_XML_STYLE,  "text-properties",       start_properties,  NULL            },
    { PARSERS_XML_STYLE,  "table-cell-properties", start_properties,  NULL            },
    { PARSERS_XML_TEXT,   "p",                     start_paragraph,   end_paragraph   },
    { PARSERS_XML_TEXT,   "h",                     start_paragraph,   end_paragraph   },
    { PARSERS_XML_TEXT,   "span",                  start_span,        end_span        },
    { PARSERS_XML_TEXT,   "list",                  start_list,        end_list        },
    { PARSERS_XML_TEXT,   "s",                     start_character,   NULL            },
    { PARSERS_XML_TEXT,   "tab",                   start_character,   NULL            },
    { PARSERS_XML_TEXT,   "line-break",            start_character,   NULL            },
    { PARSERS_XML_TEXT,   "note-body",             start_note,        end_note        },
    { PARSERS_XML_TEXT,   "note-citation",         parsers_xml_skip,  NULL            },
    { PARSERS_XML_TEXT,   "ruby-text",             parsers_xml_skip,  NULL            },
    { PARSERS_XML_TEXT,   "tracked-changes",       parsers_xml_skip,  NULL            },
    { PARSERS_XML_TEXT,   "hidden-text",           start_hidden,      NULL            },
    { PARSERS_XML_TEXT,   "hidden-paragraph",      start_hidden,      NULL            },
    { PARSERS_XML_TEXT,   "section",               start_hidden,      NULL            },
    { PARSERS_XML_OFFICE, "annotation",            parsers_xml_skip,  NULL            },
    { PARSERS_XML_OFFICE, "binary-data",           parsers_xml_skip,  NULL            },
    { PARSERS_XML_TABLE,  "table",                 start_table,       end_table       },
    { PARSERS_XML_TABLE,  "table-header-rows",     start_header_rows, end_header_rows },
    { PARSERS_XML_TABLE,  "table-row",             start_row,         end_row         },
    { PARSERS_XML_TABLE,  "table-cell",            start_cell,        end_cell        },
    { PARSERS_XML_TABLE,  "covered-table-cell",    start_covered,     NULL            },
    { PARSERS_XML_DRAW,   "frame",                 NULL,              end_frame       },
    { PARSERS_XML_DRAW,   "image",                 start_image,       NULL            },
    { PARSERS_XML_DRAW,   "object",                parsers_xml_skip,  NULL            },
    { PARSERS_XML_DRAW,   "object-ole",            parsers_xml_skip,  NULL            },
    { PARSERS_XML_SVG,    "desc",                  start_description, end_description },
    { PARSERS_XML_SVG,    "title",                 parsers_xml_skip,  NULL            },
};
/* clang-format on */

static bool
walk(ParsersOdtState *state, GBytes *bytes, GError **error)
{
    gsize n = G_N_ELEMENTS(body_rules);
    g_autofree ParsersXmlRule *rules = g_new(ParsersXmlRule, n + parsers_odt_control_n_rules);
    const ParsersXmlReader reader = {
        .rules = rules, .n_rules = n + parsers_odt_control_n_rules, .text = on_text};

    memcpy(rules, body_rules, sizeof(body_rules));
    memcpy(rules + n, parsers_odt_control_rules,
           parsers_odt_control_n_rules * sizeof(ParsersXmlRule));
    return parsers_xml_read(bytes, &reader, state->limits, state, error) &&
           parsers_document_check(state->document, error);
}

bool
parsers_odt_body_read(GBytes *bytes, bool is_text, ParsersOdtStyles *styles,
                      ParsersDocument *document, const ParsersLimits *limits, GError **error)
{
    g_autoptr(GArray) contexts = g_array_new(FALSE, TRUE, sizeof(ParsersOdtContext));
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(ParsersOdtStyle));
    g_autoptr(GString) description = g_string_new(NULL);
    ParsersOdtState state = {.document = document,
                             .limits = limits,
                             .styles = styles,
                             .contexts = contexts,
                             .spans = spans,
                             .description = description};
    bool ok = false;

    g_array_set_clear_func(contexts, clear_context);
    parsers_odt_control_init(&state);
    ok = walk(&state, bytes, error);
    parsers_odt_control_clear(&state);
    if (ok && is_text && !state.saw_text)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "not an OpenDocument text");
    return ok;
}
