#!/bin/sh
# render.sh HOST POLICY: prints the manifests for one environment.
set -eu
sed -e "s|\${HOST}|$1|" -e "s|\${POLICY}|$2|" "$(dirname "$0")/api.yaml"
