/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/definition-read.c - one .form file, line by line.
 *
 * A line is a keyword and its rest.  Each keyword is one row of a table.
 *
 * Runs in:  postern-parser and the command line.
 * Source:   doc/forms.md
 */
#include "config.h"

#include "parsers/definition-read.h"

#include "parsers/lexicon.h"

#include <string.h>

#define FILE_BYTES_MAX (1024u * 1024)
#define LINE_BYTES_MAX 4096u
#define INCLUDE_DEPTH_MAX 4u

typedef struct {
    const GHashTable *files; /* NULL: only check this one file */
    const char *file;
    guint line;
    guint depth;
    ParsersDefinition *form;
    ParsersSectionDef *section;
    ParsersFieldDef *field;
} Reader;

static bool read_file(Reader *reader, const char *name, GBytes *bytes, GError **error);

static GPtrArray *
strings_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static void
field_free(ParsersFieldDef *field)
{
    g_free(field->key);
    g_free(field->shown);
    g_free(field->joins);
    g_ptr_array_unref(field->labels);
    g_ptr_array_unref(field->within);
    g_ptr_array_unref(field->options);
    g_ptr_array_unref(field->parts);
    g_free(field);
}

static ParsersFieldDef *
field_new(ParsersSectionDef *section, const char *key)
{
    ParsersFieldDef *field = g_new0(ParsersFieldDef, 1);

    field->key = g_strdup(key);
    field->labels = strings_new();
    field->within = strings_new();
    field->options = strings_new();
    field->parts = strings_new();
    field->section = section;
    g_ptr_array_add(section->fields, field);
    return field;
}

static void
section_free(ParsersSectionDef *section)
{
    g_free(section->name);
    g_free(section->shown);
    g_ptr_array_unref(section->headings);
    g_ptr_array_unref(section->persons);
    g_ptr_array_unref(section->fields);
    g_free(section);
}

static ParsersSectionDef *
section_new(ParsersDefinition *form, const char *name)
{
    ParsersSectionDef *section = g_new0(ParsersSectionDef, 1);

    section->name = g_strdup(name);
    section->headings = strings_new();
    section->persons = strings_new();
    section->fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
    g_ptr_array_add(form->sections, section);
    return section;
}

static void
evidence_free(ParsersEvidence *evidence)
{
    g_free(evidence->text);
    g_free(evidence);
}

void
parsers_definition_free(ParsersDefinition *form)
{
    g_free(form->name);
    g_free(form->shown);
    g_ptr_array_unref(form->titles);
    g_ptr_array_unref(form->evidence);
    g_ptr_array_unref(form->asks);
    g_ptr_array_unref(form->sections);
    g_ptr_array_unref(form->words);
    g_ptr_array_unref(form->stops);
    g_ptr_array_unref(form->others);
    g_ptr_array_unref(form->signatures);
    g_ptr_array_unref(form->guidance);
    g_ptr_array_unref(form->declarations);
    parsers_lexicon_free(form->lexicon);
    g_free(form);
}

static ParsersDefinition *
form_new(void)
{
    ParsersDefinition *form = g_new0(ParsersDefinition, 1);

    form->titles = strings_new();
    form->evidence = g_ptr_array_new_with_free_func((GDestroyNotify)evidence_free);
    form->asks = g_ptr_array_new_with_free_func((GDestroyNotify)evidence_free);
    form->sections = g_ptr_array_new_with_free_func((GDestroyNotify)section_free);
    form->words = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    form->stops = strings_new();
    form->others = strings_new();
    form->signatures = strings_new();
    form->guidance = strings_new();
    form->declarations = strings_new();
    return form;
}

static bool
complain(const Reader *reader, GError **error, const char *what, const char *detail)
{
    return parsers_throw(error, PARSERS_ERROR_DEFINITION, "%s:%u: %s%s%s", reader->file,
                         reader->line, what, detail != NULL ? ": " : "",
                         detail != NULL ? detail : "");
}

