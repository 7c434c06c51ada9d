using OpinionPipeline.Pipeline;
using OpinionPipeline.Pipeline.Documents;

namespace OpinionPipeline.Web.Api;

/// <summary>What was done as JSON, or what was refused as a problem.</summary>
internal static class Answers
{
    public static IResult Of<T>(Result<T> result) => Of(result, value => value);

    public static IResult Of<T>(
        Result<T> result,
        Func<T, object?> shape,
        int status = StatusCodes.Status200OK
    ) =>
        result.IsOk
            ? Results.Json(shape(result.Value), DocumentJson.Options, statusCode: status)
            : Problems.Of(result.Rejections);
}
