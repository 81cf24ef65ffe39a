using ImageAnalysis.Formats;

namespace ImageAnalysis.Tests;

/// <summary>
/// Spoils a small good file in many ways and reads each spoilt copy, pixels included. Whatever comes out must be a file or a
/// <see cref="MicroscopeFileException"/>, in bounded time, on a small stack, and with no more memory than ten times the file plus four
/// times the declared pixels plus 1 MB.
/// </summary>
internal static class Corruption
{
    private const long SlackBytes = 1 << 20;
    private const int FramesDecoded = 4;
    private const int StackBytes = 256 * 1024;

    /// <summary>A hang guard, far above what any of these runs takes; not a measure of speed.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>Cuts the file at every length from 0 to one byte less than the whole (or at every <paramref name="step"/>th).</summary>
    public static void TruncateEverywhere(byte[] file, Func<ReadOnlyMemory<byte>, MicroscopeFile> read, int step = 1) =>
        Run(file, read, Truncations(file, step));

    /// <summary>Cuts the file at the given lengths: the structure boundaries of a larger file.</summary>
    public static void TruncateAt(byte[] file, IEnumerable<int> lengths, Func<ReadOnlyMemory<byte>, MicroscopeFile> read) =>
        Run(file, read, lengths.Select(length => ($"cut to {length} of {file.Length} bytes", file.AsMemory(0, length))));

    /// <summary>
    /// Writes 0, −1, the largest and the smallest signed value over the 2, 4 and 8 bytes at every offset, in both byte orders, and makes
    /// every byte one more and one less: every length, count and offset in the file is among them.
    /// </summary>
    public static void OverwriteNumbers(byte[] file, Func<ReadOnlyMemory<byte>, MicroscopeFile> read, int step = 1) =>
        Run(file, read, NumbersOverwritten(file, step));

    /// <summary>Changes one to four bytes at random places to random values, again and again from the good file.</summary>
    public static void FlipBytes(byte[] file, Func<ReadOnlyMemory<byte>, MicroscopeFile> read, int count, int seed) =>
        Run(file, read, BytesFlipped(file, count, seed));

    /// <summary>Reads one file, with the guards on memory and kind of exception.</summary>
    public static void Check(byte[] file, Func<ReadOnlyMemory<byte>, MicroscopeFile> read) => Run(file, read, [("as it is", file.AsMemory())]);

    private static IEnumerable<(string What, Memory<byte> Bytes)> Truncations(byte[] file, int step)
    {
        for (int length = 0; length < file.Length; length += step)
        {
            yield return ($"cut to {length} of {file.Length} bytes", file.AsMemory(0, length));
        }
    }

    private static IEnumerable<(string What, Memory<byte> Bytes)> NumbersOverwritten(byte[] file, int step)
    {
        for (int at = 0; at < file.Length; at += step)
        {
            foreach (int change in (int[])[1, -1])
            {
                byte[] spoilt = (byte[])file.Clone();
                spoilt[at] = (byte)(spoilt[at] + change);
                yield return ($"byte {at} changed by {change}", spoilt);
            }
        }

        foreach (int width in (int[])[2, 4, 8])
        {
            ulong minusOne = ulong.MaxValue >> (64 - (8 * width));
            ulong largest = minusOne >> 1;
            (ulong Value, bool LittleEndian)[] replacements =
                [(0, true), (minusOne, true), (largest, true), (largest, false), (largest + 1, true), (largest + 1, false)];
            for (int at = 0; at + width <= file.Length; at += step)
            {
                foreach ((ulong value, bool littleEndian) in replacements)
                {
                    byte[] spoilt = (byte[])file.Clone();
                    Put(spoilt.AsSpan(at, width), value, littleEndian);
                    yield return ($"{width} bytes at {at} set to 0x{value:X} ({(littleEndian ? "little" : "big")}-endian)", spoilt);
                }
            }
        }
    }

    private static IEnumerable<(string What, Memory<byte> Bytes)> BytesFlipped(byte[] file, int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            byte[] spoilt = (byte[])file.Clone();
            int changes = random.Next(1, 5);
            string places = string.Empty;
            for (int change = 0; change < changes; change++)
            {
                int at = random.Next(file.Length);
                spoilt[at] = (byte)random.Next(256);
                places += $" {at}={spoilt[at]:X2}";
            }

            yield return ($"flip {i} of seed {seed}:{places}", spoilt);
        }
    }

    private static void Run(byte[] file, Func<ReadOnlyMemory<byte>, MicroscopeFile> read, IEnumerable<(string What, Memory<byte> Bytes)> cases)
    {
        // Once before, so that no case pays for what is set up on first use.
        _ = FailureOf(file, read);
        string? current = null;
        string? failure = null;
        var thread = new Thread(
            () =>
            {
                foreach ((string what, Memory<byte> bytes) in cases)
                {
                    Volatile.Write(ref current, what);
                    failure = FailureOf(bytes, read);
                    if (failure is not null)
                    {
                        failure = $"{what}: {failure}";
                        return;
                    }
                }
            },
            StackBytes);
        thread.IsBackground = true;
        thread.Start();
        Assert.True(thread.Join(_patience), $"still reading after {_patience}: {Volatile.Read(ref current)}");
        Assert.True(failure is null, failure);
    }

    private static string? FailureOf(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, MicroscopeFile> read)
    {
        long declaredBytes = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            ReadAll(bytes, read, out declaredBytes);
        }
        catch (MicroscopeFileException)
        {
            // What a spoilt file is expected to bring.
        }
        catch (Exception other)
        {
            return $"{other.GetType().Name}: {other.Message}{Environment.NewLine}{other.StackTrace}";
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = (10L * bytes.Length) + (4 * declaredBytes) + SlackBytes;
        return allocated <= allowed
            ? null
            : $"{allocated} bytes were allocated for a file of {bytes.Length} bytes with {declaredBytes} bytes of pixels; {allowed} are allowed.";
    }

    private static void ReadAll(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, MicroscopeFile> read, out long declaredBytes)
    {
        declaredBytes = 0;
        MicroscopeFile file = read(bytes);
        Assert.NotEmpty(file.Signals);
        foreach (Signal signal in file.Signals)
        {
            long frameBytes = (long)signal.WidthPx * signal.HeightPx * PixelBlocks.BytesPerPixel(signal.Type);
            for (int frame = 0; frame < Math.Min(signal.FrameCount, FramesDecoded); frame++)
            {
                PixelBlock block = signal.Decode(frame);
                if (block.WidthPx != signal.WidthPx || block.HeightPx != signal.HeightPx || block.Type != signal.Type
                    || block.LittleEndianBytes.Length != frameBytes)
                {
                    throw new InvalidOperationException(
                        $"declared {signal.WidthPx} × {signal.HeightPx} of {signal.Type}, decoded {block.WidthPx} × {block.HeightPx} of {block.Type} in {block.LittleEndianBytes.Length} bytes.");
                }

                // Only pixels that did come out count: declaring them allows nothing.
                declaredBytes += frameBytes;
            }
        }
    }

    private static void Put(Span<byte> bytes, ulong value, bool littleEndian)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[littleEndian ? i : bytes.Length - 1 - i] = (byte)(value >> (8 * i));
        }
    }
}
