/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/words.c - what the words of a mail say about who writes, and what about.
 *
 * Each signal is one pattern over one part of the mail.  A signal is evidence for
 * a rule of daemon/, never a decision: the words are how people in general write,
 * and whoever writes otherwise is read by a person.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "config.h"

#include <pcre2.h>
#include <string.h>

#include "parsers/words.h"

/* Enough for any mail that a person types; more is not looked at. */
#define LOOK_BYTES 65536
#define EVIDENCE_CHARS 120

enum {
    IN_SUBJECT = 1 << 0,
    IN_TEXT = 1 << 1,
    IN_SIGNATURE = 1 << 2,
    IN_QUOTED = 1 << 3,
};

/* People one may have at home. */
#define CHILD                                                                                      \
    "(son|daughter|child|children|kids?|boys?|girls?|lad|baby|toddler|twins?|little one|"          \
    "bairn|stepson|stepdaughter|step[- ](son|daughter|child|children)|niece|nephew|"               \
    "grand[- ]?(son|daughter|child|children|kids?)|god(son|daughter)|youngest|eldest)"
#define PARENT                                                                                     \
    "(mum|mummy|mam|mom|mother|dad|daddy|father|parents?|guardian|nan|nanna|nana|gran|"            \
    "granny|grandma|grandmother|grandad|grandfather|grandparents?|step[- ]?(mum|dad|"              \
    "mother|father)|aunt|auntie|uncle)"
#define ROLE                                                                                       \
    "(designated (safeguarding|person|teacher)|dsl|ddsl|safeguarding (lead|officer|"               \
    "manager|adviser|advisor|coordinator|nurse|midwife|team|hub|partner)|head ?teacher|"           \
    "head of (school|year|early years|care|service|hr)|executive head|deputy head|"                \
    "assistant head|acting head|principal|vice[- ]principal|named (nurse|doctor|midwife|"          \
    "gp|professional)|social worker|team manager|service manager|health visitor|school "           \
    "nurse|detective|constable|sergeant|inspector|police officer|pc \\d|dc \\d|welfare "           \
    "officer|child protection (officer|lead)|registered (childminder|manager|nurse)|"              \
    "nursery manager|club secretary|hr (manager|director|business partner|advis[eo]r|"             \
    "officer)|human resources|chair of governors|business manager|youth (worker|offending)|"       \
    "parish safeguarding|diocesan|independent reviewing officer|family support worker|"            \
    "pastoral (lead|manager)|senco|sendco|early years (manager|lead)|compliance manager|"          \
    "licensing officer|education welfare|virtual school|cafcass|responsible individual|"           \
    "safeguarding hub|practice manager|line manager|lead (nurse|professional)|"                    \
    "consultant (paediatrician|psychiatrist)|paediatrician)"
#define OUR_PLACE                                                                                  \
    "(school|academy|trust|nursery|pre-?school|setting|club|college|organisation|"                 \
    "organization|charity|agency|company|service|team|hospital|practice|church|"                   \
    "parish|diocese|council|authority|childcare|childminding|force|federation)"
#define STAFF                                                                                      \
    "(member of (our |my )?staff|staff member|employee|volunteer|teacher|ta|teaching "             \
    "assistant|assistant|worker|coach|carer|practitioner|colleague|driver|tutor|nurse)"

