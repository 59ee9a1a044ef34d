/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/html.c - HTML into the neutral document.
 *
 * libxml2 repairs the tags and calls back; nothing is fetched, no entity is
 * expanded but the standard's own, and no tree is built.
 *
 * Runs in:  postern-parser.
 * Source:   the HTML standard, as mail programs write it; doc/reading.md
 */
#include "config.h"

#include "parsers/html.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/charset.h"
#include "parsers/html-style.h"
#include "parsers/html-table.h"

enum {
    CHUNK = 16 * 1024,
    META_BYTES = 4096, /* where the charset must be said */
};

/* What is undone when an element ends. */
typedef struct {
    ParsersHtmlKind kind;
    guint flags;
    guint heading;
    bool list_item;
    bool preformatted;
    ParsersRegion region;
    bool opened_table;
} Element;

typedef struct {
    ParsersDocument *document;
    const ParsersLimits *limits;
    htmlParserCtxtPtr parser;
    GArray *elements; /* Element */
    ParsersHtmlTables *tables;
    guint too_deep; /* open elements beyond the limit on depth */
    guint hidden;   /* open elements whose content is not shown */
    guint flags;
    guint heading;
    bool list_item;
    bool preformatted;
    bool in_paragraph;
    bool space; /* white space was seen and not yet written */
    bool quote_rest;
    ParsersRegion region;
    GString *capture; /* text of a text area or option, or NULL */
    char *control;    /* name of the select or text area that is open */
    bool selected;    /* the option that is open is the chosen one */
} Reader;

static void
end_paragraph(Reader *r)
{
    if (r->in_paragraph)
        parsers_document_end_paragraph(r->document);
    r->in_paragraph = false;
    r->space = false;
}

static void
begin_table(Reader *r)
{
    end_paragraph(r);
    parsers_document_set_region(r->document, r->region);
    if (!parsers_html_tables_begin_table(r->tables))
        xmlStopParser(r->parser);
}

/* ---- text ---- */

static void
need_paragraph(Reader *r)
{
    if (r->in_paragraph)
        return;
    /* Text between <table> and <td> is shown by browsers, so it is kept in a cell of its own. */
    parsers_html_tables_need_cell(r->tables);
    parsers_document_set_region(r->document, r->region);
    if (!parsers_document_begin_paragraph(r->document, r->heading, r->list_item)) {
        xmlStopParser(r->parser);
        return;
    }
    r->in_paragraph = true;
    r->space = false;
}

static void
add_text(Reader *r, const char *text, gsize length)
{
    if (r->in_paragraph && !parsers_document_add_text(r->document, text, length, r->flags))
        xmlStopParser(r->parser);
}

