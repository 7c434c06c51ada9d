using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Tests.County;

public sealed class WorkingDaysTests
{
    // The National Day of 2026: 1 to 7 October free, Saturday the 10th and Sunday 20 September worked.
    private static readonly WorkingDays Days = new(
        Enumerable
            .Range(1, 7)
            .Select(d => KeyValuePair.Create(new DateOnly(2026, 10, d), DayKind.Holiday))
            .Append(KeyValuePair.Create(new DateOnly(2026, 10, 10), DayKind.Workday))
            .ToDictionary()
    );

    [Theory]
    [InlineData("2026-09-30", true)]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-10-11", false)]
    public void Holidays_and_make_up_days_come_before_the_weekday(string day, bool works) =>
        Assert.Equal(works, Days.Is(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    [InlineData("2026-09-30", 4, "2026-10-12")]
    [InlineData("2026-11-20", 1, "2026-11-23")]
    [InlineData("2026-11-23", 0, "2026-11-23")]
    public void A_limit_counts_the_days_that_are_worked(string from, int count, string last) =>
        Assert.Equal(DateOnly.Parse(last), Days.After(DateOnly.Parse(from), count));

    [Fact]
    public void A_limit_has_run_out_on_the_day_after_its_last_and_not_before()
    {
        for (var today = new DateOnly(2026, 9, 1); today.Month < 12; today = today.AddDays(1))
        {
            var day = Days.RunOut(today, 10);
            Assert.True(Days.After(day, 10) < today);
            Assert.True(Days.After(day.AddDays(1), 10) >= today);
        }
    }

    [Fact]
    public void The_seeds_have_the_published_days()
    {
        var seeds = CountyFiles.LoadHolidays(Seeds.Folder());
        Assert.False(seeds.Is(new(2026, 2, 23)));
        Assert.True(seeds.Is(new(2026, 2, 28)));
    }
}
