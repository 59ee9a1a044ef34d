# daemon/: everything that talks, waits, decides, logs or reads settings.
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/area.c %D%/area.h \
	%D%/backoff.c %D%/backoff.h \
	%D%/bounce-address.c %D%/bounce-address.h \
	%D%/canary.c %D%/canary.h \
	%D%/case.c %D%/case.h \
	%D%/cli.c %D%/cli.h \
	%D%/cli-account.c \
	%D%/cli-admin.c \
	%D%/cli-consultation.c \
	%D%/cli-examine.c \
	%D%/cli-explain.c \
	%D%/cli-forms.c %D%/cli-forms.h \
	%D%/cli-forms-try.c \
	%D%/cli-health.c \
	%D%/cli-pdf.c \
	%D%/cli-preview.c \
	%D%/cli-replay.c \
	%D%/cli-spool.c \
	%D%/cli-tasks.c \
	%D%/consultation.c %D%/consultation.h \
	%D%/consultation-names.c %D%/consultation-names.h \
	%D%/conversion.c %D%/conversion.h \
	%D%/converter.c %D%/converter.h \
	%D%/courier.c %D%/courier.h \
	%D%/courier-gather.c %D%/courier-gather.h \
	%D%/courier-lane.c %D%/courier-lane.h \
	%D%/courier-letter.c %D%/courier-letter.h \
	%D%/courier-pace.c %D%/courier-pace.h \
	%D%/courier-round.c %D%/courier-round.h \
	%D%/courier-window.c %D%/courier-window.h \
	%D%/disposition.c %D%/disposition.h \
	%D%/doorbell.c %D%/doorbell.h \
	%D%/error.c %D%/error.h \
	%D%/explain.c %D%/explain.h \
	%D%/explain-words.c %D%/explain-words.h \
	%D%/figures.c %D%/figures.h \
	%D%/forms-blank.c %D%/forms-blank.h \
	%D%/forms-keys.c %D%/forms-keys.h \
	%D%/forms-lint.c %D%/forms-lint.h \
	%D%/forms-load.c %D%/forms-load.h \
	%D%/handover.c %D%/handover.h \
	%D%/health.c %D%/health.h \
	%D%/imap.c %D%/imap.h \
	%D%/imap-fetch.c %D%/imap-fetch.h \
	%D%/imap-folder.c %D%/imap-folder.h \
	%D%/imap-guard.c %D%/imap-guard.h \
	%D%/imap-idle.c %D%/imap-idle.h \
	%D%/imap-login.c %D%/imap-login.h \
	%D%/imap-session.c %D%/imap-session.h \
	%D%/intake.c %D%/intake.h \
	%D%/intake-commit.c %D%/intake-commit.h \
	%D%/keeper.c %D%/keeper.h \
	%D%/log.c %D%/log.h \
	%D%/mailbox.c %D%/mailbox.h \
	%D%/mailbox-lease.c %D%/mailbox-lease.h \
	%D%/mailbox-move.c %D%/mailbox-move.h \
	%D%/mailbox-start.c %D%/mailbox-start.h \
	%D%/mailbox-state.c %D%/mailbox-state.h \
	%D%/mailbox-take.c %D%/mailbox-take.h \
	%D%/maildir.c %D%/maildir.h \
	%D%/maildir-out.c %D%/maildir-out.h \
	%D%/maildir-uids.c %D%/maildir-uids.h \
	%D%/memory-file.c %D%/memory-file.h \
	%D%/notify.c %D%/notify.h \
	%D%/oauth.c %D%/oauth.h \
	%D%/oauth-assertion.c %D%/oauth-assertion.h \
	%D%/oauth-check.c %D%/oauth-check.h \
	%D%/oauth-expiry.c %D%/oauth-expiry.h \
	%D%/parser.c %D%/parser.h \
	%D%/parser-program.c \
	%D%/policy.c %D%/policy.h \
	%D%/printer.c %D%/printer.h \
	%D%/privilege.c %D%/privilege.h \
	%D%/privilege-execute.c \
	%D%/reader.c %D%/reader.h \
	%D%/record-document.c %D%/record-document.h \
	%D%/record-json.c %D%/record-json.h \
	%D%/reply-params.c %D%/reply-params.h \
	%D%/reply-rules.c %D%/reply-rules.h \
	%D%/review.c %D%/review.h \
	%D%/review-act.c \
	%D%/review-accounts.c \
	%D%/review-acts.c %D%/review-acts.h \
	%D%/review-age.c %D%/review-age.h \
	%D%/review-audit.c \
	%D%/review-audit-words.c %D%/review-audit-words.h \
	%D%/review-client.c %D%/review-client.h \
	%D%/review-consultations.c \
	%D%/review-cookie.c %D%/review-cookie.h \
	%D%/review-export.c %D%/review-export.h \
	%D%/review-download.c \
	%D%/review-figures.c \
	%D%/review-health.c \
	%D%/review-http.c %D%/review-http.h \
	%D%/review-item.c %D%/review-item.h \
	%D%/review-letter.c %D%/review-letter.h \
	%D%/review-lists.c \
	%D%/review-listen.c %D%/review-listen.h \
	%D%/review-outbox.c \
	%D%/review-original.c %D%/review-original.h \
	%D%/review-page.c %D%/review-page.h \
	%D%/review-pages.h \
	%D%/review-painter.c %D%/review-painter.h \
	%D%/review-password.c \
	%D%/review-printed.c %D%/review-printed.h \
	%D%/review-queue.c \
	%D%/review-record.c \
	%D%/review-route.c %D%/review-route.h \
	%D%/review-search.c \
	%D%/review-sealed.c %D%/review-sealed.h \
	%D%/review-sign-in.c \
	%D%/review-spared.c %D%/review-spared.h \
	%D%/review-split.c %D%/review-split.h \
	%D%/review-static.c \
	%D%/review-tasks.c \
	%D%/review-typed.c %D%/review-typed.h \
	%D%/review-steps.c %D%/review-steps.h \
	%D%/review-words.c %D%/review-words.h \
	%D%/role.c %D%/role.h \
	%D%/rules.h \
	%D%/rules-machine.c \
	%D%/rules-referral.c \
	%D%/rules-rest.c \
	%D%/safe-text.c %D%/safe-text.h \
	%D%/secret.c %D%/secret.h \
	%D%/settings.c %D%/settings.h \
	%D%/settings-check.c %D%/settings-check.h \
	%D%/settings-mailbox.c %D%/settings-mailbox.h \
	%D%/settings-table.c %D%/settings-table.h \
	%D%/settings-url.c %D%/settings-url.h \
	%D%/smtp.c %D%/smtp.h \
	%D%/smtp-greet.c %D%/smtp-greet.h \
	%D%/smtp-link.c %D%/smtp-link.h \
	%D%/spool-account.c %D%/spool-account.h \
	%D%/start.c %D%/start.h \
	%D%/store.c %D%/store.h \
	%D%/supervisor.c %D%/supervisor.h \
	%D%/supervisor-spool.c %D%/supervisor-spool.h \
	%D%/tcp.c %D%/tcp.h \
	%D%/tls-stream.c %D%/tls-stream.h \
	%D%/tls-verify.c %D%/tls-verify.h \
	%D%/trouble.c %D%/trouble.h \
	%D%/webhook.c %D%/webhook.h \
	%D%/viewer.c %D%/viewer.h \
	%D%/writer.c %D%/writer.h
