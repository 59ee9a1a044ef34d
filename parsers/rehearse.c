/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rehearse.c - mails of our own, read before any other.
 *
 * Patterns that are first met in the cage can no longer become machine code, and whatever a child
 * makes is made again by the next one: so each kind of mail comes here once.
 *
 * Runs in:  postern-parser, before the cage closes.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include "parsers/rehearse.h"

#include "parsers/mail.h"
#include "parsers/value.h"

#include <string.h>

#define FROM(name) "From: " name "\r\nTo: b@example.org\r\nMessage-ID: <1@example.org>\r\n"
#define DATE "Date: Mon, 2 Jan 2023 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"

/* clang-format off */
static const char letter[] =
    FROM("A <a@example.org>") DATE "Subject: =?utf-8?Q?r=C3=A9?=\r\n"
    "Content-Type: multipart/alternative; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\nName: =E9\r\n\r\nKind regards\r\nA\r\n"
    "--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "PHA+TmFtZTogYTwvcD4=\r\n--x--\r\n";

/* A form, with an answer of each type. */
static const char form[] =
    FROM("A <a@example.org>") DATE "Subject: Form LADO-0000-0000\r\n\r\n"
    "About you\r\nYour name: A B\r\nYour telephone number: 01632 960000 a@example.org\r\n"
    "Your address: 1 High Street, Town AB1 2CD\r\nEmail: a@example.org\r\n"
    "About the child\r\nChild's name and date of birth: A B, 12 Feb 2015\r\n"
    "Date of birth: 12 February 2015\r\nGender: female\r\nSchool: none\r\n"
    "About the adult\r\nName of adult: C D\r\nJob title: coach\r\nEmployer: E\r\n"
    "What happened\r\nDate of incident: 1/2/2023, 3 xii 2022 or about Easter\r\n"
    "What is your concern? he shouted\r\nHave you told the police? [ ] Yes [x] No\r\n"
    "Favourite colour: blue\r\n";

static const char report[] =
    FROM("Mail Delivery System <MAILER-DAEMON@example.org>") DATE "Return-Path: <>\r\n"
    "Auto-Submitted: auto-replied\r\nSubject: Undelivered Mail Returned to Sender\r\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
    "--x\r\n\r\nYour message could not be delivered.\r\n\r\n<c@example.net>: host said: 550 5.0.0 "
    "no\r\n"
    "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example.org\r\n\r\n"
    "Final-Recipient: rfc822; c@example.net\r\nAction: failed\r\nStatus: 5.0.0\r\n"
    "--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@example.org\r\nTo: c@example.net\r\n\r\n"
    "Hello\r\n--x--\r\n";

static const char notice[] =
    FROM("Postmaster <postmaster@example.org>") DATE "Subject: Mail delayed\r\n\r\n"
    "This is a warning message only: 4.0.0 c at example\r\n\r\n--- below this line is a copy\r\n";

static const char absent[] =
    FROM("A <noreply@example.org>") DATE "Precedence: bulk\r\nList-Id: <a.example.org>\r\n"
    "Auto-Submitted: auto-generated (x)\r\nSubject: Automatic reply: away\r\n\r\n"
    "I am out of the office.\r\n";

static const char invitation[] =
    FROM("A <a@example.org>") DATE "Subject: Meeting\r\nContent-Type: text/calendar\r\n\r\n"
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
/* clang-format on */

/* The patterns that take one value out of a longer text, which few answers need. */
static void
take_values(void)
{
    for (ParsersType type = 0; type < PARSERS_N_TYPES; type++) {
        char *rest = NULL;

        g_free(parsers_value_take("aged 5", type, &rest));
        g_free(rest);
    }
}

void
parsers_rehearse(const ParsersDefinitions *definitions, const ParsersLimits *limits)
{
    static const char *const mails[PARSERS_REHEARSE_MAILS] = {letter, form,   report,
                                                              notice, absent, invitation};

    for (gsize i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(GBytes) raw = g_bytes_new_static(mails[i], strlen(mails[i]));
        g_autoptr(ParsersFindings) findings = parsers_mail_read(raw, definitions, limits);

        g_bytes_unref(parsers_findings_encode(findings));
    }
    take_values();
}
