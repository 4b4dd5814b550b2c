"""Makes core/src/test/resources/pilothouse/templates/jinja/golden/jinja.json with Python's jinja2 (3.1.6).

The environment is that of Hugging Face transformers: immutable sandbox, trim_blocks, lstrip_blocks, loop controls,
its tojson, raise_exception, strftime_now. One thing is stricter, as the interpreter under test is: what is undefined
cannot become text. Run from the project's root: python3 core/src/test/python/jinja_golden.py
"""
import datetime
import json
import pathlib

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from chat_shapes import CHATS, SHAPES

TARGET = pathlib.Path("core/src/test/resources/pilothouse/templates/jinja/golden/jinja.json")


class Strict(jinja2.Undefined):
    __str__ = jinja2.Undefined._fail_with_undefined_error


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, undefined=Strict,
                                        extensions=[Generation, "jinja2.ext.loopcontrols"])
    env.filters["tojson"] = tojson
    env.filters["from_json"] = json.loads
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda f: datetime.datetime(2026, 7, 4, 9, 5, 3).strftime(f)
    return env


PLAIN = {
    "n": 7, "x": 2.5, "yes": True, "no": False, "nothing": None, "empty": "", "s": "  Hello, World \n", "w": "naïve Ünï 你好 👍 z",
    "q": "it's \"quoted\" \\ \t <b>&amp;</b>", "xs": [3, 1, 2], "words": ["pear", "Apple", "fig", "apple"], "none_list": [],
    "d": {"b": 1, "a": [1, 2.0, None, True], "C": {"k": "v"}}, "nested": [[1, [2, 3]], [4, [5, 6]]],
    "people": [{"name": "Ada", "age": 36, "tags": ["x"]}, {"name": "bob", "age": 7}, {"name": "Cy", "age": 36, "tags": []}],
    "mixed": [0, 1, "", "a", None, [], [0], False], "param": {"type": "array", "items": {"type": "string"}},
    "big": 1e16, "small": 0.00001, "third": 1 / 3, "floats": [1.0, 0.1, 1e22, 123456789.125, -0.5],
}

