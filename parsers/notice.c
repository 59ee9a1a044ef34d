/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/notice.c - whether a machine's notice holds anything that a person may have said.
 *
 * One pass instead of a hundred patterns and a search for forms, which mostly find nothing in the
 * words of a mail system.  It is wider than all of them: whatever could speak for a family, a
 * child, a witness or the accused, or be a label of a form, has one of these words in it.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#include "config.h"

#include <string.h>

#include "parsers/notice.h"
#include "parsers/pattern.h"

/* More than this is looked through by the patterns themselves, and by their limits. */
#define LOOK_BYTES 16384

/* clang-format off */
static const char people[] =
    /* Who is meant, at the beginning of a word and in whatever form of it. */
    "\\b(?:child(?! (?:status|process))|kid(?:s|z|do)?\\b|son(?:s|'s)?\\b|daughter|boys?\\b|girl|lads?\\b|lass|bab(?:y|ies)\\b|bairn|toddler|teen|"
    "youngest|eldest|oldest|twins?\\b|triplet|wee\\b|little\\b|niece|nephew|grand(?!\\.)|step[- ]?(?:so|si|d|c|m|f|b)|god[- ]?(?:s|d|c|m|f|p)|"
    "mum|mam(?:my)?\\b|mom(?:my)?\\b|mother|dad|father|parent|nan(?:a|na|ny)?(?:'?s)?\\b|gran(?:ny|s)?\\b|guardian|aunt|uncle|brother|sister|sibling|"
    "carer|foster|kinship|placed with|custody|husband|wife\\b|partner|fianc|boyfriend|girlfriend|"
    "family friend|friend of|of (?:the )?public|taxpayer|as an? (?:\\w+ )?customer|next door|neighbo|witness|resident|passer|passenger|landlord|lodger|tenant|bystander|spectator|dog walk|churchgoer|congregation|"
    "pupil|student|school|academy|nurser|teacher|teaching|coach|tutor|scout|cadet|leader\\b|youth|playgroup|"
    "safeguard|lado\\b|alleg|accus|abus(?:ed|ing|er)\\b|referr|disclos|suspended\\b|false(?:ly)?\\b|complain|"
    "frighten|scared|hurt|hit(?:s|ting)?\\b|touch(?:ed|es|ing)|bruis|danger|suicid|knife|police|crying|upset|worr(?:y|ied)|"
    /* What only forms ask. */
    "date of birth|d\\.?o\\.?b\\b|gender|ethnic|religio|employ|occupation|job\\b|role\\b|incident|post ?code|telephone\\b|"
    /* Who tells of themselves; mail systems say "I'm sorry" and "I'm not going to try again". */
    "my\\b|myself|(?:about|against|told|hits?|hurts?|groomed|assaulted|abused|touched|accus\\w+|and|to|at|with) me\\b|me (?:and|to|with|in)\\b|our \\w+ (?:says|said|won|is)\\b|(?:bed|bath|tea) ?time|i (?:pick|collect|fetch|drop|took|put|think|share|hold)|when i was|years? ago|year[- ]?\\d|y(?:r|ea)s?[- ]old|told us|came home|"
    "i.{0,2} ?a?m (?!sorry|afraid|not going|unable|the |sending|having)|i (?:was|live|saw|have|go to|did|lost|happened)\\b(?!n't|n.t| (?:not )?(?:been )?(?:able|unable|tried|given up|made)))";
/* clang-format on */

static ParsersPattern *
pattern(void)
{
    static ParsersPattern *compiled = NULL;

    if (compiled == NULL)
        compiled = parsers_pattern_new(people, PARSERS_PATTERN_ASCII);
    return compiled;
}

bool
parsers_notice_is_bare(const ParsersFindings *findings)
{
    const char *const texts[] = {findings->subject, findings->text, findings->signature,
                                 findings->quoted};
    gsize size = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        const gsize length = strlen(texts[i]);

        size += length;
        if (size > LOOK_BYTES ||
            parsers_pattern_look(pattern(), texts[i], length, NULL, NULL) != PARSERS_PATTERN_ABSENT)
            return false;
    }
    return true;
}

void
parsers_notice_warm_up(void)
{
    pattern();
}
