/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-item.c - what staff see of decided mails: order, pages, filters, who may.
 *
 * Source:   doc/review.md, "Items"
 */
#include "config.h"

#include "spool/item.h"
#include "tests/unit/spool-help.h"

/* A decided mail; its number is its receipt time too. */
static void
decide(SpoolDb *db, guint number, const char *action, bool urgent)
{
    SpoolDecision decision = help_decision();
    SpoolField adult = {.key = (char *)"adult.name",
                        .value = (char *)"Arthur Dent",
                        .raw = (char *)"",
                        .place = (char *)"",
                        .author = (char *)"machine"};
    g_autoptr(GPtrArray) fields = g_ptr_array_new();

    g_ptr_array_add(fields, &adult);
    decision.fields = fields;
    decision.action = action;
    decision.urgent = urgent;
    decision.shown_from = "Tricia McMillan";
    decision.subject = "About a coach";
    decision.message_id = NULL;
    decision.fingerprint = NULL;
    if (g_strcmp0(action, "ignore") == 0) {
        decision.reply = "none";
        decision.prefix = NULL;
    }
    g_free(help_decide(db, number, &decision));
}

static gint64
account(SpoolDb *db, const char *name, guint roles)
{
    SpoolAccount new = {.name = (char *)name, .shown = (char *)name, .roles = roles};
    gint64 id = 0;

    assert_ok(spool_account_new(db, &new, "root", &id, &error));
    return id;
}

/* The numbers of the mails on all pages, a page having two, such as "3 1,2". */
static char *
pages(SpoolDb *db, SpoolItemFilter filter)
{
    GString *text = g_string_new(NULL);
    g_autofree char *after = NULL;

    filter.max = 2;
    do {
        g_autoptr(GPtrArray) items = NULL;

        filter.after = after;
        g_autofree char *next = NULL;

        assert_ok(spool_item_list(db, &filter, &items, &next, &error));
        if (text->len > 0)
            g_string_append_c(text, ',');
        for (guint i = 0; i < items->len; i++)
            g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                                   ((SpoolItem *)items->pdata[i])->received);
        g_free(after);
        after = g_steal_pointer(&next);
    } while (after != NULL);
    return g_string_free(text, FALSE);
}

#define assert_pages(db, wanted, ...)                                                              \
    do {                                                                                           \
        g_autofree char *text_ = pages(db, (SpoolItemFilter){__VA_ARGS__});                        \
        assert_string_equal(text_, wanted);                                                        \
    } while (0)

static void
test_order_and_filters(void **fixture)
{
    Spool *spool = *fixture;

    decide(spool->db, 1, "accept", false);
    decide(spool->db, 2, "hold", false);
    decide(spool->db, 3, "hold", true);
    decide(spool->db, 4, "redirect", false);
    decide(spool->db, 5, "redirect", true);
    decide(spool->db, 6, "ignore", false);
    assert_pages(spool->db, "3 5,1 2", 0);
    assert_pages(spool->db, "3 2", .outcome = "hold");
    assert_pages(spool->db, "3 5", .urgent = true);
    assert_pages(spool->db, "", .mailbox = "elsewhere");
    assert_pages(spool->db, "6 4", .state = "closed");
    assert_pages(spool->db, "6 5,4 3,2 1", .state = "any");
    assert_pages(spool->db, "5 4", .state = "any", .outcome = "redirect");
    assert_pages(spool->db, "3 5,1 2", .state = "new");
    assert_pages(spool->db, "", .state = "waiting");
}

static void
test_bad_page(void **fixture)
{
    Spool *spool = *fixture;
    const char *const pages_[] = {"", "1", "1.2.x", "1.2.3;", "x.2.3", "1.99999999999999999999.1 "};

    for (guint i = 0; i < G_N_ELEMENTS(pages_); i++) {
        SpoolItemFilter filter = {.after = pages_[i], .max = 2};
        g_autoptr(GPtrArray) items = NULL;
        g_autofree char *after = NULL;

        assert_fails(spool_item_list(spool->db, &filter, &items, &after, &error),
                     SPOOL_ERROR_NOT_FOUND);
    }
}

static void
test_one(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolItem) item = NULL, found = NULL, by_mail = NULL;

    decide(spool->db, 1, "accept", false);
    assert_ok(spool_item_get(spool->db, 1, 0, &item, &error));
    assert_string_equal(item->from, "Tricia McMillan");
    assert_string_equal(item->subject, "About a coach");
    assert_string_equal(item->adult, "Arthur Dent");
    assert_string_equal(item->outcome, "accept");
    assert_string_equal(item->state, "new");
    assert_string_equal(item->reply_state, "queued");
    assert_int_equal(item->version, 1);
    assert_ok(spool_item_find(spool->db, item->reference, 0, &found, &error));
    assert_int_equal(found->record_id, 1);
    assert_ok(spool_item_find(spool->db, "1", 0, &by_mail, &error));
    g_autoptr(SpoolItem) none = NULL;

    assert_fails(spool_item_get(spool->db, 2, 0, &none, &error), SPOOL_ERROR_NOT_FOUND);
    assert_fails(spool_item_find(spool->db, "LADO-0000-0000", 0, &none, &error),
                 SPOOL_ERROR_NOT_FOUND);
    assert_fails(spool_item_find(spool->db, "x", 0, &none, &error), SPOOL_ERROR_NOT_FOUND);
}

