/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-kind.c - a person's mail told from a machine's.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/kind.h"
#include "parsers/mail.h"

typedef struct {
    ParsersKind kind;
    const char *headers; /* each ends with a line feed */
    const char *body;
} Sample;

#define FROM "Return-Path: <a@x.example.org>\nFrom: Ann <a@x.example.org>\nTo: us@council.example\n"
#define SYSTEM "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.org>\n"
#define REPORT(t) "Content-Type: multipart/report; report-type=" t "; boundary=b\n"
#define DSN(a)                                                                                     \
    "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;x\n\n"        \
    "Final-Recipient: rfc822;a@b\nAction: " a "\nStatus: 5.1.1\n--b--\n"
#define ICS(m)                                                                                     \
    "--b\n\nMeeting\n--b\nContent-Type: text/calendar; method=" m "\n\n"                           \
    "BEGIN:VCALENDAR\nMETHOD:" m "\nEND:VCALENDAR\n--b--\n"
#define MIXED "Content-Type: multipart/mixed; boundary=b\n"
#define TOLD "The coach at the club hits the boys and nobody does anything about it.\n"

/* clang-format off */
static const Sample samples[] = {
    /* people, though something in their mail looks like a machine's */
    { PARSERS_KIND_PERSON, FROM "Subject: Thank you for your email\n", "Can you ring me about the coach?\n" },
    { PARSERS_KIND_PERSON, FROM "Subject: Out of office\n", "That is what they all say. " TOLD },
    { PARSERS_KIND_PERSON, FROM "Subject: On leave from school\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Subject: Re: Automatic reply: LADO referral\n", "ok when is she back\n" },
    { PARSERS_KIND_PERSON, FROM "Subject: Ticket office\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Subject: case 1234\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Subject: Undeliverable\n", "My mail to the school came back: user unknown. " TOLD },
    { PARSERS_KIND_PERSON, FROM "Subject: Mail delivery failed\n" MIXED, "--b\n\nThis keeps happening, mailbox full it says.\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nhi\n--b--\n" },
    { PARSERS_KIND_PERSON, FROM "Subject: bounced\n" MIXED, DSN("failed") },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: no\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: (by hand) No ; x=y\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted:no\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "AUTO-SUBMITTED: \t NO \t \n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted:\n\tno\n (typed)\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: no(typed);owner=\"auto-replied\"\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: (outer (auto-replied) inner) no\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: no (an \\) escape; auto-replied)\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: no (\xff\xfe)\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "Auto-Submitted: no\nAuto-Submitted: No (twice)\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "X-Auto-Response-Suppress: DR, NDR, RN\n", TOLD },
    { PARSERS_KIND_PERSON, FROM "List-Unsubscribe: <mailto:x@y>\n", "My son was hurt.\n" },
    { PARSERS_KIND_PERSON, FROM "X-Spam-Flag: YES\n", "My son was hurt at the club.\n" },
    { PARSERS_KIND_PERSON, FROM "Subject: help\n", "You have won my trust, but my daughter is scared.\n" },
    { PARSERS_KIND_PERSON, FROM, "" },
    /* automatic replies */
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: auto-replied\n", "I am away.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: auto-generated (vacation)\n", "I am away.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: no\nAuto-Submitted: auto-replied\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "auto-submitted:AUTO-REPLIED\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: auto-replied (no)\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: auto-replied; reason=no\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: no-vacation\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: no auto-generated\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: n(x)o\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: (no\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Auto-Submitted: (no) auto-notified\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "X-Autoreply: yes\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "X-Apple-Action: VACATION\n", "sleeping\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Delivered-To: autoresponder\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: Automatic reply: form\n", "I work Monday to Wednesday.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: Automatische Antwort: form\n", "Ich bin nicht im Büro.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_form?=\n", "Je suis absente.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: =?utf-8?q?Odpowied=C5=BA_automatyczna:_form?=\n", "Jestem na urlopie.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: Ymateb awtomatig: form\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: Out of Office\n", "I am on annual leave until Monday.\n" },
    { PARSERS_KIND_AUTO_REPLY, FROM "Subject: Annual leave re: form\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n", "x\n" },
    { PARSERS_KIND_AUTO_REPLY, "Return-Path: <>\nFrom: a@x.example.org\nSubject: OOO: form\n", "Back on Tuesday.\n" },
    { PARSERS_KIND_AUTO_REPLY, "From: Help Desk <noreply@desk.example.org>\nSubject: [Ticket #4711] received\n", "Your ticket number is 4711.\n" },
    /* bounces */
    { PARSERS_KIND_BOUNCE, SYSTEM "Subject: x\n" REPORT("delivery-status"), DSN("failed") },
    { PARSERS_KIND_BOUNCE, SYSTEM "Subject: Delayed\n" REPORT("delivery-status"), DSN("delayed") },
    { PARSERS_KIND_BOUNCE, FROM "Subject: x\n" REPORT("delivery-status"), DSN("failed") },
    { PARSERS_KIND_BOUNCE, SYSTEM "Subject: Undelivered Mail Returned to Sender\n", "sorry\n" },
    { PARSERS_KIND_BOUNCE, SYSTEM "X-Failed-Recipients: a@b\n", "sorry\n" },
    { PARSERS_KIND_BOUNCE, SYSTEM "Subject: x\n", "550 5.1.1 no such user here\n" },
    { PARSERS_KIND_BOUNCE, "From: MAILER-DAEMON <>\nSubject: Mail delivery failed\n", "x\n" },
    { PARSERS_KIND_BOUNCE, "From: post_master@x.example.org\nSubject: Re:hi\n", "Error: Invalid user address\n" },
    { PARSERS_KIND_BOUNCE, "From: no-reply@x.example.org\nSubject: Mail\n" MIXED, "--b\n\nCould not be delivered to: <a@b>\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nhi\n--b--\n" },
    /* reports */
    { PARSERS_KIND_REPORT, SYSTEM "Subject: ok\n" REPORT("delivery-status"), DSN("delivered") },
    { PARSERS_KIND_REPORT, FROM REPORT("disposition-notification"), "--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n" },
    { PARSERS_KIND_REPORT, FROM REPORT("feedback-report"), "--b\n\nspam\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--\n" },
    { PARSERS_KIND_REPORT, FROM "Subject: Report Domain: council.example Submitter: x Report-ID: 1\n", "x\n" },
    /* lists, calendars, spam */
    { PARSERS_KIND_LIST, FROM "List-Id: <news.example.org>\nList-Unsubscribe: <mailto:x@y>\n", "Our spring programme.\n" },
    { PARSERS_KIND_LIST, FROM "List-Unsubscribe: <mailto:x@y>\nPrecedence: bulk\n", "Offers.\n" },
    { PARSERS_KIND_CALENDAR, FROM MIXED, ICS("REQUEST") },
    { PARSERS_KIND_CALENDAR, FROM MIXED, ICS("REPLY") },
    { PARSERS_KIND_SPAM, FROM "X-Spam-Flag: YES\n", "Cheap watches.\n" },
    { PARSERS_KIND_SPAM, FROM "X-MS-Exchange-Organization-SCL: 9\n", "Cheap watches.\n" },
    { PARSERS_KIND_SPAM, FROM, "You have won the lottery.\n" },
};
/* clang-format on */

