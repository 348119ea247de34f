# What cimg/base has: git, ssh, curl, jq, sudo, and the user circleci with a home of its own.
FROM local/bookworm:minbase
COPY extra-ca/ /usr/local/share/ca-certificates/
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        bash ca-certificates curl git gzip jq make openssh-client procps sudo tar unzip wget xz-utils \
    && apt-get clean && update-ca-certificates \
    && useradd --uid 3434 --create-home --shell /bin/bash circleci \
    && echo 'circleci ALL=NOPASSWD: ALL' > /etc/sudoers.d/50-circleci \
    && mkdir /home/circleci/project && chown circleci: /home/circleci/project
ENV HOME=/home/circleci PATH=/home/circleci/bin:/home/circleci/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
USER circleci
WORKDIR /home/circleci/project
CMD ["/bin/bash"]
