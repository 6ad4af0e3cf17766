#!/usr/bin/env python3
"""Checks the termbases of this folder.

usage: check.py [--shared DIR] [FILE.tbx ...]

Without files: all *.tbx next to this script. With --shared DIR (the folder with terms/, ntrex/
and news/) every source other than "editorial" is looked up: a CLDR or iso-codes row must hold the
term, a corpus line must contain it, inflected forms included. Exit status 0: no problem, else 1.
"""
import argparse
import os
import re
import subprocess
import sys
import unicodedata
import xml.parsers.expat

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = os.path.join(HERE, "tbx.rng")
TBX = "urn:iso:std:iso:30042:ed-2"
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"

LANGS = ["en", "et", "lt", "ru"]
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
SUBJECT_FIELDS = {
    "EU external relations", "EU institutions", "EU law", "EU policies", "academia", "arms control",
    "cities", "civil society", "conflicts", "countries", "defence", "diplomacy", "economy", "energy",
    "health", "history", "information", "institutions", "intelligence and security services",
    "international courts", "international finance", "international law", "international organisations",
    "international relations", "languages", "law", "media", "migration", "offices", "parliaments",
    "parties", "people", "peoples", "politics", "regional cooperation", "regions", "security",
    "society", "transport", "treaties", "waters",
}
VALUES = {
    "partOfSpeech": {"noun", "adjective", "verb", "adverb", "other"},
    "grammaticalGender": {"masculine", "feminine", "neuter", "other"},
    "grammaticalNumber": {"singular", "plural", "dual", "mass", "otherNumber"},
    "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
    "administrativeStatus": {"preferredTerm-admn-sts", "admittedTerm-admn-sts",
                             "supersededTerm-admn-sts", "deprecatedTerm-admn-sts"},
    "processStatus": {"provisionallyProcessed", "finalized"},
}
REQUIRED = {"partOfSpeech": "part of speech", "administrativeStatus": "administrative status",
            "processStatus": "process status"}
# Names that the Russian press leaves in Latin letters. A new one has to be added here on purpose.
LATIN_IN_RUSSIAN = {
    "Amnesty International", "Associated Press", "COVID-19", "EKRE", "ERR", "Frontex", "G7", "G20",
    "Human Rights Watch", "JEF", "LRT", "NB8", "PESCO", "Rail Baltica",
}
EDITORIAL = "editorial"
TABLE_SOURCE = re.compile(r"(?:CLDR 41: (cldr-[a-z]+)|iso-codes 4\.15: (iso_[0-9]+(?:-[0-9])?)) (\S+)")
CORPUS_SOURCE = re.compile(
    r"(NTREX|FLORES-200 dev|WMT18 en-et|WMT1[3567] en-ru|WMT19) (en|et|lt|ru) ([1-9][0-9]*)")
CORPUS_LANGS = {"NTREX": LANGS, "FLORES-200 dev": LANGS, "WMT18 en-et": ["en", "et"], "WMT19": ["lt"],
                "WMT13 en-ru": ["en", "ru"], "WMT15 en-ru": ["en", "ru"],
                "WMT16 en-ru": ["en", "ru"], "WMT17 en-ru": ["en", "ru"]}


class Node:
    def __init__(self, name, attrs, line):
        self.name, self.attrs, self.line = name, attrs, line
        self.children, self.text = [], ""

    def all(self, name, type_=None):
        return [c for c in self.children
                if c.name == name and (type_ is None or c.attrs.get("type") == type_)]


