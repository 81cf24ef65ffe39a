namespace ImageAnalysis.Core;

/// <summary>What a piece of a CIF is.</summary>
internal enum CifTokenKind
{
    /// <summary><c>data_NAME</c>; the text is the name.</summary>
    DataBlock,

    /// <summary><c>loop_</c>.</summary>
    Loop,

    /// <summary>A data name, with its underscore.</summary>
    Tag,

    /// <summary>A value without quotes.</summary>
    Bare,

    /// <summary>A value in quotes or a text field.</summary>
    Quoted,

    /// <summary>A comment on a line of its own, without its mark.</summary>
    Comment,
}

/// <summary>A piece of a CIF.</summary>
internal readonly record struct CifToken(CifTokenKind Kind, string Text, int Line)
{
    /// <summary>True for values, quoted or not.</summary>
    public bool IsValue => Kind is CifTokenKind.Bare or CifTokenKind.Quoted;

    /// <summary>True for the values that mean "unknown" and "does not apply".</summary>
    public bool IsMissing => Kind == CifTokenKind.Bare && Text is "?" or ".";
}
