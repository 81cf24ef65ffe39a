namespace ImageAnalysis.Core;

/// <summary>Names, units and uncertainties of the parameters of the powder model as people read them.</summary>
internal static class ParameterTable
{
    private static readonly string[] BumpParts = ["height", "2θ", "width"];

    /// <summary>Name of a parameter.</summary>
    public static string NameOf(PowderSetup setup, int parameter) => Describe(setup, parameter).Name;

    /// <summary>All parameters that the fit used.</summary>
    public static IEnumerable<FitParameter> Of(PowderSetup setup, CandidateFit fit, FitLimits limits, int[] held, double?[] sigma)
    {
        PowderLayout layout = setup.Layout;
        for (int p = 0; p < layout.Background + fit.Components.BackgroundTerms; p++)
        {
            bool off = (p == layout.Diffuse && limits.Upper[p] == 0) || (p >= layout.Holder && p < layout.HalfOrder && !fit.Components.Holder)
                || (p >= layout.HalfOrder && p < layout.Halo && !fit.Components.HalfOrder) || (p >= layout.Halo && p < layout.Background && !fit.Components.Halo);
            if (!off)
            {
                (string name, string unit) = Describe(setup, p);
                bool isFixed = limits.Lower[p] >= limits.Upper[p];
                double value = fit.X[p];
                double? error = sigma[p];
                if (p == layout.InverseSize)
                {
                    (value, error) = (1 / value, error / (value * value));
                }

                yield return new(name, value, error, unit, isFixed, !isFixed && held[p] != 0);
            }
        }
    }

    private static (string Name, string Unit) Describe(PowderSetup setup, int p)
    {
        PowderLayout layout = setup.Layout;
        if (p == PowderLayout.Scale)
        {
            return ("scale", "");
        }

        if (p < layout.Zero)
        {
            return (setup.Lines.Axes.Names[p - layout.Edge], "Å");
        }

        if (p < layout.Occupancy)
        {
            return (p - layout.Zero) switch { 0 => ("zero shift", "°"), 1 => ("sample displacement", "mm"), 2 => ("size", "Å"), 3 => ("microstrain", ""), 4 => ("shape", ""), _ => ("diffuse scattering", "") };
        }

        if (p < layout.Displacement)
        {
            return ($"occupancy {setup.Structure.Sites[p - layout.Occupancy].Label}", "");
        }

        if (p < layout.Holder)
        {
            return (setup.DisplacementNames[p - layout.Displacement], "Å²");
        }

        if (p < layout.Background)
        {
            int part = (p - layout.Holder) % 3;
            return ($"{(p < layout.HalfOrder ? "holder" : p < layout.Halo ? "½½½" : "halo")} {BumpParts[part]}", part == 0 ? "counts" : "°");
        }

        return ($"background {p - layout.Background}", "counts");
    }
}
