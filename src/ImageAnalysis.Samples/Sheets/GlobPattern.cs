using System.Text;
using System.Text.RegularExpressions;

namespace ImageAnalysis.Samples;

/// <summary>
/// A path pattern of a sample sheet: <c>*</c> stands for any characters within a name, <c>?</c> for one, <c>**</c> as a whole part for any
/// number of folders. Letters match in any case. Wildcards do not match hidden names.
/// </summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;

    public GlobPattern(string pattern)
    {
        Pattern = pattern;
        StringBuilder regex = new("^");
        string[] parts = pattern.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            if (parts[i] == "**")
            {
                regex.Append(last ? "(?:[^/]+/)*[^/]+" : "(?:[^/]+/)*");
                continue;
            }

            foreach (char c in parts[i])
            {
                regex.Append(c switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    _ => Regex.Escape(c.ToString()),
                });
            }

            regex.Append(last ? string.Empty : "/");
        }

        // Without backtracking, a hostile pattern such as *a*a*a*a* cannot take for ever.
        _regex = new Regex(regex.Append('$').ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>The pattern as written.</summary>
    public string Pattern { get; }

    /// <summary>Whether a path has wildcards at all.</summary>
    public static bool HasWildcards(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether a path below the root, with <c>/</c>, matches.</summary>
    public bool Matches(string path) => _regex.IsMatch(path);
}
