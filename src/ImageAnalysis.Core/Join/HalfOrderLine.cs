namespace ImageAnalysis.Core;

/// <summary>
/// The powder line ½½½ that vacancies stacked along ⟨111⟩ with twice the spacing of {111} give (for Cu₂Se near 13.1° with Cu Kα, below the usual range): where it is expected, and whether the pattern shows it.
/// </summary>
/// <param name="ExpectedTwoThetaDeg">Where it is expected, degrees, from the fitted lattice parameter.</param>
/// <param name="FirstTwoThetaDeg">Where the pattern begins, degrees.</param>
public sealed record HalfOrderLine(double ExpectedTwoThetaDeg, double FirstTwoThetaDeg)
{
    /// <summary>A peak counts as found from this many standard deviations on: a dozen independent places and slopes of the background are tried.</summary>
    private const double FoundSnr = 5;

    /// <summary>Largest change of the spacing that is looked for; ordered crystals are elongated by 1 to 2.5 % along the stacking.</summary>
    private const double LargestStretch = 0.03;

    private const double Reach = 2.5; // of the window, in full widths to each side
    private const double LeastReach = 1.2;
    private const double ScherrerOfSphere = 0.8132; // size by width over diameter, K = 0.9

    /// <summary>Whether the pattern reaches far enough below the place to judge it.</summary>
    public bool IsCovered { get; init; }

    /// <summary>Where the strongest peak near the place lies, degrees; <c>null</c> where the pattern does not reach it.</summary>
    public double? TwoThetaDeg { get; init; }

    /// <summary>Area of that peak over the area of {111}; <c>null</c> where the pattern does not reach it.</summary>
    public double? AreaRatio { get; init; }

    /// <summary>One standard deviation of <see cref="AreaRatio"/>.</summary>
    public double? AreaSigmaRatio { get; init; }

    /// <summary>The area over that of {111} that the line does not exceed, at 95 %.</summary>
    public double? LimitRatio => AreaRatio is double area ? Math.Max(0, area) + (1.645 * AreaSigmaRatio) : null;

    /// <summary>
    /// Area over that of {111} if every fourth layer of the eight tetrahedral copper sites of a cell were empty in all particles, the others full; a depletion D in a share p of the particles gives p·D² times that.
    /// <c>null</c> for crystals without such sites.
    /// </summary>
    public double? FullOrderRatio { get; init; }

    /// <summary>Whether a peak stands out.</summary>
    public bool IsFound => AreaRatio > FoundSnr * AreaSigmaRatio;

    /// <summary>What is to be said of the line, for people.</summary>
    public string Words
    {
        get
        {
            string expected = FormattableString.Invariant($"The line ½½½ of vacancy order along ⟨111⟩ is expected at {ExpectedTwoThetaDeg:0.00}°");
            string full = FullOrderRatio is double most ? FormattableString.Invariant($"; every fourth copper layer empty in all particles would give {100 * most:0} %") : string.Empty;
            return this switch
            {
                { IsCovered: false } => FormattableString.Invariant($"{expected}: the pattern does not show enough of the angles around it (it begins at {FirstTwoThetaDeg:0.##}°)."),
                { IsFound: true } => FormattableString.Invariant($"{expected} and found at {TwoThetaDeg:0.00}°, with {100 * AreaRatio:0.0} ± {100 * AreaSigmaRatio:0.0} % of the area of (111){full}. A line of another substance may lie there too."),
                _ => FormattableString.Invariant($"{expected} and not found: it has less than {100 * LimitRatio:0.0} % of the area of (111) (95 %){full}."),
            };
        }
    }

    /// <summary>Looks for the line in the pattern of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="scattering">The tables of the fit.</param>
    /// <returns>The line; <c>null</c> for crystals that are not cubic with an F lattice, where ½½½ has no such meaning.</returns>
    /// <remarks>
    /// Observed counts less the fitted lines of the crystal, in a window of 2.5 full widths to each side, are described by a parabola and one pseudo-Voigt doublet of the width that the fitted size gives, at places from −3 to +1 % in angle.
    /// Ordered regions smaller than the crystals give a broader and flatter line than is looked for. Full order: |F|² = (8·¼·f)² at two of eight {111} directions' half orders (±½½½), f with its
    /// Debye-Waller factor, since taking one of four layers away has a Fourier coefficient of ¼.
    /// </remarks>
    internal static HalfOrderLine? Of(PowderFit fit, ReflectionOptions scattering)
    {
        CrystalStructure crystal = fit.Best.Structure;
        double wavelength = fit.Wavelengths.Alpha1Angstrom;
        if (ExpectedTwoTheta(crystal, fit.Wavelengths) is not double expected)
        {
            return null;
        }

        PowderCurve curve = fit.Curve;
        double size = fit.Best.Shape == PeakShape.Spheres ? ScherrerOfSphere * fit.Best.SizeAngstrom : fit.Best.SizeAngstrom;
        double fwhm = Math.Max(0.9 * wavelength / size / Math.Cos(expected * Math.PI / 360) * 180 / Math.PI, 0.1), reach = Math.Max(Reach * fwhm, LeastReach);
        HalfOrderLine line = new(expected, curve.TwoThetaDeg[0]);
        scattering = scattering with { SmallestSpacingAngstrom = 0.9 * crystal.Cell.SpacingAngstrom(1, 1, 1) };
        Reflection first = Reflections.Of(crystal, scattering)[0];
        double strength = first.MultiplicityCount * first.StructureFactorElectrons2 * LorentzPolarisation.FactorRatio(first.TwoThetaDeg(wavelength)!.Value);
        line = line with { FullOrderRatio = FullOrder(crystal, scattering, expected, wavelength) / strength };
        double area = fit.Best.Parameters.Single(parameter => parameter.Name == "scale").Value * strength, highest = first.TwoThetaDeg(wavelength)!.Value - fwhm;
        int[] window = [.. Enumerable.Range(0, curve.TwoThetaDeg.Count).Where(i => Math.Abs(curve.TwoThetaDeg[i] - expected) <= reach && curve.TwoThetaDeg[i] < highest)];
        if (window.Length < 12 || curve.TwoThetaDeg[0] > expected - fwhm - 0.3 || area <= 0)
        {
            return line;
        }

        (double best, double value, double sigma) = (expected, 0, double.PositiveInfinity);
        int steps = (int)Math.Ceiling(4 * LargestStretch * expected / fwhm) + 1;
        for (int k = -steps; k <= (steps + 2) / 3; k++)
        {
            double place = expected * (1 + (LargestStretch * k / steps));
            (double found, double error) = Amplitude(fit, window, place, fwhm);
            if (double.IsInfinity(sigma) || found / error > value / sigma)
            {
                (best, value, sigma) = (place, found, error);
            }
        }

        return double.IsFinite(sigma) ? line with { IsCovered = true, TwoThetaDeg = best, AreaRatio = value / area, AreaSigmaRatio = fit.ErrorFactorRatio * sigma / area } : line;
    }

