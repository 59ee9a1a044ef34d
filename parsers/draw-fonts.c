/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/draw-fonts.c - the fonts of this machine, found by name where no file can be opened.
 *
 * A PDF need not bring the fonts along that it is written in.  Fontconfig says which file has one
 * like it, poppler looks into that file and FreeType opens it: inside the cage neither can.  So all
 * font files are mapped before it closes, and this program has an fopen() and an FT_New_Face() of
 * its own, which libraries find before those of their own libraries.
 *
 * Runs in:  postern-view.
 * Source:   doc/process-model.md; ld.so(8), symbol resolution
 */
#include "config.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/draw-canvas.h"
#include FT_FREETYPE_H

enum { FILES_MOST = 500, BYTES_MOST = 512 * 1024 * 1024 };

static GHashTable *fonts; /* path: GBytes; NULL until they are kept */

static GBytes *
map_font(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    void *data = MAP_FAILED;

    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0 && info.st_size < BYTES_MOST)
        data = mmap(NULL, (gsize)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (fd >= 0)
        close(fd);
    return data == MAP_FAILED ? NULL : g_bytes_new_static(data, (gsize)info.st_size);
}

void
parsers_draw_fonts_keep(void)
{
    FcConfig *config = FcInitLoadConfigAndFonts();
    FcFontSet *set = config != NULL ? FcConfigGetFonts(config, FcSetSystem) : NULL;
    gsize left = BYTES_MOST;

    fonts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    for (int i = 0; set != NULL && i < set->nfont && g_hash_table_size(fonts) < FILES_MOST; i++) {
        FcChar8 *path = NULL;
        GBytes *font = NULL;

        if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &path) != FcResultMatch ||
            g_hash_table_contains(fonts, path))
            continue;
        font = map_font((const char *)path);
        if (font != NULL && g_bytes_get_size(font) <= left) {
            left -= g_bytes_get_size(font);
            g_hash_table_insert(fonts, g_strdup((const char *)path), font);
        }
    }
    if (config != NULL) {
        FcConfigSetRescanInterval(config, 0); /* nothing can be looked up later */
        FcConfigSetCurrent(config);
    }
}

static GBytes *
find(const char *path)
{
    return fonts != NULL && path != NULL ? g_hash_table_lookup(fonts, path) : NULL;
}

FT_Error
FT_New_Face(FT_Library library, const char *path, FT_Long index, FT_Face *face)
{
    GBytes *font = find(path);
    gsize size = 0;
    const FT_Byte *data = font != NULL ? g_bytes_get_data(font, &size) : NULL;

    if (data == NULL)
        return FT_Err_Cannot_Open_Resource;
    return FT_New_Memory_Face(library, data, (FT_Long)size, index, face);
}

typedef FILE *(*Open)(const char *path, const char *mode);

static FILE *
open_or(const char *path, const char *mode, const char *name)
{
    GBytes *font = find(path);
    Open other = NULL;

    if (font != NULL && mode[0] == 'r') {
        gsize size = 0;
        gpointer data = (gpointer)g_bytes_get_data(font, &size);

        return fmemopen(data, size, "r");
    }
    *(void **)&other = dlsym(RTLD_NEXT, name);
    return other != NULL ? other(path, mode) : NULL;
}

FILE *
fopen(const char *path, const char *mode)
{
    return open_or(path, mode, "fopen");
}

FILE *
fopen64(const char *path, const char *mode)
{
    return open_or(path, mode, "fopen64");
}
