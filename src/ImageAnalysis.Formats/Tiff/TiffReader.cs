using System.Globalization;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>Reads TIFF and BigTIFF as microscopes and image programs write it: pixels, pixel size, acquisition and the file's own words.</summary>
/// <remarks>
/// TIFF 6.0 (Adobe, 1992), its supplements (Photoshop TIFF Technical Notes 2002 and 3, 2005) and BigTIFF; dialects, sources and doubts stand in
/// the README of this folder. Not read, and refused by name: JPEG, JPEG 2000, Zstandard, LZMA, fax and other compressions, CMYK and other colour
/// spaces, complex samples, 24-bit and 64-bit integers.
/// </remarks>
public static class TiffReader
{
    private const int MostTags = 5000;

    /// <summary>Whether a file starts as a TIFF or BigTIFF of either byte order.</summary>
    /// <param name="start">The first bytes of a file.</param>
    /// <returns>True for <c>II</c> or <c>MM</c> and version 42 or 43.</returns>
    public static bool Recognises(ReadOnlySpan<byte> start) => TiffHeader.Recognises(start);

    /// <summary>
    /// Reads a file. Pages of equal size and type are the frames of one signal, others signals of their own; thumbnails, reduced copies and masks are
    /// left out. A page that cannot be decoded beside one that can is described as not measurable.
    /// </summary>
    /// <param name="file">The whole file; it must not change as long as frames are decoded.</param>
    /// <returns>The signals, which decode their frames on demand, and the tags.</returns>
    /// <exception cref="MicroscopeFileException">The file is no TIFF, of a dialect that is not read, truncated or corrupt.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> file)
    {
        TiffHeader header = TiffHeader.Decode(file);
        IReadOnlyList<TiffDirectory> directories = TiffDirectory.DecodeAll(file, header);
        List<TiffPage> pages = Primary([.. directories.Select(directory => TiffPage.Decode(header, directory))]);
        TiffPage? unread = pages.Find(page => page.NotSupported is not null);
        if (unread is not null && pages.TrueForAll(page => page.NotSupported is not null))
        {
            throw new MicroscopeFileException(FileProblem.NotSupported, TiffHeader.Format, unread.Directory.Offset, $"{unread.NotSupported}; not read here.");
        }

        TiffDescription description = TiffDescription.Decode(directories[0].Text(TiffTag.ImageDescription));
        int imageJFrames = directories.Count == 1 ? description.ImageJ?.Images ?? 1 : 1;
        List<Stack> stacks = [];
        List<RawTag> tags = [];
        long stored = 0;
        for (int i = 0; i < pages.Count; i++)
        {
            TiffPage page = pages[i];
            PixelType type = page.Colour == TiffColour.Rgb ? page.SampleType == PixelType.UInt16 ? PixelType.Rgb16 : PixelType.Rgb8 : page.SampleType;
            if (page.NotSupported is null)
            {
                stored += TiffPixels.CheckHeld(file, page);
                CheckShared(file, page, stored);
                (page, type) = TiffPixels.LookAtColours(file, page);
            }

            // A page without a description of its own is described by the one before it: programs write it once a file.
            if (page.Directory.Text(TiffTag.ImageDescription) is { } own && own != description.Text)
            {
                description = TiffDescription.Decode(own);
            }

            TiffMetadata metadata = TiffMetadata.Decode(file, page, description);
            Stack? stack = stacks.Find(stack => stack.Takes(page, type, metadata));
            if (stack is null)
            {
                stacks.Add(stack = new Stack(type, metadata));
            }

            stack.Pages.Add(page);
            AddTags(tags, directories[0], page.Directory, i, metadata, stack.Pages.Count == 1);
        }

        return new MicroscopeFile(TiffHeader.Format, [.. stacks.Select(stack => SignalOf(file, stack, imageJFrames))], tags);
    }

    // Reduced copies, thumbnails and masks stand for nothing of their own; where a file has nothing else, its largest page is taken.
    private static List<TiffPage> Primary(List<TiffPage> pages)
    {
        List<TiffPage> primary = pages.FindAll(page => !page.Secondary);
        return primary.Count > 0 ? primary : [pages.MaxBy(page => (long)page.Width * page.Height)!];
    }

    // Pages with pixels of their own fit into the file together; some slack for writers whose byte counts are careless.
    private static void CheckShared(ReadOnlyMemory<byte> file, TiffPage page, long stored)
    {
        if (stored > 4L * file.Length)
        {
            throw new MicroscopeFileException(
                FileProblem.Corrupt, TiffHeader.Format, page.Directory.Offset, $"the pages together take {stored} bytes or more; the file has {file.Length}.");
        }
    }

