/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/kind-marks.c - marks that programs put into headers and subjects.
 *
 * A mark is evidence; parsers/kind.c weighs it against the shape of the mail.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3834, RFC 2369, RFC 2919; doc/deciding.md, "Signals"
 */
#include "config.h"

#include <string.h>

#include "parsers/kind-marks.h"
#include "parsers/pattern.h"

/* What a machine says of itself, it says at the top; a bounce may bring megabytes behind it. */
#define LOOK_BYTES 65536

typedef struct {
    ParsersFindings *findings;
    const ParsersMime *mime;
} Look;

static const ParsersPattern *
pattern_of(const char *text)
{
    static GHashTable *cache = NULL;
    ParsersPattern *pattern;

    if (cache == NULL)
        cache = g_hash_table_new(g_direct_hash, g_direct_equal);
    pattern = g_hash_table_lookup(cache, text);
    if (pattern == NULL) {
        pattern = parsers_pattern_new(text, PARSERS_PATTERN_UNICODE);
        g_hash_table_insert(cache, (gpointer)text, pattern);
    }
    return pattern;
}

bool
parsers_kind_marks_match(const char *pattern, const char *text)
{
    gsize length = text != NULL ? strnlen(text, LOOK_BYTES + 1) : 0;

    if (text == NULL)
        return false;
    /* Cut at a character, not inside one. */
    if (length > LOOK_BYTES)
        while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80)
            length--;
    return parsers_pattern_look(pattern_of(pattern), text, length, NULL, NULL) ==
           PARSERS_PATTERN_FOUND;
}

char *
parsers_kind_marks_next(const char *pattern, const char *text, gsize *at)
{
    gsize start = 0, end = 0;

    if (text == NULL || !parsers_pattern_next(pattern_of(pattern), text, at, &start, &end))
        return NULL;
    return g_strndup(text + start, end - start);
}

bool
parsers_kind_marks_find_first(const char *pattern, const char *text, gsize *out_start)
{
    gsize end = 0;

    return parsers_pattern_look(pattern_of(pattern), text, strlen(text), out_start, &end) ==
           PARSERS_PATTERN_FOUND;
}

void
parsers_kind_marks_warm_up(const char *pattern)
{
    pattern_of(pattern);
}

static const char *
header(const Look *look, const char *name)
{
    return parsers_mime_header(look->mime, name, 0);
}

static bool
has(const Look *look, const char *signal)
{
    return parsers_findings_signal(look->findings, signal) != NULL;
}

static void
note(const Look *look, const char *signal, const char *name, const char *value)
{
    g_autofree char *evidence = g_strdup_printf("%s: %.120s", name, value);
    g_autofree char *valid = g_utf8_make_valid(evidence, -1);

    if (!has(look, signal))
        parsers_findings_add_signal(look->findings, signal, valid);
}

/* ---- marks in the headers ---- */

/* "no", however it is spaced and commented, says that a person sent it (RFC 3834 section 5).
 * Comments nest, and hold escaped parentheses (RFC 5322 section 3.2.2). */
static bool
says_no(const char *value)
{
    g_autoptr(GString) bare = g_string_new(NULL);
    guint depth = 0;

    for (gsize i = 0; value[i] != '\0' && (depth > 0 || value[i] != ';'); i++) {
        if (depth > 0 && value[i] == '\\' && value[i + 1] != '\0')
            i++;
        else if (value[i] == '(')
            depth++;
        else if (value[i] == ')' && depth > 0)
            depth--;
        else if (depth == 0)
            g_string_append_c(bare, value[i]);
        if (depth > 0)
            g_string_append_c(bare, ' ');
    }
    return g_ascii_strcasecmp(g_strstrip(bare->str), "no") == 0;
}

static void
mark_auto_submitted(const Look *look)
{
    const char *value;

    for (guint n = 0; n < 50 && (value = parsers_mime_header(look->mime, "Auto-Submitted", n)); n++)
        if (!says_no(value))
            note(look, "auto-submitted", "Auto-Submitted", value);
}

