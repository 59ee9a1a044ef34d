/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-mapped.c - only pages of the mail are given back, and they come back.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "parsers/mapped.h"

enum { PAGES = 1024 };

static bool
is_resident(char *at)
{
    FILE *pages = fopen("/proc/self/pagemap", "re");
    const gsize page = (gsize)sysconf(_SC_PAGESIZE);
    guint64 entry = 0;

    assert_non_null(pages);
    assert_int_equal(fseek(pages, (long)((gsize)at / page * sizeof entry), SEEK_SET), 0);
    assert_int_equal(fread(&entry, sizeof entry, 1, pages), 1);
    fclose(pages);
    return (entry >> 63) != 0;
}

static void
touch(const char *data, gsize size)
{
    for (gsize i = 0; i < size; i += 512)
        assert_int_equal(data[i], 'm');
}

static void
test_release(void **fixture)
{
    const gsize page = (gsize)sysconf(_SC_PAGESIZE), size = PAGES * page;
    g_autofree char *other = g_malloc(size);
    int fd = memfd_create("mail", MFD_CLOEXEC);
    char *mail = NULL;
    (void)fixture;

    memset(other, 'm', size);
    assert_int_equal(write(fd, other, size), size);
    mail = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    assert_ptr_not_equal(mail, MAP_FAILED);
    parsers_mapped_set(mail, size);
    touch(mail, size);
    assert_true(is_resident(mail + page));

    parsers_mapped_release(mail + 1, 3 * page);
    assert_true(is_resident(mail + page)); /* so few are not worth it */
    parsers_mapped_release(mail + 1, size / 2);
    assert_true(is_resident(mail)); /* not all of that page was meant */
    assert_false(is_resident(mail + page));
    assert_true(is_resident(mail + size / 2));
    touch(mail, size);

    parsers_mapped_release(other, size);
    touch(other, size);
    parsers_mapped_set(NULL, 0);
    munmap(mail, size);
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_release),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
