/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/html-style.c - what a tag and its attributes mean for the text in it.
 *
 * Runs in:  postern-parser.
 * Source:   the HTML standard; the marks that Outlook, Gmail, Apple Mail and others leave
 */
#include "config.h"

#include "parsers/html-style.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct {
    const char *tag;
    ParsersHtmlKind kind;
    guint heading;
    guint flags;
} tags[] = {
    {"p",        PARSERS_HTML_BLOCK,    0, 0},  {"div",        PARSERS_HTML_BLOCK,  0, 0},
    {"h1",       PARSERS_HTML_BLOCK,    1, 0},  {"h2",         PARSERS_HTML_BLOCK,  2, 0},
    {"h3",       PARSERS_HTML_BLOCK,    3, 0},  {"h4",         PARSERS_HTML_BLOCK,  4, 0},
    {"h5",       PARSERS_HTML_BLOCK,    5, 0},  {"h6",         PARSERS_HTML_BLOCK,  6, 0},
    {"ul",       PARSERS_HTML_BLOCK,    0, 0},  {"ol",         PARSERS_HTML_BLOCK,  0, 0},
    {"li",       PARSERS_HTML_BLOCK,    0, 0},  {"dl",         PARSERS_HTML_BLOCK,  0, 0},
    {"dt",       PARSERS_HTML_BLOCK,    0, 0},  {"dd",         PARSERS_HTML_BLOCK,  0, 0},
    {"hr",       PARSERS_HTML_BLOCK,    0, 0},  {"pre",        PARSERS_HTML_BLOCK,  0, 0},
    {"blockquote", PARSERS_HTML_BLOCK,  0, 0},  {"center",     PARSERS_HTML_BLOCK,  0, 0},
    {"form",     PARSERS_HTML_BLOCK,    0, 0},  {"fieldset",   PARSERS_HTML_BLOCK,  0, 0},
    {"legend",   PARSERS_HTML_BLOCK,    0, 0},  {"section",    PARSERS_HTML_BLOCK,  0, 0},
    {"article",  PARSERS_HTML_BLOCK,    0, 0},  {"header",     PARSERS_HTML_BLOCK,  0, 0},
    {"footer",   PARSERS_HTML_BLOCK,    0, 0},  {"address",    PARSERS_HTML_BLOCK,  0, 0},
    {"caption",  PARSERS_HTML_BLOCK,    0, 0},  {"body",       PARSERS_HTML_BLOCK,  0, 0},
    {"main",     PARSERS_HTML_BLOCK,    0, 0},  {"nav",        PARSERS_HTML_BLOCK,  0, 0},
    {"br",       PARSERS_HTML_BREAK,    0, 0},  {"table",      PARSERS_HTML_TABLE,  0, 0},
    {"tr",       PARSERS_HTML_ROW,      0, 0},  {"td",         PARSERS_HTML_CELL,   0, 0},
    {"th",       PARSERS_HTML_CELL,     0, 0},  {"input",      PARSERS_HTML_INPUT,  0, 0},
    {"select",   PARSERS_HTML_SELECT,   0, 0},  {"option",     PARSERS_HTML_OPTION, 0, 0},
    {"textarea", PARSERS_HTML_TEXTAREA, 0, 0},  {"img",        PARSERS_HTML_IMAGE,  0, 0},
    {"head",     PARSERS_HTML_HIDDEN,   0, 0},  {"script",     PARSERS_HTML_HIDDEN, 0, 0},
    {"style",    PARSERS_HTML_HIDDEN,   0, 0},  {"title",      PARSERS_HTML_HIDDEN, 0, 0},
    {"noscript", PARSERS_HTML_HIDDEN,   0, 0},  {"template",   PARSERS_HTML_HIDDEN, 0, 0},
    {"object",   PARSERS_HTML_HIDDEN,   0, 0},  {"svg",        PARSERS_HTML_HIDDEN, 0, 0},
    {"b",        PARSERS_HTML_INLINE,   0, PARSERS_SPAN_BOLD},
    {"strong",   PARSERS_HTML_INLINE,   0, PARSERS_SPAN_BOLD},
    {"u",        PARSERS_HTML_INLINE,   0, PARSERS_SPAN_UNDERLINE},
    {"ins",      PARSERS_HTML_INLINE,   0, PARSERS_SPAN_UNDERLINE},
    {"s",        PARSERS_HTML_INLINE,   0, PARSERS_SPAN_STRIKE},
    {"strike",   PARSERS_HTML_INLINE,   0, PARSERS_SPAN_STRIKE},
    {"del",      PARSERS_HTML_INLINE,   0, PARSERS_SPAN_STRIKE},
    {"mark",     PARSERS_HTML_INLINE,   0, PARSERS_SPAN_HIGHLIGHT},
};

