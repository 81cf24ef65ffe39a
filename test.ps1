# The test command on Windows: builds everything with warnings as errors and runs all tests. Its last line is "N passed, N failed"
# (", N skipped" follows where tests were skipped). Exit code 0 only where every test project ran and nothing failed.
#   ./test.ps1                             all tests
#   ./test.ps1 --filter FullyQualifiedName~Watershed    any options of `dotnet test`
Set-Location -LiteralPath $PSScriptRoot
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$options = $args

function Complete-Run([int]$passed, [int]$failed, [int]$skipped) {
    $line = "$passed passed, $failed failed"
    if ($skipped -gt 0) { $line += ", $skipped skipped" }
    Write-Output $line
    if ($failed -eq 0 -and $passed -gt 0) { exit 0 } else { exit 1 }
}

# Programs that tests call; there is no apt-get here, so a missing one is named.
foreach ($program in 'dotnet', 'git') {
    if (-not (Get-Command $program -ErrorAction SilentlyContinue)) {
        Write-Output "These tests need the program '$program', which was not found."
        Complete-Run 0 1 0
    }
}

$results = Join-Path 'artifacts' 'test-results'
if (Test-Path $results) { Remove-Item -Recurse -Force $results }
New-Item -ItemType Directory -Force $results | Out-Null

dotnet build ImageAnalysis.sln -c Release -v quiet -clp:NoSummary
if ($LASTEXITCODE -ne 0) {
    Write-Output 'The build failed: no test was run.'
    Complete-Run 0 1 0
}

$passed = 0
$failed = 0
$skipped = 0
foreach ($project in Get-ChildItem -Path (Join-Path 'tests' (Join-Path '*.Tests' '*.csproj')) | Sort-Object Name) {
    $name = $project.BaseName
    $trx = Join-Path $results "$name.trx"
    dotnet test "artifacts/bin/$name/release/$name.dll" --logger "trx;LogFileName=$name.trx" --results-directory $results --logger 'console;verbosity=minimal' --nologo $options
    $code = $LASTEXITCODE

    $p = 0
    $s = 0
    $f = 0
    if (Test-Path $trx) {
        $xml = New-Object System.Xml.XmlDocument
        $xml.Load((Resolve-Path $trx).Path)
        foreach ($result in $xml.GetElementsByTagName('UnitTestResult')) {
            switch ($result.GetAttribute('outcome')) {
                'Passed' { $p++ }
                'NotExecuted' { $s++ }
                default { $f++ }
            }
        }
    }

    if ($code -ne 0 -and $f -eq 0) {
        Write-Output "${name}: the test run broke off (exit code $code)."
        $f = 1
    }
    elseif (($p + $f + $s) -eq 0 -and $options.Count -eq 0) {
        Write-Output "${name}: no test was run."
        $f = 1
    }

    $passed += $p
    $failed += $f
    $skipped += $s
}

if ($passed -eq 0 -and $failed -eq 0) {
    Write-Output 'No test was run.'
    $failed = 1
}
Complete-Run $passed $failed $skipped
