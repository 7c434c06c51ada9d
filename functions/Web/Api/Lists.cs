using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Processing;

namespace OpinionPipeline.Web.Api;

/// <summary>Answers a list a page at a time: <c>items</c>, and <c>next</c> to ask on with as <c>after</c>.</summary>
internal static class Lists
{
    private const int PageSize = 50;

    public static async Task<IResult> AnswerAsync<T>(
        this MonthPages pages,
        Func<string, Query<T>> query,
        string? after,
        Func<T, bool> fits,
        Func<T, object> shape,
        CancellationToken cancellation
    )
        where T : class, IDocument
    {
        try
        {
            var (items, next) = await pages.PageAsync(query, after, PageSize, fits, cancellation);
            return Results.Json(
                new { Items = items.Select(shape), Next = next },
                DocumentJson.Options
            );
        }
        catch (ArgumentException)
        {
            return NoSuchPlace();
        }
    }

    /// <summary>Refuses an <c>after</c> that is no place.</summary>
    public static IResult NoSuchPlace() =>
        Problems.Of(
            new Rejection(
                "after.invalid",
                "after",
                "无效的翻页位置。",
                "This is no place that an earlier page gave."
            )
        );
}
