/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-preview.c - "postern preview": an automatic reply as somebody would get it.
 *
 * The whole mail is made as the courier makes it, so that what it would refuse is
 * refused here; the reference and the addresses are made up.  Nothing is sent.
 *
 * Runs in:  command line.  Needs no spool, no key and no password.
 * Source:   doc/replies.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/cli.h"
#include "templates/words.h"

static void
say_templates(void)
{
    fputs("postern preview: say one of:", stderr);
    for (const char *const *name = templates_reply_names(); *name != NULL; name++)
        fprintf(stderr, " %s", *name);
    fputc('\n', stderr);
}

static bool
make_words(const DaemonSettings *settings, const DaemonCliOptions *options, gint64 at,
           TemplatesWords *out_words, GError **error)
{
    g_autoptr(TemplatesCalendar) calendar = NULL;
    g_autoptr(TemplatesKit) kit =
        templates_kit_new(settings->templates, settings->language, settings->contacts);
    g_autoptr(GBytes) mail = NULL;
    TemplatesReply reply = {
        .language = settings->language,
        .reference = "LADO-7K3M-Q9TR",
        .to = "somebody@example.com",
        .from = settings->smtp_from != NULL ? settings->smtp_from : "service@example.org",
        .message_id = "preview@example.org",
        .received = at,
        .now = at,
        .service = settings->name,
        .portal_url = settings->portal_url,
        .consultation = settings->consultation,
        .areas = settings->areas,
        .home_area = options->area,
        .work_area = options->area,
        .waiting = 12,
    };

    if (!templates_calendar_load(settings->templates, settings->timezone,
                                 (const char *const *)settings->closures, &calendar, error))
        return false;
    reply.calendar = calendar;
    templates_reply_parse(options->names[0], &reply.template, &reply.variant);
    if (g_strcmp0(reply.template, TEMPLATES_REPLY_CONSULTATION) == 0)
        reply.reference = "CON-7K3M-Q9TR";
    return templates_reply_render(&reply, kit, &mail, error) &&
           templates_words_make(&reply, kit, out_words, error);
}

static bool
show(const DaemonCliOptions *options, const TemplatesWords *words, GError **error)
{
    const char *body = options->html ? words->html : words->text;

    if (options->output != NULL && !g_file_set_contents(options->output, body, -1, error))
        return false;
    if (options->json)
        daemon_cli_print_json(json_pack("{s:s, s:s, s:s, s:s}", "template", options->names[0],
                                        "subject", words->subject, "text", words->text, "html",
                                        words->html));
    else if (options->output == NULL && options->html)
        fputs(body, stdout);
    else if (options->output == NULL)
        printf("Subject: %s\n\n%s", words->subject, body);
    return true;
}

int
daemon_cli_preview(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(TemplatesWords) words = {0};
    const char *template = NULL, *variant = NULL;
    gint64 at = 0;

    if (!templates_reply_parse(options->names[0], &template, &variant)) {
        say_templates();
        return DAEMON_CLI_USAGE;
    }
    if (!daemon_cli_time_parse(options->at, &at, &error)) {
        daemon_cli_fail(error);
        return DAEMON_CLI_USAGE;
    }
    if (!daemon_cli_settings_or_embedded(options, &settings, &error) ||
        !make_words(settings, options, at, &words, &error) || !show(options, &words, &error))
        return daemon_cli_fail(error);
    return DAEMON_CLI_DONE;
}
