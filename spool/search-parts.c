/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search-parts.c - a text as the parts by which it is found.
 *
 * Runs in:  intake, staff pages.
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include <string.h>

#include "spool/search-parts.h"

#define PART_MAX_BYTES 64u
#define NEAR_MIN_LETTERS 4
#define DIGITS "0123456789"

/* clang-format off */

/* First names and what they are short for, or another spelling of; some for more than one.  In the
 * order of the names. */
static const struct {
    const char *name;
    const char *full;
} full_names[] = {
    { "abbie", "abigail" }, { "abby", "abigail" }, { "al", "alan" }, { "al", "albert" },
    { "al", "alexander" }, { "alex", "alexander" }, { "alex", "alexandra" }, { "andy", "andrew" },
    { "angie", "angela" }, { "ann", "anne" }, { "anna", "anne" }, { "annie", "anne" },
    { "anthony", "antony" }, { "archie", "archibald" }, { "art", "arthur" }, { "ash", "ashley" },
    { "becca", "rebecca" }, { "becky", "rebecca" }, { "bella", "annabel" }, { "bella", "isabel" },
    { "ben", "benjamin" }, { "benny", "benjamin" }, { "bernie", "bernadette" },
    { "bernie", "bernard" }, { "bess", "elizabeth" }, { "beth", "elizabeth" },
    { "betty", "elizabeth" }, { "bill", "william" }, { "billy", "william" }, { "bob", "robert" },
    { "bobby", "robert" }, { "brad", "bradley" }, { "cath", "catherine" },
    { "catharine", "catherine" }, { "cathy", "catherine" }, { "charlie", "charles" },
    { "charlie", "charlotte" }, { "chris", "christine" }, { "chris", "christopher" },
    { "chrissie", "christine" }, { "christina", "christine" }, { "chuck", "charles" },
    { "cindy", "cynthia" }, { "cliff", "clifford" }, { "con", "conor" }, { "connor", "conor" },
    { "dan", "daniel" }, { "danny", "daniel" }, { "dave", "david" }, { "davy", "david" },
    { "deb", "deborah" }, { "debbie", "deborah" }, { "debra", "deborah" }, { "den", "dennis" },
    { "denny", "dennis" }, { "dick", "richard" }, { "dolly", "dorothy" }, { "dom", "dominic" },
    { "don", "donald" }, { "dot", "dorothy" }, { "doug", "douglas" }, { "drew", "andrew" },
    { "ed", "edward" }, { "eddie", "edward" }, { "elisabeth", "elizabeth" },
    { "eliza", "elizabeth" }, { "ella", "eleanor" }, { "ella", "isabel" }, { "ellie", "eleanor" },
    { "em", "emma" }, { "emmie", "emma" }, { "fran", "frances" }, { "fran", "francis" },
    { "frank", "francis" }, { "frankie", "frances" }, { "frankie", "francis" },
    { "fred", "frederick" }, { "freddie", "frederick" }, { "gab", "gabriel" },
    { "gab", "gabriella" }, { "gabby", "gabriel" }, { "gabby", "gabriella" }, { "gaz", "gareth" },
    { "gaz", "gary" }, { "geoff", "geoffrey" }, { "georgie", "georgina" }, { "gerry", "gerald" },
    { "gerry", "gerard" }, { "gill", "gillian" }, { "gina", "georgina" }, { "greg", "gregory" },
    { "gus", "angus" }, { "hal", "henry" }, { "hank", "henry" }, { "harry", "harold" },
    { "harry", "henry" }, { "hattie", "harriet" }, { "ian", "iain" }, { "isabella", "isabel" },
    { "isobel", "isabel" }, { "izzy", "isabel" }, { "jack", "jackson" }, { "jack", "john" },
    { "jackie", "jacqueline" }, { "jacqui", "jacqueline" }, { "jake", "jacob" },
    { "jamie", "james" }, { "jan", "janet" }, { "jeff", "geoffrey" }, { "jeffrey", "geoffrey" },
    { "jen", "jennifer" }, { "jenni", "jennifer" }, { "jenny", "jennifer" },
    { "jess", "jessica" }, { "jessie", "jessica" }, { "jill", "gillian" }, { "jim", "james" },
    { "jimmy", "james" }, { "jo", "joanne" }, { "jo", "josephine" }, { "joanna", "joanne" },
    { "joe", "joseph" }, { "joey", "joseph" }, { "johnny", "john" }, { "johnny", "jonathan" },
    { "jon", "john" }, { "jon", "jonathan" }, { "jonny", "john" }, { "jonny", "jonathan" },
    { "josh", "joshua" }, { "judy", "judith" }, { "jules", "julian" }, { "jules", "julie" },
    { "jules", "juliet" }, { "kate", "catherine" }, { "kath", "catherine" },
    { "katherine", "catherine" }, { "kathryn", "catherine" }, { "kathy", "catherine" },
    { "katie", "catherine" }, { "katy", "catherine" }, { "ken", "kenneth" },
    { "kenny", "kenneth" }, { "kim", "kimberley" }, { "kimberly", "kimberley" },
    { "kit", "christopher" }, { "larry", "laurence" }, { "lawrence", "laurence" },
    { "len", "leonard" }, { "lenny", "leonard" }, { "leo", "leonard" }, { "lewis", "louis" },
    { "libby", "elizabeth" }, { "liv", "olivia" }, { "liz", "elizabeth" },
    { "lizzie", "elizabeth" }, { "lottie", "charlotte" }, { "lou", "louis" }, { "lou", "louise" },
    { "maddie", "madeleine" }, { "maggie", "margaret" }, { "mandy", "amanda" },
    { "marc", "mark" }, { "marge", "margaret" }, { "marie", "mary" }, { "marty", "martin" },
    { "martyn", "martin" }, { "mathew", "matthew" }, { "matt", "matthew" },
    { "matty", "matthew" }, { "max", "maximilian" }, { "max", "maxwell" }, { "meg", "margaret" },
    { "meg", "megan" }, { "mel", "melanie" }, { "mel", "melissa" }, { "micheal", "michael" },
    { "mick", "michael" }, { "micky", "michael" }, { "mike", "michael" }, { "mikey", "michael" },
    { "mo", "mohammed" }, { "mohamed", "mohammed" }, { "mohammad", "mohammed" },
    { "molly", "mary" }, { "muhammad", "mohammed" }, { "muhammed", "mohammed" },
    { "nat", "natalie" }, { "nat", "nathan" }, { "nat", "nathaniel" }, { "nate", "nathan" },
    { "nate", "nathaniel" }, { "neal", "neil" }, { "ned", "edward" }, { "nell", "eleanor" },
    { "nelly", "eleanor" }, { "niall", "neil" }, { "nick", "nicholas" }, { "nicky", "nicholas" },
    { "nicky", "nicola" }, { "nicolas", "nicholas" }, { "nikki", "nicola" },
    { "ollie", "oliver" }, { "ollie", "olivia" }, { "olly", "oliver" }, { "paddy", "patrick" },
    { "pam", "pamela" }, { "pat", "patricia" }, { "pat", "patrick" }, { "patsy", "patricia" },
    { "peggy", "margaret" }, { "pete", "peter" }, { "phil", "philip" }, { "phillip", "philip" },
    { "pippa", "philippa" }, { "ray", "raymond" }, { "rebekah", "rebecca" },
    { "reg", "reginald" }, { "rich", "richard" }, { "richie", "richard" }, { "rick", "richard" },
    { "ricky", "richard" }, { "rob", "robert" }, { "robbie", "robert" }, { "ron", "ronald" },
    { "ronnie", "ronald" }, { "rosie", "rose" }, { "roz", "rosalind" }, { "sadie", "sarah" },
    { "sally", "sarah" }, { "sam", "samantha" }, { "sam", "samuel" }, { "sammy", "samantha" },
    { "sammy", "samuel" }, { "sandra", "alexandra" }, { "sandy", "alexander" },
    { "sandy", "alexandra" }, { "sara", "sarah" }, { "seb", "sebastian" }, { "shaun", "sean" },
    { "shawn", "sean" }, { "si", "simon" }, { "sophia", "sophie" }, { "stan", "stanley" },
    { "steph", "stephanie" }, { "stephen", "steven" }, { "steve", "steven" },
    { "stevie", "stephanie" }, { "stevie", "steven" }, { "stewart", "stuart" },
    { "stu", "stuart" }, { "sue", "susan" }, { "susie", "susan" }, { "suzanne", "susan" },
    { "suzie", "susan" }, { "ted", "edward" }, { "ted", "theodore" }, { "teddy", "edward" },
    { "terrence", "terence" }, { "terry", "terence" }, { "tess", "teresa" },
    { "tessa", "teresa" }, { "theresa", "teresa" }, { "tim", "timothy" }, { "timmy", "timothy" },
    { "tina", "christine" }, { "tom", "thomas" }, { "tommy", "thomas" }, { "tony", "antony" },
    { "tricia", "patricia" }, { "trish", "patricia" }, { "val", "valerie" },
    { "vera", "veronica" }, { "vic", "victor" }, { "vic", "victoria" }, { "vicki", "victoria" },
    { "vicky", "victoria" }, { "vince", "vincent" }, { "viv", "vivian" }, { "viv", "vivienne" },
    { "wally", "walter" }, { "will", "william" }, { "willy", "william" }, { "zac", "zachary" },
    { "zach", "zachary" }, { "zack", "zachary" }, { "zak", "zachary" },
};

