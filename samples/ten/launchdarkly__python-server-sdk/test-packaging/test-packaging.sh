#!/bin/bash
set -e
python setup.py sdist
python -m venv --system-site-packages packaging
packaging/bin/pip install --no-build-isolation dist/*.tar.gz
(cd / && "$OLDPWD/packaging/bin/python" -c 'import ldclient; print(ldclient.__file__)')
