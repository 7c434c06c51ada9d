using Microsoft.Extensions.Logging.Abstractions;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Issues;
using OpinionPipeline.Pipeline.Processing;
using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Pipeline.Tests.Retraining;

namespace OpinionPipeline.Pipeline.Tests.County;

/// <summary>An administrator in a process of their own, over the store of a workshop.</summary>
internal sealed class Clerk
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Clerk(Workshop workshop, string? seeds = null)
    {
        CountyTexts texts = seeds ?? Seeds.Folder();
        Parts = CountyParts.Read(texts);
        Watch = new(workshop.Store, texts, Parts, workshop.Time, NullLogger<CountyWatch>.Instance);
        Taxonomy = new(
            workshop.Store,
            workshop.Queue,
            Parts.Directory,
            Parts.Changes,
            workshop.Texts.If(Parts.Changes),
            workshop.Desk
        );
        Desk = new(
            workshop.Store,
            Watch,
            texts,
            Parts.Directory,
            new(workshop.Store, workshop.Time),
            new RoutingReview(new MonthPages(workshop.Store, workshop.Time), Parts.Directory),
            Taxonomy,
            workshop.Time
        );
    }

    public CountyParts Parts { get; }
    public CountyWatch Watch { get; }
    public CountyDesk Desk { get; }
    public TaxonomyReview Taxonomy { get; }
    public CountyDirectory County => Parts.Directory;

    /// <summary>What this clerk is about to change, with the file before their eyes as it stands now.</summary>
    public async Task<CountyEdit> EditAsync(
        CountySheet sheet,
        EditKind kind,
        string? key,
        params (string Column, string Value)[] fields
    ) =>
        new(sheet.File, (await Desk.TableAsync(sheet, Token)).Version, kind)
        {
            Key = key,
            Fields = fields.ToDictionary(f => f.Column, f => f.Value),
        };

    public Task<Result<CountyEdition>> SaveAsync(CountyEdit edit) =>
        Desk.SaveAsync(edit, "admin#AAAAAA", Token);

    public async Task<Result<CountyEdition>> SaveAsync(
        CountySheet sheet,
        EditKind kind,
        string? key,
        params (string Column, string Value)[] fields
    ) => await SaveAsync(await EditAsync(sheet, kind, key, fields));
}
