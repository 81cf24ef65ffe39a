using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>
/// The XML that JEOL microscopes leave in the image description: TemReporter (SightX Viewer) has magnification and camera, and the resolution tags give
/// the pixel of the camera; TemReporter2 (Analysis Center) gives the length of a pixel in nm.
/// </summary>
/// <param name="Xml">The XML.</param>
/// <remarks>
/// No specification is published. TemReporter as RosettaSciIO reads it (_axes_jeol_sightx), TemReporter2 as jeoltodm and jeoltiff (R. F. Webster) do.
/// </remarks>
internal sealed record JeolReport(MetadataXml Xml)
{
    private const string First = "TemReporter.";
    private const string Second = "TemReporter2.";

    /// <summary>The report of a page, or <c>null</c>.</summary>
    public static JeolReport? Decode(string? description)
    {
        if (description?.Contains("<TemReporter", StringComparison.Ordinal) != true || MetadataXml.Decode(description) is not { Values.Count: > 0 } xml)
        {
            return null;
        }

        return xml.Values.Any(value => value.Key.StartsWith(First, StringComparison.Ordinal) || value.Key.StartsWith(Second, StringComparison.Ordinal))
            ? new JeolReport(xml)
            : null;
    }

    public TiffClaim Claim(TiffDirectory directory)
    {
        TiffClaim claim = new("JEOL") { Tags = Xml.Values.Select(value => new RawTag(value.Key, value.Value)) };
        return Xml.Values.Any(value => value.Key.StartsWith(Second, StringComparison.Ordinal)) ? OfAnalysisCenter(claim) : OfSightX(claim, directory);
    }

    private TiffClaim OfAnalysisCenter(TiffClaim claim)
    {
        string? kind = Xml.Find("MeasurementReporter.MeasurementUnitType");
        double? voltage = Number("MeasurementReporter.AccVoltage");
        claim = claim with
        {
            Acquisition = new Acquisition
            {
                VoltageKv = voltage > 1000 ? voltage / 1000 : voltage,
                MagnificationRatio = kind == "UnitType_Diffraction" ? null : Number("MeasurementReporter.SelectorValue"),
                Mode = Xml.Find("EOSReporter.OperationMode"),
                Detector = Xml.Find("DetectorReporter.DetectorKind"),
            },
        };
        return kind switch
        {
            "UnitType_Diffraction" => Diffraction(claim),
            "UnitType_Length" or "UnitType_Scanning" => claim.WithPixel(Number("MeasureLengthPerPixelReporter.LengthPerPixel"), null, "nm"),
            _ => claim,
        };
    }

    private TiffClaim OfSightX(TiffClaim claim, TiffDirectory directory)
    {
        bool scanning = Xml.Find("Eos.EosMode") == "eosASID";
        string? mode = Xml.Find("ImageFormingSystem.ModeString");
        double? selector = Number("ImageFormingSystem.SelectorValue");
        claim = claim with
        {
            Acquisition = new Acquisition
            {
                VoltageKv = Number("ElectronGun.AccelerationVoltage") / 1000,
                MagnificationRatio = !scanning && mode == "MAG" ? selector : null,
                ExposureSeconds = Microseconds("Parameter.ExposureTimeValue"),
                Mode = string.Create(CultureInfo.InvariantCulture, $"{(scanning ? "STEM" : "TEM")} {mode}").TrimEnd(),
                Detector = Xml.Find("JemBaumerCamera.Modelname"),
                Instrument = Xml.Find("TemReporter.Instruments"),
                AcquiredAt = Xml.Find("TemReporter.DateTime"),
            },
        };
        if (!scanning && mode == "DIFF")
        {
            return Diffraction(claim);
        }

        if (scanning || mode != "MAG")
        {
            return claim;
        }

        // The resolution tags are those of the camera's pixels; the specimen's are smaller by the magnification.
        double unitNm = directory.Whole(TiffTag.ResolutionUnit, 2) == 2 ? 25.4e6 : 1e7;
        double? x = TiffClaim.Positive(unitNm / directory.Find(TiffTag.XResolution)?.NumberAt(0) / selector);
        double? y = TiffClaim.Positive(unitNm / directory.Find(TiffTag.YResolution)?.NumberAt(0) / selector);
        return claim.WithPixel(x, y, "nm");
    }

    private static TiffClaim Diffraction(TiffClaim claim) => claim with { Reciprocal = "taken in diffraction mode (JEOL)" };

    private double? Number(string path) => TiffClaim.Positive(TiffClaim.Number(Xml.Find(path)));

    private double? Microseconds(string path) => Number(path) * 1e-6;
}
