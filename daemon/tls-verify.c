/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/tls-verify.c - which certificates we accept, and plain words for the others.
 *
 * OpenSSL decides; this file only switches everything on and explains a refusal.
 *
 * Runs in:  mailbox, courier.
 * Source:   SSL_set1_host(3), X509_STORE_CTX_get_error(3)
 */
#include "config.h"

#include "daemon/tls-verify.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#define NAMES_SHOWN 3

typedef BIO DaemonBio;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SSL, SSL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GENERAL_NAMES, GENERAL_NAMES_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonBio, BIO_free_all)

static int slot = -1; /* of the ex_data where an SSL keeps its DaemonTlsRefusal */

static bool
name_is_shown(const GENERAL_NAME *name)
{
    return name->type == GEN_DNS;
}

/* The first few names of a certificate, fit to be shown. */
static char *
names_of(X509 *certificate)
{
    g_autoptr(GENERAL_NAMES) names =
        X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    int shown = 0;

    for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num(names) && shown < NAMES_SHOWN; i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        g_autofree char *dns = NULL;

        if (!name_is_shown(name))
            continue;
        dns = g_strndup((const char *)ASN1_STRING_get0_data(name->d.dNSName),
                        (gsize)MIN(ASN1_STRING_length(name->d.dNSName), 255));
        g_strcanon(dns, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_*", '?');
        g_string_append_printf(text, "%s%s", shown++ > 0 ? ", " : "", dns);
    }
    if (shown == 0)
        g_string_append(text, "another server");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
date_of(const ASN1_TIME *when)
{
    g_autoptr(DaemonBio) bio = BIO_new(BIO_s_mem());
    char text[64] = "";

    if (bio == NULL || ASN1_TIME_print_ex(bio, when, ASN1_DTFLGS_ISO8601) != 1 ||
        BIO_gets(bio, text, sizeof text) <= 0)
        return g_strdup("an unknown date");
    return g_strndup(text, 10);
}

static char *
explain(int reason, X509 *certificate, const char *host)
{
    g_autofree char *detail = NULL;

    switch (reason) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        detail = names_of(certificate);
        return g_strdup_printf("certificate of %s is for %s", host, detail);
    case X509_V_ERR_CERT_HAS_EXPIRED:
        detail = date_of(X509_get0_notAfter(certificate));
        return g_strdup_printf("certificate of %s expired on %s", host, detail);
    case X509_V_ERR_CERT_NOT_YET_VALID:
        detail = date_of(X509_get0_notBefore(certificate));
        return g_strdup_printf("certificate of %s is valid only from %s: is this computer's clock "
                               "right?",
                               host, detail);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return g_strdup_printf("certificate of %s is issued by an unknown authority: set ca-file "
                               "to that authority's certificate",
                               host);
    default:
        return g_strdup_printf("certificate of %s is refused: %s", host,
                               X509_verify_cert_error_string(reason));
    }
}

/* Keep the first reason; never change OpenSSL's mind. */
static int
note_refusal(int accepted, X509_STORE_CTX *context)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx());
    DaemonTlsRefusal *refusal = ssl != NULL ? SSL_get_ex_data(ssl, slot) : NULL;

    if (!accepted && refusal != NULL && refusal->reason == NULL)
        refusal->reason = explain(X509_STORE_CTX_get_error(context),
                                  X509_STORE_CTX_get_current_cert(context), refusal->host);
    return accepted;
}

static bool
load_authorities(SSL_CTX *context, const char *ca_file, GError **error)
{
    ERR_clear_error();
    if (ca_file == NULL && SSL_CTX_set_default_verify_paths(context) == 1)
        return true;
    if (ca_file != NULL && SSL_CTX_load_verify_locations(context, ca_file, NULL) == 1)
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE,
                        "ca-file %s cannot be used: it must hold certificates in PEM form",
                        ca_file != NULL ? ca_file : "of the system");
}

static bool
set_host(SSL *ssl, const char *host)
{
    X509_VERIFY_PARAM *param = SSL_get0_param(ssl);

    if (g_hostname_is_ip_address(host))
        return X509_VERIFY_PARAM_set1_ip_asc(param, host) == 1;
    SSL_set_hostflags(ssl,
                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return SSL_set1_host(ssl, host) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

bool
daemon_tls_verify_new(DaemonTlsRefusal *refusal, const char *ca_file, SSL **out_ssl, GError **error)
{
    g_autoptr(SSL_CTX) context = SSL_CTX_new(TLS_client_method());
    g_autoptr(SSL) ssl = NULL;

    if (slot < 0)
        slot = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    if (context == NULL || slot < 0)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "TLS cannot be set up");
    if (!load_authorities(context, ca_file, error))
        return false;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, note_refusal);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "TLS 1.2 cannot be set up");
    ssl = SSL_new(context);
    if (ssl == NULL || !set_host(ssl, refusal->host) || SSL_set_ex_data(ssl, slot, refusal) != 1)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "TLS for %s cannot be set up",
                            refusal->host);
    SSL_set_mode(ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    *out_ssl = g_steal_pointer(&ssl);
    return true;
}
