#!/usr/bin/env bash
# Sets the speed of this library's operations beside that of FFTW and OpenCV: CPU time, one thread, ours and theirs in turns in one run.
#
# usage: benchmarks/compare.sh [--rounds N] [--all] [PREFIX…]
#   PREFIX   only the operations whose name starts so, such as fft.real or gaussian (default: all that a yardstick has too)
#   --all    also transforms of sizes that are no powers of two
#   N        rounds (default 11)
#
# The three programs stay in memory and are asked in turns, a short batch of calls at a time; a ratio is ours divided by theirs, below 1 we are
# faster: the median over the rounds, with its quartiles. A batch's time is CPU time of the thread, so that a busy machine disturbs little and both sides alike. What
# is and what is not measured stands at the top of ImageAnalysis.Benchmarks/Program.cs; yardsticks/ holds the programs that time the others. The script installs nothing.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C
export DOTNET_gcConcurrent=0 # collections of garbage run on the thread that is timed

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
dotnet build -c Release -v q -nologo -p:RunAnalyzers=false ImageAnalysis.Benchmarks >"$work/build.log" || { cat "$work/build.log" >&2; exit 2; }
/usr/bin/python3 -u compare.py ../artifacts/bin/ImageAnalysis.Benchmarks/release/ImageAnalysis.Benchmarks.dll "$work/fftw" "$@"
