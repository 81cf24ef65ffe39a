namespace ImageAnalysis.Samples;

/// <summary>What a file is measured for.</summary>
public enum FileRole
{
    /// <summary>A HAADF-STEM image: particle sizes.</summary>
    Haadf,

    /// <summary>A high-resolution TEM image: lattice fringes.</summary>
    Hrtem,

    /// <summary>A powder diffraction pattern: site occupancies.</summary>
    Pxrd,
}

/// <summary>The words for roles in sheets, folders and tables.</summary>
public static class FileRoles
{
    /// <summary>The words, for messages.</summary>
    public const string Words = "haadf, hrtem or pxrd";

    /// <summary>The word of a role: <c>haadf</c>, <c>hrtem</c> or <c>pxrd</c>.</summary>
    /// <param name="role">The role.</param>
    /// <returns>The word in lower case.</returns>
    public static string Word(this FileRole role) => role switch
    {
        FileRole.Haadf => "haadf",
        FileRole.Hrtem => "hrtem",
        FileRole.Pxrd => "pxrd",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };

    /// <summary>The role that a word means, in letters of any case.</summary>
    /// <param name="word">A word such as <c>HAADF</c>.</param>
    /// <returns>The role, or <c>null</c> for any other word.</returns>
    public static FileRole? Parse(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.ToLowerInvariant() switch
        {
            "haadf" => FileRole.Haadf,
            "hrtem" => FileRole.Hrtem,
            "pxrd" => FileRole.Pxrd,
            _ => null,
        };
    }
}