/* Ids and classes by which mail programs mark what they quote. */
static const struct {
    const char *mark;
    ParsersHtmlQuote quote;
} marks[] = {
    {"gmail_quote",               PARSERS_HTML_QUOTE},
    {"gmail_extra",               PARSERS_HTML_QUOTE},
    {"gmail_attr",                PARSERS_HTML_QUOTE},
    {"yahoo_quoted",              PARSERS_HTML_QUOTE},
    {"moz-cite-prefix",           PARSERS_HTML_QUOTE},
    {"moz-forward-container",     PARSERS_HTML_QUOTE},
    {"protonmail_quote",          PARSERS_HTML_QUOTE},
    {"zmail_extra",               PARSERS_HTML_QUOTE},
    {"divRplyFwdMsg",             PARSERS_HTML_QUOTE_REST},
    {"appendonsend",              PARSERS_HTML_QUOTE_REST},
    {"OLK_SRC_BODY_SECTION",      PARSERS_HTML_QUOTE_REST},
    {"reply-intro",               PARSERS_HTML_QUOTE_REST},
    {"ms-outlook-mobile-reference-message",     PARSERS_HTML_QUOTE_REST},
    {"mail-editor-reference-message-container", PARSERS_HTML_QUOTE_REST},
};

/* Backgrounds that show nothing on a white page. */
static const char *const no_colour[] = {
    "white", "#fff", "#ffffff", "transparent", "none", "inherit", "initial", "unset", "window",
    "rgb(255,255,255)", "rgba(0,0,0,0)", "auto", "",
};
/* clang-format on */

const char *
parsers_html_attribute(const char *const *attributes, const char *name)
{
    for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
        if (g_ascii_strcasecmp(attributes[i], name) == 0)
            return attributes[i + 1] != NULL ? attributes[i + 1] : "";
    return NULL;
}

/* Lower case without white space, so that rules can be compared. */
static char *
squeeze(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; text != NULL && *text != '\0'; text++)
        if (!g_ascii_isspace(*text))
            g_string_append_c(out, g_ascii_tolower(*text));
    return g_string_free(out, FALSE);
}

/* The value of one property in a squeezed style, or NULL. */
static char *
property(const char *style, const char *name)
{
    const gsize n = strlen(name);

    for (const char *p = style; *p != '\0'; p += strcspn(p, ";"), p += *p == ';')
        if (strncmp(p, name, n) == 0 && p[n] == ':')
            return g_strndup(p + n + 1, strcspn(p + n + 1, ";!"));
    return NULL;
}

static bool
is_colour(const char *value)
{
    const char *const *none = no_colour;

    for (gsize i = 0; i < G_N_ELEMENTS(no_colour); i++)
        if (g_ascii_strcasecmp(value, none[i]) == 0)
            return false;
    return strstr(value, "url(") == NULL;
}

static bool
has_background(const char *style, const char *const *attributes)
{
    static const char *const names[] = {"background", "background-color", "mso-highlight"};
    const char *bgcolor = parsers_html_attribute(attributes, "bgcolor");

    if (bgcolor != NULL)
        return is_colour(bgcolor);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = property(style, names[i]);

        if (value != NULL && is_colour(value))
            return true;
    }
    return false;
}

