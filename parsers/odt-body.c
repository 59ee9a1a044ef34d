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
#include "parsers/odt-table.h"
#include "parsers/symbol.h"

#include <string.h>

enum {
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

ParsersOdtContext *
parsers_odt_body_push(ParsersOdtState *state, ParsersOdtLevel level)
{
    const ParsersOdtContext context = {.level = level};

    g_array_append_val(state->contexts, context);
    return parsers_odt_body_top(state);
}

void
parsers_odt_body_pop(ParsersOdtState *state)
{
    g_array_set_size(state->contexts, state->contexts->len - 1);
}

bool
parsers_odt_body_is_at(ParsersOdtState *state, ParsersOdtLevel level)
{
    const ParsersOdtContext *top = parsers_odt_body_top(state);

    return top != NULL && top->level == level;
}

bool
parsers_odt_body_takes_blocks(ParsersOdtState *state)
{
    return parsers_odt_body_top(state) != NULL &&
           !parsers_odt_body_is_at(state, PARSERS_ODT_TABLE) &&
           !parsers_odt_body_is_at(state, PARSERS_ODT_ROW);
}

void
parsers_odt_body_note(ParsersOdtState *state, bool ok)
{
    state->failed = state->failed || !ok;
}

ParsersXmlNext
parsers_odt_body_next(const ParsersOdtState *state)
{
    return state->failed ? PARSERS_XML_STOP : PARSERS_XML_ENTER;
}

guint
parsers_odt_body_number(const ParsersXmlElement *element, ParsersXmlSpace space, const char *name,
                        guint max)
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
    if (!parsers_odt_body_takes_blocks(state))
        return;
    if (parsers_odt_body_is_at(state, PARSERS_ODT_PARAGRAPH)) {
        parsers_odt_body_top(state)->was_space = false;
        parsers_odt_body_note(state, parsers_document_add_span(state->document, span));
        return;
    }
    parsers_odt_body_note(state, parsers_document_begin_paragraph(state->document, 0, false));
    parsers_odt_body_note(state, parsers_document_add_span(state->document, span));
    parsers_document_end_paragraph(state->document);
}

static void
put_text(ParsersOdtState *state, const char *text, gsize length)
{
    if (length == 0 || parsers_odt_control_take(state, text, length))
        return;
    parsers_odt_body_note(
        state, parsers_document_add_text(state->document, text, length, style_here(state)->flags));
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
    return parsers_odt_body_is_at(state, PARSERS_ODT_PARAGRAPH) && !style_here(state)->hidden &&
           !state->mark;
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
        n = parsers_odt_body_number(element, PARSERS_XML_TEXT, "c", SPACES_MAX);
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

    if (!parsers_odt_body_takes_blocks(state))
        return PARSERS_XML_SKIP;
    parsers_odt_control_flush(state);
    push_style(state, "paragraph", element, &plain);
    heading = style_here(state)->heading;
    if (strcmp(parsers_xml_name(element), "h") == 0)
        heading = parsers_odt_body_number(element, PARSERS_XML_TEXT, "outline-level", 6);
    parsers_odt_body_note(
        state, parsers_document_begin_paragraph(state->document, heading, state->lists > 0));
    parsers_odt_body_push(state, PARSERS_ODT_PARAGRAPH)->was_space = true;
    return parsers_odt_body_next(state);
}

static void
end_paragraph(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_odt_control_flush(state);
    parsers_document_end_paragraph(state->document);
    parsers_odt_body_pop(state);
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
    parsers_odt_body_push(state, PARSERS_ODT_BLOCKS);
    return PARSERS_XML_ENTER;
}

static void
end_region(gpointer user)
{
    ParsersOdtState *state = user;

    parsers_document_set_region(state->document, PARSERS_REGION_BODY);
    parsers_odt_body_pop(state);
}

static ParsersXmlNext
start_note(gpointer user, const ParsersXmlElement *element)
{
    if (!parsers_odt_body_takes_blocks(user))
        return PARSERS_XML_SKIP;
    parsers_odt_body_push(user, PARSERS_ODT_BLOCKS);
    return PARSERS_XML_ENTER;
}

static void
end_note(gpointer user)
{
    parsers_odt_body_pop(user);
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
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(ParsersXmlRule));
    ParsersXmlReader reader = {.text = on_text};

    g_array_append_vals(rules, body_rules, G_N_ELEMENTS(body_rules));
    g_array_append_vals(rules, parsers_odt_table_rules, (guint)parsers_odt_table_n_rules);
    g_array_append_vals(rules, parsers_odt_control_rules, (guint)parsers_odt_control_n_rules);
    reader.rules = (const ParsersXmlRule *)(gpointer)rules->data;
    reader.n_rules = rules->len;
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
