using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats;

/// <summary>Takes the one image to be measured out of a file.</summary>
public static class MicrographReader
{
    /// <summary>
    /// Largest share of pixels that may be not finite (NaN, ±∞) and are then replaced: a few dead pixels. Above it the image is not
    /// measured, since what is missing is then an area, such as the empty rim that drift correction leaves.
    /// </summary>
    public const double MostReplacedFraction = 0.001;

    private const int MostNamed = 4;

    /// <summary>Decodes the image to be measured.</summary>
    /// <param name="file">A file as read.</param>
    /// <param name="name">The path below the root of the run, with <c>/</c>; it becomes <see cref="Micrograph.File"/>.</param>
    /// <param name="frame">
    /// Number of the frame, from 0, counted through the measurable images of the file in their order; <c>null</c> where there is only one.
    /// </param>
    /// <returns>The micrograph, or why there is none: no image, several without a frame named, a frame that is not there, or too many pixels that are not finite.</returns>
    /// <exception cref="MicroscopeFileException">The pixels of the frame cannot be decoded.</exception>
    public static MicrographResult ToMicrograph(MicroscopeFile file, string name, int? frame)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(name);
        List<Signal> images = [.. file.Signals.Where(signal => signal.NotMeasurableReason is null)];
        long count = images.Sum(signal => (long)signal.FrameCount);
        if (WhyNone(file, images, count, frame) is string reason)
        {
            return new MicrographResult.NotMeasurable(reason);
        }

        int number = frame ?? 0;
        int within = number;
        Signal chosen = images[0];
        foreach (Signal image in images)
        {
            chosen = image;
            if (within < image.FrameCount)
            {
                break;
            }

            within -= image.FrameCount;
        }

        Raster<float> pixels = PixelBlocks.ToRaster(chosen.Decode(within));
        int replaced = CountNotFinite(pixels.Pixels);
        if (replaced > MostReplacedFraction * pixels.PixelCount)
        {
            return new MicrographResult.NotMeasurable(
                string.Create(CultureInfo.InvariantCulture, $"{replaced} of {pixels.PixelCount} pixels are not finite numbers (NaN{(chosen.Type == PixelType.Float64 ? ", infinite or too large for single precision" : " or infinite")})"));
        }

        if (replaced > 0)
        {
            pixels = ReplaceNotFinite(pixels);
        }

        return new MicrographResult.Measurable(
            new Micrograph(name, number, pixels, chosen.Calibration, chosen.Acquisition, file.RawTags), replaced, [.. Findings(file, chosen, pixels, replaced)]);
    }

    private static IEnumerable<FileFinding> Findings(MicroscopeFile file, Signal chosen, Raster<float> pixels, int replaced)
    {
        if (chosen.CalibrationConflict is string conflict)
        {
            yield return new FileFinding(FileFinding.CalibrationConflict, $"the file disagrees with itself on the pixel size: {conflict}");
        }

        string[] passedOver = [.. file.Signals.Where(signal => signal.NotMeasurableReason is not null).Select(signal => $"{Describe(signal)} ({signal.NotMeasurableReason})")];
        if (passedOver.Length > 0)
        {
            yield return new FileFinding(
                FileFinding.PassedOver, $"the file also holds what was passed over: {string.Join(", ", passedOver.Take(MostNamed))}{(passedOver.Length > MostNamed ? ", …" : string.Empty)}");
        }

        if (pixels.PixelCount > 1 && !pixels.Pixels.ContainsAnyExcept(pixels[0, 0]))
        {
            yield return new FileFinding(FileFinding.Constant, string.Create(CultureInfo.InvariantCulture, $"every pixel has the same value, {pixels[0, 0]:G6}"));
        }

        if (replaced > 0)
        {
            yield return new FileFinding(
                FileFinding.PixelsReplaced,
                string.Create(CultureInfo.InvariantCulture, $"{replaced} {(replaced == 1 ? "pixel was no finite number and was" : "pixels were no finite numbers and were")} replaced from the neighbours"));
        }
    }

    private static string? WhyNone(MicroscopeFile file, List<Signal> images, long count, int? frame)
    {
        if (count == 0)
        {
            return string.Join("; ", file.Signals.Select(WhyNot).Distinct());
        }

        if (frame is int asked)
        {
            return asked >= 0 && asked < count ? null : $"frame {asked} is asked for; the file has {count}, numbered from 0";
        }

        if (count == 1)
        {
            return null;
        }

        string found = images.Count == 1
            ? $"a stack of {count} frames"
            : $"{count} images in one file ({string.Join(", ", images.Take(MostNamed).Select(Describe))}{(images.Count > MostNamed ? ", …" : string.Empty)})";
        return $"{found}: name the one to be measured with \"frame\": 0…{count - 1} in samples.json";
    }

    private static string WhyNot(Signal signal) =>
        signal.NotMeasurableReason + (signal.CalibrationConflict is string conflict ? $" (the file disagrees with itself: {conflict})" : string.Empty);

    private static string Describe(Signal signal) =>
        $"{signal.WidthPx} × {signal.HeightPx} px{(signal.FrameCount > 1 ? $", {signal.FrameCount} frames" : string.Empty)}";

    private static int CountNotFinite(ReadOnlySpan<float> pixels)
    {
        int count = 0;
        foreach (float pixel in pixels)
        {
            if (!float.IsFinite(pixel))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Puts the median of the finite pixels on the nearest square ring that has any in the place of each pixel that is not finite.</summary>
    private static Raster<float> ReplaceNotFinite(Raster<float> image)
    {
        float[] pixels = image.ToArray();
        var ring = new List<float>();
        for (int y = 0; y < image.HeightPx; y++)
        {
            for (int x = 0; x < image.WidthPx; x++)
            {
                if (float.IsFinite(image[x, y]))
                {
                    continue;
                }

                ring.Clear();
                for (int radius = 1; ring.Count == 0; radius++)
                {
                    CollectRing(image, x, y, radius, ring);
                }

                ring.Sort();
                pixels[(y * image.WidthPx) + x] = ring[ring.Count / 2];
            }
        }

        return new Raster<float>(image.WidthPx, image.HeightPx, pixels);
    }

    private static void CollectRing(Raster<float> image, int x, int y, int radius, List<float> ring)
    {
        for (int dy = -radius; dy <= radius; dy++)
        {
            int step = Math.Abs(dy) == radius ? 1 : 2 * radius;
            for (int dx = -radius; dx <= radius; dx += step)
            {
                bool isInside = x + dx >= 0 && x + dx < image.WidthPx && y + dy >= 0 && y + dy < image.HeightPx;
                if (isInside && float.IsFinite(image[x + dx, y + dy]))
                {
                    ring.Add(image[x + dx, y + dy]);
                }
            }
        }
    }
}
