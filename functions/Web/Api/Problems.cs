using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Web.Api;

/// <summary>Rejections as RFC 9457 problem details, with a code that scripts can test and every fault in both languages.</summary>
internal static class Problems
{
    public static IResult Of(IReadOnlyList<Rejection> rejections)
    {
        var first = rejections[0];
        return Results.Json(
            new
            {
                Type = "about:blank",
                Title = Title(first.Status),
                first.Status,
                first.Code,
                Detail = $"{first.Zh} {first.En}",
                Errors = rejections.Select(r => new
                {
                    r.Field,
                    r.Code,
                    Message = $"{r.Zh} {r.En}",
                    MessageZh = r.Zh,
                    MessageEn = r.En,
                }),
            },
            DocumentJson.Options,
            "application/problem+json",
            first.Status
        );
    }

    public static IResult Of(Rejection rejection) => Of([rejection]);

    public static IResult NotFound(string what, string id) =>
        Of(
            new Rejection($"{what}.unknown", null, $"没有找到 {id}。", $"There is no {what} {id}.")
            {
                Status = 404,
            }
        );

    public static IResult Forbidden() =>
        Of(
            new Rejection("forbidden", null, "此密钥无权这样做。", "This key may not do that.")
            {
                Status = 403,
            }
        );

    private static string Title(int status) =>
        status switch
        {
            400 => "Bad request",
            401 => "Not signed in",
            403 => "Not allowed",
            404 => "Not found",
            409 => "Conflict",
            413 => "Too large",
            422 => "Not the same request",
            _ => "Refused",
        };
}
