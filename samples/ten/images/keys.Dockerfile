# Stands in for Consul (port 8500) and DynamoDB (port 8000): a store of keys over HTTP.
FROM ringfence-ten/base
ARG PORT
ENV PORT=$PORT
USER root
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 && apt-get clean
USER circleci
COPY keys.py /keys.py
ENTRYPOINT ["python3", "/keys.py"]
