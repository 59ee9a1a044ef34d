#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/forms-tool.sh - "postern forms": exit codes, messages with their lines, and the way round.
#
# Source:   doc/forms.md
set -eu
src=$(cd "${top_srcdir:-.}" && pwd)
postern=${top_builddir:-$PWD}/postern
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"

fail()
{
    echo "FAIL: $1"
    cat out 2>/dev/null
    exit 1
}

# expect CODE WORD... : run postern, its output goes to the file "out"
expect()
{
    wanted=$1
    shift
    code=0
    "$postern" "$@" >out 2>&1 </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || fail "postern $*: exit $code, wanted $wanted"
}

says()
{
    grep -qF -- "$1" out || fail "not said: $1"
}

# Wrong use, and what is not there.
expect 2 forms
expect 2 forms polish
says "postern forms check FILE.form"
expect 2 forms check
expect 2 forms try x.form
expect 2 forms blank lado-parent
expect 2 forms blank lado-parent --format xls
expect 3 forms check gone.form
says gone.form
expect 3 forms blank no-such-form --format txt
says 'there is no form "no-such-form"'
expect 3 forms blank "$src/templates/forms/words.form" --format txt
says "made to be included"

# check: the shipped forms are good; mistakes have lines, all of them.
for form in lado-parent lado-professional request-for-support occupational-therapy; do
    expect 0 forms check "$src/templates/forms/$form.form"
    says ": good, 0 mistakes"
done
cat >bad.form <<'END'
form bad
title Bad form
include gone.form
section referrer
  heading You
  field referrer.nmae
    label Name
    typ name
END
expect 1 forms check bad.form
says 'bad.form:3: the included file is not there: gone.form'
says 'bad.form:6: unknown key referrer.nmae; was referrer.name meant?'
says 'bad.form:8: there is no such keyword: typ'
says 'bad.form: bad, '
expect 1 forms check --json bad.form
says '"line":8,'

# blank and try: every format comes back as that form, and as blank.
for format in docx pdf txt; do
    expect 0 forms blank lado-parent --format "$format" -o "blank.$format"
    [ -s "blank.$format" ] || fail "blank.$format is empty"
    expect 0 forms try "$src/templates/forms/lado-parent.form" "blank.$format"
    says "form lado-parent"
    says ", blank"
    says "child.1.name"
done

# try: a form of one's own, with an include beside it and others that are installed.
cat >pets.form <<'END'
form pets
shown Missing pet
include words.form
include pets-part.form
title Missing pet form
evidence 9 missing pet
END
cat >pets-part.form <<'END'
section referrer
  shown You
  heading About you
  field referrer.name
    shown Your name
    type name
    required
    label Your name
  field referrer.phone
    shown Your telephone number
    type phone
    label Your telephone number
section pet
  shown The pet
  heading The pet
  field pet.breed
    shown Breed of the pet
    type line
    label Breed of the pet
  field pet.colour
    shown Colour of the pet
    type line
    required
    label Colour of the pet
END
cat >pet.txt <<'END'
Missing pet form

About you
Your name: Priya Anand
Your telephone number: 07700 900123

The pet
Breed of the pet: Greyhound
Colour of the pet:
Favourite toy: a ball
END
expect 0 forms check pets.form
expect 0 forms try pets.form pet.txt
says "referrer.name                Priya Anand"
says "pet.breed                    Greyhound"
says "% sure"
says "left over"
says "a ball"
says "missing: required, and not answered"
says "pet.colour"
expect 0 forms try --json pets.form pet.txt
says '"key":"pet.breed","value":"Greyhound"'
printf 'Dear all,\n\nthe fair is on Sunday.\n' >fair.txt
expect 1 forms try pets.form fair.txt
says "not read as pets"
expect 3 forms try pets.form gone.docx
echo "forms: checked, tried and made"
