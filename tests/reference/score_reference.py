#!/usr/bin/env python3
"""The score of Sild, written again from its description as plainly as possible, to check the server's.

usage: score_reference.py tests/data/score_vectors.tsv
Reads query, candidate and language from the file and writes the file again with the score that this program
computes, so that `git diff` shows what a change of the rules does. Needs nothing but Python 3.

Tab-separated; a line that begins with # is a comment. In the texts \\uXXXX stands for characters that are hard to see.
"""
import re
import sys
import unicodedata

WEIGHT = {'word': 100, 'number': 100, 'tag': 100, 'punctuation': 50}
DOUBLE_QUOTES = '\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033'
SINGLE_QUOTES = '\u2018\u2019\u201a\u2032`\u00b4'
DASHES = '\u2010\u2011\u2012\u2013\u2014\u2212'
SET_ASIDE = '\u00ad\u0301\u200c\u200d'
UNSEEN = '\u200b\u2060\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'
WORD_JOINERS = "'\u2019&_~\u00ad\u02bc\u200c\u200d"
NUMBER_JOINERS = '.,:\u00a0\u202f'
UNSPACED = ('CJK UNIFIED', 'CJK COMPATIBILITY IDEOGRAPH', 'IDEOGRAPHIC ITERATION', 'HIRAGANA', 'KATAKANA',
            'HALFWIDTH KATAKANA', 'THAI', 'LAO', 'KHMER', 'MYANMAR')
PLACEHOLDERS = [re.compile(pattern, re.ASCII) for pattern in (
    r'</?[A-Za-z][^<>]{0,197}>',
    r'%\([A-Za-z0-9_.-]+\)[A-Za-z]?',
    r'%\{[A-Za-z0-9_.-]+\}',
    r'%[A-Z][A-Z_]{2,}',
    r'%L?(?:[0-9]+\$)?[-+#0]*[0-9.*]*[lhzqL]*[diouxXeEfFgGcsSpn@](?!LETTER)',
    r'%L?[0-9]{1,2}(?![0-9$])',
    r'\$?\{[A-Za-z0-9_.:-]{0,40}\}',
    r'\$\([A-Za-z0-9_.:-]{0,40}\)',
    r'\$[A-Za-z][A-Za-z0-9_]*',
    r'&#?[A-Za-z0-9_]{1,10};')]
PRINTF = 4


def category(c):
    return unicodedata.category(c)


def is_space(c):
    return (c.isspace() and c not in '\x1c\x1d\x1e\x1f') or c in UNSEEN


def is_unspaced(c):
    return category(c)[0] == 'L' and unicodedata.name(c, '').startswith(UNSPACED)


def is_letter(c):
    return (category(c)[0] in 'LM' or category(c) == 'Nl') and not is_unspaced(c)


def is_digit(c):
    return category(c) == 'Nd'


def extends(c):
    return category(c)[0] == 'M' or c in '\u200c\u200d\u0e33\u0eb3' or '\U0001f3fb' <= c <= '\U0001f3ff'


def is_flag_letter(c):
    return '\U0001f1e6' <= c <= '\U0001f1ff'


def placeholder(text, at):
    for number, pattern in enumerate(PLACEHOLDERS):
        if number == PRINTF:
            pattern = re.compile(pattern.pattern.replace('(?!LETTER)', ''))
        found = pattern.match(text, at)
        if found and not (number == PRINTF and found.end() < len(text) and
                          (is_letter(text[found.end()]) or is_unspaced(text[found.end()]))):
            return found.group()
    return ''


def cluster(text, at):
    end = at + 1
    if is_flag_letter(text[at]) and end < len(text) and is_flag_letter(text[end]):
        end += 1
    while end < len(text) and (extends(text[end]) or
                               (text[end - 1] == '\u200d' and category(text[end]) == 'So' and category(text[at]) == 'So')):
        end += 1
    return text[at:end]


def fold_char(c):
    if c in DOUBLE_QUOTES:
        return '"'
    if c in SINGLE_QUOTES:
        return "'"
    if c in DASHES:
        return '-'
    for folded in (c.casefold(), c.lower()):
        if len(folded) == 1:
            return folded
    return c


