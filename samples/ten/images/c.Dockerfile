# A C compiler with zstd.
FROM ringfence-ten/go
USER root
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends zstd && apt-get clean
USER circleci
