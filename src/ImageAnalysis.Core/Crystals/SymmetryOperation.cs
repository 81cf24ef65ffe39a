namespace ImageAnalysis.Core;

/// <summary>
/// A symmetry operation of a space group on fractional coordinates: x′ = W·x + w, with a rotation part W of whole numbers and a translation w.
/// </summary>
/// <remarks>
/// Definition and text form ("x,-y,z+1/2", the Jones-faithful notation of CIF): International Tables for Crystallography A, chapter 1.5;
/// CIF core dictionary, <c>_space_group_symop_operation_xyz</c>.
/// </remarks>
public sealed record SymmetryOperation
{
    // Every translation of the standard space groups is a multiple of 1/24 of an edge.
    private const int Parts = 24;

    private SymmetryOperation(ReadOnlySpan<int> w, double tx, double ty, double tz)
    {
        (W11, W12, W13) = (w[0], w[1], w[2]);
        (W21, W22, W23) = (w[3], w[4], w[5]);
        (W31, W32, W33) = (w[6], w[7], w[8]);
        (XFraction, YFraction, ZFraction) = (Snapped(tx), Snapped(ty), Snapped(tz));
    }

    /// <summary>The operation that leaves everything where it is.</summary>
    public static SymmetryOperation Identity { get; } = new([1, 0, 0, 0, 1, 0, 0, 0, 1], 0, 0, 0);

    /// <summary>Rotation part, row 1, column 1.</summary>
    public int W11 { get; }

    /// <summary>Rotation part, row 1, column 2.</summary>
    public int W12 { get; }

    /// <summary>Rotation part, row 1, column 3.</summary>
    public int W13 { get; }

    /// <summary>Rotation part, row 2, column 1.</summary>
    public int W21 { get; }

    /// <summary>Rotation part, row 2, column 2.</summary>
    public int W22 { get; }

    /// <summary>Rotation part, row 2, column 3.</summary>
    public int W23 { get; }

    /// <summary>Rotation part, row 3, column 1.</summary>
    public int W31 { get; }

    /// <summary>Rotation part, row 3, column 2.</summary>
    public int W32 { get; }

    /// <summary>Rotation part, row 3, column 3.</summary>
    public int W33 { get; }

    /// <summary>Translation along a, in [0, 1).</summary>
    public double XFraction { get; }

    /// <summary>Translation along b, in [0, 1).</summary>
    public double YFraction { get; }

    /// <summary>Translation along c, in [0, 1).</summary>
    public double ZFraction { get; }

    /// <summary>Determinant of the rotation part: 1 for proper rotations, −1 for inversions, mirrors and rotoinversions.</summary>
    public int Determinant =>
        (W11 * ((W22 * W33) - (W23 * W32))) - (W12 * ((W21 * W33) - (W23 * W31))) + (W13 * ((W21 * W32) - (W22 * W31)));

    /// <summary>True for an inversion through any centre: each coordinate changes its sign.</summary>
    public bool IsInversion => this is { W11: -1, W22: -1, W33: -1, W12: 0, W13: 0, W21: 0, W23: 0, W31: 0, W32: 0 };

    /// <summary>True for the identity and for pure translations, such as those of a centring.</summary>
    public bool IsTranslation => this is { W11: 1, W22: 1, W33: 1, W12: 0, W13: 0, W21: 0, W23: 0, W31: 0, W32: 0 };

    /// <summary>Makes an operation from its parts.</summary>
    /// <param name="rotation">The rotation part row by row: nine whole numbers from −4 to 4 with determinant 1 or −1.</param>
    /// <param name="xFraction">Translation along a; any finite value, kept modulo 1.</param>
    /// <param name="yFraction">Translation along b; any finite value, kept modulo 1.</param>
    /// <param name="zFraction">Translation along c; any finite value, kept modulo 1.</param>
    /// <returns>The operation; translations within 0.0005 of a multiple of 1/24 become that multiple, so that 0.333 means 1/3.</returns>
    /// <exception cref="ArgumentException">Not nine numbers, a number outside −4…4, a determinant other than 1 or −1, or a translation that is not finite.</exception>
    public static SymmetryOperation Of(ReadOnlySpan<int> rotation, double xFraction, double yFraction, double zFraction)
    {
        if (rotation.Length != 9)
        {
            throw new ArgumentException($"A rotation part has 9 numbers, not {rotation.Length}.", nameof(rotation));
        }

        foreach (int element in rotation)
        {
            if (element is < -4 or > 4)
            {
                throw new ArgumentException($"The rotation part holds {element}; expected -4 to 4.", nameof(rotation));
            }
        }

        if (!double.IsFinite(xFraction) || !double.IsFinite(yFraction) || !double.IsFinite(zFraction))
        {
            throw new ArgumentException("A translation is not a finite number.", nameof(xFraction));
        }

        SymmetryOperation operation = new(rotation, xFraction, yFraction, zFraction);
        return operation.Determinant is 1 or -1
            ? operation
            : throw new ArgumentException($"The rotation part has determinant {operation.Determinant}; expected 1 or -1.", nameof(rotation));
    }

