/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search.c - finding records by what lies encrypted in them; what is kept for that:
 * spool/search-words.c.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include <string.h>

#include "spool/private.h"
#include "spool/reference.h"
#include "spool/search-parts.h"
#include "spool/search-words.h"
#include "spool/search.h"

/* Records looked at for one part: beyond that a part tells too little to be worth more. */
#define RECORDS_MAX 20000

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
                         SQL_ARGS(SQL_INT(spool_search_words_hash(find->db, kind, how, text)),
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
