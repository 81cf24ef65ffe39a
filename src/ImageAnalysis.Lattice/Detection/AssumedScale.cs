using ImageAnalysis.Imaging;

namespace ImageAnalysis.Lattice;

/// <summary>A pixel size for images that have none: such that the strongest fringes are those of the tested family. It gives the search its range; nothing in nm is reported from it.</summary>
internal static class AssumedScale
{
    private const double CandidateSnr = 20;

    public static double PixelNm(Raster<float> image, FringeOptions options)
    {
        ReflectionTable table = ReflectionTable.Of(options.Reference);
        double testedNm = 1 / table.Kinds[table.TestedKind].FrequencyPerNm;

        // Periods of the tested family of 3, 6, 12, 24, 48 px, each seen with the range of spacings about it.
        double best = testedNm / 8, most = 0;
        for (double periodPx = 3; periodPx < 0.15 * Math.Min(image.WidthPx, image.HeightPx); periodPx *= 2)
        {
            double pixelNm = testedNm / periodPx, lowest = 0.6 / testedNm, highest = Math.Min(1.5 / testedNm, 0.45 / pixelNm);
            WorkImage work = WorkImage.Make(image, pixelNm, pixelNm, highest + 0.5);
            FringeSearchResult search = FringeSearch.Run(work, lowest, highest, [1.2], CandidateSnr);
            foreach (FringeCandidate candidate in search.Candidates)
            {
                // Longer periods come with more power in most images: what counts is the number of periods that go together.
                if (candidate.Snr > most)
                {
                    double gx = candidate.U / work.FieldWidthNm, gy = candidate.V / work.FieldHeightNm;
                    most = candidate.Snr;
                    best = pixelNm * testedNm * Math.Sqrt((gx * gx) + (gy * gy));
                }
            }
        }

        return best;
    }
}
