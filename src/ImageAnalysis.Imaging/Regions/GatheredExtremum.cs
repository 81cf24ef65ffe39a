using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageAnalysis.Imaging;

/// <summary>
/// The extremum over small structuring elements made of centred runs (Urbach &amp; Wilkinson 2008, doi 10.1109/TIP.2007.912582): each source row is widened once for each length of run in
/// the element, and a result row is the extremum of such rows.
/// </summary>
internal static unsafe class GatheredExtremum
{
    private const int BlockVectors = 4;
    private const int RingBytes = 20 << 10;
    private const int NarrowestBytes = 1 << 10;

    // A ring of slots holds the source rows within reach, each in all kinds of widening. Two result rows at a time: what both take of a source row is joined once.
    internal static void Apply<T, TOp>(Raster<T> image, StructuringElement element, Span<T> result)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int width = image.WidthPx;
        int height = image.HeightPx;
        int radius = element.RadiusPx;
        int slots = (2 * radius) + 2;
        int[] halfWidths = [.. element.HalfWidths.Distinct().Order()];
        int[] kinds = Array.ConvertAll(element.HalfWidths, halfWidth => Array.IndexOf(halfWidths, halfWidth));
        int widest = halfWidths[^1];
        bool narrowestIsPoint = halfWidths[0] == 0;

