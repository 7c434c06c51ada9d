using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>A session as it is handed in.</summary>
public sealed record NewForum(
    string? Title,
    string? Place,
    DateOnly? HeldOn,
    string? Station,
    string? Announcement = null
);

/// <summary>Opens and finds sessions; what was said at them is with <see cref="ForumItems"/>.</summary>
public sealed class ForumDesk(IDocumentStore store, CountyDirectory county, TimeProvider time)
{
    private const int LongestAnnouncement = 500;

    /// <summary>A session is announced beforehand; a day further off is a slip of the pen.</summary>
    private const int DaysAhead = 90;

    /// <summary>Opens a session. The same key again gives the same session.</summary>
    public async Task<Result<Forum>> OpenAsync(
        NewForum forum,
        string? key,
        Sender sender,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var faults = new List<Rejection>();
        Required("title", "标题", "title", forum.Title, 200);
        Required("place", "地点", "place", forum.Place, 100);
        if (forum.Announcement?.Length > LongestAnnouncement)
            faults.Add(
                new(
                    "announcement.tooLong",
                    "announcement",
                    $"超过 {LongestAnnouncement} 字。",
                    $"Longer than {LongestAnnouncement} characters."
                )
            );
        if (forum.HeldOn > LocalTime.DayOf(now).AddDays(DaysAhead))
            faults.Add(
                new(
                    "heldOn.future",
                    "heldOn",
                    $"日期在 {DaysAhead} 天以后。",
                    $"The day is more than {DaysAhead} days off."
                )
            );
        var station = sender.Station ?? forum.Station;
        if (station is null || county.Station(station) is null)
            faults.Add(
                new(
                    "station.unknown",
                    "station",
                    "没有这个联络站代码。",
                    "There is no station of that code."
                )
            );
        if (faults.Count > 0)
            return faults;

        key ??= Guid.CreateVersion7(now).ToString("N");
        var opened = new Forum
        {
            Id = "F" + SubmissionId.From(now, station!, "forum\n" + key),
            Title = forum.Title!.Trim(),
            Place = forum.Place!.Trim(),
            HeldOn = forum.HeldOn ?? LocalTime.DayOf(now),
            Station = station!,
            RecordedBy = sender.Account,
            RecordedAt = now,
            Announcement = string.IsNullOrWhiteSpace(forum.Announcement)
                ? null
                : forum.Announcement.Trim(),
        };
        var written = await store.WriteAsync(Containers.Forums.Create(opened), cancellation);
        return written.IsDone ? opened : (await FindAsync(opened.Id, sender, cancellation))!;

        void Required(string field, string zh, string en, string? value, int most)
        {
            if (string.IsNullOrWhiteSpace(value))
                faults.Add(new($"{field}.required", field, $"缺少{zh}。", $"The {en} is missing."));
            else if (value.Length > most)
                faults.Add(
                    new(
                        $"{field}.tooLong",
                        field,
                        $"超过 {most} 字。",
                        $"Longer than {most} characters."
                    )
                );
        }
    }

    /// <summary>The session, or null where there is none or it is another station's.</summary>
    public async Task<Forum?> FindAsync(string id, Sender sender, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(
            Containers.Forums,
            SubmissionId.Partition(id),
            id,
            cancellation
        );
        return sender.Station is { } station && stored?.Document.Station != station
            ? null
            : stored?.Document;
    }

    /// <summary>Closes a session once every draft is decided on, or opens it again.</summary>
    public async Task<Result<Forum>> CloseAsync(
        Forum forum,
        bool close,
        CancellationToken cancellation
    )
    {
        if (close)
            await foreach (
                var item in store.AllAsync(
                    new Query<ForumItem>(Containers.ForumItems, "all", forum.Id),
                    cancellation
                )
            )
                if (item.State == ItemState.Draft)
                    return new Rejection(
                        "forum.drafts",
                        null,
                        $"第 {item.Number} 条还是草稿，请先确认或作废。",
                        $"Item {item.Number} is a draft still; confirm or discard it first."
                    )
                    {
                        Status = 409,
                    };
        return (
            await store.UpdateAsync(
                Containers.Forums,
                forum.Partition,
                forum.Id,
                f =>
                    close == f.ClosedAt is not null
                        ? f
                        : f with
                        {
                            ClosedAt = close ? time.GetUtcNow() : null,
                        },
                cancellation
            )
        )!;
    }
}
