/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/spool-help.h - a spool of its own for each test, and mails to put into it.
 *
 * No test needs all of these functions: they are inline, so that the compiler is silent about them
 * and still sees a test that is in no list.
 *
 * A file, or, where POSTERN_TEST_SPOOL is the url of a PostgreSQL database, a schema of it.
 *
 * Runs in:  the unit tests of spool/.
 * Source:   doc/spool.md
 */
#ifndef TESTS_UNIT_SPOOL_HELP_H
#define TESTS_UNIT_SPOOL_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "spool/audit.h"
#include "spool/outbox.h"
#include "spool/private.h"
#include "spool/record.h"

typedef struct {
    char *folder, *path, *url;
    char *schema; /* of PostgreSQL, or NULL */
    GBytes *key;
    SpoolDb *db;
} Spool;

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        bool ok_ = (call);                                                                         \
        if (!ok_)                                                                                  \
            fail_msg("%s: %s", #call, error != NULL ? error->message : "no error set");            \
        assert_null(error);                                                                        \
    } while (0)

#define assert_fails(call, wanted)                                                                 \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        bool ok_ = (call);                                                                         \
        assert_false(ok_);                                                                         \
        assert_non_null(error);                                                                    \
        if (!g_error_matches(error, SPOOL_ERROR, wanted))                                          \
            fail_msg("%s: wrong error %d: %s", #call, error->code, error->message);                \
    } while (0)

static inline GBytes *
help_key(guint8 fill)
{
    guint8 bytes[32];

    memset(bytes, fill, sizeof bytes);
    return g_bytes_new(bytes, sizeof bytes);
}

/* The database of the suite "postgres", or NULL: then a spool is a file. */
static inline const char *
help_server(void)
{
    return g_getenv("POSTERN_TEST_SPOOL");
}

/* Run statements on the server itself; @ stands for the schema of the spool. */
static inline void
help_on_server(const Spool *spool, const char *text)
{
    g_autoptr(GString) own = g_string_new(text);
    SpoolSql *sql = NULL;

    g_string_replace(own, "@", spool->schema, 0);
    assert_ok(spool_sql_open(help_server(), &sql, &error));
    assert_ok(spool_sql_script(sql, own->str, &error));
    spool_sql_close(sql);
}

static inline void
help_open(Spool *spool)
{
    assert_ok(spool_db_open(spool->url, spool->key, &spool->db, &error));
}

static inline void
help_close(Spool *spool)
{
    g_clear_pointer(&spool->db, spool_db_close);
}

/* A name that no other test program has, as that of the folder is. */
static inline void
help_make_schema(Spool *spool)
{
    g_autofree char *name = g_path_get_basename(spool->folder);

    spool->schema = g_ascii_strdown(name, -1);
    g_strdelimit(spool->schema, "-", '_');
    spool->url = g_strdup_printf("%s?options=-csearch_path%%3D%s", help_server(), spool->schema);
    help_on_server(spool, "CREATE SCHEMA @");
}

static inline int
help_setup(void **fixture)
{
    Spool *spool = g_new0(Spool, 1);

    spool->folder = g_dir_make_tmp("postern-spool-XXXXXX", NULL);
    assert_non_null(spool->folder);
    spool->path = g_build_filename(spool->folder, "spool.db", NULL);
    if (help_server() == NULL)
        spool->url = g_strconcat("sqlite:", spool->path, NULL);
    else
        help_make_schema(spool);
    spool->key = help_key(7);
    help_open(spool);
    *fixture = spool;
    return 0;
}

static inline int
help_teardown(void **fixture)
{
    Spool *spool = *fixture;
    const char *const ends[] = {"", "-wal", "-shm", "-sent"};

    help_close(spool);
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *path = g_strconcat(spool->path, ends[i], NULL);

        (void)g_unlink(path);
    }
    assert_int_equal(g_rmdir(spool->folder), 0);
    if (spool->schema != NULL)
        help_on_server(spool, "DROP SCHEMA @ CASCADE");
    g_free(spool->schema);
    g_free(spool->folder);
    g_free(spool->path);
    g_free(spool->url);
    g_bytes_unref(spool->key);
    g_free(spool);
    return 0;
}

/* Bytes that differ for each number. */
static inline GBytes *
help_mail(guint number, gsize length)
{
    guint8 *bytes = g_malloc(length + 1);
    guint32 state = number * 2654435761u + 1;

    for (gsize i = 0; i < length; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (guint8)(state >> 24);
    }
    return g_bytes_new_take(bytes, length);
}

