using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Digests;

/// <summary>办理台账: the issues of an office as they stand now, found by state, category and words.</summary>
public sealed class OfficeDesk(
    IDocumentStore store,
    UsedMonths months,
    Deadlines deadlines,
    DigestOptions options,
    TimeProvider time
)
{
    /// <summary>Issues looked at, the newest months first.</summary>
    private const int MostIssues = 1_000;

    /// <summary>Submissions whose text is searched, the newest months first.</summary>
    private const int MostTexts = 2_000;
    private const int AtOnce = 500;

    /// <summary>All that fits: what is awaited by its last day, then what is answered, the newest answer first.</summary>
    public async Task<OfficeList> ListAsync(
        string office,
        OfficeFilter filter,
        CancellationToken cancellation
    )
    {
        var used = await months.WithIssuesAsync(cancellation);
        var (issues, cut) = await IssuesAsync(used, office, cancellation);
        var words = filter.Words?.Trim();
        if (!string.IsNullOrEmpty(words))
        {
            var said = await SaidAsync(used, office, words, cancellation);
            issues.RemoveAll(i => !Holds(i.Title, words) && !said.Contains(i.Id));
        }
        if (!string.IsNullOrEmpty(filter.Category))
            issues.RemoveAll(i =>
                i.SureCategory?.StartsWith(filter.Category, StringComparison.Ordinal) != true
            );
        return new(
            [
                .. issues
                    .Select(i => new OfficeItem(i, StateOf(i), deadlines.ReplyBy(i)))
                    .OrderBy(i => i.State == OfficeState.Answered)
                    .ThenBy(i => i.State == OfficeState.Answered ? default : i.ReplyBy)
                    .ThenByDescending(i => i.Issue.Replies is [.., var last] ? last.At : default)
                    .ThenBy(i => i.Issue.Id, StringComparer.Ordinal),
            ],
            cut
        );
    }

    /// <summary>How an issue stands with its office today.</summary>
    public OfficeState StateOf(Issue issue)
    {
        var now = time.GetUtcNow();
        return issue.IsAnswered ? OfficeState.Answered
            : deadlines.EndOf(issue) <= now ? OfficeState.Overdue
            : issue.FirstSeen >= now.AddDays(-options.PeriodDays) ? OfficeState.New
            : OfficeState.Continuing;
    }

    private async Task<(List<Issue> Issues, bool Cut)> IssuesAsync(
        IReadOnlyList<string> used,
        string office,
        CancellationToken cancellation
    )
    {
        var issues = new List<Issue>();
        foreach (var month in used)
        await foreach (
            var issue in store.AllAsync(
                new Query<Issue>(Containers.Issues, "byOffice", month)
                {
                    Equal = [office],
                    Limit = AtOnce,
                },
                cancellation
            )
        )
        {
            if (issue.MergedInto is not null || issue.Count == 0 || !issue.Escalates)
                continue;
            if (issues.Count == MostIssues)
                return (issues, true);
            issues.Add(issue);
        }
        return (issues, false);
    }

    // The issues of the office's submissions in which the words stand.
    private async Task<HashSet<string>> SaidAsync(
        IReadOnlyList<string> used,
        string office,
        string words,
        CancellationToken cancellation
    )
    {
        var found = new HashSet<string>();
        var read = 0;
        foreach (var month in used)
        await foreach (
            var submission in store.AllAsync(
                new Query<Said>(Containers.Submissions.As<Said>(), "byOffice", month)
                {
                    Equal = [office],
                    Limit = AtOnce,
                    MayLag = true,
                },
                cancellation
            )
        )
        {
            if (read++ == MostTexts)
                return found;
            if (
                submission.IssueId is { } issue
                && (Holds(submission.Title, words) || Holds(submission.Body, words))
            )
                found.Add(issue);
        }
        return found;
    }

    // What is searched of a submission.
    private sealed record Said(string Id, string? IssueId, string Title, string Body) : IDocument
    {
        public string Partition => SubmissionId.Partition(Id);
    }

    private static bool Holds(string text, string words) =>
        text.Contains(words, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What an office looks for.</summary>
/// <param name="Category">A category's code; those below it count too.</param>
/// <param name="Words">Stand in the issue's title, or in the title or text of a submission.</param>
public sealed record OfficeFilter(string? Category, string? Words);

/// <summary>The issues found; <paramref name="Cut"/> where there were more than are looked at.</summary>
public sealed record OfficeList(IReadOnlyList<OfficeItem> Items, bool Cut);

/// <summary>A line of an office's list.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="State">How it stands.</param>
/// <param name="ReplyBy">The last day for its answer.</param>
public sealed record OfficeItem(Issue Issue, OfficeState State, DateOnly ReplyBy);

/// <summary>How an issue stands with its office.</summary>
public enum OfficeState
{
    /// <summary>First spoken of within the last period.</summary>
    New,

    /// <summary>Older, and its time has not run out.</summary>
    Continuing,

    /// <summary>Its time has run out without an answer.</summary>
    Overdue,

    /// <summary>Answered.</summary>
    Answered,
}
