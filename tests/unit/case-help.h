/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/case-help.h - cases for the tests of deciding, made from a few words.
 */
#ifndef CASE_HELP_H
#define CASE_HELP_H

#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/case.h"

#define BEFORE_CUTOFF INT64_C(1672574400000000) /* 2023-01-01 */
#define AFTER_CUTOFF INT64_C(1704110400000000)  /* 2024-01-01 */

/* A case and all that it borrows. */
typedef struct {
    DaemonSettings *settings;
    ParsersFindings *findings;
    SpoolHistory history;
    DaemonCase mail;
} Bench;

static inline void
bench_set(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

/* A person's mail to the parents' mailbox, from a private address, that may be answered. */
static inline void
bench_init(Bench *bench)
{
    memset(bench, 0, sizeof *bench);
    bench->settings = daemon_settings_embedded();
    bench_set(&bench->settings->authserv_id, "mx.council.example");
    bench_set(&bench->settings->message_id_domain, "intake.council.example");
    bench->findings = parsers_findings_new();
    bench_set(&bench->findings->from_address, "ann@private.example");
    bench_set(&bench->findings->return_path, "ann@private.example");
    bench_set(&bench->findings->message_id, "1@private.example");
    bench_set(&bench->findings->text, "Some words.");
    bench->findings->has_return_path = true;
    bench->findings->from_count = 1;
    g_ptr_array_add(bench->findings->recipients, g_strdup("lado@postern.invalid"));
    bench->mail = (DaemonCase){.findings = bench->findings,
                               .settings = bench->settings,
                               .mailbox = daemon_settings_mailbox(bench->settings, "lado-parents"),
                               .received = AFTER_CUTOFF};
}

static inline void
bench_clear(Bench *bench)
{
    parsers_findings_free(bench->findings);
    daemon_settings_free(bench->settings);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bench, bench_clear)

static inline void
bench_form(Bench *bench, const char *name, bool blank)
{
    ParsersForm *form = parsers_form_new();

    bench_set(&form->form, name);
    form->blank = blank;
    bench->findings->has_form |= !blank;
    g_ptr_array_add(bench->findings->forms, form);
}

/* An answer in the newest form. */
static inline void
bench_answer(Bench *bench, const char *key, const char *value)
{
    ParsersForm *form = bench->findings->forms->pdata[bench->findings->forms->len - 1];

    g_ptr_array_add(form->fields, parsers_field_new(key, value, value, "page 1", 1.0));
}

static inline void
bench_part(Bench *bench, const char *type, ParsersPartState state)
{
    ParsersPart *part = parsers_part_new();

    bench_set(&part->type, type);
    part->state = state;
    g_ptr_array_add(bench->findings->parts, part);
}

/* A verdict of a gateway; all texts are copied. */
static inline void
bench_auth(Bench *bench, const ParsersAuth *verdict)
{
    ParsersAuth *auth = g_new0(ParsersAuth, 1);

    auth->authserv_id = g_strdup(verdict->authserv_id);
    auth->instance = verdict->instance;
    auth->method = g_strdup(verdict->method);
    auth->result = g_strdup(verdict->result);
    auth->domain = g_strdup(verdict->domain);
    g_ptr_array_add(bench->findings->auth, auth);
}

/* One piece of evidence: "from=ADDRESS", "kind=NAME", "form=NAME", "body=NAME", "blank=NAME",
 * "pictured=NAME" (the first form stands in a picture), "part=TYPE/STATE", "KEY:VALUE" for an
 * answer, "before" the cut-off, "cls" or the "junk" mailbox, anything else is a
 * signal. */
static inline void
bench_add(Bench *bench, const char *piece)
{
    const char *value = strchr(piece, '=');
    const char *colon = strchr(piece, ':');

    value = value != NULL ? value + 1 : "";
    if (g_str_has_prefix(piece, "from=")) {
        bench_set(&bench->findings->from_address, value);
    } else if (g_str_has_prefix(piece, "kind=")) {
        for (int k = 0; k < PARSERS_N_KINDS; k++)
            if (g_str_equal(parsers_kind_name((ParsersKind)k), value))
                bench->findings->kind = (ParsersKind)k;
    } else if (g_str_has_prefix(piece, "form=")) {
        bench_form(bench, value, false);
    } else if (g_str_has_prefix(piece, "pictured=")) {
        bench_form(bench, value, false);
        bench_set(&((ParsersForm *)bench->findings->forms->pdata[0])->format, "image");
    } else if (g_str_has_prefix(piece, "blank=")) {
        bench_form(bench, value, true);
    } else if (g_str_has_prefix(piece, "body=")) {
        bench_form(bench, value, false);
        bench_set(&((ParsersForm *)bench->findings->forms->pdata[bench->findings->forms->len - 1])
                       ->source,
                  "body");
    } else if (g_str_has_prefix(piece, "part=")) {
        g_auto(GStrv) half = g_strsplit(value, "/", 2);
        bench_part(bench, half[0], (ParsersPartState)atoi(half[1]));
    } else if (g_str_equal(piece, "before")) {
        bench->mail.received = BEFORE_CUTOFF;
    } else if (g_str_equal(piece, "cls")) {
        bench->mail.mailbox = daemon_settings_mailbox(bench->settings, "cls-legacy");
    } else if (g_str_equal(piece, "junk")) {
        ((DaemonMailbox *)bench->settings->mailboxes->pdata[0])->junk = true;
    } else if (g_str_has_prefix(piece, "reply-to=")) {
        bench_set(&bench->findings->reply_to, value);
    } else if (g_str_has_prefix(piece, "in-reply-to=")) {
        g_ptr_array_add(bench->findings->in_reply_to, g_strdup(value));
    } else if (g_str_has_prefix(piece, "original=")) {
        g_ptr_array_add(bench->findings->original_ids, g_strdup(value));
    } else if (g_str_has_prefix(piece, "reference=")) {
        g_ptr_array_add(bench->findings->references, g_strdup(value));
    } else if (g_str_has_prefix(piece, "message-id=")) {
        bench_set(&bench->findings->message_id, value);
    } else if (g_str_has_prefix(piece, "text=")) {
        bench_set(&bench->findings->text, value);
    } else if (g_str_has_prefix(piece, "dmarc=")) {
        const ParsersAuth verdict = {.authserv_id = (char *)"mx.council.example",
                                     .method = (char *)"dmarc",
                                     .result = (char *)value,
                                     .domain = (char *)"private.example"};

        bench_auth(bench, &verdict);
    } else if (colon != NULL) {
        g_autofree char *key = g_strndup(piece, (gsize)(colon - piece));

        bench_answer(bench, key, colon + 1);
    } else {
        parsers_findings_add_signal(bench->findings, piece, piece);
    }
}

/* Pieces separated by "; ". */
static inline void
bench_build(Bench *bench, const char *pieces)
{
    g_auto(GStrv) list = g_strsplit(pieces, "; ", -1);

    bench_init(bench);
    for (guint i = 0; list[i] != NULL; i++)
        if (list[i][0] != '\0')
            bench_add(bench, list[i]);
}

#endif
