FROM ringfence-ten/base
USER root
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server && apt-get clean
USER redis
WORKDIR /tmp
ENTRYPOINT ["redis-server", "--save", "", "--bind", "0.0.0.0"]
