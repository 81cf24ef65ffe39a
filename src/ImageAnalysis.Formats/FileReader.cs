using System.Globalization;
using System.Text;
using ImageAnalysis.Formats.Zip;

namespace ImageAnalysis.Formats;

/// <summary>Reads a file of any format in <see cref="FileFormats.All"/>.</summary>
public static class FileReader
{
    /// <summary>Finds the format of a file by its content and reads it.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Its path; only the extension is looked at, and only where the content leaves a choice.</param>
    /// <returns>The file's signals and its own words.</returns>
    /// <exception cref="MicroscopeFileException">The content is of no known format, of one that is not read, cut short or corrupt.</exception>
    public static MicroscopeFile Read(ReadOnlyMemory<byte> bytes, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileFormat format = Recognise(bytes.Span, path);
        if (format.Read is null)
        {
            if (format.WhyNotRead is string reason)
            {
                throw new MicroscopeFileException(FileProblem.NotSupported, format.Name, null, reason);
            }

            string read = string.Join(", ", FileFormats.All.Where(row => row.Read is not null).Select(row => row.Name));
            throw new MicroscopeFileException(FileProblem.NotSupported, format.Name, null, $"files of this format are recognised but not read. What is read: {read}.");
        }

        return format.Read(bytes);
    }

    /// <summary>Finds the format of a file by its content.</summary>
    /// <param name="bytes">The file; the first <see cref="FileFormat.SniffedBytes"/> are enough, but for a ZIP archive, whose names stand at its end.</param>
    /// <param name="path">Its path; only the extension is looked at, and only where the content leaves a choice.</param>
    /// <returns>The row of the table.</returns>
    /// <exception cref="MicroscopeFileException">No row recognises the content.</exception>
    public static FileFormat Recognise(ReadOnlySpan<byte> bytes, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ReadOnlySpan<byte> start = ZipDirectory.IsZip(bytes) ? bytes : bytes[..Math.Min(bytes.Length, FileFormat.SniffedBytes)];
        string extension = Path.GetExtension(path).ToLowerInvariant();
        FileFormat? first = null;
        foreach (FileFormat format in FileFormats.All)
        {
            if (!format.Recognises(start))
            {
                continue;
            }

            if (format.Extensions.Contains(extension))
            {
                return format;
            }

            first ??= format;
        }

        return first ?? throw NotRecognised(start, extension);
    }

    private static MicroscopeFileException NotRecognised(ReadOnlySpan<byte> start, string extension)
    {
        string detail = start.IsEmpty ? "the file is empty." : $"the file starts with {FirstBytes(start)}{CommonContent.Describe(start)}.";
        FileFormat? expected = start.IsEmpty ? null : FileFormats.All.FirstOrDefault(format => format.Extensions.Contains(extension));
        if (expected is not null)
        {
            detail += $" Its extension {extension} stands for {expected.Name}, which never starts so.";
        }

        return new MicroscopeFileException(FileProblem.NotRecognised, "unknown format", null, detail);
    }

    private static string FirstBytes(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> shown = start[..Math.Min(start.Length, 8)];
        var text = new StringBuilder();
        foreach (byte value in shown)
        {
            text.Append(value.ToString("X2", CultureInfo.InvariantCulture)).Append(' ');
        }

        text.Append("(\"");
        foreach (byte value in shown)
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
        }

        return text.Append("\")").ToString();
    }
}
