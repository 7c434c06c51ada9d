using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Trainer.Grouping;

/// <summary>A message and what it truly is.</summary>
/// <param name="Submission">The message.</param>
/// <param name="Matter">Number of its matter.</param>
/// <param name="Repeats">Number of the message it repeats, from 0; -1 for one of its own.</param>
public sealed record Invented(NewSubmission Submission, int Matter, int Repeats);

/// <summary>
/// Any number of messages made of labelled texts: a matter is six texts of one category told at one invented place, which
/// stands for the places the texts name; each who speaks of it tells some of their sentences in an order of his own; one in
/// ten messages is one of the last months with a preface, an end or a sentence less. The same seed gives the same messages.
/// </summary>
public sealed class InventedMessages
{
    private const double Repeated = 0.10;
    private const double Again = 0.25;
    private const int MostActive = 1_000;
    private const int MostRepeatable = 1_000;

    /// <summary>What is sent again is sent soon; the product holds nothing said four months apart for one submission.</summary>
    private static readonly TimeSpan Repeatable = TimeSpan.FromDays(90);
    private static readonly string[] Openings =
    [
        "",
        "",
        "您好，",
        "反映一个情况：",
        "尊敬的领导，",
        "我是当地居民，",
    ];
    private static readonly string[] Prefaces = ["转发群众来信：", "再次反映，", "代邻居转："];
    private static readonly string[] Ends =
    [
        "请尽快处理。",
        "盼回复。",
        "谢谢。",
        "已经反映多次了。",
    ];

    private readonly Random random;
    private readonly string[][] byCategory;
    private readonly Dictionary<string, LabelledText[]> texts;
    private readonly List<Matter> active = [];
    private readonly List<Told> repeatable = [];
    private int matters;

    /// <summary>Of these texts, with this seed.</summary>
    public InventedMessages(IReadOnlyList<LabelledText> from, int seed)
    {
        random = new(seed);
        texts = from.GroupBy(t => t.Label).ToDictionary(g => g.Key, g => g.ToArray());
        byCategory = [.. texts.Select(t => Enumerable.Repeat(t.Key, t.Value.Length).ToArray())];
    }

    /// <summary>So many, said one after the other over a year that ends now.</summary>
    public IEnumerable<Invented> Take(int count, DateTimeOffset now)
    {
        var step = TimeSpan.FromDays(360) / count;
        for (var i = 0; i < count; i++)
        {
            var at = now - step * (count - i);
            repeatable.RemoveAll(t => t.At < at - Repeatable);
            yield return repeatable.Count > 0 && random.NextDouble() < Repeated
                ? Repeat(at)
                : Tell(i, at);
        }
    }

    private Invented Repeat(DateTimeOffset at)
    {
        var (title, body, matter, number, _) = Any(repeatable);
        body = random.Next(4) switch
        {
            0 => body,
            1 => Any(Prefaces) + body,
            2 => body + Any(Ends),
            _ => WithoutLastSentence(body),
        };
        return new(Submission(title, body, at), matter, number);
    }

    private Invented Tell(int number, DateTimeOffset at)
    {
        // The squared chance makes some matters much spoken of.
        var matter =
            active.Count > 0 && random.NextDouble() < Again
                ? active[(int)(active.Count * Math.Pow(random.NextDouble(), 2))]
                : Open();
        var sentences = matter.Sentences.Where(_ => random.NextDouble() < 0.4).ToArray();
        random.Shuffle(sentences);
        if (sentences.Length == 0)
            sentences = [matter.Sentences[0]];
        var body =
            $"{Any(Openings)}{matter.Place}{string.Concat(sentences)}{random.Next(2, 200)}户人家都这样说。{Any(Ends)}";
        var title = random.Next(3) switch
        {
            0 => $"{matter.Place}{matter.Title}",
            1 => $"关于{matter.Place}{matter.Title}的问题",
            _ => matter.Title,
        };
        Keep(repeatable, new(title, body, matter.Number, number, at), MostRepeatable);
        return new(Submission(title, body, at), matter.Number, -1);
    }

    private Matter Open()
    {
        var category = texts[Any(Any(byCategory))];
        var parts = Enumerable.Range(0, 6).Select(_ => Any(category)).ToList();
        var place = InventedPlaces.Name(random);
        var title = InventedPlaces.Move(parts[0].Title, "");
        var matter = new Matter(
            matters++,
            place,
            title.Length > 3 ? title : InventedPlaces.Move(parts[0].Title, place),
            [
                .. parts.SelectMany(p =>
                    InventedPlaces
                        .Move(p.Body, place)
                        .Split('。', StringSplitOptions.RemoveEmptyEntries)
                        .Select(s => s + "。")
                ),
            ]
        );
        Keep(active, matter, MostActive);
        return matter;
    }

    // A full list forgets any one of its entries.
    private void Keep<T>(List<T> list, T item, int most)
    {
        if (list.Count < most)
            list.Add(item);
        else
            list[random.Next(most)] = item;
    }

    private static string WithoutLastSentence(string body)
    {
        var cut = body.LastIndexOf('。', body.Length - 2);
        return cut < 40 ? body : body[..(cut + 1)];
    }

    private static NewSubmission Submission(string title, string body, DateTimeOffset at) =>
        new()
        {
            Title = title,
            Body = body,
            SaidAt = at,
            Station = "WEB",
        };

    private T Any<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private sealed record Told(
        string Title,
        string Body,
        int Matter,
        int Number,
        DateTimeOffset At
    );

    private sealed record Matter(int Number, string Place, string Title, string[] Sentences);
}
