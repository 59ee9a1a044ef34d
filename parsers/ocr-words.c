/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/ocr-words.c - what Tesseract reads in a picture, character by character.
 *
 * The model is loaded once, before the cage closes, and every child has it by fork().  Tesseract
 * would start threads, which the cage forbids: it is told to do without.
 *
 * Runs in:  postern-ocr.
 * Source:   doc/reading.md; tesseract/capi.h
 */
#include "config.h"

#include "parsers/ocr-words.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>
#include <tesseract/capi.h>
#include <time.h>

#include "parsers/ocr-bold.h"
#include "parsers/pdf-text.h"

enum {
    RESOLUTION = 300,
    WORD_LEAST = 25,   /* per cent of confidence below which a word is dirt */
    LETTER_LEAST = 50, /* the same for one or two characters */
    LEAST_SIZE = 18,   /* pixels of a font */
    MOST_SIZE = 300,
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessResultIterator, TessResultIteratorDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ETEXT_DESC, TessMonitorDelete)

static TessBaseAPI *reader; /* for the life of the process */

/* With no active level of parallel regions every region runs in the thread that comes to it. */
static void
forbid_threads(void)
{
    void (*set)(int) = NULL;
    void *found = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");

    memcpy(&set, &found, sizeof set);
    if (set != NULL)
        set(0);
}

bool
parsers_ocr_words_load(void)
{
    TessBaseAPI *made = NULL;

    if (reader != NULL)
        return true;
    setMsgSeverity(L_SEVERITY_NONE);
    forbid_threads();
    made = TessBaseAPICreate();
    if (TessBaseAPIInit2(made, NULL, "eng", OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(made);
        return false;
    }
    TessBaseAPISetVariable(made, "debug_file", "/dev/null");
    TessBaseAPISetVariable(made, "tessedit_do_invert", "0");
    reader = made;
    return true;
}

typedef struct {
    const ParsersPicture *picture;
    GArray *each; /* ParsersOcrWord */
    ParsersOcrWords words;
    double sum;
    guint n;
} Taken;

/* ---- Words ---- */

/* "name @ example.org" is written without spaces. */
static bool
joins_address(const GArray *glyphs, const char *text, const double box[4])
{
    const ParsersPdfGlyph *last = NULL;

    if (glyphs->len == 0)
        return false;
    last = &g_array_index(glyphs, ParsersPdfGlyph, glyphs->len - 1);
    return (text[0] == '@' || last->character == '@') && box[0] > last->box[0] &&
           box[0] < last->box[2] + 2 * last->size && fabs(box[3] - last->box[3]) < last->size;
}

/* Share a word's box among its characters: Tesseract's own places of single ones are guesses. */
static void
add_word(Taken *taken, const char *text, const double box[4], double size)
{
    const glong length = g_utf8_strlen(text, -1);
    const bool joined = joins_address(taken->words.glyphs, text, box);
    const double left =
        joined ? g_array_index(taken->words.glyphs, ParsersPdfGlyph, taken->words.glyphs->len - 1)
                     .box[2]
               : box[0];
    const double step = (box[2] - left) / (double)MAX(length, 1);
    glong i = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), i++) {
        const ParsersPdfGlyph glyph = {
            .box = {left + step * (double)i, box[1], left + step * (double)(i + 1), box[3]},
            .size = size,
            .character = g_utf8_get_char(p),
            .space_before = i == 0 && !joined};

        g_array_append_val(taken->words.glyphs, glyph);
    }
}

static double
font_size(TessResultIterator *at)
{
    int bold, italic, underlined, monospace, serif, smallcaps, points = 0, font;

    TessResultIteratorWordFontAttributes(at, &bold, &italic, &underlined, &monospace, &serif,
                                         &smallcaps, &points, &font);
    return CLAMP(points * RESOLUTION / 72.0, LEAST_SIZE, MOST_SIZE);
}

/* Ascent and descent of its line around the baseline, as a PDF's characters have. */
static bool
word_box(TessResultIterator *at, double size, double box[4])
{
    const TessPageIterator *page = TessResultIteratorGetPageIteratorConst(at);
    int left, top, right, bottom, x1, y1, x2, y2;
    double middle, base;

    if (!TessPageIteratorBoundingBox(page, RIL_WORD, &left, &top, &right, &bottom))
        return false;
    middle = (top + bottom) / 2.0;
    base = bottom;
    if (TessPageIteratorBaseline(page, RIL_WORD, &x1, &y1, &x2, &y2))
        base = (y1 + y2) / 2.0;
    if (base < middle || base > middle + size)
        base = bottom;
    box[0] = left;
    box[1] = base - 0.85 * size;
    box[2] = right;
    box[3] = base + 0.2 * size;
    return true;
}

