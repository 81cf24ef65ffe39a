namespace ImageAnalysis.Core;

/// <summary>Which parts of the powder model beside the crystal's lines are refined.</summary>
internal sealed record FitComponents(int BackgroundTerms, bool Zero, bool Offset, bool Strain, bool Holder, bool Halo, bool Diffuse)
{
    /// <summary>The line ½½½ of vacancy order (<see cref="HalfOrderLine"/>).</summary>
    public bool HalfOrder { get; init; }

    /// <summary>Number of parameters that these parts have.</summary>
    public int ParameterCount => BackgroundTerms + (Zero ? 1 : 0) + (Offset ? 1 : 0) + (Strain ? 1 : 0) + (Holder ? 3 : 0) + (Halo ? 3 : 0) + (HalfOrder ? 3 : 0) + (Diffuse ? 1 : 0);

    /// <summary>What is always refined.</summary>
    public static FitComponents Least(PowderFitOptions options) => new(
        Math.Min(2, options.MostBackgroundTerms), options.ZeroShift == Refine.Yes, options.Displacement != Refine.No, options.Microstrain == Refine.Yes,
        options.Holder == Refine.Yes, options.Halo == Refine.Yes, false);

    /// <summary>All sets of parts with one more than these.</summary>
    public IEnumerable<FitComponents> Larger(PartChoice choice)
    {
        PowderFitOptions options = choice.Options;
        // An even and an odd term may each say nothing where both together do.
        for (int terms = BackgroundTerms + 1; terms <= Math.Min(choice.MostBackgroundTerms, BackgroundTerms + 2); terms++)
        {
            yield return this with { BackgroundTerms = terms };
        }

        if (!Zero && options.ZeroShift == Refine.Auto)
        {
            yield return this with { Zero = true };
        }

        if (!Strain && options.Microstrain == Refine.Auto)
        {
            yield return this with { Strain = true };
        }

        if (!Holder && options.Holder == Refine.Auto && choice.HasRoomForHolder)
        {
            yield return this with { Holder = true };
        }

        if (!Halo && options.Halo == Refine.Auto)
        {
            yield return this with { Halo = true };
        }

        if (!HalfOrder && choice.HasHalfOrder)
        {
            yield return this with { HalfOrder = true };
        }

        if (!Diffuse && choice.HasDiffuse)
        {
            yield return this with { Diffuse = true };
        }
    }

    /// <summary>All sets of parts with one less than these.</summary>
    public IEnumerable<FitComponents> Smaller(PartChoice choice)
    {
        PowderFitOptions options = choice.Options;
        if (BackgroundTerms > 1)
        {
            yield return this with { BackgroundTerms = BackgroundTerms - 1 };
        }

        if (Zero && options.ZeroShift == Refine.Auto)
        {
            yield return this with { Zero = false };
        }

        if (Strain && options.Microstrain == Refine.Auto)
        {
            yield return this with { Strain = false };
        }

        if (Holder && options.Holder == Refine.Auto)
        {
            yield return this with { Holder = false };
        }

        if (Halo && options.Halo == Refine.Auto)
        {
            yield return this with { Halo = false };
        }

        if (HalfOrder)
        {
            yield return this with { HalfOrder = false };
        }

        if (Diffuse)
        {
            yield return this with { Diffuse = false };
        }
    }
}
