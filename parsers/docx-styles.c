/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/docx-styles.c - styles of a WordprocessingML document.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ECMA-376 part 1, 17.3.2 and 17.7
 */
#include "config.h"

#include "parsers/docx-styles.h"

#include "parsers/document.h"

#include <string.h>

enum {
    STYLES_MAX = 10000,
    BASES_MAX = 16, /* styles based on one another; also ends a circle of them */
};

typedef struct {
    char *base;
    ParsersDocxStyle own;
} Style;

struct ParsersDocxStyles {
    GHashTable *by_id;
    Style *open;    /* the style being read, or NULL; borrowed */
    bool in_format; /* inside its w:rPr */
};

static void
free_style(gpointer data)
{
    Style *style = data;

    g_free(style->base);
    g_free(style);
}

ParsersDocxStyles *
parsers_docx_styles_new(void)
{
    ParsersDocxStyles *styles = g_new0(ParsersDocxStyles, 1);

    styles->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_style);
    return styles;
}

void
parsers_docx_styles_free(ParsersDocxStyles *styles)
{
    if (styles == NULL)
        return;
    g_hash_table_unref(styles->by_id);
    g_free(styles);
}

bool
parsers_docx_styles_is_on(const ParsersXmlElement *element)
{
    g_autofree char *value = parsers_xml_attribute(element, PARSERS_XML_W, "val");

    return value == NULL || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
                             strcmp(value, "off") != 0 && strcmp(value, "none") != 0);
}

guint
parsers_docx_styles_number(const ParsersXmlElement *element, guint fallback)
{
    g_autofree char *value = parsers_xml_attribute(element, PARSERS_XML_W, "val");
    guint64 number = 0;

    if (value == NULL || !g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT, &number, NULL))
        return fallback;
    return (guint)number;
}

bool
parsers_docx_styles_is_shaded(const ParsersXmlElement *element)
{
    g_autofree char *fill = parsers_xml_attribute(element, PARSERS_XML_W, "fill");
    g_autofree char *theme = parsers_xml_attribute(element, PARSERS_XML_W, "themeFill");

    if (theme != NULL && strcmp(theme, "background1") != 0)
        return true;
    return fill != NULL && g_ascii_strcasecmp(fill, "auto") != 0 &&
           g_ascii_strcasecmp(fill, "FFFFFF") != 0;
}

static void
set_flag(ParsersDocxFormat *format, guint flag, bool on)
{
    format->mask |= flag;
    format->flags = on ? format->flags | flag : format->flags & ~flag;
}

void
parsers_docx_styles_format(ParsersDocxFormat *format, const ParsersXmlElement *element)
{
    /* clang-format off */
    static const struct {
        const char *name;
        guint flag;
    } flags[] = {
        { "b",         PARSERS_SPAN_BOLD      },
        { "u",         PARSERS_SPAN_UNDERLINE },
        { "strike",    PARSERS_SPAN_STRIKE    },
        { "dstrike",   PARSERS_SPAN_STRIKE    },
        { "highlight", PARSERS_SPAN_HIGHLIGHT },
    };
    /* clang-format on */
    const char *name = parsers_xml_name(element);

    if (strcmp(name, "vanish") == 0)
        format->hidden = parsers_docx_styles_is_on(element);
    if (strcmp(name, "shd") == 0 && parsers_docx_styles_is_shaded(element))
        set_flag(format, PARSERS_SPAN_HIGHLIGHT, true);
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
        if (strcmp(name, flags[i].name) == 0)
            set_flag(format, flags[i].flag, parsers_docx_styles_is_on(element));
    }
}

void
parsers_docx_styles_lay(ParsersDocxFormat *format, const ParsersDocxFormat *upper)
{
    format->flags = (format->flags & ~upper->mask) | (upper->flags & upper->mask);
    format->mask |= upper->mask;
    format->hidden = format->hidden || upper->hidden;
}

/* ---- Reading ---- */

static ParsersXmlNext
start_style(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxStyles *styles = user;
    g_autofree char *id = parsers_xml_attribute(element, PARSERS_XML_W, "styleId");

    if (id == NULL || g_hash_table_size(styles->by_id) >= STYLES_MAX)
        return PARSERS_XML_SKIP;
    styles->open = g_new0(Style, 1);
    g_hash_table_insert(styles->by_id, g_steal_pointer(&id), styles->open);
    return PARSERS_XML_ENTER;
}

static void
end_style(gpointer user)
{
    ((ParsersDocxStyles *)user)->open = NULL;
}

