/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-consultation.c - "postern consultation": enter, list and show No Named consultations.
 *
 * What is entered comes from standard input: arguments are seen by everybody who
 * is on the machine.
 *
 * Runs in:  command line, as an account that may write the spool and read its key.
 * Source:   doc/consultations.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "daemon/consultation-names.h"

#define LONGEST 65536u

static bool
read_input(char **out_text, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char piece[4096];
    gsize got;

    while ((got = fread(piece, 1, sizeof piece, stdin)) > 0 && text->len <= LONGEST)
        g_string_append_len(text, piece, (gssize)got);
    if (text->len > LONGEST || memchr(text->str, '\0', text->len) != NULL)
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "standard input is longer than %u bytes, or no text", LONGEST);
    *out_text = g_string_free(g_steal_pointer(&text), FALSE);
    return true;
}

static void
print_names(const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++) {
        const DaemonConsultationName *name = names->pdata[i];
        g_autofree char *words = daemon_cli_plain(name->words);

        fprintf(stderr, "postern consultation: the summary seems to hold %s: %s\n", name->what,
                words);
    }
}

/* May it be entered as it is?  Whoever typed it at a terminal is asked there. */
static bool
agreed(const DaemonCliOptions *options, const GPtrArray *names)
{
    FILE *terminal;
    char answer[16] = "";

    if (names->len == 0)
        return true;
    print_names(names);
    if (options->yes || !isatty(STDIN_FILENO))
        return options->yes;
    terminal = fopen("/dev/tty", "r");
    if (terminal == NULL)
        return false;
    fputs("Does none of this name a child?  Enter it as it is? [y/N] ", stderr);
    if (fgets(answer, sizeof answer, terminal) == NULL)
        answer[0] = '\0';
    fclose(terminal);
    return g_ascii_tolower(answer[0]) == 'y';
}

static json_t *
names_json(const GPtrArray *names)
{
    json_t *array = json_array();

    for (guint i = 0; i < names->len; i++) {
        const DaemonConsultationName *name = names->pdata[i];

        json_array_append_new(array,
                              json_pack("{s:s, s:s}", "what", name->what, "words", name->words));
    }
    return array;
}

/* What was typed is given back: nothing that somebody wrote is lost. */
static int
refuse(const DaemonCliOptions *options, const char *text, const GPtrArray *names)
{
    if (options->json)
        daemon_cli_print_json(json_pack("{s:n, s:o}", "reference", "warnings", names_json(names)));
    else if (isatty(STDIN_FILENO))
        printf("%s", text);
    fputs("postern consultation: nothing was entered. Take these out, or say --yes if none of them "
          "names a child.\n",
          stderr);
    return DAEMON_CLI_NO;
}

static int
enter_new(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = NULL;
    g_auto(DaemonConsultation) consultation = {0};
    g_autofree char *text = NULL, *reference = NULL;
    gint64 at = 0;

    if (!daemon_cli_open(options, &settings, &db, &error) || !read_input(&text, &error) ||
        !daemon_consultation_parse(text, &consultation, &error) ||
        !daemon_consultation_check(&consultation, settings, &at, &error))
        return daemon_cli_fail(error);
    names = daemon_consultation_names_find(&consultation, at);
    if (!agreed(options, names))
        return refuse(options, text, names);
    if (!daemon_consultation_enter(db, settings, &consultation, g_get_user_name(), &reference,
                                   &error))
        return daemon_cli_fail(error);
    if (options->json)
        daemon_cli_print_json(
            json_pack("{s:s, s:o}", "reference", reference, "warnings", names_json(names)));
    else
        printf("%s\n", reference);
    return DAEMON_CLI_DONE;
}

int
daemon_cli_consultation(const DaemonCliOptions *options)
{
    DaemonCliOptions inner = *options;
    guint names = g_strv_length(options->names);

    if (g_str_equal(options->names[0], "new") && names == 1)
        return enter_new(options);
    if (g_str_equal(options->names[0], "list") && names == 1) {
        inner.mailbox = (char *)DAEMON_CONSULTATION_MAILBOX;
        return daemon_cli_list(&inner);
    }
    if (g_str_equal(options->names[0], "show") && names == 2) {
        inner.names = options->names + 1;
        return daemon_cli_show(&inner);
    }
    fputs("postern consultation: say: postern consultation new <ENTRY, list, or show REF\n",
          stderr);
    return DAEMON_CLI_USAGE;
}
