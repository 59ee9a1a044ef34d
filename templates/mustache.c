/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/mustache.c - Mustache templates filled in from JSON.
 *
 * A template can only choose, repeat and write what it is given: it reads no
 * file, calls nothing, and ends after a bounded number of steps.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   mustache(5), https://mustache.github.io/mustache.5.html
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "templates/mustache-parse.h"
#include "templates/mustache.h"

typedef struct {
    const TemplatesMustache *job;
    const char *name; /* of the template or partial being rendered */
    const json_t *stack[2 * TEMPLATES_MUSTACHE_MAX_DEPTH + 2];
    guint height; /* of stack */
    guint depth;  /* of partials and sections */
    guint steps;
    GString *out;
} Writer;

static bool write_tokens(Writer *writer, const GArray *tokens, guint first, guint last,
                         GError **error);

/* The value that a name has here, or NULL: its first part is looked for from the inside out, the
 * others in what that is. */
static const json_t *
look_up(const Writer *writer, const TemplatesToken *token)
{
    const json_t *value = NULL;

    if (strcmp(token->text, ".") == 0)
        return writer->stack[writer->height - 1];
    for (guint i = writer->height; i > 0 && value == NULL; i--)
        value = json_object_get(writer->stack[i - 1], token->names[0]);
    for (guint i = 1; token->names[i] != NULL && value != NULL; i++)
        value = json_object_get(value, token->names[i]);
    return value;
}

static bool
is_true(const json_t *value)
{
    if (value == NULL || json_is_null(value) || json_is_false(value))
        return false;
    if (json_is_array(value))
        return json_array_size(value) > 0;
    return !json_is_string(value) || json_string_length(value) > 0;
}

/* The shortest text that reads back as the same number. */
static void
write_real(GString *out, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(text, sizeof text, "%.15g", number);
    if (g_ascii_strtod(text, NULL) < number || g_ascii_strtod(text, NULL) > number)
        g_ascii_dtostr(text, sizeof text, number);
    g_string_append(out, text);
}

static const char *
escaped(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

static void
write_escaped(GString *out, const char *text)
{
    for (;;) {
        gsize plain = strcspn(text, "&<>\"'");

        g_string_append_len(out, text, (gssize)plain);
        text += plain;
        if (*text == '\0')
            return;
        g_string_append(out, escaped(*text++));
    }
}

static void
write_value(Writer *writer, const json_t *value, bool escape)
{
    if (json_is_string(value) && escape)
        write_escaped(writer->out, json_string_value(value));
    else if (json_is_string(value))
        g_string_append(writer->out, json_string_value(value));
    else if (json_is_integer(value))
        g_string_append_printf(writer->out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value))
        write_real(writer->out, json_real_value(value));
    else if (json_is_boolean(value))
        g_string_append(writer->out, json_is_true(value) ? "true" : "false");
}

static bool
too_much(const Writer *writer, const TemplatesToken *token, const char *what, GError **error)
{
    return templates_throw(error, TEMPLATES_ERROR_RENDER, "%s:%u: %s", writer->name, token->line,
                           what);
}

/* The text of a partial with an indent before each of its lines. */
static char *
indent_lines(const char *text, const char *indent)
{
    GString *out = g_string_new(NULL);

    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        gsize length = end != NULL ? (gsize)(end - text) + 1 : strlen(text);

        g_string_append(out, indent);
        g_string_append_len(out, text, (gssize)length);
        text += length;
    }
    return g_string_free(out, FALSE);
}

static char *
find_partial(const TemplatesMustache *job, const TemplatesToken *token)
{
    g_autofree char *text = NULL;

    if (job->partial == NULL)
        return NULL;
    text = job->partial(token->text, job->user_data);
    if (text == NULL || token->indent == NULL || token->indent[0] == '\0')
        return g_steal_pointer(&text);
    return indent_lines(text, token->indent);
}

