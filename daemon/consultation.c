/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/consultation.c - No Named consultations: whom a social worker advised, and a number for
 * it.
 *
 * What was entered is kept as a mail of ours to ourselves, so that it is read back
 * as every other record is; the mail that tells the number holds nothing of it.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/consultations.md
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"
#include "daemon/consultation.h"
#include "daemon/error.h"
#include "daemon/case.h"
#include "templates/address.h"
#include "templates/reply.h"

#define MAX_LINE 300       /* bytes of each short answer */
#define MAX_SUMMARY 20000u /* bytes */

/* clang-format off */
static const struct {
    const char *label; /* as it is typed */
    const char *key;   /* of the record's field */
    gsize at;
    bool needed;
} answers[] = {
    { "Name",         "consultee.name",         G_STRUCT_OFFSET(DaemonConsultation, name),         true  },
    { "Organisation", "consultee.organisation", G_STRUCT_OFFSET(DaemonConsultation, organisation), false },
    { "Address",      "consultee.address",      G_STRUCT_OFFSET(DaemonConsultation, address),      false },
    { "Email",        "consultee.email",        G_STRUCT_OFFSET(DaemonConsultation, email),        true  },
    { "When",         "consultation.date",      G_STRUCT_OFFSET(DaemonConsultation, when),         true  },
    { "Adviser",      "consultation.adviser",   G_STRUCT_OFFSET(DaemonConsultation, adviser),      true  },
    { "Summary",      "consultation.summary",   G_STRUCT_OFFSET(DaemonConsultation, summary),      true  },
};
/* clang-format on */
#define SUMMARY (G_N_ELEMENTS(answers) - 1)

static char **
answer(const DaemonConsultation *consultation, gsize i)
{
    return (char **)G_STRUCT_MEMBER_P(consultation, answers[i].at);
}

void
daemon_consultation_clear(DaemonConsultation *consultation)
{
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
        g_clear_pointer(answer(consultation, i), g_free);
}

/* ---- reading ---- */

static bool
parse_line(const char *line, guint number, DaemonConsultation *consultation, GError **error)
{
    const char *colon = strchr(line, ':');
    g_autofree char *label = g_strndup(line, colon != NULL ? (gsize)(colon - line) : 0);

    g_strstrip(label);
    for (gsize i = 0; i < SUMMARY; i++)
        if (g_ascii_strcasecmp(label, answers[i].label) == 0) {
            g_free(*answer(consultation, i));
            *answer(consultation, i) = g_strstrip(g_strdup(colon + 1));
            return true;
        }
    return daemon_throw(error, DAEMON_ERROR_FILE,
                        "line %u: say Name:, Organisation:, Address:, Email:, When: or Adviser:, "
                        "then an empty line and the summary",
                        number);
}

bool
daemon_consultation_parse(const char *text, DaemonConsultation *out_consultation, GError **error)
{
    g_auto(DaemonConsultation) consultation = {0};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint i = 0;

    for (; lines[i] != NULL && g_strstrip(lines[i])[0] != '\0'; i++)
        if (!parse_line(lines[i], i + 1, &consultation, error))
            return false;
    if (lines[i] != NULL) {
        consultation.summary = g_strjoinv("\n", lines + i);
        g_strstrip(consultation.summary);
    }
    *out_consultation = consultation;
    memset(&consultation, 0, sizeof consultation);
    return true;
}

/* ---- checking ---- */

/* Only what may stand in a record: valid text, on one line but for the summary. */
static bool
is_text(const char *text, bool lines)
{
    if (!g_utf8_validate(text, -1, NULL))
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (g_ascii_iscntrl(*c) && !(lines && strchr("\n\r\t", *c) != NULL))
            return false;
    return true;
}

static bool
check_answer(const DaemonConsultation *consultation, gsize i, GError **error)
{
    const char *text = *answer(consultation, i);
    gsize most = i == SUMMARY ? MAX_SUMMARY : MAX_LINE;

    if (text == NULL || text[0] == '\0')
        return !answers[i].needed ||
               daemon_throw(error, DAEMON_ERROR_FILE, "%s is missing", answers[i].label);
    if (strlen(text) > most || !is_text(text, i == SUMMARY))
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s is longer than %zu bytes, or no text",
                            answers[i].label, most);
    return true;
}