static ParsersXmlNext
start_base(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxStyles *styles = user;

    if (styles->open != NULL && styles->open->base == NULL)
        styles->open->base = parsers_xml_attribute(element, PARSERS_XML_W, "val");
    return PARSERS_XML_ENTER;
}

/* Built-in headings keep their English name in the file whatever the language of the program. */
static ParsersXmlNext
start_name(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxStyles *styles = user;
    g_autofree char *name = parsers_xml_attribute(element, PARSERS_XML_W, "val");

    if (styles->open == NULL || name == NULL)
        return PARSERS_XML_ENTER;
    if (g_ascii_strcasecmp(name, "title") == 0)
        styles->open->own.heading = 1;
    if (g_ascii_strncasecmp(name, "heading ", 8) == 0 && g_ascii_isdigit(name[8]) &&
        name[9] == '\0')
        styles->open->own.heading = CLAMP((guint)(name[8] - '0'), 1, 6);
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_outline(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxStyles *styles = user;
    guint level = parsers_docx_styles_number(element, 9);

    if (styles->open != NULL && level < 9)
        styles->open->own.heading = MIN(level + 1, 6);
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_numbering(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxStyles *styles = user;

    if (styles->open != NULL)
        styles->open->own.list_item = parsers_docx_styles_number(element, 0) != 0;
    return PARSERS_XML_ENTER;
}

static ParsersXmlNext
start_format(gpointer user, const ParsersXmlElement *element)
{
    ((ParsersDocxStyles *)user)->in_format = true;
    return PARSERS_XML_ENTER;
}

static void
end_format(gpointer user)
{
    ((ParsersDocxStyles *)user)->in_format = false;
}

static ParsersXmlNext
start_flag(gpointer user, const ParsersXmlElement *element)
{
    ParsersDocxStyles *styles = user;

    if (styles->open != NULL && styles->in_format)
        parsers_docx_styles_format(&styles->open->own.format, element);
    return PARSERS_XML_ENTER;
}

/* clang-format off */
static const ParsersXmlRule rules[] = {
    { PARSERS_XML_W, "style",      start_style,      end_style  },
    { PARSERS_XML_W, "basedOn",    start_base,       NULL       },
    { PARSERS_XML_W, "name",       start_name,       NULL       },
    { PARSERS_XML_W, "outlineLvl", start_outline,    NULL       },
    { PARSERS_XML_W, "numId",      start_numbering,  NULL       },
    { PARSERS_XML_W, "tblStylePr", parsers_xml_skip, NULL       },
    { PARSERS_XML_W, "rPrChange",  parsers_xml_skip, NULL       },
    { PARSERS_XML_W, "pPrChange",  parsers_xml_skip, NULL       },
    { PARSERS_XML_W, "rPr",        start_format,     end_format },
    { PARSERS_XML_W, "b",          start_flag,       NULL       },
    { PARSERS_XML_W, "u",          start_flag,       NULL       },
    { PARSERS_XML_W, "strike",     start_flag,       NULL       },
    { PARSERS_XML_W, "dstrike",    start_flag,       NULL       },
    { PARSERS_XML_W, "highlight",  start_flag,       NULL       },
    { PARSERS_XML_W, "shd",        start_flag,       NULL       },
    { PARSERS_XML_W, "vanish",     start_flag,       NULL       },
};
/* clang-format on */

bool
parsers_docx_styles_read(ParsersDocxStyles *styles, GBytes *bytes, const ParsersLimits *limits,
                         GError **error)
{
    static const ParsersXmlReader reader = {.rules = rules, .n_rules = G_N_ELEMENTS(rules)};
    bool ok = parsers_xml_read(bytes, &reader, limits, styles, error);

    styles->open = NULL;
    return ok;
}

ParsersDocxStyle
parsers_docx_styles_look_up(const ParsersDocxStyles *styles, const char *id)
{
    const Style *chain[BASES_MAX];
    ParsersDocxStyle result = {0};
    gsize n = 0;

    while (id != NULL && n < BASES_MAX) {
        const Style *style = g_hash_table_lookup(styles->by_id, id);

        if (style == NULL)
            break;
        chain[n++] = style;
        id = style->base;
    }
    while (n > 0) {
        const Style *style = chain[--n];

        parsers_docx_styles_lay(&result.format, &style->own.format);
        result.heading = style->own.heading != 0 ? style->own.heading : result.heading;
        result.list_item = result.list_item || style->own.list_item;
    }
    return result;
}
