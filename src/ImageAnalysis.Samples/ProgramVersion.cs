using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ImageAnalysis.Samples;

/// <summary>Which program made a result.</summary>
public static class ProgramVersion
{
    /// <summary>The version for people, such as <c>0.1.0+4f2a…</c>.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>
    /// The version of the code that results depend on: a hash of the identities that the compiler gives to the assemblies (builds are
    /// deterministic, so they change exactly when the code does). Part of the key of a stored result.
    /// </summary>
    public static string Code { get; } = HashOf(
        typeof(Core.Units), typeof(Imaging.Micrograph), typeof(Formats.MicroscopeFile), typeof(Particles.SizeMeasurement), typeof(ProgramVersion));

    private static string HashOf(params ReadOnlySpan<Type> types)
    {
        StringBuilder identities = new();
        foreach (Type type in types)
        {
            identities.Append(type.Module.ModuleVersionId).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identities.ToString())))[..16];
    }
}