/* Who is not named does not even learn that it is there. */
static void
test_restricted(void **fixture)
{
    Spool *spool = *fixture;
    gint64 ann = account(spool->db, "ann", SPOOL_ROLE_MANAGER);
    gint64 bob = account(spool->db, "bob", SPOOL_ROLE_MANAGER);
    g_autoptr(SpoolItem) item = NULL, none = NULL;

    decide(spool->db, 1, "accept", false);
    decide(spool->db, 2, "accept", false);
    help_tamper(spool->db, "UPDATE item SET restricted = 1 WHERE record_id = 1");
    help_tamper(spool->db, "INSERT INTO item_reader (record_id, account_id) VALUES (1, 1)");
    assert_pages(spool->db, "1 2", .account = ann);
    assert_pages(spool->db, "2", .account = bob);
    assert_ok(spool_item_get(spool->db, 1, ann, &item, &error));
    assert_fails(spool_item_get(spool->db, 1, bob, &none, &error), SPOOL_ERROR_NOT_FOUND);
    assert_fails(spool_item_find(spool->db, "1", bob, &none, &error), SPOOL_ERROR_NOT_FOUND);
}

static void
test_viewed(void **fixture)
{
    Spool *spool = *fixture;
    g_autoptr(SpoolAccount) auditor = NULL, reviewer = NULL;
    g_autoptr(SpoolItem) before = NULL, after = NULL;
    guint64 count = 0;

    decide(spool->db, 1, "accept", false);
    assert_ok(spool_account_get(spool->db, account(spool->db, "eve", SPOOL_ROLE_AUDITOR), &auditor,
                                &error));
    assert_ok(spool_account_get(spool->db, account(spool->db, "ann", SPOOL_ROLE_REVIEWER),
                                &reviewer, &error));
    assert_ok(spool_item_viewed(spool->db, 1, auditor, &error));
    assert_ok(spool_item_get(spool->db, 1, 0, &before, &error));
    assert_string_equal(before->state, "new");
    assert_int_equal(before->viewed, 0);
    assert_ok(spool_item_viewed(spool->db, 1, reviewer, &error));
    assert_ok(spool_item_get(spool->db, 1, 0, &after, &error));
    assert_string_equal(after->state, "open");
    assert_true(after->viewed > 0);
    assert_int_equal(after->version, before->version);
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM audit WHERE act = 'viewed'"), 2);
    assert_ok(spool_audit_verify(spool->db, &count, &error));
}

/* What is filed with a closed record brings it back. */
static void
test_attached_wakes(void **fixture)
{
    Spool *spool = *fixture;
    SpoolDecision decision = help_decision();
    g_autoptr(SpoolItem) item = NULL;

    decide(spool->db, 1, "accept", false);
    help_tamper(spool->db, "UPDATE item SET state = 'closed' WHERE record_id = 1");
    decision.action = "attach";
    decision.reply = "none";
    decision.prefix = NULL;
    decision.attach_to = 1;
    decision.urgent = true;
    g_free(help_decide(spool->db, 2, &decision));

    assert_ok(spool_item_get(spool->db, 1, 0, &item, &error));
    assert_string_equal(item->state, "open");
    assert_true(item->news);
    assert_true(item->urgent);
    assert_int_equal(item->version, 2);
    assert_pages(spool->db, "1", 0);
}

/* One damaged row does not hide the others. */
static void
test_damaged(void **fixture)
{
    Spool *spool = *fixture;
    SpoolItemFilter filter = {.max = 10};
    g_autoptr(GPtrArray) items = NULL;
    g_autofree char *after = NULL;

    decide(spool->db, 1, "accept", false);
    decide(spool->db, 2, "accept", false);
    help_tamper(spool->db, "UPDATE item SET sealed = (SELECT sealed FROM item WHERE record_id = 2)"
                           " WHERE record_id = 1");
    assert_ok(spool_item_list(spool->db, &filter, &items, &after, &error));
    assert_int_equal(items->len, 2);
    assert_true(((SpoolItem *)items->pdata[0])->damaged);
    assert_false(((SpoolItem *)items->pdata[1])->damaged);
    assert_string_equal(((SpoolItem *)items->pdata[1])->subject, "About a coach");
}

static void
test_count(void **fixture)
{
    Spool *spool = *fixture;
    guint urgent = 0;

    decide(spool->db, 1, "accept", true);
    decide(spool->db, 2, "hold", false);
    decide(spool->db, 3, "redirect", false);
    assert_ok(spool_item_count_urgent(spool->db, 1, &urgent, &error));
    assert_int_equal(urgent, 1);
    help_tamper(spool->db, "UPDATE item SET restricted = 1");
    assert_ok(spool_item_count_urgent(spool->db, 1, &urgent, &error));
    assert_int_equal(urgent, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_order_and_filters), TEST(test_bad_page), TEST(test_one),
        TEST(test_restricted),        TEST(test_viewed),   TEST(test_attached_wakes),
        TEST(test_damaged),           TEST(test_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
