namespace ImageAnalysis.Formats.Dm;

/// <summary>Reads the files of Gatan's DigitalMicrograph, DM3 and DM4.</summary>
/// <remarks>
/// Gatan does not publish the format; README.md beside this file says what the reading rests on and where it is in doubt. DM2 (up to about
/// 1999) and DM5 (HDF5) are not read.
/// </remarks>
public static class DmReader
{
    /// <summary>Whether a file starts as DM3 does: version 3 and a byte order of 0 or 1.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True also for a file that is cut within its header.</returns>
    public static bool IsDm3(ReadOnlySpan<byte> start) => Starts(start, version: 3, orderAt: 8);

    /// <summary>Whether a file starts as DM4 does: version 4 and a byte order of 0 or 1.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>True also for a file that is cut within its header.</returns>
    public static bool IsDm4(ReadOnlySpan<byte> start) => Starts(start, version: 4, orderAt: 12);

    /// <summary>Reads a file. Pixels stay in <paramref name="bytes"/> until a signal's frame is decoded.</summary>
    /// <param name="bytes">The whole file; not to be changed as long as its signals are used.</param>
    /// <returns>The images, thumbnails left out, and all tags.</returns>
    /// <exception cref="MicroscopeFileException">The file is cut short, contradicts itself, or holds no image.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes)
    {
        DmDocument document = DmDocument.Decode(bytes);
        var signals = new List<Signal>();
        foreach (int number in Images(document))
        {
            DmTagGroup? entry = ImageList(document)[number].Group;
            signals.Add(DmSignal.Of(document, DmImage.Decode(document, entry ?? DmTagGroup.Empty, number)));
        }

        return new MicroscopeFile(document.Format, signals, DmRawTags.Flatten(document));
    }

    /// <summary>
    /// Places in ImageList of the images. A thumbnail is what Thumbnails names; a file without that group may still carry one, which then
    /// no entry of ImageSourceList (what the windows of the document show) refers to.
    /// </summary>
    private static List<int> Images(DmDocument document)
    {
        int count = ImageList(document).Count;
        HashSet<int> thumbnails = Numbers(document, "Thumbnails", "ImageIndex");
        HashSet<int> shown = Numbers(document, "ImageSourceList", "ImageRef");
        shown.RemoveWhere(number => number < 0 || number >= count);
        List<int> images = [];
        for (int number = 0; number < count; number++)
        {
            bool isImage = thumbnails.Count > 0 ? !thumbnails.Contains(number) : shown.Count == 0 || shown.Contains(number);
            if (isImage)
            {
                images.Add(number);
            }
        }

        if (images.Count == 0)
        {
            throw document.Problem(
                FileProblem.NotSupported, null, count == 0 ? "the file holds no image (ImageList is missing or empty)." : "the file holds nothing but a thumbnail.");
        }

        return images;
    }

    private static IReadOnlyList<DmTag> ImageList(DmDocument document) => document.Root.Find("ImageList")?.Group?.Tags ?? [];

    private static HashSet<int> Numbers(DmDocument document, string list, string name)
    {
        var numbers = new HashSet<int>();
        foreach (DmTag entry in document.Root.Find(list)?.Group?.Tags ?? [])
        {
            if (document.Number(entry.Group?.Find(name)) is >= 0 and <= int.MaxValue and double number)
            {
                numbers.Add((int)number);
            }
        }

        return numbers;
    }

    private static bool Starts(ReadOnlySpan<byte> start, byte version, int orderAt)
    {
        if (start.Length < 4 || start[0] != 0 || start[1] != 0 || start[2] != 0 || start[3] != version)
        {
            return false;
        }

        return start.Length < orderAt + 4 || (start[orderAt] == 0 && start[orderAt + 1] == 0 && start[orderAt + 2] == 0 && start[orderAt + 3] <= 1);
    }
}
