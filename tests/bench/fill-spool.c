/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/bench/fill-spool.c - a spool with many records, made through the functions that intake
 * uses.
 *
 * Names are drawn with the same numbers each time: one adult in fifty is a Smith.
 *
 * Usage:    fill-spool URL KEYFILE COUNT MAILBOX
 * Source:   doc/benchmarks.md
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/secret.h"
#include "spool/entry.h"

#define BATCH 1000u /* records in one commit */
#define ANSWERS 10u
#define PERIOD (3 * 365 * G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)

static const char *const first_names[] = {"Robert", "Susan",  "William", "Mary",    "James",
                                          "Linda",  "Zoë",    "Ahmed",   "Priya",   "Kwame",
                                          "Joan",   "Thomas", "Wei",     "Olena",   "Patrick",
                                          "Fatima", "Edward", "Grace",   "Siobhán", "Dmitri"};
static const char *const syllables[] = {"bar",  "ton", "wick", "ley",  "ash",  "ford",
                                        "mar",  "den", "hol",  "pen",  "ross", "gar",
                                        "thor", "win", "cot",  "field"};

/* The texts of one record. */
typedef struct {
    char *texts[ANSWERS];
    char *address, *mail, *shown;
} Words;

static char *
surname(guint32 number)
{
    if (number % 50 == 0)
        return g_strdup("Smith");
    char *name = g_strconcat(syllables[number % 16], syllables[number / 16 % 16],
                             syllables[number / 256 % 16], NULL);

    name[0] = g_ascii_toupper(name[0]);
    return name;
}

static char *
full_name(GRand *dice)
{
    g_autofree char *last = surname(g_rand_int(dice) % 200000);

    return g_strdup_printf("%s %s", first_names[g_rand_int(dice) % G_N_ELEMENTS(first_names)],
                           last);
}

static const char *const keys[ANSWERS] = {
    "adult.name",     "child.1.name",   "referrer.name",  "child.1.dob",   "referrer.phone",
    "adult.employer", "referrer.email", "incident.place", "incident.date", "incident.description"};

static void
words_make(Words *words, GRand *dice, guint number)
{
    words->address = g_strdup_printf("sender%u@mail.example", number);
    words->mail = g_strdup_printf(
        "Message-ID: <%u@mail.example>\r\nSubject: form\r\n\r\nA form.\r\n", number);
    for (guint i = 0; i < 3; i++)
        words->texts[i] = full_name(dice);
    words->shown = g_strdup(words->texts[2]);
    words->texts[3] =
        g_strdup_printf("%u-%02u-%02u", 2006 + number % 15, 1 + number % 12, 1 + number % 28);
    words->texts[4] = g_strdup_printf("07700 9%05u", number % 100000);
    words->texts[5] = g_strdup_printf("School %u, Canterbury", number % 700);
    words->texts[6] = g_strdup(words->address);
    words->texts[7] = g_strdup("In the hall");
    words->texts[8] = g_strdup("2024-05-02");
    words->texts[9] = g_strdup("He shouted at her and pulled her by the arm. Two others saw it.");
}

static void
words_clear(Words *words)
{
    for (guint i = 0; i < ANSWERS; i++)
        g_free(words->texts[i]);
    g_free(words->address);
    g_free(words->mail);
    g_free(words->shown);
}

/* Most wait as referrals, four in ten were sent to the portal, one in 5,000 is undecided. */
static const char *
action_of(guint number)
{
    return number % 5000 == 77 ? "hold" : number % 10 < 4 ? "redirect" : "accept";
}

static bool
put(SpoolDb *db, const char *mailbox, const Words *words, guint number, gint64 received,
    GError **error)
{
    SpoolForm form = {(char *)"lado-parent", (char *)"body", (char *)"text", false, (char *)""};
    g_autoptr(GPtrArray) forms = g_ptr_array_new();
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GBytes) raw = g_bytes_new_static(words->mail, strlen(words->mail));
    g_autofree char *reference = NULL;

    g_ptr_array_add(forms, &form);
    for (guint i = 0; i < ANSWERS; i++) {
        const SpoolField field = {.key = (char *)keys[i],
                                  .value = words->texts[i],
                                  .raw = words->texts[i],
                                  .place = (char *)"paragraph 3",
                                  .confidence = 0.95,
                                  .version = 1,
                                  .author = (char *)"machine"};

        g_ptr_array_add(fields, g_memdup2(&field, sizeof field));
    }
    const SpoolEntry entry = {mailbox, "fill", received, raw};
    const SpoolDecision decision = {
        .action = action_of(number),
        .reply = "none",
        .kind = "person",
        .sender = "parent",
        .urgent = number % 2000 == 5,
        .prefix = "LADO",
        .reasons_json = "[{\"rule\":\"family-form-read\",\"evidence\":\"text, 10 answers\"}]",
        .findings_json = "{}",
        .forms = forms,
        .fields = fields,
        .message_id = words->address,
        .from_address = words->address,
        .shown_from = words->shown,
        .subject = "Form about my child",
    };

    return spool_entry_put(db, &entry, &decision, &reference, error);
}

static bool
fill(SpoolDb *db, const char *mailbox, guint count, GError **error)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);
    gint64 start = spool_now() - PERIOD;

    for (guint number = 0; number < count;) {
        g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;

        if (!spool_txn_begin(&txn, db, error))
            return false;
        for (guint i = 0; i < BATCH && number < count; i++, number++) {
            Words words;

            words_make(&words, dice, number);
            bool good = put(db, mailbox, &words, number, start + PERIOD / count * number, error);

            words_clear(&words);
            if (!good)
                return false;
        }
        if (!spool_txn_commit(&txn, error))
            return false;
    }
    return true;
}

int
main(int argc, char **argv)
{
    g_autoptr(GBytes) key = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(GError) error = NULL;
    guint64 count = 0;

    if (argc != 5 || !g_ascii_string_to_unsigned(argv[3], 10, 1, 10000000, &count, NULL)) {
        fputs("usage: fill-spool URL KEYFILE COUNT MAILBOX\n", stderr);
        return 2;
    }
    if (daemon_secret_master_key(argv[2], &key, &error) &&
        spool_db_open(argv[1], key, &db, &error) && fill(db, argv[4], (guint)count, &error))
        return 0;
    fprintf(stderr, "fill-spool: %s\n", error->message);
    return 1;
}