/* clang-format off */
static const struct {
    const char *name;
    guint where;
    const char *pattern; /* case-insensitive, UTF */
} table[] = {
    { "says-my-child", IN_SUBJECT | IN_TEXT,
      "\\b(my|our) ([\\w'’-]+ ){0,3}?" CHILD "\\b(?!['’]?s? (friend|team|group|class(es)?\\b|club))" },
    { "says-parent", IN_TEXT | IN_SIGNATURE,
      "\\b(i('?| a|’)m|we('| a|’)re|as|speaking as|being) (a |an |the |his |her |their |one of the |\\w+['’]s )"
      "((very |really |so |extremely )?(worried|concerned|single|anxious|upset|foster|adoptive|birth|young) )*"
      PARENT "\\b|\\b(mum|mother|dad|father|parent|parents|nan|gran|carer) (of|to) [A-Z]?\\w+|\\b\\w+['’]s "
      "(mum|mother|dad|father|nan|gran)\\s*$" },
    { "foster-carer", IN_SUBJECT | IN_TEXT | IN_SIGNATURE,
      "\\bfoster(ing)?[- ]?(carers?|mum|mother|dad|father|parents?|family|child|son|daughter|home)\\b|"
      "\\b(i|we) (am|are|have been) fostering\\b|\\bkinship carer\\b" },
    { "says-public", IN_TEXT,
      "\\b(i('?| a|’)m|as) (a |an |the |their |her |his )?(\\w+ )?(neighbou?r|member of (the )?public|resident|"
      "passer[- ]?by|friend of the family|family friend|local resident|customer|taxpayer|bystander)\\b|"
      "\\bi (was (walking|driving|passing|shopping|sitting)|happened to (see|be)|live (near|next|opposite|across))\\b" },
    { "professional-signature", IN_SIGNATURE, "(^|\\b)" ROLE "\\b|^\\s*" STAFF "\\s*$" },
    { "professional-role", IN_TEXT,
      "\\b(i('?| a|’)m|we('| a|’)re|as|in my (role|capacity) as|my role (is|as)|i work as) (the |a |an |your |our |its |her |his )?"
      "((new|acting|deputy|lead|interim|local|club|club['’]s|school|school['’]s|senior|registered|designated|nursery|\\w+['’]s) )*("
      ROLE "|" STAFF "|manager|head|owner|proprietor|director|employer|trustee|governor|childminder|vicar|minister|coach|leader|secretary)\\b|"
      "\\bi (run|manage|own|head|lead) (a |an |the |our |my |\\w+['’]s )?([\\w'’&-]+ ){0,3}?(" OUR_PLACE "|home)\\b|"
      "\\bas (the|an|their|her|his) employer\\b|^\\s*" ROLE "\\b" },
    { "professional-act", IN_SUBJECT | IN_TEXT,
      "\\b((our|formal|professional|agency) (\\w+ )?referral (from|about|on behalf|regarding|concerning|for (a|one|an|the))|"
      "accept (this|the attached|our)( \\w+)* (as )?(a |our |my |the )?(\\w+ )?(referral|notification)|"
      "(our|this) (\\w+ )?(referral|notification)\\b|referral (from|by|on behalf of) (our|the|another|this)|"
      "(wish|want|like|need|writing|write|am|have|obliged|required) (to )?(formally )?(refer|referring|to refer|report|notify|notifying|notify you of|inform you of|make a referral)"
      " (you |to you )?(of |about |on )?(a|an|one of|our|my|the|this|that) ([\\w'’-]+ ){0,4}?(" STAFF "|staff|assistants?|allegation|officer)|"
      "(one of (my|our)|our) (" STAFF "s?|staff|assistants|volunteers|employees)\\b|"
      "\\b(has|have|had) been (suspended|stood down|sent home|asked to (work from home|step back|stay away)|placed on leave|removed from duties|redeployed)\\b|"
      "\\bi have (sent (her|him|them) home|suspended|stood (her|him|them) down)\\b|"
      "\\b(hr|human resources|chair of governors|ofsted|(the )?(trust|governors)) (has|have|had) been (informed|notified|told|consulted)\\b|"
      "\\bon behalf of (the|our|my) ([\\w'’-]+ ){0,3}?" OUR_PLACE "\\b|"
      "\\bagainst (a|one of our|our|my|another) ((\\w+) )?(" STAFF "|staff)\\b[^.]{0,80}\\b(pupil|disclos|year \\d)|"
      "\\b(a|an?other|two|our) (year \\d+ )?pupils?\\b)" },
    { "advice-only", IN_SUBJECT | IN_TEXT,
      "\\b(for|some|your|seek(ing)?|want|need|bit of|ask(ing)? for) advice\\b|\\b(query|question|enquiry|consultation) (about|on|regarding|re)\\b|"
      "\\b(not|isn['’]?t) (a|making a|yet a) (formal )?referral\\b|\\bno names? (yet|given|at this (stage|point))\\b|"
      "\\b(does|do|would|if) (this|it) (meets?|reach(es)?) (the )?threshold\\b|\\b(ring|call|phone) me (back )?(for|to) (advice|discuss|a chat)" },
    { "asks-for-form", IN_SUBJECT | IN_TEXT,
      "\\b(send|email|post|get|find|have|need|want|download|where('?s| is)|looking for|which|link to|a copy of|how do i (get|find)) "
      "(\\w+ ){0,3}?(the|a|your|that|right|correct|referral|parents?['’]?|lado|blank|which|another|proper) ?(\\w+ ){0,3}?form\\b(?! (is )?(attached|enclosed|i (sent|filled)))" },
    { "cloud-link", IN_TEXT,
      "\\bhttps?://([\\w.-]+\\.)?(1drv\\.ms|sharepoint\\.com|onedrive\\.live\\.com|drive\\.google\\.com|docs\\.google\\.com|photos\\.google\\.com|photos\\.app\\.goo\\.gl|"
      "icloud\\.com|we\\.tl|wetransfer\\.com|dropbox\\.com|db\\.tt|mega\\.nz|box\\.com|adobe\\.com|jotform\\.com|forms\\.gle|forms\\.office\\.com)\\b" },
    { "urgent-words", IN_SUBJECT | IN_TEXT,
      /* Not the advice of signatures and automatic replies: "if a child is in danger, ring 999". */
      "\\b(if|where|when|should)\\b[^.!?\\n]{0,100}\\b(danger|emergency|risk|urgent\\w*)\\b(*SKIP)(*F)|"
      "\\b((in|at) (immediate |serious |real )?(danger|risk) (right )?now|immediate (danger|risk)|(is|are|he|she)['’]?s? (here|outside|at the door|with (him|her|them)) (right )?now|"
      "(going|threaten\\w*|tr(ying|ied)|about|plan\\w*) to (hurt|kill|harm|hit|beat|stab|attack|take (him|her|them|my)) ?\\w*|kill (him|her|my|them|your)?self|"
      "suicid\\w*|want(s|ed)? to die|end (it all|(his|her|my|their) life)|overdos\\w*|self[- ]?harm\\w*|(not|isn['’]?t|are not|aren['’]?t|don['’]?t feel) safe (tonight|now|right now|at home)|"
      "(please )?(help|hurry|come|urgent\\w*) (me |us )?(now|straight away|immediately|asap|tonight)|(this|it)('s|’s| is) an emergency|life (or|and) death|"
      "(alone|working|back|there) with (him|her|them|the children|my \\w+) (again )?(right now|now|today|tonight|tomorrow)|has a (knife|weapon|gun)|bleeding|unconscious|raped|being (hurt|hit|beaten|abused) (right )?now)\\b" },
    { "child-writes", IN_SUBJECT | IN_TEXT,
      "\\bi('?| a|’)?m (only |just |nearly |almost )?(a )?([7-9]|1[0-7]|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)( ?(years?|yrs?)([- ]old| of age)?)?( (and|but|so|in year)\\b|[.,!]|$)|"
      "\\b(don['’]?t|do not|dont|pls don['’]?t|can['’]?t) (tell|email|call|ring|let|phone) (my|me) ?(mum|mom|mam|dad|parents|nan|carer|foster)|"
      "\\bmy (form tutor|year head|coach|teacher|tutor|pe teacher|sir|miss|dance teacher|leader|youth worker) (keeps?|kept|touch\\w*|hit\\w*|messag\\w*|text\\w*|asks?|asked|says?|said|makes?|made|sends?|sent|told) me\\b" },
    { "self-report", IN_SUBJECT | IN_TEXT,
      "\\b(allegations?|complaints?|accusations?|referral|concerns?|report|claims?) (\\w+ ){0,3}?(against|about|concerning) (me|myself)\\b|"
      "\\b(complained|reported|said things|written to you|spoken to you|referred|told you) (\\w+ ){0,2}?about me\\b|\\b(i have|i['’]ve|i) (been |was |am being )?(accused|suspended)\\b|"
      "\\baccused me\\b|\\b(false|untrue) (allegation|accusation)s? (\\w+ ){0,2}?me\\b|\\bmy side of (the story|it|what)\\b|\\bgive my side\\b" },
    { "complaint", IN_SUBJECT | IN_TEXT,
      "\\b(formal )?complaint (about|against|regarding) (\\w+ ){0,3}?(your|the lado|the council|this service|the county|how you)|\\bcomplain about (how )?(your|the lado|the council)|"
      "\\byour (service|team|department|office|officers?) (\\w+ ){0,3}?(handled|failed|ignored|let (me|us) down|never)|\\bombudsman\\b|\\bstage (one|two|1|2) complaint\\b" },
    { "information-request", IN_SUBJECT | IN_TEXT,
      "\\b(subject access|data (subject|protection) (access )?request|freedom of information|foi( act| request)?\\b|sar request|dsar|right of access|environmental information|"
      "copies of (all|any|everything|the) (\\w+ ){0,3}?(records|data|information|emails|notes|held)|information (that )?you hold (about|on))\\b" },
    { "press", IN_SUBJECT | IN_TEXT | IN_SIGNATURE,
      "\\b(press (enquiry|office|query|request)|media (enquiry|request|query)|newsdesk|news desk|journalist|reporter|running a (story|piece)|our readers|"
      "for publication|right of reply|comment (for|on) (a|our|the) (story|article|piece)|deadline (is |for)?\\w* ?\\d|broadcast(er|ing))\\b" },
    { "solicitor", IN_SUBJECT | IN_TEXT | IN_SIGNATURE,
      "\\b(we|i) (act|are acting|are instructed|am instructed|have been instructed) (for|on behalf of|by)\\b|\\bsolicitors?( llp| ltd| & co)?\\b|\\bour client\\b|\\bletter before (claim|action)\\b|\\bbarrister\\b|\\bpre-action\\b" },
    { "member-of-parliament", IN_SUBJECT | IN_TEXT | IN_SIGNATURE,
      "\\b(my|our|a|his|her) constituents?\\b|\\bconstituent:|\\bmember of parliament\\b|\\b[A-Z]\\w+ [A-Z]\\w+ MP\\b|\\bMP for\\b|\\bcaseworker (to|for)\\b|\\b(councillor|cllr) [A-Z]" },
    { "forwarded-subject", IN_SUBJECT, "^\\s*((\\[[\\w -]+\\]|ext(ernal)?:)\\s*)?(fwd?|fw|wg|tr|i):\\s" },
    { "forwarded", IN_TEXT | IN_QUOTED,
      "^[ >-]*(-{2,} ?(original|forwarded) message ?-{2,}|begin forwarded message:|-{5,} ?forwarded (message|by))|"
      "\\b(parents?|mum|mother|father|dad|carer|she|he|they) (\\w+ ){0,4}?(asked|wanted|wants|asks) (us|me|the school) to (pass|send|forward)\\b|"
      "\\b(forward(ing|ed)?|passing on|pass on|sent on) (\\w+ ){0,6}?(from|for|on behalf of) (a|one of our|the|our) (parents?|famil)" },
    { "recall", IN_SUBJECT, "^\\s*(recall|message recall( report| failure| success)?):" },
    { "recall", IN_TEXT, "\\bwould like to recall the message\\b" },
    { "password-follows", IN_TEXT, "\\bpassword (is|will|to (open|follow)|for the)\\b" },
    { "spam-words", IN_SUBJECT | IN_TEXT,
      "\\b(you(r e-?mail( address)?)? (have |has )?won|lottery|claim your (prize|winnings)|bank details to claim|million (dollars|pounds|usd|euros)|next of kin (to|of) (a|my|the) (late|deceased)|"
      "inheritance fund|seo (services|experts|audit)|first page of (search|google)|website ranking|crypto (invest|trad)\\w*|bitcoin|viagra|cialis|casino|"
      "verify your (password|account|mailbox)|mailbox (is )?(almost )?(full|quota)|account (will be|has been) (suspended|deactivated|limited)|"
      "business proposal|investment opportunity|work from home (and|to) earn|weight loss|dear (friend|beneficiary|user|customer),? i have|unsubscribe here|boost your)\\b" },
};
/* clang-format on */

