/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-search.c - records are found by what lies encrypted in them.
 *
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include "spool/act.h"
#include "spool/search-parts.h"
#include "spool/search.h"
#include "spool/task.h"
#include "tests/unit/spool-help.h"

typedef struct {
    const char *key, *value;
} Answer;

/* A record with these answers; NULL ends them. */
static void
add(SpoolDb *db, guint number, const Answer *answers)
{
    SpoolDecision decision = help_decision();
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);

    for (; answers->key != NULL; answers++) {
        SpoolField *field = g_new0(SpoolField, 1);

        *field = (SpoolField){.key = (char *)answers->key,
                              .value = (char *)answers->value,
                              .raw = (char *)"",
                              .place = (char *)""};
        g_ptr_array_add(fields, field);
    }
    decision.fields = fields;
    decision.shown_from = "Trillian Astra";
    decision.message_id = NULL;
    decision.fingerprint = NULL;
    g_free(help_decide(db, number, &decision));
}

static void
fill(SpoolDb *db)
{
    add(db, 1,
        (const Answer[]){{"adult.name", "Mr Robert O'Connor-Smythe"},
                         {"adult.dob", "1980-03-12"},
                         {"adult.address", "14 Elm Road, Maidstone"},
                         {"child.1.name", "Zoë Müller"},
                         {NULL, NULL}});
    add(db, 2,
        (const Answer[]){{"adult.name", "Smith, Janet"},
                         {"adult.phone", "07700 900123"},
                         {"child.1.postcode", "ME14 1XQ"},
                         {"incident.description", "Slartibartfast was there"},
                         {NULL, NULL}});
    add(db, 3,
        (const Answer[]){{"referrer.name", "Janet Smith"},
                         {"referrer.email", "Janet@Example.org"},
                         {NULL, NULL}});
}

/* The records found, such as "2n 3": n near, s short form. */
static char *
found(SpoolDb *db, const char *text, SpoolSearchRole role)
{
    const SpoolSearchQuery query = {.text = text, .role = role, .max = 10};
    g_autoptr(GPtrArray) hits = NULL;
    GString *out = g_string_new(NULL);

    assert_ok(spool_search_find(db, &query, &hits, &error));
    for (guint i = 0; i < hits->len; i++) {
        const SpoolSearchHit *hit = hits->pdata[i];

        g_string_append_printf(out, "%s%" G_GINT64_FORMAT "%s", i > 0 ? " " : "",
                               hit->item->record_id,
                               hit->how == SPOOL_SEARCH_NEAR       ? "n"
                               : hit->how == SPOOL_SEARCH_NICKNAME ? "s"
                                                                   : "");
    }
    return g_string_free(out, FALSE);
}

#define assert_found(db, text, role, wanted)                                                       \
    do {                                                                                           \
        g_autofree char *found_ = found(db, text, role);                                           \
        assert_string_equal(found_, wanted);                                                       \
    } while (0)

static void
test_names(void **fixture)
{
    Spool *spool = *fixture;

    fill(spool->db);
    assert_found(spool->db, "robert oconnor smythe", 0, "1");
    assert_found(spool->db, "SMYTHE, Robert", 0, "1");
    assert_found(spool->db, "Bob O\u2019Connor", 0, "1s");
    assert_found(spool->db, "Robert Smithe", 0, "1n");
    assert_found(spool->db, "Robert Smyth", 0, "1n");
    assert_found(spool->db, "Zoe Muller", 0, "1");
    assert_found(spool->db, "Zoe Mueller", 0, "1n");
    assert_found(spool->db, "Janet Smith", 0, "3 2");
    assert_found(spool->db, "Janet Smith", SPOOL_SEARCH_ADULT, "2");
    assert_found(spool->db, "Janet Smith", SPOOL_SEARCH_CHILD, "");
    assert_found(spool->db, "Jan Smith", SPOOL_SEARCH_ADULT, "2s");
    assert_found(spool->db, "Janet Smiht", SPOOL_SEARCH_ADULT, "2n");
    assert_found(spool->db, "Janet Smythe", SPOOL_SEARCH_ADULT, "");
    assert_found(spool->db, "Robert Smith", 0, "");
    assert_found(spool->db, "Zaphod", 0, "");
    assert_found(spool->db, "Trillian", 0, "3 2 1");
}

