#!/usr/bin/env python3
"""Tests of check.py with small broken samples: python3 glossaries/check_test.py"""
import os
import shutil
import tempfile
import unicodedata
import unittest

import check

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Sild" style="dca" xml:lang="en">
  <tbxHeader>
    <fileDesc>
      <titleStmt>
        <title>Sample</title>
      </titleStmt>
      <sourceDesc>
        <p>Sample</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
TAIL = """    </body>
  </text>
</tbx>
"""
TERMS = {"en": "Belarus", "et": "Valgevene", "lt": "Baltarusija", "ru": "Беларусь"}


def term_sec(term, source="editorial", process="provisionallyProcessed",
             admin="preferredTerm-admn-sts", pos="noun"):
    return """          <termSec>
            <term>%s</term>
            <termNote type="partOfSpeech">%s</termNote>
            <termNote type="administrativeStatus">%s</termNote>
            <termNote type="processStatus">%s</termNote>
            <admin type="source">%s</admin>
          </termSec>
""" % (term, pos, admin, process, source)


def entry(ident="belarus", secs=None, field="countries", langs=("en", "et", "lt", "ru")):
    secs = secs or {}
    text = '      <conceptEntry id="%s">\n' % ident
    text += '        <descrip type="subjectField">%s</descrip>\n' % field
    for lang in langs:
        text += '        <langSec xml:lang="%s">\n' % lang
        text += secs.get(lang) or term_sec(TERMS[lang])
        text += "        </langSec>\n"
    return text + "      </conceptEntry>\n"


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)

    def write(self, name, text):
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
        return path

    def run_check(self, *bodies, shared=False):
        files = [self.write("%d.tbx" % i, b if b.startswith("<?xml") else HEAD + b + TAIL)
                 for i, b in enumerate(bodies)]
        lines = []
        options = ["--shared", self.dir if shared is True else shared] if shared else []
        code = check.main(options + files, out=lines.append)
        return code, lines

    def bad(self, expected, *bodies, shared=False):
        code, lines = self.run_check(*bodies, shared=shared)
        self.assertEqual(code, 1, lines)
        self.assertTrue(any(expected in line for line in lines), lines)
        return lines

    def test_good(self):
        self.assertEqual(self.run_check(entry()), (0, ["1 concepts, 4 terms, 0 problems"]))

    def test_message_has_file_and_line(self):
        lines = self.bad("undocumented subject field", entry(field="fishing"))
        self.assertRegex(lines[0], r"0\.tbx:16: concept belarus: ")
        self.assertEqual(lines[-1], "1 concepts, 4 terms, 1 problem")

    def test_not_well_formed(self):
        self.bad("not well-formed", "<oops>")

    def test_schema(self):
        self.bad("schema: ", entry().replace("<term>Belarus</term>", "<term>Belarus</term><hi>x</hi>"))
        self.bad("schema: ", (HEAD + entry() + TAIL).replace("TBX-Sild", "TBX-Basic"))
        self.bad("schema: ", entry().replace('type="partOfSpeech"', 'type="wordClass"', 1))

    def test_language_missing_or_out_of_order(self):
        self.bad("no language lt", entry(langs=("en", "et", "ru")))
        self.bad("in the order", entry(langs=("et", "en", "lt", "ru")))

    def test_something_missing(self):
        for kind, label in [("partOfSpeech", "part of speech"), ("processStatus", "process status"),
                            ("administrativeStatus", "administrative status")]:
            lines = [x for x in entry().split("\n")]
            first = next(i for i, x in enumerate(lines) if kind in x)
            self.bad("no " + label, "\n".join(lines[:first] + lines[first + 1:]))
        self.bad("no source", entry().replace('<admin type="source">editorial</admin>', "", 1))
        self.bad("no subject field", entry().replace('<descrip type="subjectField">countries</descrip>', ""))

    def test_values(self):
        self.bad("undocumented value \"properNoun\"", entry(secs={"en": term_sec("Belarus", pos="properNoun")}))
        self.bad("undocumented source \"Wikipedia\"",
                 entry(secs={"en": term_sec("Belarus", "Wikipedia", "finalized")}))
        self.bad("has no language lt", entry(secs={"lt": term_sec("Baltarusija", "WMT18 en-et lt 5")}).replace(
            "WMT18 en-et lt 5", "WMT13 en-ru lt 5"))
        self.bad("line of language en", entry(secs={"lt": term_sec("Baltarusija", "NTREX en 5")}))
        self.bad("editorial source, but process status finalized",
                 entry(secs={"et": term_sec("Valgevene", process="finalized")}))

    def test_preferred(self):
        self.bad("0 preferred terms in en", entry(secs={"en": term_sec("Belarus", admin="admittedTerm-admn-sts")}))
        self.bad("2 preferred terms in en", entry(secs={"en": term_sec("Belarus") + term_sec("Belorussia")}))

    def test_ids(self):
        self.bad("id must match", entry(ident="Ö"))
        other = entry().replace("Belarus", "Bx").replace("Valgevene", "Vx").replace("Baltarusija", "Lx") \
                       .replace("Беларусь", "Хх")
        self.bad("id already used", entry(), other)

    def test_duplicate_terms(self):
        twice = entry(secs={"en": term_sec("Belarus") + term_sec("BELARUS", admin="admittedTerm-admn-sts")})
        self.bad("same term as in concept belarus", twice)
        other = entry(ident="other", secs={"en": term_sec("Bx"), "et": term_sec("Vx"), "lt": term_sec("Lx")})
        self.bad("same term as in concept belarus", entry() + other)
        self.bad("same term as in concept belarus", entry(), other)
        self.bad("same term as in concept a", entry(ident="a", secs={"ru": term_sec("Горбачёв")}),
                 entry(ident="b", secs={"en": term_sec("Bx"), "et": term_sec("Vx"), "lt": term_sec("Lx"),
                                        "ru": term_sec("Горбачев")}))

    def test_characters(self):
        self.bad("stray white space", entry(secs={"en": term_sec(" Belarus")}))
        self.bad("stray white space", entry(secs={"en": term_sec("White  Russia")}))
        self.bad("stray white space", entry(secs={"en": term_sec("White\u00a0Russia")}))
        self.bad("NFC", entry(secs={"lt": term_sec(unicodedata.normalize("NFD", "Lietuvių kalba"))}))
        self.bad("CYRILLIC", entry(secs={"en": term_sec("Bel\u0430rus")}))
        self.bad("LATIN", entry(secs={"ru": term_sec("Бел\u0061русь")}))
        self.bad("tab or carriage return", entry().replace("        <descrip", "\t<descrip"))

    def test_latin_names_in_russian(self):
        self.assertEqual(self.run_check(entry(secs={"ru": term_sec("пандемия COVID-19")}))[0], 0)
        self.bad("LATIN", entry(secs={"ru": term_sec("пандемия COVID-20")}))

    def shared(self):
        head = "domain\tid\ten\tet\tlt\tru\tnote\n"
        self.write("terms/cldr.tsv", head + "cldr-territory\tBY\tBelarus\tValgevene\tBaltarusija\tБеларусь\t\n")
        self.write("terms/iso-codes.tsv", head + "iso_639-2\tspa\tSpanish; Castilian\t\t\tиспанский\t\n")
        self.write("ntrex/lt.txt", "Apie orą.\nKaimyninėje Baltarusijoje protestai.\n")

    def test_sources(self):
        self.shared()
        good = entry(secs={
            "en": term_sec("Belarus", "CLDR 41: cldr-territory BY", "finalized")
            + term_sec("Castilian", "iso-codes 4.15: iso_639-2 spa", "finalized", "admittedTerm-admn-sts"),
            "lt": term_sec("Baltarusija", "NTREX lt 2", "finalized")})
        self.assertEqual(self.run_check(good, shared=True)[0], 0)
        self.bad("does not contain", good.replace("NTREX lt 2", "NTREX lt 1"), shared=True)
        self.bad("no such line", good.replace("NTREX lt 2", "NTREX lt 20"), shared=True)
        self.bad("no such row", good.replace("cldr-territory BY", "cldr-territory XX"), shared=True)
        self.bad("has \"Belarus\", not", good.replace("<term>Belarus<", "<term>Belorussia<"), shared=True)

    def test_sources_absent(self):
        self.shared()
        body = entry(secs={"et": term_sec("Valgevene", "NTREX et 2", "finalized")})
        code, lines = self.run_check(body, shared=True)
        self.assertEqual(code, 0)
        self.assertTrue(any("SKIPPED" in x and "et.txt" in x for x in lines), lines)
        code, lines = self.run_check(body, shared=os.path.join(self.dir, "nowhere"))
        self.assertEqual(code, 0)
        self.assertTrue(any("SKIPPED" in x and "nowhere" in x for x in lines), lines)

    def test_inflected_forms(self):
        for lang, term, text in [
                ("en", "sphere of influence", "two spheres of influence"),
                ("et", "Euroopa Liit", "Euroopa Liit"), ("et", "pagulane", "pagulastele"),
                ("et", "EL", "ELi liige"), ("et", "Riigikogu", "Riigikogus"),
                ("lt", "Europos Parlamentas", "Europos Parlamento rinkimai"),
                ("lt", "Konstitucinis Teismas", "Konstituciniam Teismui"),
                ("ru", "сфера влияния", "раздел сфер влияния"), ("ru", "Путин", "с Путиным"),
                ("ru", "Совет Безопасности ООН", "Совета Безопасности ООН")]:
            self.assertTrue(check.contains(text, term, lang), (lang, term, text))
        for lang, term, text in [
                ("en", "Donbas", "the Donbass"), ("en", "ally", "all"), ("en", "US", "us"),
                ("et", "Riigikogu", "Riigikohus"), ("lt", "Europolas", "Europos"),
                ("ru", "Вена", "Венгрия"), ("ru", "Европол", "Европой"), ("ru", "Запад", "запад")]:
            self.assertFalse(check.contains(text, term, lang), (lang, term, text))


if __name__ == "__main__":
    unittest.main()
