#!/usr/bin/env bash
# The test command: builds everything with warnings as errors and runs all tests. Its last line is "N passed, N failed"
# (", N skipped" follows where tests were skipped). Exit code 0 only where every test project ran and nothing failed.
#   ./test.sh                              all tests
#   ./test.sh --filter FullyQualifiedName~Watershed    any options of `dotnet test`
set -u
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

# Programs that tests call, each with the Debian package that brings it.
needed=("git git" "chromium chromium" "chromium fonts-dejavu-core")

install_missing() {
    local missing=() entry sudo=()
    for entry in ${needed[@]+"${needed[@]}"}; do
        command -v "${entry%% *}" >/dev/null 2>&1 || missing+=("${entry##* }")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        sudo=(sudo -n)
        if ! sudo -n true 2>/dev/null; then
            echo "These tests need: ${missing[*]}. Without root rights they are not installed here; please run: sudo apt-get install ${missing[*]}" >&2
            return 1
        fi
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "These tests need: ${missing[*]}. This machine has no apt-get; please install them by hand." >&2
        return 1
    fi
    echo "Installing what the tests need: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    ${sudo[@]+"${sudo[@]}"} apt-get update -qq </dev/null >&2 &&
        ${sudo[@]+"${sudo[@]}"} apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
}

# One compiler process for all projects (a third of the time of one process a project); it is stopped at the end.
if [ -z "${SharedCompilationId:-}" ]; then
    export UseSharedCompilation=true SharedCompilationId="ima-test-$$"
    stop_compiler() {
        local process
        for process in /proc/[0-9]*; do
            if tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -q -- "-pipename:$SharedCompilationId "; then
                kill "${process#/proc/}" 2>/dev/null
            fi
        done
    }
    trap stop_compiler EXIT
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

# finish PASSED FAILED SKIPPED: prints the closing line and leaves.
finish() {
    local line="$1 passed, $2 failed"
    [ "$3" -gt 0 ] && line="$line, $3 skipped"
    echo "$line"
    [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
    exit
}

if ! command -v dotnet >/dev/null 2>&1; then
    echo "The .NET 10 SDK is missing: no program 'dotnet' was found." >&2
    finish 0 1 0
fi
install_missing || finish 0 1 0

# A shell that runs this in the background ignores Ctrl-C for it and all it starts; the tests of stopped commands need it back.
signals=()
env --default-signal=INT,QUIT true 2>/dev/null && signals=(env --default-signal=INT,QUIT)

results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
if ! dotnet build ImageAnalysis.sln -c Release -v quiet -clp:NoSummary </dev/null; then
    echo "The build failed: no test was run." >&2
    finish 0 1 0
fi

# count OUTCOME FILE: how many results of that outcome a TRX file holds (markup inside messages is escaped there).
count() { { grep -o '<UnitTestResult [^>]*' "$2" 2>/dev/null || true; } | grep -c " outcome=\"$1\""; }

passed=0 failed=0 skipped=0
for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    trx="$results/$name.trx"
    ${signals[@]+"${signals[@]}"} dotnet test "artifacts/bin/$name/release/$name.dll" --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
        --logger "console;verbosity=minimal" --nologo "$@" </dev/null |
        grep -vE '^(Starting test execution|A total of 1 test files|Results File: |Additionally, path to test adapters|No test is available in |$)'
    code=${PIPESTATUS[0]}
    p=$(count Passed "$trx") s=$(count NotExecuted "$trx")
    all=$({ grep -o '<UnitTestResult ' "$trx" 2>/dev/null || true; } | grep -c .)
    f=$((all - p - s))
    if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then
        echo "$name: the test run broke off (exit code $code)." >&2
        f=1
    elif [ "$((p + f))" -eq 0 ] && [ $# -eq 0 ] && [ "$s" -eq 0 ]; then
        echo "$name: no test was run." >&2
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
    echo "No test was run." >&2
    failed=1
fi
finish "$passed" "$failed" "$skipped"
