namespace ImageAnalysis.Simulation;

/// <summary>The numbers of an objective lens at one voltage, as functions of the spatial frequency (x right, y down, nm⁻¹).</summary>
internal sealed class LensTransfer
{
    private const double NmPerMm = 1e6;

    private readonly double wavelength;
    private readonly double defocus;
    private readonly double spherical;
    private readonly double twofoldCos;
    private readonly double twofoldSin;
    private readonly double threefoldCos;
    private readonly double threefoldSin;
    private readonly double focalSpread;
    private readonly double convergence;
    private readonly double aperture2;

    private LensTransfer(ObjectiveLens lens, double voltageKv)
    {
        wavelength = ElectronBeam.WavelengthNm(voltageKv);
        defocus = lens.DefocusNm;
        spherical = lens.SphericalAberrationMm * NmPerMm;
        (double sin, double cos) = Math.SinCos(2 * lens.TwofoldAstigmatismDeg * Math.PI / 180);
        (twofoldCos, twofoldSin) = (lens.TwofoldAstigmatismNm * cos, lens.TwofoldAstigmatismNm * sin);
        (sin, cos) = Math.SinCos(3 * lens.ThreefoldAstigmatismDeg * Math.PI / 180);
        (threefoldCos, threefoldSin) = (lens.ThreefoldAstigmatismNm * cos, lens.ThreefoldAstigmatismNm * sin);
        focalSpread = lens.FocalSpreadNm;
        convergence = lens.ConvergenceMrad * 1e-3;
        double radius = lens.ApertureMrad is double mrad ? mrad * 1e-3 / wavelength : double.PositiveInfinity;
        aperture2 = radius * radius;
    }

    /// <summary>A lens with its fields checked.</summary>
    public static LensTransfer Of(ObjectiveLens lens, double voltageKv)
    {
        lens.Validate();
        return new(lens, voltageKv);
    }

    /// <summary>Whether the aperture lets it through.</summary>
    public bool Passes(double x, double y) => (x * x) + (y * y) <= aperture2;

    /// <summary>χ in radians.</summary>
    public double Phase(double x, double y)
    {
        // cos nφ and sin nφ times gⁿ are the parts of (x + iy)ⁿ, with y up.
        double up = -y;
        double g2 = (x * x) + (up * up);
        double second = (((x * x) - (up * up)) * twofoldCos) + (2 * x * up * twofoldSin);
        double third = (x * ((x * x) - (3 * up * up)) * threefoldCos) + (up * ((3 * x * x) - (up * up)) * threefoldSin);
        return (Math.PI * wavelength * ((defocus * g2) + second))
            + (2 * Math.PI / 3 * wavelength * wavelength * third)
            + (Math.PI / 2 * spherical * wavelength * wavelength * wavelength * g2 * g2);
    }

    /// <summary>E_t = exp(−½(πλΔ g²)²).</summary>
    public double FocalEnvelope(double x, double y)
    {
        double phase = Math.PI * wavelength * focalSpread * ((x * x) + (y * y));
        return Math.Exp(-0.5 * phase * phase);
    }

    /// <summary>E_s = exp(−(α/2λ)² |∇χ|²).</summary>
    public double ConvergenceEnvelope(double x, double y)
    {
        double up = -y;
        double radial = (2 * Math.PI * wavelength * defocus) + (2 * Math.PI * spherical * wavelength * wavelength * wavelength * ((x * x) + (up * up)));
        double second = 2 * Math.PI * wavelength;
        double third = 2 * Math.PI * wavelength * wavelength;
        double gradientX = (radial * x) + (second * ((x * twofoldCos) + (up * twofoldSin)))
            + (third * ((((x * x) - (up * up)) * threefoldCos) + (2 * x * up * threefoldSin)));
        double gradientY = (radial * up) + (second * ((x * twofoldSin) - (up * twofoldCos)))
            + (third * ((((x * x) - (up * up)) * threefoldSin) - (2 * x * up * threefoldCos)));
        double factor = convergence / (2 * wavelength);
        return Math.Exp(-factor * factor * ((gradientX * gradientX) + (gradientY * gradientY)));
    }
}
