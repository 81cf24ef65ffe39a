using ImageAnalysis.Core;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Dm;

/// <summary>An image of a DM file as a signal: kind, size, calibration, and the way to its pixels.</summary>
internal static class DmSignal
{
    public static Signal Of(DmDocument document, DmImage image)
    {
        string place = $"ImageList[{image.Number}].ImageData";
        DmPixels pixels = DmPixels.Of(image.DataType)
            ?? throw document.Problem(FileProblem.NotSupported, image.Data, $"{place}.DataType is {image.DataType}, a type of pixels that is not read.");
        int width = image.Dimensions[0];
        int height = image.Dimensions.Count > 1 ? image.Dimensions[1] : 1;
        long framePixels = (long)width * height;
        long frames = FrameCount(document, image, pixels, place);
        bool isPacked = DmPixels.IsPacked(image.DataType);
        bool isGrey = DmPixels.IsColour(image.DataType) && DmPixels.IsGrey(document.ValueOf(image.Data), document.Header.LittleEndian);
        PixelType type = isGrey ? PixelType.UInt8 : pixels.Type;
        Acquisition acquisition = DmAcquisition.Of(document, image.Tags);
        (SignalKind kind, string? reason) = KindOf(document, image, type, acquisition);
        return new Signal
        {
            Kind = kind,
            FrameCount = (int)frames,
            WidthPx = width,
            HeightPx = height,
            Type = type,
            Calibration = ShowsSpecimen(image, kind) ? CalibrationOf(image) : null,
            UnitAsStored = UnitOf(image),
            NotMeasurableReason = reason,
            Acquisition = acquisition,
            Decode = frame =>
            {
                ArgumentOutOfRangeException.ThrowIfNegative(frame);
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, frames);
                if (isPacked)
                {
                    throw document.Problem(FileProblem.NotSupported, image.Data, "the pixels of a packed Fourier transform are not decoded.");
                }

                long frameBytes = framePixels * pixels.BytesEach;
                ReadOnlyMemory<byte> stored = document.Bytes.Slice((int)(image.Data.Offset + (frame * frameBytes)), (int)frameBytes);
                ReadOnlyMemory<byte> decoded = DmPixels.IsColour(image.DataType)
                    ? DmPixels.Colours(stored.Span, document.Header.LittleEndian, isGrey)
                    : pixels.LittleEndian(stored, document.Header.LittleEndian);
                return new PixelBlock(type, width, height, decoded);
            },
        };
    }

    /// <summary>Number of frames, after the dimensions have been held against the bytes that are there.</summary>
    private static long FrameCount(DmDocument document, DmImage image, DmPixels pixels, string place)
    {
        long stored = image.Data.Type!.SizeBytes;
        long frames = 1;
        for (int i = 2; i < image.Dimensions.Count; i++)
        {
            frames *= image.Dimensions[i];
            if (frames > stored)
            {
                throw Mismatch();
            }
        }

        int width = image.Dimensions[0];
        int height = image.Dimensions.Count > 1 ? image.Dimensions[1] : 1;

        // Packed: type 5 keeps one 4-byte number a pixel, 27 and 28 keep width / 2 + 1 complex numbers a row (seen in files).
        Int128 expected = image.DataType switch
        {
            5 => (Int128)4 * width * height * frames,
            27 => (Int128)8 * ((width / 2) + 1) * height * frames,
            28 => (Int128)16 * ((width / 2) + 1) * height * frames,
            _ => (Int128)pixels.BytesEach * width * height * frames,
        };
        return expected == stored ? frames : throw Mismatch();

        MicroscopeFileException Mismatch() => document.Problem(
            FileProblem.Corrupt, image.Data, $"{place}.Data has {stored} bytes; that is not {string.Join(" × ", image.Dimensions)} pixels of type {image.DataType}.");
    }

    private static (SignalKind Kind, string? Reason) KindOf(DmDocument document, DmImage image, PixelType type, Acquisition acquisition)
    {
        if (type is PixelType.Complex64 or PixelType.Complex128)
        {
            return (SignalKind.Other, "a complex image, such as a Fourier transform or a wave: its pixels are not intensities");
        }

        string? format = document.Text(DmDocument.Find(image.Tags, "Meta Data", "Format"));
        int extended = image.Dimensions.Count(size => size > 1);
        bool isSpectrumImage = format is not null && format.StartsWith("Spectrum", StringComparison.OrdinalIgnoreCase);
        bool hasEnergyAxis = image.Axes.Take(image.Dimensions.Count).Any(axis => axis.Unit is "eV" or "keV");
        if (image.Dimensions.Count == 1 || extended < 2)
        {
            return (SignalKind.Spectrum, "a spectrum or line profile, not an image");
        }

        if (isSpectrumImage || hasEnergyAxis)
        {
            return (SignalKind.Spectrum, "a spectrum image: each place holds a spectrum, not an intensity");
        }

        DmAxis x = Axis(image, 0);
        DmAxis y = Axis(image, 1);
        if (LengthUnits.IsReciprocalOrAngle(x.Unit) || LengthUnits.IsReciprocalOrAngle(y.Unit))
        {
            return (SignalKind.Diffraction, $"a diffraction pattern: its axes are in {UnitOf(image)}, not in units of length");
        }

        if (x.Unit.Length == 0 && y.Unit.Length == 0 && DmAcquisition.IsDiffractionMode(acquisition.Mode))
        {
            return (SignalKind.Diffraction, "a diffraction pattern by its operation mode");
        }

        if (image.Dimensions.Count > 3 && image.Dimensions[3] > 1)
        {
            return (SignalKind.Other, $"a data set of {image.Dimensions.Count} dimensions, not an image or a stack of images");
        }

        return (SignalKind.Image, type == PixelType.Rgb8 ? "a true-colour image: its channels differ, so that no single intensity stands for a pixel" : null);
    }

    /// <summary>Whether x and y are places on the specimen; in spectra and line scans one of them is an energy or a wavelength (in nm).</summary>
    private static bool ShowsSpecimen(DmImage image, SignalKind kind) =>
        kind != SignalKind.Diffraction && (kind != SignalKind.Spectrum || image.Dimensions.Count > 2);

    private static Calibration? CalibrationOf(DmImage image) =>
        PixelSizeNm(Axis(image, 0)) is double widthNm && PixelSizeNm(Axis(image, 1)) is double heightNm
            ? new Calibration(widthNm, heightNm, new CalibrationSource(CalibrationOrigin.Metadata, "DigitalMicrograph"))
            : null;

    private static double? PixelSizeNm(DmAxis axis)
    {
        if (axis.Scale is not > 0 || !LengthUnits.TryToNm(axis.Unit, out double unitNm))
        {
            return null;
        }

        double sizeNm = axis.Scale.Value * unitNm;
        return double.IsFinite(sizeNm) && sizeNm > 0 ? sizeNm : null;
    }

    private static string UnitOf(DmImage image)
    {
        string x = Axis(image, 0).Unit;
        string y = image.Dimensions.Count > 1 && image.Dimensions[1] > 1 ? Axis(image, 1).Unit : x;
        return x == y ? x : $"{x}|{y}";
    }

    private static DmAxis Axis(DmImage image, int index) => index < image.Axes.Count ? image.Axes[index] : new DmAxis(null, string.Empty);
}