/* What is kept is never changed, so both sides may have it. */
static void
keep(const TemplatesMustache *job, const char *name, GArray *tokens)
{
    if (job->parsed != NULL)
        g_hash_table_insert(job->parsed, g_strdup(name), g_array_ref(tokens));
}

static GArray *
kept(const TemplatesMustache *job, const char *name)
{
    GArray *tokens = job->parsed != NULL ? g_hash_table_lookup(job->parsed, name) : NULL;

    return tokens != NULL ? g_array_ref(tokens) : NULL;
}

/* *out_tokens: NULL when there is no such partial; the caller unrefs. */
static bool
parse_partial(const TemplatesMustache *job, const TemplatesToken *token, GArray **out_tokens,
              GError **error)
{
    /* The same partial is another text with another indent.  No file has such a name. */
    g_autofree char *name =
        g_strconcat(token->indent != NULL ? token->indent : "", ">", token->text, NULL);
    g_autofree char *text = NULL;

    *out_tokens = kept(job, name);
    if (*out_tokens != NULL)
        return true;
    text = find_partial(job, token);
    if (text == NULL)
        return true;
    if (!templates_mustache_parse(token->text, text, out_tokens, error))
        return false;
    keep(job, name, *out_tokens);
    return true;
}

static bool
write_partial(Writer *writer, const TemplatesToken *token, GError **error)
{
    g_autoptr(GArray) tokens = NULL;
    const char *name = writer->name;
    bool ok;

    if (!parse_partial(writer->job, token, &tokens, error))
        return false;
    if (tokens == NULL)
        return true;
    writer->name = token->text;
    ok = write_tokens(writer, tokens, 0, tokens->len, error);
    writer->name = name;
    return ok;
}

/* Render the inside of a section once, with a value on top of the stack. */
static bool
write_inside(Writer *writer, const GArray *tokens, guint section, const json_t *value,
             GError **error)
{
    const TemplatesToken *token = &g_array_index(tokens, TemplatesToken, section);
    bool ok;

    writer->stack[writer->height++] = value;
    ok = write_tokens(writer, tokens, section + 1, token->close, error);
    writer->height--;
    return ok;
}

static bool
write_section(Writer *writer, const GArray *tokens, guint section, GError **error)
{
    const TemplatesToken *token = &g_array_index(tokens, TemplatesToken, section);
    const json_t *value = look_up(writer, token);

    if (token->kind == TEMPLATES_TOKEN_INVERTED)
        return is_true(value) || write_tokens(writer, tokens, section + 1, token->close, error);
    if (!is_true(value))
        return true;
    if (!json_is_array(value))
        return write_inside(writer, tokens, section, value, error);
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!write_inside(writer, tokens, section, json_array_get(value, i), error))
            return false;
    return true;
}

static bool
write_token(Writer *writer, const GArray *tokens, guint index, GError **error)
{
    const TemplatesToken *token = &g_array_index(tokens, TemplatesToken, index);

    switch (token->kind) {
    case TEMPLATES_TOKEN_TEXT:
        g_string_append(writer->out, token->text);
        return true;
    case TEMPLATES_TOKEN_VALUE:
        write_value(writer, look_up(writer, token), writer->job->escape);
        return true;
    case TEMPLATES_TOKEN_RAW:
        write_value(writer, look_up(writer, token), false);
        return true;
    case TEMPLATES_TOKEN_SECTION:
    case TEMPLATES_TOKEN_INVERTED:
        return write_section(writer, tokens, index, error);
    case TEMPLATES_TOKEN_PARTIAL:
        return write_partial(writer, token, error);
    case TEMPLATES_TOKEN_CLOSE:
        return true;
    }
    return true;
}

