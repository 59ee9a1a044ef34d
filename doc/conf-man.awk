# doc/conf-man.awk - postern.conf(5) from doc/settings.md, which "postern settings" prints.
function roff(text) {
    gsub(/\\/, "\\e", text)
    gsub(/`/, "", text)
    gsub(/-/, "\\-", text)
    sub(/^['.]/, "\\\\\\&&", text)
    gsub(/^ +| +$/, "", text)
    return text
}
BEGIN {
    FS = "|"
    print ".\\\" Made from doc/settings.md by doc/conf-man.awk; do not edit."
    print ".TH POSTERN.CONF 5 \"\" \"Postern\" \"File Formats\""
    print ".SH NAME"
    print "postern.conf \\- settings of Postern"
    print ".SH SYNOPSIS"
    print ".I /etc/postern/postern.conf"
    print ".SH DESCRIPTION"
    print "One file in groups of lines of the form"
    print ".IR key \" = \" value ."
    print "A comment starts with # at the start of a line, or with a blank and ; after a value."
    print "A key or group that is not known is an error; in [contacts] a key that no reply names changes nothing, and is warned of."
    print "Secrets are read from files of their own, which other accounts must not be able to read."
    print ".PP"
    print ".B postern check\\-config"
    print "says whether the settings are good, and if not, what to do."
}
/^## / {
    sub(/^## */, "")
    print ".SH \"" toupper(substr($0, 2, length($0) - 2)) "\""
    print "Group"
    print ".BR " roff($0) ":"
}
/^\| `/ {
    print ".TP"
    print ".B " roff($2)
    print roff($5)
    if ($4 !~ /^ *$/)
        print "(" roff($4) ")"
    if ($3 !~ /^ *$/)
        print "Default: " roff($3) "."
}
END {
    print ".SH FILES"
    print ".I /etc/postern/postern.conf"
    print ".PP"
    print "An example, postern.conf.example, is installed with the documents."
    print ".SH \"SEE ALSO\""
    print ".BR posternd (8),"
    print ".BR postern (1)"
}
