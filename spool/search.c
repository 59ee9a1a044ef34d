/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search.c - finding records by what lies encrypted in them.
 *
 * Runs in:  intake (stores), staff pages (stores corrections, finds).
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include <string.h>

#include "spool/private.h"
#include "spool/reference.h"
#include "spool/search-parts.h"
#include "spool/search.h"

/* Records looked at for one part: beyond that a part tells too little to be worth more. */
#define RECORDS_MAX 20000
/* Parts of one answer, and of what staff typed. */
#define STORED_MAX 200u
#define TYPED_MAX 800u

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
static const char *const kind_words[] = {
    [SPOOL_PART_NAME] = "name",         [SPOOL_PART_WORD] = "word",
    [SPOOL_PART_DATE] = "date",         [SPOOL_PART_POSTCODE] = "postcode",
    [SPOOL_PART_PHONE] = "phone",       [SPOOL_PART_MAIL] = "mail",
};
/* clang-format on */

void
spool_search_hit_free(SpoolSearchHit *hit)
{
    if (hit == NULL)
        return;
    spool_item_free(hit->item);
    g_free(hit);
}

static void
free_hit(gpointer hit)
{
    spool_search_hit_free(hit);
}

/* how keeps apart what is the same, what is short for it, and what is near it. */
static gint64
hash_part(SpoolDb *db, SpoolPartKind kind, SpoolSearchHow how, const char *text)
{
    g_autofree char *what = g_strdup_printf("search %s %d", kind_words[kind], how);
    g_autoptr(GBytes) hash = spool_crypt_hash(db->keys, what, text, strlen(text));
    gint64 number;

    memcpy(&number, g_bytes_get_data(hash, NULL), sizeof number);
    return number;
}

/* One thing to store. */
typedef struct {
    SpoolDb *db;
    gint64 record_id;
    SpoolSearchRole role;
    SpoolPartKind kind;
} Store;

static bool
store_hash(const Store *store, SpoolSearchHow how, const char *text, GError **error)
{
    return spool_sql_run(store->db->sql,
                         "INSERT INTO word (hash, record_id, role, how) VALUES ($1, $2, $3, $4)",
                         SQL_ARGS(SQL_INT(hash_part(store->db, store->kind, how, text)),
                                  SQL_INT(store->record_id), SQL_INT(store->role), SQL_INT(how)),
                         NULL, error);
}

/* All of these, which are one way to meet what was written. */
static bool
store_all(const Store *store, SpoolSearchHow how, const GPtrArray *texts, GError **error)
{
    for (guint i = 0; i < texts->len; i++)
        if (!store_hash(store, how, texts->pdata[i], error))
            return false;
    return true;
}

/* Names near to a referrer's are not worth their room: nobody is accused by them.  In what staff
 * typed every word may be a name. */
static bool
store_name(const Store *store, const char *name, GError **error)
{
    bool fuzzy = store->role == SPOOL_SEARCH_ADULT || store->role == SPOOL_SEARCH_CHILD ||
                 store->kind == SPOOL_PART_WORD;
    g_autoptr(GPtrArray) full = spool_search_full_names(name);
    g_autoptr(GPtrArray) near = spool_search_near(name);

    return store_hash(store, SPOOL_SEARCH_SAME, name, error) &&
           store_all(store, SPOOL_SEARCH_NICKNAME, full, error) &&
           (!fuzzy || store_all(store, SPOOL_SEARCH_NEAR, near, error));
}

/* What a key is about; false when it is nothing that anybody looks for. */
static bool
sort_key(const char *key, Store *store)
{
    bool role = false, kind = false;

    for (guint i = 0; i < G_N_ELEMENTS(roles) && !role; i++)
        if ((role = g_str_has_prefix(key, roles[i].prefix)))
            store->role = roles[i].role;
    for (guint i = 0; i < G_N_ELEMENTS(kinds) && !kind; i++)
        if ((kind = g_str_has_suffix(key, kinds[i].suffix)))
            store->kind = kinds[i].kind;
    return role && kind;
}

