#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/reading-age.py - how hard the automatic replies are to read, measured on their rendered text.
#
# The Flesch-Kincaid grade of each reply, in office hours, at night, on a bank holiday and with the
# numbers of another area.  A grade is a year of school: age = grade + 5.  Families get at most
# grade 6 (reading age 11); professionals, in the redirection, at most grade 7.
#
# Usage:    top_builddir=... reading-age.py
# Source:   Kincaid and others, 1975: 0.39 words/sentence + 11.8 syllables/word - 15.59; doc/replies.md

import json
import os
import re
import subprocess
import sys

POSTERN = os.path.join(os.environ.get("top_builddir", "."), "postern")
MOMENTS = ["2024-03-05T10:00:00Z", "2024-03-05T22:00:00Z", "2024-03-29T12:00:00Z"]
LIMITS = {"acknowledgement": 6.0, "holding": 6.0, "holding-unopened": 6.0, "holding-blank": 6.0,
          "redirection": 7.0, "apology": 6.0, "alert": 6.0, "alert-digest": 6.0,
          "consultation": 7.0}
HARDEST_SENTENCE = 22  # words


def syllables(word):
    """Vowel groups; a silent e is none.  Checked against the words that these texts use."""
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def sentences(text):
    """Those that end as sentences do: headings and lists of numbers would make the rest look easy."""
    text = re.sub(r"https?://\S+", "", text)
    text = re.sub(r"\([^)]*\)", "", text)  # office hours
    text = re.sub(r"\b[A-Z]{2,4}-[0-9A-Z-]+\b", "", text)  # references
    blocks = re.split(r"\n\s*\n|\n(?=[-0-9])|(?<=[A-Z?])\n(?=[A-Z][a-z])|\n(?=[A-Z ]+\n)", text)
    for block in blocks:
        for sentence in re.split(r"(?<=[.?!])\s+", block):
            words = [w for w in re.findall(r"[A-Za-z][A-Za-z'’-]*", sentence)]
            if words and re.search(r"[.?!]\W*$", sentence) and not sentence.isupper():
                yield words


def grade(text):
    every = list(sentences(text))
    words = [word for sentence in every for word in sentence]
    count = sum(2 if word == "LADO" else syllables(word) for word in words)
    longest = max(every, key=len)
    return 0.39 * len(words) / len(every) + 11.8 * count / len(words) - 15.59, longest


def check_syllables():
    known = {"phone": 1, "automatic": 4, "message": 2, "received": 2, "needed": 2,
             "child": 1, "email": 2, "reference": 3, "evenings": 3, "closed": 1, "emergency": 4}
    return [f"{w}: {syllables(w)}, not {n}" for w, n in known.items() if syllables(w) != n]


def main():
    bad = [f"FAIL syllables of {line}" for line in check_syllables()]
    checks = 1
    for name, limit in LIMITS.items():
        for moment in MOMENTS:
            for area in ([], ["--area", "Medway"]):
                out = subprocess.run([POSTERN, "preview", name, "--at", moment, "--json", *area],
                                     check=True, capture_output=True, text=True).stdout
                level, longest = grade(json.loads(out)["text"])
                checks += 1
                print(f"{name:18} {moment} {' '.join(area):14} grade {level:4.1f}, longest sentence "
                      f"{len(longest)} words")
                if level > limit:
                    bad.append(f"FAIL {name} at {moment}: grade {level:.1f}, at most {limit}")
                if len(longest) > HARDEST_SENTENCE:
                    bad.append(f"FAIL {name}: too long: {' '.join(longest)}")
    print(*bad, sep="\n")
    print(f"reading-age.py: {checks} checks, {min(len(bad), checks)} failed")
    sys.exit(1 if bad else 0)


main()
