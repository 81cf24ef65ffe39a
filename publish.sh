#!/usr/bin/env bash
# Makes programs that run without .NET being installed: one file, with models/ and LICENSE beside it, packed for handing on.
#   ./publish.sh                 linux-x64 and win-x64
#   ./publish.sh linux-x64       only that one
# Result: publish/ima-VERSION-RID/ and publish/ima-VERSION-RID.tar.gz (Linux) or .zip (Windows).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
[ $# -gt 0 ] || set -- linux-x64 win-x64

for rid in "$@"; do
    case $rid in
        win-*) program=ima.exe ;;
        linux-* | osx-*) program=ima ;;
        *) echo "publish.sh: '$rid' is not a platform; expected linux-x64, win-x64 or another of .NET's runtime identifiers." >&2; exit 64 ;;
    esac
    name="ima-$version-$rid"
    built="artifacts/publish/$rid"
    rm -rf "$built" "publish/$name" "publish/$name.tar.gz" "publish/$name.zip"

    # A platform's own runtime comes on top of the locked packages; its list is made anew (see Directory.Build.props).
    rm -f artifacts/obj/*/"$rid".lock.json
    dotnet publish src/ImageAnalysis.Cli -c Release -r "$rid" --self-contained -o "$built" -v quiet \
        -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableCompressionInSingleFile=true \
        -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false \
        -p:ContinuousIntegrationBuild=true </dev/null

    mkdir -p "publish/$name"
    cp "$built/$program" LICENSE THIRD-PARTY-NOTICES.txt "$built"/dotnet-*.txt "publish/$name/"
    if [ -d models ]; then cp -R models "publish/$name/models"; fi

    if [ "$program" = ima.exe ]; then
        # MSBuild packs zip files by itself: no program is needed for it.
        cat >"artifacts/publish/zip.proj" <<PROJECT
<Project><Target Name="Zip"><ZipDirectory SourceDirectory="$PWD/publish/$name" DestinationFile="$PWD/publish/$name.zip" /></Target></Project>
PROJECT
        dotnet msbuild artifacts/publish/zip.proj -t:Zip -v:quiet -nologo </dev/null
        echo "publish/$name.zip"
    else
        tar -C publish -czf "publish/$name.tar.gz" "$name"
        echo "publish/$name.tar.gz"
    fi
done