/* What stands before a name and is none. */
static const char *const titles[] = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "sir", "prof", "professor", "pc", "dc",
    "sgt", "father", "sister", "the", "and", "aka", NULL,
};
/* clang-format on */

static void
free_part(gpointer data)
{
    SpoolPart *part = data;

    g_free(part->text);
    g_free(part);
}

/* The table is in the order of its names. */
static guint
first_not_before(const char *name)
{
    guint low = 0, high = G_N_ELEMENTS(full_names);

    while (low < high) {
        const guint middle = (low + high) / 2;

        if (strcmp(full_names[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

GPtrArray *
spool_search_full_names(const char *name)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(all, g_strdup(name));
    for (guint i = first_not_before(name);
         i < G_N_ELEMENTS(full_names) && strcmp(full_names[i].name, name) == 0; i++)
        g_ptr_array_add(all, g_strdup(full_names[i].full));
    return all;
}

GPtrArray *
spool_search_near(const char *name)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    const gsize length = strlen(name); /* room for all but a letter, and the NUL */

    if (g_utf8_strlen(name, -1) < NEAR_MIN_LETTERS)
        return all;
    g_ptr_array_add(all, g_strdup(name));
    for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at)) {
        const gsize before = (gsize)(at - name);
        const char *rest = g_utf8_next_char(at);
        char *less = g_malloc(length);

        memcpy(less, name, before);
        strcpy(less + before, rest);
        g_ptr_array_add(all, less);
    }
    return all;
}

/* The same as fold() makes of it. */
static char *
fold_ascii(const char *text)
{
    char *folded = g_malloc(strlen(text) + 1), *end = folded;

    for (const char *at = text; *at != '\0'; at++)
        if (*at != '\'')
            *end++ = g_ascii_isalnum(*at) ? g_ascii_tolower(*at) : ' ';
    *end = '\0';
    return folded;
}

/* Small letters without accents; what is no letter or digit becomes a space, what joins a name
 * (O'Brien) vanishes. */
static char *
fold(const char *text)
{
    if (g_str_is_ascii(text))
        return fold_ascii(text);
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *apart = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
    GString *out = g_string_new(NULL);

    for (const char *at = apart; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(at));

        if (g_unichar_isalnum(c))
            g_string_append_unichar(out, c);
        else if (!g_unichar_ismark(c) && c != '\'' && c != 0x2019 && c != 0x02bc)
            g_string_append_c(out, ' ');
    }
    return g_string_free(out, FALSE);
}