CASES = {
    "output": """{{ n }}|{{ x }}|{{ yes }}|{{ no }}|{{ nothing }}|{{ empty }}|{{ s }}
{{ big }} {{ small }} {{ third }} {{ floats }}
{{ d }}
{{ xs }} {{ (1,) }} {{ (1, 2) }} {{ () }} {{ [] }} {{ {} }}
{{ q }}
{{ [q] }} {{ ["it's"] }} {{ ['a"b'] }} {{ ["\\u200b\\x07\\xa0é👍"] }}
{{ missing }}
{{ d.missing }}
{{ 'a' ~ missing }}
{{ missing.x }}
{{ missing[0] }}
{{ [missing] }}
{{ 1 if no }}
{{ 1, 2 }}
{{ true }} {{ True }} {{ false }} {{ none }} {{ None }}
{{ 1_000 }} {{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 1.5e3 }} {{ 1e3 }} {{ 2.50 }}
{{ 'a' 'b' "c" }}
{{ 'tab\\tnl\\nq\\'x\\x41\\u00e9\\U0001F44D\\101\\q' }}
{{ 'line
break' }}
{{ -n }} {{ +n }} {{ - 3 }} {{ --n }}
{{ [1, 2,] }} {{ {'a': 1,} }}""",
    "math": """{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ 2 ** 3 }} {{ 2 ** -1 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }}
{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 10 - 4 - 3 }}
{{ 'ab' * 3 }} {{ 2 * 'ab' }} {{ [0] * 3 }} {{ 'x' * -1 }}
{{ 'a' + 'b' }} {{ [1] + [2] }} {{ (1,) + (2,) }} {{ 1 + 1.5 }} {{ true + 1 }}
{{ 'a' + 1 }}
{{ 'a' + nothing }}
{{ 1 + 'a' }}
{{ [1] + (2,) }}
{{ 1 // 0 }}
{{ nothing + 1 }}
{{ 'a' ~ 1 ~ nothing ~ true ~ 1.0 ~ [1] }}
{{ 1 ~ 2 + 3 }}
{{ '%s has %d' % ('x', 3) }} {{ '100%% %s' % 'y' }}
{{ '%s' % () }}
{{ n % 2 == 1 }} {{ n is odd }} {{ n is even }} {{ n is divisibleby 7 }} {{ n is divisibleby(2) }}""",
    "compare": """{{ 1 == 1.0 }} {{ 1 == true }} {{ 'a' == 'a' }} {{ [1] == [1] }} {{ [1] == (1,) }} {{ {'a': 1} == {'a': 1.0} }} {{ nothing == none }} {{ 1 == '1' }}
{{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 'a' < 'b' }} {{ 'Z' < 'a' }} {{ [1, 2] < [1, 3] }} {{ 1 <= 1.0 }} {{ 2 >= 3 }} {{ 1 != 2 }}
{{ 'el' in s }} {{ 'zz' in s }} {{ 'zz' not in s }} {{ 3 in xs }} {{ 'a' in d }} {{ '' in 'abc' }} {{ not 3 in xs }} {{ 2 in (1, 2) }}
{{ 1 < 'a' }}
{{ 1 in 'a1' }}
{{ 1 in nothing }}
{{ missing == 1 }} {{ missing == missing2 }} {{ 1 in missing }}
{{ missing < 1 }}
{{ not yes }} {{ not no }} {{ yes and no }} {{ yes or no }} {{ empty or 'e' }} {{ n and 'e' }} {{ nothing or none_list or 'last' }} {{ missing or 'm' }}
{{ 1 if yes else 2 }} {{ 1 if no else 2 if no else 3 }} {{ (1 if no) is defined }} {{ 'a' if missing else 'b' }}
{{ not yes or yes }} {{ yes and not no and n > 3 }} {{ 1 == 1 and 2 == 2 }} {{ not n == 7 }}""",
    "attributes": """{{ d.b }} {{ d['b'] }} {{ d.C.k }} {{ d['C']['k'] }} {{ xs[0] }} {{ xs[-1] }} {{ xs.0 }} {{ w[0] }} {{ w[-1] }} {{ w[10] }} {{ w[13] }}
{{ xs[9] is defined }} {{ d.zz is defined }} {{ d['zz'] is defined }} {{ n.foo is defined }} {{ nothing.foo is defined }} {{ xs.foo is defined }}
{{ param.items is mapping }} {{ param['items'] is mapping }} {{ d['items'] is defined }} {{ d['items'] is mapping }} {{ d.items is defined }} {{ d.keys is string }}
{{ xs['a'] is defined }} {{ w['a'] is defined }} {{ d[1] is defined }}
{{ nothing[0] is defined }} {{ n[0] is defined }}
{{ people[0].name }} {{ people[0]['tags'][0] }} {{ people[-1].name[0] }} {{ nested[1][1][0] }}""",
    "slices": """{{ xs[1:] }} {{ xs[:1] }} {{ xs[:-1] }} {{ xs[::-1] }} {{ xs[::2] }} {{ xs[-2:] }} {{ xs[5:] }} {{ xs[2:0:-1] }} {{ xs[:] }} {{ xs[1:2] }} {{ xs[-9:9] }}
{{ w[1:3] }}|{{ w[::-1] }}|{{ w[-3:] }}|{{ w[:5] }}|{{ w[::3] }}|{{ w[10:11] }}|{{ w[13:14] }}|{{ w[100:] }}|{{ w[3:1] }}
{{ (1, 2, 3)[1:] }} {{ 'abc'[none:none] }} {{ words[1:][0] }} {{ xs[n:] }} {{ xs[-1:0:-1] }}
{{ xs[::0] }}
{{ d[1:] }}
{{ n[1:] }}
{{ missing[1:] }}
{{ xs['a':] }}""",
    "filters1": """{{ d | tojson }}
{{ d | tojson(indent=2) }}
{{ d | tojson(indent=4) }} {{ xs | tojson(indent=1) }} {{ [] | tojson(indent=2) }} {{ {} | tojson }}
{{ q | tojson }} {{ w | tojson }} {{ w | tojson(ensure_ascii=true) }} {{ '\\x7f\\x01\\u2028/' | tojson }}
{{ d | tojson(separators=(',', ':')) }} {{ d | tojson(sort_keys=true) }} {{ d | tojson(separators=(', ', ' = '), indent=2) }}
{{ floats | tojson }} {{ nothing | tojson }} {{ yes | tojson }} {{ 1 | tojson }} {{ {'a': {}} | tojson }} {{ (1, 'a') | tojson }}
{{ missing | tojson }}
{{ xs | length }} {{ w | length }} {{ d | length }} {{ empty | count }} {{ missing | length }} {{ xs | count }} {{ '👍' | length }}
{{ n | length }}
{{ nothing | length }}
[{{ s | trim }}] [{{ 'xxaxx' | trim('x') }}] [{{ '\\u00a0a\\u3000' | trim }}] [{{ n | trim }}] [{{ '--a-b--' | trim('-') }}]
{{ missing | trim }}
{{ n | string }} {{ xs | string }} {{ nothing | string }} {{ (n | string) is string }} {{ yes | string }} {{ 1.0 | string }}
{{ missing | string }}
{{ missing | default('x') }} {{ nothing | default('x') }} {{ empty | default('x') }}| {{ empty | default('x', true) }} {{ nothing | default('x', boolean=true) }} {{ missing | d('y') }} {{ d.zz | default([]) }} {{ missing | default }}|
{{ missing.a | default('x') }}
{{ xs | join }} {{ xs | join(', ') }} {{ words | join('-') }} {{ people | join(', ', attribute='name') }} {{ 'abc' | join('.') }} {{ [] | join(',') }} {{ d | join(',') }} {{ [nothing, 1.5] | join(' ') }}
{{ [missing] | join }}
{{ n | join }}""",
    "filters2": """{% for k, v in d | items %}{{ k }}={{ v }};{% endfor %} {% for k, v in missing | items %}x{% endfor %}
{{ xs | items | list }}
{{ 'abc' | list }} {{ d | list }} {{ missing | list }} {{ (1, 2) | list }} {{ d.items() | list }}
{{ nothing | list }}
{{ people | selectattr('age', 'equalto', 36) | map(attribute='name') | list }} {{ people | selectattr('tags') | map(attribute='name') | list }} {{ people | rejectattr('tags') | map(attribute='name') | join(',') }}
{{ people | selectattr('tags', 'defined') | list | length }} {{ people | rejectattr('tags', 'defined') | map(attribute='age') | list }} {{ people | selectattr('age', 'gt', 10) | map(attribute='name') | list }} {{ people | selectattr('name', 'in', ['Ada', 'Cy']) | list | length }} {{ people | selectattr('age', '==', 7) | first }}
{{ mixed | select | list }} {{ mixed | reject | list }} {{ mixed | select('string') | list }} {{ mixed | reject('none') | list }} {{ xs | select('odd') | list }} {{ xs | reject('equalto', 1) | list }} {{ xs | select('ge', 2) | list }} {{ xs | select('ne', 2) | list }} {{ xs | select('<', 3) | list }}
{{ q | safe }} {{ n | safe }}
{{ d | dictsort }} {{ d | dictsort(case_sensitive=true) | list }} {{ {'a': 3, 'b': 1} | dictsort(by='value') }} {{ {'a': 3, 'b': 1} | dictsort(false, 'key', true) }} {{ {'a': 3, 'b': 1} | dictsort(reverse=true) }}
{{ s | lower }} {{ w | upper }} {{ n | upper }} {{ 'ß' | upper }} {{ 'hELLO wORLD' | capitalize }} {{ '' | capitalize }}
{{ words | map('upper') | list }} {{ words | map('length') | list }} {{ words | map('replace', 'p', 'b') | join(' ') }} {{ people | map(attribute='tags', default='-') | list }} {{ people | map(attribute='tags.0', default='-') | list }} {{ nested | map(attribute=0) | list }} {{ nested | map('first') | list }} {{ [' a ', 'b '] | map('trim') | list }} {{ xs | map('string') | list }}
{{ people | map(attribute='tags') | list | length }}
{{ people | map(attribute='tags.0') | list }}
{{ xs | map('nope') | list }}
{{ 'aXbXc' | replace('X', '-') }} {{ 'aaa' | replace('a', 'b', 2) }} {{ 'abc' | replace('', '-') }} {{ n | replace('7', 'seven') }} {{ 'abc' | replace('z', 'y') }} {{ '<a>' | replace('<', '') }}
{{ '{"a": [1, 2.5, null, true, "x"]}' | from_json }} {{ '[1]' | from_json | first }}
{{ 'nope' | from_json }}
{{ xs | min }} {{ xs | max }} {{ words | min }} {{ words | max }} {{ people | max(attribute='age') }} {{ [] | min is defined }} {{ ['B', 'a'] | min(case_sensitive=true) }}
{{ 'a\\nb\\n\\nc' | indent }}|{{ 'a\\nb' | indent(2, true) }}|{{ 'a\\n\\nb' | indent(2, blank=true) }}|{{ 'a\\nb\\n' | indent('> ') }}|{{ '' | indent }}|{{ 'a\\r\\nb' | indent(1) }}
{{ [1, 2, 1, '1', 'a', 'A'] | unique | list }} {{ ['a', 'A'] | unique(true) | list }} {{ people | unique(attribute='age') | map(attribute='name') | list }}
{{ xs | sort }} {{ words | sort }} {{ words | sort(reverse=true) }} {{ words | sort(case_sensitive=true) }} {{ people | sort(attribute='age') | map(attribute='name') | list }} {{ 'cab' | sort }} {{ d | sort }}
{{ [1, 'a'] | sort }}
{{ '42' | int }} {{ ' 42 ' | int }} {{ '42.9' | int }} {{ 'x' | int }} {{ 'x' | int(5) }} {{ 3.9 | int }} {{ -3.9 | int }} {{ yes | int }} {{ nothing | int }} {{ '-7' | int }} {{ 'ff' | int(0, 16) }} {{ '1e2' | int }} {{ [] | int(default=9) }}
{{ '2.5' | float }} {{ 'x' | float }} {{ 3 | float }} {{ 'x' | float(1.5) }} {{ -3 | abs }} {{ -2.5 | abs }} {{ '1e2' | float }}
{{ xs | first }} {{ xs | last }} {{ 'abc' | first }} {{ 'abc' | last }} {{ xs | reverse | list }} {{ 'abc👍' | reverse }} {{ [] | first is defined }} {{ d | first }}
{{ [] | first }}
{{ xs | length | string | length }} {{ -3 | abs }} {{ (1 - 3) | abs }} {{ 'a' ~ 'b' | upper }} {{ 'a' + 'b' | upper }} {{ not yes | string }}
{{ 5 | join(missing) }}
{{ xs | join(', ') | upper }} {{ xs | select('even') | map('string') | join }} {{ xs | tojson | length }}""",
    "tests": """{{ n is defined }} {{ missing is defined }} {{ missing is not defined }} {{ missing is undefined }} {{ d.b is defined }} {{ range is defined }} {{ raise_exception is defined }} {{ nothing is defined }}
{% for v in [n, x, yes, nothing, s, xs, d, (1, 2), missing, 'a'] %}{{ v is string }},{{ v is none }},{{ v is mapping }},{{ v is iterable }},{{ v is sequence }},{{ v is number }},{{ v is integer }},{{ v is float }},{{ v is boolean }},{{ v is true }},{{ v is false }};{% endfor %}
{{ d.items() is sequence }} {{ d.items() is iterable }} {{ (xs | map('string')) is iterable }} {{ (xs | map('string')) is sequence }} {{ range(3) is sequence }} {{ d.items is iterable }}
{{ n is eq 7 }} {{ n is equalto(7) }} {{ n is ne 7 }} {{ n is lt 8 }} {{ n is le 7 }} {{ n is gt 7 }} {{ n is ge 7 }} {{ n is in [7] }} {{ n is not in [7] }} {{ 'a' is in 'abc' }} {{ n is greaterthan 3 }} {{ n is lessthan 3 }}
{{ n is string or n is number }} {{ n is not string and n is defined }} {{ not n is string }} {{ n is defined and n is not none }} {{ 'x' if n is defined else 'y' }} {{ xs[0] is odd }} {{ n + 1 is even }} {{ n is none == false }}
{{ 1 is true }} {{ 0 is false }} {{ yes is true }} {{ no is false }} {{ yes is number }} {{ yes is integer }}
{{ missing is odd }}
{{ 'a' is odd }}""",
    "methods": """{{ 'a,b,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'a b c'.split(none, 1) }} {{ ''.split(',') }} {{ ''.split() }} {{ 'abc'.split('z') }} {{ 'a--b'.split('-') }} {{ 'a,b,c'.split(',', maxsplit=1) }} {{ 'x</t>y'.split('</t>')[-1] }} {{ 'a,b'.split(sep=',') }}
{{ 'a,b,c'.rsplit(',', 1) }} {{ 'a\\nb\\r\\nc\\n'.splitlines() }}
{{ 'abc'.split('') }}
[{{ s.strip() }}] [{{ s.lstrip() }}] [{{ s.rstrip() }}] [{{ 'xxaxx'.strip('x') }}] [{{ 'xyax'.lstrip('yx') }}] [{{ 'axyx'.rstrip('yx') }}] [{{ '\\n\\na\\n'.strip('\\n') }}]
{{ 'hello'.startswith('he') }} {{ 'hello'.endswith('lo') }} {{ 'hello'.startswith(('x', 'h')) }} {{ 'hello'.endswith('') }} {{ 'hello'.startswith('lo') }}
{{ 'aXbX'.replace('X', '-') }} {{ 'aXbX'.replace('X', '-', 1) }} {{ 'ab'.replace('', '.') }}
{{ '{} and {}'.format(1, 'x') }} {{ '{1}{0}'.format('a', 'b') }} {{ '{k}'.format(k=2.0) }} {{ '{{{}}}'.format(1) }}
{{ '{}'.format() }}
{{ 'Ab'.upper() }} {{ 'Ab'.lower() }} {{ 'ab cd'.capitalize() }} {{ "they're bill's 3rd"  .title() }} {{ ', '.join(words) }} {{ 'hello'.find('l') }} {{ 'hello'.find('z') }}
{{ ', '.join(xs) }}
{{ d.items() | list }} {{ d.keys() | list }} {{ d.values() | list }} {{ d.get('b') }} {{ d.get('z') }} {{ d.get('z', 5) }} {% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}
{{ n.items() }}
{{ nothing.strip() }}
{{ missing.strip() }}
{{ s.strip().split(',')[0].lower() }} {{ (d.get('a') or [])[0] }} {{ d.get('C', {}).get('k') }}
{{ 'think>x</think>y'.split('</think>')[-1].lstrip('\\n') }} {{ s.strip().endswith('World') }} {{ 'a' in d.keys() }} {{ 1 in d.values() }}""",
    "loops": """{% for i in xs %}{{ i }},{% endfor %}
{% for i in xs %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }};{% endfor %}
{% for i in xs %}{{ loop.previtem }}{% endfor %}
{% for i in xs %}{{ loop.previtem if not loop.first else '-' }}{{ loop.nextitem is defined }}{{ loop.nextitem | default('end') }} {% endfor %}
{% for i in [] %}x{% else %}none{% endfor %} {% for i in missing %}x{% else %}none{% endfor %} {% for i in xs if i > 5 %}x{% else %}none{% endfor %}
{% for i in nothing %}x{% endfor %}
{% for i in n %}x{% endfor %}
{% for i in xs if i != 1 %}{{ i }}{{ loop.length }}{{ loop.last }}{% endfor %}
{% for a, b in [(1, 2), (3, 4)] %}{{ a }}-{{ b }};{% endfor %} {% for (a, b) in [[1, 2]] %}{{ a + b }}{% endfor %} {% for a, (b, c) in nested %}{{ a }}{{ b }}{{ c }};{% endfor %}
{% for a, b in [(1, 2, 3)] %}x{% endfor %}
{% for a, b in [1] %}x{% endfor %}
{% for k in d %}{{ k }}{% endfor %} {% for c in 'añ👍' %}[{{ c }}]{% endfor %} {% for i in range(3) %}{{ i }}{% endfor %} {% for i in range(2, 8, 3) %}{{ i }}{% endfor %} {% for i in range(3, 0, -1) %}{{ i }}{% endfor %}
{% for i in range(200000) %}{% endfor %}
{% for i in xs %}{% if i == 1 %}{% break %}{% endif %}{{ i }}{% endfor %} {% for i in xs %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% endfor %} {% for i in xs %}{% for j in xs %}{% if j == 1 %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %}{% endfor %}
{% set x = 0 %}{% for i in xs %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}
{% set ns = namespace(x=0, l=[]) %}{% for i in xs %}{% set ns.x = ns.x + i %}{% set ns.l = ns.l + [i] %}{% endfor %}{{ ns.x }}{{ ns.l }}
{% for i in xs %}{% set outer = loop %}{% for j in 'ab' %}{{ outer.index }}{{ loop.index }} {% endfor %}{{ loop.index }}{% endfor %}
{% for i in xs %}{% endfor %}{{ i is defined }} {{ loop is defined }}
{% for i in 1, 2, 3 %}{{ i }}{% endfor %} {% for i in xs | sort %}{{ i }}{% endfor %} {% for i in xs + [9] %}{{ i }}{% endfor %} {% for i in (xs if yes else []) %}{{ i }}{% endfor %} {% for m in people[::-1] %}{{ m.name }}{% endfor %} {% for p in people if p.tags %}{{ p.name }}{% endfor %}
{% for i in xs %}{{ loop.foo is defined }}{% break %}{% endfor %} {% for n in xs %}{{ n }}{% endfor %}{{ n }} {% for i in xs -%} {{ i }} {%- endfor %}
{% set g = xs | map('string') %}{{ g | list }}{{ g | list }} {% for i in xs %}{{ loop | length }}{% break %}{% endfor %}""",
    "statements": """{% if yes %}a{% elif no %}b{% else %}c{% endif %} {% if no %}a{% elif yes %}b{% else %}c{% endif %} {% if no %}a{% elif no %}b{% else %}c{% endif %} {% if missing %}a{% endif %} {% if xs and d %}a{% endif %} {% if not empty %}e{% endif %}
{% set a = 1 %}{{ a }} {% set a, b = 1, 2 %}{{ a }}{{ b }} {% set (a, b) = [3, 4] %}{{ a }}{{ b }} {% set t = 1, 2 %}{{ t }} {% if yes %}{% set z = 5 %}{% endif %}{{ z }} {% set a = 'x' if no else 'y' %}{{ a }}
{% set a, b = [1] %}
{% set a.b = 1 %}
{% set d.b = 1 %}
{% set b %}  text {{ n }} {% endset %}[{{ b }}] {% set b | upper %}ab{% endset %}{{ b }} {% set b | trim | length %} ab {% endset %}{{ b + 1 }} {% set b %}{% for i in xs %}{{ i }}{% endfor %}{% endset %}{{ b }}
{% filter upper %}ab{{ s }}{% endfilter %} {% filter replace('a', 'o') | trim %} banana {% endfilter %} {% filter indent(2) %}a
b{% endfilter %}
{% macro m(a, b=2, c=none) %}[{{ a }},{{ b }},{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(1, c=4) }}{{ m(b=5, a=6) }}{{ m('x') | upper }}{{ m(1) ~ m(2) }}
{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }} {% macro k(a, b=a) %}{{ b }}{% endmacro %}{{ k(3) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}
{% macro m(a) %}x{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}x{% endmacro %}{{ m(z=2) }}
{% macro fact(n) %}{% if n < 2 %}1{% else %}{{ n * (fact(n - 1) | int) }}{% endif %}{% endmacro %}{{ fact(5) }}
{% macro deep(n) %}{{ deep(n + 1) }}{% endmacro %}{{ deep(0) }}
{% set g = 'global' %}{% macro m() %}{{ g }}{{ xs | length }}{% endmacro %}{{ m() }} {% macro outer() %}{{ inner('i') }}{% endmacro %}{% macro inner(x) %}<{{ x }}>{% endmacro %}{{ outer() }}
{% macro m() %}{% set inside = 1 %}{% endmacro %}{{ m() }}{{ inside is defined }} {% for i in xs %}{% macro mm(x) %}{{ x * 2 }}{% endmacro %}{{ mm(i) }}{% endfor %}
{% raw %}{{ not }} {% parsed %}{# c #}{% endraw %} a{# comment {{ x }} #}b {% generation %}gen {{ n }}{% endgeneration %}
{{ raise_exception('no ' ~ n) }}
{% if n > 3 %}{{ raise_exception('x') }}{% endif %}
{{ strftime_now('%d %b %Y') }} {{ strftime_now('%Y-%m-%d %H:%M:%S') }} {{ strftime_now('%B %-d, %Y %A %a %j %y %I %p %%') }} {% set date = strftime_now('%d') if strftime_now is defined else '1' %}{{ date }}
{% set ns = namespace() %}{% set ns.a = 1 %}{{ ns.a }}{{ ns.b is defined }} {% set ns = namespace({'z': 2}, y=3) %}{{ ns.z }}{{ ns.y }}{{ ns['z'] }} {{ dict(a=1, b='x') }} {{ dict({'q': 1}, a=2) }} {{ range(4) | list }} {{ range(1, 3) | list }} {{ range(0) | list }}
{{ namespace(a=1).a }} {% set ns = namespace(f=false) %}{% for p in people %}{% if p.age == 7 %}{% set ns.f = true %}{% endif %}{% endfor %}{{ ns.f }} {{ ns.zz is defined }}
{{ 'a'.zz is defined }}""",
}

