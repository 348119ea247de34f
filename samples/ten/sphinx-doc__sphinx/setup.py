from setuptools import setup

setup(name="stand-in-for-sphinx", version="1.0.0", py_modules=["headings"], extras_require={"test": ["pytest"]})
