#!/bin/sh
# Makes a certificate authority, a server's and a client's certificate in $DOCKER_TLS_CERTDIR, then starts the engine with them.
set -eu
export OPENSSL_CONF=/etc/ssl/openssl.cnf
to=$DOCKER_TLS_CERTDIR
mkdir -p "$to/server" "$to/client" /etc/docker
cd "$to"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca-key.pem -out ca.pem 2>/dev/null
sign() {
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$1/key.pem" -out "$1.csr" 2>/dev/null
    printf '%s\n' "$2" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile "$1.ext" -out "$1/cert.pem" 2>/dev/null
    cp ca.pem "$1/ca.pem"
}
sign server "subjectAltName = DNS:$(hostname), DNS:localhost"
sign client "extendedKeyUsage = clientAuth"
exec dockerd --host=unix:///var/run/docker.sock --host=tcp://0.0.0.0:2376 --storage-driver=vfs \
    --tlsverify --tlscacert server/ca.pem --tlscert server/cert.pem --tlskey server/key.pem