        // Strips of the image, narrow enough for the slots to stay in cache, but not too narrow for rows to be read in one go; whole blocks of vectors, and everything but the
        // padding begins with a cache line.
        int line = CacheLines.Bytes / sizeof(T);
        int block = BlockVectors * Vector256<T>.Count;
        int stride = Math.Max(NarrowestBytes / sizeof(T), RingBytes / (slots * halfWidths.Length * sizeof(T)) / block * block);
        int strips = Math.Max(1, width / stride);
        stride = (((width + strips - 1) / strips) + block - 1) / block * block;
        int padding = (widest + line - 1) / line * line;
        int pitch = Pitch(stride + (2 * padding), sizeof(T));
        int slotLength = pitch * halfWidths.Length;
        T[] rented = ArrayPool<T>.Shared.Rent((slots * slotLength) + pitch + (2 * block) + line);
        T** both = stackalloc T*[slots];
        T** upper = stackalloc T*[slots];
        T** lower = stackalloc T*[slots];
        fixed (T* start = rented, pixels = image.Pixels, to = result)
        {
            T* ring = CacheLines.Aligned(start);
            T* single = ring + (slots * slotLength);
            T* tail = single + pitch;
            for (int x0 = 0; x0 < width; x0 += stride)
            {
                int stripWidth = Math.Min(stride, width - x0);
                int sourceStart = Math.Max(0, x0 - widest);
                int sourceLength = Math.Min(width, x0 + stride + widest) - sourceStart;
                new Span<T>(ring, (slots * slotLength) + pitch).Fill(TOp.Neutral);
                int next = 0;
                for (int y = 0; y < height; y += 2)
                {
                    for (; next <= Math.Min(height - 1, y + 1 + radius); next++)
                    {
                        // A run of one pixel is the padded row itself, which then stays with the slot.
                        T* slot = ring + (next % slots * slotLength);
                        T* source = (narrowestIsPoint ? slot : single) + padding;
                        T* from = pixels + ((nint)next * width) + sourceStart;
                        new Span<T>(from, sourceLength).CopyTo(new Span<T>(source + sourceStart - x0, sourceLength));
                        if (next + 2 < height)
                        {
                            CacheLines.Fetch(from + (2 * (nint)width), sourceLength);
                        }

                        T* narrower = source;
                        int reached = 0;
                        for (int kind = narrowestIsPoint ? 1 : 0; kind < halfWidths.Length; kind++)
                        {
                            T* wider = slot + (pitch * kind);
                            Widen<T, TOp>(source, narrower, reached, halfWidths[kind], wider, stride);
                            narrower = wider;
                            reached = halfWidths[kind];
                        }
                    }

                    int bothCount = 0;
                    int upperCount = 0;
                    int lowerCount = 0;
                    for (int row = Math.Max(0, y - radius); row < next; row++)
                    {
                        T* slot = ring + (row % slots * slotLength);
                        int kind = row <= y + radius ? kinds[row - y + radius] : -1;
                        int lowerKind = row > y - radius ? kinds[row - y - 1 + radius] : -1;
                        if (kind == lowerKind)
                        {
                            both[bothCount++] = slot + Place(kind);
                            continue;
                        }

                        if (kind >= 0)
                        {
                            upper[upperCount++] = slot + Place(kind);
                        }

                        if (lowerKind >= 0)
                        {
                            lower[lowerCount++] = slot + Place(lowerKind);
                        }
                    }

                    T* first = to + ((nint)y * width) + x0;
                    T* second = y + 1 < height ? first + width : null;
                    if (y + 3 < height)
                    {
                        CacheLines.Fetch(first + (2 * (nint)width), stripWidth);
                        CacheLines.Fetch(first + (3 * (nint)width), stripWidth);
                    }

                    for (int x = 0; x < stripWidth; x += block)
                    {
                        int length = Math.Min(block, stripWidth - x);
                        bool whole = length == block && second != null;
                        T* firstTo = whole ? first + x : tail;
                        T* secondTo = whole ? second + x : tail + block;
                        Join<T, TOp>(both, bothCount, upper, upperCount, lower, lowerCount, x, firstTo, secondTo);
                        if (!whole)
                        {
                            new Span<T>(firstTo, length).CopyTo(new Span<T>(first + x, length));
                            if (second != null)
                            {
                                new Span<T>(secondTo, length).CopyTo(new Span<T>(second + x, length));
                            }
                        }
                    }
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);

        int Place(int kind) => halfWidths[kind] == 0 ? padding : pitch * kind;
    }

    // From a row of a slot to the next, a little more than a row needs: never nearly a multiple of 4 KiB, since the processor takes a store and a load at such a distance for one place.
    private static int Pitch(int length, int size)
    {
        int bytes = (length * size) + CacheLines.Bytes - 1;
        int beyondPages = bytes % 4096;
        bytes += beyondPages < 1024 && bytes > 4096 - 1024 ? 1024 - beyondPages : 0;
        bytes += beyondPages > 3072 ? 4096 + 1024 - beyondPages : 0;
        return bytes / CacheLines.Bytes * CacheLines.Bytes / size;
    }

    // A block of two result rows from x on: the extremum of the rows that both take, and of those that only one takes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join<T, TOp>(T** both, int bothCount, T** upper, int upperCount, T** lower, int lowerCount, int x, T* first, T* second)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        Vector256<T> a = Vector256.Create(TOp.Neutral), b = a, c = a, d = a;
        Join<T, TOp>(both, bothCount, x, ref a, ref b, ref c, ref d);
        Vector256<T> e = a, f = b, g = c, h = d;
        Join<T, TOp>(upper, upperCount, x, ref a, ref b, ref c, ref d);
        a.Store(first);
        b.Store(first + lanes);
        c.Store(first + (2 * lanes));
        d.Store(first + (3 * lanes));
        Join<T, TOp>(lower, lowerCount, x, ref e, ref f, ref g, ref h);
        e.Store(second);
        f.Store(second + lanes);
        g.Store(second + (2 * lanes));
        h.Store(second + (3 * lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join<T, TOp>(T** rows, int count, int x, ref Vector256<T> a, ref Vector256<T> b, ref Vector256<T> c, ref Vector256<T> d)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        for (int i = 0; i < count; i++)
        {
            T* at = rows[i] + x;
            a = TOp.Of(a, Vector256.Load(at));
            b = TOp.Of(b, Vector256.Load(at + lanes));
            c = TOp.Of(c, Vector256.Load(at + (2 * lanes)));
            d = TOp.Of(d, Vector256.Load(at + (3 * lanes)));
        }
    }

    // wider[x] = the extremum of narrower[x] and the source at distances `from` + 1 … `to` on both sides. Whole blocks.
    private static void Widen<T, TOp>(T* source, T* narrower, int from, int to, T* wider, int length)
        where T : unmanaged
        where TOp : struct, IExtremum<T>
    {
        int lanes = Vector256<T>.Count;
        for (int x = 0; x < length; x += BlockVectors * lanes)
        {
            T* at = narrower + x;
            Vector256<T> a = Vector256.Load(at);
            Vector256<T> b = Vector256.Load(at + lanes);
            Vector256<T> c = Vector256.Load(at + (2 * lanes));
            Vector256<T> d = Vector256.Load(at + (3 * lanes));
            for (int distance = from + 1; distance <= to; distance++)
            {
                T* left = source + x - distance;
                T* right = source + x + distance;
                a = TOp.Of(a, TOp.Of(Vector256.Load(left), Vector256.Load(right)));
                b = TOp.Of(b, TOp.Of(Vector256.Load(left + lanes), Vector256.Load(right + lanes)));
                c = TOp.Of(c, TOp.Of(Vector256.Load(left + (2 * lanes)), Vector256.Load(right + (2 * lanes))));
                d = TOp.Of(d, TOp.Of(Vector256.Load(left + (3 * lanes)), Vector256.Load(right + (3 * lanes))));
            }

            T* put = wider + x;
            a.Store(put);
            b.Store(put + lanes);
            c.Store(put + (2 * lanes));
            d.Store(put + (3 * lanes));
        }
    }
}
