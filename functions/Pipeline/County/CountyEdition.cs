using System.Globalization;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Pipeline.County;

/// <summary>
/// The county's files as they stood after a change on the pages. All edited files stand in one document, since they speak of
/// each other: of two administrators one takes an office away while the other gives it a category, and both would be right
/// about their own file. What an edition says is never changed, only let go of (<see cref="CountyDesk.KeptEditions"/>): whoever creates the next number has saved, whoever comes second is
/// told, and to go back is to save what an earlier one said.
/// </summary>
public sealed record CountyEdition : IDocument
{
    /// <summary>The one partition.</summary>
    public const string All = "county";

    /// <summary>The number as a text, see <see cref="IdOf"/>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string Partition => All;

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>The account that saved it.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The texts of all edited files by name, the others are the seeds'; none once it is too old to go back to.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>What it changed.</summary>
    public IReadOnlyList<FileChange> Changes { get; init; } = [];

    /// <summary>The number of the edition that it took back; null where it took none back.</summary>
    public int? TookBack { get; init; }

    /// <summary>The id of a number.</summary>
    public static string IdOf(int number) =>
        number.ToString("'e'000000", CultureInfo.InvariantCulture);

    /// <summary>The newest; null where nobody has edited anything.</summary>
    public static async Task<CountyEdition?> NewestAsync(
        IDocumentStore store,
        CancellationToken cancellation
    ) => await LastAsync(store, 1, cancellation) is [var newest] ? newest : null;

    /// <summary>The last ones, the newest first.</summary>
    public static async Task<IReadOnlyList<CountyEdition>> LastAsync(
        IDocumentStore store,
        int most,
        CancellationToken cancellation
    )
    {
        var page = await store.QueryAsync(
            new Query<CountyEdition>(Containers.County, "newest", All) { Limit = most },
            cancellation
        );
        return [.. page.Items.Select(i => i.Document)];
    }
}

/// <summary>How many lines of a file came and went.</summary>
public sealed record FileChange(string File, int Added, int Removed);
