/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-run.c - text, symbols and pictures of a paragraph into spans.
 *
 * Hidden text is left out; of alternatives one is taken.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.3.2 and 20.4; part 3
 */
#include "config.h"

#include "parsers/docx-run.h"

#include "parsers/docx-control.h"
#include "parsers/symbol.h"

#include <string.h>

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
    return parsers_docx_body_next(state);
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
        parsers_docx_body_note(state,
                               parsers_document_add_text(state->document, text, length, flags));
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
        parsers_docx_body_note(state, parsers_document_add_span(state->document, &span));
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

void
parsers_docx_run_text(gpointer user, const char *text, gsize length)
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
    return parsers_docx_body_next(state);
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
    return parsers_docx_body_next(state);
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
        parsers_docx_body_leave(state);
        parsers_docx_body_note(state, parsers_document_add_span(state->document, &span));
    }
    g_clear_pointer(&state->picture, g_free);
    return parsers_docx_body_next(state);
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

/* The first alternative is as good as any, as text is text in all of them, but for signs that only
 * the newest Word names by number: what stands in for them is the sign itself. */
static ParsersXmlNext
start_alternate(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxState *state = user;
    g_autofree char *needs = parsers_xml_attribute(element, PARSERS_XML_NONE, "Requires");
    guint8 *taken = NULL;

    if (state->alternates->len == 0 || (needs != NULL && strcmp(needs, "w16se") == 0))
        return PARSERS_XML_SKIP;
    taken = &state->alternates->data[state->alternates->len - 1];
    if (*taken != 0)
        return PARSERS_XML_SKIP;
    *taken = 1;
    return PARSERS_XML_ENTER;
}

/* clang-format off */
const ParsersXmlRule parsers_docx_run_rules[] = {
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
    { PARSERS_XML_WP,   "docPr",         start_drawing_properties,   NULL                     },
    { PARSERS_XML_PIC,  "pic",           start_picture,              NULL                     },
    { PARSERS_XML_V,    "imagedata",     start_picture,              NULL                     },
    { PARSERS_XML_MATH, "t",             start_text,                 end_text                 },
    { PARSERS_XML_MC,   "AlternateContent", start_alternates,        end_alternates           },
    { PARSERS_XML_MC,   "Choice",        start_alternate,            NULL                     },
    { PARSERS_XML_MC,   "Fallback",      start_alternate,            NULL                     },
};
/* clang-format on */
const gsize parsers_docx_run_n_rules = G_N_ELEMENTS(parsers_docx_run_rules);
