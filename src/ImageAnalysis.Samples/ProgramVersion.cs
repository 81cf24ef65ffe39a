using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ImageAnalysis.Samples;

/// <summary>Which program made a result.</summary>
public static class ProgramVersion
{
    /// <summary>The version of the code that results depend on, part of the key of a stored result.</summary>
    /// <remarks>
    /// A hash of the identities that the compiler gives to the assemblies. Builds are deterministic and hold no commit, so it changes exactly when the
    /// code, the compiler or the kind of build (Debug or Release) does, and not with every commit.
    /// </remarks>
    public static string Code { get; } = HashOf(
        typeof(Core.Units), typeof(Imaging.Micrograph), typeof(Formats.MicroscopeFile), typeof(Particles.SizeMeasurement), typeof(Lattice.FringeAnalyser), typeof(ProgramVersion));

    /// <summary>The version of an assembly for people, such as <c>0.1.0+4f2a…</c>, ending in <c>.modified</c> where it was built from files that differ from that commit.</summary>
    /// <param name="program">The assembly of the program; only a program's holds the commit.</param>
    /// <returns>Its informational version, or <c>unknown</c>.</returns>
    public static string Of(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
    }

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
