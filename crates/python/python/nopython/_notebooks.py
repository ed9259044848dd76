"""What the template ``nopython`` of nbconvert does with figures: a page stores their code once."""

from nbconvert.preprocessors import Preprocessor

from nopython._fragment import Shared


class Figures(Preprocessor):
    """Takes the code out of the figures of a notebook, and puts it before the first."""

    def preprocess(self, nb, resources):
        shared, first = Shared(), None
        for cell in nb.cells:
            for output in cell.get("outputs", ()):
                data = output.get("data", {})
                if "text/html" not in data:
                    continue
                # Notebooks may hold lines.
                page = "".join(data["text/html"])
                data["text/html"] = shared.without(page)
                if data["text/html"] != page:
                    first = first or data
        if first:
            first["text/html"] = f"<script>{shared.script()}</script>\n{first['text/html']}"
        return nb, resources
