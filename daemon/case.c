/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/case.c - questions about a mail that several rules ask.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md
 */
#include "config.h"

#include <string.h>

#include "daemon/case.h"
#include "spool/reference.h"

void
daemon_reason_free(gpointer data)
{
    DaemonReason *reason = data;

    g_free(reason->evidence);
    g_free(reason);
}

void
daemon_reason_add(GPtrArray *reasons, const char *rule, const char *evidence)
{
    DaemonReason *reason = g_new0(DaemonReason, 1);

    reason->rule = rule;
    reason->evidence = g_strdup(evidence != NULL ? evidence : "");
    g_ptr_array_add(reasons, reason);
}

bool
daemon_case_is_own_address(const DaemonSettings *settings, const char *address)
{
    if (settings->smtp_from_address != NULL &&
        g_ascii_strcasecmp(settings->smtp_from_address, address) == 0)
        return true;
    for (guint i = 0; i < settings->mailboxes->len; i++) {
        const DaemonMailbox *mailbox = settings->mailboxes->pdata[i];

        for (guint a = 0; a < mailbox->addresses->len; a++)
            if (g_ascii_strcasecmp(mailbox->addresses->pdata[a], address) == 0)
                return true;
    }
    return false;
}

const char *
daemon_case_own_id(const DaemonSettings *settings, const GPtrArray *ids)
{
    for (guint i = 0; i < ids->len; i++) {
        const char *at = strrchr(ids->pdata[i], '@');

        if (at != NULL && g_ascii_strcasecmp(at + 1, settings->message_id_domain) == 0)
            return ids->pdata[i];
    }
    return NULL;
}

char *
daemon_case_reference(const ParsersFindings *findings)
{
    for (guint i = 0; i < findings->references->len; i++) {
        char *canonical = spool_reference_canonical(findings->references->pdata[i]);

        if (canonical != NULL)
            return canonical;
    }
    return NULL;
}

const ParsersForm *
daemon_case_form(const ParsersFindings *findings, const char *name, bool blank)
{
    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = findings->forms->pdata[i];

        if (form->blank == blank && g_str_equal(form->form, name))
            return form;
    }
    return NULL;
}

const char *
daemon_case_value(const ParsersFindings *findings, const char *key)
{
    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = findings->forms->pdata[i];
        const char *value = form->blank ? NULL : parsers_form_value(form, key);

        if (value != NULL && value[0] != '\0')
            return value;
    }
    return NULL;
}

bool
daemon_case_holds_a_mail(const ParsersFindings *findings)
{
    for (guint i = 0; i < findings->parts->len; i++)
        if (g_str_equal(((const ParsersPart *)findings->parts->pdata[i])->type, "mail"))
            return true;
    return false;
}

guint
daemon_case_count_parts(const ParsersFindings *findings, ParsersPartState state)
{
    guint count = 0;

    for (guint i = 0; i < findings->parts->len; i++)
        count += ((const ParsersPart *)findings->parts->pdata[i])->state == state;
    return count;
}
