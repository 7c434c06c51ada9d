using OpinionPipeline.Pipeline.Accounts;
using OpinionPipeline.Pipeline.Issues;

namespace OpinionPipeline.Pipeline.County;

/// <summary>All that is read from the county's files.</summary>
public sealed record CountyParts(
    CountyDirectory Directory,
    CategoryMap Changes,
    RecurrenceRules Recurrence,
    WorkingDays Days,
    PointRules Points,
    Limits Limits
)
{
    /// <summary>Reads all of it.</summary>
    /// <exception cref="InvalidDataException">Something is wrong; the message names file, line and field.</exception>
    public static CountyParts Read(CountyTexts texts)
    {
        var county = CountyFiles.Load(texts);
        return new(
            county,
            CountyFiles.LoadChanges(texts, county),
            CountyFiles.LoadRecurrence(texts, county),
            CountyFiles.LoadHolidays(texts),
            CountyFiles.LoadPoints(texts),
            CountyFiles.LoadLimits(texts)
        );
    }

    /// <summary>From now on each is the other's: whoever holds it need not fetch it again.</summary>
    internal void Become(CountyParts other)
    {
        Directory.Become(other.Directory);
        Changes.Become(other.Changes);
        Recurrence.Become(other.Recurrence);
        Days.Become(other.Days);
        Points.Become(other.Points);
        Limits.Digests.Become(other.Limits.Digests);
        Limits.Retention.Become(other.Limits.Retention);
    }
}