WHITESPACE = [
    "a\n  {% if yes %}\n  b\n  {% endif %}\nc\n", "a\n  {%- if yes -%}\n  b\n  {%- endif -%}\nc\n", "  {% if yes %}x{% endif %}  \n y",
    "  {{ n }}  \n", " {{- n -}} \n z", "a {#- c -#} b", "a\n {# c #}\n b", "a\n {# c #} \n b", "{% if yes +%}\na{% endif %}", "  {%+ if yes %}a{% endif %}",
    "a  {% if yes %}b{% endif %}", "{% if yes %}\n\nb{% endif %}", "\n\n{% set a = 1 %}\n\n{{ a }}\n\n", "{% raw %}\n a\n {% endraw %}\n b", "x\n  {% raw -%}  a  {%- endraw %}\n b",
    "a\r\nb\r{{ n }}\r\n", "{{ n }}\n\n", "{{ n }}\n", "{{ 'a\r\nb' }}", "\t{% for i in xs %}\n\t{{ i }}\n\t{% endfor %}\n", "{%- for i in xs %}\n  {{- i }}\n{%- endfor %}\n",
    "{% for i in xs -%}\n  {{ i }}\n{% endfor -%}\nend", "a{%- if yes %} b {% endif -%} c", "{{ {'a': {'b': 1}} }}", "{{ {'a': {'b': 1}}['a'] }}x", "{{'}}'}}", "{% if '%}' %}a{% endif %}",
    "{{ '{{' }} {{ '{%' }}", "{ {% if yes %}{a}{% endif %} }", "a {{ n }}", "{#\n multi\n#}\nx", "  {# c #}\n  x", "{{- '\n' }}{{ '\n' -}}\n  a", "   {%- set z = 1 %}   {{ z }}   {%- if z %} q {%- endif %}  ",
    "{% set a %}\n  x\n{% endset %}\n[{{ a }}]", "{% macro m() %}\n  x\n{% endmacro %}\n[{{ m() }}]", "\u00a0{% if yes %}a{% endif %}", "a\n\u00a0 {% if yes %}a{% endif %}", "{{ n -}}\n\n\n x {{- n }}", "{%- raw %} {{ a }} {% endraw -%}  b",
    "{% if yes %} {# c #} {% endif %}x", "a\n    {# c -#}\n    b", "{{ n }}{# end", "{{ n", "{% if yes %}", "{% endif %}", "{{ }}", "{{ n n }}", "{{ (n }}", "{{ n) }}", "{{ 'a }}", "{% if %}a{% endif %}", "{% for i xs %}{% endfor %}",
    "{% for i in xs %}{% endif %}", "{{ n | }}", "{{ n is }}", "{{ n | nope }}", "{{ n is nope }}", "{% nope %}", "{{ $ }}", "{% set = 1 %}", "{% set none = 1 %}", "{% break %}", "{{ 1 + }}", "{{ [1 }}", "{{ {1} }}", "{{ a. }}", "{% macro %}{% endmacro %}",
    "{% include 'x' %}", "{% extends 'x' %}", "{% import 'x' as y %}", "{{ ''.__class__ }}", "{{ n._x }}", "{{ nope() }}", "{{ m(1)(2) }}",
]


