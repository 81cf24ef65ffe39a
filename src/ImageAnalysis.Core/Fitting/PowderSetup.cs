namespace ImageAnalysis.Core;

/// <summary>Everything that stays the same while one pattern is fitted.</summary>
internal sealed class PowderSetup
{
    /// <summary>Lines beyond the pattern whose wings reach into it: down to this part of the smallest d within it.</summary>
    private const double SpacingBeyond = 0.72;

    /// <summary>Fewer points tell nothing of a dozen parameters.</summary>
    private const int FewestPoints = 50;

    public PowderSetup(PowderPattern pattern, CrystalStructure structure, PowderFitOptions options)
    {
        (Pattern, Structure, Options) = (pattern, structure, options);
        Wavelengths = RadiationOf(pattern, options);
        ScatteringOptions = new ReflectionOptions
        {
            Table = options.Table,
            Charges = options.Charges,
            Anomalous = options.Anomalous,
            WavelengthAngstrom = Wavelengths.Alpha1Angstrom,
            SmallestSpacingAngstrom = SmallestSpacing(pattern, Wavelengths),
        };
        CheckPoints(pattern, structure, options.Excluded, Wavelengths, ScatteringOptions.SmallestSpacingAngstrom);
        string[] elements = [.. structure.Sites.Select(site => site.Species.Element).Distinct()];
        DisplacementNames = options.CommonB || elements.Length == 1 ? ["B"] : [.. elements.Select(element => $"B {element}")];
        int[] groups = [.. structure.Sites.Select(site => options.CommonB ? 0 : Array.IndexOf(elements, site.Species.Element))];
        Lines = new LineStrengths(structure, ScatteringOptions, groups);
        Instrument = InstrumentGeometry.Of(Wavelengths, options.ScherrerKRatio, options.GoniometerRadiusMm, options.MonochromatorTwoThetaDeg, options.InstrumentFwhmDeg);
        Families = FamilySetups.Of(structure, options);
        int free = Lines.InverseSquare.Count(inverse => BraggAngle.TwoThetaDeg(1 / Math.Sqrt(inverse), Wavelengths.Alpha1Angstrom) is double angle && angle <= pattern.TwoThetaDeg[^1]);
        Layout = new PowderLayout(Lines.Axes.Names.Length, Lines.SiteCount, DisplacementNames.Length, options.MostBackgroundTerms, 0);
        FreeLayout = new PowderLayout(Lines.Axes.Names.Length, Lines.SiteCount, DisplacementNames.Length, options.MostBackgroundTerms, free);
        HalfOrderTwoThetaDeg = HalfOrderOf(pattern, structure, options.Excluded, Wavelengths);
        MeasuredTotals = [.. FamilySetups.MeasuredTotals(structure, options, Layout)];
    }

    /// <summary>How many points of the file were taken together for one of the pattern.</summary>
    public int PointsPerMean { get; init; } = 1;

    public PowderPattern Pattern { get; }

    public CrystalStructure Structure { get; }

    public PowderFitOptions Options { get; }

    public PowderWavelengths Wavelengths { get; }

    public ReflectionOptions ScatteringOptions { get; }

    /// <summary>Where the line ½½½ of vacancy order is expected, degrees; <c>null</c> for crystals that have none and patterns that do not reach it.</summary>
    public double? HalfOrderTwoThetaDeg { get; }

    public LineStrengths Lines { get; }

    public InstrumentGeometry Instrument { get; }

    public IReadOnlyList<FamilySetup> Families { get; }

    public IReadOnlyList<LinearObservation> MeasuredTotals { get; }

    public string[] DisplacementNames { get; }

    /// <summary>Parameters of the model whose strengths follow from the structure.</summary>
    public PowderLayout Layout { get; }

    /// <summary>Parameters of the model whose strengths are free.</summary>
    public PowderLayout FreeLayout { get; }

    /// <summary>The model over points: with the structure's strengths, or with free ones.</summary>
    public PowderModel ModelOf(PatternPoints points, PeakShape shape, bool free)
    {
        PowderLayout layout = free ? FreeLayout : Layout;
        IEnumerable<LinearObservation> displacement = Options.Displacement == Refine.Auto ? [new([(layout.Offset, 1)], 0, Options.DisplacementSigmaMm)] : [];
        return new(points, Lines, Instrument, layout, shape) { Observations = [.. displacement, .. free ? [] : MeasuredTotals] };
    }

