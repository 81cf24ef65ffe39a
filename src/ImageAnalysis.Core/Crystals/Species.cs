using System.Globalization;

namespace ImageAnalysis.Core;

/// <summary>A kind of atom or ion: an element and its charge.</summary>
/// <param name="AtomicNumber">Number of protons, 1 (H) to 98 (Cf).</param>
/// <param name="Charge">Charge in units of the proton's: 1 for Cu⁺, −2 for Se²⁻, 0 for a neutral atom.</param>
public readonly record struct Species(int AtomicNumber, int Charge)
{
    /// <summary>The symbol of the element, such as <c>Cu</c>.</summary>
    public string Element => ElementSymbols.Of(AtomicNumber);

    /// <summary>The neutral atom of the same element.</summary>
    public Species Neutral => this with { Charge = 0 };

    /// <summary>Reads the symbol of an atom or ion: <c>Cu</c>, <c>Cu1+</c>, <c>Cu+</c>, <c>Cu+1</c>, <c>Se2-</c>, <c>Cu0+</c>; D is read as H.</summary>
    /// <param name="text">The symbol; case does not matter.</param>
    /// <returns>The species.</returns>
    /// <exception cref="FormatException">The text is no such symbol.</exception>
    public static Species Parse(string text) => TryParse(text, out Species species)
        ? species
        : throw new FormatException($"'{text}' is no atom or ion; expected an element up to Cf and a charge, such as 'Cu', 'Cu1+' or 'Se2-'.");

    /// <summary>Reads the symbol of an atom or ion, as <see cref="Parse"/> does.</summary>
    /// <param name="text">The symbol; case does not matter.</param>
    /// <param name="species">The species, or nothing where the text is no such symbol.</param>
    /// <returns>True where the text was read.</returns>
    public static bool TryParse(string? text, out Species species)
    {
        species = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int letters = 0;
        while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
        {
            letters++;
        }

        int number = letters is 1 or 2 ? ElementSymbols.NumberOf(rest[..letters]) : 0;
        if (number == 0 || !TryCharge(rest[letters..], out int charge) || charge > number)
        {
            return false;
        }

        species = new(number, charge);
        return true;
    }

    /// <summary>The symbol as scattering-factor tables write it.</summary>
    /// <returns>Text such as <c>Cu</c>, <c>Cu1+</c> or <c>Se2-</c>.</returns>
    public override string ToString() => Charge == 0
        ? Element
        : string.Create(CultureInfo.InvariantCulture, $"{Element}{Math.Abs(Charge)}{(Charge > 0 ? '+' : '-')}");

    // Nothing, "+", "2-", "+2" or "0".
    private static bool TryCharge(ReadOnlySpan<char> text, out int charge)
    {
        charge = 0;
        switch (text)
        {
            case []:
            case ['0']:
            case ['0', '+' or '-']:
                return true;
            case ['+' or '-']:
                charge = text[0] == '+' ? 1 : -1;
                return true;
            case [>= '1' and <= '9', '+' or '-']:
                charge = (text[0] - '0') * (text[1] == '+' ? 1 : -1);
                return true;
            case ['+' or '-', >= '1' and <= '9']:
                charge = (text[1] - '0') * (text[0] == '+' ? 1 : -1);
                return true;
            default:
                return false;
        }
    }
}
