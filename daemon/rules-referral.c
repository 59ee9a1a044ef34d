/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/rules-referral.c - rules for what people send: referrals, and what is none.
 *
 * Being turned away needs strong evidence that agrees and nothing against it;
 * every conflict is held for a person.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "Actions"; doc/deciding.md
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"
#include "daemon/area.h"
#include "daemon/rules.h"

/* ---- what only a person may judge ---- */

static char *
encrypted(const DaemonLook *look)
{
    if (look->mail->findings->kind != PARSERS_KIND_ENCRYPTED)
        return NULL;
    for (guint i = 0; i < look->mail->findings->parts->len; i++) {
        const ParsersPart *part = look->mail->findings->parts->pdata[i];

        if (part->state == PARSERS_PART_LOCKED)
            return g_strdup(part->problem);
    }
    return g_strdup("nothing in it can be read");
}

/* An attachment that kills its reader is for a person, whatever else the mail holds. */
static char *
reader_died(const DaemonLook *look)
{
    return daemon_rule_copy(look, "reader-died");
}

static char *
through_a_list(const DaemonLook *look)
{
    return daemon_rule_copy(look, "list-header");
}

static char *
child_writes(const DaemonLook *look)
{
    return daemon_rule_copy(look, "child-writes");
}

/* Parents are accused too, by schools; with their form it is their story. */
static char *
self_report(const DaemonLook *look)
{
    if (daemon_case_form(look->mail->findings, "lado-parent", false) != NULL)
        return NULL;
    return daemon_rule_copy(look, "self-report");
}

static char *
other_business(const DaemonLook *look)
{
    static const char *const signals[] = {"complaint", "information-request", "press", "solicitor",
                                          "member-of-parliament"};

    if (look->mail->findings->has_form)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
        if (daemon_rule_signal(look, signals[i]) != NULL)
            return g_strdup_printf("%s: %s", signals[i], daemon_rule_signal(look, signals[i]));
    return NULL;
}

static char *
other_service(const DaemonLook *look)
{
    const ParsersForm *form = daemon_rule_other_form(look);

    return form != NULL ? g_strdup(form->form) : NULL;
}

/* "Fwd:" alone is how people send on a form that they had mailed to themselves. */
static char *
forwarded(const DaemonLook *look)
{
    bool work = look->writer->role ||
                daemon_address_professional(look->mail->settings->domains,
                                            look->mail->findings->from_address) != NULL;

    if (daemon_rule_signal(look, "forwarded") != NULL)
        return daemon_rule_copy(look, "forwarded");
    if (daemon_case_holds_a_mail(look->mail->findings))
        return g_strdup("a mail is attached");
    return work ? daemon_rule_copy(look, "forwarded-subject") : NULL;
}

/* What a machine read in a picture helps the person who looks at it, and decides nothing. */
static char *
form_in_picture(const DaemonLook *look)
{
    const GPtrArray *forms = look->mail->findings->forms;

    for (guint i = 0; i < forms->len; i++)
        if (g_str_equal(((const ParsersForm *)forms->pdata[i])->format, "image"))
            return g_strdup("a form in a picture, read by a machine");
    return NULL;
}

/* ---- professionals ---- */

static bool
after_cutoff(const DaemonLook *look)
{
    return look->mail->received >= look->mail->mailbox->professional_cutoff;
}

static const ParsersForm *
agency_form(const DaemonLook *look)
{
    return daemon_case_form(look->mail->findings, "lado-professional", false);
}

static const ParsersForm *
family_form(const DaemonLook *look)
{
    return daemon_case_form(look->mail->findings, "lado-parent", false);
}

/* The portal has it already; but whatever else a family sends is theirs. */
static char *
portal_copy(const DaemonLook *look)
{
    return family_form(look) == NULL ? daemon_rule_copy(look, "portal-copy") : NULL;
}

static char *
agency_form_before_cutoff(const DaemonLook *look)
{
    return agency_form(look) != NULL && !after_cutoff(look)
               ? g_strdup("received before professionals had to use the portal")
               : NULL;
}

static bool
has_reason(const DaemonLook *look, const char *rule)
{
    for (guint i = 0; i < look->writer->reasons->len; i++)
        if (g_str_equal(((const DaemonReason *)look->writer->reasons->pdata[i])->rule, rule))
            return true;
    return false;
}

/* Where a parent happens to work is no role; a role in their own words or signature is. */
static char *
family_form_by_professional(const DaemonLook *look)
{
    bool in_form = has_reason(look, "relationship-professional") || has_reason(look, "form-job");
    bool named =
        has_reason(look, "professional-signature") || has_reason(look, "professional-role");
    bool act = has_reason(look, "professional-act") && !has_reason(look, "says-my-child") &&
               !has_reason(look, "says-parent");
    bool role = named || act || (in_form && !has_reason(look, "relationship-family"));

    return family_form(look) != NULL && role
               ? g_strdup("a professional role, yet the form for parents and carers")
               : NULL;
}