    private static Signal SignalOf(ReadOnlyMemory<byte> file, Stack stack, int imageJFrames)
    {
        TiffPage first = stack.Pages[0];
        List<TiffPage> pages = stack.Pages;
        int frames = pages.Count == 1 ? Contiguous(file, first, imageJFrames) : pages.Count;
        bool oneDirectory = pages.Count == 1;
        return new Signal
        {
            Kind = stack.Metadata.Reciprocal is null ? SignalKind.Image : SignalKind.Diffraction,
            FrameCount = frames,
            WidthPx = first.TurnsSides ? first.Height : first.Width,
            HeightPx = first.TurnsSides ? first.Width : first.Height,
            Type = stack.Type,
            Calibration = stack.Metadata.Calibration,
            CalibrationConflict = stack.Metadata.Conflict,
            UnitAsStored = stack.Metadata.Unit,
            NotMeasurableReason = Reason(stack),
            Acquisition = stack.Metadata.Acquisition,
            Decode = frame =>
            {
                ArgumentOutOfRangeException.ThrowIfNegative(frame);
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, frames);
                TiffPage page = oneDirectory ? first : pages[frame];
                return page.NotSupported is null
                    ? TiffPixels.Decode(file, page, oneDirectory ? frame * first.DecodedBytes : 0)
                    : throw new MicroscopeFileException(FileProblem.NotSupported, TiffHeader.Format, page.Directory.Offset, $"{page.NotSupported}; not read here.");
            },
        };
    }

    // ImageJ writes large stacks with the directory of their first frame alone; the others follow it without a gap.
    private static int Contiguous(ReadOnlyMemory<byte> file, TiffPage page, int frames)
    {
        if (frames == 1 || page.NotSupported is not null || page.Compression != 1)
        {
            return 1;
        }

        long start = (long)page.Offsets.WholeAt(0);
        return frames <= (file.Length - start) / page.DecodedBytes
            ? frames
            : throw new MicroscopeFileException(
                FileProblem.Truncated,
                TiffHeader.Format,
                start,
                $"{frames} frames of {page.DecodedBytes} bytes are announced; {file.Length - start} bytes remain.");
    }

    private static string? Reason(Stack stack)
    {
        if (stack.Pages[0].NotSupported is { } notSupported)
        {
            return $"{notSupported}: not read";
        }

        if (stack.Metadata.Reciprocal is { } reciprocal)
        {
            return reciprocal;
        }

        return stack.Type is PixelType.Rgb8 or PixelType.Rgb16 ? "a colour image: red, green and blue differ in more than 1 % of its pixels" : null;
    }

    // The tags of the first page in full; of later ones those that differ, without where their pixels lie.
    private static void AddTags(List<RawTag> tags, TiffDirectory first, TiffDirectory directory, int page, TiffMetadata metadata, bool newSignal)
    {
        string prefix = page == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"Page{page}.");
        foreach (TiffEntry entry in directory.Entries)
        {
            bool place = entry.Tag is TiffTag.StripOffsets or TiffTag.StripByteCounts or TiffTag.TileOffsets or TiffTag.TileByteCounts;
            if (tags.Count >= MostTags)
            {
                return;
            }

            if (page > 0 && (place || (first.Find(entry.Tag) is { } before && before.SaysTheSame(entry))))
            {
                continue;
            }

            tags.Add(new RawTag(prefix + entry.Name, entry.Shown()));
        }

        foreach (RawTag tag in newSignal ? metadata.Tags : [])
        {
            if (tags.Count >= MostTags)
            {
                return;
            }

            tags.Add(tag with { Path = prefix + tag.Path });
        }
    }

    private sealed record Stack(PixelType Type, TiffMetadata Metadata)
    {
        public List<TiffPage> Pages { get; } = [];

        public bool Takes(TiffPage page, PixelType type, TiffMetadata metadata)
        {
            TiffPage first = Pages[0];
            bool sameSize = page.Width == first.Width && page.Height == first.Height && page.TurnsSides == first.TurnsSides;
            return sameSize && type == Type && page.NotSupported == first.NotSupported && page.ColoursAreGrey == first.ColoursAreGrey
                && metadata.Calibration == Metadata.Calibration && metadata.Conflict == Metadata.Conflict && metadata.Reciprocal == Metadata.Reciprocal;
        }
    }
}
