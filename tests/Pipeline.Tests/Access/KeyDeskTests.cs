using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Tests.County;

namespace OpinionPipeline.Pipeline.Tests.Access;

/// <summary>A key says which device holds it, when it was used, until when it works, and is replaced without a gap.</summary>
public sealed class KeyDeskTests : AtTheCountyDesk
{
    private Keys Keys => new(workshop.Store, workshop.Time);
    private KeyDesk Desk => new(workshop.Store, Keys, clerk.County, workshop.Time);
    private DateOnly Today => LocalTime.DayOf(workshop.Time.GetUtcNow());

    private static KeyRequest Tablet { get; } =
        new("Station", "T01S01", null) { Label = " 大厅平板 " };

    private async Task<NewKey> MadeAsync(KeyRequest asked) =>
        (await Desk.CreateAsync(asked, null, Token)).Value;

    private async Task<(ApiKey Key, string ETag)> StoredAsync(string id)
    {
        var stored = await workshop.Store.ReadAsync(Containers.Keys, "keys", id, Token);
        return (stored!.Document, stored.ETag);
    }

    [Fact]
    public async Task A_key_remembers_the_day_of_its_last_use_with_one_write_a_day()
    {
        var made = await MadeAsync(Tablet);
        Assert.Equal("大厅平板", made.Key.Label);
        Assert.Null((await StoredAsync(made.Key.Id)).Key.UsedOn);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Keys.FindAsync(made.Secret, Token)));
        var (key, etag) = await StoredAsync(made.Key.Id);
        Assert.Equal(Today, key.UsedOn);

        await Keys.FindAsync(made.Secret, Token);
        Assert.Equal(etag, (await StoredAsync(made.Key.Id)).ETag);
        workshop.Time.Advance(TimeSpan.FromDays(1));
        await Keys.FindAsync(made.Secret, Token);
        Assert.Equal(Today, (await StoredAsync(made.Key.Id)).Key.UsedOn);
    }

    [Fact]
    public async Task A_key_works_through_its_last_day_and_is_refused_afterwards()
    {
        var made = await MadeAsync(Tablet with { EndsOn = $"{Today:yyyy-MM-dd}" });
        Assert.NotNull(await Keys.FindAsync(made.Secret, Token));
        workshop.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Keys.FindAsync(made.Secret, Token));
        Assert.Equal(
            "key.ended",
            Assert
                .Single(
                    (await Desk.ReplaceAsync(made.Key.Id, new(null, null), null, Token)).Rejections
                )
                .Code
        );
    }

    [Theory]
    [InlineData(
        "label",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
        null
    )]
    [InlineData("label", "大厅\n平板", null)]
    [InlineData("endsOn", null, "2020-01-01")]
    [InlineData("endsOn", null, "31.12.2029")]
    public async Task A_label_or_a_last_day_that_cannot_be_is_told_at_its_field(
        string field,
        string? label,
        string? endsOn
    )
    {
        var refused = await Desk.CreateAsync(
            Tablet with
            {
                Label = label,
                EndsOn = endsOn,
            },
            null,
            Token
        );
        Assert.Equal(field, Assert.Single(refused.Rejections).Field);
        Assert.Empty(await Desk.ListAsync(Token));
    }

    [Fact]
    public async Task A_replaced_key_goes_on_for_a_week_beside_the_new_one()
    {
        var old = await MadeAsync(Tablet);
        var made = (await Desk.ReplaceAsync(old.Key.Id, new("", null), "form", Token)).Value;
        Assert.Equal(
            (Role.Station, "T01S01", "大厅平板"),
            (made.Key.Role, made.Key.Station, made.Key.Label)
        );
        Assert.NotNull(await Keys.FindAsync(old.Secret, Token));
        Assert.NotNull(await Keys.FindAsync(made.Secret, Token));
        // Pressing twice makes one.
        Assert.Equal(
            "key.made",
            Assert
                .Single(
                    (await Desk.ReplaceAsync(old.Key.Id, new("", null), "form", Token)).Rejections
                )
                .Code
        );
        workshop.Time.Advance(TimeSpan.FromDays(7));
        Assert.NotNull(await Keys.FindAsync(old.Secret, Token));
        workshop.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Keys.FindAsync(old.Secret, Token));
        Assert.NotNull(await Keys.FindAsync(made.Secret, Token));
    }

    [Fact]
    public async Task Replacing_never_makes_a_key_work_longer_and_names_wrong_days()
    {
        var ends = Today.AddDays(2);
        var old = await MadeAsync(Tablet with { EndsOn = $"{ends:yyyy-MM-dd}" });
        await Desk.ReplaceAsync(old.Key.Id, new("30", null), null, Token);
        Assert.Equal(ends, (await StoredAsync(old.Key.Id)).Key.EndsOn);
        old = await MadeAsync(Tablet);
        await Desk.ReplaceAsync(old.Key.Id, new("0", null), null, Token);
        Assert.Equal(Today, (await StoredAsync(old.Key.Id)).Key.EndsOn);
        foreach (var days in new[] { "-1", "91", "x" })
            Assert.Equal(
                "days",
                Assert
                    .Single(
                        (
                            await Desk.ReplaceAsync(old.Key.Id, new(days, null), null, Token)
                        ).Rejections
                    )
                    .Field
            );
    }

    [Fact]
    public async Task A_key_is_replaced_once_from_whatever_form()
    {
        var old = await MadeAsync(Tablet);
        var made = (await Desk.ReplaceAsync(old.Key.Id, new("0", null), "form", Token)).Value;
        var late = await Desk.ReplaceAsync(old.Key.Id, new("30", null), "another", Token);
        Assert.Equal("key.replaced", Assert.Single(late.Rejections).Code);
        Assert.Equal(Today, (await StoredAsync(old.Key.Id)).Key.EndsOn);
        Assert.True((await Desk.ReplaceAsync(made.Key.Id, new("", null), null, Token)).IsOk);
    }

    [Fact]
    public async Task Of_two_who_replace_a_key_at_the_same_moment_one_gets_a_new_one()
    {
        // Often enough that some of them do meet.
        for (var round = 0; round < 20; round++)
        {
            var old = await MadeAsync(Tablet);
            var both = await Task.WhenAll(
                new[] { "one", "another" }.Select(form =>
                    Task.Run(
                        () => Desk.ReplaceAsync(old.Key.Id, new("", null), form + round, Token),
                        Token
                    )
                )
            );
            var made = Assert.Single(both, r => r.IsOk).Value;
            Assert.Equal("key.replaced", Assert.Single(both, r => !r.IsOk).Rejections[0].Code);
            Assert.Equal(made.Key.Id, (await StoredAsync(old.Key.Id)).Key.ReplacedBy);
            Assert.Equal(2 * (round + 1), (await Desk.ListAsync(Token)).Count);
        }
    }
}
