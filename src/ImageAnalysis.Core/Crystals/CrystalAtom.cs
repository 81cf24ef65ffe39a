namespace ImageAnalysis.Core;

/// <summary>One position of the unit cell on which a site has an atom.</summary>
/// <param name="Site">The site, with its label, kind of atom and occupancy.</param>
/// <param name="SiteIndex">Number of the site in its structure, from 0.</param>
/// <param name="Position">The position inside the cell, as fractions of its edges in [0, 1).</param>
public sealed record CrystalAtom(CrystalSite Site, int SiteIndex, FractionalPosition Position);