/* Each of the texts between bars, without the blanks around it. */
static void
add_list(GPtrArray *list, const char *rest)
{
    g_auto(GStrv) parts = g_strsplit(rest, "|", -1);

    for (guint i = 0; parts[i] != NULL; i++) {
        g_strstrip(parts[i]);
        if (parts[i][0] != '\0')
            g_ptr_array_add(list, g_strdup(parts[i]));
    }
}

/* ---- Keywords.  Each gets the rest of its line. ---- */

static bool
read_form(Reader *reader, const char *rest, GError **error)
{
    for (const char *p = rest; *p != '\0'; p++)
        if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && *p != '-')
            return complain(reader, error, "a form's name has only a-z, 0-9 and -", rest);
    if (reader->form->name != NULL)
        return complain(reader, error, "a second \"form\" line", rest);
    reader->form->name = g_strdup(rest);
    return true;
}

static bool
read_shown(Reader *reader, const char *rest, GError **error)
{
    char **target = &reader->form->shown;

    if (reader->section != NULL)
        target = &reader->section->shown;
    if (reader->field != NULL)
        target = &reader->field->shown;
    g_free(*target);
    *target = g_strdup(rest);
    return true;
}

static bool
read_include(Reader *reader, const char *rest, GError **error)
{
    const char *file = reader->file;
    const guint line = reader->line;
    GBytes *bytes = NULL;
    bool good = false;

    if (reader->files == NULL)
        return true;
    if (reader->depth >= INCLUDE_DEPTH_MAX)
        return complain(reader, error, "files include one another too deeply", rest);
    bytes = g_hash_table_lookup((GHashTable *)reader->files, rest);
    if (bytes == NULL)
        return complain(reader, error, "the included file is not there", rest);
    reader->depth++;
    good = read_file(reader, rest, bytes, error);
    reader->depth--;
    reader->file = file;
    reader->line = line;
    return good;
}

static bool
add_evidence(Reader *reader, GPtrArray *list, const char *rest, GError **error)
{
    char *end = NULL;
    gint64 weight = g_ascii_strtoll(rest, &end, 10);
    ParsersEvidence *evidence = NULL;

    if (end == rest || *end != ' ' || weight < -20 || weight > 20)
        return complain(reader, error, "wanted a weight from -20 to 20 and words", rest);
    evidence = g_new0(ParsersEvidence, 1);
    evidence->weight = (int)weight;
    evidence->text = g_strstrip(g_strdup(end));
    g_ptr_array_add(list, evidence);
    return true;
}

static bool
read_evidence(Reader *reader, const char *rest, GError **error)
{
    return add_evidence(reader, reader->form->evidence, rest, error);
}

static bool
read_asks(Reader *reader, const char *rest, GError **error)
{
    return add_evidence(reader, reader->form->asks, rest, error);
}

static bool
read_words(Reader *reader, const char *rest, GError **error)
{
    const char *equals = strchr(rest, '=');
    g_autofree char *name = NULL;
    GPtrArray *group = NULL;

    if (equals == NULL)
        return complain(reader, error, "wanted name = word | word", rest);
    group = strings_new();
    name = g_strstrip(g_strndup(rest, (gsize)(equals - rest)));
    g_ptr_array_add(group, g_steal_pointer(&name));
    add_list(group, equals + 1);
    g_ptr_array_add(reader->form->words, group);
    return true;
}

static bool
read_section(Reader *reader, const char *rest, GError **error)
{
    reader->field = NULL;
    for (guint i = 0; i < reader->form->sections->len; i++) {
        reader->section = g_ptr_array_index(reader->form->sections, i);
        if (strcmp(reader->section->name, rest) == 0)
            return true;
    }
    reader->section = section_new(reader->form, rest);
    return true;
}

