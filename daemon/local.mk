# daemon/: everything that talks, waits, decides, logs or reads settings.
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	%D%/error.c %D%/error.h \
	%D%/settings.h
libdaemon_a_CFLAGS = $(AM_CFLAGS) $(ETPAN_CFLAGS) $(OPENSSL_CFLAGS) $(CURL_CFLAGS) \
	$(JANSSON_CFLAGS) $(SECCOMP_CFLAGS)
DAEMON_LIBS = $(ETPAN_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(OPENSSL_LIBS) $(SECCOMP_LIBS) $(GLIB_LIBS)
# What every program but the parser links, in layer order.
ALL_ARCHIVES = libdaemon.a libtemplates.a libspool.a libparsers.a