/* Is there white space at p?  Its length, with the no-break space counted as one. */
static gsize
space_length(const char *p, gsize left)
{
    if (g_ascii_isspace(*p))
        return 1;
    return left >= 2 && memcmp(p, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

/* White space is folded over elements, as a browser does. */
static void
add_folded(Reader *r, const char *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        gsize n = space_length(text + i, length - i);

        if (n > 0) {
            r->space = r->in_paragraph;
            i += n;
            continue;
        }
        while (i + n < length && space_length(text + i + n, length - i - n) == 0)
            n++;
        need_paragraph(r);
        if (r->space)
            add_text(r, " ", 1);
        r->space = false;
        add_text(r, text + i, n);
        i += n;
    }
}

/* Each line of preformatted text is a paragraph. */
static void
add_lines(Reader *r, const char *text, gsize length)
{
    for (gsize i = 0; i < length;) {
        const char *newline = memchr(text + i, '\n', length - i);
        const gsize end = newline != NULL ? (gsize)(newline - text) : length;

        if (end > i) {
            need_paragraph(r);
            add_text(r, text + i, end - i - (text[end - 1] == '\r'));
        }
        if (newline != NULL)
            end_paragraph(r);
        i = end + 1;
    }
}

static void
on_characters(void *data, const xmlChar *text, int length)
{
    Reader *r = data;

    if (r->hidden > 0 || length <= 0)
        return;
    if (r->capture != NULL) {
        if (r->capture->len < r->limits->document_text_bytes)
            g_string_append_len(r->capture, (const char *)text, length);
    } else if (r->preformatted) {
        add_lines(r, (const char *)text, (gsize)length);
    } else {
        add_folded(r, (const char *)text, (gsize)length);
    }
}

/* ---- controls and pictures ---- */

static void
add_span(Reader *r, ParsersSpanKind kind, guint flags, const char *text, const char *name)
{
    g_autofree char *own_text = g_utf8_make_valid(text != NULL ? text : "", -1);
    g_autofree char *own_name = name != NULL ? g_utf8_make_valid(name, -1) : NULL;
    const ParsersSpan span = {.kind = kind, .flags = flags, .text = own_text, .name = own_name};

    need_paragraph(r);
    if (r->in_paragraph && !parsers_document_add_span(r->document, &span))
        xmlStopParser(r->parser);
}

static void
add_input(Reader *r, const char *const *attributes)
{
    const char *type = parsers_html_attribute(attributes, "type");
    const char *name = parsers_html_attribute(attributes, "name");
    const bool radio = type != NULL && g_ascii_strcasecmp(type, "radio") == 0;
    guint flags = radio ? PARSERS_SPAN_RADIO : 0;

    if (type != NULL && (radio || g_ascii_strcasecmp(type, "checkbox") == 0)) {
        if (parsers_html_attribute(attributes, "checked") != NULL)
            flags |= PARSERS_SPAN_CHECKED;
        add_span(r, PARSERS_SPAN_CHECKBOX, flags, "", name);
    } else if (type == NULL || strstr("hidden submit button image reset password", type) == NULL) {
        add_span(r, PARSERS_SPAN_CONTROL, 0, parsers_html_attribute(attributes, "value"), name);
    }
}

static void
begin_capture(Reader *r, const char *const *attributes, bool keep_name)
{
    if (r->capture == NULL)
        r->capture = g_string_new(NULL);
    g_string_truncate(r->capture, 0);
    if (!keep_name) {
        g_free(r->control);
        r->control = g_strdup(parsers_html_attribute(attributes, "name"));
    }
    r->selected = parsers_html_attribute(attributes, "selected") != NULL;
}

static void
end_capture(Reader *r, bool add, guint flags)
{
    g_autoptr(GString) text = g_steal_pointer(&r->capture);

    if (text == NULL)
        return;
    g_strstrip(text->str);
    if (add)
        add_span(r, PARSERS_SPAN_CONTROL, flags, text->str, r->control);
}

/* ---- elements ---- */

static void
begin_kind(Reader *r, const ParsersHtmlStyle *style, const char *tag, const char *const *attributes)
{
    switch (style->kind) {
    case PARSERS_HTML_BLOCK:
    case PARSERS_HTML_BREAK:
        end_paragraph(r);
        break;
    case PARSERS_HTML_TABLE:
        begin_table(r);
        break;
    case PARSERS_HTML_ROW:
        end_paragraph(r);
        parsers_html_tables_begin_row(r->tables);
        break;
    case PARSERS_HTML_CELL:
        end_paragraph(r);
        parsers_html_tables_begin_cell(r->tables, attributes, g_ascii_strcasecmp(tag, "th") == 0,
                                       style->shaded);
        break;
    case PARSERS_HTML_INPUT:
        add_input(r, attributes);
        break;
    case PARSERS_HTML_IMAGE:
        add_span(r, PARSERS_SPAN_IMAGE, 0, parsers_html_attribute(attributes, "alt"), NULL);
        break;
    case PARSERS_HTML_SELECT:
    case PARSERS_HTML_TEXTAREA:
    case PARSERS_HTML_PROMPT:
    case PARSERS_HTML_OPTION:
        begin_capture(r, attributes, style->kind == PARSERS_HTML_OPTION);
        break;
    case PARSERS_HTML_INLINE:
    case PARSERS_HTML_HIDDEN:
        break;
    }
}

static void
end_kind(Reader *r, const Element *element)
{
    switch (element->kind) {
    case PARSERS_HTML_BLOCK:
        end_paragraph(r);
        break;
    case PARSERS_HTML_TABLE:
        end_paragraph(r);
        if (element->opened_table)
            parsers_html_tables_end_table(r->tables);
        break;
    case PARSERS_HTML_ROW:
        end_paragraph(r);
        parsers_html_tables_end_row(r->tables);
        break;
    case PARSERS_HTML_CELL:
        end_paragraph(r);
        parsers_html_tables_end_cell(r->tables);
        break;
    case PARSERS_HTML_TEXTAREA:
        end_capture(r, true, 0);
        break;
    case PARSERS_HTML_PROMPT:
        end_capture(r, true, PARSERS_SPAN_PLACEHOLDER);
        break;
    case PARSERS_HTML_OPTION:
        end_capture(r, r->selected, PARSERS_SPAN_LIST);
        break;
    case PARSERS_HTML_SELECT:
        end_capture(r, false, 0);
        break;
    default:
        break;
    }
}

static void
on_start(void *data, const xmlChar *name, const xmlChar **xml_attributes)
{
    Reader *r = data;
    const char *tag = (const char *)name;
    const char *const *attributes = (const char *const *)xml_attributes;
    Element element = {.flags = r->flags,
                       .heading = r->heading,
                       .list_item = r->list_item,
                       .preformatted = r->preformatted,
                       .region = r->region};
    const ParsersHtmlQuote quote = parsers_html_quote(tag, attributes);
    const guint tables = parsers_html_tables_depth(r->tables);
    ParsersHtmlStyle style;

    if (r->elements->len >= r->limits->xml_depth) {
        r->too_deep++;
        return;
    }
    style = parsers_html_style(tag, attributes, &r->flags);
    element.kind = style.kind;
    if (style.kind == PARSERS_HTML_HIDDEN)
        r->hidden++;
    if (r->hidden == 0) {
        if (quote != PARSERS_HTML_NO_QUOTE) {
            end_paragraph(r);
            r->region = PARSERS_REGION_QUOTE;
            r->quote_rest = r->quote_rest || quote == PARSERS_HTML_QUOTE_REST;
        }
        begin_kind(r, &style, tag, attributes);
    }
    r->heading = style.heading > 0 ? style.heading : r->heading;
    r->list_item = style.list_item || r->list_item;
    r->preformatted = style.preformatted || r->preformatted;
    element.opened_table = parsers_html_tables_depth(r->tables) > tables;
    g_array_append_val(r->elements, element);
}

static void
on_end(void *data, const xmlChar *name)
{
    Reader *r = data;
    Element element;

    (void)name;
    if (r->too_deep > 0) {
        r->too_deep--;
        return;
    }
    if (r->elements->len == 0)
        return;
    element = g_array_index(r->elements, Element, r->elements->len - 1);
    g_array_set_size(r->elements, r->elements->len - 1);
    if (element.kind == PARSERS_HTML_HIDDEN)
        r->hidden--;
    else if (r->hidden == 0)
        end_kind(r, &element);
    if (element.region != r->region && !r->quote_rest) {
        end_paragraph(r);
        r->region = element.region;
    }
    r->flags = element.flags;
    r->heading = element.heading;
    r->list_item = element.list_item;
    r->preformatted = element.preformatted;
}

/* ---- the whole file ---- */

static void
parse(Reader *r, const char *text)
{
    htmlSAXHandler sax = {.startElement = on_start,
                          .endElement = on_end,
                          .characters = on_characters,
                          .cdataBlock = on_characters,
                          .ignorableWhitespace = on_characters};
    const gsize size = strlen(text);

    r->parser = htmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (r->parser == NULL)
        return;
    htmlCtxtUseOptions(r->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                      HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    for (gsize i = 0; i < size && !r->parser->disableSAX; i += CHUNK)
        htmlParseChunk(r->parser, text + i, (int)MIN(size - i, CHUNK), 0);
    htmlParseChunk(r->parser, "", 0, 1);
    htmlFreeParserCtxt(r->parser);
}

/* Elements that were never closed, or were open when parsing stopped. */
static void
close_all(Reader *r)
{
    end_paragraph(r);
    while (parsers_html_tables_depth(r->tables) > 0)
        parsers_html_tables_end_table(r->tables);
}

bool
parsers_html_read_text(const char *text, const ParsersLimits *limits,
                       ParsersDocument **out_document, GError **error)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(limits);
    Reader r = {.document = document, .limits = limits};

    r.elements = g_array_new(FALSE, FALSE, sizeof(Element));
    r.tables = parsers_html_tables_new(document);
    parse(&r, text);
    close_all(&r);
    g_array_unref(r.elements);
    parsers_html_tables_free(r.tables);
    g_free(r.control);
    if (r.capture != NULL)
        g_string_free(r.capture, TRUE);
    if (!parsers_document_check(document, error))
        return false;
    *out_document = g_steal_pointer(&document);
    return true;
}

/* What a meta element near the top says; the caller frees. */
static char *
meta_charset(const char *data, gsize size)
{
    g_autofree char *head = g_ascii_strdown(data, (gssize)MIN(size, META_BYTES));
    const char *start = strstr(head, "charset");

    if (start == NULL || strstr(head, "<meta") == NULL)
        return NULL;
    start += strlen("charset");
    start += strspn(start, " =\"'");
    if (g_str_has_prefix(start, "utf-16")) /* then it could not have been read here */
        return NULL;
    return g_strndup(start, strcspn(start, " \"'>;/"));
}

bool
parsers_html_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                  GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *charset = data != NULL ? meta_charset(data, size) : NULL;
    g_autofree char *text = parsers_charset_to_utf8(data != NULL ? data : "", size, charset);

    return parsers_html_read_text(text, limits, out_document, error);
}