static void
test_other_parts(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolItem) item = NULL;

    fill(spool->db);
    assert_found(spool->db, "12/3/1980", 0, "1");
    assert_found(spool->db, "1980-03-12", 0, "1");
    assert_found(spool->db, "robert 12.03.1980", 0, "1");
    assert_found(spool->db, "12 March 1980", 0, "1");
    assert_found(spool->db, "robert, 12th mar. 1980", 0, "1");
    assert_found(spool->db, "12 Marmalade 1980", 0, "");
    assert_found(spool->db, "robert 13.03.1980", 0, "");
    assert_found(spool->db, "me141xq", 0, "2");
    assert_found(spool->db, "+44 7700 900 123", 0, "2");
    assert_found(spool->db, "0044 (0)7700 900123", 0, "2");
    assert_found(spool->db, "janet@example.ORG", 0, "3");
    assert_found(spool->db, "parent@example.org", 0, "3 2 1");
    assert_found(spool->db, "14 elm road", 0, "1");
    assert_found(spool->db, "Slartibartfast", 0, ""); /* what happened is not searched */
    assert_found(spool->db, "", 0, "");
    assert_found(spool->db, " ,;'\" ", 0, "");
    assert_ok(spool_item_get(spool->db, 2, 0, &item, &error));
    assert_found(spool->db, item->reference, 0, "2");
}

/* What staff correct and note is found; who may not see an item does not find it. */
static void
test_corrections(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount ann = {.name = (char *)"ann", .shown = (char *)"Ann", .roles = 1};
    const SpoolCorrection correction = {
        1, 0, "adult.name", "Ford Prefect", "ann", "passport says Betelgeuse", NULL};
    const SpoolAct note = {&ann, 2, 1, "note", NULL, "rang Magrathea"};
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    fill(spool->db);
    assert_ok(spool_account_new(spool->db, &ann, "root", &ann.id, &error));
    assert_ok(spool_record_correct(spool->db, &correction, &error));
    assert_ok(spool_txn_begin(&txn, spool->db, &error));
    assert_ok(spool_act_begin(spool->db, &note, &error));
    assert_ok(spool_txn_commit(&txn, &error));
    assert_found(spool->db, "Ford Prefect", SPOOL_SEARCH_ADULT, "1");
    assert_found(spool->db, "Robert Smythe", SPOOL_SEARCH_ADULT, "1"); /* as it was read */
    assert_found(spool->db, "betelgeuse", 0, "1");
    assert_found(spool->db, "magrathea", 0, "2");
    help_tamper(spool->db, "UPDATE item SET restricted = 1 WHERE record_id = 1");
    assert_found(spool->db, "Ford Prefect", 0, "");
}

/* Ann does something with record 2, and says this. */
static void
act(SpoolDb *db, const SpoolAccount *ann, guint version, const char *reason)
{
    const SpoolAct note = {ann, 2, version, "note", NULL, reason};
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    assert_ok(spool_txn_begin(&txn, db, &error));
    assert_ok(spool_act_begin(db, &note, &error));
    assert_ok(spool_txn_commit(&txn, &error));
}

