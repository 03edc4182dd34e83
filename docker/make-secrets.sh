#!/bin/sh
# Writes the secrets of compose.postgresql.yaml, once. Keep a copy of encryption_key elsewhere: no backup of the database can be
# read without it.
set -eu
folder="$(dirname "$0")/secrets"
umask 077
mkdir "$folder"
password="$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
printf '%s' "$password" > "$folder/database_password"
printf 'postgresql://linkwatch:%s@database:5432/linkwatch' "$password" > "$folder/database_url"
head -c 32 /dev/urandom | base64 > "$folder/encryption_key"
# Compose passes on the files as they are. The container's user must be able to read them; the folder lets nobody else in.
chmod 644 "$folder"/*