static bool
read_kind(Reader *reader, const char *rest, GError **error)
{
    static const char *const kinds[] = {"normal", "other", "office", NULL};

    for (guint i = 0; kinds[i] != NULL; i++) {
        if (strcmp(kinds[i], rest) == 0) {
            reader->section->kind = (ParsersSectionKind)i;
            return true;
        }
    }
    return complain(reader, error, "a section is normal, other or office, not", rest);
}

static bool
read_field(Reader *reader, const char *rest, GError **error)
{
    if (strchr(rest, ' ') != NULL || strchr(rest, '.') == NULL)
        if (strcmp(rest, "wishes") != 0)
            return complain(reader, error, "a field's key looks like child.N.name, not", rest);
    for (guint i = 0; i < reader->section->fields->len; i++) {
        reader->field = g_ptr_array_index(reader->section->fields, i);
        if (strcmp(reader->field->key, rest) == 0)
            return true;
    }
    reader->field = field_new(reader->section, rest);
    return true;
}

static bool
read_type(Reader *reader, const char *rest, GError **error)
{
    for (guint i = 0; i < PARSERS_N_TYPES; i++) {
        if (strcmp(parsers_type_name((ParsersType)i), rest) == 0) {
            reader->field->type = (ParsersType)i;
            return true;
        }
    }
    return complain(reader, error, "there is no such type", rest);
}

static bool
read_parts(Reader *reader, const char *rest, GError **error)
{
    add_list(reader->field->parts, rest);
    reader->field->hidden = true;
    return true;
}

static bool
read_joins(Reader *reader, const char *rest, GError **error)
{
    g_free(reader->field->joins);
    reader->field->joins = g_strdup(rest);
    reader->field->hidden = true;
    return true;
}

typedef enum { IN_FORM, IN_SECTION, IN_FIELD } Where;

typedef enum {
    BY_CALL, /* a function reads the rest */
    A_LIST,  /* texts between bars, added to a list */
    A_FLAG,  /* nothing behind it: sets a bool */
} How;

/* clang-format off */
#define FORM_LIST(member)    IN_FORM,    A_LIST, G_STRUCT_OFFSET(ParsersDefinition, member), NULL
#define SECTION_LIST(member) IN_SECTION, A_LIST, G_STRUCT_OFFSET(ParsersSectionDef, member), NULL
#define FIELD_LIST(member)   IN_FIELD,   A_LIST, G_STRUCT_OFFSET(ParsersFieldDef, member), NULL
#define SECTION_FLAG(member) IN_SECTION, A_FLAG, G_STRUCT_OFFSET(ParsersSectionDef, member), NULL
#define FIELD_FLAG(member)   IN_FIELD,   A_FLAG, G_STRUCT_OFFSET(ParsersFieldDef, member), NULL

static const struct {
    const char *word;
    Where where;
    How how;
    glong offset; /* of the list or flag */
    bool (*read)(Reader *reader, const char *rest, GError **error);
} keywords[] = {
    { "form",      IN_FORM,    BY_CALL, 0, read_form },
    { "shown",     IN_FORM,    BY_CALL, 0, read_shown },
    { "include",   IN_FORM,    BY_CALL, 0, read_include },
    { "evidence",  IN_FORM,    BY_CALL, 0, read_evidence },
    { "asks",      IN_FORM,    BY_CALL, 0, read_asks },
    { "words",     IN_FORM,    BY_CALL, 0, read_words },
    { "section",   IN_FORM,    BY_CALL, 0, read_section },
    { "title",     FORM_LIST(titles) },
    { "stop",      FORM_LIST(stops) },
    { "other",     FORM_LIST(others) },
    { "signature", FORM_LIST(signatures) },
    { "guidance",  FORM_LIST(guidance) },
    { "declaration", FORM_LIST(declarations) },
    { "kind",      IN_SECTION, BY_CALL, 0, read_kind },
    { "field",     IN_SECTION, BY_CALL, 0, read_field },
    { "heading",   SECTION_LIST(headings) },
    { "person",    SECTION_LIST(persons) },
    { "repeats",   SECTION_FLAG(repeats) },
    { "type",      IN_FIELD,   BY_CALL, 0, read_type },
    { "parts",     IN_FIELD,   BY_CALL, 0, read_parts },
    { "joins",     IN_FIELD,   BY_CALL, 0, read_joins },
    { "label",     FIELD_LIST(labels) },
    { "within",    FIELD_LIST(within) },
    { "option",    FIELD_LIST(options) },
    { "required",  FIELD_FLAG(required) },
    { "aside",     FIELD_FLAG(aside) },
    { "hidden",    FIELD_FLAG(hidden) },
};
/* clang-format on */