static bool
write_tokens(Writer *writer, const GArray *tokens, guint first, guint last, GError **error)
{
    if (first >= last)
        return true;
    if (writer->depth >= 2 * TEMPLATES_MUSTACHE_MAX_DEPTH)
        return too_much(writer, &g_array_index(tokens, TemplatesToken, first),
                        "too many sections and partials inside each other", error);
    writer->depth++;
    for (guint i = first; i < last; i++) {
        const TemplatesToken *token = &g_array_index(tokens, TemplatesToken, i);

        if (++writer->steps > TEMPLATES_MUSTACHE_MAX_STEPS)
            return too_much(writer, token, "this would take too long", error);
        if (!write_token(writer, tokens, i, error))
            return false;
        if (writer->out->len > TEMPLATES_MUSTACHE_MAX_OUTPUT)
            return too_much(writer, token, "the result is too long", error);
        if (token->kind == TEMPLATES_TOKEN_SECTION || token->kind == TEMPLATES_TOKEN_INVERTED)
            i = token->close;
    }
    writer->depth--;
    return true;
}

GHashTable *
templates_mustache_parsed_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
}

bool
templates_mustache_is_parsed(const TemplatesMustache *job)
{
    return job->parsed != NULL && g_hash_table_contains(job->parsed, job->name);
}

bool
templates_mustache_render(const TemplatesMustache *job, const json_t *data, char **out_text,
                          GError **error)
{
    g_autoptr(GArray) tokens = kept(job, job->name);
    Writer writer = {.job = job, .name = job->name, .stack = {data}, .height = 1};

    if (tokens == NULL) {
        if (!templates_mustache_parse(job->name, job->text, &tokens, error))
            return false;
        keep(job, job->name, tokens);
    }
    writer.out = g_string_new(NULL);
    if (!write_tokens(&writer, tokens, 0, tokens->len, error)) {
        g_string_free(writer.out, TRUE);
        return false;
    }
    *out_text = g_string_free(writer.out, FALSE);
    return true;
}

/* The file of a partial, as its user calls it: beside that which names it, of the same kind. */
static char *
partial_path(const char *path, const char *partial)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');

    if (slash == NULL || dot == NULL || dot < slash)
        return g_strdup(partial);
    return g_strdup_printf("%.*s%s%s", (int)(slash - path + 1), path, partial, dot);
}

static bool check_text(const TemplatesMustache *job, const char *const *known, guint depth,
                       GError **error);

static bool
check_partial(const TemplatesMustache *job, const TemplatesToken *token, const char *const *known,
              guint depth, GError **error)
{
    g_autofree char *text = find_partial(job, token);
    g_autofree char *path = partial_path(job->name, token->text);
    TemplatesMustache inner = *job;

    if (text == NULL)
        return templates_throw(error, TEMPLATES_ERROR_MISSING, "%s:%u: there is no partial \"%s\"",
                               job->name, token->line, token->text);
    inner.name = path;
    inner.text = text;
    return check_text(&inner, known, depth + 1, error);
}

static bool
check_text(const TemplatesMustache *job, const char *const *known, guint depth, GError **error)
{
    g_autoptr(GArray) tokens = NULL;

    if (!templates_mustache_parse(job->name, job->text, &tokens, error))
        return false;
    /* A partial may name itself; a few rounds are enough to know it. */
    for (guint i = 0; i < tokens->len && depth <= 4; i++) {
        const TemplatesToken *token = &g_array_index(tokens, TemplatesToken, i);

        if (token->kind == TEMPLATES_TOKEN_PARTIAL) {
            if (!check_partial(job, token, known, depth, error))
                return false;
        } else if (token->kind != TEMPLATES_TOKEN_TEXT && known != NULL &&
                   strcmp(token->text, ".") != 0 && !g_strv_contains(known, token->text)) {
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                                   "%s:%u: nothing is called \"%s\" here", job->name, token->line,
                                   token->text);
        }
    }
    return true;
}

bool
templates_mustache_check(const TemplatesMustache *job, const char *const *known, GError **error)
{
    return check_text(job, known, 0, error);
}
