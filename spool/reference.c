/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/reference.c - references such as LADO-7K3M-Q9TR.
 *
 * Runs in:  intake, command line.
 * Source:   https://www.crockford.com/base32.html; ISO/IEC 7812-1 annex B (Luhn)
 */
#include "config.h"

#include <string.h>
#include <sys/random.h>

#include "spool/reference.h"

#define BASE 32u
#define RANDOM_LENGTH 7
#define CODE_LENGTH 8

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char *const prefixes[] = {"LADO", "RFS", "OT", "CON"};

/* A character's number, or -1.  Letters that are taken for digits count as these. */
static int
number_of(char c)
{
    char upper = g_ascii_toupper(c);

    if (upper == 'O')
        upper = '0';
    if (upper == 'I' || upper == 'L')
        upper = '1';
    const char *found = upper != '\0' ? strchr(alphabet, upper) : NULL;

    return found != NULL ? (int)(found - alphabet) : -1;
}

/* Luhn modulo 32: from the right, every second number counts double, and its two digits in base 32
 * are added up. */
static char
check_character(const char *code)
{
    guint sum = 0;

    for (guint i = 0; i < RANDOM_LENGTH; i++) {
        guint factor = i % 2 == 0 ? 2 : 1;
        guint addend = factor * (guint)number_of(code[RANDOM_LENGTH - 1 - i]);

        sum += addend / BASE + addend % BASE;
    }
    return alphabet[(BASE - sum % BASE) % BASE];
}

char *
spool_reference_new(const char *prefix)
{
    guint8 random[RANDOM_LENGTH];
    char code[CODE_LENGTH + 1] = "";

    /* So few bytes come whole, and fail only where the system call is forbidden. */
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        g_error("the system gives no random bytes");
    for (guint i = 0; i < RANDOM_LENGTH; i++)
        code[i] = alphabet[random[i] % BASE];
    code[RANDOM_LENGTH] = check_character(code);
    return g_strdup_printf("%s-%.4s-%.4s", prefix, code, code + 4);
}

static const char *
skip_hyphen(const char *text)
{
    return *text == '-' ? text + 1 : text;
}

/* The eight characters, a hyphen allowed between the fours, and nothing after them. */
static bool
read_code(const char *text, char *out_code)
{
    for (guint i = 0; i < CODE_LENGTH; i++) {
        text = i == CODE_LENGTH / 2 ? skip_hyphen(text) : text;
        int number = number_of(*text);

        if (number < 0)
            return false;
        out_code[i] = alphabet[number];
        text++;
    }
    return *text == '\0' && out_code[RANDOM_LENGTH] == check_character(out_code);
}

char *
spool_reference_canonical(const char *text)
{
    char code[CODE_LENGTH + 1] = "";

    for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        gsize length = strlen(prefixes[i]);

        if (g_ascii_strncasecmp(text, prefixes[i], length) == 0 &&
            read_code(skip_hyphen(text + length), code))
            return g_strdup_printf("%s-%.4s-%.4s", prefixes[i], code, code + 4);
    }
    return NULL;
}

char *
spool_reference_code(const char *canonical)
{
    const char *code = strchr(canonical, '-');

    g_assert(code != NULL && strlen(code) == CODE_LENGTH + 2);
    return g_strdup_printf("%.4s%.4s", code + 1, code + 6);
}