/* clang-format off */
static const struct {
    const char *signal;
    const char *header;
    const char *pattern; /* of the value; NULL: its presence is enough */
} marks[] = {
    { "auto-response-suppress", "X-Auto-Response-Suppress", "\\b(all|oof|autoreply)\\b|^\\s*-1\\s*$" },
    { "precedence",       "Precedence",   "\\b(bulk|junk|list|auto_reply)\\b" },
    { "precedence",       "X-Precedence", "\\b(bulk|junk|list|auto_reply)\\b" },
    { "list-header",      "List-Id", NULL },
    { "list-header",      "List-Post", NULL },
    { "list-header",      "List-Unsubscribe", NULL },
    { "list-header",      "List-Help", NULL },
    { "list-header",      "List-Subscribe", NULL },
    { "list-header",      "List-Owner", NULL },
    { "list-header",      "List-Archive", NULL },
    { "list-header",      "Mailing-List", NULL },
    { "vendor-auto-mark", "X-Autoreply", NULL },
    { "vendor-auto-mark", "X-Autorespond", NULL },
    { "vendor-auto-mark", "X-Autoresponder", NULL },
    { "vendor-auto-mark", "X-Autoresponse", NULL },
    { "vendor-auto-mark", "X-AutoReply-From", NULL },
    { "vendor-auto-mark", "X-Mail-Autoreply", NULL },
    { "vendor-auto-mark", "X-Autogenerated", NULL },
    { "vendor-auto-mark", "X-FC-MachineGenerated", NULL },
    { "vendor-auto-mark", "X-Loop", NULL },
    { "own-mark",         "X-Postern-Mark", NULL },
    { "vendor-auto-mark", "X-POST-MessageClass", "autoresponder" },
    { "vendor-auto-mark", "X-MS-Exchange-Inbox-Rules-Loop", NULL },
    { "vendor-auto-mark", "X-MS-Exchange-Generated-Message-Source", NULL },
    { "vendor-auto-mark", "X-AMAZON-MAIL-RELAY-TYPE", "notification" },
    { "vendor-auto-mark", "Delivered-To", "^autoresponder" },
    { "vendor-auto-mark", "Feedback-ID", NULL },
    { "vendor-auto-mark", "X-Apple-Action", "vacation" },
    { "vendor-auto-mark", "X-Auto-Reply", NULL },
    { "vendor-auto-mark", "X-Vacation", NULL },
    { "vendor-auto-mark", "X-Mailer", "\\b(vacation|autorespond)" },
    { "failed-recipients", "X-Failed-Recipients", NULL },
    { "spam-verdict",     "X-Spam-Flag", "^\\s*yes" },
    { "spam-verdict",     "X-Spam-Status", "^\\s*yes" },
    { "spam-verdict",     "X-MS-Exchange-Organization-SCL", "^\\s*[5-9]\\s*$" },
    { "spam-verdict",     "X-Forefront-Antispam-Report", "\\bSFV:(SPM|SKB)\\b|\\bCAT:(PHSH|HPHSH|MALW)\\b" },
    { "spam-verdict",     "X-Rspamd-Action", "\\b(reject|add header|rewrite subject)\\b" },
};
/* clang-format on */

static void
mark_headers(const Look *look)
{
    mark_auto_submitted(look);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        const char *value = header(look, marks[i].header);

        if (value != NULL &&
            (marks[i].pattern == NULL || parsers_kind_marks_match(marks[i].pattern, value)))
            note(look, marks[i].signal, marks[i].header, value);
    }
}

/* What programs put before the subject of the mail that they answer, in the languages of mail
 * programs. */
static const char auto_subjects[] =
    "^\\s*(\\[[^]]{0,40}\\]\\s*)?(auto(matic(ally)?)?[- ]?(generated )?(e-?mail "
    ")?(reply|response|responder|antwort|réponse|"
    "svar|vastaus|risposta|respuesta|resposta)\\b|(out[- ]of[- ](the[- ])?office|ooo|oof|away from "
    "(the |my )?(office|desk)|"
    "vacation|holiday|absence|on (annual |maternity |sick |study )?leave)( "
    "(auto-?)?(reply|response|message|notice|notification))?\\b ?([-:(]|$|until|from|till)|"
    "(ymateb|ateb) awtomatig|(réponse|response) automatique|message d'absence|absen(t|ce) du "
    "bureau|"
    "abwesenheits|automatische (antwort|abwesenheits|reactie)|afwezig|(respuesta|resposta) "
    "automática|fuera de (la )?oficina|"
    "risposta automatica|fuori (sede|ufficio)|odpowied(ź|z) automatyczna|automatyczna "
    "odpowied(ź|z)|autoodpowied|nieobecno|"
    "răspuns automat|raspuns automat|automatisk svar|autosvar|automaattinen "
    "vastaus|poissa|frånvaro|fravær|"
    "automatick[áa] odpove[dď]|automatikus válasz|automatski odgovor|samodejni "
    "odgovor|automatin(is|ė) (atsakymas|žinut)|"
    "auto(maat)?vastus|automātisk|automatiska? atbilde|.{0,40}automātiska "
    "atbilde|.{0,40}automatiska atbilde|.{0,20}biroja? (atrašanās|atrasanas)|αυτόματη "
    "απάντηση|otomatik yan|"
    "автомати|автоответ|автоматична|автоматичен|自動(応答|返信)|不在|自动(答复|回复)|自動回覆|자동 "
    "?(회신|응답)|رد تلقائي|"
    "الرد التلقائي|תשובה אוטומטית|مكتب)";