/* What was found so far; nothing beyond max is kept, so that a text of any length is read in one
 * go. */
typedef struct {
    GPtrArray *all; /* SpoolPart */
    guint max;
} Parts;

static void
add(const Parts *parts, SpoolPartKind kind, const char *text)
{
    SpoolPart *part;

    if (text[0] == '\0' || strlen(text) > PART_MAX_BYTES || parts->all->len >= parts->max)
        return;
    for (guint i = 0; i < parts->all->len; i++) {
        const SpoolPart *there = g_ptr_array_index(parts->all, i);

        if (there->kind == kind && strcmp(there->text, text) == 0)
            return;
    }
    part = g_new0(SpoolPart, 1);
    part->kind = kind;
    part->text = g_strdup(text);
    g_ptr_array_add(parts->all, part);
}

/* What is looked for in a text before its words are, and what becomes of a match.  Compiled at
 * first use and kept: compiling costs a hundred times what matching does. */
typedef struct {
    const char *needs; /* one of these is in each match */
    const char *pattern;
    void (*make)(const Parts *parts, const GMatchInfo *match);
    GRegex *regex;
} Taker;

/* Take what a pattern matches out of the text, each match given to make. */
static void
take(GString *text, Taker *taker, const Parts *parts)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    /* Digits of other scripts count as such. */
    if (strpbrk(text->str, taker->needs) == NULL && g_str_is_ascii(text->str))
        return;
    if (taker->regex == NULL)
        taker->regex = g_regex_new(taker->pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    if (!g_regex_match(taker->regex, text->str, 0, NULL))
        return;
    before = g_strdup(text->str);
    for (g_regex_match(taker->regex, before, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL))
        taker->make(parts, match);
    after = g_regex_replace_literal(taker->regex, before, -1, 0, " ", 0, NULL);
    g_string_assign(text, after != NULL ? after : before);
}