/* Store mail number as UID number of mailbox "lado", received at that microsecond. */
static inline gint64
help_put(SpoolDb *db, guint number, gsize length)
{
    SpoolArrival arrival = {"lado", 1, number, number};
    g_autoptr(GBytes) raw = help_mail(number, length);
    gint64 id = 0;

    assert_ok(spool_message_put(db, &arrival, raw, &id, &error));
    return id;
}

/* The next received mail, claimed for a minute. */
static inline SpoolClaim
help_claim(SpoolDb *db)
{
    g_autoptr(GArray) claims = NULL;

    assert_ok(spool_message_claim(db, "test", 1, 60, &claims, &error));
    assert_int_equal(claims->len, 1);
    SpoolClaim claim = g_array_index(claims, SpoolClaim, 0);

    g_array_set_clear_func(claims, NULL);
    return claim;
}

/* A parent's referral that is accepted and acknowledged. */
static inline SpoolDecision
help_decision(void)
{
    return (SpoolDecision){
        .action = "accept",
        .reply = "acknowledgement",
        .kind = "person",
        .sender = "parent",
        .prefix = "LADO",
        .reasons_json =
            "[{\"rule\":\"parent-form\",\"evidence\":\"title \\\"rule\\\": \\\"x\\\"\"},"
            "{ \"rule\" : \"second\" }]",
        .findings_json = "{\"secret\":\"Zaphod\"}",
        .message_id = "<abc@example.org>",
        .from_address = "Parent@Example.org",
        .fingerprint = "fp-1",
        .reply_to = "parent@example.org",
        .reply_template = "acknowledgement",
        .reply_params_json = "{}",
        .in_reply_to = "abc@example.org",
        .message_id_domain = "Intake.Example.org",
    };
}

/* Put, claim and commit one mail; the reference made, or NULL. */
static inline char *
help_decide(SpoolDb *db, guint number, const SpoolDecision *decision)
{
    (void)help_put(db, number, 100);
    g_auto(SpoolClaim) claim = help_claim(db);
    char *reference = NULL;

    assert_ok(spool_record_commit(db, &claim, decision, &reference, &error));
    return reference;
}

/* A number from the database. */
static inline gint64
help_number(SpoolDb *db, const char *text)
{
    SpoolSqlNumber number = {0};

    assert_ok(spool_sql_number(db->sql, text, SQL_NO_ARGS, &number, &error));
    return number.value;
}

/* As PostgreSQL spells it. */
static inline char *
help_translate(const char *text)
{
    static const char *const words[][2] = {
        {"x'([0-9a-f]*)'", "'\\\\\\\\x\\1'::bytea"},
        {"AS BLOB", "AS BYTEA"},
        {"PRAGMA foreign_keys=OFF", "SET session_replication_role = replica"},
    };
    char *now = g_strdup(text);

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(GRegex) word = g_regex_new(words[i][0], 0, 0, NULL);
        char *next = g_regex_replace(word, now, -1, 0, words[i][1], 0, NULL);

        assert_non_null(next);
        g_free(now);
        now = next;
    }
    return now;
}

/* Change the database as an intruder would. */
static inline void
help_tamper(SpoolDb *db, const char *text)
{
    g_autofree char *own = help_server() != NULL ? help_translate(text) : g_strdup(text);

    assert_ok(spool_sql_script(db->sql, own, &error));
}

/* Add to all what the server keeps in a table, bytes as they are where they can be read. */
static inline void
help_add_table(SpoolDb *db, const char *table, GString *all)
{
    g_autofree char *text = g_strdup_printf("SELECT t::text FROM %s t", table);
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;

    assert_ok(spool_sql_query(db->sql, g_intern_string(text), SQL_NO_ARGS, &rows, &error));
    while (row) {
        assert_ok(spool_sql_next(&rows, &row, &error));
        if (row)
            g_string_append(all, spool_sql_text(&rows, 0));
    }
}

/* All that the spool holds, as who steals it would see it. */
static inline char *
help_contents(Spool *spool, gsize *out_length)
{
    static const char *const tables[] = {"account", "act",      "arrival", "audit",    "chunk",
                                         "draft",   "field",    "form",    "handover", "item",
                                         "mail",    "mail_key", "outbox",  "printed",  "record",
                                         "session", "task",     "tries",   "word"};
    g_autoptr(GString) all = g_string_new(NULL);
    char *file = NULL;

    if (spool->schema == NULL) {
        help_close(spool);
        assert_true(g_file_get_contents(spool->path, &file, out_length, NULL));
        return file;
    }
    assert_ok(spool_sql_script(spool->db->sql, "SET bytea_output = 'escape'", &error));
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        help_add_table(spool->db, tables[i], all);
    help_close(spool);
    *out_length = all->len;
    return g_string_free(g_steal_pointer(&all), FALSE);
}

#endif