    /// <summary>Reads an operation from text such as <c>x,-y,z+1/2</c>, <c>1/2+X,Y,-Z</c> or <c>x-y, x, z+0.3333</c>.</summary>
    /// <param name="text">Three expressions in x, y and z, separated by commas; spaces and case do not matter.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="FormatException">The text is not of that form; the message says what was found and what is expected.</exception>
    public static SymmetryOperation Parse(string text) => SymmetryOperationText.Parse(text);

    /// <summary>Applies the operation to a position.</summary>
    /// <param name="position">The position in fractions; any finite values.</param>
    /// <returns>The image W·x + w, not wrapped into the cell.</returns>
    public FractionalPosition Apply(FractionalPosition position)
    {
        (double x, double y, double z) = (position.XFraction, position.YFraction, position.ZFraction);
        return new(
            (W11 * x) + (W12 * y) + (W13 * z) + XFraction,
            (W21 * x) + (W22 * y) + (W23 * z) + YFraction,
            (W31 * x) + (W32 * y) + (W33 * z) + ZFraction);
    }

    /// <summary>The operation that does another one first and then this one.</summary>
    /// <param name="first">The operation that is done first.</param>
    /// <returns>The product, with its translation in [0, 1).</returns>
    public SymmetryOperation After(SymmetryOperation first)
    {
        ArgumentNullException.ThrowIfNull(first);
        FractionalPosition t = Apply(new(first.XFraction, first.YFraction, first.ZFraction));
        Span<int> w =
        [
            (W11 * first.W11) + (W12 * first.W21) + (W13 * first.W31),
            (W11 * first.W12) + (W12 * first.W22) + (W13 * first.W32),
            (W11 * first.W13) + (W12 * first.W23) + (W13 * first.W33),
            (W21 * first.W11) + (W22 * first.W21) + (W23 * first.W31),
            (W21 * first.W12) + (W22 * first.W22) + (W23 * first.W32),
            (W21 * first.W13) + (W22 * first.W23) + (W23 * first.W33),
            (W31 * first.W11) + (W32 * first.W21) + (W33 * first.W31),
            (W31 * first.W12) + (W32 * first.W22) + (W33 * first.W32),
            (W31 * first.W13) + (W32 * first.W23) + (W33 * first.W33),
        ];
        return new(w, t.XFraction, t.YFraction, t.ZFraction);
    }

    /// <summary>The indices of the planes that this operation maps the planes (hkl) from: the row vector h·W.</summary>
    /// <param name="h">Miller index h.</param>
    /// <param name="k">Miller index k.</param>
    /// <param name="l">Miller index l.</param>
    /// <returns>The equivalent indices.</returns>
    public (int H, int K, int L) ApplyToIndices(int h, int k, int l) => (
        (h * W11) + (k * W21) + (l * W31),
        (h * W12) + (k * W22) + (l * W32),
        (h * W13) + (k * W23) + (l * W33));

    /// <summary>Whether the operation alone forces a reflection to have no intensity.</summary>
    /// <param name="h">Miller index h.</param>
    /// <param name="k">Miller index k.</param>
    /// <param name="l">Miller index l.</param>
    /// <returns>True where it maps the planes onto themselves and shifts their phase by other than whole turns.</returns>
    public bool Extinguishes(int h, int k, int l)
    {
        if (ApplyToIndices(h, k, l) != (h, k, l))
        {
            return false;
        }

        double turns = (h * XFraction) + (k * YFraction) + (l * ZFraction);
        return Math.Abs(turns - Math.Round(turns)) > 1e-3;
    }

    /// <summary>The text form of the operation.</summary>
    /// <returns>Text such as <c>-y,x-y,z+1/3</c> that <see cref="Parse"/> reads back.</returns>
    public override string ToString() => string.Join(
        ',', SymmetryOperationText.Row(W11, W12, W13, XFraction), SymmetryOperationText.Row(W21, W22, W23, YFraction), SymmetryOperationText.Row(W31, W32, W33, ZFraction));

    // Exact multiples make the products of a group equal where they should be.
    private static double Snapped(double fraction)
    {
        double wrapped = fraction - Math.Floor(fraction);
        double nearest = Math.Round(wrapped * Parts);
        double snapped = Math.Abs(wrapped - (nearest / Parts)) < 5e-4 ? nearest / Parts : Math.Round(wrapped, 6);
        return snapped >= 1 ? 0 : snapped;
    }
}
