namespace ImageAnalysis.Review;

/// <summary>Who decides, and whether blind. Kept in a cookie, so that each browser has its own; every decision names it again, as its page showed it.</summary>
internal sealed record ReviewerName(string Name, bool Blind)
{
    public const int MostCharacters = 60;
    private const string BlindMark = "blind|", OpenMark = "open|";

    public static bool IsValid(string? name) => name is { Length: > 0 and <= MostCharacters } && name.Trim() == name && !name.Any(char.IsControl);

    /// <summary>As it is kept in the cookie.</summary>
    public string ToCookie() => Uri.EscapeDataString((Blind ? BlindMark : OpenMark) + Name);

    /// <summary>From the cookie; <c>null</c> where there is none or it says nothing.</summary>
    public static ReviewerName? FromCookie(string? cookie)
    {
        if (cookie is not { Length: > 0 and < 1000 })
        {
            return null;
        }

        string text = Uri.UnescapeDataString(cookie);
        bool blind = text.StartsWith(BlindMark, StringComparison.Ordinal);
        string name = blind ? text[BlindMark.Length..] : text.StartsWith(OpenMark, StringComparison.Ordinal) ? text[OpenMark.Length..] : string.Empty;
        return IsValid(name) ? new ReviewerName(name, blind) : null;
    }
}
