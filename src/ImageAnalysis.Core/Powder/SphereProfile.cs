namespace ImageAnalysis.Core;

/// <summary>
/// The profile in q = 4π sin θ/λ of spherical crystals whose diameters follow a gamma distribution: the cosine transform of the volume that a sphere
/// shares with its own copy (A. J. C. Wilson, X-ray Optics (1949); A. R. Stokes and A. J. C. Wilson, Proc. Camb. Phil. Soc. 38 (1942) 313, doi:10.1017/S0305004100021988), averaged with the weight of the volume.
/// </summary>
/// <remarks>
/// One sphere of diameter D: p(s) = (1/π)∫₀ᴰ (1 − 3t/2D + t³/2D³) cos(st) dt = (3/π)·[1/(2s²D) − sin(sD)/(s³D²) + (1 − cos sD)/(s⁴D³)], of unit area in s = q − G.
/// A gamma distribution of shape k and scale b has mean kb and relative standard deviation 1/√k; with (1 − isb)⁻ᵏ as its characteristic function the average over D³ is
/// p(s) = b·ψ(sb), ψ(t) = 3/(πk(k+1)(k+2))·[k(k+1)/(2t²) − k·Im(1 − it)⁻⁽ᵏ⁺¹⁾/t³ + (1 − Re(1 − it)⁻ᵏ)/t⁴].
/// </remarks>
internal readonly struct SphereProfile
{
    private readonly double _b, _k, _front, _small;
    private readonly double[] _series;

    /// <summary>Below this kt the closed form loses digits and a power series takes its place.</summary>
    private const double SeriesReach = 0.6;

    /// <summary>The profile of a mean diameter (by number, Å) and a relative standard deviation 0.02…0.7.</summary>
    public SphereProfile(double meanAngstrom, double spread)
    {
        _k = 1 / (spread * spread);
        _b = meanAngstrom / _k;
        _front = 3 / (Math.PI * _k * (_k + 1) * (_k + 2));
        _small = SeriesReach / _k;
        _series = new double[8];
        double moment = _k + 3, factorial = 1;
        for (int n = 0; n < _series.Length; n++)
        {
            // Moments of 1 − 3τ/2 + τ³/2 on 0…1, and ⟨D⁴⁺²ⁿ⟩/⟨D³⟩ = b¹⁺²ⁿ(k + 3)…(k + 3 + 2n).
            double shape = (1.0 / ((2 * n) + 1)) - (1.5 / ((2 * n) + 2)) + (0.5 / ((2 * n) + 4));
            _series[n] = (n % 2 == 0 ? 1 : -1) * shape * moment / factorial / Math.PI;
            moment *= (_k + 4 + (2 * n)) * (_k + 5 + (2 * n));
            factorial *= ((2 * n) + 1) * ((2 * n) + 2);
        }
    }

    /// <summary>The profile at s (1/Å) in Å, and its derivatives by s, by the mean diameter and by the spread.</summary>
    public void At(double s, out double value, out double byS, out double byMean, out double bySpread)
    {
        double t = Math.Abs(s) * _b, psi, byT, byK;
        if (t < _small)
        {
            (psi, byT, byK) = Series(t);
        }
        else
        {
            (psi, byT, byK) = Closed(t);
        }

        // b = D̄/k and k = 1/spread²: dk/dspread = −2k/spread, db/dk = −b/k at constant mean.
        value = _b * psi;
        byS = Math.Sign(s) * _b * _b * byT;
        double byB = psi + (t * byT);
        byMean = byB / _k;
        bySpread = (byK - (byB / _k)) * _b * -2 * _k * Math.Sqrt(_k);
    }

    private (double Psi, double ByT, double ByK) Closed(double t)
    {
        double k = _k, rho = 1 + (t * t), log = Math.Log(rho), phi = Math.Atan(t), size = Math.Exp(-0.5 * k * log);
        (double sin, double cos) = Math.SinCos(k * phi);
        double c = size * cos, s = size * sin;                                   // (1 − it)⁻ᵏ
        double c1 = (c - (t * s)) / rho, s1 = (s + (t * c)) / rho;               // (1 − it)⁻⁽ᵏ⁺¹⁾
        double c2 = (c1 - (t * s1)) / rho;                                       // real part of (1 − it)⁻⁽ᵏ⁺²⁾
        double t1 = 1 / t, t2 = t1 * t1, t3 = t2 * t1, t4 = t2 * t2;
        double psi = (k * (k + 1) * t2 / 2) - (k * s1 * t3) + ((1 - c) * t4);
        double byT = (-k * (k + 1) * t3 * (1 + c2)) + (4 * k * s1 * t4) - (4 * (1 - c) * t4 * t1);
        double cByK = (-0.5 * log * c) - (phi * s), s1ByK = (-0.5 * log * s1) + (phi * c1);
        double byK = (((2 * k) + 1) * t2 / 2) - (s1 * t3) - (k * s1ByK * t3) - (cByK * t4);
        byK -= psi * ((1 / k) + (1 / (k + 1)) + (1 / (k + 2)));
        return (_front * psi, _front * byT, _front * byK);
    }

    private (double Psi, double ByT, double ByK) Series(double t)
    {
        double psi = 0, byT = 0, byK = 0, power = 1, before = 0, logarithmic = 1 / (_k + 3);
        for (int n = 0; n < _series.Length; n++)
        {
            psi += _series[n] * power;
            byT += 2 * n * _series[n] * before;
            byK += _series[n] * power * logarithmic;
            before = power * t;
            power *= t * t;
            logarithmic += (1 / (_k + 4 + (2 * n))) + (1 / (_k + 5 + (2 * n)));
        }

        return (psi, byT, byK);
    }
}
