/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/findings.h - all that the rest of the program knows of a mail.
 *
 * Findings are made in the cage and cross to the intake role as one GVariant.
 * The daemon treats them as untrusted: every text is valid UTF-8 and bounded,
 * nothing in them is a path, a command or a format string.
 *
 * Runs in:  postern-parser (made), intake and command line (read).
 * Source:   doc/architecture.md
 */
#ifndef PARSERS_FINDINGS_H
#define PARSERS_FINDINGS_H

#include <glib.h>
#include <stdbool.h>

/* What the mail is; the words of the contract. */
typedef enum {
    PARSERS_KIND_PERSON,
    PARSERS_KIND_AUTO_REPLY,
    PARSERS_KIND_BOUNCE,
    PARSERS_KIND_LIST,
    PARSERS_KIND_CALENDAR,
    PARSERS_KIND_REPORT,
    PARSERS_KIND_SPAM,
    PARSERS_KIND_ENCRYPTED,
    PARSERS_N_KINDS
} ParsersKind;

/* Something seen in the mail that a rule of daemon/policy.c may weigh. */
typedef struct {
    char *name;     /* short and fixed, such as "says-my-child"; see doc/deciding.md */
    char *evidence; /* what in the mail showed it; from the mail, so personal */
} ParsersSignal;

/* One answer read from a form. */
typedef struct {
    char *key;         /* contract key, such as "child.1.dob" */
    char *value;       /* normalised as the contract says */
    char *raw;         /* as it stood */
    char *place;       /* "page 1, table 2, row 3, column 2" */
    double confidence; /* 0 to 1 */
} ParsersField;

/* One form found in the mail. */
typedef struct {
    char *form;   /* name of its definition, or "unknown" */
    char *source; /* file name of the attachment, or "body" */
    char *format; /* docx doc odt rtf pdf pdf-form html text image */
    guint part;   /* index into parts; of the body's part when source is "body" */
    bool blank;
    GPtrArray *fields;  /* ParsersField, owned, in the order of the form */
    GPtrArray *missing; /* char*, keys that are required and not filled in */
    GPtrArray *others;  /* ParsersField whose key is the label as written: read, but not known */
} ParsersForm;

typedef enum {
    PARSERS_PART_READ,        /* opened and read */
    PARSERS_PART_EVIDENCE,    /* kept for a person, nothing to read in it: picture, sound, film */
    PARSERS_PART_DECORATION,  /* logo or signature picture */
    PARSERS_PART_LOCKED,      /* encrypted or protected by a password */
    PARSERS_PART_DAMAGED,     /* cannot be opened, or cut short */
    PARSERS_PART_UNSUPPORTED, /* a format that this build does not read */
    PARSERS_PART_LIMIT,       /* left unread because a limit was reached */
} ParsersPartState;

typedef struct {
    char *name;     /* file name as shown to staff, "" when none */
    char *declared; /* content type the mail claims */
    char *type;     /* what the bytes are: docx pdf odt rtf doc html text image zip tnef mail ... */
    guint64 size;   /* decoded bytes */
    char *sha256;   /* of the decoded bytes, hex */
    guint depth;    /* 0 at the top; 1 inside an archive or a forwarded mail */
    ParsersPartState state;
    char *problem; /* why it was not read, or "" */
} ParsersPart;

/* One method of one Authentication-Results field (RFC 8601). */
typedef struct {
    char *authserv_id;
    guint instance; /* 0 for the topmost field */
    char *method;   /* spf dkim dmarc arc compauth */
    char *result;   /* pass fail none ... in lower case */
    char *domain;   /* header.from, header.d or smtp.mailfrom domain, or "" */
} ParsersAuth;

typedef struct {
    /* From the headers.  Addresses are bare addr-specs in the writer's case; "" when absent. */
    char *message_id; /* without angle brackets */
    char *subject;
    char *date; /* as written */
    char *from_address;
    char *from_name;
    guint from_count; /* addresses in From */
    char *sender_address;
    char *reply_to;
    bool has_return_path;
    char *return_path;       /* "" for <> */
    GPtrArray *recipients;   /* char*: To, Cc and their Resent forms */
    GPtrArray *delivered_to; /* char*: Delivered-To, X-Original-To */
    GPtrArray *in_reply_to;  /* char*: message ids of In-Reply-To and References */
    GPtrArray *original_ids; /* char*: message ids of a mail that this one returns (bounce) */
    GPtrArray *references;   /* char*: our references as canonical text, in subject then text */
    GPtrArray *auth;         /* ParsersAuth */

    /* What the mail is. */
    ParsersKind kind;
    GPtrArray *signals; /* ParsersSignal */

    /* What the person wrote, without quotation, signature and disclaimer. */
    char *text;
    char *signature;
    char *quoted;
    bool has_form;        /* at least one form that is not blank */
    bool unseen_pictures; /* there are pictures, and this program reads none */
    GPtrArray *forms;     /* ParsersForm */
    GPtrArray *parts;     /* ParsersPart */
    GPtrArray *warnings;  /* char*, for staff */
    GPtrArray *foreign;   /* ParsersForeign, for a converter; not part of what is encoded */
} ParsersFindings;

ParsersFindings *parsers_findings_new(void); /* all texts "", all arrays empty */
void parsers_findings_free(ParsersFindings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersFindings, parsers_findings_free)
/* Add a signal; the texts are copied. */
void parsers_findings_add_signal(ParsersFindings *findings, const char *name, const char *evidence);
/* The evidence of the first signal of that name, or NULL; borrowed. */
const char *parsers_findings_signal(const ParsersFindings *findings, const char *name);
/* The value of a key in a form, or NULL; borrowed. */
const char *parsers_form_value(const ParsersForm *form, const char *key);

ParsersForm *parsers_form_new(void);
void parsers_form_free(ParsersForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersForm, parsers_form_free)
ParsersField *parsers_field_new(const char *key, const char *value, const char *raw,
                                const char *place, double confidence);
void parsers_field_free(ParsersField *field);
ParsersPart *parsers_part_new(void);
void parsers_part_free(ParsersPart *part);

/* The word of the contract for a kind ("auto-reply"), and back; static. */
const char *parsers_kind_name(ParsersKind kind);

/* To bytes and back.  Decoding checks type, depth, sizes and UTF-8.
 * Errors: PARSERS_ERROR_DAMAGED, the bytes are not findings: treat the parser as dead. */
GBytes *parsers_findings_encode(const ParsersFindings *findings);
bool parsers_findings_decode(GBytes *bytes, ParsersFindings **out_findings, GError **error);

#endif
