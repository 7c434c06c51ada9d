using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.Reports;

namespace OpinionPipeline.Pipeline.Tests.Accounts;

/// <summary>Points by the rules of the day, to stations and forums.</summary>
public sealed class PointsTests
{
    // As a real office did on 2020-04-03: what is combined is halved before, and in full from then on.
    private static readonly DateOnly Changed = new(2020, 4, 3);
    private static readonly PointRules Rules = new([
        new(new(2019, 1, 1), PointEvent.Submitted, 1),
        new(Changed, PointEvent.City, 10, Combined: 1, Joint: 0.5m),
        new(new(2019, 1, 1), PointEvent.City, 10, Combined: 0.5m, Joint: 0.5m),
        new(new(2019, 1, 1), PointEvent.Instruction, 4, Joint: 0.5m),
    ]);

    private static readonly Origin First = new("S01", null);
    private static readonly Origin Second = new("S02", null);

    private static IReadOnlyList<PointGain> City(
        DateOnly on,
        bool combined,
        params Origin[] sources
    ) => Points.Of(Rules, [], [new(PointEvent.City, on, combined, sources)]);

    [Theory]
    [InlineData(false, 1, 10, 10)]
    [InlineData(true, 1, 5, 10)]
    [InlineData(false, 2, 5, 5)]
    [InlineData(true, 2, 2.5, 5)]
    public void A_rule_holds_from_its_day_and_not_the_day_before(
        bool combined,
        int stations,
        decimal before,
        decimal after
    )
    {
        Origin[] sources = [.. new[] { First, Second }.Take(stations)];
        Assert.Equal(before, Points.OfStation(City(Changed.AddDays(-1), combined, sources), "S01"));
        Assert.Equal(after, Points.OfStation(City(Changed, combined, sources), "S01"));
    }

    [Fact]
    public void A_station_has_a_reports_points_once_however_many_of_its_submissions_stand_in_it()
    {
        var gains = City(Changed, false, First, First, First);
        Assert.Equal(10, Points.OfStation(gains, "S01"));
    }

    [Fact]
    public void Each_time_a_report_is_taken_up_counts()
    {
        TakenUp[] taken =
        [
            new(PointEvent.City, Changed, false, [First]),
            new(PointEvent.City, Changed, false, [First]),
            new(PointEvent.Instruction, Changed, false, [First]),
        ];
        Assert.Equal(24, Points.OfStation(Points.Of(Rules, [], taken), "S01"));
    }

    [Fact]
    public void A_forum_brings_its_station_points_that_are_not_counted_twice()
    {
        var said = new Origin("S01", "F1");
        var gains = Points.Of(
            Rules,
            [new(said, Changed), new(said, Changed), new(First, Changed)],
            [new(PointEvent.City, Changed, false, [said, First, Second])]
        );
        Assert.Equal(3 + 5, Points.OfStation(gains, "S01"));
        Assert.Equal(2 + 5, Points.OfForum(gains, "F1"));
        Assert.Equal(5, Points.OfStation(gains, "S02"));
    }

    [Fact]
    public void A_message_board_has_no_points_but_a_report_that_quotes_it_is_a_joint_one()
    {
        var board = new Origin("WEB", null, Earns: false);
        var gains = Points.Of(
            Rules,
            [new(board, Changed)],
            [new(PointEvent.City, Changed, false, [board, First])]
        );
        Assert.Equal(0, Points.OfStation(gains, "WEB"));
        Assert.Equal(5, Points.OfStation(gains, "S01"));
    }

    [Fact]
    public void What_no_rule_names_or_was_before_any_rule_is_worth_nothing()
    {
        Assert.Empty(City(new(2018, 12, 31), false, First));
        Assert.Empty(Points.Of(Rules, [], [new(PointEvent.National, Changed, false, [First])]));
    }

    [Theory]
    [InlineData(AdoptionLevel.County, PointEvent.County)]
    [InlineData(AdoptionLevel.City, PointEvent.City)]
    [InlineData(AdoptionLevel.Province, PointEvent.Province)]
    [InlineData(AdoptionLevel.National, PointEvent.National)]
    public void Each_level_has_its_own_rule(AdoptionLevel level, PointEvent what) =>
        Assert.Equal(what, TakenUp.EventOf(level));
}