    /// <summary>Area in counts · degrees of a doublet at a place, on a parabola, by weighted least squares, and its standard deviation.</summary>
    private static (double Area, double Sigma) Amplitude(PowderFit fit, int[] window, double place, double fwhm)
    {
        const int terms = 4;
        PowderCurve curve = fit.Curve;
        double share = fit.Wavelengths is { Alpha2Angstrom: not null, Alpha2Ratio: double ratio } ? 1 / (1 + ratio) : 1, middle = curve.TwoThetaDeg[window[window.Length / 2]];
        double second = fit.Wavelengths.Alpha2Angstrom is double other ? place + (Math.Tan(place * Math.PI / 360) * ((other / fit.Wavelengths.Alpha1Angstrom) - 1) * 360 / Math.PI) : place;
        double[] normal = new double[terms * terms], right = new double[terms];
        foreach (int i in window)
        {
            double u = (curve.TwoThetaDeg[i] - middle) / fwhm, weight = 1 / (curve.SigmaCounts[i] * curve.SigmaCounts[i]);
            double profile = (share * PseudoVoigt.At(curve.TwoThetaDeg[i], place, fwhm, 0.5)) + ((1 - share) * PseudoVoigt.At(curve.TwoThetaDeg[i], second, fwhm, 0.5));
            double[] row = [profile, 1, u, u * u];
            double left = curve.ObservedCounts[i] - (curve.CalculatedCounts[i] - curve.BackgroundCounts[i]);
            for (int a = 0; a < terms; a++)
            {
                right[a] += weight * row[a] * left;
                for (int b = 0; b < terms; b++)
                {
                    normal[(a * terms) + b] += weight * row[a] * row[b];
                }
            }
        }

        Covariance covariance = Covariance.Of(normal, terms, [0, 1, 2, 3], []);
        double value = Enumerable.Range(0, terms).Sum(b => covariance.Between(0, b) * right[b]);
        return covariance.Variance(0) is double variance and > 0 ? (value, Math.Sqrt(variance)) : (0, double.PositiveInfinity);
    }

    /// <summary>m|F|²·LP of ±½½½ of one stacking direction with every fourth layer of the copper on 8c empty; <c>null</c> without such sites.</summary>
    private static double? FullOrder(CrystalStructure crystal, ReflectionOptions options, double twoThetaDeg, double wavelength)
    {
        int site = Enumerable.Range(0, crystal.Sites.Count).FirstOrDefault(i => crystal.Sites[i].Species.Element == "Cu" && (crystal.Sites[i].Group ?? crystal.Sites[i].Label) == "8c", -1);
        if (site < 0)
        {
            return null;
        }

        SiteScattering copper = SiteScattering.Of(crystal.Sites[site], options);
        double s = Math.Sin(twoThetaDeg * Math.PI / 360) / wavelength, f = copper.Factor.ElectronsAt(s) + copper.Anomalous.RealElectrons, f2 = copper.Anomalous.ImaginaryElectrons;
        double amplitude = crystal.MultiplicityCount(site) / 4.0 * Math.Exp(-copper.BIsoAngstrom2 * s * s);
        return 2 * amplitude * amplitude * ((f * f) + (f2 * f2)) * LorentzPolarisation.FactorRatio(twoThetaDeg);
    }

    /// <summary>Where the line is expected for a crystal, degrees; <c>null</c> where ½½½ has no such meaning.</summary>
    internal static double? ExpectedTwoTheta(CrystalStructure crystal, PowderWavelengths wavelengths) =>
        HasCubicFaceLattice(crystal) ? BraggAngle.TwoThetaDeg(2 * crystal.Cell.SpacingAngstrom(1, 1, 1), wavelengths.Alpha1Angstrom) : null;

    private static bool HasCubicFaceLattice(CrystalStructure crystal)
    {
        UnitCell cell = crystal.Cell;
        bool isCubic = Math.Abs((cell.BAngstrom / cell.AAngstrom) - 1) < 1e-6 && Math.Abs((cell.CAngstrom / cell.AAngstrom) - 1) < 1e-6
            && new[] { cell.AlphaDeg, cell.BetaDeg, cell.GammaDeg }.All(angle => Math.Abs(angle - 90) < 1e-6);
        return isCubic && Reflections.Families(cell, crystal.Symmetry, 0.99 * cell.SpacingAngstrom(1, 1, 1)) is [{ H: 1, K: 1, L: 1 }];
    }
}