static bool
parse_when(const char *when, const char *zone, gint64 *out_at, GError **error)
{
    static const char pattern[] = "\\A\\d{4}-\\d\\d-\\d\\d(?:[ T]\\d\\d:\\d\\d)?\\z";
    g_autoptr(GTimeZone) local = g_time_zone_new_identifier(zone);
    g_autofree char *iso = g_strconcat(when, strlen(when) > 10 ? ":00" : "T00:00:00", NULL);
    g_autoptr(GDateTime) at = NULL;

    if (g_regex_match_simple(pattern, when, 0, 0))
        at = g_date_time_new_from_iso8601(iso, local);
    if (at == NULL)
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "When must be such as 2026-11-20 or 2026-11-20 14:30");
    *out_at = g_date_time_to_unix(at) * G_USEC_PER_SEC;
    return *out_at <= spool_now() ||
           daemon_throw(error, DAEMON_ERROR_FILE, "When has not come yet");
}

bool
daemon_consultation_check(const DaemonConsultation *consultation, const DaemonSettings *settings,
                          gint64 *out_at, GError **error)
{
    gint64 at = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
        if (!check_answer(consultation, i, error))
            return false;
    if (!templates_address_is_plain(consultation->email))
        return daemon_throw(error, DAEMON_ERROR_FILE, "Email is not one bare address");
    if (daemon_case_is_own_address(settings, consultation->email))
        return daemon_throw(error, DAEMON_ERROR_FILE, "Email is an address of our own");
    if (!parse_when(consultation->when, settings->timezone, &at, error))
        return false;
    *out_at = at;
    return true;
}

/* ---- entering ---- */

/* As a mail: its words are what a list or a page shows of it. */
static GBytes *
make_raw(const DaemonSettings *settings, const DaemonConsultation *consultation)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *date = g_date_time_format(now, "%a, %d %b %Y %H:%M:%S +0000");
    g_autofree char *id = g_uuid_string_random();
    GString *raw = g_string_new(NULL);

    g_string_append_printf(raw,
                           "From: %s\nDate: %s\nMessage-ID: <%s@%s>\n"
                           "Subject: No Named consultation\nAuto-Submitted: auto-generated\n"
                           "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                           "Content-Transfer-Encoding: 8bit\n\n",
                           settings->smtp_from, date, id, settings->message_id_domain);
    for (gsize i = 0; i < SUMMARY; i++)
        if (*answer(consultation, i) != NULL)
            g_string_append_printf(raw, "%s: %s\n", answers[i].label, *answer(consultation, i));
    g_string_append_printf(raw, "\n%s\n", consultation->summary);
    return g_string_free_to_bytes(raw);
}

static GPtrArray *
make_fields(const DaemonConsultation *consultation, const char *author)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        char *text = *answer(consultation, i);
        SpoolField *field;

        if (text == NULL || text[0] == '\0')
            continue;
        field = g_new0(SpoolField, 1);
        *field = (SpoolField){.key = (char *)answers[i].key,
                              .value = text,
                              .raw = text,
                              .place = (char *)"entered",
                              .confidence = 1.0,
                              .author = (char *)author};
        g_ptr_array_add(fields, field);
    }
    return fields;
}

static SpoolDecision
make_decision(const DaemonSettings *settings, const DaemonConsultation *consultation)
{
    return (SpoolDecision){
        .action = "accept",
        .reply = "acknowledgement",
        .kind = "person",
        .sender = "professional",
        .prefix = "CON",
        .reasons_json = "[{\"rule\":\"consultation-entered\",\"evidence\":\"\"}]",
        .findings_json = "{}",
        .from_address = consultation->email,
        .shown_from = consultation->name,
        .subject = "No Named consultation",
        .reply_domain = daemon_address_organisation(consultation->email),
        .reply_to = consultation->email,
        .reply_template = TEMPLATES_REPLY_CONSULTATION,
        .reply_params_json = "{}",
        .in_reply_to = "",
        .message_id_domain = settings->message_id_domain,
    };
}

bool
daemon_consultation_enter(SpoolDb *db, const DaemonSettings *settings,
                          const DaemonConsultation *consultation, const char *author,
                          char **out_reference, GError **error)
{
    SpoolForm form = {.form = (char *)"consultation",
                      .source = (char *)"entered",
                      .format = (char *)"entered",
                      .missing = (char *)""};
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    g_autoptr(GPtrArray) fields = make_fields(consultation, author);
    SpoolDecision decision = make_decision(settings, consultation);
    g_autoptr(GBytes) raw = NULL;
    SpoolEntry entry = {.mailbox = DAEMON_CONSULTATION_MAILBOX, .author = author};

    if (!daemon_consultation_check(consultation, settings, &entry.received, error))
        return false;
    raw = make_raw(settings, consultation);
    entry.raw = raw;
    g_ptr_array_add(forms, &form);
    decision.forms = forms;
    decision.fields = fields;
    return spool_entry_put(db, &entry, &decision, out_reference, error);
}
