"""Formulas of notebooks as MathML, which browsers show without a library and a network: what the template ``nopython`` of nbconvert does with them."""

import html
import re

from nbconvert.preprocessors import Preprocessor

try:
    from latex2mathml.converter import convert
except ImportError:
    convert = None

#: What is no text of a page: code, in which a dollar is a dollar, and tags.
_NO_TEXT = re.compile(r"(<(pre|code|script|style|svg|math)\b.*?</\2>|<!--.*?-->|<[^>]*>)", re.DOTALL)
#: As nbconvert finds formulas, whose delimiters it leaves where they are.
_FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>.+?)\$|(?P<environment>\\begin\{(?P<name>[a-z]+\*?)\}.*?\\end\{(?P=name)\})", re.DOTALL)
#: Stands for a dollar with a backslash while Markdown becomes HTML, which would drop the backslash.
_DOLLAR = "\ue024"


class Formulas(Preprocessor):
    """Gives the template a function that puts MathML in the place of the formulas of a piece of HTML."""

    def preprocess(self, nb, resources):
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = re.sub(r"(?<!\\)\\\$", _DOLLAR, cell.source)
        resources["formulas"] = self._shown
        return nb, resources

    def _shown(self, page):
        parts = []
        # Between two tags, or pieces of code, stands text; the split gives the name of a tag, too.
        for text, no_text in zip((split := _NO_TEXT.split(page))[::3], [*split[1::3], ""]):
            parts += [_FORMULA.sub(self._mathml, text).replace(_DOLLAR, "$"), no_text.replace(_DOLLAR, "\\$")]
        return "".join(parts)

    def _mathml(self, found):
        if convert is None:
            self.log.warning("Formulas stay as they are written: pip install latex2mathml shows them")
            return found[0]
        formula = html.unescape(found["block"] or found["inline"] or found["environment"]).replace(_DOLLAR, "\\$")
        try:
            return convert(formula, display="inline" if found["inline"] else "block")
        except Exception as error:  # noqa: BLE001 - what the library raises for what it does not know has no common class
            self.log.warning("This formula stays as it is written (%s): %s", type(error).__name__, formula)
            return found[0]
