using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>Everything that a page says about itself besides its pixels.</summary>
/// <param name="Calibration">The pixel size of the most specific source, or <c>null</c>.</param>
/// <param name="Unit">The unit in the words of that source.</param>
/// <param name="Reciprocal">Why the page is no image of the specimen, or <c>null</c>.</param>
/// <param name="Acquisition">How it was taken.</param>
/// <param name="Tags">The words of the programs that wrote it.</param>
/// <param name="Conflict">Where their pixel sizes disagree, or <c>null</c>.</param>
internal sealed record TiffMetadata(Calibration? Calibration, string Unit, string? Reciprocal, Acquisition Acquisition, IEnumerable<RawTag> Tags, string? Conflict)
{
    private const double LargestDifference = 0.03;

    /// <summary>Reads a page's metadata. The pixel size of a reduced or rotated page is that of its own pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="page">The page.</param>
    /// <param name="description">Its image description, or that of an earlier page where it has none.</param>
    public static TiffMetadata Decode(ReadOnlyMemory<byte> file, TiffPage page, TiffDescription description)
    {
        TiffDirectory directory = page.Directory;
        // From the most specific to the most general. An instrument's own structure beats what a program made of it.
        TiffClaim?[] all =
        [
            FeiMetadata.Decode(directory)?.Claim(directory),
            TvipsHeader.Decode(file, directory)?.Claim(directory),
            OlympusSis.Decode(file, directory)?.Claim(directory),
            description.Jeol?.Claim(directory),
            DigitalMicrographTags.Decode(directory)?.Claim(),
            description.Ome?.Claim(page.Width, page.Height),
            description.ImageJ?.Claim(directory),
            TiffResolution.PerCentimetre(directory)?.Claim(),
        ];
        List<TiffClaim> claims = [.. all.OfType<TiffClaim>()];
        TiffClaim? telling = claims.Find(claim => claim.Calibration is not null || claim.Reciprocal is not null) ?? claims.Find(claim => claim.Unit.Length > 0);
        Calibration? calibration = telling?.Calibration;
        if (calibration is not null && page.TurnsSides)
        {
            calibration = new Calibration(calibration.PixelHeightNm, calibration.PixelWidthNm, calibration.Source);
        }

        return new TiffMetadata(calibration, telling?.Unit ?? string.Empty, telling?.Reciprocal, Merged(claims, directory, description), claims.SelectMany(claim => claim.Tags), ConflictOf(claims));
    }

    private static string? ConflictOf(List<TiffClaim> claims)
    {
        List<TiffClaim> sized = claims.FindAll(claim => claim.Calibration is not null || claim.Reciprocal is not null);
        for (int i = 1; i < sized.Count; i++)
        {
            if ((sized[0].Calibration, sized[i].Calibration) is not ({ } first, { } other))
            {
                if (sized[0].Reciprocal is null != sized[i].Reciprocal is null)
                {
                    return $"{Shown(sized[0])} against {Shown(sized[i])}, of which the first counts";
                }

                continue;
            }

            if (Differ(first.PixelWidthNm, other.PixelWidthNm) || Differ(first.PixelHeightNm, other.PixelHeightNm))
            {
                return $"{Shown(sized[0])} against {Shown(sized[i])}, of which the first counts";
            }
        }

        return null;
    }

    // As everywhere, a difference is one of the size that is used; the margin keeps 3 % exactly, as written with a few decimals, out.
    private static bool Differ(double used, double other) => Math.Abs(other - used) > (LargestDifference + 1e-11) * used;

    private static string Shown(TiffClaim claim) => claim.Calibration is { } calibration
        ? string.Create(CultureInfo.InvariantCulture, $"{calibration.PixelWidthNm:G6} × {calibration.PixelHeightNm:G6} nm ({claim.Program})")
        : $"{claim.Reciprocal} ({claim.Program})";

    private static Acquisition Merged(List<TiffClaim> claims, TiffDirectory directory, TiffDescription description)
    {
        T? First<T>(Func<Acquisition, T?> field) => claims.Select(claim => field(claim.Acquisition)).FirstOrDefault(value => value is not null);
        string? detector = First(a => a.Detector);
        return new Acquisition
        {
            VoltageKv = First(a => a.VoltageKv),
            SphericalAberrationMm = First(a => a.SphericalAberrationMm),
            MagnificationRatio = First(a => a.MagnificationRatio),
            ExposureSeconds = First(a => a.ExposureSeconds),
            Mode = First(a => a.Mode),
            Detector = detector,
            Instrument = First(a => a.Instrument) ?? (directory.Text(TiffTag.Model) is { } model && model != detector ? model : null),
            AcquiredAt = First(a => a.AcquiredAt) ?? directory.Text(TiffTag.DateTime),
            Simulated = claims.Exists(claim => claim.Acquisition.Simulated) || description.Simulated || TiffDescription.SaysSimulated(directory.Text(TiffTag.Software)),
        };
    }
}
