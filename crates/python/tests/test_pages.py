"""The literate pages under ``tests/`` give the same values here as in the other engines."""

import warnings

import pages
import pytest


@pytest.mark.parametrize("path", pages.found(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_page(path):
    wrong = []
    with warnings.catch_warnings():
        # NumPy makes arguments, and warns of what the pages do on purpose, such as dividing by zero.
        warnings.simplefilter("ignore")
        for source, calls in pages.sections(path):
            section = pages.Section(f"<{path.name}>", source)
            for call in calls:
                # Where NumPy differs, so does an expression that it evaluates around the calls.
                ways = [section.compiled] if call.differs else [section.compiled, section.passed]
                for way in ways:
                    got = way(call.expression)
                    if not pages.agree(call.expected, got, call.close):
                        wrong.append(f"{path.name}:{call.line} {way.__name__}: {call.expression}\n  {call.expected}\n  {got}")
    assert not wrong, "\n".join(wrong)


def test_there_are_pages():
    assert sum(len(calls) for path in pages.found() for _, calls in pages.sections(path)) > 200
