/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/mustache-parse.c - a Mustache template as a list of tokens.
 *
 * A tag that is alone on its line, and writes nothing itself, takes the line
 * with it; the white space before a partial then indents all of the partial.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   mustache(5), https://mustache.github.io/mustache.5.html
 */
#include "config.h"

#include <string.h>

#include "templates/mustache-parse.h"
#include "templates/mustache.h"

#define MAX_TOKENS 16384u

typedef struct {
    const char *name;
    const char *start; /* of the template */
    const char *at;    /* what comes next */
    guint line;        /* of at */
    char *open, *shut; /* delimiters in force */
    GArray *tokens;    /* TemplatesToken */
    GArray *sections;  /* guint: tokens of sections that are still open */
} Parser;

/* One tag as it stands in the text. */
typedef struct {
    char sigil;               /* '\0' for a variable */
    const char *first, *last; /* the tag with its delimiters */
    char *name;               /* what is between, stripped */
    const char *line_start; /* where the tag's line begins, if the tag is alone on it; else NULL */
} Tag;

static void
token_clear(gpointer data)
{
    TemplatesToken *token = data;

    g_free(token->text);
    g_strfreev(token->names);
    g_free(token->indent);
}

static void
parser_clear(Parser *parser)
{
    g_free(parser->open);
    g_free(parser->shut);
    g_clear_pointer(&parser->tokens, g_array_unref);
    g_clear_pointer(&parser->sections, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parser, parser_clear)

static void
tag_clear(Tag *tag)
{
    g_clear_pointer(&tag->name, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tag, tag_clear)

static bool
broken(const Parser *parser, const char *what, GError **error)
{
    return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s:%u: %s", parser->name, parser->line,
                           what);
}

static void
add(Parser *parser, TemplatesTokenKind kind, char *text)
{
    TemplatesToken token = {.kind = kind, .line = parser->line, .text = text};

    if (kind == TEMPLATES_TOKEN_VALUE || kind == TEMPLATES_TOKEN_RAW ||
        kind == TEMPLATES_TOKEN_SECTION || kind == TEMPLATES_TOKEN_INVERTED)
        token.names = g_strsplit(text, ".", -1);
    g_array_append_val(parser->tokens, token);
}

static void
advance(Parser *parser, const char *to)
{
    for (; parser->at < to; parser->at++)
        parser->line += *parser->at == '\n';
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Where the line of a tag begins, if nothing but blanks is before it. */
static const char *
blank_before(const Parser *parser, const char *first)
{
    while (first > parser->start && is_blank(first[-1]))
        first--;
    return first == parser->start || first[-1] == '\n' ? first : NULL;
}

/* The start of the next line, if nothing but blanks is after a tag. */
static const char *
blank_after(const char *last)
{
    while (is_blank(*last))
        last++;
    if (last[0] == '\r' && last[1] == '\n')
        last++;
    if (*last == '\n')
        return last + 1;
    return *last == '\0' ? last : NULL;
}

/* What ends a tag whose sigil stands here: "}}}", "=}}" or "}}". */
static char *
tag_end(const Parser *parser, char sigil)
{
    if (sigil == '{')
        return g_strconcat("}", parser->shut, NULL);
    if (sigil == '=')
        return g_strconcat("=", parser->shut, NULL);
    return g_strdup(parser->shut);
}

static bool
read_tag(const Parser *parser, const char *first, Tag *out_tag, GError **error)
{
    const char *inside = first + strlen(parser->open);
    g_autofree char *end = NULL;
    const char *found;

    while (g_ascii_isspace(*inside))
        inside++;
    out_tag->first = first;
    out_tag->sigil = *inside != '\0' && strchr("#^/!>=&{<$", *inside) ? *inside : '\0';
    if (out_tag->sigil != '\0')
        inside++;
    end = tag_end(parser, out_tag->sigil);
    found = strstr(inside, end);
    if (found == NULL)
        return broken(parser, "this tag is never closed", error);
    out_tag->last = found + strlen(end);
    out_tag->name = g_strstrip(g_strndup(inside, (gsize)(found - inside)));
    if (out_tag->sigil != '\0' && strchr("#^/!>=", out_tag->sigil) && blank_after(out_tag->last))
        out_tag->line_start = blank_before(parser, first);
    return true;
}

static bool
set_delimiters(Parser *parser, const char *inside, GError **error)
{
    g_auto(GStrv) words = g_strsplit_set(inside, " \t\r\n", -1);
    const char *pair[2] = {NULL, NULL};
    guint n = 0;

    for (guint i = 0; words[i] != NULL; i++) {
        if (words[i][0] == '\0')
            continue;
        if (n < 2)
            pair[n] = words[i];
        n++;
    }
    if (n != 2 || strchr(pair[0], '=') || strchr(pair[1], '='))
        return broken(parser, "new delimiters are two words without \"=\"", error);
    g_free(parser->open);
    g_free(parser->shut);
    parser->open = g_strdup(pair[0]);
    parser->shut = g_strdup(pair[1]);
    return true;
}

static bool
close_section(Parser *parser, const char *name, GError **error)
{
    TemplatesToken *opening;
    guint index;

    if (parser->sections->len == 0)
        return broken(parser, "this closes a section that was never opened", error);
    index = g_array_index(parser->sections, guint, parser->sections->len - 1);
    opening = &g_array_index(parser->tokens, TemplatesToken, index);
    if (strcmp(opening->text, name) != 0)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:%u: \"%s\" is closed here, but \"%s\" of line %u is still open",
                               parser->name, parser->line, name, opening->text, opening->line);
    opening->close = parser->tokens->len;
    g_array_set_size(parser->sections, parser->sections->len - 1);
    return true;
}

/* The kind of a tag that has a name. */
static bool
kind_of(char sigil, TemplatesTokenKind *out_kind)
{
    static const struct {
        char sigil;
        TemplatesTokenKind kind;
    } kinds[] = {
        {'\0', TEMPLATES_TOKEN_VALUE},   {'&', TEMPLATES_TOKEN_RAW},
        {'{', TEMPLATES_TOKEN_RAW},      {'#', TEMPLATES_TOKEN_SECTION},
        {'^', TEMPLATES_TOKEN_INVERTED}, {'/', TEMPLATES_TOKEN_CLOSE},
        {'>', TEMPLATES_TOKEN_PARTIAL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (kinds[i].sigil == sigil) {
            *out_kind = kinds[i].kind;
            return true;
        }
    return false;
}

static bool
add_tag(Parser *parser, const Tag *tag, GError **error)
{
    TemplatesTokenKind kind;
    guint index = parser->tokens->len;

    if (!kind_of(tag->sigil, &kind))
        return broken(parser, "inheritance is not supported", error);
    if (tag->name[0] == '\0' || strpbrk(tag->name, " \t\r\n") != NULL)
        return broken(parser, "a tag has one name, without white space in it", error);
    if (kind == TEMPLATES_TOKEN_CLOSE && !close_section(parser, tag->name, error))
        return false;
    if (kind == TEMPLATES_TOKEN_SECTION || kind == TEMPLATES_TOKEN_INVERTED)
        g_array_append_val(parser->sections, index);
    if (parser->sections->len > TEMPLATES_MUSTACHE_MAX_DEPTH)
        return broken(parser, "too many sections inside each other", error);
    add(parser, kind, g_strdup(tag->name));
    if (kind == TEMPLATES_TOKEN_PARTIAL && tag->line_start != NULL)
        g_array_index(parser->tokens, TemplatesToken, index).indent =
            g_strndup(tag->line_start, (gsize)(tag->first - tag->line_start));
    return true;
}

/* Take everything up to a tag, and the tag. */
static bool
take_tag(Parser *parser, const char *first, GError **error)
{
    g_auto(Tag) tag = {0};
    const char *from = parser->at;
    const char *until;

    advance(parser, first);
    if (!read_tag(parser, first, &tag, error))
        return false;
    until = tag.line_start != NULL ? tag.line_start : first;
    if (until > from)
        add(parser, TEMPLATES_TOKEN_TEXT, g_strndup(from, (gsize)(until - from)));
    if (tag.sigil == '=' && !set_delimiters(parser, tag.name, error))
        return false;
    if (tag.sigil != '!' && tag.sigil != '=' && !add_tag(parser, &tag, error))
        return false;
    advance(parser, tag.line_start != NULL ? blank_after(tag.last) : tag.last);
    if (parser->tokens->len > MAX_TOKENS)
        return broken(parser, "too many tags", error);
    return true;
}

static bool
check_end(Parser *parser, GError **error)
{
    const TemplatesToken *opening;

    if (parser->sections->len == 0)
        return true;
    opening = &g_array_index(parser->tokens, TemplatesToken,
                             g_array_index(parser->sections, guint, parser->sections->len - 1));
    parser->line = opening->line;
    return broken(parser, "this section is never closed", error);
}

bool
templates_mustache_parse(const char *name, const char *text, GArray **out_tokens, GError **error)
{
    g_auto(Parser) parser = {.name = name, .start = text, .at = text, .line = 1};
    const char *first;

    parser.open = g_strdup("{{");
    parser.shut = g_strdup("}}");
    parser.tokens = g_array_new(FALSE, FALSE, sizeof(TemplatesToken));
    g_array_set_clear_func(parser.tokens, token_clear);
    parser.sections = g_array_new(FALSE, FALSE, sizeof(guint));
    if (strlen(text) > TEMPLATES_MUSTACHE_MAX_TEXT)
        return broken(&parser, "the template is too long", error);
    if (!g_utf8_validate(text, -1, NULL))
        return broken(&parser, "the template is not UTF-8", error);
    while ((first = strstr(parser.at, parser.open)) != NULL)
        if (!take_tag(&parser, first, error))
            return false;
    if (*parser.at != '\0')
        add(&parser, TEMPLATES_TOKEN_TEXT, g_strdup(parser.at));
    if (!check_end(&parser, error))
        return false;
    *out_tokens = g_steal_pointer(&parser.tokens);
    return true;
}
