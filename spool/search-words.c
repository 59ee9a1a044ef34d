/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search-words.c - what a record is found by, gathered to be stored at once.
 *
 * Runs in:  intake, staff pages.
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "spool/private.h"

/* Parts of one answer, and of what staff typed. */
#define STORED_MAX 200u
#define TYPED_MAX 800u
/* Rows of one record.  Those of an honest mail are hundreds; what a mail beyond all measure has
 * more is not found by, and no other mail waits for it. */
#define WORDS_MAX 20000u

/* clang-format off */
static const struct {
    const char *prefix; /* of a key */
    SpoolSearchRole role;
} roles[] = {
    { "adult.",    SPOOL_SEARCH_ADULT    },
    { "child.",    SPOOL_SEARCH_CHILD    },
    { "referrer.", SPOOL_SEARCH_REFERRER },
    { "sender.",   SPOOL_SEARCH_REFERRER },
    { "household.", SPOOL_SEARCH_OTHER   },
};
static const struct {
    const char *suffix; /* of a key */
    SpoolPartKind kind; /* of its words */
} kinds[] = {
    { ".name",       SPOOL_PART_NAME },
    { ".known_as",   SPOOL_PART_NAME },
    { ".dob",        SPOOL_PART_DATE },
    { ".postcode",   SPOOL_PART_POSTCODE },
    { ".phone",      SPOOL_PART_PHONE },
    { ".email",      SPOOL_PART_MAIL },
    { ".address",    SPOOL_PART_WORD },
    { ".employer",   SPOOL_PART_WORD },
    { ".school",     SPOOL_PART_WORD },
    { ".organisation", SPOOL_PART_WORD },
};
/* Each is hashed as another word, so that no two kinds, and no two ways to meet, are the same. */
#define HASHED_AS(kind) { "search " kind " 0", "search " kind " 1", "search " kind " 2" }
static const char *const hashed_as[][SPOOL_SEARCH_NEAR + 1] = {
    [SPOOL_PART_NAME]     = HASHED_AS("name"),     [SPOOL_PART_WORD]  = HASHED_AS("word"),
    [SPOOL_PART_DATE]     = HASHED_AS("date"),     [SPOOL_PART_PHONE] = HASHED_AS("phone"),
    [SPOOL_PART_POSTCODE] = HASHED_AS("postcode"), [SPOOL_PART_MAIL]  = HASHED_AS("mail"),
};
/* clang-format on */

/* Rows that one statement stores; the next smaller numbers of them have statements of their own. */
static const guint groups[] = {16, 4, 1};

typedef struct {
    gint64 hash;
    SpoolSearchRole role;
    SpoolSearchHow how;
} Word;

struct SpoolSearchWords {
    SpoolDb *db;
    GArray *words; /* Word */
};

SpoolSearchWords *
spool_search_words_new(SpoolDb *db)
{
    SpoolSearchWords *words = g_new0(SpoolSearchWords, 1);

    words->db = db;
    words->words = g_array_new(FALSE, FALSE, sizeof(Word));
    return words;
}

void
spool_search_words_free(SpoolSearchWords *words)
{
    g_array_unref(words->words);
    g_free(words);
}

gint64
spool_search_words_hash(SpoolDb *db, SpoolPartKind kind, SpoolSearchHow how, const char *text)
{
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, hashed_as[kind][how], text, strlen(text));
    gint64 number;

    memcpy(&number, g_bytes_get_data(hash, NULL), sizeof number);
    return number;
}

/* Whose it is, and what. */
typedef struct {
    SpoolSearchRole role;
    SpoolPartKind kind;
} Sort;

static void
add(SpoolSearchWords *words, Sort sort, SpoolSearchHow how, const char *text)
{
    Word word = {.role = sort.role, .how = how};

    if (words->words->len >= WORDS_MAX)
        return;
    word.hash = spool_search_words_hash(words->db, sort.kind, how, text);
    g_array_append_val(words->words, word);
}

/* All of these, which are one way to meet what was written. */
static void
add_all(SpoolSearchWords *words, Sort sort, SpoolSearchHow how, const GPtrArray *texts)
{
    for (guint i = 0; i < texts->len; i++)
        add(words, sort, how, texts->pdata[i]);
}

/* Names near to a referrer's are not worth their room: nobody is accused by them.  In what staff
 * typed every word may be a name. */
static void
add_name(SpoolSearchWords *words, Sort sort, const char *name)
{
    bool fuzzy = sort.role == SPOOL_SEARCH_ADULT || sort.role == SPOOL_SEARCH_CHILD ||
                 sort.kind == SPOOL_PART_WORD;
    g_autoptr(GPtrArray) full = spool_search_full_names(name);

    add(words, sort, SPOOL_SEARCH_SAME, name);
    add_all(words, sort, SPOOL_SEARCH_NICKNAME, full);
    if (fuzzy) {
        g_autoptr(GPtrArray) near = spool_search_near(name);

        add_all(words, sort, SPOOL_SEARCH_NEAR, near);
    }
}