libdaemon_a_CFLAGS = $(AM_CFLAGS) $(ETPAN_CFLAGS) $(OPENSSL_CFLAGS) $(CURL_CFLAGS) \
	$(JANSSON_CFLAGS) $(SECCOMP_CFLAGS) $(MHD_CFLAGS)
DAEMON_LIBS = $(ETPAN_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(OPENSSL_LIBS) $(SECCOMP_LIBS) $(MHD_LIBS) $(GLIB_LIBS)
# What every program but the parser links, in layer order.
ALL_ARCHIVES = libdaemon.a libtemplates.a libspool.a libparsers.a

sbin_PROGRAMS += posternd
posternd_SOURCES = %D%/posternd.c
posternd_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
posternd_LDADD = $(ALL_ARCHIVES) $(DAEMON_LIBS) $(TEMPLATES_LIBS) $(SPOOL_LIBS) $(PARSERS_LIBS)

bin_PROGRAMS += postern
postern_SOURCES = %D%/postern.c
postern_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
postern_LDADD = $(posternd_LDADD)

# For systemd; the folder is below the prefix, so that it may be installed anywhere.
systemdunitdir = $(prefix)/lib/systemd/system
nodist_systemdunit_DATA = %D%/posternd.service
EXTRA_DIST += %D%/posternd.service.in
CLEANFILES += %D%/posternd.service
%D%/posternd.service: %D%/posternd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && sed -e 's|@bindir[@]|$(bindir)|' -e 's|@sbindir[@]|$(sbindir)|' \
	  $(srcdir)/%D%/posternd.service.in >$@
