using System.Security.Cryptography;
using System.Text;

namespace ImageAnalysis.Samples;

/// <summary>What a stored result depends on. Where all four agree, it is taken and not computed again.</summary>
/// <param name="Sha256">Hash of the input file's bytes, lower-case hexadecimal.</param>
/// <param name="Stage">Name of the stage, such as <c>sizes</c>.</param>
/// <param name="OptionsHash">Hash of the options of the stage and of what the sheet and the command line say about the file.</param>
/// <param name="CodeVersion">Version of the code.</param>
internal sealed record StageKey(string Sha256, string Stage, string OptionsHash, string CodeVersion)
{
    /// <summary>One name for all four, by which a picture says which result it shows.</summary>
    public string ResultId => HashOf($"{Sha256} {Stage} {OptionsHash} {CodeVersion}");

    /// <summary>SHA-256 of bytes in lower-case hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>SHA-256 of a text's UTF-8 bytes in lower-case hexadecimal.</summary>
    public static string HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));
}