char *
parsers_ocr_words_bare(const char *word)
{
    const char *first = word, *last = word + strlen(word);

    while (*first != '\0' && !g_unichar_isalnum(g_utf8_get_char(first)))
        first = g_utf8_next_char(first);
    while (last > first && !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(last))))
        last = g_utf8_prev_char(last);
    return g_strndup(first, (gsize)(last - first));
}

/* A word that is read with certainty elsewhere is one. */
static void
note_certainty(GHashTable *sure, const char *text, double percent)
{
    char *bare = parsers_ocr_words_bare(text);
    const gint best = GPOINTER_TO_INT(g_hash_table_lookup(sure, bare));

    g_hash_table_replace(sure, bare, GINT_TO_POINTER(MAX(best, (gint)percent)));
}

static void
note_word(Taken *taken, const TessPageIterator *page, double size, guint length)
{
    ParsersOcrWord word = {.first = taken->words.glyphs->len, .length = length, .size = size};
    int box[4] = {0};

    TessPageIteratorBoundingBox(page, RIL_WORD, &box[0], &box[1], &box[2], &box[3]);
    word.x = (box[0] + box[2]) / 2.0;
    word.y = (box[1] + box[3]) / 2.0;
    word.thickness = parsers_ocr_bold_thickness(taken->picture->ink, box);
    word.starts_line = TessPageIteratorIsAtBeginningOf(page, RIL_WORD) &&
                       TessPageIteratorIsAtBeginningOf(page, RIL_TEXTLINE);
    g_array_append_val(taken->each, word);
}

static void
take_word(Taken *taken, TessResultIterator *at)
{
    const TessPageIterator *page = TessResultIteratorGetPageIteratorConst(at);
    char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
    const double sure = (double)TessResultIteratorConfidence(at, RIL_WORD);
    const double size = font_size(at);
    const bool valid = text != NULL && text[0] != '\0' && g_utf8_validate(text, -1, NULL);
    const guint length = valid ? (guint)g_utf8_strlen(text, -1) : 0;
    double box[4];

    if (length > 0 && sure >= (length > 2 ? WORD_LEAST : LETTER_LEAST) && word_box(at, size, box)) {
        /* Lines were wiped out: an upright stroke that stands alone is a word. */
        note_word(taken, page, size, length);
        note_certainty(taken->words.sure, text, sure);
        add_word(taken, strcmp(text, "|") == 0 ? "I" : text, box, size);
        taken->sum += sure / 100 * length;
        taken->n += length;
    }
    TessDeleteText(text);
}

static void
take_words(Taken *taken)
{
    g_autoptr(TessResultIterator) at = TessBaseAPIGetIterator(reader);

    if (at == NULL)
        return;
    do
        take_word(taken, at);
    while (TessResultIteratorNext(at, RIL_WORD));
}

gint64
parsers_ocr_words_clock(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static bool
is_over(void *end, int n_words)
{
    return parsers_ocr_words_clock() >= *(const gint64 *)end;
}

void
parsers_ocr_words_clear(ParsersOcrWords *words)
{
    g_clear_pointer(&words->glyphs, g_array_unref);
    g_clear_pointer(&words->sure, g_hash_table_unref);
}

bool
parsers_ocr_words_read(const ParsersPicture *picture, guint wait_ms, ParsersOcrWords *out_words,
                       GError **error)
{
    g_autoptr(ETEXT_DESC) monitor = TessMonitorCreate();
    gint64 end = parsers_ocr_words_clock() + (gint64)wait_ms * 1000;
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(ParsersOcrWord));
    Taken taken = {.picture = picture, .each = words};

    if (reader == NULL)
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "no model for reading pictures");
    TessBaseAPISetPageSegMode(reader, PSM_SPARSE_TEXT);
    TessBaseAPISetImage2(reader, picture->grey);
    TessBaseAPISetSourceResolution(reader, RESOLUTION);
    /* Its own deadline goes by the clock on the wall, which other processes use up. */
    TessMonitorSetCancelThis(monitor, &end);
    TessMonitorSetCancelFunc(monitor, is_over);
    if (TessBaseAPIRecognize(reader, monitor) != 0 || parsers_ocr_words_clock() >= end) {
        TessBaseAPIClear(reader);
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit ocr_seconds was reached");
    }
    taken.words.glyphs = g_array_new(FALSE, FALSE, sizeof(ParsersPdfGlyph));
    taken.words.sure = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    take_words(&taken);
    parsers_ocr_bold_mark(words, taken.words.glyphs);
    TessBaseAPIClear(reader);
    taken.words.confidence = taken.n == 0 ? 0 : taken.sum / taken.n;
    *out_words = taken.words;
    return true;
}