def parse(data):
    """The root element as Node; element names of another namespace keep it as a prefix."""
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    top = Node("", {}, 0)
    stack = [top]

    def start(name, attrs):
        space, _, local = name.rpartition(" ")
        node = Node(local if space == TBX else name, attrs, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def text(part):
        stack[-1].text += part

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return top.children[0]


def fold(term):
    """Key under which two terms count as the same; the Russian press writes ё as е."""
    return unicodedata.normalize("NFC", term).casefold().replace("ё", "е")


def script_problem(term, lang):
    words = term
    if lang == "ru":
        for name in sorted(LATIN_IN_RUSSIAN, key=len, reverse=True):
            words = re.sub(r"(?<!\w)%s(?!\w)" % re.escape(name), " ", words)
    wanted = "CYRILLIC" if lang == "ru" else "LATIN"
    for ch in words:
        if ch.isalpha() and not unicodedata.name(ch, "").startswith(wanted):
            return "letter %s (U+%04X, %s) in a term of language %s" % (
                ch, ord(ch), unicodedata.name(ch, "?"), lang)
    return None


def source_problem(source, lang):
    if source == EDITORIAL or TABLE_SOURCE.fullmatch(source):
        return None
    m = CORPUS_SOURCE.fullmatch(source)
    if not m:
        return "undocumented source \"%s\"" % source
    if m[2] not in CORPUS_LANGS[m[1]]:
        return "source \"%s\": %s has no language %s" % (source, m[1], m[2])
    if m[2] != lang:
        return "source \"%s\" is a line of language %s, the term is %s" % (source, m[2], lang)
    return None


# --- looking up sources -------------------------------------------------------------------------

WORD = re.compile(r"\w+")

# Per language: what is cut off the base form to get a stem, and what may follow the stem. These are
# endings of nouns, adjectives and names; stem changes (Estonian sõda : sõja) are not known here.
BASE_ENDING = {
    "et": re.compile(r"(?:(?<=la)ne|(?<=mi)ne|ne|[aeiu]d|[aeiu])$"),
    "lt": re.compile(r"(?:oji|asis|ysis|ieji|iai|ios|ai|ia|as|is|ys|us|os|ės|ių|io|a|ė|ų|o)$"),
    "ru": re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ия|а|я|о|е|ы|и|ь|й)$"),
}
FORM_ENDING = {
    "et": re.compile(r"(?:s|se|e|a|i|u|o|te|de|ste|is|ne)?(?:d|t|s|sse|st|le|l|lt|ks|ni|na|ta|ga|id|sid|te|de|"
                     r"tele|tes|test|tega)?"),
    "lt": re.compile(r"(?:i?(?:as|us|a|ai|os|o|aus|ų|ui|ei|ams|oms|ums|ą|u|umi|e|ais|omis|umis|uje|oje|ame|uose|ose|"
                     r"au|am|oj|ajai|ajam|ąjį|uoju|ajame|ųjų|uosius|aisiais|uosiuose|oji|osios|ojo|ąją|ąja|ojoje|"
                     r"ąsias|osiomis|osiose|osioms|asis)|is|ys|ė|ės|ies|ėms|ims|ę|į|es|imi|ėmis|imis|yje|ėje|ėse|"
                     r"yse|ieji|iesiems|i|y|ysis|iojo|iojoje)?"),
    "ru": re.compile(r"(?:[аяуюеиыоьй]|о[йюмв]|е[йюмв]|[аяиы][мх]|[аяиы]ми|[оеи]го|[ое]му|[иы]й|[уюаяи]ю|[аяи]я|ие|ии|"
                     r"[оеы]е|ием|[иы]м|иям|иями|иях|ью|ую)?"),
}


def word_matches(word, token, lang):
    """Whether token is word or may be an inflected form of it."""
    if len(word) > 1 and word.isupper():
        rest = token[len(word):]
        return token.startswith(word) and (not rest or lang == "et" and rest.islower() and len(rest) <= 3)
    if word[0].isupper() and not token[0].isupper():
        return False
    w, t = fold(word), fold(token)
    if w == t:
        return True
    if lang == "en":
        return t == w[:-1] + "ies" if w.endswith("y") else t == w + ("es" if w[-1] in "sxh" else "s")
    stem = BASE_ENDING[lang].sub("", w, count=1) if len(w) > 3 else w
    return t.startswith(stem) and FORM_ENDING[lang].fullmatch(t, len(stem)) is not None


def contains(line, term, lang):
    words = WORD.findall(term)
    tokens = WORD.findall(line)
    return any(all(word_matches(w, t, lang) for w, t in zip(words, tokens[i:]))
               for i in range(len(tokens) - len(words) + 1)) if words else False


