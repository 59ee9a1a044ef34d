/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/danger-features.c - what the model of danger looks at in a sentence.
 *
 * Words and pairs of words, which alone would learn by heart; and kinds of words, "now", "who",
 * "weapon", with each two that stand in one sentence, which carry over to sentences that
 * nobody listed.
 *
 * Runs in:  postern-parser; parsers/label-train while Postern is built.
 * Source:   doc/deciding.md, "Danger"
 */
#include "config.h"

#include "parsers/danger.h"

#include <string.h>

#define WORDS_MAX 40u
#define WORD_BYTES_MAX 24u

/* clang-format off */
static const char *const kinds[] = {
    /* now */     "now tonight 2nite tonite today tomorrow 2moro tomoz immediately asap hurry quick quickly urgent urgently "
                  "straight currently moment minutes mins hour hours evening afternoon morning weekend night soon still just",
    /* who */     "he she him her hes shes they them his man someone somebody ex dad stepdad stepfather boyfriend",
    /* child */   "child children kids son daughter boy boys girl girls baby toddler lad lass granddaughter grandson "
                  "niece nephew pupil student twins teenager babies little grandchild sister brother",
    /* hurt */    "hit hits hitting beat beats beating slap slapped slapping punch punched kick kicked hurt hurts hurting "
                  "strangle strangled strangling choke choked throttle shook shake shaking burn burns burnt burned abuse "
                  "abusing abused attack attacked bite bit smash smashing smashed shove pushed thrown threw dragging dragged "
                  "drag belt smother suffocate",
    /* kill */    "kill kills killed killing die dies dying dead death murder stab stabbed shoot drown drowning suicide "
                  "suicidal overdose overdosed od hang hanging noose jump survive alive",
    /* weapon */  "knife knives gun machete weapon blade hammer bottle petrol acid bat axe razor armed rifle",
    /* sex */     "rape raped raping touched touching groped naked nudes knickers pants sexual sexually grooming molested "
                  "undressed",
    /* body */    "breathe breathing unconscious bleeding blood hospital ambulance fit fitting collapsed swallowed drunk "
                  "choking floppy wake unresponsive stitches casualty broken tablets pills paracetamol bleach wrists",
    /* gone */    "missing gone taken vanished disappeared runaway ran run kidnapped abducted took snatched",
    /* fear */    "terrified petrified scared frightened afraid fear fears begging hiding trapped locked screaming screams "
                  "danger unsafe safe help emergency threat threats threatened threatening threatens threaten",
    /* reach */   "alone with collect collecting pick picking meet meeting babysitting babysit supervising care hotel flat "
                  "van car camp trip dorm tent home house there back door room bedroom",
    /* past */    "years ago was were had used last month months year term january february march april may june july august "
                  "september october november december since previously when then",
    /* no */      "no not none never without",
    /* general */ "if any anyone should policy training course contact please form whether",
};
/* clang-format on */

/* Which kinds a word is of, as bits. */
static guint
kinds_of(const char *word)
{
    static GHashTable *known;

    if (known == NULL) {
        known = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
            g_auto(GStrv) words = g_strsplit(kinds[k], " ", -1);

            for (guint i = 0; words[i] != NULL; i++) {
                const guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(known, words[i]));

                g_hash_table_insert(known, (gpointer)g_intern_string(words[i]),
                                    GUINT_TO_POINTER(bits | 1u << k));
            }
        }
    }
    return GPOINTER_TO_UINT(g_hash_table_lookup(known, word));
}

static void
add(ParsersLabelFeatures *features, char kind, const char *one, const char *other)
{
    guint32 hash = (2166136261u ^ (guchar)kind) * 16777619u;

    for (const char *p = one; *p != '\0'; p++)
        hash = (hash ^ (guchar)*p) * 16777619u;
    hash = (hash ^ ' ') * 16777619u;
    for (const char *p = other; *p != '\0'; p++)
        hash = (hash ^ (guchar)*p) * 16777619u;
    if (features->n < PARSERS_LABEL_FEATURES_MAX)
        features->bucket[features->n++] = (guint16)(((hash >> 16) ^ hash) % PARSERS_LABEL_BUCKETS);
}

/* The next word in small letters, without apostrophes; false at the end of the sentence. */
static bool
next_word(const char **text, char out[WORD_BYTES_MAX])
{
    guint n = 0;

    while (**text != '\0' && !g_ascii_isalnum(**text))
        (*text)++;
    for (; g_ascii_isalnum(**text) || **text == '\''; (*text)++)
        if (**text != '\'' && n + 1 < WORD_BYTES_MAX)
            out[n++] = g_ascii_tolower(**text);
    out[n] = '\0';
    return n > 0;
}

static void
add_kinds(ParsersLabelFeatures *features, guint bits)
{
    for (guint a = 0; a < G_N_ELEMENTS(kinds); a++) {
        const char one[] = {(char)('a' + a), '\0'};

        if ((bits & 1u << a) == 0)
            continue;
        add(features, 'c', one, "");
        for (guint b = a + 1; b < G_N_ELEMENTS(kinds); b++) {
            const char other[] = {(char)('a' + b), '\0'};

            if ((bits & 1u << b) != 0)
                add(features, 'p', one, other);
        }
    }
}

guint
parsers_danger_features(const char *sentence, ParsersLabelFeatures *out_features, guint *out_kinds)
{
    char last[WORD_BYTES_MAX] = "^";
    char word[WORD_BYTES_MAX];
    guint bits = 0;
    guint n = 0;
    const char length[] = {'0', '\0'};

    out_features->n = 0;
    for (; n < WORDS_MAX && next_word(&sentence, word); n++) {
        add(out_features, 'w', word, "");
        if (n > 0)
            add(out_features, 'b', last, word);
        bits |= kinds_of(word);
        memcpy(last, word, sizeof last);
    }
    add_kinds(out_features, bits);
    *out_kinds = (guint)__builtin_popcount(bits);
    add(out_features, 'n', length, n < 5 ? "few" : n < 20 ? "some" : "many");
    return n;
}
