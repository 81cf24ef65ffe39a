namespace ImageAnalysis.Samples;

/// <summary>The order in which people count: <c>2nm</c> before <c>10nm</c>; ties are broken by ordinal order.</summary>
internal static class NaturalOrder
{
    /// <summary>Compares two names, runs of digits by their number.</summary>
    public static int Compare(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            int order;
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                ReadOnlySpan<char> m = Digits(a, ref i), n = Digits(b, ref j);
                order = m.Length != n.Length ? m.Length - n.Length : m.SequenceCompareTo(n);
            }
            else
            {
                order = char.ToLowerInvariant(a[i++]) - char.ToLowerInvariant(b[j++]);
            }

            if (order != 0)
            {
                return order;
            }
        }

        int rest = (a.Length - i) - (b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(a, b);
    }

    /// <summary>The digits from a place on, without leading zeros; moves the place behind them.</summary>
    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