/* Do what the k-th keyword says with the rest of its line. */
static bool
obey(Reader *reader, guint k, const char *rest, GError **error)
{
    gpointer owners[] = {reader->form, reader->section, reader->field};
    gpointer member = NULL;

    if (keywords[k].how == BY_CALL)
        return keywords[k].read(reader, rest, error);
    member = G_STRUCT_MEMBER_P(owners[keywords[k].where], keywords[k].offset);
    if (keywords[k].how == A_LIST)
        add_list(*(GPtrArray **)member, rest);
    else
        *(bool *)member = true;
    return true;
}

/* Words of older definitions, which a council may have: nothing follows from them any more. */
static bool
is_obsolete(const char *word)
{
    return strcmp(word, "sensitive") == 0;
}

static bool
read_line(Reader *reader, char *line, GError **error)
{
    char *rest = NULL;

    g_strstrip(line);
    if (line[0] == '\0' || line[0] == '#' || is_obsolete(line))
        return true;
    rest = line + strcspn(line, " \t");
    if (*rest != '\0')
        *rest++ = '\0';
    g_strstrip(rest);
    for (guint i = 0; i < G_N_ELEMENTS(keywords); i++) {
        if (strcmp(keywords[i].word, line) != 0)
            continue;
        if (keywords[i].where >= IN_SECTION && reader->section == NULL)
            return complain(reader, error, "stands before the first \"section\" line", line);
        if (keywords[i].where >= IN_FIELD && reader->field == NULL)
            return complain(reader, error, "stands before the section's first \"field\" line",
                            line);
        if ((keywords[i].how == A_FLAG) != (rest[0] == '\0'))
            return complain(reader, error,
                            keywords[i].how == A_FLAG ? "has nothing behind it"
                                                      : "wants something behind it",
                            line);
        return obey(reader, i, rest, error);
    }
    return complain(reader, error, "there is no such keyword", line);
}

static bool
read_file(Reader *reader, const char *name, GBytes *bytes, GError **error)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    reader->file = name;
    reader->line = 0;
    if (length > FILE_BYTES_MAX)
        return complain(reader, error, "the file is larger than 1 MiB", NULL);
    if (length > 0 && !g_utf8_validate(data, (gssize)length, NULL))
        return complain(reader, error, "the file is not UTF-8", NULL);
    text = g_strndup(length > 0 ? data : "", length);
    lines = g_strsplit(text, "\n", -1);
    reader->section = NULL;
    reader->field = NULL;
    for (guint i = 0; lines[i] != NULL; i++) {
        reader->line = i + 1;
        if (strlen(lines[i]) > LINE_BYTES_MAX)
            return complain(reader, error, "the line is too long", NULL);
        if (!read_line(reader, lines[i], error))
            return false;
    }
    reader->section = NULL;
    reader->field = NULL;
    return true;
}

ParsersDefinition *
parsers_definition_read(const GHashTable *files, const char *name, GBytes *bytes, GError **error)
{
    ParsersDefinition *form = form_new();
    Reader reader = {.files = files, .form = form};

    if (read_file(&reader, name, bytes, error))
        return form;
    parsers_definition_free(form);
    return NULL;
}
