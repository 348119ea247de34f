# Python with pip, pytest, redis and mypy of Debian; pip installs only what is here or below /usr/share/python-wheels.
FROM ringfence-ten/base
USER root
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        mypy python-is-python3 python3-pip python3-pip-whl python3-pytest python3-pytest-cov python3-redis \
        python3-setuptools python3-setuptools-whl python3-venv python3-wheel python3-wheel-whl && apt-get clean \
    && python3 -m venv --system-site-packages /python3.8 \
    && printf '#!/python3.8/bin/python\nimport sys\nfrom pytest import console_main\nsys.exit(console_main())\n' > /python3.8/bin/pytest \
    && chmod +x /python3.8/bin/pytest && chown -R circleci: /python3.8
ENV PATH=/python3.8/bin:/home/circleci/bin:/home/circleci/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/usr/share/python-wheels PIP_DISABLE_PIP_VERSION_CHECK=1
USER circleci
