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
    FROM_HINTS = 1 << 3,   /* fits, and proves nothing: a job that parents have too */
};

typedef enum { FOR_FAMILY, FOR_PROFESSIONAL, FOR_PUBLIC, N_SIDES } Side;

typedef struct {
    guint kinds[N_SIDES]; /* bits above */
    bool family_words;    /* the writer's own words say that they are family */
    bool family_form;     /* the form's relationship does */
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

/* pattern: static, as compiled ones are kept by its address: compiling costs a hundred times what
 * matching does. */
static bool
matches(const char *pattern, const char *text)
{
    static GHashTable *compiled;
    GRegex *regex;

    if (text == NULL)
        return false;
    if (compiled == NULL)
        compiled = g_hash_table_new(NULL, NULL);
    regex = g_hash_table_lookup(compiled, pattern);
    if (regex == NULL) {
        regex = g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
        g_hash_table_insert(compiled, (gpointer)pattern, regex);
    }
    return g_regex_match(regex, text, 0, NULL);
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
        scales->family_form = true;
    }
}

/* A question about the writer that no definition knows, answered with a relation. */
static void
weigh_other_answers(const DaemonCase *mail, Scales *scales)
{
    static const char about_writer[] =
        "\\b(your|referrer'?s?) (relationship|relation|connection|link|"
        "role)\\b|\\bwho are you\\b|\\bhow do you know\\b|^are you\\b";
    static const char yes[] = "^\\W*(yes|y|x|\u2612|\u2611|\u2713|\u2714)\\W*$";

    for (guint i = 0; i < mail->findings->forms->len; i++) {
        const ParsersForm *form = mail->findings->forms->pdata[i];

        for (guint o = 0; o < form->others->len && !form->blank; o++) {
            const ParsersField *other = form->others->pdata[o];
            bool family = matches(family_words, other->value) ||
                          (matches(family_words, other->key) && matches(yes, other->value));

            if (!family || !matches(about_writer, other->key))
                continue;
            put(scales, FOR_FAMILY, FROM_FORM, "relationship-other", other->value);
            scales->family_form = true;
        }
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

/* A form in the body is among the words that were looked through: its print proves nothing more. */
static bool
is_print(const DaemonCase *mail, const char *signal)
{
    if (!g_str_equal(signal, "professional-role") && !g_str_equal(signal, "professional-act"))
        return false;
    for (guint i = 0; i < mail->findings->forms->len; i++)
        if (g_str_equal(((const ParsersForm *)mail->findings->forms->pdata[i])->source, "body"))
            return true;
    return false;
}

static void
weigh_text(const DaemonCase *mail, Scales *scales)
{
    /* clang-format off */
    static const struct {
        const char *signal;
        Side side;
        guint kind;
        bool own; /* says who the writer is, not only what happened */
    } table[] = {
        { "says-my-child",          FOR_FAMILY,       FROM_WORDS, true },
        { "says-parent",            FOR_FAMILY,       FROM_WORDS, true },
        { "foster-carer",           FOR_FAMILY,       FROM_WORDS, true },
        { "home-life",              FOR_FAMILY,       FROM_HINTS, false },
        { "professional-signature", FOR_PROFESSIONAL, FROM_WORDS, false },
        { "professional-role",      FOR_PROFESSIONAL, FROM_WORDS, false },
        { "professional-act",       FOR_PROFESSIONAL, FROM_WORDS, false },
        { "professional-job",       FOR_PROFESSIONAL, FROM_HINTS, false },
        { "solicitor",              FOR_PROFESSIONAL, FROM_HINTS, false },
        { "member-of-parliament",   FOR_PROFESSIONAL, FROM_HINTS, false },
        { "says-public",            FOR_PUBLIC,       FROM_WORDS, false },
        { "child-writes",           FOR_PUBLIC,       FROM_WORDS, false },
        { "self-report",            FOR_PUBLIC,       FROM_HINTS, false },
        { "press",                  FOR_PUBLIC,       FROM_HINTS, false },
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const char *evidence = parsers_findings_signal(mail->findings, table[i].signal);

        if (evidence == NULL)
            continue;
        put(scales, table[i].side, is_print(mail, table[i].signal) ? FROM_FORM : table[i].kind,
            table[i].signal, evidence);
        scales->family_words |= table[i].own;
    }
}

/* Nobody is behind the address of a machine, nor behind our own. */
static bool
is_nobodys(const DaemonCase *mail)
{
    const char *address = mail->findings->from_address;

    return daemon_address_is_robot(address) || daemon_case_is_own_address(mail->settings, address);
}

static void
weigh_address(const DaemonCase *mail, Scales *scales)
{
    const char *suffix =
        daemon_address_professional(mail->settings->domains, mail->findings->from_address);

    if (suffix != NULL && !is_nobodys(mail))
        put(scales, FOR_PROFESSIONAL, FROM_ADDRESS, "professional-address", suffix);
}

static guint
count(guint kinds)
{
    return ((kinds & FROM_FORM) != 0) + ((kinds & FROM_WORDS) != 0) + ((kinds & FROM_ADDRESS) != 0);
}

static bool
is_machine(const DaemonCase *mail)
{
    return mail->findings->kind != PARSERS_KIND_PERSON &&
           mail->findings->kind != PARSERS_KIND_ENCRYPTED &&
           mail->findings->kind != PARSERS_KIND_CALENDAR;
}

/* Is the form inside perhaps somebody else's, sent on by the writer? */
static bool
passes_on(const DaemonCase *mail)
{
    return parsers_findings_signal(mail->findings, "forwarded") != NULL ||
           daemon_case_holds_a_mail(mail->findings);
}

/* Is there anything in the mail that its sender made? */
static bool
has_content(const DaemonCase *mail)
{
    return mail->findings->text[0] != '\0' || mail->findings->forms->len > 0 ||
           mail->findings->parts->len >
               daemon_case_count_parts(mail->findings, PARSERS_PART_READ) +
                   daemon_case_count_parts(mail->findings, PARSERS_PART_DECORATION);
}

/* A file with a password is somebody's own; an encrypted mail may hide its sender too. */
static bool
is_hidden(const DaemonCase *mail)
{
    for (guint i = 0; i < mail->findings->parts->len; i++) {
        const ParsersPart *part = mail->findings->parts->pdata[i];

        if (part->state == PARSERS_PART_LOCKED && strstr(part->problem, "password") != NULL)
            return false;
    }
    return mail->findings->kind == PARSERS_KIND_ENCRYPTED;
}

static bool
is_free_mail(const DaemonCase *mail)
{
    const char *domain = daemon_address_domain(mail->findings->from_address);

    return templates_domains_find(mail->settings->domains, domain, NULL) ==
           TEMPLATES_DOMAIN_FREE_MAIL;
}

/* Without any other evidence: whoever writes to the parents' mailbox from a private address is
 * taken for one. */
static DaemonWriterKind
presume(const DaemonCase *mail, Scales *scales)
{
    if (mail->mailbox->role != DAEMON_ROLE_LADO_PARENTS || is_hidden(mail) || is_nobodys(mail) ||
        mail->findings->kind == PARSERS_KIND_CALENDAR || mail->findings->from_address[0] == '\0' ||
        !has_content(mail))
        return DAEMON_WRITER_UNKNOWN;
    daemon_reason_add(scales->reasons, "parents-mailbox",
                      is_free_mail(mail) ? "written to it from a private address"
                                         : "written to it, and the address says nothing of work");
    return DAEMON_WRITER_PARENT;
}

static DaemonWriterKind
judge(const DaemonCase *mail, Scales *scales)
{
    guint professional = scales->kinds[FOR_PROFESSIONAL];
    bool at_work = (professional & FROM_WORDS) != 0 && (professional & FROM_ADDRESS) != 0;

    if (scales->family_words)
        return DAEMON_WRITER_PARENT;
    if (is_machine(mail))
        return DAEMON_WRITER_UNKNOWN;
    if (at_work || (passes_on(mail) && (professional & (FROM_WORDS | FROM_ADDRESS)) != 0))
        return DAEMON_WRITER_PROFESSIONAL;
    if (scales->family_form)
        return DAEMON_WRITER_PARENT;
    if (scales->kinds[FOR_PUBLIC] != 0 && count(professional) < 2)
        return DAEMON_WRITER_PUBLIC;
    if ((professional & (FROM_FORM | FROM_WORDS)) != 0)
        return DAEMON_WRITER_PROFESSIONAL;
    if (scales->kinds[FOR_FAMILY] != 0)
        return DAEMON_WRITER_PARENT;
    return professional != 0 ? DAEMON_WRITER_PROFESSIONAL : presume(mail, scales);
}

void
daemon_writer_weigh(const DaemonCase *mail, DaemonWriter *out_writer)
{
    Scales scales = {.reasons = g_ptr_array_new_with_free_func(daemon_reason_free)};
    guint professional;

    weigh_forms(mail, &scales);
    weigh_relationship(mail, &scales);
    weigh_other_answers(mail, &scales);
    weigh_work(mail, &scales);
    weigh_text(mail, &scales);
    weigh_address(mail, &scales);
    professional = scales.kinds[FOR_PROFESSIONAL];
    out_writer->kind = judge(mail, &scales);
    out_writer->family = scales.kinds[FOR_FAMILY] != 0;
    out_writer->role = (professional & FROM_WORDS) != 0;
    out_writer->certain = out_writer->kind == DAEMON_WRITER_PROFESSIONAL && !out_writer->family &&
                          scales.kinds[FOR_PUBLIC] == 0 && count(professional) >= 2 &&
                          parsers_findings_signal(mail->findings, "words-unread") == NULL &&
                          !passes_on(mail);
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
