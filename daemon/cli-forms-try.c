/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-forms-try.c - "postern forms try": what a definition reads from documents.
 *
 * A document is read as the attachment of a mail, in the same cage as the daemon's:
 * what is seen here is what would be seen there.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/cli-forms.h"
#include "daemon/reader.h"
#include "spool/message.h"

/* What g_base64_encode_step() and _close() may write with line breaks, as their manual has it. */
#define BASE64_MOST(size) (((size) / 3 + 1) * 4 + 4 + (((size) / 3 + 1) * 4 + 4) / 76 + 1 + 5)

typedef struct {
    const ParsersDefinition *form; /* the one that is tried */
    DaemonReader *reader;
    bool json;
} Trial;

/* The name's letters decide nothing, but some readers ask for its ending. */
static char *
ending_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    if (dot == NULL || strlen(dot) > 8)
        return g_strdup("");
    for (const char *p = dot + 1; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p))
            return g_strdup("");
    return g_strdup(dot);
}

/* The smallest mail that carries a document. */
static GBytes *
wrap(const char *data, gsize size, const char *path)
{
    g_autofree char *ending = ending_of(path);
    g_autofree char *base64 = g_malloc(BASE64_MOST(size));
    GString *mail = g_string_new(NULL);
    int state = 0;
    int save = 0;
    gsize length = 0;

    g_string_append_printf(mail,
                           "From: <form@example.invalid>\r\nTo: <form@example.invalid>\r\n"
                           "Subject: form\r\nMIME-Version: 1.0\r\n"
                           "Content-Type: application/octet-stream; name=\"document%s\"\r\n"
                           "Content-Disposition: attachment; filename=\"document%s\"\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n",
                           ending, ending);
    length = g_base64_encode_step((const guchar *)data, size, TRUE, base64, &state, &save);
    length += g_base64_encode_close(TRUE, base64 + length, &state, &save);
    g_string_append_len(mail, base64, (gssize)length);
    return g_string_free_to_bytes(mail);
}

/* A document as a mail; a whole mail (.eml) as it is. */
static bool
load(const char *path, GBytes **out_raw, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
    gsize size = 0;

    if (file == NULL)
        return false;
    size = g_mapped_file_get_length(file);
    if (size > SPOOL_MESSAGE_MAX / 4 * 3)
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s is larger than %u MiB", path,
                            (SPOOL_MESSAGE_MAX / 4 * 3) >> 20);
    if (g_str_has_suffix(path, ".eml"))
        *out_raw = g_mapped_file_get_bytes(file);
    else
        *out_raw = wrap(size > 0 ? g_mapped_file_get_contents(file) : "", size, path);
    return true;
}

static const char *
state_of(const ParsersPart *part)
{
    static const char *const states[] = {"read",    "evidence",    "decoration", "locked",
                                         "damaged", "unsupported", "limit"};

    return part->state < G_N_ELEMENTS(states) ? states[part->state] : "";
}

static json_t *
fields_json(const GPtrArray *fields)
{
    json_t *list = json_array();

    for (guint i = 0; i < fields->len; i++) {
        const ParsersField *field = fields->pdata[i];

        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:f}", "key", field->key,
                                              "value", field->value, "raw", field->raw, "place",
                                              field->place, "confidence", field->confidence));
    }
    return list;
}

static json_t *
form_json(const ParsersForm *form)
{
    json_t *missing = json_array();

    for (guint i = 0; i < form->missing->len; i++)
        json_array_append_new(missing, json_string(form->missing->pdata[i]));
    return json_pack("{s:s, s:s, s:b, s:o, s:o, s:o}", "form", form->form, "format", form->format,
                     "blank", (int)form->blank, "fields", fields_json(form->fields), "missing",
                     missing, "others", fields_json(form->others));
}

static void
print_json(const char *path, const ParsersFindings *findings)
{
    json_t *forms = json_array();
    json_t *parts = json_array();

    for (guint i = 0; i < findings->forms->len; i++)
        json_array_append_new(forms, form_json(findings->forms->pdata[i]));
    for (guint i = 0; i < findings->parts->len; i++) {
        const ParsersPart *part = findings->parts->pdata[i];

        json_array_append_new(parts, json_pack("{s:s, s:s, s:s}", "type", part->type, "state",
                                               state_of(part), "problem", part->problem));
    }
    daemon_cli_print_json(
        json_pack("{s:s, s:o, s:o}", "file", path, "forms", forms, "parts", parts));
}

