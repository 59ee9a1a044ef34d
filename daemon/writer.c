/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/writer.c - who wrote a mail: weighed evidence, both sides listed.
 *
 * Nothing alone makes a professional certain: two kinds of evidence out of form,
 * words and address must agree, and nothing may speak for a parent.  What stands
 * in the form is one kind with the form itself: if it was misread, all of it was.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"
#include "daemon/writer.h"

/* Which independent kind of evidence an entry belongs to. */
enum {
    FROM_FORM = 1 << 0,    /* which form was filled in, and the roles named in it */
    FROM_WORDS = 1 << 1,   /* a role or an act in the signature or the text */
    FROM_ADDRESS = 1 << 2, /* where the mail comes from */
};

typedef enum { FOR_FAMILY, FOR_PROFESSIONAL, FOR_PUBLIC, N_SIDES } Side;

typedef struct {
    guint kinds[N_SIDES]; /* bits above */
    bool strong_family;   /* the form or the text says that a parent writes */
    GPtrArray *reasons;
} Scales;

/* Words of the relationship field.  Matched as whole words in folded text. */
/* clang-format off */
static const char family_words[] =
    "\\b((step|grand|foster|god|adoptive|birth|biological|single|great)?[- ]?"
    "(mother|father|mum|mummy|mam|mom|dad|daddy|parents?|guardian|nan|nanna|nana|gran|granny|"
    "grandma|grandad|grandpa|grandparents?)|carers?|aunt|auntie|aunty|uncle|sister|brother|"
    "sibling|cousin|niece|nephew|kinship|son|daughter|relative|family|special guardian)\\b";
static const char public_words[] =
    "\\b(neighbou?r|friend|family friend|member of (the )?public|passer[- ]?by|witness|"
    "none|no relation|stranger|customer|resident|grandparent of another|another parent)\\b";
static const char professional_words[] =
    "\\b(head ?teacher|head of|deputy|principal|teacher|tutor|dsl|designated safeguarding|"
    "safeguarding|social worker|manager|nurse|doctor|gp|health visitor|midwife|police|officer|"
    "employer|line manager|human resources|hr|bursar|chair of governors|governor|sendco|senco|"
    "pastoral|childminder|nanny agency|coach|vicar|priest|youth worker|therapist|paediatrician|"
    "professional|practitioner|welfare|secretary|trustee|director|proprietor|owner|colleague)\\b";
/* clang-format on */

static bool
matches(const char *pattern, const char *text)
{
    return text != NULL && g_regex_match_simple(pattern, text, G_REGEX_CASELESS, 0);
}

static void
put(Scales *scales, Side side, guint kind, const char *rule, const char *evidence)
{
    scales->kinds[side] |= kind;
    daemon_reason_add(scales->reasons, rule, evidence);
}

static void
weigh_forms(const DaemonCase *mail, Scales *scales)
{
    if (daemon_case_form(mail->findings, "lado-parent", false) != NULL)
        put(scales, FOR_FAMILY, FROM_FORM, "family-form", "the form for parents and carers");
    if (daemon_case_form(mail->findings, "lado-professional", false) != NULL)
        put(scales, FOR_PROFESSIONAL, FROM_FORM, "agency-form", "the form for professionals");
}

/* The relationship may name both ("mother and teacher"): then both sides get it. */
static void
weigh_relationship(const DaemonCase *mail, Scales *scales)
{
    const char *text = daemon_case_value(mail->findings, "referrer.relationship");
    bool family = matches(family_words, text);

    if (text == NULL)
        return;
    if (matches(professional_words, text))
        put(scales, FOR_PROFESSIONAL, FROM_FORM, "relationship-professional", text);
    if (matches(public_words, text))
        put(scales, FOR_PUBLIC, FROM_FORM, "relationship-public", text);
    if (family) {
        put(scales, FOR_FAMILY, FROM_FORM, "relationship-family", text);
        scales->strong_family = true;
    }
}

