using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>A message of the queue "digests": whose digest of what period.</summary>
public sealed record DigestRequest(string Office, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The message's body.</summary>
    public override string ToString() =>
        $"{Office} {DocumentJson.Time(From)} {DocumentJson.Time(To)}";

    /// <summary>Reads a message's body.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DigestRequest Parse(string body)
    {
        var parts = body.Split(' ');
        if (parts.Length != 3)
            throw new FormatException($"'{body}' asks for no digest.");
        return new(parts[0], Time(parts[1]), Time(parts[2]));
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
