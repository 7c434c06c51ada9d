namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>A document as its parts, before it becomes HTML or Word.</summary>
public sealed record Page(string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>版头; null on what does not go out under the committee's name.</summary>
    public Masthead? Masthead { get; init; }

    /// <summary>版记; null where there is none.</summary>
    public Imprint? Imprint { get; init; }
}

/// <summary>A part of a page.</summary>
public abstract record Block;

/// <summary>A heading, level 1 to 3 under the title.</summary>
public sealed record Heading(int Level, string Text) : Block;

/// <summary>A paragraph, with a small note behind it where there is one.</summary>
public sealed record Paragraph(string Text, string? Note = null) : Block;

/// <summary>A table with a header row.</summary>
public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
    : Block;

/// <summary>落款: who issues it and, once it is out, the day.</summary>
public sealed record Signature(string Issuer, string? Day) : Block;

/// <summary>版头: the red mark, and above the red line the number and who signed it off.</summary>
public sealed record Masthead(string Mark, string Number, string? Signer);

/// <summary>版记: who gets it, and who printed it when.</summary>
/// <param name="Lines">Each with what stands before the colon, such as 报, and the names behind it.</param>
/// <param name="Issuer">印发机关.</param>
/// <param name="Printed">The last words of its last line: the day and 印发.</param>
public sealed record Imprint(
    IReadOnlyList<(string Label, string Names)> Lines,
    string Issuer,
    string Printed
);
