using System.Collections.Frozen;

namespace ImageAnalysis.Report;

/// <summary>The letters drawn into overlays: 5 px wide, 9 px high (7 above the baseline), a table of constants drawn for this program.</summary>
/// <remarks>
/// Each glyph is nine rows from top to bottom; a row is one digit of base 32 (0…9, A…V) whose five bits are the pixels, the highest on the left.
/// </remarks>
internal static class BitmapFont
{
    /// <summary>Width of a glyph.</summary>
    public const int GlyphWidth = 5;

    /// <summary>Height of a glyph, descenders included.</summary>
    public const int GlyphHeight = 9;

    /// <summary>Height of a capital letter.</summary>
    public const int CapHeight = 7;

    /// <summary>Distance from one glyph to the next.</summary>
    public const int Advance = 6;

    private const string Unknown = "VHHHHHV00";

    private static readonly FrozenDictionary<char, string> _glyphs = new Dictionary<char, string>
    {
        [' '] = "000000000",
        ['!'] = "444440400",
        ['"'] = "AAA000000",
        ['#'] = "AAVAVAA00",
        ['$'] = "4FKE5U400",
        ['%'] = "PQ248BJ00",
        ['&'] = "CIK8LID00",
        ['\''] = "448000000",
        ['('] = "248884200",
        [')'] = "842224800",
        ['*'] = "04LEL4000",
        ['+'] = "044V44000",
        [','] = "00000CC48",
        ['-'] = "000E00000",
        ['.'] = "00000CC00",
        ['/'] = "122488G00",
        ['0'] = "EHJLPHE00",
        ['1'] = "4C4444E00",
        ['2'] = "EH1248V00",
        ['3'] = "V2421HE00",
        ['4'] = "26AIV2200",
        ['5'] = "VGU11HE00",
        ['6'] = "68GUHHE00",
        ['7'] = "V12488800",
        ['8'] = "EHHEHHE00",
        ['9'] = "EHHF12C00",
        [':'] = "0CC0CC000",
        [';'] = "0CC0CC480",
        ['<'] = "248G84200",
        ['='] = "00V0V0000",
        ['>'] = "842124800",
        ['?'] = "EH1240400",
        ['@'] = "EHNLNGE00",
        ['A'] = "EHHVHHH00",
        ['B'] = "UHHUHHU00",
        ['C'] = "EHGGGHE00",
        ['D'] = "SIHHHIS00",
        ['E'] = "VGGUGGV00",
        ['F'] = "VGGUGGG00",
        ['G'] = "EHGNHHF00",
        ['H'] = "HHHVHHH00",
        ['I'] = "E44444E00",
        ['J'] = "72222IC00",
        ['K'] = "HIKOKIH00",
        ['L'] = "GGGGGGV00",
        ['M'] = "HRLLHHH00",
        ['N'] = "HHPLJHH00",
        ['O'] = "EHHHHHE00",
        ['P'] = "UHHUGGG00",
        ['Q'] = "EHHHLID00",
        ['R'] = "UHHUKIH00",
        ['S'] = "FGGE11U00",
        ['T'] = "V44444400",
        ['U'] = "HHHHHHE00",
        ['V'] = "HHHHHA400",
        ['W'] = "HHHLLLA00",
        ['X'] = "HHA4AHH00",
        ['Y'] = "HHA444400",
        ['Z'] = "V1248GV00",
        ['['] = "E88888E00",
        ['\\'] = "G88422100",
        [']'] = "E22222E00",
        ['^'] = "4AH000000",
        ['_'] = "0000000V0",
        ['`'] = "840000000",
        ['a'] = "00E1FHF00",
        ['b'] = "GGMPHHU00",
        ['c'] = "00EGGHE00",
        ['d'] = "11DJHHF00",
        ['e'] = "00EHVGE00",
        ['f'] = "698S88800",
        ['g'] = "00FHHHF1E",
        ['h'] = "GGMPHHH00",
        ['i'] = "40C444E00",
        ['j'] = "2062222IC",
        ['k'] = "GGIKOKI00",
        ['l'] = "C44444E00",
        ['m'] = "00QLLLL00",
        ['n'] = "00MPHHH00",
        ['o'] = "00EHHHE00",
        ['p'] = "00UHHHUGG",
        ['q'] = "00FHHHF11",
        ['r'] = "00MPGGG00",
        ['s'] = "00FGE1U00",
        ['t'] = "88S889600",
        ['u'] = "00HHHJD00",
        ['v'] = "00HHHA400",
        ['w'] = "00HHLLA00",
        ['x'] = "00HA4AH00",
        ['y'] = "00HHHHF1E",
        ['z'] = "00V248V00",
        ['{'] = "344844300",
        ['|'] = "444444400",
        ['}'] = "O44244O00",
        ['~'] = "008L20000",
        ['\u00b0'] = "CIIC00000",
        ['\u00b1'] = "44V440V00",
        ['\u00b2'] = "CI48U0000",
        ['\u00b5'] = "00HHHJTGG",
        ['\u00c5'] = "4A4EHVH00",
        ['\u00d7'] = "0HA4AH000",
        ['\u2013'] = "000V00000",
        ['\u2026'] = "000000L00",
        ['\u00b7'] = "000400000",
        ['\u03c3'] = "00FAHHE00",
        ['\u27e8'] = "244844200",
        ['\u27e9'] = "844244800",
    }.ToFrozenDictionary();

    /// <summary>The characters that have a glyph; all others are drawn as a box.</summary>
    public static IEnumerable<char> Characters => _glyphs.Keys;

    /// <summary>Whether a pixel of a glyph is set.</summary>
    /// <param name="character">The character.</param>
    /// <param name="x">Column, 0…4.</param>
    /// <param name="y">Row, 0…8.</param>
    public static bool IsSet(char character, int x, int y)
    {
        char digit = _glyphs.GetValueOrDefault(character, Unknown)[y];
        int bits = digit <= '9' ? digit - '0' : digit - 'A' + 10;
        return ((bits >> (GlyphWidth - 1 - x)) & 1) != 0;
    }

    /// <summary>Width of a text in pixels, without the gap after its last glyph; 0 for an empty text.</summary>
    public static int WidthOf(string text, int scale) => text.Length == 0 ? 0 : ((text.Length * Advance) - (Advance - GlyphWidth)) * scale;
}
