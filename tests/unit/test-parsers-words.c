/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-words.c - which signals the words of a mail give, and which they do not.
 *
 * "+says-parent" must be there, "-says-parent" must not.  A text without marks is only read.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/mail.h"
#include "parsers/words-table.h"
#include "parsers/words.h"

typedef struct {
    char where; /* T text, S subject, G signature, Q quoted, F narrative of a form */
    const char *words;
    const char *expected;
} Sample;

#define NOT_WORK "-professional-role -professional-act -professional-signature"
#define NOT_HOME "-says-my-child -says-parent -home-life -foster-carer"

/* clang-format off */
static const Sample samples[] = {
    /* parents and carers */
    { 'T', "My son’s teacher shouted at him and the head teacher told me the DSL would look at it.", "+says-my-child " NOT_WORK },
    { 'T', "I am a teaching assistant at another school but write as his mum.", "+says-parent +professional-job -professional-role" },
    { 'T', "my daughters swimming coach grabbed her", "+says-my-child " NOT_WORK },
    { 'T', "Our little girl is only four and she came home with a mark on her arm.", "+says-my-child" },
    { 'T', "my 7 year old was locked in a cupboard by staff", "+says-my-child" },
    { 'T', "My five-year-old won't go back to nursery", "+says-my-child" },
    { 'T', "me daughter says he hit her with a ruler", "+says-my-child" },
    { 'T', "our Kayleigh came home in bits after training", "+says-my-child" },
    { 'T', "I have a son in year 9 and something is wrong", "+says-my-child" },
    { 'T', "I've got two kids at the primary school on Mill Lane", "+says-my-child" },
    { 'T', "it is about my ex partner's little boy", "+says-my-child" },
    { 'T', "My grandchildren told me what the minibus driver does", "+says-my-child" },
    { 'T', "my niece’s dance teacher texts her at night", "+says-my-child" },
    { 'T', "We are worried about our twins", "+says-my-child" },
    { 'T', "my very shy and anxious wee boy", "+says-my-child" },
    { 'T', "My child's class teacher pushed him", "+says-my-child" },
    { 'T', "my step-son is in the cadets", "+says-my-child" },
    { 'S', "Concern about my grandson", "+says-my-child" },
    { 'T', "I'm a worried mum and dont know who to turn to", "+says-parent " NOT_WORK },
    { 'T', "As parents we are shocked.", "+says-parent" },
    { 'T', "I am the father of a boy at the academy", "+says-parent" },
    { 'T', "We, the parents, want this looked at", "+says-parent" },
    { 'T', "I’m mum to Ava in reception", "+says-parent" },
    { 'T', "Speaking as her nan I won't let this go", "+says-parent" },
    { 'T', "this is Leo's dad", "+says-parent" },
    { 'T', "her dad and I went to see the head", "+says-parent" },
    { 'T', "I have parental responsibility", "+says-parent" },
    { 'T', "I am Mia’s guardian and I look after her full time", "+says-parent" },
    { 'G', "Kind regards\nSara (mum of Ava)", "+says-parent" },
    { 'G', "Thanks\nLeo's mum x", "+says-parent" },
    { 'T', "please ring me\nJayden's nan", "+says-parent" },
    { 'G', "A very concerned parent", "+says-parent" },
    { 'T', "I picked him up from nursery and he would not stop crying", "+home-life" },
    { 'T', "My husband is a teacher there so this is awkward", "+home-life -professional-role" },
    { 'T', "He told us at bedtime that sir had hit him", "+home-life" },
    { 'T', "I asked the DSL and she shrugged", "+home-life -professional-role" },
    { 'T', "He told me last night what happened", "+home-life" },
    { 'T', "We have been fostering for ten years and the boy placed with us said something", "+foster-carer" },
    { 'T', "I am an approved foster carer", "+foster-carer" },
    { 'T', "my foster daughter says the escort slaps her", "+foster-carer +says-my-child" },
    { 'G', "Dawn Pike\nFoster carer", "+foster-carer" },
    { 'F', "My daughter told me that he pulled her by the hair.", "+says-my-child" },
    { 'T', "I am a nurse and a mother of three", "+professional-job" },
    { 'T', "I’m a nurse myself and as a mother I can't ignore it", "+says-parent +professional-job -professional-role" },
    { 'T', "The teacher has been suspended but nobody tells us parents anything", "-professional-act" },
    { 'T', "Ofsted has been informed and the trust has been told", "-professional-act" },
    { 'T', "our childminder smacked my toddler", "+says-my-child -professional-act -professional-role" },
    { 'T', "I spoke to the designated safeguarding lead at school who did nothing", "-professional-role -professional-act" },
    { 'T', "I want to report a teacher", "-professional-act -professional-role" },
    { 'T', "I would like to make an allegation against a coach at the swimming club", "-professional-act" },
    { 'T', "I told the social worker and the police officer and the health visitor", NOT_WORK },
    { 'T', "The head of year and the chair of governors have both ignored my emails", NOT_WORK },
    { 'T', "he is a member of staff at the nursery", NOT_WORK },
    { 'T', "another pupil said that the teacher threw a chair", NOT_WORK },
    { 'T', "as he is employed by the school I was told to write to you", NOT_WORK },
    { 'T', "Please find our referral about the PE teacher attached", NOT_WORK },

    /* the public, survivors */
    { 'T', "I am a neighbour and I hear the childminder scream at the kids", "+says-public " NOT_HOME },
    { 'T', "I was walking my dog past the playground when a member of staff dragged a boy", "+says-public -says-my-child" },
    { 'T', "I live opposite the children's home", "+says-public -says-my-child" },
    { 'T', "as a member of the public I do not know the names", "+says-public" },
    { 'T', "My friend's daughter goes to the gym club", "+says-public" },
    { 'T', "When I was 12 my coach touched me. He still runs the club.", "+says-public -child-writes" },
    { 'T', "It happened to me years ago when I was at school, my teacher kept messaging me", "+says-public -child-writes" },
    { 'T', "I happened to overhear two drivers", "+says-public" },
    { 'T', "the family next door have a nanny who hits them", "+says-public" },

    /* professionals */
    { 'T', "I am the DSL at Brook School and need to make a referral.", "+professional-role +referral-words " NOT_HOME },
    { 'T', "We have suspended the teaching assistant while we await your advice.", "+professional-act " NOT_HOME },
    { 'T', "One of our volunteers has been messaging a child.", "+professional-act " NOT_HOME },
    { 'T', "A member of our staff was seen to push a pupil.", "+professional-act" },
    { 'T', "A year 5 pupil has disclosed that a supply teacher pinched her.", "+professional-act +referral-words -says-my-child" },
    { 'T', "I manage a small nursery in Deal and one of my staff was rough at nap time.", "+professional-role +professional-act" },
    { 'T', "I am a childminder. My assistant shook one of the children.", "+professional-job -says-my-child -says-parent" },
    { 'T', "As the club welfare officer I have asked him to step back from coaching.", "+professional-role +professional-act" },
    { 'T', "I am writing on behalf of St Mark's Church.", "+professional-act -says-my-child" },
    { 'T', "We have informed HR and the chair of governors.", "+professional-act" },
    { 'T', "He works for us as a lunchtime supervisor.", "+professional-act" },
    { 'T', "I am the allocated social worker for a looked after child.", "+professional-role -says-my-child" },
    { 'T', "I am a social worker so I know how this works", "+professional-job -professional-role" },
    { 'T', "I am a head teacher, but this is personal", "-professional-role" },
    { 'T', "Please confirm receipt.\nJo Field | Safeguarding Manager | Ash College", "+professional-role" },
    { 'T', "Thanks, ring me\nJo (Headteacher)", "+professional-role" },
    { 'T', "Thanks, Jo (Headteacher)", "+professional-role" },
    { 'T', "Please see attached form re a supply teacher", "+referral-words" },
    { 'T', "Please take this email as our referral to the officer.", "+referral-words" },
    { 'T', "Please do not treat this as a referral.", "-referral-words" },
    { 'T', "I spoke to Mrs Hart, head teacher, and she shrugged", "-professional-role" },
    { 'T', "a supply teacher placed with us via an agency", "-foster-carer" },
    { 'T', "the baby who was placed with us in May", "+foster-carer" },
    { 'T', "I’m a health visitor in the Swale team", "+professional-role" },
    { 'T', "DC 4412 Parr, I am investigating an assault on a child", "+professional-role" },
    { 'T', "I am the vicar of the parish and a choir leader has been accused", "+professional-role +referral-words" },
    { 'T', "I run a football academy for under 12s", "+professional-role -says-my-child" },
    { 'T', "In my role as Head of Service I wish to notify you of an allegation.", "+professional-role +referral-words" },
    { 'T', "My key child told me that the room leader smacked her.", "-says-my-child +professional-act" },
    { 'T', "a boy in my class, not my group of children", "-says-my-child" },
    { 'T', "All our children are safe and the safety of our children comes first", "-says-my-child" },
    { 'T', "our children's centre and our baby room", "-says-my-child" },
    { 'T', "my boys team and my under 9s girls squad", "-says-my-child" },
    { 'T', "I have done my child protection training and read our child protection policy", "-says-my-child" },
    { 'T', "my concerns about a child and my work with children", "-says-my-child" },
    { 'T', "Mum said: \"my son came home with a bruise and I want him sacked\". I have spoken to HR.", "-says-my-child" },
    { 'T', "The father emailed as follows “I am his dad and my daughter is scared”", "-says-my-child -says-parent" },
    { 'T', "As a parent has complained, we are following our policy", "-says-parent" },
    { 'T', "I am a parent governor at the school", "-says-parent" },
    { 'T', "The mother of the pupil told our office", "-says-parent" },
    { 'T', "A social worker is writing about an allegation against a foster carer", "-foster-carer" },
    { 'G', "Kind regards\nP Garside\nDeputy Headteacher / Designated Safeguarding Lead", "+professional-signature -says-parent" },
    { 'G', "Tom Reed | Named Nurse for Safeguarding Children", "+professional-signature" },
    { 'G', "DS 1234 Amy Hill\nPublic Protection", "+professional-signature" },
    { 'G', "Club Secretary\nHythe Sharks Swimming Club", "+professional-signature" },
    { 'G', "Regards\nDiocesan Safeguarding Adviser", "+professional-signature" },
    { 'G', "J Okafor\nYear 2 Teacher", "-professional-signature +professional-job" },
    { 'G', "Priya\nBusiness Manager, Acme Ltd", "-professional-signature +professional-job" },
    { 'G', "Sent from my iPhone", "-professional-signature -professional-job" },
    { 'G', "Anna Fry", "-professional-signature -professional-job -says-parent" },
    { 'T', "Does this meet the threshold? I do not want to give names yet.", "+advice-only" },
    { 'T', "could I talk this through with someone", "+advice-only" },
    { 'T', "Should we refer or deal with it ourselves?", "+advice-only" },
    { 'T', "Please accept this as our formal referral.", "+professional-act +referral-words" },
    { 'T', "in line with KCSIE we need to notify you of an incident", "+professional-act +referral-words" },
    { 'T', "We held a strategy discussion under section 47", "+professional-act" },
    { 'T', "I teach at a secondary school in Dover", "+professional-job -professional-role" },

    /* who asks for what */
    { 'T', "Where do I find the form for parents?", "+asks-for-form" },
    { 'T', "is there any paperwork i need to fill in", "+asks-for-form" },
    { 'T', "can you email me a referral form please", "+asks-for-form" },
    { 'T', "The form is attached", "-asks-for-form" },
    { 'T', "https://drive.google.com/file/d/abc/view", "+cloud-link" },
    { 'T', "see https://contoso-my.sharepoint.com/:w:/g/personal/x", "+cloud-link" },
    { 'T', "our website is https://www.example.org/", "-cloud-link" },
    { 'T', "https://drive.google.com.example.org/ is not it", "+cloud-link" },
    { 'T', "password is Rabbit7", "+password-follows" },
    { 'T', "The pass word for that document: see below", "+password-follows" },
    { 'T', "He found out her password and used it", "-password-follows" },

    /* urgent or not */
    { 'T', "He is hurting her right now, I can hear it", "+urgent-words" },
    { 'T', "she's in danger, please come now", "+urgent-words" },
    { 'T', "He says he'll kill her if she tells", "+urgent-words" },
    { 'T', "my son says he wants to die", "+urgent-words" },
    { 'T', "she took an overdose last night", "+urgent-words" },
    { 'T', "she has overdosed and is in hospital", "+urgent-words" },
    { 'T', "he is outside our house with a knife", "+urgent-words" },
    { 'T', "The coach is alone with them today", "+urgent-words" },
    { 'T', "My daughter has gone missing with her tutor", "+urgent-words" },
    { 'T', "she isn’t safe at home tonight", "+urgent-words" },
    { 'S', "URGENT - please ring me now", "+urgent-words" },
    { 'T', "I am scared she will harm herself", "+urgent-words" },
    { 'T', "If a child is in immediate danger, ring 999.", "-urgent-words" },
    { 'T', "If you think a child is at immediate risk please dial 999", "-urgent-words" },
    { 'T', "In an emergency or where there is immediate danger call the police on 999.", "-urgent-words" },
    { 'T', "Anyone in immediate danger should call 999", "-urgent-words" },
    { 'T', "For urgent matters or immediate risk contact the duty desk", "-urgent-words" },
    { 'T', "She is not in immediate danger", "-urgent-words" },
    { 'T', "there is no immediate risk to the pupil", "-urgent-words" },
    { 'T', "He shouted at the children in assembly", "-urgent-words" },
    { 'T', "I rang 999, he is here now", "+urgent-words" },
    { 'T', "My daughter has locked herself in the bathroom and says she will take tablets", "+urgent-words" },
    { 'T', "She told me this morning that she doesnt want to live any more", "+urgent-words" },
    { 'T', "he's drunk and he's driving the minibus with the kids in it right now", "+urgent-words" },
    { 'T', "He has been messaging her to meet him tonight at 8", "+urgent-words" },
    { 'T', "he has threatened to come round and burn the house down", "+urgent-words" },
    { 'T', "The babysitter has shaken the baby", "+urgent-words" },
    { 'T', "He sent a photo of a knife to my son", "+urgent-words" },
    { 'T', "my lad is threatening to jump off the bridge", "+urgent-words" },
    { 'T', "URGENT child in danger", "+urgent-words" },
    { 'T', "I am frightened to send him in tomorrow", "+urgent-words" },
    { 'T', "She's run off with him, we don't know where they are", "+urgent-words" },
    { 'T', "my stepdaughter says he is in her bedroom again tonight", "+urgent-words" },
    { 'T', "He said if I report it he will come for my kids", "+urgent-words" },
    { 'T', "send pictures or he will post the others", "+urgent-words" },
    { 'T', "someone please go there straight away", "+urgent-words" },
    { 'T', "we are hiding in the bedroom", "+urgent-words" },
    { 'T', "I dont feel safe in this placement tonight", "+urgent-words" },
    { 'T', "She has taken a whole packet of paracetamol", "+urgent-words" },
    { 'T', "He said he was going to take my phone", "-urgent-words" },
    { 'T', "They plan to take them swimming on Friday", "-urgent-words" },
    { 'T', "The nursery manager wants to hurt my reputation", "-urgent-words" },
    { 'T', "Our e-learning module on self-harm is now available", "-urgent-words" },
    { 'T', "We will meet the head tomorrow at 10 to discuss", "-urgent-words" },
    { 'T', "She is back at school tomorrow after her holiday", "-urgent-words" },
    { 'T', "My daughter loves art and wants to live in Paris", "-urgent-words" },
    { 'T', "He was not breathing a word about it", "-urgent-words" },
    { 'T', "My son has gone off football because of him", "-urgent-words" },
    { 'T', "He told me tonight that his teacher pushed him last week", "-urgent-words" },
    { 'T', "The teacher grabbed my son by the collar today", "-urgent-words" },
    { 'T', "I would rather be told the truth", "-urgent-words" },
    { 'T', "He is working at another nursery now", "-urgent-words" },
    { 'T', "Her tablets were not given at lunch", "-urgent-words" },
    { 'T', "Our policy covers suicide prevention", "-urgent-words" },
    { 'T', "The school hasn't come back to me", "-urgent-words" },
    { 'T', "I don't know where she works now", "-urgent-words" },
    { 'T', "When I was a child in 1985 he raped me", "-urgent-words" },
    { 'F', "He is hurting him right now.", "+urgent-words" },
    { 'F', "There is no immediate risk to the child.", "-urgent-words" },
    { 'Q', "He is hurting him right now.", "-urgent-words" },

    /* children */
    { 'T', "hi im 13 and my coach keeps messaging me", "+child-writes" },
    { 'T', "I’m 15, please don’t tell my mum", "+child-writes" },
    { 'T', "i am eleven years old", "+child-writes" },
    { 'T', "im in year 8 and sir is being weird", "+child-writes" },
    { 'T', "my PE teacher touches me", "+child-writes" },
    { 'T', "my mum doesn't know i'm writing this", "+child-writes" },
    { 'T', "my scout leader wont leave me alone", "+child-writes" },
    { 'T', "I am 45 and my coach made me laugh when I was 12", "-child-writes" },
    { 'T', "I am the captain and my coach is fine", "-child-writes" },
    { 'T', "my scout leader won't leave me alone", "+child-writes" },
    { 'T', "My daughter is 13 and in year 8", "-child-writes" },
    { 'T', "I am 16 weeks pregnant", "-child-writes" },
    { 'T', "I'm 10 minutes away", "-child-writes" },
    { 'T', "please don't ring my work", "-child-writes" },
    { 'T', "hello i go to brook lane school and my teacher mr dale he keeps touching my hair", "+child-writes" },
    { 'T', "I go to school to pick him up", "-child-writes" },
    { 'T', "We are instructed by the parents of B", "-says-parent +solicitor" },
    { 'T', "I am the OIC and he was arrested today", "+professional-role +referral-words" },
    { 'T', "PC 4521 Hill came to see us about it", "-professional-act" },
    { 'T', "We had an incident on Friday and one of our drivers has been stood down by us", "+referral-words +professional-act" },

    /* the accused */
    { 'T', "I have been suspended and I do not know what the allegation is", "+self-report" },
    { 'T', "A parent has made a complaint against me", "+self-report" },
    { 'S', "False allegations against me", "+self-report" },
    { 'T', "I'd like to put my side of the story", "+self-report" },
    { 'T', "I lost my temper with a child and grabbed him", "+self-report" },
    { 'T', "The teacher has been accused before", "-self-report" },
    { 'T', "I made a complaint about him to the school", "-self-report" },

    /* other business */
    { 'T', "I am not happy with how you handled my case", "+complaint" },
    { 'T', "I will go to the Ombudsman", "+complaint" },
    { 'T', "I complained to the school about the teacher", "-complaint" },
    { 'S', "Freedom of Information request", "+information-request" },
    { 'T', "Please send me a copy of my file under UK GDPR", "+information-request" },
    { 'T', "I am a reporter with the Gazette", "+press" },
    { 'G', "Tess Daily\nSenior Reporter", "+press" },
    { 'T', "We're preparing a piece about a gymnastics club", "+press" },
    { 'T', "the deadline is 5", "-press" },
    { 'T', "We act for Mr A in relation to his employment", "+solicitor" },
    { 'G', "Rudd & Co Solicitors LLP", "+solicitor +professional-job" },
    { 'T', "my constituent has contacted me about a nursery", "+member-of-parliament" },
    { 'G', "Caseworker to Jo Bloggs MP", "+member-of-parliament" },
    { 'G', "Cllr Ann Other", "+member-of-parliament" },

    /* forwards and recalls */
    { 'S', "FW: form", "+forwarded-subject" },
    { 'S', "[EXTERNAL] Fwd: help", "+forwarded-subject" },
    { 'S', "Forward planning", "-forwarded-subject" },
    { 'Q', "-----Original Message-----\nFrom: A", "+forwarded" },
    { 'Q', "Begin forwarded message:", "+forwarded" },
    { 'T', "Forwarding this on behalf of a parent", "+forwarded" },
    { 'T', "Please see attached from one of our parents", "+forwarded" },
    { 'T', "See the email below", "+forwarded" },
    { 'S', "Recall: LADO referral", "+recall" },
    { 'T', "Ann Fry would like to recall the message, \"form\".", "+recall" },

    /* spam, and what only sounds like it */
    { 'T', "You have won the Spanish lottery", "+spam-words" },
    { 'T', "We can get your site to the first page of Google", "+spam-words" },
    { 'T', "Your mailbox is almost full, click here to verify", "+spam-words" },
    { 'T', "My son's coach asked him for bank details", "-spam-words +children-words" },
    { 'T', "the nursery worker hit him", "+children-words" },
    { 'T', "Lorem ipsum dolor", "-children-words" },

    /* languages */
    { 'T', "Dzień dobry, piszę w sprawie mojego syna. Pani w przedszkolu zamknęła go samego w łazience, bo nie chciał jeść.", "+other-language" },
    { 'T', "Bună ziua, fiica mea a fost lovită de antrenor la clubul de gimnastică și îi este frică să mai meargă acolo.", "+other-language" },
    { 'T', "Please ring me back about the coach because I do not know what to do and I am on my own", "-other-language" },
};
/* clang-format on */

