namespace ImageAnalysis.Core;

/// <summary>Places, widths and Lorentz-polarisation factors of lines, with their derivatives by the Bragg angle.</summary>
/// <remarks>
/// Centre 2θ − (180/π)(2s/R)·cos θ + zero; Γ² = Γ′² + Γ₀² with Γ′ = (180/π)(Kλ/(L cos θ) + 4ε tan θ): P. Scherrer, Nachr. Ges. Wiss. Göttingen (1918) 98, and A. R. Stokes and
/// A. J. C. Wilson, Proc. Phys. Soc. 56 (1944) 174, doi:10.1088/0959-5309/56/3/303. LP = (1 + A cos² 2θ)/(sin² θ cos θ).
/// </remarks>
internal readonly struct BraggLine
{
    private const double Degree = 180 / Math.PI;

    private BraggLine(double theta, double inverseSquare) => (Theta, ThetaByInverseSquare) = (theta, Math.Tan(theta) / (2 * inverseSquare));

    public double Theta { get; }

    /// <summary>dθ/d(1/d²).</summary>
    public double ThetaByInverseSquare { get; }

    public double Centre { get; private init; }

    /// <summary>Derivative of the centre by θ and by the sample's displacement.</summary>
    public double CentreByTheta { get; private init; }

    public double CentreByOffset { get; private init; }

    public double Width { get; private init; }

    public double WidthByTheta { get; private init; }

    public double WidthByInverseSize { get; private init; }

    public double WidthByStrain { get; private init; }

    public double Lorentz { get; private init; }

    public double LorentzByTheta { get; private init; }

    /// <summary>The line of planes with 1/d² for one wavelength; <c>null</c> where they cannot reflect it.</summary>
    public static BraggLine? Of(double inverseSquare, double wavelength, InstrumentGeometry instrument, ReadOnlySpan<double> x, PowderLayout layout)
    {
        double sin = wavelength / 2 * Math.Sqrt(inverseSquare);
        if (sin > 0.9995)
        {
            return null;
        }

        double theta = Math.Asin(sin), cos = Math.Sqrt(1 - (sin * sin)), tan = sin / cos;
        double offset = 2 * x[layout.Offset] / instrument.RadiusMm;
        double own = Degree * ((instrument.ScherrerK * wavelength * x[layout.InverseSize] / cos) + (4 * x[layout.Strain] * tan));
        double width = Math.Max(Math.Sqrt((own * own) + (instrument.InstrumentFwhmDeg * instrument.InstrumentFwhmDeg)), 1e-4), share = own / width;
        double cos2 = 1 - (2 * sin * sin), sin2 = 2 * sin * cos, above = 1 + (instrument.PolarisationRatio * cos2 * cos2), below = sin * sin * cos;
        return new BraggLine(theta, inverseSquare)
        {
            Centre = (Degree * ((2 * theta) - (offset * cos))) + x[layout.Zero],
            CentreByTheta = Degree * (2 + (offset * sin)),
            CentreByOffset = -Degree * 2 * cos / instrument.RadiusMm,
            Width = width,
            WidthByTheta = share * Degree * ((instrument.ScherrerK * wavelength * x[layout.InverseSize] * tan / cos) + (4 * x[layout.Strain] / (cos * cos))),
            WidthByInverseSize = share * Degree * instrument.ScherrerK * wavelength / cos,
            WidthByStrain = share * Degree * 4 * tan,
            Lorentz = above / below,
            LorentzByTheta = ((-4 * instrument.PolarisationRatio * cos2 * sin2) - (above * ((2 / tan) - tan))) / below,
        };
    }
}
