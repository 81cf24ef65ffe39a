namespace ImageAnalysis.Core;

/// <summary>
/// A model, not a measurement: what ordered fcc crystals would show if they lay in random orientations. In a single-variant crystal only one of the four {111} carries the order, and it is often out of view while another one shows plain fringes.
/// </summary>
/// <param name="FringeTiltDeg">{111} fringes show while their normal is tilted out of the image plane by at most this, degrees.</param>
/// <param name="OrderTiltDeg">The superlattice of the modulated {111} shows up to this tilt, degrees.</param>
/// <param name="VariantCount">How many of the four {111} carry order in one crystal, 1 … 4.</param>
/// <param name="FringesFraction">Share of random orientations that show {111} fringes or the superlattice: the denominator of the table.</param>
/// <param name="OrderFraction">Share of random orientations in which the order of a fully ordered crystal shows.</param>
public sealed record RandomOrientationModel(double FringeTiltDeg, double OrderTiltDeg, int VariantCount, double FringesFraction, double OrderFraction)
{
    /// <summary>What a sample of fully ordered crystals would show: the share with visible order among those that show {111}; <c>null</c> where nothing shows.</summary>
    public double? FullyOrderedFraction => FringesFraction > 0 ? Math.Min(1, OrderFraction / FringesFraction) : null;

    /// <summary>The model for given tilts.</summary>
    /// <param name="fringeTiltDeg">Largest tilt at which {111} fringes show, degrees; 0 … 90.</param>
    /// <param name="orderTiltDeg">Largest tilt at which the superlattice shows, degrees; 0 … 90.</param>
    /// <param name="variantCount">{111} that carry order in one crystal, 1 … 4.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    public static RandomOrientationModel Of(double fringeTiltDeg, double orderTiltDeg, int variantCount = 1)
    {
        OptionCheck.Within(fringeTiltDeg, 0, 90, nameof(fringeTiltDeg));
        OptionCheck.Within(orderTiltDeg, 0, 90, nameof(orderTiltDeg));
        OptionCheck.Within(variantCount, 1, 4, nameof(variantCount));
        UnitCell cubic = UnitCell.Cubic(1);
        ViewBand[] family = [new(1, 1, 1, fringeTiltDeg), new(-1, 1, 1, fringeTiltDeg), new(1, -1, 1, fringeTiltDeg), new(1, 1, -1, fringeTiltDeg)];
        ViewBand[] modulated = [.. family.Take(variantCount).Select(band => band with { TiltDeg = orderTiltDeg })];
        return new RandomOrientationModel(fringeTiltDeg, orderTiltDeg, variantCount, OrientationView.AnyInViewFraction(cubic, [.. family, .. modulated]), OrientationView.AnyInViewFraction(cubic, modulated));
    }

    /// <summary>The tilt at which a reflection of a thin crystal has lost half of its strength.</summary>
    /// <param name="spacingNm">Period d of the fringes, nm; above 0.</param>
    /// <param name="thicknessNm">Thickness t of the crystal along the beam, nm; above 0.</param>
    /// <returns>asin(0.443 d/t), degrees; 90 where the crystal is thinner than 0.443 d. {111} of 4 nm: 2.1°; its half order: 4.3°.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or outside its range.</exception>
    /// <remarks>
    /// The reflection of a plate of thickness t is drawn out along the beam as sinc²(s t), which is one half at s t = 0.443; a normal tilted by τ has s = sin τ/d (P. B. Hirsch et al., Electron Microscopy of Thin Crystals, 1965, kinematic shape transform; not opened). The Ewald
    /// sphere's curvature (0.2° here) is left out, and what still shows depends on noise: a strong reflection shows beyond this tilt, at most up to asin(d/t).
    /// </remarks>
    public static double HalfPowerTiltDeg(double spacingNm, double thicknessNm)
    {
        OptionCheck.Within(spacingNm, 1e-3, 100, nameof(spacingNm));
        OptionCheck.Within(thicknessNm, 1e-3, 1e6, nameof(thicknessNm));
        return Math.Asin(Math.Min(1, 0.442946 * spacingNm / thicknessNm)) * 180 / Math.PI;
    }

    /// <summary>The second estimate of the true ordered fraction: the counted one divided by what fully ordered crystals would show.</summary>
    /// <param name="inStateCount">Particles called superstructure.</param>
    /// <param name="allCount">All particles in the denominator.</param>
    /// <param name="levelFraction">Confidence level; 0.5 to 0.9999.</param>
    /// <returns>The estimate; <c>null</c> without particles or where the model shows nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <remarks>
    /// f = (k/n)/r with r = <see cref="FullyOrderedFraction"/>, and the ends of the exact interval of k/n divided by r, all cut at 1. The interval holds the counting error only, none of the model's. It takes ordered and other crystals to show {111} equally often.
    /// </remarks>
    public RandomOrientationEstimate? Estimate(int inStateCount, int allCount, double levelFraction = 0.95)
    {
        FractionInterval? counted = FractionIntervals.ClopperPearson(inStateCount, allCount, levelFraction);
        if (counted is null || !(FullyOrderedFraction is double shown and > 0))
        {
            return null;
        }

        bool contradicted = counted.LowFraction > shown;
        string model = FormattableString.Invariant($"By a model of random orientations with {VariantCount} ordered {{111}} of four, in view up to {OrderTiltDeg:0.#}° of tilt ({FringeTiltDeg:0.#}° for plain fringes), fully ordered crystals would show order in {100 * shown:0} % of those that show {{111}}");
        string words = contradicted
            ? FormattableString.Invariant($"{model}; here it is {100 * counted.ValueFraction:0} % (at least {100 * counted.LowFraction:0} %): the model does not hold. The crystals do not lie at random, or carry order in several directions, or it shows at larger tilts.")
            : FormattableString.Invariant($"{model}; the {100 * counted.ValueFraction:0} % counted would then mean {100 * Math.Min(1, counted.ValueFraction / shown):0} % ordered ({100 * Math.Min(1, counted.LowFraction / shown):0} to {100 * Math.Min(1, counted.HighFraction / shown):0} %).");
        FractionInterval estimate = new(Math.Min(1, counted.ValueFraction / shown), Math.Min(1, counted.LowFraction / shown), Math.Min(1, counted.HighFraction / shown), levelFraction);
        return new RandomOrientationEstimate(this, contradicted ? null : estimate, counted.ValueFraction / shown, contradicted, words);
    }
}