/* Everything that staff typed about three records; the third is restricted. */
static void
type(Spool *spool, SpoolAccount *ann)
{
    const SpoolCorrection corrections[] = {
        {1, 0, "incident.description", "seen at Krikkit", "ann", "the school's letter", NULL},
        {3, 0, "referrer.role", "ambassador of Lamuella", "ann", "the embassy rang", NULL},
    };
    const SpoolTask task = {.what = (char *)SPOOL_TASK_NOT_TOLD, .mail_id = 1};

    fill(spool->db);
    assert_ok(spool_account_new(spool->db, ann, "root", &ann->id, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(corrections); i++)
        assert_ok(spool_record_correct(spool->db, &corrections[i], &error));
    act(spool->db, ann, 1, "Rob\u00e9rt Wonko, his mother rang on 3 May 2026, 07700 900456");
    assert_ok(spool_task_open(spool->db, &task, NULL, &error));
    assert_ok(spool_task_close(spool->db, 1, "ann", "told Fenchurch by telephone", &error));
    help_tamper(spool->db, "UPDATE item SET restricted = 1 WHERE record_id = 3");
}

static void
assert_typed_is_found(Spool *spool)
{
    assert_found(spool->db, "krikkit", 0, "1");        /* what happened, put right */
    assert_found(spool->db, "schools letter", 0, "1"); /* why */
    assert_found(spool->db, "wonko", 0, "2");
    assert_found(spool->db, "WONCO", 0, "2n");
    assert_found(spool->db, "wonko's mohter", 0, "2n");
    assert_found(spool->db, "Bob Wonko", 0, "2s");
    assert_found(spool->db, "03/05/2026", 0, "2");
    assert_found(spool->db, "+44 7700 900456", 0, "2");
    assert_found(spool->db, "wonko", SPOOL_SEARCH_ADULT, "");
    assert_found(spool->db, "fenchurch", 0, "1");
    assert_found(spool->db, "Lamuella", 0, ""); /* restricted */
    assert_found(spool->db, "embassy", 0, "");
}

/* Whatever staff typed is found as names are, and by nobody who may not see the item. */
static void
test_typed(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount ann = {.name = (char *)"ann", .shown = (char *)"Ann", .roles = 1};
    SpoolSearchQuery query = {.text = "lamuela embasy", .account = 0, .max = 10};
    g_autoptr(GPtrArray) hits = NULL;

    type(spool, &ann);
    assert_typed_is_found(spool);
    help_tamper(spool->db, "INSERT INTO item_reader (record_id, account_id) VALUES (3, 1)");
    query.account = ann.id;
    assert_ok(spool_search_find(spool->db, &query, &hits, &error));
    assert_int_equal(hits->len, 1);
}

/* A long note is found by its last word, and one beyond all measure is kept all the same. */
static void
test_long_note(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount ann = {.name = (char *)"ann", .shown = (char *)"Ann", .roles = 1};
    g_autoptr(GString) text = g_string_new(NULL);

    fill(spool->db);
    assert_ok(spool_account_new(spool->db, &ann, "root", &ann.id, &error));
    for (guint i = 0; i < 500; i++)
        g_string_append_printf(text, "word%u ", i);
    act(spool->db, &ann, 1, text->str);
    assert_found(spool->db, "word499", 0, "2");
    for (guint i = 500; i < 5000; i++)
        g_string_append_printf(text, "word%u ", i);
    g_string_append(text, "Zarniwoop");
    act(spool->db, &ann, 2, text->str);
    assert_found(spool->db, "zarniwoop", 0, "");
}

/* In a transaction, as a migration does. */
static void
mend(SpoolDb *db)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

    assert_ok(spool_txn_begin(&txn, db, &error));
    assert_ok(spool_search_mend(db, &error));
    assert_ok(spool_txn_commit(&txn, &error));
}

/* A spool from before all that was kept finds it when it has been opened once. */
static void
test_mend(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount ann = {.name = (char *)"ann", .shown = (char *)"Ann", .roles = 1};

    type(spool, &ann);
    help_tamper(spool->db, "DELETE FROM word WHERE role = 4");
    assert_found(spool->db, "wonko", 0, "");
    mend(spool->db);
    assert_typed_is_found(spool);
    assert_found(spool->db, "Zoe Mueller", 0, "1n"); /* what was there still is */
    help_tamper(spool->db,
                "DELETE FROM mail_key WHERE mail_id = 2; DELETE FROM word WHERE role = 4");
    mend(spool->db);
    assert_found(spool->db, "krikkit", 0, "1"); /* what nobody can open stops nothing */
}

static void
test_near(void **fixture)
{
    (void)fixture;
    g_autoptr(GPtrArray) near = spool_search_near("zoë"), four = spool_search_near("müll");

    assert_int_equal(near->len, 0);
    assert_int_equal(four->len, 5);
    for (guint i = 0; i < four->len; i++)
        assert_true(g_utf8_validate(four->pdata[i], -1, NULL));
}

/* A hostile text costs no more than its parts. */
static void
test_parts_are_bounded(void **fixture)
{
    (void)fixture;
    g_autofree char *words = g_strnfill(100000, 'a');
    g_autoptr(GPtrArray) none = NULL, some = NULL;

    none = spool_search_parts(words, SPOOL_PART_NAME, 12);
    assert_int_equal(none->len, 0);
    for (guint i = 3; i < 100000; i += 4)
        words[i] = ' ', words[i - 1] = (char)('a' + i % 23), words[i - 2] = (char)('a' + i % 19);
    some = spool_search_parts(words, SPOOL_PART_NAME, 12);
    assert_int_equal(some->len, 12);
    assert_int_equal(((const SpoolPart *)some->pdata[11])->kind, SPOOL_PART_NAME);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_names),
        TEST(test_other_parts),
        TEST(test_corrections),
        TEST(test_typed),
        TEST(test_long_note),
        TEST(test_mend),
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_parts_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
