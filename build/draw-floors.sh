#!/usr/bin/env bash
# Draws the floors of every project anew into docs/architecture.md, from the compiled assemblies. The tests compare the
# pictures there with what this draws.
set -euo pipefail
cd "$(dirname "$0")/.."
LIECONV_DRAW_FLOORS=1 dotnet test tests/LieConv.Tests -c Release \
    --filter FullyQualifiedName~FloorTests.Picture_InTheDocument "$@"
