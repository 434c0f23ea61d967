# Usage: sh try-out.sh NETLOOM. Does with an installed netloom what a new user does, in an empty folder.
set -ex
netloom=$1
cd "$(mktemp -d)"
"$netloom" --version
"$netloom" schema >topology.schema.json
"$netloom" init demo.yaml
"$netloom" validate demo.yaml
"$netloom" lab up demo.yaml
trap '"$netloom" lab down demo.yaml' EXIT
"$netloom" plan --lab --brief demo.yaml
"$netloom" apply --lab --yes --brief demo.yaml
"$netloom" plan --lab demo.yaml
"$netloom" verify --lab demo.yaml
