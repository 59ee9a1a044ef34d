/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-oauth-check.c - what a role could not read is found, and nothing of a key
 * stays in the process that asked.
 *
 * Runs in:  make check.
 * Source:   daemon/oauth-check.h
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/oauth-check.h"

#define NEEDLE 48u /* of the 1,700 characters of the key */
#define AT 1500    /* behind where reading the certificate would write over it */
#define WINDOW 65536u
#define REGION_MAX (G_GUINT64_CONSTANT(64) << 20) /* larger ones are a sanitizer's own */

static char *folder, *key, *certificate, *other_key, *locked_key, *secret, *empty;

static void
write_pem(const char *path, EVP_PKEY *pkey, X509 *x509, const char *password)
{
    FILE *file = fopen(path, "we");
    const EVP_CIPHER *cipher = password != NULL ? EVP_aes_128_cbc() : NULL;
    int length = password != NULL ? (int)strlen(password) : 0;

    if (file == NULL ||
        (x509 != NULL
             ? PEM_write_X509(file, x509)
             : PEM_write_PKCS8PrivateKey(file, pkey, cipher, password, length, NULL, NULL)) != 1 ||
        fclose(file) != 0)
        _exit(1);
}

static X509 *
make_certificate(EVP_PKEY *pkey)
{
    X509 *x509 = X509_new();

    if (X509_gmtime_adj(X509_getm_notBefore(x509), 0) == NULL ||
        X509_gmtime_adj(X509_getm_notAfter(x509), 365L * 86400) == NULL ||
        X509_set_pubkey(x509, pkey) != 1 || X509_sign(x509, pkey, EVP_sha256()) == 0)
        _exit(1);
    return x509;
}

/* In a child, as the key must never have been in this process. */
static int
setup(void **state)
{
    int status = 0;
    pid_t pid;

    (void)state;
    folder = g_dir_make_tmp("postern-oauth-XXXXXX", NULL);
    key = g_build_filename(folder, "key", NULL);
    certificate = g_build_filename(folder, "certificate", NULL);
    other_key = g_build_filename(folder, "other", NULL);
    locked_key = g_build_filename(folder, "locked", NULL);
    secret = g_build_filename(folder, "secret", NULL);
    empty = g_build_filename(folder, "empty", NULL);
    assert_true(g_file_set_contents(secret, "hush\n", -1, NULL));
    assert_true(g_file_set_contents(empty, "\n", -1, NULL));
    pid = fork();
    if (pid == 0) {
        EVP_PKEY *pkey = EVP_RSA_gen(2048), *other = EVP_RSA_gen(2048);

        write_pem(key, pkey, NULL, NULL);
        write_pem(certificate, pkey, make_certificate(pkey), NULL);
        write_pem(other_key, other, NULL, NULL);
        write_pem(locked_key, pkey, NULL, "password");
        _exit(0);
    }
    return waitpid(pid, &status, 0) == pid && status == 0 ? 0 : -1;
}

static int
teardown(void **state)
{
    char **const paths[] = {&key, &certificate, &other_key, &locked_key, &secret, &empty};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        assert_int_equal(g_unlink(*paths[i]), 0);
        g_free(*paths[i]);
    }
    assert_int_equal(g_rmdir(folder), 0);
    g_free(folder);
    return 0;
}

/* wanted: a part of the reason, or NULL: it is good. */
static void
expect(const DaemonOauth *oauth, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    bool good = daemon_oauth_check(oauth, &error);

    assert_int_equal(good, wanted == NULL);
    if (good)
        return;
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_FILE));
    if (!g_str_has_prefix(error->message, "[oauth cloud]: /") ||
        strstr(error->message, wanted) == NULL)
        fail_msg("%s", error->message);
}

static void
test_key(void **state)
{
    DaemonOauth oauth = {.name = (char *)"cloud", .key_file = key, .certificate_file = certificate};

    (void)state;
    expect(&oauth, NULL);
    oauth.key_file = other_key;
    expect(&oauth, "no certificate (PEM) of that key");
    oauth.key_file = locked_key;
    expect(&oauth, "no RSA private key (PEM, without a password)");
    oauth.key_file = certificate;
    expect(&oauth, "no RSA private key");
    oauth.key_file = (char *)"/nowhere/key";
    expect(&oauth, "/nowhere/key: No such file");
    oauth.key_file = key;
    oauth.certificate_file = (char *)"/nowhere/certificate";
    expect(&oauth, "/nowhere/certificate: No such file");
}

static void
test_secret(void **state)
{
    DaemonOauth oauth = {.name = (char *)"cloud", .client_secret_file = secret};

    (void)state;
    expect(&oauth, NULL);
    oauth.client_secret_file = empty;
    expect(&oauth, "holds no password");
    oauth.client_secret_file = (char *)"/nowhere/secret";
    expect(&oauth, "/nowhere/secret: No such file");
}

/* Turned over, so that what is looked for stands nowhere in our own memory. */
static void
turn(guint8 *bytes)
{
    for (guint i = 0; i < NEEDLE; i++)
        bytes[i] ^= 0xff;
}

static bool
holds(const guint8 *bytes, gsize length, const guint8 *turned)
{
    for (gsize at = 0; at + NEEDLE <= length; at++) {
        gsize i = 0;

        while (i < NEEDLE && (bytes[at + i] ^ turned[i]) == 0xff)
            i++;
        if (i == NEEDLE)
            return true;
    }
    return false;
}

/* Without malloc(), which would write over what it looks for. */
static bool
region_holds(int memory, guint64 from, guint64 to, const guint8 *turned)
{
    static guint8 window[WINDOW];
    bool found = false;

    for (guint64 at = from; at < to && !found; at += WINDOW - NEEDLE) {
        gssize n = pread(memory, window, MIN(WINDOW, to - at), (off_t)at);

        found = n > 0 && holds(window, (gsize)n, turned);
    }
    return found;
}

static bool
memory_holds(const guint8 *turned)
{
    static char maps[1 << 17];
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    int list = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    gsize length = 0;
    bool found = false;

    assert_true(memory >= 0 && list >= 0);
    for (gssize n = 1; n > 0; length += (gsize)n)
        n = read(list, maps + length, sizeof maps - 1 - length);
    maps[length] = '\0';
    for (char *line = maps; *line != '\0'; line = strchr(line, '\n') + 1) {
        char *end = NULL;
        guint64 from = g_ascii_strtoull(line, &end, 16);
        guint64 to = g_ascii_strtoull(end + 1, &end, 16);

        if (g_str_has_prefix(end, " rw") && to - from <= REGION_MAX)
            found = region_holds(memory, from, to, turned) || found;
    }
    close(list);
    close(memory);
    return found;
}

/* The roles that are forked later must not find it in what they got from their parent. */
static void
test_no_trace(void **state)
{
    const DaemonOauth oauth = {
        .name = (char *)"cloud", .key_file = key, .certificate_file = certificate};
    guint8 turned[NEEDLE];
    int fd = open(key, O_RDONLY | O_CLOEXEC);

    (void)state;
    assert_int_equal(pread(fd, turned, NEEDLE, AT), NEEDLE);
    close(fd);
    turn(turned);
    assert_false(memory_holds(turned));
    expect(&oauth, NULL);
    assert_false(memory_holds(turned));

    /* That it would have been found. */
    g_autofree guint8 *copy = g_memdup2(turned, NEEDLE);

    turn(copy);
    assert_true(memory_holds(turned));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_key), cmocka_unit_test(test_secret),
                                       cmocka_unit_test(test_no_trace)};

    return cmocka_run_group_tests(tests, setup, teardown);
}