    /// <summary>Refuses a pattern that cannot tell anything of the structure: too few points, or none of its lines among them.</summary>
    private static void CheckPoints(
        PowderPattern pattern, CrystalStructure structure, IReadOnlyList<TwoThetaRange> excluded, PowderWavelengths wavelengths, double smallestSpacing)
    {
        double[] used = [.. pattern.TwoThetaDeg.Where(angle => !excluded.Any(range => angle >= range.FirstTwoThetaDeg && angle <= range.LastTwoThetaDeg))];
        string outside = excluded.Count > 0 ? " outside the excluded ranges" : string.Empty;
        if (used.Length < FewestPoints)
        {
            throw new ArgumentException($"The pattern has {used.Length} points{outside}; expected {FewestPoints} or more.", nameof(pattern));
        }

        double? PlaceOf(ReflectionFamily family) => BraggAngle.TwoThetaDeg(family.SpacingAngstrom, wavelengths.Alpha1Angstrom);
        IReadOnlyList<ReflectionFamily> within = Reflections.Families(structure.Cell, structure.Symmetry, smallestSpacing);
        bool IsSeen(double angle) => Array.FindIndex(used, point => point >= angle) is > 0 and int next && used[next] - used[next - 1] < 2;
        if (!within.Any(family => PlaceOf(family) is double angle && IsSeen(angle)))
        {
            // The first lines of any crystal are those with indices up to 2 of its primitive cell; indices up to 4 have them all.
            double smallest = Math.Max(Math.Max(structure.Cell.AAngstrom, structure.Cell.BAngstrom), structure.Cell.CAngstrom) / 4;
            string[] first = [.. Reflections.Families(structure.Cell, structure.Symmetry, smallest).Where(family => PlaceOf(family) is not null).Take(4)
                .Select(family => FormattableString.Invariant($"{PlaceOf(family):0.0}° ({family.H}{family.K}{family.L})"))];
            throw new ArgumentException(
                FormattableString.Invariant($"The pattern reaches from {used[0]:0.##}° to {used[^1]:0.##}°, and no line of '{structure.Name}' lies in it{outside}; expected at least one of {string.Join(", ", first)}, …"),
                nameof(pattern));
        }
    }

    private static double? HalfOrderOf(PowderPattern pattern, CrystalStructure structure, IReadOnlyList<TwoThetaRange> excluded, PowderWavelengths wavelengths)
    {
        bool IsSeen(double angle) => pattern.TwoThetaDeg[0] <= angle && !excluded.Any(range => angle >= range.FirstTwoThetaDeg && angle <= range.LastTwoThetaDeg);
        return HalfOrderLine.ExpectedTwoTheta(structure, wavelengths) is double angle && IsSeen(angle) ? angle : null;
    }

    private static PowderWavelengths RadiationOf(PowderPattern pattern, PowderFitOptions options)
    {
        PowderWavelengths radiation = options.Wavelengths ?? pattern.Wavelengths ?? PowderWavelengths.CuKAlpha;
        if (radiation.KAlphaElement is null)
        {
            throw new ArgumentException(
                $"The pattern was measured with {radiation}: such patterns cannot be fitted here, since f′ and f″ and the doublet are those of laboratory anodes.", nameof(pattern));
        }

        if (options.Wavelengths is { } asked && pattern.Wavelengths is { } stated && asked.KAlphaElement != stated.KAlphaElement)
        {
            throw new ArgumentException($"The pattern was measured with {stated}, but {asked} was asked for.", nameof(options));
        }

        // Files that state Kα₁ alone are measured with the doublet all the same, unless somebody says otherwise.
        return options.Wavelengths is null && radiation is { Alpha2Angstrom: null, KAlphaElement: "Cu" } ? PowderWavelengths.CuKAlpha : radiation;
    }

    private static double SmallestSpacing(PowderPattern pattern, PowderWavelengths wavelengths)
    {
        double last = pattern.TwoThetaDeg[^1];
        if (pattern.TwoThetaDeg[0] <= 0 || last >= 175)
        {
            throw new ArgumentException(FormattableString.Invariant($"The pattern reaches from {pattern.TwoThetaDeg[0]}° to {last}°; expected angles between 0 and 175°."), nameof(pattern));
        }

        double inside = wavelengths.Alpha1Angstrom / 2 / Math.Sin(last * Math.PI / 360);
        return Math.Max(inside * SpacingBeyond, wavelengths.Alpha1Angstrom / 2 * 1.001);
    }
}
