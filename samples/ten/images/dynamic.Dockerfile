# The base with a yq that merges YAML files, which is all that the path-filtering orb asks of it.
FROM ringfence-ten/base
USER root
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-yaml && apt-get clean
COPY yq /usr/local/bin/yq
USER circleci