static void
print_field(const ParsersField *field)
{
    g_autofree char *key = daemon_cli_plain(field->key);
    g_autofree char *value = daemon_cli_plain(field->value);
    g_autofree char *raw = daemon_cli_plain(field->raw);
    g_autofree char *place = daemon_cli_plain(field->place);

    printf("    %-28s %s\n", key, value);
    printf("    %28s %s, %.0f %% sure", "", place, field->confidence * 100);
    if (!g_str_equal(raw, value))
        printf(", written \"%s\"", raw);
    putchar('\n');
}

static void
print_fields(const char *title, const GPtrArray *fields)
{
    if (fields->len > 0)
        printf("  %s:\n", title);
    for (guint i = 0; i < fields->len; i++)
        print_field(fields->pdata[i]);
}

static void
print_form(const ParsersForm *form)
{
    printf("  form %s, format %s%s\n", form->form, form->format, form->blank ? ", blank" : "");
    print_fields("read", form->fields);
    print_fields("left over: read, but no field of the definition", form->others);
    if (form->missing->len > 0)
        puts("  missing: required, and not answered");
    for (guint i = 0; i < form->missing->len; i++)
        printf("    %s\n", (const char *)form->missing->pdata[i]);
}

/* Why there is nothing to show, from what is known of the parts. */
static void
print_problems(const ParsersFindings *findings)
{
    for (guint i = 0; i < findings->parts->len; i++) {
        const ParsersPart *part = findings->parts->pdata[i];
        g_autofree char *problem = daemon_cli_plain(part->problem);

        if (*problem != '\0')
            printf("  %s: %s, %s\n", part->type, state_of(part), problem);
    }
    if (findings->forms->len == 0)
        puts("  no form was found in it");
}

static bool
fits(const Trial *trial, const ParsersFindings *findings)
{
    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = findings->forms->pdata[i];

        if (g_str_equal(form->form, trial->form->name))
            return true;
    }
    return false;
}

static int
try_one(const Trial *trial, const char *path)
{
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GError) error = NULL;

    if (!load(path, &raw, &error) || !daemon_reader_read(trial->reader, raw, &findings, &error))
        return daemon_cli_fail(error);
    if (trial->json) {
        print_json(path, findings);
    } else {
        printf("%s\n", path);
        print_problems(findings);
        for (guint i = 0; i < findings->forms->len; i++)
            print_form(findings->forms->pdata[i]);
        if (!fits(trial, findings))
            printf("  not read as %s\n", trial->form->name);
    }
    fflush(stdout);
    return fits(trial, findings) ? DAEMON_CLI_DONE : DAEMON_CLI_NO;
}

static bool
prepare(const DaemonCliOptions *options, const DaemonFormsFiles *files, DaemonReader **out_reader,
        GError **error)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(GBytes) packed = NULL;

    if (options->config == NULL)
        settings = daemon_settings_embedded();
    else if (!daemon_settings_load(options->config, false, &settings, error))
        return false;
    return daemon_forms_pack(files, &packed, error) &&
           daemon_reader_open(settings, packed, out_reader, error);
}

int
daemon_cli_forms_try(const DaemonCliOptions *options, char **names)
{
    g_autoptr(DaemonFormsFiles) files = NULL;
    g_autoptr(ParsersDefinitions) definitions = NULL;
    g_autoptr(DaemonReader) reader = NULL;
    g_autoptr(GError) error = NULL;
    Trial trial = {.json = options->json};
    int code = DAEMON_CLI_DONE;

    if (!daemon_cli_forms_load(options, names[0], &files, &error) ||
        !daemon_forms_definitions(files, &definitions, &error) ||
        !prepare(options, files, &reader, &error))
        return daemon_cli_fail(error);
    trial.form = daemon_forms_main(files, definitions);
    trial.reader = reader;
    if (trial.form == NULL) {
        fprintf(stderr, "postern: %s has no \"form\" line: it is made to be included\n", names[0]);
        return DAEMON_CLI_FAILED;
    }
    for (guint i = 1; names[i] != NULL; i++) {
        int one = try_one(&trial, names[i]);

        code = MAX(code, one);
    }
    return code;
}
