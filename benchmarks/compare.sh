#!/usr/bin/env bash
# Sets the speed of this library's operations beside that of FFTW and OpenCV: CPU time, one thread, ours and theirs in turns in one run.
#
# usage: benchmarks/compare.sh [--rounds N] [PREFIX…]
#   PREFIX   only the operations whose name starts so, such as fft.real or gaussian (default: all)
#   N        rounds (default 5)
#
# Each operation is timed by our program, then at once by the others; a round does so for all operations. A ratio is ours divided by theirs,
# below 1 we are faster: the median over the rounds of the ratios within a round, so that a busy machine slows both sides alike. What is and what is not measured stands at the top of
# ImageAnalysis.Benchmarks/Program.cs; yardsticks/ holds the programs that time the others. The script installs nothing.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C
rounds=5
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

run() { # round, name of the column, command…: its lines go to lines.txt with round and column before them
    local round=$1 column=$2
    shift 2
    "$@" | awk -v before="$round\t$column\t" '{ print before $0 }' >>"$work/lines.txt"
}

"$work/fftw" -w "$work/wisdom" "$@" >/dev/null # makes and keeps the plans
mapfile -t names < <(dotnet "$ours" --quick --list "$@")
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    for name in "${names[@]}"; do
        run "$round" ours dotnet "$ours" --quick "=$name"
        run "$round" fftw "$work/fftw" -w "$work/wisdom" "=$name"
        run "$round" opencv /usr/bin/python3 yardsticks/opencv.py "=$name"
    done
done

awk -F '\t' '
    { round = $1; column = $2; name = $3; time[column, name, round] = $4; if (column == "ours" && !(name in seen)) { seen[name] = 1; order[++count] = name } }
    function middle(list, n,   i, j, t) {
        for (i = 2; i <= n; i++) { t = list[i]; for (j = i - 1; j >= 1 && list[j] > t; j--) list[j + 1] = list[j]; list[j + 1] = t }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    function median(column, name, over,   r, n, list) {
        n = 0
        for (r = 1; r <= round; r++)
            if ((column, name, r) in time)
                list[++n] = over == "" ? time[column, name, r] + 0 : time["ours", name, r] / time[column, name, r]
        return n ? middle(list, n) : -1
    }
    function cell(column, name,   ms) {
        ms = median(column, name, "")
        return ms < 0 ? sprintf("%10s %7s", "-", "-") : sprintf("%10.4g %7.2f", ms, median(column, name, "ratio"))
    }
    END {
        printf "%-34s %10s %10s %7s %10s %7s\n", "CPU time of a call, ms", "ours", "FFTW", "ratio", "OpenCV", "ratio"
        for (i = 1; i <= count; i++)
            printf "%-34s %10.4g %s %s\n", order[i], median("ours", order[i], ""), cell("fftw", order[i]), cell("opencv", order[i])
    }' "$work/lines.txt"