/* Somebody who says so, in the form or in their own words, and nothing else about their work. */
static char *
parent_on_agency_form(const DaemonLook *look)
{
    static const char *const says[] = {"relationship-family", "says-parent", "says-my-child"};
    bool work = look->writer->role ||
                daemon_address_professional(look->mail->settings->domains,
                                            look->mail->findings->from_address) != NULL;

    if (agency_form(look) == NULL || look->writer->kind != DAEMON_WRITER_PARENT)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(says); i++)
        if (has_reason(look, says[i]) && (i == 0 || !work))
            return g_strdup(says[i]);
    return NULL;
}

static bool
something_unread(const DaemonLook *look)
{
    const ParsersFindings *findings = look->mail->findings;

    return daemon_case_count_parts(findings, PARSERS_PART_LOCKED) +
               daemon_case_count_parts(findings, PARSERS_PART_DAMAGED) +
               daemon_case_count_parts(findings, PARSERS_PART_UNSUPPORTED) +
               daemon_case_count_parts(findings, PARSERS_PART_LIMIT) >
           0;
}

/* The one way to be turned away: certain, after the cut-off, and a referral.  Where only words tell
 * that it is one, nothing may be left unread; the form for professionals tells it by itself. */
static char *
professional_after_cutoff(const DaemonLook *look)
{
    bool referral = agency_form(look) != NULL ||
                    daemon_rule_signal(look, "professional-act") != NULL ||
                    daemon_rule_signal(look, "referral-words") != NULL;

    if (!look->writer->certain || !after_cutoff(look) || !referral)
        return NULL;
    if (daemon_rule_signal(look, "advice-only") != NULL ||
        daemon_rule_signal(look, "cloud-link") != NULL ||
        daemon_rule_signal(look, "other-language") != NULL ||
        daemon_rule_any_form(look, "unknown") || daemon_rule_any_form(look, "lado-parent") ||
        (agency_form(look) == NULL && something_unread(look)))
        return NULL;
    return g_strdup(agency_form(look) != NULL ? "the form for professionals"
                                              : "a referral in the text");
}

static char *
agency_form_in_doubt(const DaemonLook *look)
{
    return agency_form(look) != NULL ? g_strdup("the form for professionals, but who wrote is not "
                                                "certain")
                                     : NULL;
}

/* ---- families ---- */

/* In the relationship box "foster mum" is a relation; in their own words it is also a job. */
static char *
foster_carer(const DaemonLook *look)
{
    return daemon_rule_copy(look, "foster-carer");
}

/* The officer follows the workplace, the Front Door the home: only both together are another
 * council's for certain enough to ask a person. */
static char *
both_elsewhere(const DaemonLook *look)
{
    const DaemonArea *area = &look->area;

    return area->home != NULL && g_strcmp0(area->home, area->work) == 0
               ? g_strdup_printf("home and workplace look like %s", area->home)
               : NULL;
}

static char *
family_form_read(const DaemonLook *look)
{
    const ParsersForm *form = family_form(look);

    return form != NULL ? g_strdup_printf("%s, %u answers", form->format, form->fields->len) : NULL;
}

/* clang-format off */
/* What only a person may judge, then professionals, then families. */
const DaemonRule daemon_rules_referral[] = {
    { "encrypted",                   encrypted,                   DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "reader-died",                 reader_died,                 DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "through-a-list",              through_a_list,              DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "child-writes",                child_writes,                DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "self-report",                 self_report,                 DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "portal-copy",                 portal_copy,                 DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "other-business",              other_business,              DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "other-service",               other_service,               DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "forwarded",                   forwarded,                   DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "form-in-picture",             form_in_picture,             DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "agency-form-before-cutoff",   agency_form_before_cutoff,   DAEMON_ACCEPT,   DAEMON_REPLY_ACKNOWLEDGEMENT },
    { "professional-after-cutoff",   professional_after_cutoff,   DAEMON_REDIRECT, DAEMON_REPLY_REDIRECTION },
    { "parent-on-agency-form",       parent_on_agency_form,       DAEMON_ACCEPT,   DAEMON_REPLY_ACKNOWLEDGEMENT },
    { "agency-form-in-doubt",        agency_form_in_doubt,        DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "foster-carer",                foster_carer,                DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "family-form-by-professional", family_form_by_professional, DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "both-elsewhere",              both_elsewhere,              DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "family-form-read",            family_form_read,            DAEMON_ACCEPT,   DAEMON_REPLY_ACKNOWLEDGEMENT },
    { NULL, NULL, DAEMON_HOLD, DAEMON_REPLY_NONE },
};
/* clang-format on */
