/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pattern.c - patterns of our own, matched as machine code where that can be had.
 *
 * The code is made before the cage closes and is then sealed: inside, no memory can be written and
 * run.  Where the system allows no such code at all, patterns are interpreted.
 *
 * Runs in:  postern-parser.
 * Source:   pcre2api(3), pcre2jit(3); doc/process-model.md
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "config.h"

#include "parsers/pattern.h"

#include <pcre2.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define STEPS_MAX (20 * 1000 * 1000)
#define DEPTH_MAX 10000
#define STACK_FIRST (32 * 1024)
#define STACK_MOST (1024 * 1024)

struct ParsersPattern {
    pcre2_code *code;
    ParsersPattern *next;
};

static ParsersPattern *patterns; /* all that there are */

static bool sealed;
static pcre2_match_data *found; /* of the match and of its first group: there is one thread */

static const pcre2_match_context *
limits(void)
{
    static pcre2_match_context *context = NULL;

    if (context == NULL) {
        context = pcre2_match_context_create(NULL);
        pcre2_set_match_limit(context, STEPS_MAX);
        pcre2_set_depth_limit(context, DEPTH_MAX);
        pcre2_jit_stack_assign(context, NULL,
                               pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL));
        found = pcre2_match_data_create(2, NULL);
    }
    return context;
}

ParsersPattern *
parsers_pattern_new(const char *text, ParsersPatternKind kind)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    ParsersPattern *pattern = g_new0(ParsersPattern, 1);
    guint32 options = PCRE2_CASELESS | PCRE2_UTF;
    PCRE2_SIZE offset = 0;
    int code = 0;

    if (kind != PARSERS_PATTERN_LINE)
        options |= PCRE2_MULTILINE;
    if (kind != PARSERS_PATTERN_ASCII) {
        options |= PCRE2_UCP;
        pcre2_set_newline(context, PCRE2_NEWLINE_ANY);
    }
    pattern->code =
        pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options, &code, &offset, context);
    pcre2_compile_context_free(context);
    if (pattern->code == NULL)
        g_error("this pattern is wrong at %zu: %s", (gsize)offset, text);
    pattern->next = patterns;
    patterns = pattern;
    if (!sealed)
        pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    return pattern;
}

static ParsersPatternResult
look(const ParsersPattern *pattern, const char *text, gsize from, gsize to, guint32 options)
{
    pcre2_match_context *context = (pcre2_match_context *)limits();
    int result = pcre2_match(pattern->code, (PCRE2_SPTR)text, to, from, options, found, context);

    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(pattern->code, (PCRE2_SPTR)text, to, from, options | PCRE2_NO_JIT,
                             found, context);
    if (result == PCRE2_ERROR_NOMATCH)
        return PARSERS_PATTERN_ABSENT;
    /* 0 says that it had more groups than there is room for, which nobody asks. */
    return result < 0 ? PARSERS_PATTERN_UNDECIDED : PARSERS_PATTERN_FOUND;
}

ParsersPatternResult
parsers_pattern_look(const ParsersPattern *pattern, const char *text, gsize length,
                     gsize *out_start, gsize *out_end)
{
    const ParsersPatternResult result = look(pattern, text, 0, length, 0);
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(found);

    if (result == PARSERS_PATTERN_FOUND && out_start != NULL)
        *out_start = ends[0];
    if (result == PARSERS_PATTERN_FOUND && out_end != NULL)
        *out_end = ends[1];
    return result;
}

ParsersPatternResult
parsers_pattern_look_between(const ParsersPattern *pattern, const char *text,
                             ParsersPatternSpan where, ParsersPatternSpan *out_span)
{
    const ParsersPatternResult result =
        look(pattern, text, where.start, where.end, PCRE2_NO_UTF_CHECK);
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(found);

    if (result == PARSERS_PATTERN_FOUND)
        *out_span = (ParsersPatternSpan){ends[0], ends[1]};
    return result;
}

bool
parsers_pattern_next(const ParsersPattern *pattern, const char *text, gsize *at, gsize *out_start,
                     gsize *out_end)
{
    pcre2_match_context *context = (pcre2_match_context *)limits();
    const gsize length = strlen(text);
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(found);
    int result = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, *at, 0, found, context);

    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result =
            pcre2_match(pattern->code, (PCRE2_SPTR)text, length, *at, PCRE2_NO_JIT, found, context);
    if (result < 0 || result == 1 || ends[1] <= *at)
        return false;
    *out_start = ends[2];
    *out_end = ends[3];
    *at = ends[1];
    return true;
}

bool
parsers_pattern_seal(void)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512];
    bool done = maps != NULL;

    sealed = true;
    while (done && fgets(line, sizeof line, maps) != NULL) {
        unsigned long from = 0, to = 0;
        char rights[5] = "";

        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) == 3 && strncmp(rights, "rwx", 3) == 0)
            done = mprotect(GSIZE_TO_POINTER(from), to - from, PROT_READ | PROT_EXEC) == 0;
    }
    if (maps != NULL)
        fclose(maps);
    return done;
}
