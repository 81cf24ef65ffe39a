using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ImageAnalysis.Imaging;

namespace ImageAnalysis.Formats.Tiff;

/// <summary>Writes one grey image as a TIFF that this project, ImageJ and every TIFF reader open: single page, little-endian.</summary>
/// <remarks>
/// TIFF 6.0 (Adobe, 1992); predictor 3: Adobe Photoshop TIFF Technical Note 3 (2005). The pixel size stands where ImageJ puts it: <c>unit=nm</c> in
/// the description and pixels per nm in XResolution and YResolution, each the fraction nearest to 1 / pixel size whose parts fit 32 bits, so that
/// sizes from 1e-4 to 1e4 nm come back as the same <c>double</c>. Files above 2 GB are not written.
/// </remarks>
public static class TiffWriter
{
    private const int HeaderBytes = 8;
    private const int RowsPerDeflateStrip = 64;

    /// <summary>Writes an image as 32-bit floating point.</summary>
    /// <param name="image">The image; every value finite, in counts.</param>
    /// <param name="options">What else the file says, and its compression.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite, or an option cannot be written.</exception>
    public static byte[] Write(Raster<float> image, TiffWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        float min = float.PositiveInfinity;
        float max = float.NegativeInfinity;
        foreach (float value in image.Pixels)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException("The image holds a value that is NaN or infinite.", nameof(image));
            }

            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return Write(image.WidthPx, image.HeightPx, 4, MemoryMarshal.AsBytes(image.Pixels), min, max, options);
    }

    /// <summary>Writes an image as unsigned 16-bit integers.</summary>
    /// <param name="image">The image, in counts.</param>
    /// <param name="options">What else the file says, and its compression.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">An option cannot be written.</exception>
    public static byte[] Write(Raster<ushort> image, TiffWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ushort min = ushort.MaxValue;
        ushort max = 0;
        foreach (ushort value in image.Pixels)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return Write(image.WidthPx, image.HeightPx, 2, MemoryMarshal.AsBytes(image.Pixels), min, max, options);
    }

    /// <summary>Writes an image as unsigned 8-bit integers.</summary>
    /// <param name="image">The image, in counts.</param>
    /// <param name="options">What else the file says, and its compression.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">An option cannot be written.</exception>
    public static byte[] Write(Raster<byte> image, TiffWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte min = byte.MaxValue;
        byte max = 0;
        foreach (byte value in image.Pixels)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return Write(image.WidthPx, image.HeightPx, 1, image.Pixels, min, max, options);
    }

    private static byte[] Write(int width, int height, int bytesPerPixel, ReadOnlySpan<byte> pixels, float min, float max, TiffWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int rowBytes = checked(width * bytesPerPixel);
        int rowsPerStrip = options.Deflate ? Math.Min(height, RowsPerDeflateStrip) : height;
        List<byte[]> strips = [];
        for (int y = 0; options.Deflate && y < height; y += rowsPerStrip)
        {
            int rows = Math.Min(rowsPerStrip, height - y);
            byte[] predicted = LittleEndian(pixels.Slice(y * rowBytes, rows * rowBytes), bytesPerPixel);
            Predict(predicted, width, bytesPerPixel);
            strips.Add(Compress(predicted));
        }

        if (!options.Deflate)
        {
            strips.Add(LittleEndian(pixels, bytesPerPixel));
        }

        List<Field> fields =
        [
            Field.Long(256, (uint)width),
            Field.Long(257, (uint)height),
            Field.Short(258, (ushort)(8 * bytesPerPixel)),
            Field.Short(259, options.Deflate ? (ushort)8 : (ushort)1),
            Field.Short(262, 1),
            Field.Ascii(270, Description(min, max, options)),
            Field.Longs(273, new uint[strips.Count]),
            Field.Short(277, 1),
            Field.Long(278, (uint)rowsPerStrip),
            Field.Longs(279, [.. strips.Select(s => (uint)s.Length)]),
        ];
        if (options.Calibration is { } calibration)
        {
            fields.Add(Field.Rational(282, PixelsPerNm(calibration.PixelWidthNm)));
            fields.Add(Field.Rational(283, PixelsPerNm(calibration.PixelHeightNm)));
            fields.Add(Field.Short(296, 1));
        }

        if (options.Deflate)
        {
            fields.Add(Field.Short(317, bytesPerPixel == 4 ? (ushort)3 : (ushort)2));
        }

        fields.Add(Field.Short(339, bytesPerPixel == 4 ? (ushort)3 : (ushort)1));
        return Assemble(fields, strips);
    }

    private static byte[] Assemble(List<Field> fields, List<byte[]> strips)
    {
        int directoryBytes = 2 + (12 * fields.Count) + 4;
        int valueOffset = HeaderBytes + directoryBytes;
        int position = valueOffset + fields.Sum(f => f.Bytes.Length <= 4 ? 0 : Even(f.Bytes.Length));
        uint[] stripOffsets = new uint[strips.Count];
        for (int i = 0; i < strips.Count; i++)
        {
            stripOffsets[i] = (uint)position;
            position = checked(position + Even(strips[i].Length));
        }

        fields[fields.FindIndex(f => f.Tag == 273)] = Field.Longs(273, stripOffsets);
        byte[] file = new byte[position];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(HeaderBytes), (ushort)fields.Count);
        int entry = HeaderBytes + 2;
        foreach (Field field in fields)
        {
            Span<byte> at = file.AsSpan(entry, 12);
            BinaryPrimitives.WriteUInt16LittleEndian(at, field.Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], field.Type);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], (uint)field.Count);
            if (field.Bytes.Length <= 4)
            {
                field.Bytes.CopyTo(at[8..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(at[8..], (uint)valueOffset);
                field.Bytes.CopyTo(file.AsSpan(valueOffset));
                valueOffset += Even(field.Bytes.Length);
            }

            entry += 12;
        }

        for (int i = 0; i < strips.Count; i++)
        {
            strips[i].CopyTo(file.AsSpan((int)stripOffsets[i]));
        }

        return file;
    }

    // ImageJ (1.53, ij.io.TiffEncoder and FileSaver) writes lines key=value with '\n' after each; min and max are the display range.
    private static string Description(float min, float max, TiffWriteOptions options)
    {
        StringBuilder text = new("ImageJ=1.53t\n");
        if (options.Calibration is not null)
        {
            text.Append("unit=nm\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"min={min:R}\nmax={max:R}\n");
        foreach ((string key, string value) in options.Description)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}={value}\n");
        }

        return text.ToString();
    }

    private static byte[] LittleEndian(ReadOnlySpan<byte> native, int bytesPerPixel)
    {
        byte[] bytes = native.ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            switch (bytesPerPixel)
            {
                case 2:
                    Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan());
                    BinaryPrimitives.ReverseEndianness(shorts, shorts);
                    break;
                case 4:
                    Span<uint> ints = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan());
                    BinaryPrimitives.ReverseEndianness(ints, ints);
                    break;
                default:
                    break;
            }
        }

        return bytes;
    }

    // Predictor 2 stores differences to the left neighbour; predictor 3 stores a row's bytes by significance (most significant plane first), then
    // differences of neighbouring bytes.
    private static void Predict(Span<byte> rows, int width, int bytesPerPixel)
    {
        byte[] planes = new byte[width * bytesPerPixel];
        for (int start = 0; start < rows.Length; start += planes.Length)
        {
            Span<byte> row = rows.Slice(start, planes.Length);
            switch (bytesPerPixel)
            {
                case 2:
                    for (int x = width - 1; x > 0; x--)
                    {
                        int difference = BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]) - BinaryPrimitives.ReadUInt16LittleEndian(row[((2 * x) - 2)..]);
                        BinaryPrimitives.WriteUInt16LittleEndian(row[(2 * x)..], unchecked((ushort)difference));
                    }

                    break;
                case 4:
                    for (int i = 0; i < planes.Length; i++)
                    {
                        planes[i] = row[(4 * (i % width)) + 3 - (i / width)];
                    }

                    planes.CopyTo(row);
                    goto default;
                default:
                    for (int i = row.Length - 1; i > 0; i--)
                    {
                        row[i] = unchecked((byte)(row[i] - row[i - 1]));
                    }

                    break;
            }
        }
    }

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Optimal))
        {
            deflate.Write(bytes);
        }

        return compressed.ToArray();
    }

    // The last fraction of the continued fraction of the pixel size whose parts fit 32 bits, turned over: pixels per nm.
    private static (uint Numerator, uint Denominator) PixelsPerNm(double pixelNm)
    {
        (ulong n0, ulong d0, ulong n1, ulong d1) = (0, 1, 1, 0);
        double rest = pixelNm;
        while (true)
        {
            double whole = Math.Floor(rest);
            if (whole > uint.MaxValue)
            {
                break;
            }

            ulong n = ((ulong)whole * n1) + n0;
            ulong d = ((ulong)whole * d1) + d0;
            if (n > uint.MaxValue || d > uint.MaxValue)
            {
                break;
            }

            (n0, d0, n1, d1) = (n1, d1, n, d);
            if ((double)n / d == pixelNm || rest == whole)
            {
                break;
            }

            rest = 1 / (rest - whole);
        }

        return n1 == 0 || d1 == 0
            ? throw new ArgumentException($"A pixel size of {pixelNm.ToString("R", CultureInfo.InvariantCulture)} nm cannot be written as a fraction of 32-bit numbers.")
            : ((uint)d1, (uint)n1);
    }

    private static int Even(int length) => length + (length & 1);

    private readonly record struct Field(ushort Tag, ushort Type, int Count, byte[] Bytes)
    {
        public static Field Short(ushort tag, ushort value)
        {
            byte[] bytes = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            return new Field(tag, 3, 1, bytes);
        }

        public static Field Long(ushort tag, uint value) => Longs(tag, [value]);

        public static Field Longs(ushort tag, uint[] values)
        {
            byte[] bytes = new byte[4 * values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
            }

            return new Field(tag, 4, values.Length, bytes);
        }

        public static Field Rational(ushort tag, (uint Numerator, uint Denominator) value) =>
            Longs(tag, [value.Numerator, value.Denominator]) with { Type = 5, Count = 1 };

        public static Field Ascii(ushort tag, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text + "\0");
            return new Field(tag, 2, bytes.Length, bytes);
        }
    }
}
