import pytest

from headings import heading


@pytest.mark.parametrize("text", ["Sphinx", "", "Überschrift"])
def test_underlines(text):
    assert heading(text) == f"{text}\n{'=' * len(text)}"
