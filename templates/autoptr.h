/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/autoptr.h - g_autoptr() for the handles of foreign libraries.
 *
 * Runs in:  courier, command line, staff pages.
 * Source:   doc/HACKING.md
 */
#ifndef TEMPLATES_AUTOPTR_H
#define TEMPLATES_AUTOPTR_H

#include <gmime/gmime.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMultipart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimePart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(InternetAddressList, g_object_unref)

#endif