static pcre2_code *compiled[G_N_ELEMENTS(table)];
static pcre2_match_context *match_limits;

void
parsers_words_warm_up(void)
{
    if (match_limits != NULL)
        return;
    match_limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(match_limits, 1000000);
    pcre2_set_depth_limit(match_limits, 1000);
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        int code = 0;
        PCRE2_SIZE offset = 0;

        compiled[i] =
            pcre2_compile((PCRE2_SPTR)table[i].pattern, PCRE2_ZERO_TERMINATED,
                          PCRE2_CASELESS | PCRE2_MULTILINE | PCRE2_UTF, &code, &offset, NULL);
        if (compiled[i] == NULL)
            g_error("pattern of %s is wrong at %zu", table[i].name, (gsize)offset);
    }
}

/* A short piece of the text around a match, on one line. */
static char *
quote_match(const char *text, gsize start, gsize end)
{
    gsize length = MIN(end - start, (gsize)EVIDENCE_CHARS);
    g_autofree char *piece = g_utf8_make_valid(text + start, (gssize)length);

    g_strdelimit(piece, "\r\n\t", ' ');
    return g_strdup(g_strstrip(piece));
}

/* The text of the first match, or NULL; the caller frees. */
static char *
first_match(gsize pattern, const char *text)
{
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    gsize length = MIN(strlen(text), (gsize)LOOK_BYTES);
    char *found = NULL;

    /* Cut at a character, not inside one. */
    while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80)
        length--;
    /* 0 says that it matched and had more groups than there is room for, which is all we ask. */
    if (pcre2_match(compiled[pattern], (PCRE2_SPTR)text, length, 0, 0, data, match_limits) >= 0) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);

        found = quote_match(text, ends[0], ends[1]);
    }
    pcre2_match_data_free(data);
    return found;
}