def fold(text):
    return ''.join(fold_char(c) for c in text if c not in SET_ASIDE) or text


def word(text, at):
    end, has_letter = at, False
    while end < len(text):
        c, after = text[end], text[end + 1:end + 2]
        if is_letter(c):
            has_letter = True
        elif is_digit(c):
            pass
        elif after and c in WORD_JOINERS and (is_letter(after) or is_digit(after)) and not (
                c == '&' and placeholder(text, end)):
            pass
        elif after and not has_letter and c in NUMBER_JOINERS and is_digit(after):
            pass
        else:
            break
        end += 1
    return ('word' if has_letter else 'number'), text[at:end]


def tokens(text):
    """List of (class, surface, folded)."""
    result, at = [], 0
    while at < len(text):
        c = text[at]
        if is_space(c):
            at += 1
            continue
        tag = placeholder(text, at)
        if tag:
            result.append(('tag', tag, tag))
            at += len(tag)
        elif is_unspaced(c):
            surface = cluster(text, at)
            result.append(('word', surface, fold(surface)))
            at += len(surface)
        elif is_letter(c) or is_digit(c):
            kind, surface = word(text, at)
            result.append((kind, surface, fold(surface)))
            at += len(surface)
        else:
            one = cluster(text, at)
            surface = one
            while cluster(text + ' ', at + len(surface)) == one and at + len(surface) < len(text):
                surface += one
            folded = surface if len(one) > 1 else fold_char(one)
            if one == '\u2026' or (one == '.' and len(surface) > 1):
                folded = '\u2026'
            result.append(('punctuation', surface, folded))
            at += len(surface)
    return result


def word_edits(a, b):
    """Insert, delete, replace, swap neighbours; nothing is touched twice."""
    d = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i == 0 or j == 0:
                d[i][j] = i + j
                continue
            d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return d[len(a)][len(b)]


def replace_cost(a, b):
    if a[0] != b[0]:
        return max(WEIGHT[a[0]], WEIGHT[b[0]])
    if a[1] == b[1]:
        return 0
    if a[2] == b[2]:
        return WEIGHT[a[0]] * 30 // 100
    if a[0] == 'number':
        return 30
    if a[0] == 'tag':
        return 50
    if a[0] == 'punctuation':
        return 50
    longer, shorter = max(len(a[2]), len(b[2])), min(len(a[2]), len(b[2]))
    edits = word_edits(a[2], b[2])
    if shorter < 3 or edits > longer * 4 // 10:
        return 100
    return min(100, 40 + (60 * edits + longer // 2) // longer)


def distance(a, b):
    d = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = [0] if i == j == 0 else []
            if i:
                ways.append(d[i - 1][j] + WEIGHT[a[i - 1][0]])
            if j:
                ways.append(d[i][j - 1] + WEIGHT[b[j - 1][0]])
            if i and j:
                ways.append(d[i - 1][j - 1] + replace_cost(a[i - 1], b[j - 1]))
            d[i][j] = min(ways)
    return d[len(a)][len(b)]


def score_tenths(query, candidate):
    query, candidate = unicodedata.normalize('NFC', query), unicodedata.normalize('NFC', candidate)
    if query == candidate:
        return 1000
    a, b = tokens(query), tokens(candidate)
    weight = max(sum(WEIGHT[t[0]] for t in a), sum(WEIGHT[t[0]] for t in b))
    if weight == 0:
        return 0
    return min(999, max(0, weight - distance(a, b)) * 1000 // weight)


def unescape(text):
    return re.sub(r'\\u([0-9A-Fa-f]{4})', lambda m: chr(int(m.group(1), 16)), text)


def main(path):
    lines = []
    with open(path, encoding='utf-8', newline='\n') as file:
        for line in file.read().splitlines():
            if line and not line.startswith('#'):
                query, candidate, language = line.split('\t')[:3]
                tenths = score_tenths(unescape(query), unescape(candidate))
                line = f'{query}\t{candidate}\t{language}\t{tenths // 10}.{tenths % 10}'
            lines.append(line)
    with open(path, 'w', encoding='utf-8', newline='\n') as file:
        file.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main(sys.argv[1])
