# tests/packages.sh - the Debian packages that Postern needs, for ./demo and ./check to source.
#
# need_packages NAME... installs those that are missing, as root or through sudo.

BUILD_PACKAGES="autoconf automake make gcc g++ libc6-dev pkg-config libglib2.0-dev libglib2.0-dev-bin
libetpan-dev libgmime-3.0-dev libssl-dev libsqlite3-dev libpq-dev libhpdf-dev libfribidi-dev libpcre2-dev
libxml2-dev libzip-dev zlib1g-dev libpoppler-glib-dev libpoppler-private-dev libcairo2-dev libfreetype-dev libytnef0-dev
libseccomp-dev fonts-urw-base35
libjansson-dev libcurl4-gnutls-dev libmicrohttpd-dev libcmocka-dev fonts-dejavu-core poppler-data tzdata
libtesseract-dev libleptonica-dev tesseract-ocr-eng"

CHECK_PACKAGES="chromium chromium-driver clang llvm libclang-rt-14-dev clang-format libsisimai-perl
dovecot-imapd dovecot-lmtpd dovecot-submissiond postfix postgresql openssl python3 python3-psycopg2 python3-selenium poppler-utils sqlite3 unzip xz-utils procps man-db
bubblewrap libarchive-tools libheif-examples libreoffice-writer-nogui libreoffice-calc-nogui"

need_packages() {
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    sudo=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing, and there is neither root nor sudo:$missing" >&2
            return 1
        }
        sudo=sudo
    fi
    echo "Installing:$missing"
    $sudo apt-get update -qq
    # Services that a package brings must not start: the tests start their own, on high ports.
    $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# build_tree SOURCE BUILD [CONFIGURE-OPTION...] configures once and makes.
build_tree() {
    source_dir=$1 build_dir=$2
    shift 2
    [ -x "$source_dir/configure" ] && [ "$source_dir/configure" -nt "$source_dir/configure.ac" ] ||
        (cd "$source_dir" && autoreconf -fi >/dev/null 2>&1) || {
        echo "autoreconf failed: run it in $source_dir to see why" >&2
        return 1
    }
    mkdir -p "$build_dir"
    [ -f "$build_dir/Makefile" ] ||
        (cd "$build_dir" && "$source_dir/configure" --quiet "$@") || return 1
    make -s -C "$build_dir" -j"$(nproc)" >"$build_dir/build.log" 2>&1 || {
        tail -20 "$build_dir/build.log" >&2
        return 1
    }
}
