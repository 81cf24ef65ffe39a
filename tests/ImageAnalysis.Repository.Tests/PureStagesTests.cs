using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ImageAnalysis.Repository.Tests;

/// <summary>The projects below Samples touch no file, clock, console, environment, thread or unseeded randomness: seen in their compiled code.</summary>
public sealed class PureStagesTests
{
    public static TheoryData<string> ProjectsBelowSamples =>
        [.. RepositoryFiles.SourceProjects.Except(["Samples", "Report", "Review", "Cli"])];

    /// <summary>Types that are not used at all below Samples.</summary>
    private static readonly HashSet<string> ForbiddenTypes =
    [
        "System.Console", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.RandomAccess",
        "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.TimeProvider", "System.AppDomain",
        "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Threading.Tasks.Task", "System.Threading.Tasks.Parallel",
        "System.Linq.ParallelEnumerable", "System.Net.Http.HttpClient", "System.Net.Sockets.Socket",
        "CommunityToolkit.HighPerformance.Helpers.ParallelHelper",
    ];

    /// <summary>Members that are not used below Samples, of types that otherwise may be.</summary>
    private static readonly HashSet<string> ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Random.get_Shared", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.IO.Path.GetTempPath", "System.IO.Path.GetTempFileName", "System.IO.Path.GetFullPath", "System.IO.Path.Exists",
    ];

    [Theory]
    [MemberData(nameof(ProjectsBelowSamples))]
    public void Project_CompiledCode_TouchesNothingOutside(string project)
    {
        string[] found = [.. Uses(SourceAssemblies.PathOf(project)).Where(IsForbidden).Select(use => use.ToString()).Distinct().Order()];
        Assert.True(found.Length == 0, $"{project} is below Samples and must be pure, but it uses {string.Join(", ", found)}.");
    }

    [Fact]
    public void Search_ProjectThatTouchesFiles_FindsThem()
    {
        // This test project reads files itself, so the search has to find that here.
        Assert.Contains(Uses(typeof(PureStagesTests).Assembly.Location), use => use.Type == "System.IO.File" && IsForbidden(use));
    }

    private static bool IsForbidden(Use use) => use switch
    {
        // The compiler itself asks for the thread's number in methods with `yield`.
        { Type: "System.Environment" } => use.Member is not "get_CurrentManagedThreadId",
        // Generated regular expressions ask for a time limit that a program may set.
        { Type: "System.AppContext" } => use.Member is not "GetData",
        { Type: "System.Random", Member: ".ctor" } => use.ParameterCount == 0,
        _ => ForbiddenTypes.Contains(use.Type) || ForbiddenMembers.Contains($"{use.Type}.{use.Member}"),
    };

    private static List<Use> Uses(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        MetadataReader reader = file.GetMetadataReader();
        List<Use> uses = [];
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
            {
                continue;
            }

            TypeReference type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
            BlobReader signature = reader.GetBlobReader(member.Signature);
            int parameterCount = 0;
            if (member.GetKind() == MemberReferenceKind.Method)
            {
                SignatureHeader header = signature.ReadSignatureHeader();
                if (header.IsGeneric)
                {
                    _ = signature.ReadCompressedInteger();
                }

                parameterCount = signature.ReadCompressedInteger();
            }

            uses.Add(new Use($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}", reader.GetString(member.Name), parameterCount));
        }

        return uses;
    }

    /// <summary>A member of another assembly that compiled code uses.</summary>
    private sealed record Use(string Type, string Member, int ParameterCount)
    {
        public override string ToString() => $"{Type}.{Member}";
    }
}
