namespace ImageAnalysis.Formats.Dm;

/// <summary>The encodings of values, by their numbers in the file.</summary>
internal enum DmEncoding
{
    Int16 = 2,
    Int32 = 3,
    UInt16 = 4,
    UInt32 = 5,
    Float32 = 6,
    Float64 = 7,
    Bool = 8,
    Int8 = 9,
    UInt8 = 10,
    Int64 = 11,
    UInt64 = 12,
    Struct = 15,
    String = 18,
    Array = 20,
}

/// <summary>
/// The type of a value: one number, a text, a structure of fields, or an array of any of these. On disk it is a counted row of words:
/// <c>code</c>, or <c>18 bytes</c>, or <c>15 0 fields (0 type)…</c>, or <c>20 type count</c>.
/// </summary>
/// <param name="Encoding">What it is.</param>
/// <param name="Count">Number of elements of an array, bytes of a text; 1 otherwise.</param>
/// <param name="Element">Type of an array's elements.</param>
/// <param name="Fields">Types of a structure's fields.</param>
/// <param name="SizeBytes">Size of the value in bytes.</param>
internal sealed record DmType(DmEncoding Encoding, long Count, DmType? Element, IReadOnlyList<DmType>? Fields, long SizeBytes)
{
    /// <summary>Types within types; instruments write two: an array of structures.</summary>
    private const int DeepestType = 8;

    private static readonly Dictionary<ulong, DmType> _numbers = new (DmEncoding Encoding, int SizeBytes)[]
    {
        (DmEncoding.Int16, 2), (DmEncoding.Int32, 4), (DmEncoding.UInt16, 2), (DmEncoding.UInt32, 4), (DmEncoding.Float32, 4),
        (DmEncoding.Float64, 8), (DmEncoding.Bool, 1), (DmEncoding.Int8, 1), (DmEncoding.UInt8, 1), (DmEncoding.Int64, 8), (DmEncoding.UInt64, 8),
    }.ToDictionary(number => (ulong)number.Encoding, number => new DmType(number.Encoding, 1, null, null, number.SizeBytes));

    public static DmType Decode(DmSource source)
    {
        ByteCursor cursor = source.Cursor;
        int words = cursor.CheckedCount(source.ReadWord("the number of words of a type"), source.WordBytes, "a type");
        long end = cursor.Position + ((long)words * source.WordBytes);
        DmType type = DecodeWords(source, end, depth: 1);
        if (cursor.Position != end)
        {
            throw cursor.Problem(FileProblem.Corrupt, $"a type ends here; by its length it ends at byte {end}.");
        }

        return type;
    }

    private static DmType DecodeWords(DmSource source, long end, int depth)
    {
        ByteCursor cursor = source.Cursor;
        long at = cursor.Position;
        if (depth > DeepestType)
        {
            throw cursor.Problem(FileProblem.Corrupt, $"types are nested more than {DeepestType} deep.");
        }

        ulong code = source.ReadWord("the code of a type");
        if (_numbers.TryGetValue(code, out DmType? number))
        {
            return number;
        }

        return code switch
        {
            (ulong)DmEncoding.String => DecodeText(source),
            (ulong)DmEncoding.Struct => DecodeStructure(source, end, depth),
            (ulong)DmEncoding.Array => DecodeArray(source, end, depth),
            _ => throw cursor.Problem(FileProblem.Corrupt, at, $"a type has the code {code}; expected 2…12, 15, 18 or 20."),
        };
    }

    private static DmType DecodeText(DmSource source)
    {
        int length = source.Cursor.CheckedCount(source.ReadWord("the length of a text"), 1, "a text");
        return new DmType(DmEncoding.String, length, null, null, length);
    }

    private static DmType DecodeStructure(DmSource source, long end, int depth)
    {
        ByteCursor cursor = source.Cursor;
        _ = source.ReadWord("the length of a structure's name");
        ulong declared = source.ReadWord("the number of fields of a structure");
        if (declared > (ulong)(end - cursor.Position) / (ulong)(2 * source.WordBytes))
        {
            throw cursor.Problem(FileProblem.Corrupt, $"a structure has {declared} fields, more than its type has room for.");
        }

        var fields = new List<DmType>();
        long size = 0;
        for (ulong i = 0; i < declared; i++)
        {
            _ = source.ReadWord("the length of a field's name");
            DmType field = DecodeWords(source, end, depth + 1);
            size += field.SizeBytes;
            fields.Add(field);
        }

        return new DmType(DmEncoding.Struct, 1, null, fields, size);
    }

    private static DmType DecodeArray(DmSource source, long end, int depth)
    {
        ByteCursor cursor = source.Cursor;
        DmType element = DecodeWords(source, end, depth + 1);
        ulong declared = source.ReadWord("the number of elements of an array");
        if (element.SizeBytes == 0 && declared > 0)
        {
            throw cursor.Problem(FileProblem.Corrupt, "the elements of an array take no bytes.");
        }

        int count = declared == 0 ? 0 : cursor.CheckedCount(declared, (int)element.SizeBytes, "an array");
        return new DmType(DmEncoding.Array, count, element, null, count * element.SizeBytes);
    }
}