static ParsersFindings *
findings_of(char where, const char *words)
{
    ParsersFindings *findings = parsers_findings_new();
    char **place = where == 'S'   ? &findings->subject
                   : where == 'G' ? &findings->signature
                   : where == 'Q' ? &findings->quoted
                                  : &findings->text;

    if (where == 'F') {
        ParsersForm *form = parsers_form_new();

        g_ptr_array_add(form->fields,
                        parsers_field_new("incident.description", words, words, "page 1", 1.0));
        g_ptr_array_add(findings->forms, form);
    } else {
        g_free(*place);
        *place = g_strdup(words);
    }
    parsers_words_find(findings);
    return findings;
}

static bool
as_expected(const Sample *sample)
{
    g_autoptr(ParsersFindings) findings = findings_of(sample->where, sample->words);
    g_auto(GStrv) marks = g_strsplit(sample->expected, " ", -1);
    bool right = true;

    for (guint i = 0; marks[i] != NULL; i++) {
        const char *evidence = parsers_findings_signal(findings, marks[i] + 1);

        if ((marks[i][0] == '+') == (evidence != NULL))
            continue;
        print_error("%s for \"%s\"%s%s\n", marks[i], sample->words, evidence != NULL ? ": " : "",
                    evidence != NULL ? evidence : "");
        right = false;
    }
    return right && parsers_findings_signal(findings, "words-unread") == NULL;
}

