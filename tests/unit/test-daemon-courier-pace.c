/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-courier-pace.c - never more replies in a minute than the relay takes.
 *
 * Runs in:  make check.
 * Source:   doc/replies.md, "Sending"
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/courier-pace.h"

#define MS ((gint64)1000)
#define MINUTE (60 * 1000 * MS)
#define START (12345 * MINUTE)
#define LONGEST (20 * 60 * 20) /* steps of 50 ms in 20 minutes */

static DaemonCourierPace
pace_of(guint rate)
{
    DaemonSettings settings = {.smtp_rate = rate, .smtp_retry_min = 60, .smtp_retry_max = 3600};
    DaemonCourierPace pace;

    daemon_courier_pace_init(&pace, &settings, START);
    return pace;
}

/* Send whatever may be sent for 20 minutes; returns how many, and the most in any one minute. */
static guint
send_all(DaemonCourierPace *pace, guint *out_most)
{
    static guint sent[LONGEST];
    guint all = 0, window = 0;

    *out_most = 0;
    for (guint i = 0; i < LONGEST; i++) {
        sent[i] = daemon_courier_pace_allow(pace, START + i * 50 * MS, 1000);
        daemon_courier_pace_spend(pace, (int)sent[i]);
        all += sent[i];
        window += sent[i];
        if (i >= 20 * 60)
            window -= sent[i - 20 * 60];
        *out_most = MAX(*out_most, window);
    }
    return all;
}

static void
test_never_more(void **fixture)
{
    static const guint rates[] = {1, 2, 5, 6, 7, 30, 100, 600, 60000};

    (void)fixture;
    for (gsize r = 0; r < G_N_ELEMENTS(rates); r++) {
        DaemonCourierPace pace = pace_of(rates[r]);
        guint most = 0;
        guint all = send_all(&pace, &most);

        assert_true(most <= rates[r]);
        /* And not much less: half of it at least, in the long run. */
        assert_true(all >= rates[r] * 20 / 2);
    }
}

/* A long rest saves up no more than a short one. */
static void
test_rest(void **fixture)
{
    DaemonCourierPace pace = pace_of(30);

    (void)fixture;
    assert_int_equal(daemon_courier_pace_allow(&pace, START, 100), 1);
    assert_int_equal(daemon_courier_pace_allow(&pace, START + 600 * MINUTE, 100), 5);
    daemon_courier_pace_spend(&pace, 5);
    assert_int_equal(daemon_courier_pace_allow(&pace, START + 600 * MINUTE, 100), 0);
    daemon_courier_pace_spend(&pace, -2);
    assert_int_equal(daemon_courier_pace_allow(&pace, START + 600 * MINUTE, 100), 2);
}

static void
test_wait_is_enough(void **fixture)
{
    DaemonCourierPace pace = pace_of(7);
    gint64 now = START, wait;

    (void)fixture;
    for (guint i = 0; i < 50; i++) {
        wait = daemon_courier_pace_wait(&pace, now);
        if (wait > 0)
            assert_int_equal(daemon_courier_pace_allow(&pace, now, 1), 0);
        now += wait;
        assert_int_equal(daemon_courier_pace_allow(&pace, now, 1), 1);
        daemon_courier_pace_spend(&pace, 1);
    }
}

static void
test_no_limit(void **fixture)
{
    DaemonCourierPace pace = pace_of(0);

    (void)fixture;
    assert_int_equal(daemon_courier_pace_allow(&pace, START, 100000), 100000);
    daemon_courier_pace_spend(&pace, 100000);
    assert_int_equal(daemon_courier_pace_allow(&pace, START, 100000), 100000);
    assert_int_equal(daemon_courier_pace_wait(&pace, START), 0);
}

static void
test_trouble(void **fixture)
{
    DaemonCourierPace pace = pace_of(0);
    gint64 now = START, first;

    (void)fixture;
    daemon_courier_pace_trouble(&pace, now);
    first = daemon_courier_pace_wait(&pace, now);
    assert_in_range(first, 30 * 1000 * MS, MINUTE);
    assert_int_equal(daemon_courier_pace_allow(&pace, now, 1), 0);
    /* A second connection that finds out about it does not make it longer. */
    daemon_courier_pace_trouble(&pace, now + MS);
    assert_int_equal(daemon_courier_pace_wait(&pace, now), first);
    assert_int_equal(daemon_courier_pace_allow(&pace, now + first, 1), 1);
    for (guint i = 0; i < 20; i++) {
        now += daemon_courier_pace_wait(&pace, now);
        daemon_courier_pace_trouble(&pace, now);
        assert_true(daemon_courier_pace_wait(&pace, now) <= 5 * MINUTE);
    }
    assert_true(daemon_courier_pace_wait(&pace, now) > MINUTE);
    daemon_courier_pace_fine(&pace);
    assert_int_equal(daemon_courier_pace_wait(&pace, now), 0);
}

/* What Exchange Online takes is known; whoever has agreed on something else may say so. */
static void
test_known_relays(void **fixture)
{
    static const struct {
        const char *host;
        guint set, rate;
    } rows[] = {
        {"smtp.office365.com", 0, 30},
        {"smtp.office365.com", 100, 100},
        {"smtp-mail.outlook.com", 0, 30},
        {"relay.example.org", 0, 0},
        {"relay.example.org", 7, 7},
        {"notoffice365.com", 0, 0},
        {NULL, 0, 0},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        DaemonSettings settings = {.smtp_rate = rows[i].set, .smtp.host = (char *)rows[i].host};

        assert_int_equal(daemon_courier_pace_rate(&settings), rows[i].rate);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_never_more),     cmocka_unit_test(test_rest),
        cmocka_unit_test(test_wait_is_enough), cmocka_unit_test(test_no_limit),
        cmocka_unit_test(test_trouble),        cmocka_unit_test(test_known_relays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