/* English function words: a text of some length without them is in another language. */
static bool
is_other_language(const char *text)
{
    static const char english[] = " the to of and i a in is it that was for my on he she they you "
                                  "with at have has not be this are his her me we but had please "
                                  "from as an if can do so what would him them been about who ";
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n.,;:!?\"()", 600);
    guint count = 0, known = 0;

    for (guint i = 0; words[i] != NULL && i < 500; i++) {
        g_autofree char *lower = NULL;
        g_autofree char *padded = NULL;

        if (words[i][0] == '\0')
            continue;
        lower = g_utf8_strdown(words[i], -1);
        padded = g_strconcat(" ", lower, " ", NULL);
        known += strstr(english, padded) != NULL;
        count++;
    }
    return count >= 12 && known * 8 < count;
}

void
parsers_words_find(ParsersFindings *findings)
{
    const char *const texts[] = {findings->subject, findings->text, findings->signature,
                                 findings->quoted};

    parsers_words_warm_up();
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        for (gsize w = 0; w < G_N_ELEMENTS(texts); w++) {
            g_autofree char *found = NULL;

            if ((table[i].where & (1u << w)) == 0 ||
                parsers_findings_signal(findings, table[i].name) != NULL)
                continue;
            found = first_match(i, texts[w]);
            if (found != NULL)
                parsers_findings_add_signal(findings, table[i].name, found);
        }
    if (is_other_language(findings->text))
        parsers_findings_add_signal(findings, "other-language", "few English words");
}
