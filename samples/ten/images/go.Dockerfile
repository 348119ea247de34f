# Go, gotestsum, the C compiler that -race needs, and Docker's client. goveralls only says what it would send.
FROM ringfence-ten/base
USER root
COPY goveralls /usr/local/bin/goveralls
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        docker.io golang-go gotestsum gcc libc6-dev && apt-get clean
RUN mkdir -p /go && chown circleci: /go
ENV GOPATH=/go GOPROXY=off GOFLAGS=-mod=mod
USER circleci