static ParsersFindings *
findings_of(const char *headers, const char *body)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autofree char *text = g_strconcat(headers, "MIME-Version: 1.0\n\n", body, NULL);
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));

    return parsers_mail_read(raw, definitions, parsers_limits_default());
}

static void
test_samples(void **fixture)
{
    guint wrong = 0;

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(ParsersFindings) findings = findings_of(samples[i].headers, samples[i].body);

        if (findings->kind == samples[i].kind)
            continue;
        print_error("%zu: %s, not %s:\n%s%s", i, parsers_kind_name(findings->kind),
                    parsers_kind_name(samples[i].kind), samples[i].headers, samples[i].body);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* What a returned mail was is found in every shape of bounce. */
static void
test_original_ids(void **fixture)
{
    static const char *const bodies[] = {
        "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b\n"
        "Content-Type: message/rfc822\n\nMessage-ID: <ack.1@us.example>\nSubject: x\n\nhi\n--b--\n",
        "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b\n"
        "Content-Type: text/rfc822-headers\n\nMessage-ID:\n <ack.1@us.example>\nSubject: "
        "x\n--b--\n",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autoptr(ParsersFindings) findings =
            findings_of(SYSTEM REPORT("delivery-status"), bodies[i]);

        assert_int_equal(findings->kind, PARSERS_KIND_BOUNCE);
        assert_int_equal(findings->original_ids->len, 1);
        assert_string_equal(findings->original_ids->pdata[0], "ack.1@us.example");
    }
}

static void
test_original_id_in_text(void **fixture)
{
    g_autoptr(ParsersFindings) findings =
        findings_of(SYSTEM "Subject: failure notice\n",
                    "<a@b>: no such user\n\n--- Below this line is a copy of the message.\n\n"
                    "Message-Id: <ack.1@us.example>\nSubject: x\n\nhi\n");

    (void)fixture;
    assert_int_equal(findings->kind, PARSERS_KIND_BOUNCE);
    assert_int_equal(findings->original_ids->len, 1);
    assert_string_equal(findings->original_ids->pdata[0], "ack.1@us.example");
}

/* Marks are noted whatever the kind, for the rules about answering. */
static void
test_marks(void **fixture)
{
    /* clang-format off */
    static const struct { const char *header, *signal; } marks[] = {
        { "Auto-Submitted: auto-notified; x=no\n",  "auto-submitted" },
        { "X-Auto-Response-Suppress: OOF, DR\n",    "auto-response-suppress" },
        { "X-Auto-Response-Suppress: DR,all\n",     "auto-response-suppress" },
        { "X-Auto-Response-Suppress: AutoReply\n",  "auto-response-suppress" },
        { "Precedence: Junk\n",                     "precedence" },
        { "Precedence: bulk\n",                     "precedence" },
        { "Precedence: LIST\n",                     "precedence" },
        { "X-Precedence: auto_reply\n",             "precedence" },
        { "List-Id: <x>\n",                         "list-header" },
        { "List-Help: <x>\n",                       "list-header" },
        { "List-Subscribe: <x>\n",                  "list-header" },
        { "List-Unsubscribe: <x>\n",                "list-header" },
        { "List-Post: NO\n",                        "list-header" },
        { "List-Owner: <x>\n",                      "list-header" },
        { "List-Archive: <x>\n",                    "list-header" },
        { "Mailing-List: x\n",                      "list-header" },
        { "X-Autoreply: x\n",                       "vendor-auto-mark" },
        { "X-Autorespond: x\n",                     "vendor-auto-mark" },
        { "X-Autoresponder: x\n",                   "vendor-auto-mark" },
        { "X-Autoresponse: x\n",                    "vendor-auto-mark" },
        { "X-AutoReply-From: x\n",                  "vendor-auto-mark" },
        { "X-Mail-Autoreply: x\n",                  "vendor-auto-mark" },
        { "X-Autogenerated: x\n",                   "vendor-auto-mark" },
        { "X-FC-MachineGenerated: x\n",             "vendor-auto-mark" },
        { "X-Loop: x\n",                            "loop-mark" },
        { "X-AMAZON-MAIL-RELAY-TYPE: notification\n", "vendor-auto-mark" },
        { "X-MS-Exchange-Inbox-Rules-Loop: x\n",    "loop-mark" },
        { "X-BeenThere: x\n",                       "list-header" },
        { "X-MLServer: x\n",                        "list-header" },
        { "X-MS-Exchange-Generated-Message-Source: x\n", "vendor-auto-mark" },
        { "X-POST-MessageClass: 9; Autoresponder\n", "vendor-auto-mark" },
        { "Delivered-To: Autoresponder\n",          "vendor-auto-mark" },
        { "Feedback-ID: x\n",                       "vendor-auto-mark" },
        { "X-Vacation: x\n",                        "vendor-auto-mark" },
        { "X-Mailer: vacation 1.2\n",               "vendor-auto-mark" },
        { "X-Postern-Mark: x\n",                    "own-mark" },
        { "X-Failed-Recipients: a@b\n",             "failed-recipients" },
        { "X-Rspamd-Action: add header\n",          "spam-verdict" },
        { "X-Spam-Status: Yes, score=9\n",          "spam-verdict" },
        { "X-Forefront-Antispam-Report: CIP:1; SFV:SPM\n", "spam-verdict" },
        { "X-Forefront-Antispam-Report: CAT:MALW\n", "spam-verdict" },
        { "Subject: Autosvar: x\n",                 "auto-subject" },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_autofree char *headers = g_strconcat(FROM, marks[i].header, NULL);
        g_autoptr(ParsersFindings) findings = findings_of(headers, TOLD);

        if (parsers_findings_signal(findings, marks[i].signal) == NULL)
            print_error("no %s for %s", marks[i].signal, marks[i].header);
        assert_non_null(parsers_findings_signal(findings, marks[i].signal));
    }
}

/* What only looks like one does not keep a person from an answer. */
static void
test_no_marks(void **fixture)
{
    /* clang-format off */
    static const struct { const char *header, *signal; } others[] = {
        { "X-Auto-Response-Suppress: DR, RN, NRN\n", "auto-response-suppress" },
        { "Precedence: first-class\n",              "precedence" },
        { "Precedence: bulky\n",                    "precedence" },
        { "List: x\n",                              "list-header" },
        { "X-AMAZON-MAIL-RELAY-TYPE: reply\n",      "vendor-auto-mark" },
        { "Delivered-To: ann+autoresponder@x\n",    "vendor-auto-mark" },
        { "X-Mailer: Outlook\n",                    "vendor-auto-mark" },
        { "X-Spam-Flag: no\n",                      "spam-verdict" },
        { "X-MS-Exchange-Organization-SCL: 1\n",    "spam-verdict" },
        { "Subject: Automation of the gate\n",      "auto-subject" },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *headers = g_strconcat(FROM, others[i].header, NULL);
        g_autoptr(ParsersFindings) findings = findings_of(headers, TOLD);

        if (parsers_findings_signal(findings, others[i].signal) != NULL)
            fail_msg("%s for %s", others[i].signal, others[i].header);
    }
}

static bool
is_notice(const char *headers, const char *body)
{
    g_autoptr(ParsersFindings) findings = findings_of(headers, body);
    g_autofree char *text = g_strconcat(headers, "MIME-Version: 1.0\n\n", body, NULL);
    g_autoptr(GBytes) raw = g_bytes_new(text, strlen(text));
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());

    return parsers_kind_is_notice(findings, mime);
}