static bool
is_hidden(const char *style, const char *const *attributes)
{
    return strstr(style, "display:none") != NULL || strstr(style, "visibility:hidden") != NULL ||
           strstr(style, "mso-hide:all") != NULL ||
           parsers_html_attribute(attributes, "hidden") != NULL;
}

static guint
styled_flags(const char *style, guint flags)
{
    g_autofree char *weight = property(style, "font-weight");
    g_autofree char *decoration = property(style, "text-decoration");

    if (weight != NULL && (g_str_has_prefix(weight, "bold") || atoi(weight) >= 600))
        flags |= PARSERS_SPAN_BOLD;
    else if (weight != NULL)
        flags &= ~(guint)PARSERS_SPAN_BOLD;
    if (decoration == NULL)
        decoration = property(style, "text-decoration-line");
    if (decoration != NULL && strstr(decoration, "underline") != NULL)
        flags |= PARSERS_SPAN_UNDERLINE;
    if (decoration != NULL && strstr(decoration, "line-through") != NULL)
        flags |= PARSERS_SPAN_STRIKE;
    return flags;
}

static gssize
find_tag(const char *tag)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
        if (g_ascii_strcasecmp(tags[i].tag, tag) == 0)
            return (gssize)i;
    return -1;
}

ParsersHtmlStyle
parsers_html_style(const char *tag, const char *const *attributes, guint *flags)
{
    const gssize row = find_tag(tag);
    g_autofree char *style = squeeze(parsers_html_attribute(attributes, "style"));
    const char *class = parsers_html_attribute(attributes, "class");
    ParsersHtmlStyle result = {.kind = PARSERS_HTML_INLINE};

    if (row >= 0) {
        result.kind = tags[row].kind;
        result.heading = tags[row].heading;
        *flags |= tags[row].flags;
    }
    if (*style != '\0' || attributes != NULL) {
        *flags = styled_flags(style, *flags);
        result.shaded = has_background(style, attributes);
        if (is_hidden(style, attributes))
            result.kind = PARSERS_HTML_HIDDEN;
    }
    /* Only a run of words is highlighted; a coloured block or cell is decoration. */
    if (result.shaded && result.kind == PARSERS_HTML_INLINE)
        *flags |= PARSERS_SPAN_HIGHLIGHT;
    /* Word's own name for the style of a content control that nobody has filled in */
    if (result.kind == PARSERS_HTML_INLINE && class != NULL &&
        strstr(class, "PlaceholderText") != NULL)
        result.kind = PARSERS_HTML_PROMPT;
    result.list_item = g_ascii_strcasecmp(tag, "li") == 0;
    result.preformatted =
        g_ascii_strcasecmp(tag, "pre") == 0 || strstr(style, "white-space:pre") != NULL;
    return result;
}

/* Outlook on the desktop writes no mark, only a line above "From:". */
static bool
is_outlook_rule(const char *tag, const char *style)
{
    return g_ascii_strcasecmp(tag, "div") == 0 &&
           g_str_has_prefix(style, "border:none;border-top:solid") &&
           strstr(style, "padding:3.0pt") != NULL;
}

ParsersHtmlQuote
parsers_html_quote(const char *tag, const char *const *attributes)
{
    const char *class = parsers_html_attribute(attributes, "class");
    const char *id = parsers_html_attribute(attributes, "id");
    g_autofree char *style = squeeze(parsers_html_attribute(attributes, "style"));

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if ((class != NULL && strstr(class, marks[i].mark) != NULL) ||
            (id != NULL && strstr(id, marks[i].mark) != NULL))
            return marks[i].quote;
    if (is_outlook_rule(tag, style))
        return PARSERS_HTML_QUOTE_REST;
    if (g_ascii_strcasecmp(tag, "blockquote") != 0)
        return PARSERS_HTML_NO_QUOTE;
    /* Gmail indents with a block quotation that has no border. */
    return strstr(style, "border:none") != NULL || strstr(style, "border:0") != NULL
               ? PARSERS_HTML_NO_QUOTE
               : PARSERS_HTML_QUOTE;
}
