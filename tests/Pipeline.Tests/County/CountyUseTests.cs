using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.Tests.County;

/// <summary>What somebody uses stays in the county's files.</summary>
public sealed class CountyUseTests : AtTheCountyDesk
{
    [Fact]
    public async Task A_station_in_use_cannot_be_taken_away_and_one_that_nobody_used_can()
    {
        await workshop.SaidAsync("路灯坏了", "01", workshop.Time.GetUtcNow(), Token);
        await KeyAsync("T01S01");
        var refused = await clerk.SaveAsync(CountySheets.Stations, EditKind.Remove, "T01S01");
        var fault = Assert.Single(refused.Rejections);
        Assert.Equal("county.inUse", fault.Code);
        Assert.Contains("1 keys in use, 1 submissions", fault.En, StringComparison.Ordinal);
        Assert.Contains(" 1 件来件", fault.Zh, StringComparison.Ordinal);

        Assert.True((await clerk.SaveAsync(CountySheets.Stations, EditKind.Remove, "T01S02")).IsOk);
        Assert.Null(clerk.County.Station("T01S02"));
    }

    [Fact]
    public async Task An_office_with_issues_or_rules_cannot_be_taken_away()
    {
        await workshop.Store.WriteAsync(
            Containers.Issues.Put(
                new Issue
                {
                    Id = "I202702AAAAAAAAAAAA",
                    Title = "路灯坏了",
                    FirstSeen = workshop.Time.GetUtcNow(),
                    LastSeen = workshop.Time.GetUtcNow(),
                    Office = "O22",
                    Count = 1,
                }
            ),
            Token
        );
        var ruled = await clerk.SaveAsync(CountySheets.Offices, EditKind.Remove, "O01");
        Assert.Contains(
            "routing.csv, line 2: office 'O01' is not in offices.csv.",
            ruled.Rejections.Select(r => r.En)
        );
        await clerk.SaveAsync(
            CountySheets.Offices,
            EditKind.Add,
            null,
            ("code", "O98"),
            ("name", "新局")
        );
        // It did not become the one that takes what nobody else does.
        Assert.NotEqual("O98", clerk.County.Routing.Otherwise);
        Assert.True((await clerk.SaveAsync(CountySheets.Offices, EditKind.Remove, "O98")).IsOk);
    }

    [Fact]
    public async Task A_township_that_stations_lie_in_cannot_be_taken_away()
    {
        var refused = await clerk.SaveAsync(CountySheets.Townships, EditKind.Remove, "T01");
        Assert.All(
            refused.Rejections,
            r => Assert.Contains("'T01' is not in townships.csv", r.En, StringComparison.Ordinal)
        );
        Assert.NotEmpty(refused.Rejections);
    }
}
