using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Tests.County;

public sealed class LimitFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("op-limits-").FullName;

    private Limits Load(string lines)
    {
        File.WriteAllText(Path.Combine(folder, "limits.csv"), "limit,days\n" + lines);
        return CountyFiles.LoadLimits(folder);
    }

    [Fact]
    public void A_county_sets_its_own_and_what_it_does_not_name_is_as_by_default()
    {
        var limits = Load("reply,15\nprivate,365\n");
        Assert.Equal((15, 5), (limits.Digests.ReplyDays, limits.Digests.HandBackDays));
        Assert.Equal(365, limits.Retention.PrivateDays);
    }

    [Fact]
    public void Without_the_file_and_with_the_seeds_file_the_defaults_hold()
    {
        var none = CountyFiles.LoadLimits(folder);
        Assert.Equal(none, CountyFiles.LoadLimits(Seeds.Folder()));
        Assert.Equal((10, 1095), (none.Digests.ReplyDays, none.Retention.PrivateDays));
    }

    [Theory]
    [InlineData("answer,5", "line 3: limit 'answer' is none of")]
    [InlineData("decide,five", "line 3: days 'five'")]
    [InlineData("decide,-1", "line 3: days '-1'")]
    [InlineData("private,0", "line 3: days '0' is out of range")]
    [InlineData("reply,5", "line 3: limit 'reply' stands there twice")]
    public void What_is_wrong_is_named_by_line_and_field(string line, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Load("reply,10\n" + line + "\n"));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
