namespace ImageAnalysis.Core;

/// <summary>Scattering factors f0 + f′, f″ and Debye-Waller factors of sites at many scattering vectors; sites of one species share theirs.</summary>
internal sealed class SiteAmplitudes
{
    private readonly double[][] _real;
    private readonly double[][] _imaginary;
    private readonly double[][] _damping;

    private SiteAmplitudes(double[][] real, double[][] imaginary, double[][] damping) => (_real, _imaginary, _damping) = (real, imaginary, damping);

    /// <summary>Computes them.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="q">Scattering vectors, 4π sin θ/λ in Å⁻¹.</param>
    /// <param name="options">Tables, charges and displacements.</param>
    public static SiteAmplitudes Of(IReadOnlyList<ClusterSite> sites, ReadOnlySpan<double> q, ReflectionOptions options)
    {
        double[][] real = new double[sites.Count][];
        double[][] imaginary = new double[sites.Count][];
        double[][] damping = new double[sites.Count][];
        Dictionary<Species, int> seen = [];
        Dictionary<double, double[]> dampings = [];
        for (int i = 0; i < sites.Count; i++)
        {
            SiteScattering scattering = SiteScattering.Of(sites[i].ToCrystalSite(), options);
            if (!dampings.TryGetValue(scattering.BIsoAngstrom2, out double[]? factors))
            {
                factors = Damping(scattering.BIsoAngstrom2, q);
                dampings.Add(scattering.BIsoAngstrom2, factors);
            }

            damping[i] = factors;
            if (seen.TryGetValue(sites[i].Species, out int same))
            {
                (real[i], imaginary[i]) = (real[same], imaginary[same]);
                continue;
            }

            seen.Add(sites[i].Species, i);
            real[i] = new double[q.Length];
            imaginary[i] = new double[q.Length];
            for (int k = 0; k < q.Length; k++)
            {
                real[i][k] = scattering.Factor.ElectronsAt(q[k] / (4 * Math.PI)) + scattering.Anomalous.RealElectrons;
            }

            imaginary[i].AsSpan().Fill(scattering.Anomalous.ImaginaryElectrons);
        }

        return new(real, imaginary, damping);
    }

    /// <summary>f0 + f′ of a site.</summary>
    public ReadOnlySpan<double> Real(int site) => _real[site];

    /// <summary>f″ of a site.</summary>
    public ReadOnlySpan<double> Imaginary(int site) => _imaginary[site];

    /// <summary>exp(−Bs²) of a site.</summary>
    public ReadOnlySpan<double> Damping(int site) => _damping[site];

    private static double[] Damping(double b, ReadOnlySpan<double> q)
    {
        double[] factors = new double[q.Length];
        double perQ2 = b / (16 * Math.PI * Math.PI);
        for (int k = 0; k < factors.Length; k++)
        {
            factors[k] = b == 0 ? 1 : Math.Exp(-perQ2 * q[k] * q[k]);
        }

        return factors;
    }
}
