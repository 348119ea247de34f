# A real Node: the program, npm and yarn come from their npm packages, which make.sh has unpacked.
ARG OF=ringfence-ten/base
FROM $OF
ARG VERSION
USER root
COPY node-$VERSION/ /usr/local/
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_FUND=false NPM_CONFIG_AUDIT=false
USER circleci
