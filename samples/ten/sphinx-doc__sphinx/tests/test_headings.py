import os

from headings import heading


def test_underlines():
    assert heading("Sphinx") == "Sphinx\n======"


def test_environment_of_the_image():
    assert os.environ["DO_EPUBCHECK"] == "1"
