/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/warm.c - everything that libraries open, opened before the cage closes.
 *
 * Runs in:  postern-parser, before it reads anything.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include "parsers/warm.h"

#include "parsers/bounce.h"
#include "parsers/pdf.h"
#include "parsers/sum.h"
#include "parsers/words.h"

#include <gmime/gmime.h>
#include <iconv.h>
#include <libxml/parser.h>
#include <locale.h>
#include <time.h>

/* What mail, office files and PDF are written in.  Names of one converter stand once: glibc loads
 * the module, and the module knows its aliases. */
static const char *const charsets[] = {
    "UTF-16",      "UTF-16LE",    "UTF-16BE",   "UTF-32",      "UTF-7",       "UCS-2",
    "ISO-8859-1",  "ISO-8859-2",  "ISO-8859-3", "ISO-8859-4",  "ISO-8859-5",  "ISO-8859-6",
    "ISO-8859-7",  "ISO-8859-8",  "ISO-8859-9", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14",
    "ISO-8859-15", "ISO-8859-16", "CP1250",     "CP1251",      "CP1252",      "CP1253",
    "CP1254",      "CP1255",      "CP1256",     "CP1257",      "CP1258",      "CP437",
    "CP850",       "CP852",       "CP866",      "CP874",       "CP932",       "CP949",
    "MACINTOSH",   "KOI8-R",      "KOI8-U",     "TIS-620",     "VISCII",      "BIG5",
    "BIG5-HKSCS",  "GB2312",      "GBK",        "GB18030",     "HZ",          "EUC-JP",
    "EUC-KR",      "EUC-TW",      "SHIFT_JIS",  "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN",
};

/* Never closed: glibc unloads a converter that nobody holds. */
static volatile iconv_t held[G_N_ELEMENTS(charsets)][2];

/* Of the dates of mails in Britain.  GLib forgets a zone that nobody holds. */
static GTimeZone *volatile zones[2];

void
parsers_warm_up(void)
{
    time_t now = 0;
    struct tm parts;

    setlocale(LC_ALL, "C.UTF-8");
    tzset();
    localtime_r(&now, &parts);
    zones[0] = g_time_zone_new_identifier("+00:00:00");
    zones[1] = g_time_zone_new_identifier("+01:00:00");
    g_mime_init();
    xmlInitParser();
    parsers_sum_warm_up();
    parsers_pdf_warm_up();
    parsers_words_warm_up();
    parsers_bounce_warm_up();
    for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++) {
        held[i][0] = iconv_open("UTF-8", charsets[i]);
        held[i][1] = iconv_open(charsets[i], "UTF-8");
    }
}
