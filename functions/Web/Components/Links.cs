using Microsoft.AspNetCore.Http.Extensions;

namespace OpinionPipeline.Web.Components;

/// <summary>Addresses made from the one that was asked for.</summary>
internal static class Links
{
    /// <summary>The same address with one value of its query changed, or taken out where it is null.</summary>
    public static string With(HttpRequest request, string name, string? value)
    {
        var query = new QueryBuilder(
            request
                .Query.Where(q => q.Key != name)
                .SelectMany(
                    q => q.Value,
                    (q, v) => new KeyValuePair<string, string>(q.Key, v ?? "")
                )
        );
        if (value is not null)
            query.Add(name, value);
        return request.Path + query.ToString();
    }

    /// <summary>The address where it is one of ours, else null: nobody is led away by a link into the pages.</summary>
    public static string? Local(string? address) =>
        address is ['/', not '/' and not '\\', ..] or "/" ? address : null;
}