def outcome(env, template, values):
    try:
        return {"expected": env.from_string(template).render(**values)}
    except Exception as e:
        return {"error": type(e).__name__}


def main():
    env = environment()
    rows = []
    for section, block in CASES.items():
        lines, joined = [], ""
        for line in block.split("\n"):   # a line may go on in the next: until its tags are closed
            joined = joined + "\n" + line if joined else line
            if joined.count("{{ ") + joined.count("{%") <= joined.count("}}") + joined.count("%}") and not joined.endswith("indent(2) %}a"):
                lines.append(joined)
                joined = ""
        for line in lines:
            rows.append({"section": section, "template": line, "context": "plain", **outcome(env, line, PLAIN)})
    for template in WHITESPACE:
        rows.append({"section": "whitespace", "template": template, "context": "plain", **outcome(env, template, PLAIN)})
    for shape, template in SHAPES.items():
        for chat, values in CHATS.items():
            rows.append({"section": shape + ", " + chat, "template": "@" + shape, "context": chat, **outcome(env, template, values)})
    golden = {"about": "made by core/src/test/python/jinja_golden.py", "jinja2": jinja2.__version__,
              "contexts": {"plain": PLAIN, **CHATS}, "shapes": SHAPES, "rows": rows}
    TARGET.write_text(json.dumps(golden, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(len(rows), "rows,", sum("error" in r for r in rows), "of them errors,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
