namespace ImageAnalysis.Simulation;

/// <summary>What a particle of an HRTEM image is.</summary>
public enum HrtemParticleKind
{
    /// <summary>Layers depleted in order along a normal that lies in the image plane, where the zone axis has one.</summary>
    Ordered,

    /// <summary>Layers depleted in order along a normal that is not in view; others of the family are.</summary>
    HiddenOrder,

    /// <summary>As many vacancies as an ordered particle, anywhere.</summary>
    Disordered,

    /// <summary>A particle of a crystal with partly filled sites, its atoms drawn at random (<see cref="HrtemFieldOptions.Statistical"/>).</summary>
    Statistical,

    /// <summary>Two disordered halves that mirror each other at a plane of the family, seen along a direction within that plane.</summary>
    Twinned,

    /// <summary>Disordered, turned so that none of the planes is in view.</summary>
    NoFringe,

    /// <summary>Another crystal (<see cref="HrtemFieldOptions.Others"/>).</summary>
    Other,
}
