namespace ImageAnalysis.Core;

/// <summary>The published tables of anomalous scattering (dispersion) that can be used.</summary>
public enum AnomalousTable
{
    /// <summary>S. Sasaki, Numerical Tables of Anomalous Scattering Factors Calculated by the Cromer and Liberman Method, KEK Report 88-14 (1989).</summary>
    Sasaki1989,

    /// <summary>D. T. Cromer and D. Liberman, Acta Cryst. A 37 (1981) 267, with the relativistic correction of L. Kissel and R. H. Pratt, Acta Cryst. A 46 (1990) 170.</summary>
    CromerLiberman1981,
}
