/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/secret.c - passwords and keys: read from files, locked, wiped.
 *
 * A secret is never in argv, in the environment, in a log or in a core file.
 *
 * Runs in:  the roles that need one, before privileges are dropped.
 * Source:   doc/SECURITY.md
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/secret.h"

#define SECRET_MAX 4096
#define KEY_BYTES 32

static bool
unreadable(const char *path, const char *why, GError **error)
{
    return daemon_throw(error, DAEMON_ERROR_FILE, "%s: %s", path, why);
}

static bool
check_mode(int fd, const char *path, GError **error)
{
    struct stat st;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return unreadable(path, "is not a file", error);
    if ((st.st_mode & S_IWOTH) != 0)
        return unreadable(path, "anybody may change this secret: chmod o= the file", error);
    return true;
}

bool
daemon_secret_is_open(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && (st.st_mode & S_IROTH) != 0;
}

/* buffer: SECRET_MAX + 1 bytes. */
static bool
read_file(const char *path, char *buffer, gsize *out_length, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    gssize n;
    bool good;

    if (fd < 0)
        return unreadable(path, g_strerror(errno), error);
    good = check_mode(fd, path, error);
    n = good ? read(fd, buffer, SECRET_MAX + 1) : -1;
    close(fd);
    if (!good)
        return false;
    if (n <= 0 || n > SECRET_MAX)
        return unreadable(path, n == 0 ? "is empty" : "is too long for a secret", error);
    *out_length = (gsize)n;
    return true;
}

bool
daemon_secret_read(const char *path, char **out_secret, GError **error)
{
    char buffer[SECRET_MAX + 1];
    gsize length = 0;
    bool good = read_file(path, buffer, &length, error);

    while (good && length > 0 && (buffer[length - 1] == '\n' || buffer[length - 1] == '\r'))
        length--;
    if (good && (length == 0 || memchr(buffer, '\0', length) != NULL))
        good = unreadable(path, "holds no password on its first line", error);
    if (good)
        *out_secret = g_strndup(buffer, length);
    OPENSSL_cleanse(buffer, sizeof buffer);
    return good;
}

void
daemon_secret_free(char *secret)
{
    if (secret == NULL)
        return;
    OPENSSL_cleanse(secret, strlen(secret));
    g_free(secret);
}

/* 44 characters of base 64, as many tools print 32 random bytes. */
static bool
decode_base64(const char *text, gsize length, guchar *key)
{
    g_autofree char *copy = g_strndup(text, length);
    gsize size = 0;
    guchar *bytes = strlen(g_strstrip(copy)) == 44 ? g_base64_decode(copy, &size) : NULL;
    bool good = size == KEY_BYTES;

    if (good)
        memcpy(key, bytes, KEY_BYTES);
    if (bytes != NULL)
        OPENSSL_cleanse(bytes, size);
    OPENSSL_cleanse(copy, strlen(copy));
    g_free(bytes);
    return good;
}

static void
free_key(gpointer key)
{
    OPENSSL_cleanse(key, KEY_BYTES);
    g_free(key);
}

static bool
decode_hex(const char *text, guchar *key)
{
    for (gsize i = 0; i < KEY_BYTES; i++) {
        int high = g_ascii_xdigit_value(text[2 * i]);
        int low = g_ascii_xdigit_value(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        key[i] = (guchar)(high << 4 | low);
    }
    return true;
}

bool
daemon_secret_master_key(const char *path, GBytes **out_key, GError **error)
{
    char buffer[SECRET_MAX + 1];
    gsize length = 0;
    guchar *key;
    bool good = read_file(path, buffer, &length, error);

    if (!good)
        return false;
    key = g_malloc(KEY_BYTES);
    if (length == KEY_BYTES)
        memcpy(key, buffer, KEY_BYTES);
    else if ((length < 2 * KEY_BYTES || length > 2 * KEY_BYTES + 2 || !decode_hex(buffer, key)) &&
             !decode_base64(buffer, length, key))
        good = unreadable(path,
                          "is no master key (32 bytes, 64 hexadecimal digits or 44 of base 64); "
                          "make one with: postern make-key FILE",
                          error);
    OPENSSL_cleanse(buffer, sizeof buffer);
    if (!good) {
        free_key(key);
        return false;
    }
    *out_key = g_bytes_new_with_free_func(key, KEY_BYTES, free_key, key);
    return true;
}

bool
daemon_secret_make_key(const char *path, GError **error)
{
    guchar key[KEY_BYTES];
    char line[2 * KEY_BYTES + 2];
    int fd;
    bool good;

    if (RAND_priv_bytes(key, sizeof key) != 1)
        return unreadable(path, "no random numbers to be had", error);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (fd < 0)
        return unreadable(path, g_strerror(errno), error);
    for (gsize i = 0; i < sizeof key; i++)
        g_snprintf(line + 2 * i, 3, "%02x", key[i]);
    line[2 * KEY_BYTES] = '\n';
    good = write(fd, line, 2 * KEY_BYTES + 1) == 2 * KEY_BYTES + 1 && fsync(fd) == 0;
    good = close(fd) == 0 && good;
    OPENSSL_cleanse(key, sizeof key);
    OPENSSL_cleanse(line, sizeof line);
    return good || unreadable(path, "could not be written", error);
}