/* Prefixes that only programs write; people who answer them write "Re:" first. */
static const char auto_prefixes[] =
    "^\\s*(auto(matic)?[- ]?(reply|response)|automatische antwort|réponse automatique|respuesta "
    "automática|"
    "resposta automática|risposta automatica|odpowiedź automatyczna|räspuns automat|răspuns "
    "automat|"
    "autosvar|automatisk svar|automaattinen vastaus|automatisch antwoord|automatická odpove[dď]|"
    "automatikus válasz|αυτόματη απάντηση|автоответ|ymateb awtomatig) ?:";

/* What help desks and polite programs put there; people write it too. */
static const char courtesy_subjects[] =
    "^\\s*(re: )?((thank you|thanks) for (contacting|getting in touch|your "
    "(e-?mail|enquiry|message|interest))|"
    "(we('ve| have)|your .{0,40}(was|has been)) received|(support |service "
    ")?(ticket|request|case|enquiry|incident)\\b.{0,40}"
    "(received|created|opened|logged|#|\\[)|\\[(ticket|case|request|incident)\\b|(acknowledg\\w+|"
    "receipt|confirmation) (of|:)|i "
    "(am|will be) (currently )?(away|out of)|do not reply)";

static const char bounce_subjects[] =
    "^\\s*(\\[[^]]{0,40}\\]\\s*)?(undeliver(ed|able)|(mail )?delivery (status notification|status "
    "report|failure|failed|has failed|problem|error|"
    "delayed|notification|report|unsuccessful|incomplete)|mail delivery "
    "(failed|failure|subsystem|system|status|error|delayed|problem)|"
    "mail (failed|failure|error|could not)|returned mail|returned to sender|return(ed|ing) "
    "(mail|message)|failure (notice|delivery)|failed mail|"
    "message (not delivered|delayed|undeliverable|delivery|you sent blocked|status|could "
    "not)|non[- ]?(delivery|remis)|"
    "warning: (message|could not send|e-?mail)|mail system error|could not (be "
    ")?(deliver|send)|unzustellbar|nicht zustellbar|"
    "onbestelbaar|notificación de (estado|entrega)|non recapitabile|mancata "
    "consegna|niedostarczon|nie można dostarczyć|nedoručiteľn|"
    "nelivrat|rejected:|e-?mail (not delivered|rejected|delivery)|delayed mail|user unknown|unable "
    "to deliver|"
    "メールエラー|配信(不能|できません)|未送達)";

bool
parsers_kind_marks_is_bounce_subject(const char *subject)
{
    return parsers_kind_marks_match(bounce_subjects, subject);
}

static void
mark_subject(const Look *look)
{
    if (parsers_kind_marks_match(auto_subjects, look->findings->subject))
        note(look, "auto-subject", "Subject", "as of an automatic reply");
    if (parsers_kind_marks_match(auto_prefixes, look->findings->subject))
        note(look, "auto-prefix", "Subject", "as only programs write it");
    if (parsers_kind_marks_match(courtesy_subjects, look->findings->subject))
        note(look, "courtesy-subject", "Subject", "as of a help desk");
    if (parsers_kind_marks_is_bounce_subject(look->findings->subject))
        note(look, "bounce-subject", "Subject", "as of a bounce");
}

void
parsers_kind_marks_find(ParsersFindings *findings, const ParsersMime *mime)
{
    Look look = {findings, mime};

    mark_headers(&look);
    mark_subject(&look);
}
