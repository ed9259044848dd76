"""Scripts as short text: compressed, with five characters for four bytes."""

import base64
import zlib

#: The digits of ``base64.b85encode``, and ours: the characters from ``(`` on, but for those with a meaning in HTML, JSON, templates or Markdown.
_THEIRS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_OURS = bytes(range(40, 125)).translate(bytes.maketrans(b"<\\`{", b"!#$%"))

#: Gives the bytes of a text that ``packed`` has made, as a function of JavaScript.
UNPACK = (
    "t=>{const u=[];for(let i=0;i<t.length;i+=5){let v=0;for(let k=0;k<5;k++){const c=t.charCodeAt(i+k)||124;"
    "v=v*85+(c<40?[60,0,92,96,123][c-33]:c)-40}u.push(v>>>24,v>>>16,v>>>8,v)}return Uint8Array.from(u).slice(0,t.length*.8)}"
)


def packed(script):
    """A script as text, which ``UNPACK`` and a ``DecompressionStream("deflate-raw")`` read."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return encoded(deflate.compress(script.encode()) + deflate.flush())


def encoded(data):
    """Bytes as text, which ``UNPACK`` reads."""
    return base64.b85encode(data).translate(bytes.maketrans(_THEIRS, _OURS)).decode()


def unpacked(text):
    """The script that ``packed`` has made a text of."""
    data = base64.b85decode(text.encode().translate(bytes.maketrans(_OURS, _THEIRS)))
    return zlib.decompress(data, -15).decode()