/* On a family form an employer or job of the writer is only where they happen to work. */
static void
weigh_work(const DaemonCase *mail, Scales *scales)
{
    const char *job = daemon_case_value(mail->findings, "referrer.job_title");
    const char *organisation = daemon_case_value(mail->findings, "referrer.organisation");

    if (job != NULL)
        put(scales, FOR_PROFESSIONAL, FROM_FORM, "form-job", job);
    if (organisation != NULL && !matches("^\\W*(none|n/?a|no|-)\\W*$", organisation))
        put(scales, FOR_PROFESSIONAL, FROM_FORM, "form-organisation", organisation);
}

static void
weigh_text(const DaemonCase *mail, Scales *scales)
{
    static const struct {
        const char *signal;
        Side side;
        bool strong;
    } table[] = {
        {"says-my-child", FOR_FAMILY, true},
        {"says-parent", FOR_FAMILY, true},
        {"foster-carer", FOR_FAMILY, true},
        {"professional-signature", FOR_PROFESSIONAL, false},
        {"professional-role", FOR_PROFESSIONAL, false},
        {"professional-act", FOR_PROFESSIONAL, false},
        {"says-public", FOR_PUBLIC, false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const char *evidence = parsers_findings_signal(mail->findings, table[i].signal);

        if (evidence == NULL)
            continue;
        put(scales, table[i].side, FROM_WORDS, table[i].signal, evidence);
        scales->strong_family |= table[i].strong;
    }
}

static void
weigh_address(const DaemonCase *mail, Scales *scales)
{
    const char *suffix = daemon_address_professional(mail->findings->from_address);

    if (suffix != NULL)
        put(scales, FOR_PROFESSIONAL, FROM_ADDRESS, "professional-address", suffix);
}

static guint
count(guint kinds)
{
    return ((kinds & FROM_FORM) != 0) + ((kinds & FROM_WORDS) != 0) + ((kinds & FROM_ADDRESS) != 0);
}

static DaemonWriterKind
judge(const Scales *scales)
{
    guint family = scales->kinds[FOR_FAMILY], professional = scales->kinds[FOR_PROFESSIONAL];

    if (scales->strong_family)
        return DAEMON_WRITER_PARENT;
    if (count(professional) >= 2 || (professional & (FROM_FORM | FROM_WORDS)) != 0)
        return scales->kinds[FOR_PUBLIC] != 0 && count(professional) < 2
                   ? DAEMON_WRITER_PUBLIC
                   : DAEMON_WRITER_PROFESSIONAL;
    if (scales->kinds[FOR_PUBLIC] != 0)
        return DAEMON_WRITER_PUBLIC;
    if (family != 0)
        return DAEMON_WRITER_PARENT;
    return professional != 0 ? DAEMON_WRITER_PROFESSIONAL : DAEMON_WRITER_UNKNOWN;
}

void
daemon_writer_weigh(const DaemonCase *mail, DaemonWriter *out_writer)
{
    Scales scales = {.reasons = g_ptr_array_new_with_free_func(daemon_reason_free)};
    guint professional;

    weigh_forms(mail, &scales);
    weigh_relationship(mail, &scales);
    weigh_work(mail, &scales);
    weigh_text(mail, &scales);
    weigh_address(mail, &scales);
    professional = scales.kinds[FOR_PROFESSIONAL];
    out_writer->kind = judge(&scales);
    out_writer->family = scales.kinds[FOR_FAMILY] != 0;
    out_writer->role = (professional & FROM_WORDS) != 0;
    out_writer->certain = out_writer->kind == DAEMON_WRITER_PROFESSIONAL && !out_writer->family &&
                          scales.kinds[FOR_PUBLIC] == 0 && count(professional) >= 2;
    out_writer->reasons = scales.reasons;
}

void
daemon_writer_clear(DaemonWriter *writer)
{
    g_clear_pointer(&writer->reasons, g_ptr_array_unref);
}

const char *
daemon_writer_name(DaemonWriterKind kind)
{
    static const char *const names[] = {"unknown", "parent", "professional", "public"};

    return names[kind];
}
