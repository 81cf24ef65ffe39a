#!/usr/bin/env bash
# Sets the speed of this library's operations beside that of FFTW and OpenCV: CPU time, one thread, ours and theirs in turns in one run.
#
# usage: benchmarks/compare.sh [--rounds N] [PREFIX…]
#   PREFIX   only the operations whose name starts so, such as fft.real or gaussian (default: all)
#   N        rounds (default 3); in each round every program runs once, and the table shows each operation's median over the rounds
#
# A ratio is ours divided by theirs: below 1 we are faster. What is and what is not measured stands at the top of
# ImageAnalysis.Benchmarks/Program.cs; yardsticks/ holds the programs that time the others. The script installs nothing.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C
rounds=3
if [ "${1:-}" = --rounds ]; then rounds=$2; shift 2; fi

missing=()
command -v dotnet >/dev/null || { echo "compare.sh needs the .NET 10 SDK." >&2; exit 64; }
command -v gcc >/dev/null || missing+=(gcc)
[ -e /usr/include/fftw3.h ] || missing+=(libfftw3-dev)
/usr/bin/python3 -c 'import cv2' 2>/dev/null || missing+=(python3-opencv)
if [ ${#missing[@]} -gt 0 ]; then
    echo "compare.sh needs these Debian packages: sudo apt-get install ${missing[*]}" >&2
    exit 64
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -std=c11 -O2 -Wall -Wextra yardsticks/fftw.c -o "$work/fftw" -lfftw3f -lm
dotnet build -c Release -v q -nologo ImageAnalysis.Benchmarks -p:ArtifactsPath="$work/artifacts" >"$work/build.log" || { cat "$work/build.log" >&2; exit 2; }
ours=$(find "$work/artifacts/bin" -name ImageAnalysis.Benchmarks.dll | head -1)

run() { # name of the column, command…: its lines go to lines.txt, marked with the column
    local column=$1
    shift
    "$@" | awk -v column="$column" -F '\t' '{ print column "\t" $0 }' >>"$work/lines.txt"
}

"$work/fftw" -w "$work/wisdom" "$@" >/dev/null # makes and keeps the plans
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    run ours dotnet "$ours" --quick "$@"
    run fftw "$work/fftw" -w "$work/wisdom" "$@"
    run opencv /usr/bin/python3 yardsticks/opencv.py "$@"
done

awk -F '\t' '
    { key = $1 SUBSEP $2; times[key] = times[key] " " $3; if ($1 == "ours" && !($2 in seen)) { seen[$2] = 1; order[++count] = $2 } }
    function median(key,   n, list, i, j, t) {
        n = split(times[key], list, " ")
        for (i = 2; i <= n; i++) { t = list[i] + 0; for (j = i - 1; j >= 1 && list[j] + 0 > t; j--) list[j + 1] = list[j]; list[j + 1] = t }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    function cell(column, name,   key) {
        key = column SUBSEP name
        return key in times ? sprintf("%10.4g %7.2f", median(key), median("ours" SUBSEP name) / median(key)) : sprintf("%10s %7s", "-", "-")
    }
    END {
        printf "%-34s %10s %10s %7s %10s %7s\n", "CPU time of a call, ms", "ours", "FFTW", "ratio", "OpenCV", "ratio"
        for (i = 1; i <= count; i++)
            printf "%-34s %10.4g %s %s\n", order[i], median("ours" SUBSEP order[i]), cell("fftw", order[i]), cell("opencv", order[i])
    }' "$work/lines.txt"
