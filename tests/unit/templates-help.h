/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/templates-help.h - words of one's own for mails.
 *
 * Runs in:  the unit tests of templates/.
 * Source:   doc/replies.md, "Your own words and numbers"
 */
#ifndef TESTS_UNIT_TEMPLATES_HELP_H
#define TESTS_UNIT_TEMPLATES_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

static inline void
write_own(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, "mails", "en", name, NULL);
    g_autofree char *dir = g_path_get_dirname(path);

    assert_int_equal(g_mkdir_with_parents(dir, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

#endif
