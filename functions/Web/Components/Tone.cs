namespace OpinionPipeline.Web.Components;

/// <summary>What a tag or a notice wants to say; the words say it too, never the colour alone.</summary>
public enum Tone
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Done, answered.</summary>
    Ok,

    /// <summary>Somebody should look.</summary>
    Warn,

    /// <summary>Failed, overdue.</summary>
    Bad,
}

internal static class Tones
{
    public static string Class(this Tone tone) =>
        tone == Tone.Plain ? "" : tone.ToString().ToLowerInvariant();
}
