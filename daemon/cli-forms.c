/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-forms.c - "postern forms": for the person who maintains form definitions.
 *
 * Needs no spool, no key and no daemon, and changes nothing but the file that
 * --output names.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md; postern(1)
 */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "daemon/cli-forms.h"
#include "daemon/forms-blank.h"
#include "daemon/forms-lint.h"
#include "templates/blank-docx.h"
#include "templates/blank-pdf.h"
#include "templates/blank-text.h"

bool
daemon_cli_forms_load(const DaemonCliOptions *options, const char *form,
                      DaemonFormsFiles **out_files, GError **error)
{
    g_autoptr(DaemonSettings) settings = NULL;

    if (options->config != NULL && !daemon_settings_load(options->config, false, &settings, error))
        return false;
    return daemon_forms_load(settings != NULL ? settings->templates : NULL, form, out_files, error);
}

static json_t *
remark_json(const DaemonFormsRemark *remark)
{
    return json_pack("{s:s, s:i, s:s, s:s}", "file", remark->file, "line", (int)remark->line,
                     "weight", remark->mistake ? "mistake" : "advice", "text", remark->text);
}

static void
print_remark(const DaemonFormsRemark *remark)
{
    g_autofree char *text = daemon_cli_plain(remark->text);

    if (remark->line > 0)
        printf("%s:%u: %s%s\n", remark->file, remark->line,
               remark->mistake ? "" : "advice: ", text);
    else
        printf("%s: %s%s\n", remark->file, remark->mistake ? "" : "advice: ", text);
}

/* 0 when the file can be used as it is. */
static int
check_one(const DaemonCliOptions *options, const char *name)
{
    g_autoptr(DaemonFormsFiles) files = NULL;
    g_autoptr(GPtrArray) remarks = NULL;
    g_autoptr(GError) error = NULL;
    guint mistakes = 0;

    if (!daemon_cli_forms_load(options, name, &files, &error))
        return daemon_cli_fail(error);
    remarks = daemon_forms_lint(files, &mistakes);
    for (guint i = 0; i < remarks->len; i++) {
        if (options->json)
            daemon_cli_print_json(remark_json(remarks->pdata[i]));
        else
            print_remark(remarks->pdata[i]);
    }
    if (!options->json)
        printf("%s: %s, %u mistakes, %u pieces of advice\n", name, mistakes == 0 ? "good" : "bad",
               mistakes, remarks->len - mistakes);
    return mistakes == 0 ? DAEMON_CLI_DONE : DAEMON_CLI_NO;
}

static int
check(const DaemonCliOptions *options, char **names)
{
    int code = DAEMON_CLI_DONE;

    for (guint i = 0; names[i] != NULL; i++) {
        int one = check_one(options, names[i]);

        code = MAX(code, one);
    }
    return code;
}

static bool
make_text(const TemplatesBlank *blank, GBytes **out_bytes, GError **error)
{
    *out_bytes = templates_blank_text(blank);
    return true;
}

/* clang-format off */
static const struct {
    const char *name;
    bool (*make)(const TemplatesBlank *blank, GBytes **out_bytes, GError **error);
    bool printable; /* may go to a terminal */
} formats[] = {
    { "docx", templates_blank_docx, false },
    { "pdf",  templates_blank_pdf,  false },
    { "txt",  make_text,            true  },
};
/* clang-format on */

static gsize
find_format(const char *name)
{
    gsize i = 0;

    while (i < G_N_ELEMENTS(formats) && g_strcmp0(formats[i].name, name) != 0)
        i++;
    return i;
}

static bool
write_out(const char *path, GBytes *bytes, bool printable, GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);

    if (path != NULL)
        return g_file_set_contents_full(path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                        0644, error);
    if (!printable && isatty(STDOUT_FILENO))
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "this format is not for a terminal: say --output FILE");
    if (fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0)
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE, "standard output could not be written");
}

static bool
make_blank(const DaemonCliOptions *options, const char *name, gsize format, GError **error)
{
    g_autoptr(DaemonFormsFiles) files = NULL;
    g_autoptr(ParsersDefinitions) definitions = NULL;
    g_autoptr(TemplatesBlank) blank = NULL;
    g_autoptr(GBytes) bytes = NULL;

    if (!daemon_cli_forms_load(options, name, &files, error) ||
        !daemon_forms_definitions(files, &definitions, error))
        return false;
    if (daemon_forms_main(files, definitions) == NULL)
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "%s has no \"form\" line: it is made to be included", name);
    blank = daemon_forms_blank(daemon_forms_main(files, definitions));
    return formats[format].make(blank, &bytes, error) &&
           write_out(options->output, bytes, formats[format].printable, error);
}

static int
blank(const DaemonCliOptions *options, char **names)
{
    const gsize format = find_format(options->format);
    g_autoptr(GError) error = NULL;

    if (format == G_N_ELEMENTS(formats) || names[1] != NULL) {
        fputs("postern forms: say: postern forms blank FORM --format docx|pdf|txt [-o FILE]\n",
              stderr);
        return DAEMON_CLI_USAGE;
    }
    if (!make_blank(options, names[0], format, &error))
        return daemon_cli_fail(error);
    return DAEMON_CLI_DONE;
}

/* clang-format off */
static const struct {
    const char *name;
    int (*run)(const DaemonCliOptions *options, char **names);
    guint min_names;
} verbs[] = {
    { "check", check,               1 },
    { "try",   daemon_cli_forms_try, 2 },
    { "blank", blank,               1 },
};
/* clang-format on */

int
daemon_cli_forms(const DaemonCliOptions *options)
{
    const guint names = g_strv_length(options->names) - 1;

    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_str_equal(verbs[i].name, options->names[0]) && names >= verbs[i].min_names)
            return verbs[i].run(options, options->names + 1);
    fputs("postern forms: say one of\n"
          "  postern forms check FILE.form...\n"
          "  postern forms try FILE.form DOCUMENT...\n"
          "  postern forms blank FORM --format docx|pdf|txt [-o FILE]\n",
          stderr);
    return DAEMON_CLI_USAGE;
}