static void
test_samples(void **fixture)
{
    guint wrong = 0;

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
        wrong += !as_expected(&samples[i]);
    assert_int_equal(wrong, 0);
}

#define PERSON "From: Someone <someone@example.org>\nMIME-Version: 1.0\n"
#define SYSTEM                                                                                     \
    "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\nMIME-Version: 1.0\n"                        \
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
#define WORDS "Content-Type: text/plain; charset=utf-8\n\n"
#define STATUS                                                                                     \
    "\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\n"          \
    "Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n--b--\n"

static ParsersFindings *
findings_of_mail(const char *head, const char *words, const char *foot)
{
    g_autofree char *mail = g_strconcat(head, WORDS, words, foot, NULL);
    g_autoptr(GBytes) raw = g_bytes_new(mail, strlen(mail));
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();

    return parsers_mail_read(raw, definitions, parsers_limits_default());
}

/* Whatever says that a person tells something says so in a mail system's notice as well, where
 * nobody may pass over it: for each row of the table that has a sample. */
static void
test_in_a_bounce(void **fixture)
{
    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        g_autoptr(ParsersFindings) told = findings_of_mail(PERSON, samples[i].words, "\n");
        g_autoptr(ParsersFindings) bounced = findings_of_mail(SYSTEM, samples[i].words, STATUS);

        assert_int_equal(bounced->kind, PARSERS_KIND_BOUNCE);
        for (gsize r = 0; parsers_words_table[r].signal != NULL; r++) {
            const char *signal = parsers_words_table[r].signal;

            if (parsers_findings_signal(told, signal) != NULL &&
                parsers_findings_signal(bounced, signal) == NULL)
                fail_msg("%s is lost in a bounce: %s", signal, samples[i].words);
        }
    }
}