/* What a key is about; false when it is nothing that anybody looks for. */
static bool
sort_key(const char *key, Sort *sort)
{
    bool role = false, kind = false;

    for (guint i = 0; i < G_N_ELEMENTS(roles) && !role; i++)
        if ((role = g_str_has_prefix(key, roles[i].prefix)))
            sort->role = roles[i].role;
    for (guint i = 0; role && i < G_N_ELEMENTS(kinds) && !kind; i++)
        if ((kind = g_str_has_suffix(key, kinds[i].suffix)))
            sort->kind = kinds[i].kind;
    return kind;
}

/* typed: by staff. */
static void
add_parts(SpoolSearchWords *words, SpoolSearchRole role, const GPtrArray *parts, bool typed)
{
    for (guint i = 0; i < parts->len; i++) {
        const SpoolPart *part = parts->pdata[i];
        const bool name = part->kind == SPOOL_PART_NAME || (typed && part->kind == SPOOL_PART_WORD);
        const Sort sort = {role, part->kind};

        if (name)
            add_name(words, sort, part->text);
        else
            add(words, sort, SPOOL_SEARCH_SAME, part->text);
    }
}

void
spool_search_words_add(SpoolSearchWords *words, const char *key, const char *value)
{
    g_autoptr(GPtrArray) parts = NULL;
    Sort sort;

    if (words->words->len >= WORDS_MAX || value == NULL || value[0] == '\0' ||
        !sort_key(key, &sort))
        return;
    parts = spool_search_parts(value, sort.kind, STORED_MAX);
    add_parts(words, sort.role, parts, false);
}

void
spool_search_words_add_typed(SpoolSearchWords *words, const char *text)
{
    g_autoptr(GPtrArray) parts = NULL;

    if (text == NULL || text[0] == '\0')
        return;
    parts = spool_search_parts(text, SPOOL_PART_WORD, TYPED_MAX);
    add_parts(words, SPOOL_SEARCH_OTHER, parts, true);
}

bool
spool_search_knows(const char *key)
{
    Sort sort;

    return sort_key(key, &sort);
}

/* ---- storing ---- */

static gint
by_word(gconstpointer a, gconstpointer b)
{
    const Word *left = a, *right = b;

    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    if (left->role != right->role)
        return left->role < right->role ? -1 : 1;
    return (gint)left->how - (gint)right->how;
}

/* Each once: a name stands in more than one answer. */
static void
sort_and_thin(GArray *words)
{
    Word *all = (Word *)(void *)words->data;
    guint kept = 0;

    g_array_sort(words, by_word);
    for (guint i = 0; i < words->len; i++)
        if (kept == 0 || by_word(&all[i], &all[kept - 1]) != 0)
            all[kept++] = all[i];
    g_array_set_size(words, kept);
}

/* A statement that stores so many rows; kept for ever, as statements are known by their address. */
static const char *
statement(guint rows)
{
    g_autoptr(GString) text = g_string_new("INSERT INTO word (record_id, hash, role, how) VALUES ");

    for (guint i = 0; i < rows; i++)
        g_string_append_printf(text, "%s($1, $%u, $%u, $%u)", i > 0 ? ", " : "", 3 * i + 2,
                               3 * i + 3, 3 * i + 4);
    return g_intern_string(text->str);
}

static bool
store_group(SpoolDb *db, gint64 record_id, const Word *words, guint group, GError **error)
{
    static const char *statements[G_N_ELEMENTS(groups)];
    SpoolSqlValue values[1 + 3 * 16];
    const guint count = groups[group];

    if (statements[group] == NULL)
        statements[group] = statement(count);
    values[0] = SQL_INT(record_id);
    for (guint i = 0; i < count; i++) {
        values[3 * i + 1] = SQL_INT(words[i].hash);
        values[3 * i + 2] = SQL_INT(words[i].role);
        values[3 * i + 3] = SQL_INT(words[i].how);
    }
    return spool_sql_run(db->sql, statements[group], (SpoolSqlArgs){values, 1 + 3 * count}, NULL,
                         error);
}

bool
spool_search_words_store(SpoolSearchWords *words, gint64 record_id, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    guint done = 0;

    sort_and_thin(words->words);
    if (!spool_txn_begin(&txn, words->db, error))
        return false;
    for (guint group = 0; group < G_N_ELEMENTS(groups); group++)
        for (; words->words->len - done >= groups[group]; done += groups[group])
            if (!store_group(words->db, record_id, &g_array_index(words->words, Word, done), group,
                             error))
                return false;
    return spool_txn_commit(&txn, error);
}

bool
spool_search_store_typed(SpoolDb *db, gint64 record_id, const char *text, GError **error)
{
    g_autoptr(SpoolSearchWords) words = spool_search_words_new(db);

    spool_search_words_add_typed(words, text);
    return spool_search_words_store(words, record_id, error);
}
