/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt-styles.c - styles of an OpenDocument text.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 3, 16 and 20
 */
#include "config.h"

#include "parsers/odt-styles.h"

#include "parsers/document.h"

#include <string.h>

enum {
    STYLES_MAX = 20000,
    PARENTS_MAX = 16, /* styles based on one another; also ends a circle of them */
};

typedef struct {
    char *parent; /* key, or NULL */
    ParsersOdtStyle own;
} Style;

struct ParsersOdtStyles {
    GHashTable *by_key; /* "family:name" */
    Style *open;        /* borrowed, or NULL */
};

static void
free_style(gpointer data)
{
    Style *style = data;

    g_free(style->parent);
    g_free(style);
}

ParsersOdtStyles *
parsers_odt_styles_new(void)
{
    ParsersOdtStyles *styles = g_new0(ParsersOdtStyles, 1);

    styles->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_style);
    return styles;
}

void
parsers_odt_styles_free(ParsersOdtStyles *styles)
{
    if (styles == NULL)
        return;
    g_hash_table_unref(styles->by_key);
    g_free(styles);
}

void
parsers_odt_styles_begin(ParsersOdtStyles *styles, const ParsersXmlElement *element)
{
    g_autofree char *name = parsers_xml_attribute(element, PARSERS_XML_STYLE, "name");
    g_autofree char *family = parsers_xml_attribute(element, PARSERS_XML_STYLE, "family");
    g_autofree char *parent =
        parsers_xml_attribute(element, PARSERS_XML_STYLE, "parent-style-name");
    g_autofree char *level =
        parsers_xml_attribute(element, PARSERS_XML_STYLE, "default-outline-level");

    styles->open = NULL;
    if (name == NULL || family == NULL || g_hash_table_size(styles->by_key) >= STYLES_MAX)
        return;
    styles->open = g_new0(Style, 1);
    if (parent != NULL)
        styles->open->parent = g_strconcat(family, ":", parent, NULL);
    if (level != NULL)
        styles->open->own.heading = (guint)MIN(g_ascii_strtoull(level, NULL, 10), 6);
    if (strcmp(name, "Title") == 0)
        styles->open->own.heading = 1;
    g_hash_table_insert(styles->by_key, g_strconcat(family, ":", name, NULL), styles->open);
}

void
parsers_odt_styles_end(ParsersOdtStyles *styles)
{
    styles->open = NULL;
}

static void
set_flag(ParsersOdtStyle *style, guint flag, const char *value, bool on)
{
    if (value == NULL)
        return;
    style->mask |= flag;
    style->flags = on ? style->flags | flag : style->flags & ~flag;
}

static bool
is_bold(const char *weight)
{
    return weight != NULL &&
           (strcmp(weight, "bold") == 0 || g_ascii_strtoull(weight, NULL, 10) >= 600);
}

static bool
is_colour(const char *value)
{
    return value != NULL && strcmp(value, "transparent") != 0 &&
           g_ascii_strcasecmp(value, "#ffffff") != 0;
}

static bool
is_line(const char *value)
{
    return value != NULL && strcmp(value, "none") != 0;
}

static void
add_text_properties(ParsersOdtStyle *style, const ParsersXmlElement *element)
{
    g_autofree char *weight = parsers_xml_attribute(element, PARSERS_XML_FO, "font-weight");
    g_autofree char *under =
        parsers_xml_attribute(element, PARSERS_XML_STYLE, "text-underline-style");
    g_autofree char *through =
        parsers_xml_attribute(element, PARSERS_XML_STYLE, "text-line-through-style");
    g_autofree char *back = parsers_xml_attribute(element, PARSERS_XML_FO, "background-color");
    g_autofree char *display = parsers_xml_attribute(element, PARSERS_XML_TEXT, "display");
    g_autofree char *font = parsers_xml_attribute(element, PARSERS_XML_STYLE, "font-name");

    set_flag(style, PARSERS_SPAN_BOLD, weight, is_bold(weight));
    set_flag(style, PARSERS_SPAN_UNDERLINE, under, is_line(under));
    set_flag(style, PARSERS_SPAN_STRIKE, through, is_line(through));
    set_flag(style, PARSERS_SPAN_HIGHLIGHT, back, is_colour(back));
    if (display != NULL)
        style->hidden = strcmp(display, "none") == 0;
    if (font != NULL)
        g_strlcpy(style->font, font, sizeof(style->font));
}

void
parsers_odt_styles_add(ParsersOdtStyles *styles, const ParsersXmlElement *properties)
{
    g_autofree char *back = NULL;

    if (styles->open == NULL)
        return;
    if (strcmp(parsers_xml_name(properties), "text-properties") == 0) {
        add_text_properties(&styles->open->own, properties);
        return;
    }
    back = parsers_xml_attribute(properties, PARSERS_XML_FO, "background-color");
    styles->open->own.shaded = is_colour(back);
}

void
parsers_odt_styles_lay(const ParsersOdtStyles *styles, const char *family, const char *name,
                       ParsersOdtStyle *base)
{
    g_autofree char *key = g_strconcat(family, ":", name == NULL ? "" : name, NULL);
    const char *next = key;
    const Style *chain[PARENTS_MAX];
    gsize n = 0;

    while (next != NULL && n < PARENTS_MAX) {
        const Style *style = g_hash_table_lookup(styles->by_key, next);

        if (style == NULL)
            break;
        chain[n++] = style;
        next = style->parent;
    }
    while (n > 0) {
        const ParsersOdtStyle *own = &chain[--n]->own;

        base->flags = (base->flags & ~own->mask) | own->flags;
        base->mask |= own->mask;
        base->hidden = base->hidden || own->hidden;
        base->shaded = base->shaded || own->shaded;
        base->heading = own->heading != 0 ? own->heading : base->heading;
        if (*own->font != '\0')
            g_strlcpy(base->font, own->font, sizeof(base->font));
    }
}