class Shared:
    def __init__(self, folder):
        self.folder, self.lines, self.tables, self.missing = folder, {}, {}, set()

    def read(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            self.missing.add(path)
            return None
        with open(path, encoding="utf-8", newline="") as f:
            return f.read().split("\n")

    def corpus(self, name, lang):
        key = (name, lang)
        if key not in self.lines:
            if name == "NTREX":
                file = "ntrex/%s.txt" % lang
            elif name == "FLORES-200 dev":
                file = "news/flores200-dev.%s.txt" % lang
            elif name == "WMT19":
                file = "news/wmt19-lt-mono.txt"
            else:
                file = "news/%s.%s.txt" % (name.lower().replace(" ", "-").replace("en-et", "enet")
                                           .replace("en-ru", "enru"), lang)
            self.lines[key] = self.read(file)
        return self.lines[key]

    def table(self, name):
        if name not in self.tables:
            rows = self.read("terms/%s.tsv" % name)
            if rows is not None:
                rows = {(c[0], c[1]): dict(zip(LANGS, c[2:6]))
                        for c in (r.split("\t") for r in rows[1:]) if len(c) >= 6}
            self.tables[name] = rows
        return self.tables[name]

    def problem(self, source, term, lang):
        m = TABLE_SOURCE.fullmatch(source)
        if m:
            table = self.table("cldr" if m[1] else "iso-codes")
            if table is None:
                return None
            row = table.get((m[1] or m[2], m[3]))
            if row is None:
                return "source \"%s\": no such row" % source
            cell = row[lang].replace("ё", "е")
            want = term.replace("ё", "е")
            if want != cell and want not in re.split("[;,] ", cell):
                return "source \"%s\" has \"%s\", not \"%s\"" % (source, row[lang], term)
            return None
        m = CORPUS_SOURCE.fullmatch(source)
        if not m:
            return None
        lines = self.corpus(m[1], m[2])
        if lines is None:
            return None
        if int(m[3]) > len(lines):
            return "source \"%s\": no such line" % source
        if not contains(lines[int(m[3]) - 1], term, lang):
            return "source \"%s\" does not contain \"%s\"" % (source, term)
        return None


# --- the checks ---------------------------------------------------------------------------------

class Checker:
    def __init__(self, shared=None):
        self.shared = shared
        self.problems, self.concepts, self.terms = [], 0, 0
        self.ids, self.seen = {}, {}

    def say(self, path, line, message):
        self.problems.append("%s:%d: %s" % (path, line, message))

    def schema(self, path):
        try:
            run = subprocess.run(["xmllint", "--noout", "--nonet", "--relaxng", SCHEMA, path],
                                 capture_output=True, text=True)
        except FileNotFoundError:
            self.say(path, 1, "not checked against tbx.rng: xmllint not found (Debian: libxml2-utils)")
            return
        if run.returncode == 0:
            return
        found = False
        for text in run.stderr.splitlines():
            m = re.match(r".*?:(\d+): (.*(?:error).*)", text)
            if m:
                found = True
                self.say(path, int(m[1]), "schema: " + m[2])
        if not found:
            self.say(path, 1, "schema: " + (run.stderr.strip() or "xmllint failed"))

    def file(self, path, name=None):
        name = name or path
        with open(path, "rb") as f:
            data = f.read()
        try:
            root = parse(data)
        except xml.parsers.expat.ExpatError as e:
            self.say(name, e.lineno, "not well-formed: %s" % e)
            return
        before = len(self.problems)
        self.schema(path)
        self.problems[before:] = [p.replace(path + ":", name + ":", 1) for p in self.problems[before:]]
        for number, text in enumerate(data.split(b"\n"), 1):
            if b"\t" in text or b"\r" in text:
                self.say(name, number, "tab or carriage return; indent with two spaces, end lines with LF")
        for textNode in root.all("text"):
            for body in textNode.all("body"):
                for entry in body.all("conceptEntry"):
                    self.concept(name, entry)

    def concept(self, path, entry):
        self.concepts += 1
        ident = entry.attrs.get("id", "")
        where = "concept %s: " % (ident or "without id")
        if not ID.fullmatch(ident):
            self.say(path, entry.line, where + "id must match %s" % ID.pattern)
        elif ident in self.ids:
            self.say(path, entry.line, where + "id already used at %s:%d" % self.ids[ident])
        else:
            self.ids[ident] = (path, entry.line)
        fields = entry.all("descrip", "subjectField")
        if not fields:
            self.say(path, entry.line, where + "no subject field")
        for node in fields:
            if node.text not in SUBJECT_FIELDS:
                self.say(path, node.line, where + "undocumented subject field \"%s\"" % node.text)
        for group in entry.all("descripGrp"):
            for node in group.all("admin", "source"):
                if node.text != EDITORIAL:
                    self.say(path, node.line, where + "a definition is our own: source must be editorial")
        langs = [s.attrs.get(XML_LANG, "") for s in entry.all("langSec")]
        for lang in LANGS:
            if lang not in langs:
                self.say(path, entry.line, where + "no language %s" % lang)
        if [x for x in langs if x in LANGS] != sorted(set(langs) & set(LANGS)):
            self.say(path, entry.line, where + "languages must stand once each in the order en, et, lt, ru")
        for section in entry.all("langSec"):
            self.language(path, where, ident, section)

    def language(self, path, where, ident, section):
        lang = section.attrs.get(XML_LANG, "")
        if lang not in LANGS:
            self.say(path, section.line, where + "unknown language \"%s\"" % lang)
            return
        preferred = 0
        for sec in section.all("termSec"):
            for node in sec.all("term")[:1]:
                preferred += self.term(path, where, ident, lang, sec, node)
        if preferred != 1:
            self.say(path, section.line, where + "%d preferred terms in %s, must be one" % (preferred, lang))

    def term(self, path, where, ident, lang, sec, node):
        self.terms += 1
        term = node.text
        where = "%s%s \"%s\": " % (where, lang, term)
        if term != term.strip() or re.search(r"\s\s|[^\S ]", term) or not term.strip():
            self.say(path, node.line, where + "stray white space")
        if term != unicodedata.normalize("NFC", term):
            self.say(path, node.line, where + "not in Unicode normal form NFC")
        problem = script_problem(unicodedata.normalize("NFC", term), lang)
        if problem:
            self.say(path, node.line, where + problem)
        key = (lang, fold(term.strip()))
        if key in self.seen:
            other, file, line = self.seen[key]
            self.say(path, node.line, where + "same term as in concept %s at %s:%d" % (other, file, line))
        else:
            self.seen[key] = (ident, path, node.line)

        values = {}
        for note in sec.all("termNote"):
            kind = note.attrs.get("type", "")
            if kind not in VALUES:
                self.say(path, note.line, where + "undocumented category \"%s\"" % kind)
            elif note.text not in VALUES[kind]:
                self.say(path, note.line, where + "undocumented value \"%s\" of %s" % (note.text, kind))
            if kind in values:
                self.say(path, note.line, where + "%s given twice" % kind)
            values[kind] = note.text
        for kind, label in REQUIRED.items():
            if kind not in values:
                self.say(path, sec.line, where + "no %s" % label)
        sources = sec.all("admin", "source")
        if not sources:
            self.say(path, sec.line, where + "no source")
        for src in sources:
            problem = source_problem(src.text, lang)
            if problem is None and src.text == EDITORIAL and values.get("processStatus") == "finalized":
                problem = "editorial source, but process status finalized"
            if problem is None and self.shared:
                problem = self.shared.problem(src.text, term, lang)
            if problem:
                self.say(path, src.line, where + problem)
        return values.get("administrativeStatus") == "preferredTerm-admn-sts"


def main(argv=None, out=print):
    ap = argparse.ArgumentParser(description="checks the termbases")
    ap.add_argument("--shared", metavar="DIR", help="also look up the sources in this data folder")
    ap.add_argument("files", nargs="*")
    args = ap.parse_args(argv)
    files = args.files or sorted(
        os.path.join(HERE, f) for f in os.listdir(HERE) if f.endswith(".tbx"))
    shared = None
    if args.shared and os.path.isdir(args.shared):
        shared = Shared(args.shared)
    elif args.shared:
        out("SKIPPED: sources not looked up, no folder %s" % args.shared)
    checker = Checker(shared)
    if not files:
        checker.say(HERE, 0, "no *.tbx files")
    for path in files:
        checker.file(path, os.path.relpath(path))
    for problem in checker.problems:
        out(problem)
    if shared:
        for path in sorted(shared.missing):
            out("SKIPPED: sources not looked up, no file %s" % path)
    out("%s concepts, %s terms, %d problem%s" % (
        format(checker.concepts, ","), format(checker.terms, ","), len(checker.problems),
        "" if len(checker.problems) == 1 else "s"))
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())
