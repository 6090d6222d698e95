"""Strings that try to run, to break out of a page, a query, a feed or a spreadsheet; each of them distinct."""

import itertools

_SEEDS = [
    "<script>window.owned=1</script>", "<img src=x onerror=window.owned=1>", "<svg onload=window.owned=1>", "<svg/onload=window.owned=1>",
    "<body onload=window.owned=1>", '"><script>window.owned=1</script>', "'><img src=x onerror=window.owned=1>", "</title><script>window.owned=1</script>",
    "</textarea><script>window.owned=1</script>", "</script><script>window.owned=1</script>", "<!--<script>window.owned=1</script>-->",
    '" onmouseover="window.owned=1', "' onfocus='window.owned=1' autofocus='", '" autofocus onfocus=window.owned=1 x="', "<a href=javascript:window.owned=1>x</a>",
    "javascript:window.owned=1", "JaVaScRiPt:window.owned=1", "java\tscript:window.owned=1", "\x01javascript:window.owned=1", "data:text/html,<script>window.owned=1</script>",
    "vbscript:msgbox(1)", "https://x.example/\" onclick=\"window.owned=1", "http://x.example/?a=<script>window.owned=1</script>", "//evil.example/x.js",
    "<style>@import 'https://evil.example/x.css'</style>", "<link rel=stylesheet href=https://evil.example/x.css>", "<iframe src=https://evil.example></iframe>",
    "<base href=https://evil.example/>", "<meta http-equiv=refresh content='0;url=https://evil.example'>", "<form action=https://evil.example><input name=q></form>",
    "<math><mtext></mtext><script>window.owned=1</script></math>", "<details open ontoggle=window.owned=1>", "<video><source onerror=window.owned=1></video>",
    "{{ 7*7 }}", "{% raw %}{{ config }}{% endraw %}", "{{ ''.__class__.__mro__ }}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{constructor.constructor('window.owned=1')()}}",
    "'; drop table quotes; --", "' or '1'='1", '" or 1=1 --', "1); delete from quotes; --", "x' union select name from sqlite_master --", ":speaker", "?1",
    '"', "'", "''", '""', "*", "NEAR(a b)", "a AND", "OR", "NOT x", "^x", "text : x", "-x", "a*", "{text title} : x", '"unclosed',
    "\u202eexe.txt\u202c", "\u2066bidi\u2069", "\u200bzero\u200bwidth", "\ufeffmark", "a\u0301\u0301\u0301\u0301\u0301", "\U0001f469\u200d\U0001f52c", "ſ K İ ı", "\u2028line\u2029",
    '=HYPERLINK("https://evil.example","x")', "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", " =1+1", "＝1+1", "\u200e=1+1", "%0A=1", "|x", "\n=1+1",
    "%3Cscript%3Ewindow.owned=1%3C/script%3E", "&lt;script&gt;window.owned=1&lt;/script&gt;", "&#60;script&#62;", "\\u003cscript\\u003ewindow.owned=1\\u003c/script\\u003e",
    "]]><script>window.owned=1</script>", "<![CDATA[<script>window.owned=1</script>]]>", "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>", "../../etc/passwd", "..%2f..%2f",
    "\x0bvertical\x0c", "\x7f", "NULL", "None", "NaN", "undefined", "true", "0", "-0", "1e309", "’", "“", "a" * 300,
]
_ROUND = ["{}", "{} said", "Ann {}", "{}{}", "“{}”"]

#: Five hundred of them; no article can hold a zero byte, and half a character cannot be stored.
STRINGS = list(dict.fromkeys(form.format(seed, seed) for form, seed in itertools.product(_ROUND, _SEEDS)))[:500]