/* Words that begin many patterns, over and over: no match may reach its limit. */
static void
test_no_explosion(void **fixture)
{
    static const char *const seeds[] = {
        "a ",
        "my ",
        "our ",
        "i am ",
        "i am a ",
        "as a ",
        "my own ",
        "if ",
        "she said \"",
        "please ",
        "he is ",
        "send the ",
        "make a ",
        "Aa's ",
        "one of our ",
        "on behalf of the ",
        "the parents ",
        "i was ",
        "when i was ",
        "''''",
        "http://a.",
        "not in ",
        "he has my little ",
        "he is still in his ",
        "drunk hurt ",
        "threatened me to ",
        "scared he is ",
        "she will be alone with him there ",
        "my very x ",
        "forwarding ",
        "a, ",
        "mum of A ",
        "i have a ",
        "i'm the ",
        "(",
        "- ",
        "allegation ",
        "have been ",
        "x\n",
        "-- ",
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(seeds); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(ParsersFindings) findings = NULL;

        while (text->len < 60000)
            g_string_append(text, seeds[i]);
        findings = findings_of('T', text->str);
        if (parsers_findings_signal(findings, "words-unread") != NULL)
            print_error("\"%s\": %s\n", seeds[i],
                        parsers_findings_signal(findings, "words-unread"));
        assert_null(parsers_findings_signal(findings, "words-unread"));
    }
}

/* What is not looked at is said: a parent's words may be there. */
static void
test_too_long(void **fixture)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(ParsersFindings) findings = NULL;

    (void)fixture;
    while (text->len < 80000)
        g_string_append(text, "words and words ");
    g_string_append(text, "my son");
    findings = findings_of('T', text->str);
    assert_null(parsers_findings_signal(findings, "says-my-child"));
    assert_non_null(parsers_findings_signal(findings, "words-unread"));
}

/* Evidence is short, whole characters, on one line. */
static void
test_evidence(void **fixture)
{
    g_autoptr(ParsersFindings) findings = findings_of('T', "My son\xe2\x80\x99s coach, zażółć");

    (void)fixture;
    assert_string_equal(parsers_findings_signal(findings, "says-my-child"), "My son's");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),      cmocka_unit_test(test_in_a_bounce),
        cmocka_unit_test(test_no_explosion), cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_evidence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
