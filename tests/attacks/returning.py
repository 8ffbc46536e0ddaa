"""Submissions whose outputs attack who reads them: browsers, terminals, spreadsheets."""

from tests.attacks.course import Attack, answering, first
from tests.attacks.targets import FIND

MARKUP = """\
from IPython.display import HTML, SVG, JSON, Javascript, Latex, Markdown, display
display(HTML("<script>attack()</script><img src=x onerror=attack()><b>bold</b>"))
display(HTML("<a href='javascript:attack()'>a</a><iframe srcdoc='<script>attack()</script>'>"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='attack()'><script>attack()</script>"
            "</svg>"))
display(Markdown("<script>attack()</script> [a](javascript:attack()) ![](x 'onerror=attack()')"))
display(Latex("</script><script>attack()</script>"))
display(Javascript("attack()"))
display(JSON({"a": "<script>attack()</script>"}))
display({"application/vnd.jupyter.widget-view+json": {"model_id": "attack()"}}, raw=True)
display({"image/png": "x' onerror='attack()"}, raw=True)
display({"image/png": "iVBORw0KGgo="}, raw=True,
        metadata={"image/png": {"width": "1 onerror=attack()", "height": 9}})
display({"text/html": ["<script>", "attack()</script>"], "<script>": "attack()"}, raw=True)
display({"text/plain": "<script>attack()</script>"}, raw=True)
print("<script>attack()</script>")"""
MAGIC = "%%javascript\nattack()"
HTML_MAGIC = "%%html\n<script>attack()</script>"
TERMINAL = """\
print("\\x1b]0;attack\\x07 \\x1b[2J\\x1b[31m red \\0 \\x9b31m \\x7f \\x1b]8;;http://attack\\x07")
raise ValueError("\\x1b[2J\\0 <script>attack()</script>")"""
SURROGATES = """\
print("lone \\ud800 surrogate")
from IPython.display import display
display({"text/plain": "\\udfff", "\\ud800": "x"}, raw=True, metadata={"\\ud800": "\\ud800"})
raise ValueError("\\ud800")"""
NESTED = """\
from IPython.display import display
x = []
for _ in range(400):
    x = [x]
display({"text/plain": "x", "application/json": x}, raw=True, metadata={"x": x})
display({"text/plain": "x", "application/json": float("nan")}, raw=True)"""
RAW = """\
for content in ([], 3, {}, {"data": 3}, {"data": {"text/plain": 3}}, {"name": [], "text": {}},
                {"traceback": [[], {}, 1], "ename": {}, "evalue": 3}, {"transient": []},
                {"data": {"text/plain": "x", "application/json": eval("[" * 90 + "]" * 90)}},
                {"data": [], "metadata": "x", "transient": {"display_id": {}}}):
    for kind in ("stream", "display_data", "execute_result", "error", "clear_output",
                 "update_display_data", "status", None, [], {}):
        link.send(b"O", json.dumps({"kind": kind, "content": content}).encode())
deep = b"[" * 900 + b"]" * 900
link.send(b"O", b'{"kind": "display_data", "content": {"data": {"x": ' + deep + b"}}}")
link.send(b"O", b'{"kind": "stream", "content": {"text": "\\\\ud800 a", "name": "\\\\ud800"}}')
link.send(b"O", b"\\xff\\xfe")
link.send(b"O", b"")
link.send(b"O", b"[" * 200_000)
link.send(b"O", b'{"kind": "stream", "content": {"cut": -1' + b"0" * 4_000 + b"}}")"""
BRACKETS = """\
link.send(b"O", b"[" + b"[]," * (4 << 20) + b"[]]")"""

LARGE = """\
import base64, struct, zlib
from IPython.display import HTML, display
def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
png = b"\\x89PNG\\r\\n\\x1a\\n" + header + chunk(b"IDAT", zlib.compress(bytes(90_000)))
display({"image/png": base64.b64encode(png).decode()}, raw=True,
        metadata={"image/png": {"width": 10**9, "height": 30_000}})
display(HTML("<table><tr><td rowspan=65534 colspan='1000'>wide</td><td colspan=3>fits</td></tr>"
             "<colgroup span=1000></colgroup></table>"))"""
DIRECTION = """\
from IPython.display import HTML, display
print("\\u202eesrever\\u2066 \\u200bhidden\\ufeff \\U000e0041tag")
display(HTML("<bdo dir=rtl>esrever</bdo> &#x202e;esrever <b>\\u2067x</b>"))
raise ValueError("\\u202eesrever\\u200b")  # \u202e a comment that is read backwards"""

CASES: dict[str, Attack] = {
    "markup": Attack(first(MARKUP)),
    "javascript-magic": Attack(first(MAGIC)),
    "html-magic": Attack(first(HTML_MAGIC)),
    "terminal": Attack(first(TERMINAL)),
    "terminal-in-a-test": Attack(
        answering(
            area="class WrongAnswer(Exception): pass\n"
            "def area(height, width):\n"
            "    raise WrongAnswer('=cmd()\\x1b[2J\\0 <script>attack()</script>, \"x\"\\ud800')"
        ),
        score=6,
        reason="area: ",
    ),
    "formula-in-a-test": Attack(
        answering(double="def double(number):\n    raise ValueError('\\n=cmd()\\ud800')"),
        score=6,
        reason="double: raises",
    ),
    "large-pictures": Attack(first(LARGE)),
    "turned-direction": Attack(first(DIRECTION)),
    "direction-in-a-test": Attack(
        answering(area="def area(height, width):\n    raise ValueError('\u202ex\\u2066\u200b')"),
        score=6,
        reason="area: ",
    ),
    "surrogates": Attack(first(SURROGATES)),
    "nested-output": Attack(first(NESTED)),
    "raw-messages": Attack(first(FIND + RAW)),
    "many-brackets": Attack(first(FIND + BRACKETS), "output-limit", 8, "the student added"),
}
