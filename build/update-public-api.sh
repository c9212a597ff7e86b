#!/usr/bin/env bash
# Writes src/LieConv/PublicAPI.Unshipped.txt anew from what the compiler sees. Look at the difference before you commit:
# it is what users of the library will notice.
set -euo pipefail
cd "$(dirname "$0")/../src/LieConv"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo '#nullable enable' | tee PublicAPI.Shipped.txt >PublicAPI.Unshipped.txt
# Of several members at one place the compiler reports one at a time: again until nothing is missing.
while true; do
    dotnet build -c Release --no-incremental -p:TreatWarningsAsErrors=false "-p:ErrorLog=$log%2Cversion=2.1" >/dev/null
    missing=$(python3 - "$log" <<'EOF'
import json, sys
results = json.load(open(sys.argv[1], encoding="utf-8-sig"))["runs"][0]["results"]
names = {r["properties"]["customProperties"]["APIName"] for r in results if r["ruleId"] == "RS0016"}
print("\n".join(sorted(names)))
EOF
)
    [ -n "$missing" ] || break
    echo "$missing" >>PublicAPI.Unshipped.txt
done
LC_ALL=C sort -u -o PublicAPI.Unshipped.txt PublicAPI.Unshipped.txt
wc -l <PublicAPI.Unshipped.txt
