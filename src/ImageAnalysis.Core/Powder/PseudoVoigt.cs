using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Core;

/// <summary>
/// The pseudo-Voigt profile η·L + (1 − η)·G of unit area, Lorentzian and Gaussian with one full width at half maximum Γ:
/// G. K. Wertheim et al., Rev. Sci. Instrum. 45 (1974) 1369, doi:10.1063/1.1686503.
/// </summary>
/// <remarks>L = (2/πΓ)/(1 + 4t²), G = (2/Γ)√(ln 2/π)·exp(−4 ln 2·t²), t = (x − centre)/Γ. Wings are not cut: a Lorentzian's reach across the whole pattern.</remarks>
internal static class PseudoVoigt
{
    private const double FourLn2 = 2.7725887222397812;

    /// <summary>√(ln 2/π).</summary>
    private const double GaussRatio = 0.46971863934982566;

    /// <summary>Beyond this many Γ the Gaussian is below 10⁻¹⁵ of its maximum and is left out.</summary>
    private const double GaussReach = 3.6;

    /// <summary>The profile at one place.</summary>
    public static double At(double x, double centre, double fwhm, double eta)
    {
        double t = (x - centre) / fwhm, square = t * t;
        return ((eta * 2 / Math.PI / (1 + (4 * square))) + ((1 - eta) * 2 * GaussRatio * Math.Exp(-FourLn2 * square))) / fwhm;
    }

    /// <summary>Adds one peak to columns of equal length (a multiple of four), each with its own share of the profile and its derivatives.</summary>
    /// <param name="x">Places, in degrees; as long as a column.</param>
    /// <param name="centre">Centre of the peak, in degrees.</param>
    /// <param name="fwhm">Γ, in degrees, above 0.</param>
    /// <param name="eta">η, 0…1.</param>
    /// <param name="columns">The columns, one after another.</param>
    /// <param name="shares">What is added to which column.</param>
    /// <param name="target">A column that gets the profile alone.</param>
    /// <param name="factor">How many times <paramref name="target"/> gets it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double[] x, double centre, double fwhm, double eta, double[] columns, ReadOnlySpan<ProfileShare> shares, Span<double> target, double factor)
    {
        int length = x.Length, count = shares.Length;
        Span<Vector256<double>> factors = stackalloc Vector256<double>[4 * count];
        Span<int> starts = stackalloc int[count];
        for (int c = 0; c < count; c++)
        {
            factors[4 * c] = Vector256.Create(shares[c].Value);
            factors[(4 * c) + 1] = Vector256.Create(shares[c].Centre / fwhm);
            factors[(4 * c) + 2] = Vector256.Create(shares[c].Width / fwhm);
            factors[(4 * c) + 3] = Vector256.Create(shares[c].Shape);
            starts[c] = shares[c].Column * length;
        }

        Vector256<double> one = Vector256<double>.One, middle = Vector256.Create(centre), perWidth = Vector256.Create(1 / fwhm), eight = Vector256.Create(8.0), eight2 = Vector256.Create(2 * FourLn2);
        Vector256<double> lorentzHeight = Vector256.Create(2 / Math.PI / fwhm), gaussHeight = Vector256.Create(2 * GaussRatio / fwhm), lorentzian = Vector256.Create(eta), gaussian = Vector256.Create(1 - eta);
        ref double places = ref MemoryMarshal.GetArrayDataReference(x);
        ref double data = ref MemoryMarshal.GetArrayDataReference(columns);
        ref double own = ref MemoryMarshal.GetReference(target);
        Vector256<double> times = Vector256.Create(factor);
        for (int i = 0; i < length; i += 4)
        {
            Vector256<double> t = (Vector256.LoadUnsafe(ref places, (nuint)i) - middle) * perWidth, square = t * t;
            Vector256<double> inverse = one / (one + (Vector256.Create(4.0) * square)), lorentz = lorentzHeight * inverse, steep = eight * t * inverse;
            Vector256<double> value = lorentzian * lorentz, byCentre = value * steep, byWidth = value * ((steep * t) - one), byShape = lorentz;
            if (Vector256.LessThanAny(square, Vector256.Create(GaussReach * GaussReach)))
            {
                Vector256<double> gauss = gaussHeight * Vector256.Exp(Vector256.Create(-FourLn2) * square), part = gaussian * gauss, steep2 = eight2 * t;
                value += part;
                byCentre += part * steep2;
                byWidth += part * ((steep2 * t) - one);
                byShape -= gauss;
            }

            Vector256.MultiplyAddEstimate(times, value, Vector256.LoadUnsafe(ref own, (nuint)i)).StoreUnsafe(ref own, (nuint)i);
            for (int c = 0; c < count; c++)
            {
                ref double place = ref Unsafe.Add(ref data, starts[c] + i);
                Vector256<double> sum = Vector256.LoadUnsafe(ref place);
                sum = Vector256.MultiplyAddEstimate(factors[4 * c], value, sum);
                sum = Vector256.MultiplyAddEstimate(factors[(4 * c) + 1], byCentre, sum);
                sum = Vector256.MultiplyAddEstimate(factors[(4 * c) + 2], byWidth, sum);
                sum = Vector256.MultiplyAddEstimate(factors[(4 * c) + 3], byShape, sum);
                sum.StoreUnsafe(ref place);
            }
        }
    }
}
