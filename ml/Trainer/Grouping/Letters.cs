using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Grouping;

/// <summary>Two invented messages that share sentences, and whether they speak of one matter.</summary>
internal sealed record LetterPair(LabelledText A, LabelledText B, bool Same);

/// <summary>
/// Letters that go round: messages that share whole sentences and go on by themselves. Told of one place they are one
/// matter, of two places two of a kind. Among judged pairs there are few, where a form is handed out there are many.
/// </summary>
internal static class Letters
{
    private const double Kept = 0.6;
    private const int MostOfItsOwn = 3;
    private const int Brief = 70;

    /// <summary>So many pairs made of these messages, one in four of one matter; the same ones give the same pairs.</summary>
    public static IEnumerable<LetterPair> Of(IReadOnlyList<LabelledText> messages, int count)
    {
        var random = new Random(1);
        var byLabel = messages.GroupBy(m => m.Label).ToDictionary(g => g.Key, g => g.ToArray());
        for (var i = 0; i < count; i++)
        {
            var letter = messages[random.Next(messages.Count)];
            var alike = byLabel[letter.Label];
            var same = i % 4 == 0;
            var (here, there) = (InventedPlaces.Name(random), InventedPlaces.Name(random));
            yield return new(
                Sign(letter, alike[random.Next(alike.Length)], here, random),
                Sign(letter, alike[random.Next(alike.Length)], same ? here : there, random),
                same
            );
        }
    }

    /// <summary>
    /// So many pairs of messages of different categories, moved to one place: two troubles that have nothing in common but
    /// where they are. Half of them are short, where the place is most of what is said.
    /// </summary>
    public static IEnumerable<LetterPair> OfOnePlace(
        IReadOnlyList<LabelledText> messages,
        int count
    )
    {
        var random = new Random(1);
        var brief = messages.Where(m => m.Body.Length < Brief).ToArray();
        for (var i = 0; i < count; i++)
        {
            var from = i % 2 == 0 && brief.Length > 1 ? brief : messages;
            var (a, b) = (from[random.Next(from.Count)], from[random.Next(from.Count)]);
            if (a.Label == b.Label)
                continue;
            var place = InventedPlaces.Name(random);
            yield return new(Sign(a, place, random), Sign(b, place, random), false);
        }
    }

    private static LabelledText Sign(LabelledText text, string place, Random random)
    {
        var (title, body) = (
            InventedPlaces.Move(text.Title, place),
            InventedPlaces.Move(text.Body, place)
        );
        var named = (title + body).Contains(place, StringComparison.Ordinal);
        return random.Next(named ? 3 : 2) switch
        {
            0 => new(place + title, body, text.Label),
            1 => new(title, place + body, text.Label),
            _ => new(title, body, text.Label),
        };
    }

    // The letter's words, some left out, with the beginning of somebody's own, all of this place.
    private static LabelledText Sign(
        LabelledText letter,
        LabelledText own,
        string place,
        Random random
    )
    {
        var shared = Sentences(letter.Body);
        var told = shared
            .Where(_ => random.NextDouble() < Kept)
            .DefaultIfEmpty(shared[0])
            .Concat(Sentences(own.Body).Take(random.Next(MostOfItsOwn + 1)))
            .ToArray();
        random.Shuffle(told);
        var (title, body) = (letter.Title, string.Join('。', told));
        (title, body) = random.Next(3) switch
        {
            0 => (title, place + body),
            1 => (place + InventedPlaces.Move(title, ""), body),
            _ => (place + InventedPlaces.Move(own.Title, ""), place + body),
        };
        return new(
            InventedPlaces.Move(title, place),
            InventedPlaces.Move(body, place),
            letter.Label
        );
    }

    private static string[] Sentences(string body) =>
        body.Split(
            ['。', '！', '？', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        )
            is { Length: > 0 } sentences
            ? sentences
            : [body];
}
