"""Texts: of many scripts, of people who type anything, and of those who mean harm."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

WORDS = (
    "Kettle",
    "Fish & Chips",
    "Stoneware mug, 0.34 l",
    "It’s a “gift” – 50 % off",
    "Größe XL",
    "قميص قطني أزرق 3",
    "חולצה כחולה",
    "日本語の説明。とても長い。",
    "👩‍👩‍👧‍👦 family 🇩🇪",
    "नमस्ते",
    "a\u0301\u0302\u0303 stacked",
    "%s %(count)d %d {0} {name}",
    "100%",
    "12345",
    "0",
    "null",
    "N/A",
    "-",
    " ",
    "",
)
"""What is in shops' catalogues, and what fills their fields when nothing is."""

MARK = "x-fuzz"
"""The element and the attribute that no page has: where one comes out as such, something was not escaped."""

HOSTILE = (
    f"<{MARK}>",
    f"</span></p></article><{MARK}>",
    f'"><{MARK} a="',
    f"'><{MARK} a='",
    f'" {MARK}="1',
    f"' {MARK}='1",
    f"` {MARK}=`1",
    f'"\n{MARK}\n=',
    f"<img src=x onerror={MARK}>",
    f"<svg/onload={MARK}>",
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}",
    f"</title><{MARK}>",
    f"</textarea><{MARK}>",
    f"</template><{MARK}>",
    f"<!--><{MARK}>-->",
    f"<![CDATA[<{MARK}>]]>",
    f"&lt;{MARK}&gt;",
    f"&amp;lt;{MARK}&amp;gt;",
    f"&#60;{MARK}&#62;",
    f"&#x3c;{MARK}&#x3e;",
    f"&lt{MARK}&gt",
    f"\uff1c{MARK}\uff1e",
    f"<{MARK}\x00>",
    f"<\u200b{MARK}>",
    f"<p><{MARK}>x</{MARK}></p>",
    f'<a href="javascript:{MARK}">x</a>',
    f'<b style="x" onclick="{MARK}">bold</b>',
    "{{ 7 * 7 }}",
    "{% raw %}{{ config }}{% endraw %}",
    "{# comment #}",
    "${7*7}",
    "#{7*7}",
    "%(what)s",
    "%n%n%n",
    "\u202egnirts\u202c",
    "\u2066isolated\u2069",
    "\u2069\u2069\u2069 out of isolation",
    "\u200e\u200f\u061c marks",
    "bell \x07 escape \x1b[31m red \x9b31m",
    "line\u2028separator\u2029next\r\nline\x85\x0b\x0c",
    "\ufeffmark\ufffe\uffff",
    "\U000e0041\U000e007f tags",
    "half \ud800 character",
    "\udc00\ud800",
    "nul \x00 byte",
    "e\u0301" * 3 + "\u0300" * 50,
)
"""What must stay text wherever it comes out."""

LINKS = (
    "https://track.example/1Z9",
    "http://track.example:8080/x?n=1#top",
    "https://track.example/?n={tracking_number}",
    "https://track.example/{{zip_code}}/@",
    "www.carrier.example/1Z9",
    "//cdn.example/a b.png",
    "https://t.example/?n=AB 12",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://track.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://track.example/",
    "blob:https://track.example/1",
    "/logout/",
    "../admin/",
    "?customer_id=1",
    "#top",
    "http:/admin/",
    "https:admin",
    "https:///admin/",
    "https:\\\\track.example\\x",
    "https://track.example@127.0.0.1/",
    "https://user:pass@track.example/",
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:a00:1]/",
    "http://10.0.0.1/x.png",
    "https://192.168.0.1:8443/x.png",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://localhost/x.png",
    "https://printer.local/",
    "https://intranet/",
    "https://testserver/orders/",
    "https://TESTSERVER./logout/",
    "https://x.localhost/",
    "https://１２７.0.0.1/",
    "https://127。0。0。1/",
    "https://ⓛocalhost/",
    "https://%6c%6f%63alhost/",
    "https://bücher.example/ü?ü=1",
    "https://xn--nxasmq6b.example/",
    "https://track.example:0/",
    "https://track.example:99999/",
    "https://track.example:port/",
    "https://",
    "http",
    'https://track.example/"onmouseover="x-fuzz',
    "https://track.example/'><x-fuzz>",
    "https://track.example/%",
    "https://track.example/%00",
    "https://track.example/\n\r\tx",
    "https://track.example/\u202e\u200b",
    "https://[track.example/",
    "https://track..example/",
    "https://.example/",
    "https://" + "a" * 300 + ".example/",
)
"""Addresses that work, that almost do, and that must never be followed or loaded."""


HARMFUL = HOSTILE + LINKS


@cache
def words() -> st.SearchStrategy[str]:
    """A text as catalogues have them; every character that can be sent may be in it."""
    return st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=24)


@cache
def hostile() -> st.SearchStrategy[str]:
    """A text that must stay text, alone or in the midst of another."""
    return st.builds("{}{}{}".format, words(), st.sampled_from(HARMFUL), words())


@cache
def links() -> st.SearchStrategy[str]:
    """An address, good or bad."""
    return st.sampled_from(LINKS)