/* A mail system's own report, by its shape: people pass such reports on. */
static void
test_notice(void **fixture)
{
    (void)fixture;
    assert_true(is_notice(SYSTEM REPORT("delivery-status"), DSN("failed")));
    assert_true(is_notice(SYSTEM MIXED, DSN("failed")));
    assert_true(is_notice(SYSTEM "Subject: Returned mail\n", "550 a@b is full\n"));
    assert_false(is_notice(FROM MIXED, DSN("failed")));
    assert_false(is_notice(FROM "Subject: Returned mail\n", "550 a@b is full\n"));
    assert_false(is_notice(SYSTEM REPORT("delivery-status"), "--b\n\nSorry.\n--b--\n"));
}

/* A notice with a story in it keeps its signals, so that a person looks. */
static void
test_notice_with_story(void **fixture)
{
    g_autoptr(ParsersFindings) told = findings_of(
        SYSTEM "Subject: Returned mail\n", "550 a@b is full\n\nMy son was hit by his coach.\n");

    g_autoptr(ParsersFindings) returned =
        findings_of(SYSTEM "Subject: Returned mail\n",
                    "550 a@b is full\n\n----- Original message follows -----\n\n"
                    "My daughter was touched by her teacher, please help us.\n");

    (void)fixture;
    assert_int_equal(told->kind, PARSERS_KIND_BOUNCE);
    assert_non_null(parsers_findings_signal(told, "says-my-child"));
    assert_int_equal(returned->kind, PARSERS_KIND_BOUNCE);
    assert_non_null(parsers_findings_signal(returned, "says-my-child"));
}

