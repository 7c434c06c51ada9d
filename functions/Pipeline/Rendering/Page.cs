namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>A document as its parts, before it becomes HTML or Word.</summary>
public sealed record Page(string Title, IReadOnlyList<Block> Blocks);

/// <summary>A part of a page.</summary>
public abstract record Block;

/// <summary>A heading, level 1 to 3 under the title.</summary>
public sealed record Heading(int Level, string Text) : Block;

/// <summary>A paragraph, with a small note behind it where there is one.</summary>
public sealed record Paragraph(string Text, string? Note = null) : Block;

/// <summary>A table with a header row.</summary>
public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
    : Block;