static void
make_mail(const Parts *parts, const GMatchInfo *match)
{
    g_autofree char *text = g_match_info_fetch(match, 0);
    g_autofree char *lower = g_utf8_strdown(text, -1);

    add(parts, SPOOL_PART_MAIL, lower);
}

static void
add_date(const Parts *parts, const char *year, const char *month, const char *day)
{
    guint64 y = g_ascii_strtoull(year, NULL, 10), m = g_ascii_strtoull(month, NULL, 10),
            d = g_ascii_strtoull(day, NULL, 10);
    g_autofree char *text = NULL;

    if (!g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y))
        return;
    text = g_strdup_printf("%04u-%02u-%02u", (guint)y, (guint)m, (guint)d);
    add(parts, SPOOL_PART_DATE, text);
}

static void
make_iso_date(const Parts *parts, const GMatchInfo *match)
{
    g_autofree char *year = g_match_info_fetch(match, 1), *month = g_match_info_fetch(match, 2),
                    *day = g_match_info_fetch(match, 3);

    add_date(parts, year, month, day);
}

static void
make_british_date(const Parts *parts, const GMatchInfo *match)
{
    g_autofree char *day = g_match_info_fetch(match, 1), *month = g_match_info_fetch(match, 2),
                    *year = g_match_info_fetch(match, 3);

    add_date(parts, year, month, day);
}

/* "5 June 2016", "5th Jun 2016" */
static void
make_worded_date(const Parts *parts, const GMatchInfo *match)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    g_autofree char *day = g_match_info_fetch(match, 1), *name = g_match_info_fetch(match, 2),
                    *year = g_match_info_fetch(match, 3);
    g_autofree char *lower = g_ascii_strdown(name, 3);
    g_autofree char *month = g_strdup_printf("%u", (guint)(strstr(months, lower) - months) / 3 + 1);

    add_date(parts, year, month, day);
}

static void
make_postcode(const Parts *parts, const GMatchInfo *match)
{
    g_autofree char *out = g_match_info_fetch(match, 1), *in = g_match_info_fetch(match, 2);
    g_autofree char *text = g_strconcat(out, in, NULL);
    g_autofree char *lower = g_ascii_strdown(text, -1);

    add(parts, SPOOL_PART_POSTCODE, lower);
}

/* Digits only, +44 and 0044 as 0. */
static void
make_phone(const Parts *parts, const GMatchInfo *match)
{
    g_autofree char *text = g_match_info_fetch(match, 0);
    g_autoptr(GString) digits = g_string_new(NULL);

    for (const char *at = text; *at != '\0'; at++)
        if (g_ascii_isdigit(*at))
            g_string_append_c(digits, *at);
    if (g_str_has_prefix(digits->str, "0044"))
        g_string_erase(digits, 0, 2);
    if (g_str_has_prefix(digits->str, "440"))
        g_string_erase(digits, 0, 2);
    else if (text[0] == '+' || digits->len > 11) {
        g_string_erase(digits, 0, g_str_has_prefix(digits->str, "44") ? 2 : 0);
        g_string_prepend_c(digits, '0');
    }
    if (digits->len >= 6)
        add(parts, SPOOL_PART_PHONE, digits->str);
}

/* clang-format off */
static Taker takers[] = {
    { "@",    "[^\\s<>,;]+@[^\\s<>,;]+",                            make_mail,         NULL },
    { DIGITS, "\\b(\\d{4})-(\\d{1,2})-(\\d{1,2})\\b",               make_iso_date,     NULL },
    { DIGITS, "\\b(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4})\\b",       make_british_date, NULL },
    { DIGITS, "\\b(\\d{1,2})(?:st|nd|rd|th)?[ .]*(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|"
              "Nov|Dec|January|February|March|April|August|September|October|November|December)"
              "[ .,]*(\\d{4})\\b",                                 make_worded_date,  NULL },
    { DIGITS, "\\b([A-Z]{1,2}\\d[A-Z\\d]?)\\s*(\\d[A-Z]{2})\\b",   make_postcode,     NULL },
    { DIGITS, "(?:\\+|\\b0)[\\d][\\d ()-]{5,18}\\d\\b",            make_phone,        NULL },
};
/* clang-format on */

GPtrArray *
spool_search_parts(const char *text, SpoolPartKind kind, guint max)
{
    const Parts parts = {g_ptr_array_new_with_free_func(free_part), max};
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) rest = g_string_new(valid);

    for (gsize i = 0; i < G_N_ELEMENTS(takers); i++)
        take(rest, &takers[i], &parts);
    g_autofree char *folded = fold(rest->str);
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);

    for (char **word = words; *word != NULL && parts.all->len < max; word++)
        if (!g_strv_contains(titles, *word))
            add(&parts, kind, *word);
    return parts.all;
}
