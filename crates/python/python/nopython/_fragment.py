"""The scripts of figures: each with all its code, or several in pages that share it."""

import hashlib
import json
import re

from nopython._packed import UNPACK, packed, unpacked

#: Runs the text of a figure's code. Where that fails the picture stays, with a line below it that says why.
_START = (
    '(async(n)=>{const s=document.createElement("script");let e="this page does not let it run";'
    "try{s.textContent=await TEXT;if(n)s.nonce=n;document.head.append(s);s.remove()}catch(x){e=x}"
    'for(const h of document.querySelectorAll(`[data-np="IDENTITY"]:not([data-np-on])`)){h.dataset.npOn="";'
    'h.append(Object.assign(document.createElement("p"),{textContent:"This figure does not move: "+e}))}'
    "})(document.currentScript?.nonce)"
)

#: The text of code that is packed.
_INFLATE = '(t=>new Response(new Blob([(UNPACK)(t)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text())'.replace("UNPACK", UNPACK)

#: The name of the script with the code that several pages share.
SHARED = "nopython-figures.js"

#: What stands before and after code that figures share.
_MARK = "/*<*/"

#: A statement that gives the page the compiler.
_COMPILER = r"globalThis\.nopythonCompiler\?\?=\(\)=>\(.*?\)\(\"[^\"]*\"\);"

_SCRIPT = re.compile(
    rf"(<script>)({_COMPILER})?"
    + re.escape(_START).replace("IDENTITY", "(?P<identity>np[0-9a-f]{12})").replace("TEXT", re.escape(_INFLATE) + r'\("(?P<packed>[^"]*)"\)')
    + "(?=</script>)",
    re.DOTALL,
)


def script(identity, code, own):
    """The script that starts a figure: ``code`` defines ``$figure``, and ``own`` are the arguments of its ``start`` after the identity."""
    text = f'(()=>{{{code}$figure.start("{identity}",{own})}})()'
    return _start(identity, f'{_INFLATE}("{packed(text)}")')


def _start(identity, text):
    return _START.replace("IDENTITY", identity).replace("TEXT", text)


class Shared:
    """Code that several figures share, so that pages store it once."""

    def __init__(self):
        self._parts = {}
        self._compiler = ""

    def without(self, page):
        """A piece of HTML whose figures have their code elsewhere: in :meth:`script`, which has to run before them."""
        return _SCRIPT.sub(self._apart, page)

    def _apart(self, found):
        self._compiler = self._compiler or found[2] or ""
        # What is the figure's own and what is shared take turns.
        pieces = unpacked(found["packed"]).split(_MARK)
        names = [hashlib.sha256(part.encode()).hexdigest()[:8] for part in pieces[1::2]]
        self._parts.update(zip(names, pieces[1::2]))
        rest = f'"{packed(_MARK.join(pieces[::2]))}"'
        missing = 'Promise.reject("the script with the code of figures is missing, nopython-figures.js")'
        return found[1] + _start(found["identity"], f"(globalThis.nopythonFigures?.({json.dumps(names)},{rest})??{missing})")

    def script(self):
        """The script with the code; empty where no figure has been seen."""
        if not self._parts:
            return ""
        parts = ",".join(f'"{name}":"{packed(part)}"' for name, part in self._parts.items())
        # Each part is unpacked once, for the first figure that has it.
        return (
            f"{self._compiler}globalThis.nopythonFigures=((c,p,k={{}})=>async(n,o)=>"
            f'{{const[t,...s]=await Promise.all([o,...n].map(i=>k[i]??=c(p[i]??i)));return t.split("{_MARK}").map((x,i)=>x+(s[i]??"")).join("")}}'
            f")({_INFLATE},{{{parts}}});"
        )
