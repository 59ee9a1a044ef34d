/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/definition.c - the definitions of forms, put together from files.
 *
 * Files are checked when they are added, and put together once all they include is there.
 *
 * Runs in:  postern-parser and the command line.
 * Source:   doc/forms.md
 */
#include "config.h"

#include "parsers/definition.h"

#include "parsers/definition-read.h"
#include "parsers/lexicon.h"

#include <string.h>

struct ParsersDefinitions {
    GHashTable *files; /* name: GBytes */
    GPtrArray *names;  /* of files, in the order they were added; borrowed from files */
    GPtrArray *forms;  /* ParsersDefinition, linked */
    bool stale;        /* files were added since */
};

static const char *const type_names[PARSERS_N_TYPES] = {
    "line",    "text",     "name",  "date",  "birth", "gender",
    "address", "postcode", "phone", "email", "yesno", "choice",
};

const char *
parsers_type_name(ParsersType type)
{
    return type < PARSERS_N_TYPES ? type_names[type] : "";
}

/* Put together every form whose includes are there by now. */
static void
link_forms(ParsersDefinitions *definitions)
{
    if (!definitions->stale)
        return;
    definitions->stale = false;
    g_ptr_array_set_size(definitions->forms, 0);
    for (guint i = 0; i < definitions->names->len; i++) {
        const char *name = g_ptr_array_index(definitions->names, i);
        GBytes *bytes = g_hash_table_lookup(definitions->files, name);
        ParsersDefinition *form = parsers_definition_read(definitions->files, name, bytes, NULL);

        if (form == NULL)
            continue;
        if (form->name == NULL) { /* made to be included */
            parsers_definition_free(form);
            continue;
        }
        form->lexicon = parsers_lexicon_new(form);
        g_ptr_array_add(definitions->forms, form);
    }
}

ParsersDefinitions *
parsers_definitions_new(void)
{
    ParsersDefinitions *definitions = g_new0(ParsersDefinitions, 1);

    definitions->files =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    definitions->names = g_ptr_array_new();
    definitions->forms = g_ptr_array_new_with_free_func((GDestroyNotify)parsers_definition_free);
    return definitions;
}

void
parsers_definitions_free(ParsersDefinitions *definitions)
{
    if (definitions == NULL)
        return;
    g_ptr_array_unref(definitions->forms);
    g_ptr_array_unref(definitions->names);
    g_hash_table_unref(definitions->files);
    g_free(definitions);
}

bool
parsers_definitions_add(ParsersDefinitions *definitions, const char *name, GBytes *bytes,
                        GError **error)
{
    ParsersDefinition *alone = parsers_definition_read(NULL, name, bytes, error);

    if (alone == NULL)
        return false;
    parsers_definition_free(alone);
    if (g_hash_table_contains(definitions->files, name))
        return parsers_throw(error, PARSERS_ERROR_DEFINITION, "%s:0: added twice", name);
    g_hash_table_insert(definitions->files, g_strdup(name), g_bytes_ref(bytes));
    g_hash_table_lookup_extended(definitions->files, name, (gpointer *)&name, NULL);
    g_ptr_array_add(definitions->names, (gpointer)name);
    definitions->stale = true;
    return true;
}

bool
parsers_definitions_check(const ParsersDefinitions *definitions, GError **error)
{
    for (guint i = 0; i < definitions->names->len; i++) {
        const char *name = g_ptr_array_index(definitions->names, i);
        GBytes *bytes = g_hash_table_lookup(definitions->files, name);
        ParsersDefinition *form = parsers_definition_read(definitions->files, name, bytes, error);

        if (form == NULL)
            return false;
        parsers_definition_free(form);
    }
    link_forms((ParsersDefinitions *)definitions);
    return true;
}

const GPtrArray *
parsers_definitions_forms(const ParsersDefinitions *definitions)
{
    link_forms((ParsersDefinitions *)definitions); /* compiling is dear: once, when first asked */
    return definitions->forms;
}

const ParsersDefinition *
parsers_definitions_find(const ParsersDefinitions *definitions, const char *form)
{
    const GPtrArray *forms = parsers_definitions_forms(definitions);

    for (guint i = 0; i < forms->len; i++) {
        const ParsersDefinition *one = g_ptr_array_index(forms, i);

        if (strcmp(one->name, form) == 0)
            return one;
    }
    return NULL;
}

/* "child.2.name" as "child.N.name"; the caller frees. */
static char *
general_key(const char *key)
{
    g_auto(GStrv) parts = g_strsplit(key, ".", -1);

    for (guint i = 0; parts[i] != NULL; i++) {
        if (g_ascii_isdigit(parts[i][0])) {
            g_free(parts[i]);
            parts[i] = g_strdup("N");
        }
    }
    return g_strjoinv(".", parts);
}

static bool
is_numbered(const char *key)
{
    for (const char *dot = strchr(key, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
        if (g_ascii_isdigit(dot[1]))
            return true;
    return g_ascii_isdigit(key[0]);
}

const ParsersFieldDef *
parsers_definition_field(const ParsersDefinition *definition, const char *key)
{
    g_autofree char *made = is_numbered(key) ? general_key(key) : NULL;
    const char *general = made != NULL ? made : key;

    for (guint i = 0; i < definition->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(definition->sections, i);

        for (guint j = 0; j < section->fields->len; j++) {
            const ParsersFieldDef *field = g_ptr_array_index(section->fields, j);

            if (strcmp(field->key, general) == 0)
                return field;
        }
    }
    return NULL;
}

static bool
is_option(const ParsersFieldDef *field, const char *text)
{
    for (guint i = 0; i < field->options->len; i++) {
        const char *option = g_ptr_array_index(field->options, i);
        const gsize n = strlen(option);

        if (g_ascii_strncasecmp(text, option, n) == 0 && !g_ascii_isalpha(text[n]))
            return true;
    }
    return false;
}

const ParsersFieldDef *
parsers_definition_choice(const ParsersDefinition *definition, const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    for (guint i = 0; i < definition->sections->len; i++) {
        const ParsersSectionDef *section = g_ptr_array_index(definition->sections, i);

        for (guint j = 0; j < section->fields->len; j++) {
            const ParsersFieldDef *field = g_ptr_array_index(section->fields, j);

            if (is_option(field, text))
                return field;
        }
    }
    return NULL;
}
