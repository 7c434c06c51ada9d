using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Tests.Accounts;

public sealed class PointFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-points-").FullName;

    private PointRules Load(string lines)
    {
        File.WriteAllText(
            Path.Combine(folder, "points.csv"),
            "from,event,points,combined,joint\n" + lines
        );
        return CountyFiles.LoadPoints(folder);
    }

    [Fact]
    public void A_rule_is_read_with_its_shares_and_an_empty_share_is_the_whole()
    {
        var rules = Load("2026-01-01,city,5,0.5,\n2027-01-01,city,6,,0.25\n");
        Assert.Equal(
            new(new(2026, 1, 1), PointEvent.City, 5, 0.5m, 1),
            rules.On(PointEvent.City, new(2026, 12, 31))
        );
        Assert.Equal(
            new(new(2027, 1, 1), PointEvent.City, 6, 1, 0.25m),
            rules.On(PointEvent.City, new(2027, 1, 1))
        );
    }

    [Theory]
    [InlineData("2026-1-1,city,5,,", "line 3: from '2026-1-1'")]
    [InlineData("2026-01-01,village,5,,", "line 3: event 'village'")]
    [InlineData("2026-01-01,city,five,,", "line 3: points 'five'")]
    [InlineData("2026-01-01,city,-1,,", "line 3: points '-1'")]
    [InlineData("2026-01-01,city,5,50,", "line 3: combined '50'")]
    [InlineData("2026-01-01,city,5,,x", "line 3: joint 'x'")]
    [InlineData("2026-01-01,submitted,1,0.5,", "line 3: combined '0.5' has no meaning")]
    [InlineData("2026-01-01,city,5", "line 3: no combined")]
    [InlineData("2026-01-01,county,2,,", "line 3: event 'county' stands there twice")]
    public void What_is_wrong_is_named_by_line_and_field(string line, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() =>
            Load("2026-01-01,county,1,,\n" + line + "\n")
        );
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_file_no_points_are_kept() =>
        Assert.False(CountyFiles.LoadPoints(folder).Any);

    [Fact]
    public void The_seeds_are_sound_and_change_on_a_day()
    {
        var rules = CountyFiles.LoadPoints(Seeds.Folder());
        Assert.Equal(0.5m, rules.On(PointEvent.County, new(2026, 12, 31))!.Combined);
        Assert.Equal(1, rules.On(PointEvent.County, new(2027, 1, 1))!.Combined);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