/* typed: by staff. */
static bool
store_parts(Store *store, const GPtrArray *parts, bool typed, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    if (!spool_txn_begin(&txn, store->db, error))
        return false;
    for (guint i = 0; i < parts->len; i++) {
        const SpoolPart *part = parts->pdata[i];
        const bool name = part->kind == SPOOL_PART_NAME || (typed && part->kind == SPOOL_PART_WORD);

        store->kind = part->kind;
        if (name ? !store_name(store, part->text, error)
                 : !store_hash(store, SPOOL_SEARCH_SAME, part->text, error))
            return false;
    }
    return spool_txn_commit(&txn, error);
}

bool
spool_search_store(SpoolDb *db, gint64 record_id, const char *key, const char *value,
                   GError **error)
{
    Store store = {.db = db, .record_id = record_id};
    g_autoptr(GPtrArray) parts = NULL;

    if (value == NULL || value[0] == '\0' || !sort_key(key, &store))
        return true;
    parts = spool_search_parts(value, store.kind, STORED_MAX);
    return store_parts(&store, parts, false, error);
}

bool
spool_search_store_typed(SpoolDb *db, gint64 record_id, const char *text, GError **error)
{
    Store store = {.db = db, .record_id = record_id, .role = SPOOL_SEARCH_OTHER};
    g_autoptr(GPtrArray) parts = NULL;

    if (text == NULL || text[0] == '\0')
        return true;
    parts = spool_search_parts(text, SPOOL_PART_WORD, TYPED_MAX);
    return store_parts(&store, parts, true, error);
}

bool
spool_search_knows(const char *key)
{
    Store store = {0};

    return sort_key(key, &store);
}

/* How one record has met the query so far. */
typedef struct {
    guint roles;
    SpoolSearchHow how, how_now;
    bool now; /* by the part being looked at */
    guint8 hows[SPOOL_SEARCH_PARTS], whose[SPOOL_SEARCH_PARTS];
} Met;

/* A search under way. */
typedef struct {
    SpoolDb *db;
    const SpoolSearchQuery *query;
    GHashTable *records; /* Met by id */
    guint part;          /* the first finds records, each further one keeps those that have it */
} Find;

static void
note(const Find *find, gint64 id, gint64 role, SpoolSearchHow how)
{
    Met *met = g_hash_table_lookup(find->records, &id);

    if (met == NULL && find->part > 0)
        return;
    if (met == NULL) {
        met = g_new0(Met, 1);
        g_hash_table_insert(find->records, g_memdup2(&id, sizeof id), met);
    }
    met->how_now = met->now ? MIN(met->how_now, how) : how;
    met->now = true;
    met->roles |= 1u << role;
    met->hows[find->part] = (guint8)met->how_now;
    met->whose[find->part] |= (guint8)(1u << role);
}

/* Note the records of one hash. */
static bool
meet(const Find *find, SpoolPartKind kind, SpoolSearchHow how, const char *text, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    const SpoolSearchQuery *query = find->query;
    bool more = true;

    if (!spool_sql_query(find->db->sql,
                         "SELECT record_id, role FROM word WHERE hash = $1"
                         " AND ($2 = 0 OR role = $2) ORDER BY record_id DESC LIMIT $3",
                         SQL_ARGS(SQL_INT(hash_part(find->db, kind, how, text)),
                                  SQL_INT(query->role), SQL_INT(RECORDS_MAX)),
                         &rows, error))
        return false;
    while (more) {
        if (!spool_sql_next(&rows, &more, error))
            return false;
        if (more && spool_sql_int(&rows, 0) != query->except)
            note(find, spool_sql_int(&rows, 0), spool_sql_int(&rows, 1), how);
    }
    return true;
}

/* As a name, or as a word of what staff typed. */
static bool
meet_all_of(const Find *find, SpoolSearchHow how, const GPtrArray *names, GError **error)
{
    for (guint i = 0; i < names->len; i++)
        if (!meet(find, SPOOL_PART_NAME, how, names->pdata[i], error) ||
            !meet(find, SPOOL_PART_WORD, how, names->pdata[i], error))
            return false;
    return true;
}

/* A word may be somebody's name, or stand in an address or in what staff typed. */
static bool
meet_word(const Find *find, const char *word, GError **error)
{
    g_autoptr(GPtrArray) full = spool_search_full_names(word);
    g_autoptr(GPtrArray) near = spool_search_near(word);

    return meet(find, SPOOL_PART_NAME, SPOOL_SEARCH_SAME, word, error) &&
           meet(find, SPOOL_PART_WORD, SPOOL_SEARCH_SAME, word, error) &&
           meet_all_of(find, SPOOL_SEARCH_NICKNAME, full, error) &&
           meet_all_of(find, SPOOL_SEARCH_NEAR, near, error);
}

