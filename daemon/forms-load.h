/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-load.h - form definitions as they would be with one more file installed.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md
 */
#ifndef DAEMON_FORMS_LOAD_H
#define DAEMON_FORMS_LOAD_H

#include "daemon/error.h"
#include "parsers/definition.h"

typedef struct {
    char *name;  /* the file's own name, by which others include it */
    char *shown; /* its path as given, or beside the file given; "built in NAME" otherwise */
    GBytes *bytes;
} DaemonFormsFile;

typedef struct {
    char *main;       /* name of the file that was given, or of the form's */
    GPtrArray *files; /* DaemonFormsFile: that file, what it includes, and all others */
    guint used;       /* how many of the first ones are that file and what it includes */
} DaemonFormsFiles;

void daemon_forms_files_free(DaemonFormsFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonFormsFiles, daemon_forms_files_free)

/* Gather the files of one form.
 *
 * folder: a council's own template folder, or NULL; borrowed.
 * form:   path of a .form file, or name of an installed form such as "lado-parent"; borrowed.
 *
 * What a file includes is looked for beside it, then among the installed ones.  An include that is
 * found nowhere is left out: the check of definitions says so with its line.  The installed forms
 * follow, but none of which the file given has the name.
 *
 * Errors: DAEMON_ERROR_FILE, no such file or form. */
bool daemon_forms_load(const char *folder, const char *form, DaemonFormsFiles **out_files,
                       GError **error);

/* Read and check the files.  Errors: PARSERS_ERROR_DEFINITION with file and line. */
bool daemon_forms_definitions(const DaemonFormsFiles *files, ParsersDefinitions **out_definitions,
                              GError **error);

/* The form of the file that was given, or NULL when it is made to be included; borrowed. */
const ParsersDefinition *daemon_forms_main(const DaemonFormsFiles *files,
                                           const ParsersDefinitions *definitions);

/* The files in one piece for daemon_parser_new().  Errors: DAEMON_ERROR_FILE. */
bool daemon_forms_pack(const DaemonFormsFiles *files, GBytes **out_packed, GError **error);

/* A file with the text of that line taken out, so that the other lines keep their numbers; NULL
 * when there is no such line.  The caller frees. */
GBytes *daemon_forms_without_line(GBytes *bytes, guint number);

#endif
