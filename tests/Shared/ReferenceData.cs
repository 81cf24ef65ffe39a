using System.Runtime.CompilerServices;

namespace ImageAnalysis.Tests;

/// <summary>Where reference data outside the repository are found: the folder named by <c>IMA_REFERENCE_DATA</c>.</summary>
internal static class ReferenceData
{
    public static string? Root { get; } = Environment.GetEnvironmentVariable("IMA_REFERENCE_DATA") is { Length: > 0 } root && Directory.Exists(root)
        ? Path.GetFullPath(root)
        : null;

    public static string PathOf(string relative) =>
        Path.Combine(Root ?? throw new InvalidOperationException("IMA_REFERENCE_DATA is not set."), relative.Replace('/', Path.DirectorySeparatorChar));
}

/// <summary>A test that needs reference data, skipped where <c>IMA_REFERENCE_DATA</c> names no folder.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    {
        _ = (file, line);
        if (ReferenceData.Root is null)
        {
            Skip = "reference data are not here (set IMA_REFERENCE_DATA)";
        }
    }
}

/// <summary>A test with inline data that needs reference data, skipped where <c>IMA_REFERENCE_DATA</c> names no folder.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    {
        _ = (file, line);
        if (ReferenceData.Root is null)
        {
            Skip = "reference data are not here (set IMA_REFERENCE_DATA)";
        }
    }
}
