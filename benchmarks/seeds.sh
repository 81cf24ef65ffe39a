#!/bin/sh
# Measures: what ima run makes of simulated samples whose seeds it has never seen, pooled over all of them.
# Does not measure: real images. The recipe's physics is the program's own simulator.
# Usage: benchmarks/seeds.sh RECIPE.json FOLDER COUNT [IMA], where IMA runs the program (default: dotnet run).
# Each pass adds 1000, 2000, … to every seed of the recipe. Needs sed and awk; takes minutes a pass where the recipe holds HRTEM images.
set -eu
recipe=$1 folder=$2 count=$3
ima=${4:-"dotnet run --project src/ImageAnalysis.Cli -c Release --no-build --"}
mkdir -p "$folder"
# Structures that the recipe names are looked for beside it.
[ -d "$(dirname "$recipe")/models" ] && cp -R "$(dirname "$recipe")/models" "$folder/" || true
pass=1
while [ "$pass" -le "$count" ]; do
  awk -v by="$((pass * 1000))" '{ while (match($0, /"seed"[ ]*:[ ]*[0-9]+/)) { s = substr($0, RSTART, RLENGTH); n = s; sub(/^[^0-9]*/, "", n);
    printf "%s\"seed\": %d", substr($0, 1, RSTART - 1), n + by; $0 = substr($0, RSTART + RLENGTH) } print }' "$recipe" > "$folder/recipe-$pass.json"
  $ima simulate "$folder/recipe-$pass.json" --out "$folder/made-$pass" --quiet
  $ima run "$folder/made-$pass" --out "$folder/results-$pass" --quiet
  $ima validate "$folder/results-$pass" --truth "$folder/made-$pass" --quiet || echo "pass $pass: a bar is missed (above)"
  pass=$((pass + 1))
done
# Columns of crystals.csv: 5 truth, 6 answer, 7 true diameter.
awk -F, 'FNR > 1 && $5 == "ordered" { all++; hit += $6 == "superstructure"; if ($7 >= 3) { large++; largeHit += $6 == "superstructure" } }
  FNR > 1 && $5 == "regular" { regular++ } FNR > 1 && $5 !~ /ordered/ && $6 == "superstructure" { invented++ }
  END { printf "visible order called: %d of %d; of 3 nm or more: %d of %d; false superstructures: %d for %d regular crystals\n", hit, all, largeHit, large, invented, regular }' "$folder"/results-*/validation/crystals.csv