/* What a mail system returns as a part of its report was a family's mail all the same. */
static void
test_returned_mail(void **fixture)
{
    g_autoptr(ParsersFindings) family =
        findings_of(SYSTEM REPORT("delivery-status"),
                    DSN("failed") "--b\nContent-Type: message/rfc822\n\nSubject: the choir\n\n"
                                  "My granddaughter cries before every rehearsal.\n--b--\n");
    g_autoptr(ParsersFindings) witness =
        findings_of(SYSTEM REPORT("delivery-status"),
                    DSN("failed") "--b\nContent-Type: message/rfc822\n\nSubject: the choir\n\n"
                                  "The choirmaster slaps the little ones.\n--b--\n");

    (void)fixture;
    assert_int_equal(family->kind, PARSERS_KIND_BOUNCE);
    assert_non_null(parsers_findings_signal(family, "says-my-child"));
    assert_int_equal(witness->kind, PARSERS_KIND_BOUNCE);
    assert_non_null(parsers_findings_signal(witness, "harm-words"));
}

/* A header alone does not make an answer: programs that send on what people wrote set it too. */
static void
test_no_answer(void **fixture)
{
    /* clang-format off */
    static const struct { const char *headers, *body; bool answers; } rows[] = {
        { FROM "Auto-Submitted: auto-replied\n", "x\n", true },
        { FROM "Auto-Submitted: auto-generated\nSubject: Out of office: form\n", "x\n", true },
        { FROM "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nIn-Reply-To: <1@x>\nSubject: Loma: form\n", "Palaan.\n", true },
        { FROM "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n", "He films.\n", false },
        { FROM "Auto-Submitted: auto-generated\n", "This is an automated message.\n", true },
        { FROM "X-Autoreply: yes\n", "x\n", true },
        { "From: no-reply@x.example.org\nAuto-Submitted: auto-generated\n", "Disk 3 is full.\n", true },
        { "From: no-reply@x.example.org\nAuto-Submitted: auto-generated\n", "Message: the girls are followed home by the porter.\n", false },
        { FROM "Auto-Submitted: auto-generated\n", "He waits by the gate each day and films.\n", false },
        { FROM "Auto-Submitted: auto-forwarded\n", "He waits by the gate each day and films.\n", false },
        { FROM "Auto-Submitted: auto-generated\nSubject: Automatisch antwoord: form\n", "x\n", true },
        { FROM "Auto-Submitted: auto-generated\n", "Ann shared an album with you. This is an automated message.\n", false },
        { FROM "Auto-Submitted: auto-generated\n", "You have received a new secure message. This is an automated message.\n", false },
        { "From: no-reply@x.example.org\nAuto-Submitted: auto-generated\n", "https://we.tl/t-1\n", false },
        { FROM "X-Loop: office@x.example.org\n", "He waits by the gate each day and films.\n", false },
        { FROM "X-MS-Exchange-Inbox-Rules-Loop: office@x.example.org\n", "He waits by the gate.\n", false },
        { FROM "Auto-Submitted: auto-replied\nSubject: Fwd: the gate\n", "Begin forwarded message:\n\nFrom: Ann\n\nHe films.\n", false },
    };
    /* clang-format on */

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(ParsersFindings) findings = findings_of(rows[i].headers, rows[i].body);

        assert_int_equal(findings->kind, PARSERS_KIND_AUTO_REPLY);
        if ((parsers_findings_signal(findings, "no-answer") == NULL) != rows[i].answers)
            fail_msg("%s%s", rows[i].headers, rows[i].body);
    }
}

