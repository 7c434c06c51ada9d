using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Duplicates;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Tests.Issues;

/// <summary>Neighbours that were looked for ahead of a submission's turn are those that would be found when it comes.</summary>
public sealed class NeighboursTests : OverAStore
{
    private static readonly string[] Places = ["柳溪村", "前进村", "杨柳沟村", "石桥村", ""];
    private static readonly string[] Troubles =
    [
        "的渠道塌了三十多米，下游四百亩田放不到水，晚稻要干死了。",
        "的自来水浑浊发黄，烧开以后全是水垢，没有人敢喝。",
        "的路灯坏了大半年，晚上出门要打手电，老人摔过两次。",
        "的垃圾池满了没有人清，苍蝇满天飞，臭得开不了窗。",
    ];

    private readonly MatterReader reader;
    private readonly Neighbours neighbours;
    private int number;

    public NeighboursTests()
    {
        var finder = Gazetteer.Finder(CountyFiles.Load(Seeds.Folder()));
        var language = new Language(TermWeights.Build([]), TermVectors.None, Background.None);
        reader = new(() => finder, () => language);
        neighbours = new(store, reader, new(() => null));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_found_ahead_and_what_came_since_are_what_is_found_now(int seed)
    {
        var random = new Random(seed);
        var soon = new Queue<(Fingerprint Own, MatterText Text, Neighbourhood Ahead)>();
        var (repeated, near) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var (own, text) = Said(random);
            soon.Enqueue((own, text, await neighbours.LookAsync(own, text, Token)));
            if (soon.Count < random.Next(12))
                continue;
            var (turn, its, ahead) = soon.Dequeue();
            Assert.True(await neighbours.AddAsync(turn, Token));
            var now = await neighbours.LookAsync(turn, its, Token);
            var upToDate = neighbours.UpToDate(ahead, turn, its)!;
            Assert.Equal(
                now.SharingBands.Select(f => f.Id),
                upToDate.SharingBands.Select(f => f.Id)
            );
            Assert.Equal(Repeated(now), Repeated(upToDate));
            // Of a repetition nobody looks further, or has before somebody came whom it repeats.
            if (now.Around is { } around && upToDate.Around is { } its2)
                Assert.Equal(Near(around), Near(its2));
            Assert.Equal(now.Around is null, now.Repetition is not null);
            repeated += now.Around is null ? 1 : 0;
            near += now.Around?.Near.Count ?? 0;
        }
        Assert.InRange(repeated, 20, 180);
        Assert.InRange(near, 200, 10_000);
    }

    [Fact]
    public async Task What_was_found_long_ago_is_no_more_to_be_relied_on()
    {
        var random = new Random(1);
        var (own, text) = Said(random);
        var ahead = await neighbours.LookAsync(own, text, Token);
        for (var i = 0; i < 300; i++)
            await neighbours.AddAsync(Said(random).Own, Token);
        Assert.Null(neighbours.UpToDate(ahead, own, text));
    }

    [Fact]
    public async Task A_repetition_whose_sketch_shares_no_band_is_found_among_those_around()
    {
        var told = string.Concat(Troubles) + string.Concat(Troubles.Select(t => "柳溪村" + t));
        var (first, _) = Fingerprinted("柳溪村的难处", told);
        await neighbours.AddAsync(first, Token);
        // Of many that were edited here and there, the first whose sketch is another in every band.
        var (own, text) = Enumerable
            .Range(0, 2_000)
            .Select(seed => Fingerprinted("柳溪村的难处", Edited(told, new Random(seed))))
            .First(f =>
                !CandidateKeys.Repetition(f.Own).Intersect(CandidateKeys.Repetition(first)).Any()
            );
        var found = await neighbours.LookAsync(own, text, Token);
        Assert.Null(found.Repetition);
        var repeated = Neighbours.RepetitionIn(found.Around!, own, text)!;
        Assert.Equal(first.Id, repeated.Other.Id);
        Assert.InRange(repeated.Score, 0.5, 0.75);
    }

    // One character in fourteen is another: about half of all fours stay.
    private static string Edited(string text, Random random) =>
        string.Concat(
            text.Select(c => random.Next(14) == 0 ? (char)random.Next(0x5000, 0x5400) : c)
        );

    private static (string? Id, double? Score) Repeated(Neighbourhood found) =>
        (found.Repetition?.Other.Id, found.Repetition?.Score);

    private static List<(string Id, Similarity Similarity)> Near(Surroundings around) =>
        [.. around.Near.Select(n => (n.Other.Id, n.Similarity))];

    private (Fingerprint Own, MatterText Text) Said(Random random)
    {
        var (place, trouble) = (
            Places[random.Next(Places.Length)],
            Troubles[random.Next(Troubles.Length)]
        );
        // The same again, or with words of its own.
        var body = place + trouble;
        if (random.Next(2) > 0)
            body = Mixed(random) + body + Mixed(random);
        var (own, text) = Fingerprinted(place + "的难处", body);
        // Not in the order in which they come.
        return (own with { SaidAt = time.GetUtcNow().AddHours(random.Next(-20, 0)) }, text);
    }

    private (Fingerprint Own, MatterText Text) Fingerprinted(string title, string body)
    {
        var id = $"202611-{number++:D16}";
        var text = reader.Read(id, title, body, null, soon: true);
        return (
            new()
            {
                Id = id,
                SaidAt = time.GetUtcNow(),
                // Several in one moment.
                ReceivedAt = time.GetUtcNow().AddSeconds(number),
                Keys = CandidateKeys.Of(text),
                Title = title,
                Body = body,
            },
            text
        );
    }

    private static string Mixed(Random random) =>
        string.Concat(Enumerable.Range(0, 12).Select(_ => (char)random.Next(0x5000, 0x5400)));
}