/* After one part: a record that did not meet it is out. */
static gboolean
is_out(gpointer key, gpointer value, gpointer data)
{
    Met *met = value;
    bool now = met->now;

    (void)key;
    (void)data;
    met->now = false;
    met->how = MAX(met->how, met->how_now);
    return !now;
}

/* The newest of the best met: what is shown is opened, the rest is not. */
static gint
by_how_and_id(gconstpointer a, gconstpointer b, gpointer records)
{
    const Met *left = g_hash_table_lookup(records, *(gint64 *const *)a);
    const Met *right = g_hash_table_lookup(records, *(gint64 *const *)b);

    if (left->how != right->how)
        return left->how < right->how ? -1 : 1;
    return **(gint64 *const *)a > **(gint64 *const *)b ? -1 : 1;
}

static bool
add_hit(const Find *find, gint64 id, const Met *met, GPtrArray *hits, GError **error)
{
    g_autoptr(GError) hidden = NULL;
    SpoolItem *item = NULL;

    if (!spool_item_get(find->db, id, find->query->account, &item, &hidden)) {
        if (g_error_matches(hidden, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND))
            return true;
        g_propagate_error(error, g_steal_pointer(&hidden));
        return false;
    }
    SpoolSearchHit *hit = g_new0(SpoolSearchHit, 1);

    *hit = (SpoolSearchHit){.item = item, .how = met->how, .roles = met->roles};
    memcpy(hit->hows, met->hows, sizeof hit->hows);
    memcpy(hit->whose, met->whose, sizeof hit->whose);
    g_ptr_array_add(hits, hit);
    return true;
}

static bool
collect(const Find *find, GPtrArray *hits, GError **error)
{
    guint count = 0;
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(find->records, &count);
    g_autoptr(GPtrArray) ids = g_ptr_array_sized_new(count);

    for (guint i = 0; i < count; i++)
        g_ptr_array_add(ids, keys[i]);
    g_ptr_array_sort_with_data(ids, by_how_and_id, find->records);
    for (guint i = 0; i < ids->len && hits->len < find->query->max; i++)
        if (!add_hit(find, *(gint64 *)ids->pdata[i],
                     g_hash_table_lookup(find->records, ids->pdata[i]), hits, error))
            return false;
    return true;
}

/* A reference is not hashed: it is in the record. */
static bool
find_reference(const Find *find, GPtrArray *hits, GError **error)
{
    g_autofree char *reference = spool_reference_canonical(find->query->text);
    g_autofree char *code = reference != NULL ? spool_reference_code(reference) : NULL;
    const Met met = {0};
    SpoolSqlNumber found = {0};

    if (code == NULL)
        return true;
    return spool_sql_number(find->db->sql, "SELECT id FROM record WHERE code = $1",
                            SQL_ARGS(SQL_TEXT(code)), &found, error) &&
           (!found.found || add_hit(find, found.value, &met, hits, error));
}

static bool
find_parts(Find *find, GError **error)
{
    g_autoptr(GPtrArray) parts =
        spool_search_parts(find->query->text, SPOOL_PART_NAME, SPOOL_SEARCH_PARTS);

    for (guint i = 0; i < parts->len; i++) {
        const SpoolPart *part = parts->pdata[i];

        find->part = i;
        if (part->kind == SPOOL_PART_NAME
                ? !meet_word(find, part->text, error)
                : !meet(find, part->kind, SPOOL_SEARCH_SAME, part->text, error))
            return false;
        g_hash_table_foreach_remove(find->records, is_out, NULL);
    }
    return true;
}

bool
spool_search_find(SpoolDb *db, const SpoolSearchQuery *query, GPtrArray **out_hits, GError **error)
{
    g_autoptr(GHashTable) records =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(free_hit);
    Find find = {db, query, records, 0};

    if (!find_reference(&find, hits, error) ||
        (hits->len == 0 && (!find_parts(&find, error) || !collect(&find, hits, error))))
        return false;
    *out_hits = g_steal_pointer(&hits);
    return true;
}