/* What is done to a child, whoever tells it; not what answers of offices say of children. */
static void
test_harm_words(void **fixture)
{
    static const struct {
        const char *words;
        bool harm;
    } rows[] = {
        {"The choirmaster slaps the little ones.", true},
        {"two toddlers were locked in the shed", true},
        {"He watches the girls in the changing rooms.", true},
        {"Our office is closed until the children are back at school.", false},
        {"If you think that a child is being hurt, ring us.", false},
        {"Contact the school office about a pupil.", false},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(ParsersFindings) findings = findings_of(FROM, rows[i].words);

        if ((parsers_findings_signal(findings, "harm-words") != NULL) != rows[i].harm)
            fail_msg("%s", rows[i].words);
    }
}

/* A help desk that marks nothing in its headers is not answered; who asks about one is. */
static void
test_auto_words(void **fixture)
{
    static const char desk[] = FROM "Subject: [Request received] the hall\n";
    g_autoptr(ParsersFindings) machine =
        findings_of(desk, "##- Type your reply above this line -##\n\nWe are looking into it.\n");
    g_autoptr(ParsersFindings) person = findings_of(desk, "They sent me this. What now?\n");
    g_autoptr(ParsersFindings) other =
        findings_of(FROM "Subject: the hall\n", "I am away on holiday next week.\n");

    (void)fixture;
    assert_int_equal(machine->kind, PARSERS_KIND_PERSON);
    assert_non_null(parsers_findings_signal(machine, "auto-words"));
    assert_null(parsers_findings_signal(person, "auto-words"));
    assert_null(parsers_findings_signal(other, "auto-words"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_original_ids),
        cmocka_unit_test(test_original_id_in_text),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_no_marks),
        cmocka_unit_test(test_notice),
        cmocka_unit_test(test_notice_with_story),
        cmocka_unit_test(test_returned_mail),
        cmocka_unit_test(test_no_answer),
        cmocka_unit_test(test_harm_words),
        cmocka_unit_test(test_auto_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
